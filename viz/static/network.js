// The network page: one picture, read from the data block in the page.
"use strict";
(() => {
  const { look, visNode, visEdge, focusOn, options, word, tone } = globalThis.qkg;
  const block = (id) => JSON.parse(document.getElementById(id).textContent);
  const page = JSON.parse(block("options")).page;
  look.style = page.style;
  look.lang = page.lang;
  look.dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const nodes = new Map(block("nodes").map((node) => [node.id, { ...node, gap: node.gap || null }]));
  const edges = block("edges").map((edge) => ({ ...edge, id: edge.key, source: edge.from, target: edge.to }));
  const drawn = new vis.DataSet([...nodes.values()].map(visNode));
  const lines = new vis.DataSet(edges.map(visEdge));
  const network = new vis.Network(document.getElementById("canvas"), { nodes: drawn, edges: lines }, options);
  const status = document.getElementById("status");
  const resting = status.textContent;

  function legend() {
    const counts = new Map();
    nodes.forEach((node) => counts.set(node.type, (counts.get(node.type) || 0) + 1));
    const list = document.getElementById("legend");
    counts.forEach((count, type) => {
      const item = document.createElement("li");
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = tone(page.style.types[type]);
      item.append(swatch, word(page.style.types[type].label) + " " + count);
      list.append(item);
    });
  }

  function focus(id) {
    look.focus = null;
    if (id) focusOn(id, edges.filter((edge) => edge.source === id || edge.target === id));
    lines.update(edges.map(visEdge));
    const node = nodes.get(id);
    status.textContent = node ? word(page.style.types[node.type].label) + " · " + node.name : resting;
  }

  network.on("click", (event) => focus(event.nodes[0]));
  network.once("afterDrawing", () => { document.body.dataset.ready = "yes"; });
  network.fit({ animation: false });
  legend();
})();
