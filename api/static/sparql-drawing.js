// What CONSTRUCT and DESCRIBE give, drawn as the explorer draws: cards placed by the service.
import { el, post } from "./dom.js";
import { link } from "./sparql-terms.js";
import { facts, label, number, shortened, t } from "./sparql-words.js";

const NAMES = ["rdfs:label", "skos:prefLabel", "dct:title"].map((name) => facts.prefixes[name.split(":")[0]] + name.split(":")[1]);
const TYPE = facts.prefixes.rdf + "type", MOST = 20_000;

function script(src) {
  return new Promise((done, failed) => {
    document.head.append(el("script", { src, onload: done, onerror: () => failed(new Error(src)) }));
  });
}

let ready = null;
const tools = () => (ready ??= (async () => {
  await script("/static/vis-network.min.js");
  await script("/static/card.js");
  const { look } = globalThis.qkg;
  look.style = { ...facts.style, types: { ...facts.style.types, thing: { light: "#667085", dark: "#a5adba", form: "card" } } };
  look.lang = facts.lang;
  return import("./graph.js");
})());

// links between things, things alone, names that the triples give; the rest are values
export function parts(rows) {
  const named = (one) => (one.type === "bnode" ? `_:${one.value}` : one.value);
  const links = [], things = new Set(), labels = {};
  let values = 0;
  for (const { subject, property, object } of rows) {
    things.add(named(subject));
    if (property.value === TYPE) continue;
    if (object.type === "uri" || object.type === "bnode") links.push([named(subject), property.value, named(object)]);
    else if (NAMES.includes(property.value)) labels[named(subject)] = nameOf(labels[named(subject)], object);
    else values += 1;
  }
  return { links: links.slice(0, MOST), things: [...things].slice(0, MOST), labels, values };
}

function nameOf(known, { value, "xml:lang": lang = "" }) {
  const fits = lang.startsWith(facts.lang);
  return known === undefined || fits ? value : known;
}

// what the drawing asks of the page: see model.js of the explorer
class Picture {
  constructor({ nodes, edges }) {
    this.known = new Map(nodes.map((node) => [node.id, node]));
    this.lines = edges;
    this.shown = new Set(this.known.keys());
    this.pinned = new Set();
    this.selected = this.path = null;
  }
  get chosen() { return this.selected ? [this.selected] : []; }
  nodes() { return [...this.known.values()]; }
  edges() { return this.lines; }
  around(id) { return this.lines.filter((edge) => edge.source === id || edge.target === id); }
  place(id, x, y) {
    const node = this.known.get(id);
    this.known.set(id, { ...node, box: { ...node.box, x, y } });
  }
  remember() {}
  changed() {}
}

export async function draw(view, rows) {
  const { values, ...wanted } = parts(rows);
  if (!wanted.things.length) {
    view.replaceChildren(el("p", { class: "note", text: t("nothingToDraw") }));
    return;
  }
  view.replaceChildren(el("p", { class: "note", text: t("drawing") }));
  const [{ Drawing }, answer] = await Promise.all([tools(), post("drawing", { ...wanted, lang: facts.lang })]);
  const canvas = el("div", { class: "canvas", role: "img", "aria-label": t("picture") });
  const told = el("p", { class: "note", "aria-live": "polite", text: words(answer, values) });
  const save = el("button", { type: "button", class: "quiet", text: t("png") });
  view.replaceChildren(canvas, el("div", { class: "under" }, told, save));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  globalThis.qkg.look.dark = dark.matches;
  const picture = new Picture(answer);
  const drawing = new Drawing(canvas, picture);
  drawing.network.on("click", ({ nodes }) => {
    picture.selected = nodes[0] ?? null;
    drawing.draw();
    told.replaceChildren(...(picture.selected ? about(picture) : [words(answer, values)]));
  });
  dark.onchange = ({ matches }) => { globalThis.qkg.look.dark = matches; drawing.draw(); };
  save.addEventListener("click", async () => keep(await drawing.picture(), "graph.png"));
  drawing.draw();
  drawing.fit({ smooth: false });
}

function words(answer, values) {
  const left = Object.values(answer.left_out).reduce((sum, one) => sum + one, 0);
  return [
    t("drawn", { n: number(answer.nodes.length), m: number(answer.edges.length) }),
    values ? t("values", { n: number(values) }) : "",
    answer.truncated ? t("cut", { limit: number(answer.limit), left: number(left) }) : "",
  ].filter(Boolean).join(" ");
}

function about(picture) {
  const node = picture.known.get(picture.selected);
  const kind = facts.style.types[node.type];
  const near = picture.around(node.id).length;
  return [
    el("strong", { text: label(node.label) }), ` ${kind ? label(kind.label) : shortened(node.id)} · ${near} `,
    node.id.startsWith("_:") ? "" : link(node.id, t("allOf")),
  ];
}

export function keep(blob, name) {
  const place = URL.createObjectURL(blob);
  const made = el("a", { href: place, download: name });
  made.click();
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
}
