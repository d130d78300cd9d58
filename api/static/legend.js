// The legend is the filter: each entry has its count, switches its kind on and off, or leaves it alone.
import { $, el } from "./dom.js";
import { KINDS } from "./kinds.js";
import { t } from "./words.js";

const MOST = 60; // entries of one kind

export function drawLegend(model) {
  const holders = model.holders();
  const things = { node: model.present(), edge: model.ties() };
  const opened = new Set([...document.querySelectorAll("#legend details[open]")].map((one) => one.dataset.kind));
  const focused = document.activeElement && document.activeElement.closest("#legend [data-name]");
  const kept = focused && [focused.dataset.kind, focused.dataset.name, focused.className];
  const sections = KINDS.map((kind) => section(model, kind, tally(things[kind.of], kind, holders), opened));
  $("#legend").replaceChildren(...sections.filter(Boolean));
  if (kept) {
    const again = [...document.querySelectorAll("#legend [data-name]")]
      .find((one) => one.dataset.kind === kept[0] && one.dataset.name === kept[1] && one.className === kept[2]);
    if (again) again.focus();
  }
}

function tally(things, kind, holders) {
  const counts = new Map();
  things.forEach((thing) => new Set(kind.values(thing, holders)).forEach((value) => counts.set(value, (counts.get(value) || 0) + 1)));
  return counts;
}

function section(model, kind, counts, opened) {
  const off = model.off[kind.name];
  if (kind.name === "gap" && model.pending) return null; // nobody knows yet that there is none
  off.forEach((name) => { if (!counts.has(name)) counts.set(name, 0); });
  if (!counts.size || (counts.size < 2 && !off.size && kind.name !== "type" && kind.name !== "gap")) return null;
  const order = kind.order && kind.order();
  const place = (name) => (name === "none" ? Infinity : order ? order.indexOf(name) : 0);
  const entries = [...counts].sort((a, b) => place(a[0]) - place(b[0]) || (order ? 0 : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, MOST);
  const list = el("ul", { class: "filter", id: kind.name + "-filter" }, ...entries.map(([name, count]) => entry(model, kind, name, count)));
  const title = t("kind_" + kind.name);
  const clear = off.size ? el("button", { type: "button", class: "small", "data-kind": kind.name, "data-name": "*", onclick: () => change(model, () => off.clear()), text: t("allAgain") }) : null;
  if (!kind.folded) return el("section", {}, el("h2", { text: title }), list, clear);
  return el("section", {}, el("details", { "data-kind": kind.name, open: opened.has(kind.name) || off.size > 0 },
    el("summary", {}, title, el("span", { class: "count", text: String(counts.size) })), list, clear));
}

function entry(model, kind, name, count) {
  const off = model.off[kind.name];
  const sign = kind.sign && kind.sign(name);
  const text = kind.text(name, model);
  return el("li", {},
    el("button", {
      type: "button", class: "entry", "aria-pressed": String(!off.has(name)), "data-kind": kind.name, "data-name": name, title: text,
      onclick: () => change(model, () => { if (!off.delete(name)) off.add(name); }),
    }, sign ? el("span", { ...sign, "aria-hidden": "true" }) : null, el("span", { class: "word", text }), el("span", { class: "count", text: String(count) })),
    el("button", {
      type: "button", class: "only", "data-kind": kind.name, "data-name": name, "aria-label": t("onlyOne", { name: text }), text: t("only"),
      onclick: () => change(model, () => only(model, kind, name)),
    }));
}

function only(model, kind, name) {
  const holders = model.holders();
  const things = kind.of === "node" ? model.present() : model.ties();
  const others = [...tally(things, kind, holders).keys()].filter((one) => one !== name);
  model.off[kind.name] = new Set(others);
}

function change(model, act) {
  model.remember();
  act();
  model.changed();
}
