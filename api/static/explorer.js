// The explorer: brings search, graph, table and details together.
import { $, get, inPath, post, ApiError } from "./dom.js";
import { beside, Drawing } from "./graph.js";
import { drawLegend } from "./legend.js";
import { Model } from "./model.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { fromHash, save, toCsv, toHash } from "./share.js";
import { drawTable } from "./table.js";
import { label, state, t, wordPage } from "./words.js";

const { look } = globalThis.qkg;
look.style = JSON.parse($("#style").textContent);
const FEW = 13, FAR_PX = 420;
const DOWN = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const model = new Model();
const drawing = new Drawing($("#canvas"), model);
const panel = new Panel(model, { select, expand, collapse });
new Search((key) => select(key, { near: true }).catch(complain), complain);
let asking = null; // id of the node where a path is to begin

const rank = (node) => look.style.types[node.type].rank;

// ---------------------------------------------------------------- saying

function say(text) { $("#status").textContent = text; }

function complain(error) {
  if (error instanceof ApiError && error.status === 404) say(t("unknown"));
  else say(t("failed", { why: error.message }));
}

function tell() {
  const parts = [t("counts", { n: model.nodes().length, m: model.edges().length })];
  if (model.hidden.size) parts.push(t("hidden", { n: model.hidden.size }));
  const left = Object.entries(model.leftOut);
  if (left.length) {
    const name = (word) => label((look.style.types[word] || look.style.relations[word] || {}).label || (look.style.relations[word] || { out: { zh: word } }).out);
    parts.push(t("leftOut", { list: left.map(([word, n]) => `${name(word)} ${n}`).join(state.lang === "en" ? ", " : "、") }));
  }
  say(parts.join(" · "));
}

// ---------------------------------------------------------------- drawing

function draw() {
  drawing.draw();
  drawLegend(model);
  if (!$("#table").hidden) drawTable(model, (key) => select(key).catch(complain));
  $("#empty").hidden = model.shown.size > 0;
  const one = Boolean(model.selected);
  ["path", "hide", "pin"].forEach((name) => { $(`[data-do=${name}]`).disabled = !one; });
  $("[data-do=pin]").textContent = model.pinned.has(model.selected) ? t("unpin") : t("pin");
  $("[data-do=path]").setAttribute("aria-pressed", String(asking !== null));
  tell();
  keepAddress();
}

function keepAddress() { history.replaceState(null, "", toHash(model)); }

model.addEventListener("change", (event) => {
  if (event.detail === "places") { keepAddress(); return; }
  model.path = null;
  draw();
  if (model.selected) panel.node(model.selected).catch(complain);
  else panel.start().catch(complain);
});

// ---------------------------------------------------------------- acts

async function select(key, { near = false } = {}) {
  if (asking) { await findPath(asking, key); return; }
  let node = model.byKey(key.replace("https://w3id.org/qualitykg/id/", ""));
  if (!node || !model.shown.has(node.id)) node = await bring(key);
  model.hidden.delete(node.id);
  model.path = null;
  model.selected = node.id;
  draw();
  drawing.reveal(node.id, { near });
  await panel.node(node.id);
}

// a node that is not on the page comes with its edges to what is, beside the nearest of these
async function bring(key) {
  const node = await get("nodes/" + inPath(key.replace("https://w3id.org/qualitykg/id/", "")));
  model.remember();
  await join([node.key]);
  // what touches nothing on the page would stand there without a word: its neighbours come too
  if (!model.around(node.id).length) {
    const near = await get("subgraph", { node: node.key, depth: 1, limit: FEW });
    await join(near.nodes.map((one) => one.key), model.known.get(node.id));
  }
  return model.known.get(node.id);
}

async function join(keys, origin = null) {
  const fresh = new Set(keys.filter((key) => { const node = model.byKey(key); return !node || !model.shown.has(node.id); }));
  if (!fresh.size) return [];
  const there = [...model.shown].map((id) => model.known.get(id).key);
  const answer = await post("view", { keys: [...there, ...fresh], lang: state.lang });
  // the answer tells all that joins these nodes; only what was asked for by name is kept beside it
  [...model.lines].forEach(([id, edge]) => { if (!look.style.relations[edge.relation].hub) model.lines.delete(id); });
  model.learn(answer);
  const arrivals = answer.nodes.filter((node) => fresh.has(node.key)).map((node) => ({ ...model.known.get(node.id), box: node.box }));
  const near = origin || neighbourOf(arrivals[0]);
  const taken = [...model.shown].map((id) => model.known.get(id).box);
  const placed = near ? beside(near, arrivals, taken, rank) : beside(corner(), arrivals, taken, () => 0);
  // where there is no room nearby all cards make room, but for those that the reader has pinned
  const far = near && placed.some((node) => Math.abs(node.box.y - near.box.y) > FAR_PX);
  if (far) answer.nodes.forEach((node) => { if (!model.pinned.has(node.id)) model.place(node.id, node.box.x, node.box.y); });
  placed.forEach((node) => {
    if (!far) model.known.set(node.id, node);
    model.shown.add(node.id);
    model.hidden.delete(node.id);
  });
  model.isOverview = false;
  return placed;
}

