// What can be done with the picture: each act asks the service, changes the model, and can be undone.
import { get, inPath, post } from "./dom.js";
import { beside } from "./graph.js";
import { state, t } from "./words.js";

const { look } = globalThis.qkg;
const BASE = "https://w3id.org/qualitykg/id/";
const FEW = 12, STEP = 24, FAR_PX = 420; // neighbours; px
const MOST_DRAWN = 2000; // as the service has it: a hairball beyond

const rank = (node) => look.style.types[node.type].rank;
const isHub = (edge) => Boolean(look.style.relations[edge.relation] && look.style.relations[edge.relation].hub);
const keyOf = (name) => name.replace(BASE, "");

// more was asked for than one picture holds
class TooMany extends Error {}

export class Acts {
  constructor(model, drawing) {
    this.model = model;
    this.drawing = drawing;
    this.last = Promise.resolve(); // the act that is under way
  }

  // one act after another: an answer is laid into the picture that it was asked for
  inTurn(act) {
    const mine = this.last.then(act);
    this.last = mine.catch(() => {});
    return mine;
  }

  // ---- whole scenes
  scene(scene) {
    return this.inTurn(async () => this.model.replace(await this.sceneOf(scene), scene));
  }

  sceneOf(scene, { wait = false } = {}) {
    const asked = { layout: "true", lang: state.lang, wait };
    return scene.kind === "groups"
      ? get("aggregate", { ...asked, level: scene.level, area: scene.area })
      : get("overview", { ...asked, document: scene.document });
  }

  async go(scene) {
    this.model.remember();
    await this.scene(scene);
    this.model.changed();
    this.drawing.fit();
  }

  // the nodes that an address names; returns what is to be said where they are too many
  async chosen(wished) {
    if (wished.nodes.length > MOST_DRAWN) {
      await this.scene({ kind: "groups" });
      return t("tooMany", { limit: MOST_DRAWN });
    }
    const hubs = [...new Set(wished.extra.map((id) => id.split("~")[1]))];
    const answer = await post("view", { keys: wished.nodes.map((one) => one.key), lang: state.lang, wait: false, hubs });
    const extra = new Set(wished.extra);
    wished.cut.forEach((id) => this.model.cut.add(id));
    const cut = new Set(wished.cut);
    this.model.replace({ ...answer, edges: answer.edges.filter((edge) => !cut.has(edge.id) && (!isHub(edge) || extra.has(edge.id))) }, { kind: "chosen" });
    this.model.cut = cut;
    wished.nodes.forEach(({ key, x, y }) => { const node = this.model.byKey(key); if (node) this.model.place(node.id, x, y); });
    return answer.truncated ? t("tooMany", { limit: answer.limit }) : "";
  }

  // ---- one node
  async select(key) {
    const { model } = this;
    let node = model.byKey(keyOf(key));
    if (!node || !model.shown.has(node.id)) {
      model.remember();
      node = await this.bring(key);
    }
    model.hidden.delete(node.id);
    model.path = null;
    model.selected = node.id;
    return node;
  }

  // ---- several
  choose(ids) {
    this.model.choose(ids);
    this.model.changed();
  }

  toggle(id) {
    if (!id) return;
    const ids = new Set(this.model.chosen);
    if (!ids.delete(id)) ids.add(id);
    this.choose(ids);
  }

  // a node that is not on the page comes with its edges to what is, beside the nearest of these
  async bring(key) {
    const { model } = this;
    if (model.scene.kind === "groups") this.empty(); // groups and the things in them say the same twice
    const node = await get("nodes/" + inPath(keyOf(key)), { wait: false });
    await this.join([node.key]);
    const found = model.byKey(node.key);
    // what touches nothing on the page would stand there without a word: its neighbours come too
    if (!model.around(found.id).length) await this.grow(found, "", FEW);
    return model.byKey(node.key);
  }

  empty() { this.model.replace({ nodes: [], edges: [], documents: this.model.documents }, { kind: "chosen" }); }

  async expand(node, relation, direction, limit = STEP) {
    const { model } = this;
    if (node.count) { await this.open(node); return; }
    model.remember();
    const placed = await this.grow(node, relation ? `${direction}:${relation}` : "", limit);
    model.selected = node.id;
    model.changed();
    if (placed.length) this.drawing.see([node.id, ...placed.map((one) => one.id)]);
  }

