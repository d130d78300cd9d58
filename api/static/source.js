// The words of a document around a quote, where they stand, with what else was found there.
import { el, get, inPath } from "./dom.js";
import { t } from "./words.js";

const AROUND = 240; // characters before and after the quote

// a button, and below it the text once it has been asked for
export function sourceOf(evidence, select, complain) {
  const place = el("div", { class: "source", hidden: true });
  const button = el("button", {
    type: "button", class: "small plain", "aria-expanded": "false", text: t("inPlace"),
    onclick: () => {
      const open = place.hidden;
      place.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open && !place.childNodes.length) fill(place, evidence, select).catch(complain);
    },
  });
  return [button, place];
}

async function fill(place, evidence, select) {
  const start = Math.max(0, evidence.start - AROUND);
  const limit = evidence.end - start + AROUND;
  const answer = await get("documents/" + inPath(evidence.document.replace(/^document\//, "")) + "/text", { start, limit });
  const marks = [...answer.text]; // places count code points
  const cut = (from, to) => marks.slice(Math.max(from - answer.start, 0), to - answer.start).join("");
  const inside = within(answer.highlights, evidence);
  const parts = [answer.start > 0 ? "…" : ""];
  let at = answer.start;
  for (const one of inside) {
    parts.push(cut(at, one.start));
    const words = cut(one.start, one.end);
    parts.push(one.node === null ? el("mark", { text: words }) : found(one.node, words, select));
    at = one.end;
  }
  parts.push(cut(at, answer.end), answer.truncated ? "…" : "");
  place.replaceChildren(el("p", { tabindex: "0", "aria-label": t("inPlace") }, ...parts));
  const text = place.querySelector("p"), mark = place.querySelector("mark");
  if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 2;
}

// a link and not a button: a button breaks the line where it stands
function found(iri, words, select) {
  return el("a", { class: "found", href: "#s=" + iri, text: words, onclick: (event) => { event.preventDefault(); select(iri); } });
}

// the quote, and of the other stretches those that cross neither it nor each other, the first to begin
function within(highlights, quote) {
  const kept = [{ start: quote.start, end: quote.end, node: null }];
  const apart = (one) => kept.every((other) => one.end <= other.start || one.start >= other.end);
  [...highlights].sort((a, b) => a.start - b.start || b.end - a.end).forEach((one) => { if (one.end > one.start && apart(one)) kept.push(one); });
  return kept.sort((a, b) => a.start - b.start);
}
