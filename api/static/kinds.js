// By what the legend tells things apart: each kind once, with its values, their order and their names.
import { label, t } from "./words.js";

const { look, tone } = globalThis.qkg;
const BODIES = new Set(["coordinationBody", "department", "openBody", "body"]);
const BASES = ["stated", "inferred", "summed"];
const SURE = [["90", 0.9], ["70", 0.7], ["0", 0]];

// stands for what a picture hides
export const isSummed = (edge) => edge.id.startsWith("sum:");
const isBody = (node) => BODIES.has(node.type);
const basis = (edge) => (isSummed(edge) ? "summed" : edge.stated ? "stated" : "inferred");
const named = (table) => (name) => (table()[name] ? label(table()[name].label || table()[name]) : t("notTold"));

// `of`: what the legend tells apart; `values`: those of one thing, which is seen while one of them is on
export const KINDS = [
  {
    name: "gap", of: "node", values: (node) => [node.gap || "none"], order: () => Object.keys(look.style.severities),
    text: (name) => (look.style.severities[name] ? label(look.style.severities[name].label) : t("noGap")),
    sign: (name) => (look.style.severities[name]
      ? { class: "mark", colour: tone(look.style.severities[name]), text: look.style.severities[name].mark } : { class: "mark empty" }),
  },
  {
    name: "type", of: "node", values: (node) => [node.type], order: () => Object.keys(look.style.types),
    text: named(() => look.style.types),
    sign: (name) => look.style.types[name] && { class: "swatch " + look.style.types[name].form, colour: tone(look.style.types[name]) },
  },
  { name: "level", of: "node", values: (node) => [node.level || "none"], order: () => Object.keys(look.style.levels), text: named(() => look.style.levels) },
  { name: "area", of: "node", folded: true, values: (node) => [node.area || "none"], text: (name) => (name === "none" ? t("notTold") : name) },
  {
    name: "document", of: "node", folded: true, values: (node) => [node.type === "document" ? node.key : node.document || "none"],
    text: (name, model) => (name === "none" ? t("notTold") : label(model.documents[name] || (model.byKey(name) || {}).label || { zh: name })),
  },
  {
    name: "body", of: "node", folded: true, values: (node, holders) => (isBody(node) ? [node.key] : holders.get(node.id) || ["none"]),
    text: (name, model) => (name === "none" ? t("noBody") : label((model.byKey(name) || { label: { zh: name } }).label)),
  },
  { name: "basis", of: "edge", values: (edge) => [basis(edge)], order: () => BASES, text: (name) => (BASES.includes(name) ? t(name) : t("notTold")), sign: (name) => ({ class: BASES.includes(name) ? "line " + name : "line" }) },
  {
    name: "relation", of: "edge", folded: true, values: (edge) => [edge.relation], order: () => Object.keys(look.style.relations),
    text: (name) => (look.style.relations[name] ? label(look.style.relations[name].out) : name),
  },
  {
    name: "sure", of: "edge", folded: true, order: () => SURE.map(([name]) => name),
    values: (edge) => [SURE.find(([, least]) => edge.confidence >= least)[0]],
    text: (name) => (SURE.some(([one]) => one === name) ? t("sure" + name) : t("notTold")),
  },
];

export function passes(of, thing, off, holders = new Map()) {
  return KINDS.every((kind) => kind.of !== of || !off[kind.name].size
    || kind.values(thing, holders).some((value) => !off[kind.name].has(value)));
}
