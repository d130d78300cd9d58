// Completion: classes, properties and graphs of our own store, variables, keywords, prefixes.
import { el } from "./dom.js";
import { WORDS, declared, tokens } from "./sparql-tokens.js";
import { facts, label, number, t, written } from "./sparql-words.js";

const MOST = 12, GAP = 4;
const PART = /[\p{L}\p{N}_:.?$-]*$/u; // what is being typed, up to the cursor

export class Completion {
  constructor(editor, list) {
    this.editor = editor;
    this.list = list;
    this.known = { classes: [], properties: [], graphs: [] };
    this.offers = [];
    this.at = 0;
    editor.addEventListener("typed", ({ detail }) => {
      if (!detail.composing) detail.typed ? this.open() : this.close();
    });
    editor.addEventListener("left", () => this.close());
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the editor keeps the focus
      const row = event.target.closest("[role=option]");
      if (row) this.take(Number(row.dataset.at));
    });
    addEventListener("scroll", ({ target }) => { if (this.isOpen && target !== list) this.stand(); }, { passive: true, capture: true });
  }

  learn(vocabulary) { this.known = vocabulary; }
  get isOpen() { return !this.list.hidden; }

  // whether the key was for the list
  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.code === "Space") {
      this.open({ asked: true });
      return true;
    }
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.at + step + this.offers.length) % this.offers.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.take(this.at);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return false;
    }
    return true;
  }

  open({ asked = false } = {}) {
    const { text, cursor } = this.editor;
    const place = placeOf(text, cursor);
    const worth = asked || place.part.includes(":") || place.part.length >= (/^[\u0000-\u007f]*$/.test(place.part) ? 2 : 1);
    if (!place.takes || !worth) return this.close();
    this.place = place;
    this.offers = this.ranked(place, text);
    const same = this.offers.length === 1 && this.offers[0].insert === place.part;
    if (!this.offers.length || (same && !asked)) return this.close();
    return this.show();
  }

  ranked({ part, wants }, text) {
    const asked = part.toLowerCase();
    const of = (kind) => this.known[kind].map((word) => ({
      kind, insert: written(word.iri), name: word.name, label: word.label ? label(word.label) : "",
      also: word.label ? [word.label.zh, word.label.en ?? ""] : [], count: word.count,
    }));
    const pool = wants.flatMap((kind) => {
      if (kind === "variables") return variables(text, this.place.start).map((name) => ({ kind, insert: name, name, label: "", also: [] }));
      if (kind === "keywords") return part && /^[a-z]+$/i.test(part) ? WORDS.map((name) => ({ kind, insert: name, name, label: "", also: [] })) : [];
      if (kind === "prefixes") return Object.entries(facts.prefixes).map(([name, iri]) => ({ kind, insert: `${name}: <${iri}>`, name: `${name}:`, label: iri, also: [] }));
      return of(kind);
    });
    return pool.map((offer) => ({ ...offer, rank: rankOf(offer, asked) })).filter(({ rank }) => rank < 9)
      .map((offer, order) => [offer, order]).sort(([a, i], [b, j]) => a.rank - b.rank || i - j)
      .map(([offer]) => offer).slice(0, MOST);
  }

  show() {
    this.list.replaceChildren(...this.offers.map((offer, at) => el("li", { role: "option", id: `word-${at}`, "data-at": String(at), "aria-selected": String(at === 0) },
      el("span", { class: "word", text: offer.name }),
      el("span", { class: "called", text: offer.label }),
      el("span", { class: "kind", text: t(offer.kind) + (offer.count === undefined ? "" : ` · ${number(offer.count)}`) }))));
    this.list.hidden = false;
    this.stand();
    this.choose(0);
  }

  // below the word, above it where there is no room, never past the edge
  stand() {
    const { left, top, bottom } = this.editor.caret(this.place.start);
    const { offsetWidth: width, offsetHeight: height } = this.list;
    const below = bottom + GAP + height <= innerHeight || top < height;
    this.list.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.list.style.top = `${below ? bottom + GAP : top - GAP - height}px`;
  }

  choose(at) {
    this.at = at;
    [...this.list.children].forEach((row, nth) => row.setAttribute("aria-selected", String(nth === at)));
    this.list.children[at].scrollIntoView({ block: "nearest" });
    this.editor.area.setAttribute("aria-activedescendant", `word-${at}`);
  }

  close() {
    this.list.hidden = true;
    this.editor.area.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const offer = this.offers[at];
    const { start } = this.place;
    this.editor.replace(start, this.editor.cursor, offer.insert);
    const prefix = /^([A-Za-z]+):/.exec(offer.insert);
    if (prefix && ["classes", "properties", "graphs"].includes(offer.kind)) declare(this.editor, [prefix[1]]);
    this.close();
  }
}

