// The query page: what is written is asked, and the answer is shown as table, graph or text.
import { $, el, get } from "./dom.js";
import { Completion, declare } from "./sparql-complete.js";
import { draw, keep } from "./sparql-drawing.js";
import { Library, draft } from "./sparql-library.js";
import { PlainEditor } from "./sparql-plain.js";
import { Failure, ask, file } from "./sparql-run.js";
import { ResultTable } from "./sparql-table.js";
import { triples } from "./sparql-terms.js";
import { form, indexOf, partAt, placeOf, undeclared, useOf } from "./sparql-tokens.js";
import { facts, number, t } from "./sparql-words.js";
import { RichEditor } from "./sparql-yasqe.js";

const ROWS = [["CSV", "text/csv"], ["TSV", "text/tab-separated-values"], ["JSON", "application/sparql-results+json"], ["XML", "application/sparql-results+xml"]];
const GRAPHS = [["TTL", "text/turtle"], ["NT", "application/n-triples"], ["JSON-LD", "application/ld+json"], ["RDF", "application/rdf+xml"]];
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]);
const LONGEST_QUERY = 4000; // of a link; a longer one goes behind the #, which is never sent

const isPlain = !globalThis.Yasqe || new URLSearchParams(location.search).get("editor") === "plain";
const editor = new (isPlain ? PlainEditor : RichEditor)($("#place"), $("#query"));
const completion = new Completion(editor, $("#words"));
const table = new ResultTable($("#pager"), $("#as-iris"));
const library = new Library(take);
let running = null; // {control, began, ticking}
let last = null; // {text, kind, rows, columns, raw} of the answer on the page

// ---- asking
async function run() {
  const text = editor.text;
  if (running) {
    const before = running;
    end(before);
    before.control.abort();
  }
  if (!text.trim()) return say(t("noText"));
  trouble(null);
  if (UPDATES.has(form(text))) return trouble(new Failure({ detail: t("update") }));
  const mine = begin();
  try {
    const answer = await ask(text, { timeout: $("#timeout").value, signal: mine.control.signal });
    if (running !== mine) return;
    answered(mine);
    const told = takeIn(text, answer, seconds(mine));
    library.remember(text, told);
    say(told);
    await show();
  } catch (error) {
    if (running !== mine) return;
    failed(error, mine);
  } finally {
    if (running === mine) end(mine);
  }
}

function begin() {
  const mine = { control: new AbortController(), began: performance.now() };
  running = mine;
  const tick = () => say(t("running", { s: ((performance.now() - mine.began) / 1000).toFixed(1) }));
  tick();
  mine.ticking = setInterval(tick, 100);
  $("#cancel").hidden = false;
  document.body.dataset.running = "yes";
  return mine;
}

// nothing is left to cancel, though names are still asked for
function answered(mine) {
  clearInterval(mine.ticking);
  $("#cancel").hidden = true;
}

function end(mine) {
  answered(mine);
  running = null;
  delete document.body.dataset.running;
}

function cancel() {
  if (!running) return;
  const mine = running;
  end(mine);
  mine.control.abort(); // the service ends the query when its client leaves
  say(t("cancelled", { s: seconds(mine) }));
}

const seconds = (mine) => ((performance.now() - mine.began) / 1000).toFixed(2);
const say = (words) => { $("#state").textContent = words; };

function takeIn(text, { kind, text: raw }, s) {
  if (kind !== "application/sparql-results+json") {
    const rows = triples(raw);
    last = { text, raw, kind: "graph", rows, columns: ["subject", "property", "object"].map((name) => ({ name, words: t(name) })) };
    return t("triples", { n: number(rows.length), s });
  }
  const found = JSON.parse(raw);
  if ("boolean" in found) {
    last = { text, raw, kind: "boolean", boolean: found.boolean };
    return t("answer", { s });
  }
  last = { text, raw, kind: "rows", rows: found.results.bindings, columns: found.head.vars.map((name) => ({ name, words: name })) };
  return t("rows", { n: number(last.rows.length), s });
}

// ---- what went wrong, and where
function failed(error, mine) {
  end(mine);
  say("");
  if (error.name === "AbortError") return say(t("cancelled", { s: seconds(mine) }));
  if (error instanceof Failure) return trouble(error);
  const why = error instanceof SyntaxError ? t("broken") : t("unreachable", { why: error.message });
  return trouble(new Failure({ detail: why }));
}

function trouble(error) {
  $("#trouble").hidden = !error;
  if (!error) return;
  $("#result").hidden = true;
  $("#empty").hidden = true;
  const { detail = "", hint = "", after, code, status } = error.problem;
  const place = status === 400 && /\b(\d+):(\d+)\b/.exec(detail);
  const told = [el("p", { class: "what", text: hint ? detail.replace(hint, "").trim() : detail })];
  if (hint) told.push(el("p", { class: "hint", text: hint }));
  if (after) told.push(el("p", { text: t("retry", { s: after }) }));
  const unknown = code === "malformed-query" ? undeclared(editor.text) : [];
  // the engine tells how far it came; a prefix that is not declared is what stopped it
  if (unknown.length) told.unshift(pointed(useOf(editor.text, unknown[0]), t("undeclaredHere", { name: unknown[0] })));
  else if (place) told.unshift(pointed(partAt(editor.text, indexOf(editor.text, Number(place[1]), Number(place[2]))), t("here")));
  if (unknown.length) told.push(missing(unknown));
  $("#trouble").replaceChildren(...told);
}

