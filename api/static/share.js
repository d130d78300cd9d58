// The view in the address, and out as files.
import { el, file } from "./dom.js";
import { KINDS } from "./kinds.js";
import { label, state, t } from "./words.js";

const { look } = globalThis.qkg;
const SCENES = { overview: [], plan: ["document"], groups: ["level", "area"], chosen: [] };

// A value is a list of words with blanks between: no key, identifier of an edge or kind has a blank.
// #s=chosen &scene=plan document/d &n=key,x,y … &h=hidden &p=pinned &c=cut edges &e=edges of hubs
// &w=nodes of the path &u=its edges &o-type=types that are off … &v=x y scale &t=1 (table) &lang=en
export function toHash(model, { camera, table }) {
  const parts = new Map();
  const put = (name, words) => { if (words.length) parts.set(name, words); };
  const key = (id) => model.known.get(id).key;
  const { scene } = model;
  put("s", [...model.chosen].filter((id) => model.known.has(id)).map(key));
  if (scene.kind === "plan" || scene.kind === "groups") put("scene", [scene.kind, ...SCENES[scene.kind].map((name) => scene[name] || "-")]);
  if (scene.kind === "chosen" || (model.pinned.size && scene.kind !== "groups")) {
    put("n", [...model.shown].map((id) => [key(id), ...["x", "y"].map((axis) => Math.round(model.known.get(id).box[axis]))].join(",")));
    put("e", [...model.lines.values()].filter((edge) => (look.style.relations[edge.relation] || {}).hub).map((edge) => edge.id));
    put("c", [...model.cut]);
  }
  put("h", [...model.hidden].map(key));
  put("p", [...model.pinned].map(key));
  if (model.path) { put("w", model.path.nodes.map(key)); put("u", model.path.edges); }
  KINDS.forEach((kind) => put("o-" + kind.name, [...model.off[kind.name]].map((name) => name.replaceAll(" ", "\u00a0"))));
  if (camera) put("v", [Math.round(camera.x), Math.round(camera.y), camera.scale.toFixed(3)].map(String));
  if (table) put("t", ["1"]);
  put("lang", [state.lang]);
  return "#" + [...parts].map(([name, words]) => name + "=" + words.map(plain).join("+")).join("&");
}

// what an address may hold as it is stays readable; a blank and a plus do not
const plain = (word) => encodeURIComponent(word).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%40", "@");

export function fromHash(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const list = (name) => (parts.get(name) || "").split(" ").filter(Boolean);
  const [kind = "overview", ...given] = list("scene");
  const scene = { kind: SCENES[kind] ? kind : "overview" };
  SCENES[scene.kind].forEach((name, at) => { if (given[at] && given[at] !== "-") scene[name] = given[at]; });
  const [x, y, scale] = list("v").map(Number);
  return {
    scene, chosen: list("s"), lang: ["zh", "en"].find((one) => one === parts.get("lang")), table: parts.get("t") === "1",
    hidden: list("h"), pinned: list("p"), cut: list("c"), extra: list("e"), way: list("w"), wayEdges: list("u"),
    camera: scale > 0 && Number.isFinite(x) && Number.isFinite(y) ? { x, y, scale } : null,
    nodes: list("n").map((one) => {
      const [up, across, ...rest] = one.split(",").reverse();
      return { key: rest.reverse().join(","), x: Number(across), y: Number(up) };
    }).filter((one) => one.key && Number.isFinite(one.x) && Number.isFinite(one.y)),
    off: Object.fromEntries(KINDS.map(({ name }) => [name, list("o-" + name).map((word) => word.replaceAll("\u00a0", " "))])),
  };
}

export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

// a file that the service makes of what is seen or chosen, each card where it stands
export function made(model, ending) {
  const { nodes, edges } = model.taken();
  return file("view/" + ending, {
    keys: nodes.map((node) => node.key), edges: edges.map((edge) => edge.id), lang: state.lang,
    groups: model.scene.kind === "groups" ? { level: model.scene.level, area: model.scene.area } : undefined,
    places: Object.fromEntries(nodes.map((node) => [node.key, [node.box.x, node.box.y]])),
  });
}

// a cell that a spreadsheet would take for a formula is marked as text
const cell = (value) => {
  const text = String(value ?? "");
  return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""') + '"';
};

export function toCsv(model) {
  const heads = [t("source"), t("type"), t("relation"), t("target"), t("type"), t("basis"), t("sure"), t("document")];
  const type = (node) => label(look.style.types[node.type].label);
  const { nodes, edges } = model.taken();
  const told = (node) => label(model.documents[node.document] || { zh: node.document || "" });
  const rows = edges.map((edge) => {
    const [source, target] = [model.known.get(edge.source), model.known.get(edge.target)];
    return [label(source.label), type(source), label(look.style.relations[edge.relation].out), label(target.label), type(target),
      edge.stated ? t("stated") : t("inferred"), edge.confidence, told(source)];
  });
  const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  nodes.filter((node) => !joined.has(node.id)).forEach((node) => rows.push([label(node.label), type(node), "", "", "", "", "", told(node)]));
  return new Blob(["\ufeff" + [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });
}
