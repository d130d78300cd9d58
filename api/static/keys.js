// Every key that the page knows, once: what it does and where it counts; the help page lists them.
import { $, el } from "./dom.js";
import { t } from "./words.js";

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { p: "path", h: "hide", u: "unhide", o: "alone", k: "pin", f: "fit", t: "tidy", v: "turn", m: "several", "+": "nearer", "=": "nearer", "-": "farther", "?": "help" };
const TOLD = [
  ["/", "keySearch"], ["← ↑ → ↓", "keyMove"], ["Shift+← ↑ → ↓", "keyExtend"], ["Ctrl+A", "keyAll"],
  ["M", "keySeveral"], ["Enter", "keyExpand"], ["D", "keyDetails"], ["Esc", "keyClear"], ["P", "keyPath"],
  ["H / Delete", "keyHide"], ["U", "keyUnhide"], ["O", "keyAlone"], ["K", "keyPin"], ["T", "keyTidy"], ["F", "keyFit"], ["+ / −", "keyZoom"],
  ["V", "keyTable"], ["Ctrl+Z / Ctrl+Y", "keyUndo"], ["?", "keyHelp"],
];

// `acts` are the buttons' acts by name; `graph` has step(way), extend(way), all(), expand() and clear()
export function listen(acts, graph, run) {
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.altKey || $("#help").open) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = event.ctrlKey || event.metaKey ? withControl(acts, graph, key, event) : plain(acts, graph, key, event);
    if (!act) return;
    event.preventDefault();
    run(act);
  });
}

function withControl(acts, graph, key, event) {
  if (key === "z") return event.shiftKey ? acts.redo : acts.undo;
  if (key === "a" && event.target.id === "canvas") return graph.all;
  return key === "y" ? acts.redo : null;
}

function plain(acts, graph, key, { target, shiftKey }) {
  if (key === "/") return () => $("#q").focus();
  if (key === "Escape") return graph.clear;
  if (key === "d") return () => $("#panel").focus();
  if (LETTERS[key]) return acts[LETTERS[key]];
  if (target.id !== "canvas") return null; // elsewhere arrows scroll and Enter presses what has the focus
  if (WAYS[key]) return () => (shiftKey ? graph.extend : graph.step)(WAYS[key]);
  if (key === "Enter") return graph.expand;
  return key === "Delete" ? acts.hide : null;
}

export function help() {
  const rows = TOLD.map(([keys, name]) => el("div", {}, el("dt", {}, ...keys.split(" / ").flatMap((one, at) => (at ? [" / ", el("kbd", { text: one })] : [el("kbd", { text: one })]))), el("dd", { text: t(name) })));
  $("#help").replaceChildren(
    el("h2", { text: t("help") }), el("dl", {}, ...rows),
    el("form", { method: "dialog" }, el("button", { class: "small", text: t("close") })));
  $("#help").showModal();
}

// the nearest card in a direction; sideways distance counts three times
export function towards([dx, dy], nodes, from) {
  if (!from) return nodes[0];
  let best = null, least = Infinity;
  nodes.forEach((node) => {
    const x = node.box.x - from.box.x, y = node.box.y - from.box.y;
    const along = x * dx + y * dy;
    const cost = along + 3 * Math.abs(x * dy + y * dx);
    if (along > 0 && cost < least) { best = node; least = cost; }
  });
  return best;
}