function pointed(part, why) {
  const { start: from = 0, end: to = 0 } = part ?? {};
  const { line, column } = placeOf(editor.text, from);
  editor.mark({ line, from, to, why });
  editor.select(to, to);
  return el("button", { type: "button", class: "place", text: t("place", { line, column }), onclick: () => editor.select(from, to) });
}

function missing(names) {
  const ours = names.filter((name) => facts.prefixes[name]);
  const mend = () => { declare(editor, ours); run(); };
  const told = t("undeclared", { names: names.map((name) => `${name}:`).join(" ") });
  const fix = ours.length > 0 && el("button", { type: "button", class: "quiet", text: t("declare", { name: ours.map((name) => `${name}:`).join(" ") }), onclick: mend });
  return el("p", { class: "hint" }, told, " ", fix || null);
}

// ---- what came out
const TABS = { rows: ["table", "raw"], graph: ["table", "graph", "raw"], boolean: ["table", "raw"] };
let tab = "table";

async function show(wanted = "table") {
  tab = TABS[last.kind].includes(wanted) ? wanted : "table";
  $("#result").hidden = false;
  $("#empty").hidden = true;
  $("#tabs").replaceChildren(...TABS[last.kind].map((name) => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), "aria-controls": "view", text: t(name), onclick: () => show(name),
  })));
  $("#as-iris-label").hidden = tab !== "table" || last.kind === "boolean";
  $("#pager").hidden = true;
  $("#downloads").replaceChildren(...(last.kind === "graph" ? GRAPHS : ROWS).filter(([name]) => last.kind !== "boolean" || /JSON|XML/.test(name))
    .map(([name, accept]) => el("button", { type: "button", class: "quiet", text: name, title: `${t("download")} ${name}`, onclick: () => download(name, accept) })));
  const view = $("#view");
  if (tab === "raw") view.replaceChildren(el("pre", { class: "raw", text: last.raw.slice(0, 1_000_000) }));
  else if (tab === "graph") await draw(view, last.rows).catch((error) => view.replaceChildren(el("p", { class: "note", text: t("unreachable", { why: error.message }) })));
  else if (last.kind === "boolean") view.replaceChildren(el("p", { class: "boolean", text: t(last.boolean ? "yes" : "no") }));
  else await table.show(view, last);
  view.dataset.shown = tab;
}

async function download(name, accept) {
  const called = `query.${name.toLowerCase().replace("json-ld", "jsonld")}`;
  say(t("downloading", { name: called }));
  try {
    const blob = await file(last.text, { accept, timeout: $("#timeout").value });
    // spreadsheets read UTF-8 only behind a mark
    keep(name === "CSV" ? new Blob(["\ufeff", blob], { type: "text/csv" }) : blob, called);
    say(t("downloaded", { name: called }));
  } catch (error) {
    say(error.message);
  }
}

// ---- links, and what the page begins with
function permalink(extra = {}) {
  const query = new URLSearchParams({ ...extra, query: editor.text }).toString();
  if (query.length <= LONGEST_QUERY) return `/sparql?${query}`;
  const rest = new URLSearchParams(extra).toString();
  return `/sparql${rest ? `?${rest}` : ""}#${new URLSearchParams({ query: editor.text })}`;
}

async function share() {
  const path = permalink({ lang: facts.lang });
  history.replaceState(null, "", path);
  const copied = await navigator.clipboard?.writeText(location.origin + path).then(() => true, () => false);
  say(t(copied ? "linkCopied" : "linkShown"));
}

function given() {
  const asked = new URLSearchParams(location.search).get("query");
  return asked ?? new URLSearchParams(location.hash.slice(1)).get("query");
}

function take(text, { run: atOnce = true } = {}) {
  editor.text = text;
  if (innerWidth < 900) $("#library").open = false;
  editor.focus();
  trouble(null);
  if (atOnce) run();
}

editor.keys = (event) => {
  if (completion.key(event)) event.preventDefault();
};
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === "Escape" && running) {
    cancel();
  }
});
$("#editor").addEventListener("submit", (event) => { event.preventDefault(); run(); });
$("#cancel").addEventListener("click", cancel);
$("#link").addEventListener("click", share);
$("#as-iris").addEventListener("change", () => table.draw());
$("#switch").addEventListener("click", (event) => { event.currentTarget.href = permalink({ lang: event.currentTarget.lang }); });
editor.addEventListener("typed", () => draft.write(editor.text));

const asked = given();
editor.text = asked || draft.read() || facts.examples[0].text;
if (innerWidth < 900) $("#library").open = false;
library.prefixes((prefix) => declare(editor, [prefix]));
await Promise.all([library.load(), get("vocabulary").then((known) => completion.learn(known), () => null)]);
document.body.dataset.ready = "yes";
if (asked) run();
else editor.focus();
