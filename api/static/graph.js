// The drawing: keeps vis-network in step with the model; what stands at its borders is given to it.

const { look, visNode, visEdge, focusOn, options } = globalThis.qkg;
const MIN_READABLE = 0.55, NEAR = 0.6;

export class Drawing {
  constructor(box, model, { border = null, tall = 0, wide = 0 } = {}) {
    this.margin = { tall, wide }; // px that the border takes above and at the left
    this.model = model;
    this.box = box;
    this.seen = []; // nodes as they are drawn
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(box, { nodes: this.nodes, edges: this.edges }, { ...options, autoResize: false });
    // vis scales its picture by the ratio of sizes: a size of nought (table, paper) would ruin it
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientHeight && !matchMedia("print").matches) this.network.redraw();
    }).observe(box);
    this.network.on("dragEnd", (event) => this.moved(event.nodes));
    this.network.on("zoom", () => model.changed("camera"));
    this.network.on("animationFinished", () => model.changed("camera"));
    if (border) this.network.on("afterDrawing", (ctx) => border(ctx, { network: this.network, nodes: this.seen, box }));
    this.network.on("dragStart", (event) => { if (event.nodes.length) model.remember(); });
  }

  draw() {
    const { model } = this;
    this.focus();
    this.seen = model.nodes();
    const nodes = this.seen.map((node) => visNode({ ...node, pinned: model.pinned.has(node.id) }));
    const edges = model.edges().map(visEdge);
    this.sync(this.nodes, nodes);
    this.sync(this.edges, edges);
    this.network.selectNodes([...model.chosen].filter((id) => this.nodes.get(id)), false);
  }

  sync(data, wanted) {
    const ids = new Set(wanted.map((one) => one.id));
    data.remove(data.getIds().filter((id) => !ids.has(id)));
    data.update(wanted);
  }

  // what is selected and what touches it stand out; the names of its relations are written
  focus() {
    const { model } = this;
    if (model.path) {
      look.focus = new Set(model.path.nodes);
      look.focus.edges = new Set(model.path.edges);
      return;
    }
    look.focus = null;
    if (!model.selected || model.several || !model.shown.has(model.selected)) return;
    focusOn(model.selected, model.around(model.selected));
  }

  moved(ids) {
    const places = this.network.getPositions(ids);
    for (const [id, { x, y }] of Object.entries(places)) {
      this.model.place(id, x, y);
      this.model.pinned.add(id);
    }
    this.model.changed(ids.length ? "places" : "camera");
  }

  // the cards whose middle lies in a frame, its corners in px of the box
  within(start, end) {
    const [least, most] = [start, end].map((corner) => this.network.DOMtoCanvas(corner));
    const inside = ({ x, y }) => x >= least.x && x <= most.x && y >= least.y && y <= most.y;
    return this.seen.filter((node) => inside(node.box)).map((node) => node.id);
  }

  // ---- where one looks from
  get camera() {
    const { x, y } = this.network.getViewPosition();
    return { x, y, scale: this.network.getScale() };
  }
  set camera({ x, y, scale }) { this.network.moveTo({ position: { x, y }, scale }); }

  zoom(times) {
    this.network.moveTo({ scale: this.network.getScale() * times, animation: this.motion(true) });
    if (!this.motion(true)) this.model.changed("camera");
  }

  fit({ smooth = true } = {}) {
    const boxes = this.model.nodes().map((node) => node.box);
    if (!boxes.length) return;
    this.frame(boxes, smooth, 1.1);
  }

  scaleOf(boxes) {
    const wide = Math.max(...boxes.map((b) => b.x + b.width / 2)) - Math.min(...boxes.map((b) => b.x - b.width / 2));
    const tall = Math.max(...boxes.map((b) => b.y + b.height / 2)) - Math.min(...boxes.map((b) => b.y - b.height / 2));
    return Math.min((this.box.clientWidth - this.margin.wide) / (wide + 40), (this.box.clientHeight - this.margin.tall) / (tall + 40));
  }

  frame(boxes, smooth, most) {
    const left = Math.min(...boxes.map((b) => b.x - b.width / 2)), right = Math.max(...boxes.map((b) => b.x + b.width / 2));
    const top = Math.min(...boxes.map((b) => b.y - b.height / 2)), bottom = Math.max(...boxes.map((b) => b.y + b.height / 2));
    const { clientWidth: width, clientHeight: height } = this.box;
    if (!width || !height) return; // hidden behind the table
    const scale = Math.min(most, this.scaleOf(boxes));
    // on a narrow screen the whole would be too small to read: begin at the upper left instead
    const readable = width < 700 && scale < MIN_READABLE;
    const kept = readable ? MIN_READABLE : scale;
    const position = readable
      ? { x: left - 40 + width / kept / 2, y: top - 60 + Math.min(height / kept, bottom - top + 40) / 2 }
      : { x: (left + right) / 2 - this.margin.wide / 2 / kept, y: (top + bottom) / 2 - this.margin.tall / 2 / kept };
    this.network.moveTo({ position, scale: kept, animation: this.motion(smooth) });
  }

  motion(smooth) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return smooth && !still ? { duration: 280, easingFunction: "easeInOutQuad" } : false;
  }

  see(ids) {
    const boxes = ids.map((id) => this.model.known.get(id)).filter(Boolean).map((node) => node.box);
    if (boxes.length) this.frame(boxes, true, 1);
  }

  // bring a node to the middle only if it is out of sight or too small to read
  reveal(id, { near = false } = {}) {
    const { box } = this.model.known.get(id);
    if (near) {
      const all = [box, ...this.model.around(id).flatMap((edge) => [edge.source, edge.target]).map((one) => this.model.known.get(one).box)];
      if (this.scaleOf(all) > NEAR) this.frame(all, true, 1);
      else this.network.moveTo({ position: { x: box.x, y: box.y }, scale: NEAR, animation: this.motion(true) });
      return;
    }
    const at = this.network.canvasToDOM({ x: box.x, y: box.y });
    const inside = at.x > 60 && at.y > 40 && at.x < this.box.clientWidth - 60 && at.y < this.box.clientHeight - 40;
    if (!inside) this.network.moveTo({ position: { x: box.x, y: box.y }, animation: this.motion(true) });
  }

  copy(ground = getComputedStyle(document.body).backgroundColor) {
    const canvas = this.box.querySelector("canvas");
    const copy = document.createElement("canvas");
    copy.width = canvas.width;
    copy.height = canvas.height;
    const pen = copy.getContext("2d");
    pen.fillStyle = ground;
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(canvas, 0, 0);
    return copy;
  }

  picture() {
    return new Promise((done) => { this.copy().toBlob(done, "image/png"); });
  }
}

