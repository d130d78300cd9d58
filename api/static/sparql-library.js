// Beside the editor: saved queries by group, the history of this browser, the prefixes.
import { $, el, get } from "./dom.js";
import { facts, label, number, t } from "./sparql-words.js";

const PAST = "qkg.sparql.history", MOST_PAST = 30;

// a browser may refuse to keep anything: then nothing is kept
function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
export function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // full, or not allowed
  }
}
export const draft = { read: () => read("qkg.sparql.draft", ""), write: (text) => write("qkg.sparql.draft", text) };

const listed = (words, { note, title, onclick }) => el("li", {}, el("button", { type: "button", class: "pick", title, onclick }, el("span", { text: words }), note && el("small", { text: note })));

export class Library {
  constructor(take) {
    this.take = take; // called with a text to put into the editor and run
    this.groups = [];
    $("#find").addEventListener("input", () => this.filter());
    $("#forget").addEventListener("click", () => { write(PAST, []); this.past(); });
    this.past();
  }

  async load() {
    const saved = await get("queries").catch(() => []);
    const begin = facts.examples.map((one) => ({ answers: one.label, text: one.text, name: "" }));
    this.groups = [{ name: t("start"), queries: begin }];
    for (const group of facts.groups) {
      const queries = saved.filter((one) => one.group.zh === group.zh);
      if (queries.length) this.groups.push({ name: label(group), queries });
    }
    this.filter();
  }

  filter() {
    const asked = $("#find").value.trim().toLowerCase();
    const fits = ({ answers, name, text }) => !asked || [answers.zh, answers.en ?? "", name, text].some((one) => one.toLowerCase().includes(asked));
    const found = this.groups.map(({ name, queries }) => ({ name, queries: queries.filter(fits) })).filter(({ queries }) => queries.length);
    const sections = found.map(({ name, queries }) => el("section", {}, el("h2", { text: name }), el("ul", {}, ...queries.map((one) => this.saved(one)))));
    $("#saved").replaceChildren(...(found.length ? sections : [el("p", { class: "note", text: t("noSaved") })]));
  }

  saved(one) {
    const title = one.question ? `${one.name} · ${t("question", { n: one.question })}` : one.name;
    return listed(label(one.answers), { title, onclick: () => this.take(one.text) });
  }

  past() {
    const known = read(PAST, []);
    $("#past-count").textContent = known.length ? number(known.length) : "";
    $("#forget").hidden = !known.length;
    $("#history").replaceChildren(...(known.length ? known.map((one) => listed(headline(one.text), {
      note: `${new Date(one.at).toLocaleString(facts.lang === "en" ? "en-GB" : "zh-CN", { dateStyle: "short", timeStyle: "short" })} · ${one.told}`,
      title: one.text, onclick: () => this.take(one.text, { run: false }),
    })) : [el("li", { class: "note", text: t("noHistory") })]));
  }

  remember(text, told) {
    const rest = read(PAST, []).filter((one) => one.text !== text);
    write(PAST, [{ text, told, at: Date.now() }, ...rest].slice(0, MOST_PAST));
    this.past();
  }

  prefixes(insert) {
    $("#prefixes").replaceChildren(...Object.entries(facts.prefixes).map(([prefix, iri]) => listed(`${prefix}:`, { note: iri, title: t("declare", { name: prefix }), onclick: () => insert(prefix) })));
  }
}

function headline(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line && !/^(#|PREFIX\b|BASE\b)/i.test(line));
  return lines.join(" ").slice(0, 90) || text.slice(0, 90);
}
