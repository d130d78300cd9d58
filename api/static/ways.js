// The paths between two nodes: which relations they may take, how many, and each step by step.
import { el } from "./dom.js";
import { label, t } from "./words.js";

const { look } = globalThis.qkg;
const MOST = [1, 3, 5, 10];
const FAMILIES = [
  ["familyDuty", ["ledBy", "undertakenBy", "supportedBy", "joinedBy", "supervisedBy"]],
  ["familyNeed", ["requires", "sharesResourceWith", "jointlyProducesWith", "dependsOn", "conflictsWith"]],
  ["familyParts", ["partOf", "realises", "hasGoal", "contributesTo", "quantifies"]],
  ["familyUptake", ["takesUp", "implements", "refersTo", "alignedWith"]],
  ["familyCoordination", ["coordinates", "coordinatesWith", "memberOf", "supervises", "evaluates"]],
];

// `found` is {from, to, ways, k, relations}; `acts` has again({k, relations}), choose(way) and link(node)
export function drawWays(found, acts) {
  const { ways } = found;
  return [
    el("h2", { text: t("paths") }),
    el("p", {}, acts.link(found.from), " ↔ ", acts.link(found.to)),
    options(found, acts),
    ways.length ? null : el("p", { class: "quiet", role: "alert", text: t("noPath") }),
    ...ways.map((way, at) => el("section", { class: "way" },
      el("button", { type: "button", class: "small", onclick: () => acts.choose(way), text: t("pathOne", { i: at + 1, n: way.nodes.length - 1 }) }),
      el("ol", {}, ...way.nodes.map((node, step) => el("li", {}, acts.link(node), step + 1 < way.nodes.length ? between(way, step) : null))))),
  ].filter(Boolean);
}

function options(found, acts) {
  const chosen = new Set(found.relations.length ? found.relations : FAMILIES.flatMap(([, names]) => names));
  const boxes = FAMILIES.map(([name, relations]) => el("label", {},
    el("input", { type: "checkbox", name, checked: relations.every((one) => chosen.has(one)) }), " ", t(name)));
  const count = el("select", { name: "k" }, ...MOST.map((n) => el("option", { value: n, selected: n === found.k, text: String(n) })));
  return el("form", {
    class: "options",
    onsubmit: (event) => {
      event.preventDefault();
      const ticked = FAMILIES.filter(([name]) => event.target.elements[name].checked);
      const relations = ticked.length === FAMILIES.length ? [] : ticked.flatMap(([, names]) => names);
      if (ticked.length) acts.again({ k: Number(count.value), relations });
    },
  },
  el("fieldset", {}, el("legend", { text: t("pathVia") }), ...boxes),
  el("label", {}, t("pathMost") + " ", count),
  el("button", { type: "submit", class: "small", text: t("pathAgain") }));
}

function between(way, at) {
  const [one, other] = [way.nodes[at].id, way.nodes[at + 1].id];
  const edges = way.edges.filter((edge) => [edge.source, edge.target].sort().join() === [one, other].sort().join());
  const names = edges.map((edge) => {
    const style = look.style.relations[edge.relation];
    return label(edge.source === one ? style.out : style.back);
  });
  return el("span", { class: "quiet step", text: "↓ " + names.join("、") });
}