function neighbourOf(node) {
  const edge = [...model.lines.values()].find((one) => (one.source === node.id && model.shown.has(one.target)) || (one.target === node.id && model.shown.has(one.source)));
  return edge && model.known.get(edge.source === node.id ? edge.target : edge.source);
}

function corner() {
  const boxes = [...model.shown].map((id) => model.known.get(id).box);
  const y = boxes.length ? Math.max(...boxes.map((box) => box.y + box.height / 2)) + 60 : 0;
  return { box: { x: 0, y, width: 0, height: 0 }, type: "document" };
}

async function expand(node, relation, direction, limit) {
  const given = relation ? { relation: `${direction}:${relation}` } : {};
  const answer = await get("subgraph", { node: node.key, depth: 1, limit: limit + 1, ...given });
  model.remember();
  const placed = await join(answer.nodes.map((one) => one.key), model.known.get(node.id));
  // a hub's relation (what a document states) is only drawn when it is asked for
  answer.edges.forEach((edge) => model.lines.set(edge.id, edge));
  model.selected = node.id;
  model.leftOut = answer.left_out;
  model.changed();
  if (placed.length) drawing.see([node.id, ...placed.map((one) => one.id)]);
}

// take away what hangs on this node alone by this relation
function collapse(node, relation, direction) {
  model.remember();
  const here = model.around(node.id).filter((edge) => edge.relation === relation && (direction === "out" ? edge.source : edge.target) === node.id);
  here.forEach((edge) => {
    const other = edge.source === node.id ? edge.target : edge.source;
    const alone = model.around(other).every((one) => one.source === node.id || one.target === node.id);
    if (alone) model.shown.delete(other);
    else model.lines.delete(edge.id);
  });
  model.isOverview = false;
  model.changed();
}

async function findPath(start, key) {
  asking = null;
  const from = model.known.get(start);
  const answer = await get("paths", { from: from.key, to: key, k: 3 });
  if (!answer.paths.length) { draw(); say(t("noPath")); return; }
  model.remember();
  panel.paths(answer.paths, (way) => showPath(way).catch(complain));
  await showPath(answer.paths[0]);
}

async function showPath(way) {
  await join(way.nodes.map((node) => node.key), null);
  way.edges.forEach((edge) => model.lines.set(edge.id, edge));
  way.nodes.forEach((node) => model.hidden.delete(node.id));
  model.selected = null;
  model.path = { nodes: way.nodes.map((node) => node.id), edges: way.edges.map((edge) => edge.id) };
  draw();
  drawing.see(model.path.nodes);
}

async function overview() {
  const answer = await get("overview", { layout: "true", lang: state.lang });
  model.replace(answer, { isOverview: true });
  model.pinned.clear();
  model.selected = null;
}

async function tidy() {
  const answer = await post("view", { keys: [...model.shown].map((id) => model.known.get(id).key), lang: state.lang });
  model.remember();
  answer.nodes.forEach((node) => { if (!model.pinned.has(node.id)) model.place(node.id, node.box.x, node.box.y); });
  model.changed();
  drawing.fit();
}

async function relabel() {
  const answer = await post("view", { keys: [...model.shown].map((id) => model.known.get(id).key), lang: state.lang });
  answer.nodes.forEach((node) => {
    const known = model.known.get(node.id);
    model.known.set(node.id, { ...known, box: { ...node.box, x: known.box.x, y: known.box.y } });
  });
}