  // several open in one step that can be undone; what came before one that does not fit stays
  async expandAll(ids) {
    const { model } = this;
    if (ids.length === 1) { await this.expand(model.known.get(ids[0]), "", ""); return; }
    const things = ids.map((id) => model.known.get(id)).filter((node) => !node.count);
    if (!things.length) return;
    model.remember();
    const seen = [...ids];
    try {
      for (const node of things) seen.push(...(await this.grow(node, "", STEP)).map((one) => one.id));
    } finally {
      model.changed();
    }
    this.drawing.see(seen);
  }

  // a group opens into its areas, an area into the plan that is alone in it
  async open(node) {
    const { plans } = this.model;
    if (!node.area_key) await this.go({ kind: "groups", level: node.level });
    else if (this.model.scene.area && plans.count === 1) await this.go({ kind: "plan", document: plans.nodes[0].key });
    else await this.go({ kind: "groups", level: node.level, area: keyOf(node.area_key) });
  }

  grow(node, relation, limit) { return this.ask({ expand: { node: node.key, relation, limit: limit + 1 } }, node); }
  join(keys, origin = null) { return this.ask({ keys }, origin); }
  ask(wanted, origin) { return this.inTurn(() => this.add(wanted, origin)); }

  // the answer tells all that joins the nodes; those that were not here yet are put beside their origin
  async add({ keys: more = [], expand }, origin) {
    const { model } = this;
    const keys = [...model.keys(), ...more];
    const answer = await post("view", { keys, expand, lang: state.lang, wait: false });
    const there = new Set(answer.nodes.map((node) => node.id));
    if ([...model.shown].some((id) => !there.has(id))) throw new TooMany(t("tooMany", { limit: answer.limit }));
    const fresh = answer.nodes.filter((node) => !model.shown.has(node.id));
    if (!fresh.length && keys.length > answer.nodes.length) throw new TooMany(t("tooMany", { limit: answer.limit }));
    [...model.lines].forEach(([id, edge]) => { if (!isHub(edge)) model.lines.delete(id); });
    const touches = (edge) => origin && (edge.source === origin.id || edge.target === origin.id);
    model.learn({ ...answer, edges: answer.edges.filter((edge) => !isHub(edge) || model.lines.has(edge.id) || touches(edge)) });
    model.leftOut = answer.left_out;
    return this.put(fresh, answer, origin);
  }

  put(fresh, answer, origin) {
    const { model } = this;
    if (!fresh.length) return [];
    const near = origin || this.neighbourOf(fresh[0]);
    const taken = [...model.shown].map((id) => model.known.get(id).box);
    const placed = near ? beside(near, fresh, taken, rank) : beside(this.corner(), fresh, taken, () => 0);
    // where there is no room nearby all cards make room, but for those that the reader has pinned
    const far = near && placed.some((node) => Math.abs(node.box.y - near.box.y) > FAR_PX);
    if (far) answer.nodes.forEach((node) => { if (!model.pinned.has(node.id)) model.known.set(node.id, node); });
    placed.forEach((node) => {
      if (!far) model.known.set(node.id, node);
      model.shown.add(node.id);
      model.hidden.delete(node.id);
    });
    model.scene = { kind: "chosen" };
    return placed;
  }

  neighbourOf(node) {
    const { lines, shown, known } = this.model;
    const edge = [...lines.values()].find((one) => (one.source === node.id && shown.has(one.target)) || (one.target === node.id && shown.has(one.source)));
    return edge && known.get(edge.source === node.id ? edge.target : edge.source);
  }

  corner() {
    const boxes = [...this.model.shown].map((id) => this.model.known.get(id).box);
    const y = boxes.length ? Math.max(...boxes.map((box) => box.y + box.height / 2)) + 60 : 0;
    return { box: { x: 0, y, width: 0, height: 0 }, type: "document" };
  }