// add PREFIX lines at the head for those of ours that the text does not declare yet
export function declare(editor, prefixes) {
  const known = declared(editor.text);
  const missing = prefixes.filter((prefix) => !(prefix in known) && facts.prefixes[prefix]);
  if (!missing.length) return;
  const head = missing.map((prefix) => `PREFIX ${prefix}: <${facts.prefixes[prefix]}>\n`).join("");
  const parts = tokens(editor.text);
  const at = parts.find(({ kind }) => kind !== "space" && kind !== "comment")?.start ?? 0;
  const back = editor.cursor + head.length;
  editor.replace(at, at, head);
  editor.select(back, back);
}

function variables(text, start) {
  const found = tokens(text).filter((part) => part.kind === "variable" && part.start !== start);
  return [...new Set(found.map((part) => part.text))];
}

function rankOf(offer, asked) {
  if (!asked) return 3;
  const name = offer.name.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  if (name.startsWith(asked)) return offer.kind === "keywords" ? 1 : 0;
  if (offer.kind === "variables" || offer.kind === "keywords") return 9;
  if (local.startsWith(asked) || offer.also.some((one) => one.toLowerCase().startsWith(asked))) return 1;
  if (local.includes(asked) || offer.also.some((one) => one.toLowerCase().includes(asked))) return 2;
  return 9;
}

// what is being typed at the cursor, and which kinds of word can stand there
function placeOf(text, cursor) {
  const part = PART.exec(text.slice(0, cursor))[0];
  const start = cursor - part.length;
  const inside = tokens(text).find((one) => one.start < cursor && cursor <= one.end && (one.kind === "comment" || one.kind === "string" || one.kind === "iri"));
  const before = tokens(text.slice(0, start)).filter(({ kind }) => kind !== "space" && kind !== "comment");
  return { part, start, takes: !(inside && inside.start < start), wants: wanted(part, before) };
}

function wanted(part, before) {
  const [second, last] = before.slice(-2).length === 2 ? before.slice(-2) : [undefined, before.at(-1)];
  const word = (one) => one?.text.toUpperCase() ?? "";
  if (/^[?$]/.test(part)) return ["variables"];
  if (word(last) === "PREFIX") return ["prefixes"];
  if (["GRAPH", "FROM", "NAMED"].includes(word(last))) return ["graphs", "variables"];
  if (last?.text === "a" || last?.text === "rdf:type") return ["classes", "variables"];
  const isTerm = (one) => one && ["variable", "name", "iri"].includes(one.kind);
  const begins = (one) => !one || ["{", "}", ".", ";"].includes(one.text) || one.kind === "keyword";
  if (last?.text === ";" || ["/", "|", "^", "!"].includes(last?.text)) return ["properties", "variables"];
  if (isTerm(last) && begins(second) && !["SELECT", "DISTINCT", "BY", "DESCRIBE"].includes(word(second))) return ["properties", "keywords", "variables"];
  return ["keywords", "classes", "properties", "variables"];
}
