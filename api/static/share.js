// The view in the address, and out as files.
import { el } from "./dom.js";
import { label, state, t } from "./words.js";

const { look } = globalThis.qkg;

// #s=selected key &n=key:x:y~key:x:y (only where it is not the plain overview) &h=hidden keys &o=filters
export function toHash(model) {
  const parts = new URLSearchParams();
  const key = (id) => model.known.get(id).key;
  if (model.selected && model.known.get(model.selected)) parts.set("s", key(model.selected));
  if (!model.isOverview || model.pinned.size) {
    parts.set("n", [...model.shown].map((id) => {
      const { box } = model.known.get(id);
      return [key(id), Math.round(box.x), Math.round(box.y)].join(":");
    }).join("~"));
  }
  if (model.hidden.size) parts.set("h", [...model.hidden].map(key).join("~"));
  if (model.pinned.size) parts.set("p", [...model.pinned].map(key).join("~"));
  for (const [name, values] of Object.entries(model.off)) if (values.size) parts.set("o-" + name, [...values].join("~"));
  parts.set("lang", state.lang);
  return "#" + parts;
}

export function fromHash(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const list = (name) => (parts.get(name) || "").split("~").filter(Boolean);
  return {
    selected: parts.get("s"), lang: parts.get("lang"), hidden: list("h"), pinned: list("p"),
    nodes: list("n").map((one) => {
      const [y, x, ...key] = one.split(":").reverse();
      return { key: key.reverse().join(":"), x: Number(x), y: Number(y) };
    }).filter((one) => one.key && Number.isFinite(one.x) && Number.isFinite(one.y)),
    off: { type: list("o-type"), gap: list("o-gap"), level: list("o-level") },
  };
}

export function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

// a cell that a spreadsheet would take for a formula is marked as text
const cell = (value) => {
  const text = String(value ?? "");
  return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""') + '"';
};

export function toCsv(model) {
  const heads = [t("source"), t("type"), t("relation"), t("target"), t("type"), t("basis"), t("document")];
  const type = (node) => label(look.style.types[node.type].label);
  const rows = model.edges().map((edge) => {
    const [source, target] = [model.known.get(edge.source), model.known.get(edge.target)];
    return [label(source.label), type(source), label(look.style.relations[edge.relation].out), label(target.label), type(target),
      edge.stated ? t("badgeStated") : t("badgeInferred"), label(model.documents[source.document] || { zh: source.document || "" })];
  });
  return new Blob(["\ufeff" + [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });
}
