// The legend is the filter: each entry has its count and switches its kind on and off.
import { $, el } from "./dom.js";
import { label, t } from "./words.js";

const { look, tone } = globalThis.qkg;
const SEVERITIES = ["high", "medium", "low", "info", "none"];

export function drawLegend(model) {
  const all = [...model.shown].map((id) => model.known.get(id)).filter((node) => !model.hidden.has(node.id));
  const counts = { type: tally(all, (node) => node.type), gap: tally(all, (node) => node.gap || "none"), level: tally(all, (node) => node.level || "none") };
  const order = Object.keys(look.style.types);
  fill("#type-filter", model, "type", [...counts.type].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])), (name) => {
    const style = look.style.types[name];
    return [el("span", { class: "swatch " + style.form, colour: tone(style) }), label(style.label)];
  });
  fill("#gap-filter", model, "gap", SEVERITIES.filter((name) => counts.gap.has(name)).map((name) => [name, counts.gap.get(name)]), (name) => {
    const style = look.style.severities[name];
    if (!style) return [el("span", { class: "mark empty" }), t("noGap")];
    return [el("span", { class: "mark", colour: tone(style), text: style.mark }), label(style.label)];
  });
  const levels = [...Object.keys(look.style.levels), "none"].filter((name) => counts.level.has(name));
  $("#level-section").hidden = levels.length < 2;
  fill("#level-filter", model, "level", levels.map((name) => [name, counts.level.get(name)]), (name) =>
    [look.style.levels[name] ? label(look.style.levels[name]) : t("noLevel")]);
}

function tally(nodes, of) {
  const counts = new Map();
  nodes.forEach((node) => counts.set(of(node), (counts.get(of(node)) || 0) + 1));
  return counts;
}

function fill(place, model, kind, entries, face) {
  const off = model.off[kind];
  $(place).replaceChildren(...entries.map(([name, count]) => el("li", {},
    el("button", {
      type: "button", "aria-pressed": String(!off.has(name)), "data-name": name,
      onclick: () => {
        model.remember();
        if (!off.delete(name)) off.add(name);
        model.changed();
        $(`${place} [data-name="${name}"]`).focus();
      },
    }, ...face(name), el("span", { class: "count", text: String(count) })))));
}