  // take away what hangs on this node alone by this relation
  collapse(node, relation, direction) {
    const { model } = this;
    model.remember();
    const here = model.around(node.id).filter((edge) => edge.relation === relation && (direction === "out" ? edge.source : edge.target) === node.id);
    here.forEach((edge) => {
      const other = edge.source === node.id ? edge.target : edge.source;
      const alone = model.around(other).every((one) => one.source === node.id || one.target === node.id);
      if (alone) model.shown.delete(other);
      else { model.lines.delete(edge.id); model.cut.add(edge.id); }
    });
    model.scene = { kind: "chosen" };
    model.changed();
  }

  // ---- paths
  paths(from, to, { k = 3, relations = [] } = {}) {
    return get("paths", { from: keyOf(from), to: keyOf(to), k, relation: relations.join(","), wait: false }).then((answer) => answer.paths);
  }

  async showPath(way) {
    const { model } = this;
    await this.join(way.nodes.map((node) => node.key));
    way.edges.forEach((edge) => { model.lines.set(edge.id, edge); model.cut.delete(edge.id); });
    way.nodes.forEach((node) => model.hidden.delete(node.id));
    model.selected = null;
    model.path = { nodes: way.nodes.map((node) => node.id), edges: way.edges.map((edge) => edge.id) };
  }

  // ---- the picture as a whole
  hide(ids) {
    const { model } = this;
    model.remember();
    ids.forEach((id) => model.hidden.add(id));
    model.selected = null;
    model.changed();
  }

  // leave only these and what touches them
  alone(ids) {
    const { model } = this;
    model.remember();
    const near = new Set(ids.flatMap((id) => [id, ...model.around(id).flatMap((edge) => [edge.source, edge.target])]));
    model.shown.forEach((one) => { if (!near.has(one)) model.hidden.add(one); });
    model.changed();
    this.drawing.fit();
  }

  unhide() {
    this.model.remember();
    this.model.hidden = new Set();
    this.model.changed();
  }

  pin(ids) {
    const { model } = this;
    model.remember();
    const loose = ids.filter((id) => !model.pinned.has(id));
    loose.forEach((id) => model.pinned.add(id));
    if (!loose.length) ids.forEach((id) => model.pinned.delete(id));
    model.changed();
  }

  async tidy() {
    const { model } = this;
    if (model.scene.kind !== "chosen") { await this.go(model.scene); return; }
    const answer = await post("view", { keys: model.keys(), lang: state.lang, wait: false });
    model.remember();
    answer.nodes.forEach((node) => { if (!model.pinned.has(node.id)) model.place(node.id, node.box.x, node.box.y); });
    model.changed();
    this.drawing.fit();
  }

  // Where the findings are still worked out the picture comes first, and this afterwards: drawn anew
  // where the reader has done nothing with it yet, else each card gets its mark where it stands.
  async weigh() {
    await get("gaps", { limit: 1 }); // answered once they are known
    await this.inTurn(() => this.weighed());
  }

  async weighed() {
    const { model } = this;
    const { scene } = model;
    // asked again once the answer is here: the reader goes on meanwhile
    const untouched = () => model.scene === scene && (scene.kind === "groups" || (scene.kind !== "chosen" && !model.past.length && !model.selected));
    if (untouched()) {
      const answer = await this.sceneOf(scene, { wait: true });
      if (untouched()) { this.again(answer, scene); return; }
    }
    const answer = await post("view", { keys: model.keys(), lang: state.lang });
    model.weigh(new Map(answer.nodes.map((node) => [node.id, node.gap])));
  }

  // the scene drawn anew keeps what the reader hid and chose
  again(answer, scene) {
    const { model } = this;
    const hidden = new Set(model.hidden), kept = model.selected;
    model.replace(answer, scene);
    model.hidden = hidden;
    model.selected = model.shown.has(kept) ? kept : null;
  }

  // the same picture in another language: other words, other widths
  relabel() {
    return this.inTurn(async () => {
      const { model } = this;
      const { scene } = model;
      if (scene.kind !== "chosen") { this.again(await this.sceneOf(scene), scene); return; }
      const answer = await post("view", { keys: model.keys(), lang: state.lang, wait: false });
      answer.nodes.forEach((node) => {
        const { x, y } = model.known.get(node.id).box;
        model.known.set(node.id, { ...node, box: { ...node.box, x, y } });
      });
    });
  }
}
