// What is on the page, as data: which nodes and edges are known, which are shown, how it came so.
import { KINDS, passes } from "./kinds.js";

const MOST_STEPS = 60;
const DUTIES = new Set(["ledBy", "undertakenBy", "supportedBy", "joinedBy", "supervisedBy"]);

export class Model extends EventTarget {
  constructor() {
    super();
    this.known = new Map(); // id -> node with box
    this.documents = {}; // key -> title
    this.lines = new Map(); // id -> edge
    this.shown = new Set(); // ids of nodes on the page
    this.hidden = new Set();
    this.pinned = new Set();
    this.cut = new Set(); // ids of edges that were collapsed though both ends are still shown
    this.off = Object.fromEntries(KINDS.map((kind) => [kind.name, new Set()]));
    this.scene = { kind: "overview" }; // overview | plan (document) | groups (level, area) | chosen
    this.leftOut = {};
    this.pending = false; // the findings are still worked out
    this.plans = null; // of groups: {nodes, count}
    this.path = null; // {nodes, edges} that stand out
    this.chosen = new Set(); // ids of the nodes that acts are about, the last one in its details
    this.past = [];
    this.future = [];
  }

  changed(what = "nodes") {
    this.dispatchEvent(new CustomEvent("change", { detail: what }));
  }

  // ---- what is chosen: one node as a rule, or several
  get selected() { return [...this.chosen].at(-1) || null; }
  set selected(id) { this.chosen = new Set(id ? [id] : []); }
  get several() { return this.chosen.size > 1; }
  choose(ids) { this.chosen = new Set(ids); this.path = null; }

  // ---- what can be seen
  present() { return [...this.shown].filter((id) => !this.hidden.has(id)).map((id) => this.known.get(id)); }
  nodes() {
    const holders = this.holders();
    return this.present().filter((node) => passes("node", node, this.off, holders));
  }
  ties() {
    const seen = new Set(this.nodes().map((node) => node.id));
    return [...this.lines.values()].filter((edge) => seen.has(edge.source) && seen.has(edge.target));
  }
  edges() { return this.ties().filter((edge) => passes("edge", edge, this.off)); }
  // what files are made of: the chosen ones where they are several, else all that is seen
  taken() {
    const nodes = this.nodes(), edges = this.edges();
    if (!this.several) return { nodes, edges };
    const { chosen } = this;
    return {
      nodes: nodes.filter((node) => chosen.has(node.id)),
      edges: edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
    };
  }
  byKey(key) { return [...this.known.values()].find((node) => node.key === key); }
  around(id) { return this.edges().filter((edge) => edge.source === id || edge.target === id); }
  keys() { return [...this.shown].map((id) => this.known.get(id).key); }

  // id of a measure -> keys of the bodies that hold a duty for it
  holders() {
    const found = new Map();
    for (const edge of this.lines.values()) {
      const body = DUTIES.has(edge.relation) && this.shown.has(edge.target) && this.known.get(edge.target);
      if (body) found.set(edge.source, [...(found.get(edge.source) || []), body.key]);
    }
    return found;
  }

  // ---- changing it
  learn(answer) {
    this.pending = Boolean(answer.pending);
    for (const node of answer.nodes) {
      const old = this.known.get(node.id);
      // a place that the reader knows is kept
      this.known.set(node.id, old ? { ...node, box: old.box || node.box } : node);
    }
    for (const edge of answer.edges) if (!this.cut.has(edge.id)) this.lines.set(edge.id, edge);
    Object.assign(this.documents, answer.documents);
  }

  replace(answer, scene) {
    [this.lines, this.shown, this.hidden, this.pinned, this.cut].forEach((one) => one.clear());
    for (const node of answer.nodes) this.known.delete(node.id);
    this.learn(answer);
    answer.nodes.forEach((node) => this.shown.add(node.id));
    this.scene = scene;
    this.leftOut = answer.left_out || {};
    this.plans = answer.plans ? { nodes: answer.plans, count: answer.plan_count } : null;
    this.path = null;
    this.selected = null;
  }

  weigh(gaps) {
    gaps.forEach((gap, id) => { if (this.known.has(id)) this.known.set(id, { ...this.known.get(id), gap }); });
    this.pending = false;
  }

  place(id, x, y) {
    const node = this.known.get(id);
    this.known.set(id, { ...node, box: { ...node.box, x, y } });
  }

  // ---- undo and redo: whole states, so that no step can forget a part
  snapshot() {
    return {
      shown: new Set(this.shown), hidden: new Set(this.hidden), pinned: new Set(this.pinned), cut: new Set(this.cut),
      lines: new Map(this.lines), nodes: [...this.shown].map((id) => [id, this.known.get(id)]),
      off: Object.fromEntries(Object.entries(this.off).map(([name, set]) => [name, new Set(set)])),
      scene: this.scene, leftOut: this.leftOut, plans: this.plans, path: this.path, chosen: new Set(this.chosen),
    };
  }
  remember() {
    this.past.push(this.snapshot());
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future.length = 0;
  }
  restore(from, to) {
    const state = from.pop();
    if (!state) return;
    to.push(this.snapshot());
    const { nodes, ...rest } = state;
    nodes.forEach(([id, node]) => this.known.set(id, { ...node, gap: this.known.get(id).gap }));
    Object.assign(this, rest);
    this.changed();
  }
  undo() { this.restore(this.past, this.future); }
  redo() { this.restore(this.future, this.past); }
}