// ---- where new cards go: a block beside their origin, away from what stands there already
const GAP_X = 90, GAP_Y = 20, LANE = 10;

export function beside(origin, fresh, taken, ranks) {
  const right = fresh.filter((node) => ranks(node) >= ranks(origin));
  const left = fresh.filter((node) => ranks(node) < ranks(origin));
  const placed = [];
  [[right, 1], [left, -1]].forEach(([nodes, side]) => {
    let x = origin.box.x + side * (origin.box.width / 2 + GAP_X);
    for (let start = 0; start < nodes.length; start += LANE) {
      const lane = nodes.slice(start, start + LANE);
      const width = Math.max(...lane.map((node) => node.box.width));
      const height = lane.reduce((sum, node) => sum + node.box.height + GAP_Y, -GAP_Y);
      const middle = x + (side * width) / 2;
      let top = free(middle, width, height, origin.box.y, [...taken, ...placed.map((node) => node.box)]);
      for (const node of lane) {
        placed.push({ ...node, box: { ...node.box, x: middle, y: top + node.box.height / 2 } });
        top += node.box.height + GAP_Y;
      }
      x += side * (width + 40);
    }
  });
  return placed;
}

// the top of a free stretch of this height, as near to `aim` as there is
function free(x, width, height, aim, taken) {
  const inWay = taken.filter((box) => Math.abs(box.x - x) < (box.width + width) / 2 + 16);
  const clashes = (top) => inWay.some((box) => top < box.y + box.height / 2 + GAP_Y && top + height > box.y - box.height / 2 - GAP_Y);
  for (let step = 0; step < 400; step += 1) {
    for (const sign of [1, -1]) {
      const top = aim - height / 2 + sign * step * 24;
      if (!clashes(top)) return top;
    }
  }
  return aim;
}
