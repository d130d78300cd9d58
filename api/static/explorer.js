// The explorer: brings search, graph, table and details together.
import { Acts } from "./acts.js";
import { caption } from "./caption.js";
import { $, ApiError } from "./dom.js";
import { Drawing } from "./graph.js";
import { headings } from "./headings.js";
import { help, listen, towards } from "./keys.js";
import { drawLegend } from "./legend.js";
import { Model } from "./model.js";
import { Panel } from "./panel.js";
import { readyForPaper } from "./paper.js";
import { Search } from "./search.js";
import { listenForFrames } from "./several.js";
import { fromHash, made, save, toCsv, toHash } from "./share.js";
import { drawTable } from "./table.js";
import { label, state, t, wordPage } from "./words.js";

const { look } = globalThis.qkg;
look.style = JSON.parse($("#style").textContent);
const NEARER = 1.3;

const model = new Model();
const drawing = new Drawing($("#canvas"), model, headings);
const doing = new Acts(model, drawing);
const panel = new Panel(model, {
  select: run((key) => select(key)),
  expand: run((...given) => doing.expand(...given)),
  collapse: run((...given) => doing.collapse(...given)),
  expandAll: run(() => doing.expandAll([...model.chosen])),
  toggle: run((id) => doing.toggle(id)),
  open: run((node) => doing.open(node)),
  plan: run((key) => doing.go({ kind: "plan", document: key })),
  complain,
});
new Search(run((key) => select(key, { near: true })), complain);
let asking = null; // id of the node where a path is to begin
let framing = false; // a drag draws a frame and a click adds a card, as with Shift
let weighing = false; // the findings are being waited for
let ready = false; // nothing is written to the address before it has been read

// ---------------------------------------------------------------- saying

function say(text) { $("#status").textContent = text; }

function complain(error) {
  if (error instanceof ApiError && error.status === 404) say(t("unknown"));
  else say(t("failed", { why: error.message }));
}

// a function that tells of what goes wrong in it
function run(act) {
  return (...given) => Promise.resolve().then(() => act(...given)).catch(complain);
}

function tell() {
  const parts = [t("counts", { n: model.nodes().length, m: model.edges().length })];
  if (model.several) parts.push(t("severalTitle", { n: model.taken().nodes.length }));
  if (model.hidden.size) parts.push(t("hidden", { n: model.hidden.size }));
  const left = Object.entries(model.leftOut);
  if (left.length) {
    const style = (word) => look.style.types[word] || look.style.relations[word];
    const name = (word) => (style(word) ? label(style(word).label || style(word).out) : word);
    parts.push(t("leftOut", { list: left.map(([word, n]) => `${name(word)} ${n.toLocaleString()}`).join(state.lang === "en" ? ", " : "、") }));
  }
  say(parts.join(" · "));
}

// ---------------------------------------------------------------- drawing

function draw() {
  drawing.draw();
  drawLegend(model);
  if (!$("#table").hidden) drawTable(model, panel.acts);
  $("#empty").hidden = model.shown.size > 0;
  $("#caption").textContent = caption(model);
  buttons();
  tell();
  keepAddress();
  if (model.pending && !weighing) run(weigh)();
}

async function weigh() {
  weighing = true;
  try {
    await doing.weigh();
  } finally {
    weighing = false;
  }
  model.changed();
}