const acts = {
  lang: async () => {
    state.lang = state.lang === "en" ? "zh" : "en";
    look.lang = state.lang;
    words();
    if (model.isOverview) { const kept = model.selected; await overview(); model.selected = kept && model.shown.has(kept) ? kept : null; drawing.draw(); drawing.fit({ smooth: false }); } else await relabel();
    model.changed();
  },
  dark: () => setDark(!look.dark),
  "view-graph": () => show("graph"),
  "view-table": () => show("table"),
  overview: async () => { model.remember(); await overview(); model.changed(); drawing.fit(); },
  undo: () => model.undo(),
  redo: () => model.redo(),
  path: () => { asking = asking ? null : model.selected; draw(); if (asking) { say(t("pickEnd")); $("#q").focus(); } },
  hide: () => { if (!model.selected) return; model.remember(); model.hidden.add(model.selected); model.selected = null; model.changed(); },
  pin: () => { const id = model.selected; if (!id) return; model.remember(); if (!model.pinned.delete(id)) model.pinned.add(id); draw(); },
  tidy,
  fit: () => drawing.fit(),
  share: async () => { keepAddress(); await navigator.clipboard.writeText(location.href); say(t("copied")); },
  png: async () => { save(await drawing.picture(), "quality-graph.png"); say(t("saved", { name: "quality-graph.png" })); },
  csv: () => { save(toCsv(model), "quality-graph.csv"); say(t("saved", { name: "quality-graph.csv" })); },
};

function show(which) {
  const table = which === "table";
  $("#table").hidden = !table;
  $("#canvas").hidden = table;
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
  if (button) Promise.resolve(acts[button.dataset.do]()).catch(complain);
});

drawing.network.on("click", (event) => {
  const [node] = event.nodes, [edge] = event.edges;
  if (node) select(model.known.get(node).key).catch(complain);
  else if (edge && model.lines.has(edge)) panel.edge(model.lines.get(edge), model.selected).catch(complain);
  else clear();
});
drawing.network.on("doubleClick", (event) => {
  if (event.nodes.length) expand(model.known.get(event.nodes[0]), "", "", 24).catch(complain);
});

function clear() {
  asking = null;
  if (!model.selected && !model.path) { draw(); return; }
  model.selected = null;
  model.changed();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea");
  const key = event.key.toLowerCase();
  if (event.key === "/" && !typing) { $("#q").focus(); event.preventDefault(); }
  else if ((event.ctrlKey || event.metaKey) && !typing && key === "z") { if (event.shiftKey) model.redo(); else model.undo(); event.preventDefault(); }
  else if ((event.ctrlKey || event.metaKey) && !typing && key === "y") { model.redo(); event.preventDefault(); }
  else if (event.key === "Escape" && !typing) clear();
});

$("#canvas").addEventListener("keydown", (event) => {
  const way = DOWN[event.key];
  if (way) { const next = towards(way); if (next) select(next.key).catch(complain); event.preventDefault(); }
  else if (event.key === "Enter" && model.selected) expand(model.known.get(model.selected), "", "", 24).catch(complain);
  else if (event.key === "Delete") acts.hide();
});

// the nearest card in this direction; sideways distance counts three times
function towards([dx, dy]) {
  const nodes = model.nodes();
  if (!model.selected) return nodes[0];
  const { box } = model.known.get(model.selected);
  let best = null, least = Infinity;
  nodes.forEach((node) => {
    const x = node.box.x - box.x, y = node.box.y - box.y;
    const along = x * dx + y * dy;
    const cost = along + 3 * Math.abs(x * dy + y * dx);
    if (along > 0 && cost < least) { best = node; least = cost; }
  });
  return best;
}

// paper gets a picture of the canvas: a canvas cannot be laid out anew for it
window.addEventListener("beforeprint", () => { $("#print").src = drawing.copy().toDataURL("image/png"); });

// ---------------------------------------------------------------- beginning

async function open() {
  const wished = fromHash(location.hash);
  state.lang = wished.lang || (document.documentElement.lang === "en" ? "en" : "zh");
  words();
  setDark(matchMedia("(prefers-color-scheme: dark)").matches);
  say(t("loading"));
  if (wished.nodes.length) {
    const answer = await post("view", { keys: wished.nodes.map((one) => one.key), lang: state.lang });
    model.replace(answer);
    wished.nodes.forEach((one) => { const node = model.byKey(one.key); if (node) model.place(node.id, one.x, one.y); });
  } else await overview();
  const ids = (keys) => keys.map((key) => model.byKey(key)).filter(Boolean).map((node) => node.id);
  ids(wished.hidden).forEach((id) => model.hidden.add(id));
  ids(wished.pinned).forEach((id) => model.pinned.add(id));
  for (const [name, values] of Object.entries(wished.off)) values.forEach((value) => model.off[name].add(value));
  draw();
  drawing.fit({ smooth: false });
  await panel.start();
  if (wished.selected) await select(wished.selected).catch(complain);
  document.body.dataset.ready = "yes";
}

open().catch(complain);
