// Draws every node as a card and every edge as a line: used by the explorer and by the network page.
// A classic script, so that a single offline file can carry it with a hash.
"use strict";
(() => {
  const PAPER = {
    light: { paper: "#ffffff", ink: "#1c2433", line: "#d4d9e2", edge: "#b3bac7", duty: "#7d93ad",
             need: "#8a72d1", word: "#5d6778", halo: "#f7f8fa", accent: "#1f5fbf" },
    dark: { paper: "#1b212c", ink: "#e8ebf1", line: "#39424f", edge: "#4f5968", duty: "#6d87a6",
            need: "#9a86d8", word: "#aab3c2", halo: "#11151c", accent: "#7fb2ff" },
  };
  const look = { dark: false, lang: "zh", focus: null, style: null };
  const tone = (entry) => (look.dark ? entry.dark : entry.light);
  const paper = () => (look.dark ? PAPER.dark : PAPER.light);
  const word = (label) => (look.lang === "en" && label.en) || label.zh;

  function outline(ctx, form, x, y, w, h) {
    ctx.beginPath();
    if (form === "ticket") {
      const cut = 9;
      ctx.moveTo(x, y); ctx.lineTo(x + w - cut, y); ctx.lineTo(x + w, y + cut);
      ctx.lineTo(x + w, y + h); ctx.lineTo(x, y + h); ctx.closePath();
    } else {
      ctx.roundRect(x, y, w, h, form === "pill" ? Math.min(h / 2, 18) : 6);
    }
  }

  function paint(ctx, node, x, y, state) {
    const { width: w, height: h } = node.box;
    const type = look.style.types[node.type] || look.style.types.measure;
    const colour = tone(type), page = paper();
    const gap = node.gap && node.gap !== "info" ? look.style.severities[node.gap] : null;
    const left = x - w / 2, top = y - h / 2;
    const alpha = ctx.globalAlpha;
    if (look.focus && !look.focus.has(node.id)) ctx.globalAlpha = 0.22;
    outline(ctx, type.form, left, top, w, h);
    ctx.fillStyle = page.paper; ctx.fill();
    ctx.save(); ctx.clip();
    ctx.globalAlpha *= type.form === "card" ? 0.05 : 0.12;
    ctx.fillStyle = colour; ctx.fillRect(left, top, w, h);
    ctx.restore();
    if (type.form === "card") {
      ctx.save(); outline(ctx, type.form, left, top, w, h); ctx.clip();
      ctx.fillStyle = colour; ctx.fillRect(left, top, 5, h); ctx.restore();
    }
    outline(ctx, type.form, left, top, w, h);
    ctx.strokeStyle = gap ? tone(gap) : type.form === "card" ? page.line : colour;
    ctx.lineWidth = gap ? 2.4 : 1.2;
    ctx.setLineDash(node.type === "openBody" ? [5, 4] : []);
    ctx.stroke(); ctx.setLineDash([]);
    if (state.selected || state.hover) {
      outline(ctx, type.form, left - 4, top - 4, w + 8, h + 8);
      ctx.strokeStyle = page.accent; ctx.lineWidth = state.selected ? 2.6 : 1.2; ctx.stroke();
    }
    ctx.fillStyle = page.ink; ctx.font = "14px " + look.style.font;
    ctx.textAlign = "center"; ctx.textBaseline = "middle";
    const name = look.focus && look.focus.names && look.focus.names.get(node.id);
    if (name) {
      ctx.font = "11px " + look.style.font; ctx.textAlign = "left"; ctx.lineWidth = 4; ctx.strokeStyle = page.halo;
      ctx.fillStyle = page.word;
      ctx.strokeText(name, left + 2, top - 9); ctx.fillText(name, left + 2, top - 9);
      ctx.fillStyle = page.ink; ctx.font = "14px " + look.style.font; ctx.textAlign = "center";
    }
    node.box.lines.forEach((line, at) => {
      ctx.fillText(line, x + (type.form === "card" ? 2 : 0), y + (at - (node.box.lines.length - 1) / 2) * 20, w - 16);
    });
    if (gap) badge(ctx, left + w - 6, top + 2, tone(gap), gap.mark, page.paper);
    if (node.pinned) { ctx.fillStyle = page.accent; ctx.beginPath(); ctx.arc(left + 4, top + 2, 4, 0, 7); ctx.fill(); }
    ctx.globalAlpha = alpha;
  }

  function badge(ctx, x, y, colour, mark, ground) {
    ctx.beginPath(); ctx.arc(x, y, 9, 0, 7);
    ctx.fillStyle = colour; ctx.fill();
    ctx.lineWidth = 2; ctx.strokeStyle = ground; ctx.stroke();
    ctx.fillStyle = ground; ctx.font = "10px sans-serif"; ctx.fillText(mark, x, y + 0.5);
  }

  // `node` carries id, type, gap and box {x, y, width, height, lines}
  function visNode(node) {
    return {
      id: node.id, x: node.box.x, y: node.box.y, shape: "custom", label: "", physics: false,
      ctxRenderer: ({ ctx, x, y, state }) => ({
        drawNode: () => paint(ctx, node, x, y, state),
        nodeDimensions: { width: node.box.width, height: node.box.height },
      }),
    };
  }

  function visEdge(edge) {
    const kind = look.style.relations[edge.relation];
    const page = paper();
    const base = kind && kind.tone === "duty" ? page.duty : kind && kind.tone === "need" ? page.need : page.edge;
    const lit = look.focus && look.focus.edges && look.focus.edges.has(edge.id);
    const faint = look.focus && !lit;
    return {
      id: edge.id, from: edge.source, to: edge.target, dashes: edge.stated ? false : [6, 5],
      arrows: { to: { enabled: true, scaleFactor: 0.5 } }, width: lit ? 2 : edge.role === "lead" ? 1.6 : 1.1,
      color: { color: base, highlight: page.accent, hover: page.accent, opacity: faint ? 0.15 : lit ? 1 : 0.75 },
    };
  }

  // what stands out: a node with all that touches it, each neighbour told by its relation
  function focusOn(id, near) {
    look.focus = new Set([id, ...near.flatMap((edge) => [edge.source, edge.target])]);
    look.focus.edges = new Set(near.map((edge) => edge.id));
    look.focus.names = new Map();
    near.forEach((edge) => {
      const kind = look.style.relations[edge.relation];
      const other = edge.source === id ? edge.target : edge.source;
      const name = kind ? word(edge.source === id ? kind.out : kind.back) : edge.relation;
      const known = look.focus.names.get(other);
      look.focus.names.set(other, known && known !== name ? known + "、" + name : name);
    });
  }

  const options = {
    physics: false, layout: { improvedLayout: false }, autoResize: true,
    edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 },
             selectionWidth: 0.6, hoverWidth: 0.4 },
    interaction: { hover: true, keyboard: false, zoomSpeed: 0.7, selectConnectedEdges: false, tooltipDelay: 1e9 },
  };
  globalThis.qkg = { look, visNode, visEdge, focusOn, options, word, tone, paper };
})();