function buttons() {
  const { chosen, selected, scene } = model;
  if (model.several) asking = null;
  const things = selected && [...chosen].every((id) => !model.known.get(id).count);
  const usable = { path: things && chosen.size <= 2, hide: selected, alone: selected, pin: things, unhide: model.hidden.size, undo: model.past.length, redo: model.future.length };
  Object.entries(usable).forEach(([name, on]) => { $(`[data-do=${name}]`).disabled = !on; });
  $("[data-do=jsonld]").disabled = scene.kind === "groups"; // a count of things is no fact of the graph
  $("#taken").textContent = model.several ? t("takenSeveral", { n: model.taken().nodes.length }) : t("takenAll");
  $("[data-do=pin]").textContent = selected && [...chosen].every((id) => model.pinned.has(id)) ? t("unpin") : t("pin");
  $("[data-do=several]").setAttribute("aria-pressed", String(framing));
  $("[data-do=path]").setAttribute("aria-pressed", String(asking !== null));
  $("[data-do=overview]").setAttribute("aria-pressed", String(scene.kind === "overview"));
  $("[data-do=groups]").setAttribute("aria-pressed", String(scene.kind === "groups"));
}

function keepAddress() {
  if (ready) history.replaceState(null, "", toHash(model, { camera: drawing.camera, table: !$("#table").hidden }));
}

model.addEventListener("change", (event) => {
  if (event.detail === "places" || event.detail === "camera") { keepAddress(); return; }
  draw();
  if (model.several) panel.several();
  else if (model.selected) panel.node(model.selected).catch(complain);
  else if (!model.path) panel.start().catch(complain);
});

// ---------------------------------------------------------------- acts

async function select(key, { near = false } = {}) {
  if (asking) { await findPath(model.known.get(asking), key); return; }
  const node = await doing.select(key);
  draw();
  drawing.reveal(node.id, { near });
  await panel.node(node.id);
}

async function findPath(from, to, options = {}) {
  const { k = 3, relations = [] } = options;
  const ways = await doing.paths(from.key, to, { k, relations });
  asking = null;
  if (ways.length) model.remember();
  const show = async (way) => { await doing.showPath(way); draw(); drawing.see(model.path.nodes); };
  if (ways.length) await show(ways[0]);
  else draw();
  const end = ways.length ? ways[0].nodes.at(-1) : await doing.select(to);
  panel.ways({ from, to: end, ways, k, relations }, { choose: run(show), again: run((given) => findPath(from, end.key, given)) });
  if (!ways.length) say(t("noPath"));
}

function clear() {
  asking = null;
  if (!model.selected && !model.path) { draw(); return; }
  model.selected = null;
  model.path = null;
  model.changed();
}

// where undo or redo leads to another scene, it is seen whole
function turned(act) {
  const { scene } = model;
  act();
  if (model.scene !== scene) drawing.fit();
}

const chosen = (act) => () => (model.selected ? act([...model.chosen]) : undefined);
const file = (ending, make) => async () => {
  const name = "quality-graph." + ending;
  save(await make(), name);
  say(t("saved", { name }));
};
const acts = {
  lang: async () => {
    state.lang = state.lang === "en" ? "zh" : "en";
    words();
    await doing.relabel();
    model.changed();
    if (model.scene.kind !== "chosen") drawing.fit({ smooth: false });
  },
  dark: () => setDark(!look.dark),
  help,
  "view-graph": () => show("graph"),
  "view-table": () => show("table"),
  turn: () => show($("#table").hidden ? "table" : "graph"),
  overview: () => doing.go({ kind: "overview" }),
  groups: () => doing.go({ kind: "groups" }),
  undo: () => turned(() => model.undo()),
  redo: () => turned(() => model.redo()),
  several: () => { framing = !framing; draw(); },
  path: () => {
    const [from, to, more] = [...model.chosen].map((id) => model.known.get(id));
    if (more) return undefined;
    if (to) return findPath(from, to.key);
    asking = asking ? null : model.selected;
    draw();
    if (asking) { say(t("pickEnd")); $("#q").focus(); }
    return undefined;
  },
  hide: chosen((ids) => doing.hide(ids)),
  alone: chosen((ids) => doing.alone(ids)),
  unhide: () => doing.unhide(),
  pin: chosen((ids) => doing.pin(ids)),
  tidy: () => doing.tidy(),
  fit: () => drawing.fit(),
  nearer: () => drawing.zoom(NEARER),
  farther: () => drawing.zoom(1 / NEARER),
  share: async () => { keepAddress(); await navigator.clipboard.writeText(location.href); say(t("copied")); },
  png: file("png", () => drawing.picture()),
  csv: file("csv", () => toCsv(model)),
  svg: file("svg", () => made(model, "svg")),
  graphml: file("graphml", () => made(model, "graphml")),
  jsonld: file("jsonld", () => made(model, "jsonld")),
};

