// Several nodes chosen at once: by a frame drawn around them, and what they are together.
import { el } from "./dom.js";
import { label, t } from "./words.js";

const { look } = globalThis.qkg;
const STILL_PX = 4; // less than that is a click

// With Shift held, or while `wanted()`, a drag draws a frame and a click adds or takes out one card.
// `acts` has toggle(id) and add(ids).
export function listenForFrames(box, drawing, { wanted, toggle, add }) {
  const frame = el("div", { class: "frame", hidden: true });
  box.after(frame);
  let from = null;
  const at = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const corners = (one, other) => [
    { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y) }, { x: Math.max(one.x, other.x), y: Math.max(one.y, other.y) },
  ];
  // heard before vis hears it, which would move the picture
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !(event.shiftKey || wanted())) return;
    event.stopPropagation();
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    box.focus();
    from = at(event);
  }, true);
  box.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [start, end] = corners(from, at(event));
    const size = { left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y };
    frame.hidden = false;
    Object.entries(size).forEach(([name, px]) => { frame.style[name] = px + "px"; });
  });
  box.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [start, end] = corners(from, at(event));
    from = null;
    frame.hidden = true;
    if (end.x - start.x < STILL_PX && end.y - start.y < STILL_PX) toggle(drawing.network.getNodeAt(start));
    else add(drawing.within(start, end));
  });
  box.addEventListener("pointercancel", () => { from = null; frame.hidden = true; });
}

// what they are, and which relations join them; `acts` has expand(), link(node), toggle(id), edge(edge)
export function drawSeveral(model, acts) {
  const { nodes, edges } = model.taken();
  const things = nodes.some((node) => !node.count);
  return [
    el("h2", { text: t("severalTitle", { n: nodes.length }) }),
    el("p", { class: "quiet", text: t("severalHow") }),
    things ? el("p", {}, el("button", { type: "button", class: "small", "data-id": "expand", onclick: acts.expand, text: t("expandAll") })) : null,
    el("h3", { text: t("nodesTable") }),
    el("ul", {}, ...nodes.map((node) => el("li", { class: "row chosen" }, acts.link(node), el("button", {
      type: "button", class: "small plain", "aria-label": t("takeOutOne", { name: label(node.label) }), onclick: () => acts.toggle(node.id), text: t("takeOut"),
    })))),
    edges.length ? el("h3", { text: t("relationsBetween") }) : null,
    el("ul", { class: "relations" }, ...edges.map((edge) => tie(edge, model, acts))),
  ].filter(Boolean);
}

function tie(edge, model, acts) {
  const style = look.style.relations[edge.relation];
  return el("li", {},
    el("p", { class: "row" }, el("button", { type: "button", class: "link", onclick: () => acts.edge(edge), text: style ? label(style.out) : edge.relation })),
    el("ul", {}, ...[edge.source, edge.target].map((id) => el("li", {}, acts.link(model.known.get(id))))));
}
