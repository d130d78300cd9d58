// The same nodes and relations as a table: for reading aloud, for copying, for print.
import { $, el } from "./dom.js";
import { label, t } from "./words.js";

const { look } = globalThis.qkg;

// `acts` has select(key) and toggle(id)
export function drawTable(model, acts) {
  const focused = document.activeElement && document.activeElement.closest("#table [data-id]");
  const title = (key) => (key ? label(model.documents[key] || { zh: key }) : "");
  const nodes = model.nodes();
  const nodeRows = nodes.map((node) => [
    el("input", { type: "checkbox", "data-id": "choose " + node.id, checked: model.chosen.has(node.id), "aria-label": t("chooseOne", { name: label(node.label) }), onchange: () => acts.toggle(node.id) }),
    label(look.style.types[node.type].label),
    el("button", { type: "button", class: "link", "data-id": "open " + node.id, onclick: () => acts.select(node.key), text: label(node.label) }),
    node.gap ? look.style.severities[node.gap].mark + " " + label(look.style.severities[node.gap].label) : "",
    node.level ? label(look.style.levels[node.level] || { zh: node.level }) : "", node.year ? String(node.year) : "", title(node.document),
  ]);
  const edgeRows = model.edges().map((edge) => [
    label(model.known.get(edge.source).label), label(look.style.relations[edge.relation].out), label(model.known.get(edge.target).label),
    edge.stated ? t("stated") : t("inferred"),
  ]);
  $("#table").replaceChildren(
    table(t("nodesTable"), [t("choose"), t("type"), t("name"), t("gap"), t("level"), t("year"), t("document")], nodeRows),
    table(t("edgesTable"), [t("source"), t("relation"), t("target"), t("basis")], edgeRows),
  );
  const again = focused && [...document.querySelectorAll("#table [data-id]")].find((one) => one.dataset.id === focused.dataset.id);
  if (again) again.focus();
}

function table(caption, heads, rows) {
  return el("table", {},
    el("caption", { text: `${caption} (${rows.length})` }),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col", text: head })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => (typeof cell === "string" ? el("td", { text: cell }) : el("td", {}, cell)))))));
}