function show(which) {
  const table = which === "table";
  $("#table").hidden = !table;
  $("#canvas").classList.toggle("behind", table); // not `hidden`: what has no size cannot be saved as a picture
  $("#zoom").hidden = table;
  $("[data-do=view-graph]").setAttribute("aria-pressed", String(!table));
  $("[data-do=view-table]").setAttribute("aria-pressed", String(table));
  draw();
}

function setDark(dark) {
  look.dark = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("[data-do=dark]").setAttribute("aria-pressed", String(dark));
  if (model.shown.size) model.changed();
}

function words() {
  look.lang = state.lang;
  wordPage();
  const button = $("[data-do=lang]");
  button.textContent = state.lang === "en" ? "中文" : "English";
  button.lang = state.lang === "en" ? "zh-CN" : "en";
}

// ---------------------------------------------------------------- input

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) run(acts[button.dataset.do])();
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (button || !menu.contains(event.target)) menu.open = false; });
});
drawing.network.on("click", (event) => {
  const [node] = event.nodes, [edge] = event.edges;
  if (node) run(select)(model.known.get(node).key);
  else if (edge && model.lines.has(edge)) panel.edge(model.lines.get(edge)).catch(complain);
  else clear();
});
drawing.network.on("doubleClick", (event) => {
  if (event.nodes.length) run(() => doing.expand(model.known.get(event.nodes[0]), "", ""))();
});
listenForFrames($("#canvas"), drawing, { wanted: () => framing, toggle: (id) => doing.toggle(id), add: (ids) => doing.choose([...model.chosen, ...ids]) });
const next = (way) => towards(way, model.nodes(), model.known.get(model.selected));
listen(acts, {
  clear,
  step: (way) => { const to = next(way); return to && select(to.key); },
  extend: (way) => {
    const to = next(way);
    if (!to) return;
    doing.choose([...[...model.chosen].filter((id) => id !== to.id), to.id]);
    drawing.reveal(to.id);
  },
  all: () => doing.choose(model.nodes().map((node) => node.id)),
  expand: chosen((ids) => doing.expandAll(ids)),
}, (act) => run(act)());

readyForPaper(drawing);
window.addEventListener("hashchange", run(open));

// ---------------------------------------------------------------- beginning

async function open() {
  const wished = fromHash(location.hash);
  state.lang = wished.lang || state.lang;
  words();
  say(t("loading"));
  const cut = wished.nodes.length ? await doing.chosen(wished) : await doing.scene(wished.scene);
  const ids = (keys) => keys.map((key) => model.byKey(key)).filter(Boolean).map((node) => node.id);
  model.hidden = new Set(ids(wished.hidden));
  model.pinned = new Set(ids(wished.pinned));
  if (wished.way.length) model.path = { nodes: ids(wished.way), edges: wished.wayEdges };
  Object.entries(wished.off).forEach(([name, values]) => { model.off[name] = new Set(values); });
  show(wished.table ? "table" : "graph");
  drawing.fit({ smooth: false });
  if (wished.chosen.length > 1) doing.choose(ids(wished.chosen));
  else if (wished.chosen.length) await select(wished.chosen[0]).catch(complain);
  else await panel.start();
  if (wished.camera) drawing.camera = wished.camera;
  if (cut) say(cut);
  ready = true;
  document.body.dataset.ready = "yes";
}

state.lang = document.documentElement.lang === "en" ? "en" : "zh";
setDark(matchMedia("(prefers-color-scheme: dark)").matches);
open().catch(complain);
