// What is on the page: nodes and edges that are known, which of them are shown, and how it came so.
import { $ } from "./dom.js";

const MOST_STEPS = 60;

export class Model extends EventTarget {
  constructor() {
    super();
    this.known = new Map(); // id -> node with box
    this.lines = new Map(); // id -> edge
    this.shown = new Set(); // ids of nodes on the page
    this.hidden = new Set();
    this.pinned = new Set();
    this.off = { type: new Set(), gap: new Set(), level: new Set() };
    this.documents = {};
    this.selected = null;
    this.isOverview = false;
    this.leftOut = {};
    this.past = [];
    this.future = [];
  }

  changed(what = "nodes") {
    this.dispatchEvent(new CustomEvent("change", { detail: what }));
  }

  // ---- what can be seen
  passes(node) {
    return !this.hidden.has(node.id) && !this.off.type.has(node.type)
      && !this.off.gap.has(node.gap || "none") && !this.off.level.has(node.level || "none");
  }
  nodes() { return [...this.shown].map((id) => this.known.get(id)).filter((node) => this.passes(node)); }
  edges() {
    const seen = new Set(this.nodes().map((node) => node.id));
    return [...this.lines.values()].filter((edge) => seen.has(edge.source) && seen.has(edge.target));
  }
  byKey(key) { return [...this.known.values()].find((node) => node.key === key); }
  around(id) { return this.edges().filter((edge) => edge.source === id || edge.target === id); }

  // ---- changing it
  learn(answer) {
    for (const node of answer.nodes) {
      const old = this.known.get(node.id);
      // a place that the reader knows is kept
      this.known.set(node.id, old ? { ...node, box: old.box || node.box } : node);
    }
    for (const edge of answer.edges) this.lines.set(edge.id, edge);
    Object.assign(this.documents, answer.documents);
  }
  show(ids) { ids.forEach((id) => this.shown.add(id)); }

  replace(answer, { isOverview = false } = {}) {
    this.lines.clear();
    this.shown.clear();
    this.hidden.clear();
    for (const node of answer.nodes) this.known.delete(node.id);
    this.learn(answer);
    this.show(answer.nodes.map((node) => node.id));
    this.isOverview = isOverview;
    this.leftOut = answer.left_out || {};
  }

  place(id, x, y) {
    const node = this.known.get(id);
    this.known.set(id, { ...node, box: { ...node.box, x, y } });
  }

  // ---- undo and redo: whole states, so that no step can forget a part
  snapshot() {
    return {
      shown: [...this.shown], hidden: [...this.hidden], pinned: [...this.pinned], lines: [...this.lines.keys()],
      places: [...this.shown].map((id) => [id, this.known.get(id).box]), isOverview: this.isOverview,
      leftOut: this.leftOut, selected: this.selected, memory: new Map(this.lines),
      off: Object.fromEntries(Object.entries(this.off).map(([name, set]) => [name, [...set]])),
    };
  }
  remember() {
    this.past.push(this.snapshot());
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future.length = 0;
    this.buttons();
  }
  restore(from, to) {
    const state = from.pop();
    if (!state) return;
    to.push(this.snapshot());
    this.shown = new Set(state.shown);
    this.hidden = new Set(state.hidden);
    this.pinned = new Set(state.pinned);
    this.lines = new Map(state.lines.map((id) => [id, state.memory.get(id)]));
    state.places.forEach(([id, box]) => this.known.set(id, { ...this.known.get(id), box }));
    for (const [name, values] of Object.entries(state.off)) this.off[name] = new Set(values);
    this.isOverview = state.isOverview;
    this.leftOut = state.leftOut;
    this.selected = this.shown.has(state.selected) ? state.selected : null;
    this.buttons();
    this.changed();
  }
  undo() { this.restore(this.past, this.future); }
  redo() { this.restore(this.future, this.past); }
  buttons() {
    $("[data-do=undo]").disabled = !this.past.length;
    $("[data-do=redo]").disabled = !this.future.length;
  }
}
