// What a group stands for, and the way from it to its areas, its plans and the things in them.
import { el } from "./dom.js";
import { label, t } from "./words.js";

const { look, tone } = globalThis.qkg;

export function drawGroup(node, model, acts) {
  const type = look.style.types[node.type];
  const near = model.around(node.id).sort((a, b) => b.count - a.count);
  const other = (edge) => model.known.get(edge.source === node.id ? edge.target : edge.source);
  const name = (edge) => label(look.style.relations[edge.relation][edge.source === node.id ? "out" : "back"]);
  return [
    el("header", {},
      el("p", { class: "kind" }, el("span", { class: "swatch", colour: tone(type) }), label(type.label)),
      el("h2", { text: label(node.label) }),
      el("p", { class: "quiet", text: t("groupOf", { n: node.count.toLocaleString() }) })),
    node.level ? el("button", { type: "button", class: "small", onclick: () => acts.open(node), text: node.area_key ? t("openArea") : t("openLevel") }) : null,
    near.length ? el("h3", { text: t("relations") }) : null,
    el("ul", { class: "relations" }, ...near.map((edge) => el("li", { class: "row" },
      el("span", { class: "name", text: name(edge) }), el("span", { class: "count", text: edge.count.toLocaleString() }), acts.link(other(edge))))),
  ].filter(Boolean);
}

// the plans that the groups on the page come from
export function drawPlans({ nodes, count }, acts) {
  return [
    el("h2", { text: t("groupsTitle") }),
    el("p", { class: "quiet", text: t("groupsHow") }),
    el("h3", { text: t("plans", { n: count.toLocaleString() }) }),
    el("ul", { class: "plans" }, ...nodes.map((plan) => el("li", {},
      el("button", { type: "button", class: "link", onclick: () => acts.plan(plan.key), text: label(plan.label) }),
      el("span", { class: "quiet", text: plan.level && look.style.levels[plan.level] ? " " + label(look.style.levels[plan.level]) : "" })))),
    nodes.length < count ? el("p", { class: "quiet", text: t("plansCut", { n: nodes.length }) }) : null,
  ].filter(Boolean);
}
