// The same nodes and relations as a table: for reading aloud, for copying, for print.
import { $, el } from "./dom.js";
import { label, t } from "./words.js";

const { look } = globalThis.qkg;

export function drawTable(model, select) {
  const title = (key) => (key ? label(model.documents[key] || { zh: key }) : "");
  const nodes = model.nodes();
  const nodeRows = nodes.map((node) => [
    label(look.style.types[node.type].label),
    el("button", { type: "button", class: "link", onclick: () => select(node.key), text: label(node.label) }),
    node.gap ? look.style.severities[node.gap].mark + " " + label(look.style.severities[node.gap].label) : "",
    node.level ? label(look.style.levels[node.level] || { zh: node.level }) : "", node.year ? String(node.year) : "", title(node.document),
  ]);
  const edgeRows = model.edges().map((edge) => [
    label(model.known.get(edge.source).label), label(look.style.relations[edge.relation].out), label(model.known.get(edge.target).label),
    edge.stated ? t("stated") : t("inferred"),
  ]);
  $("#table").replaceChildren(
    table(t("nodesTable"), [t("type"), t("name"), t("gap"), t("level"), t("year"), t("document")], nodeRows),
    table(t("edgesTable"), [t("source"), t("relation"), t("target"), t("basis")], edgeRows),
  );
}

function table(caption, heads, rows) {
  return el("table", {},
    el("caption", { text: `${caption} (${rows.length})` }),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col", text: head })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => (typeof cell === "string" ? el("td", { text: cell }) : el("td", {}, cell)))))));
}
