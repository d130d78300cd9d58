// What the columns and rows of the picture are, written at its borders: it can be read like a table.
import { label, t } from "./words.js";

const { look, paper } = globalThis.qkg;
const TALL = 26, WIDE = 30; // px at the upper and the left border
export const headings = { border: drawHeadings, tall: TALL, wide: WIDE };

function drawHeadings(ctx, { network, nodes, box }) {
  const columns = stretches(nodes, (node) => look.style.types[node.type].rank, "x", "width");
  const rows = stretches(nodes.filter((node) => node.level), (node) => node.level, "y", "height");
  if (!columns && !rows) return;
  const page = paper();
  const ratio = ctx.canvas.width / box.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.font = "12px " + look.style.font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const at = (x, y) => network.canvasToDOM({ x, y });
  if (columns) {
    ctx.fillStyle = page.halo;
    ctx.fillRect(0, 0, box.clientWidth, TALL);
    ctx.fillStyle = page.word;
    let free = 0;
    columns.forEach(({ name, from, to }) => {
      const text = t("column" + name);
      const x = at((from + to) / 2, 0).x, half = ctx.measureText(text).width / 2;
      if (x - half < free || x + half > box.clientWidth) return;
      ctx.fillText(text, x, TALL / 2);
      free = x + half + 8;
    });
  }
  if (rows) {
    rows.forEach(({ name, from, to }) => {
      const top = at(0, from).y, bottom = at(0, to).y;
      ctx.fillStyle = page.line;
      ctx.fillRect(8, top, 2, bottom - top);
      const middle = Math.min(Math.max((Math.max(top, TALL) + Math.min(bottom, box.clientHeight)) / 2, TALL), box.clientHeight);
      if (bottom < TALL || top > box.clientHeight) return;
      ctx.save();
      ctx.translate(WIDE - 8, middle);
      ctx.rotate(-Math.PI / 2);
      ctx.fillStyle = page.word;
      ctx.fillText(label(look.style.levels[name] || { zh: name }), 0, 0);
      ctx.restore();
    });
  }
  ctx.restore();
}

// from where to where each group reaches along an axis; none where two of them share a stretch
function stretches(nodes, group, axis, length) {
  const found = new Map();
  nodes.forEach((node) => {
    const name = group(node), half = node.box[length] / 2;
    const one = found.get(name) || { name, from: Infinity, to: -Infinity };
    one.from = Math.min(one.from, node.box[axis] - half);
    one.to = Math.max(one.to, node.box[axis] + half);
    found.set(name, one);
  });
  const ordered = [...found.values()].sort((a, b) => a.from - b.from);
  const apart = ordered.every((one, at) => at === 0 || one.from >= ordered[at - 1].to);
  return ordered.length > 1 && apart ? ordered : null;
}
