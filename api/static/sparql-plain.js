// The editor where no better one was built: a textarea over its own coloured text.
import { el } from "./dom.js";
import { tokens } from "./sparql-tokens.js";

export class PlainEditor extends EventTarget {
  constructor(place, area) {
    super();
    this.area = area;
    this.back = el("pre", { class: "back", "aria-hidden": "true" });
    this.box = el("div", { class: "plain" }, this.back, area);
    place.append(this.box);
    this.bad = null;
    area.addEventListener("input", (event) => {
      this.bad = null;
      this.paint();
      this.dispatchEvent(new CustomEvent("typed", { detail: { composing: event.isComposing, typed: event.inputType.startsWith("insert") } }));
    });
    area.addEventListener("compositionend", () => this.dispatchEvent(new CustomEvent("typed", { detail: { composing: false, typed: true } })));
    area.addEventListener("keydown", (event) => this.keys?.(event));
    area.addEventListener("blur", () => this.dispatchEvent(new Event("left")));
    area.addEventListener("pointerdown", () => this.dispatchEvent(new Event("left")));
    this.paint();
  }

  get text() { return this.area.value; }
  set text(text) { this.replace(0, this.area.value.length, text); this.area.setSelectionRange(0, 0); this.box.scrollTop = 0; }
  get cursor() { return this.area.selectionStart; }
  focus() { this.area.focus({ preventScroll: true }); }

  // as if typed, so that it can be undone
  replace(from, to, text) {
    this.focus();
    this.area.setSelectionRange(from, to);
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done && this.area.value.slice(from, to) !== text) this.area.setRangeText(text, from, to, "end");
    this.bad = null;
    this.paint();
  }

  // where the character at an index stands on the screen
  caret(index) {
    for (const line of this.back.children) {
      const start = Number(line.dataset.start);
      if (index > start + Number(line.dataset.length)) continue;
      let left = index - start;
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (left <= node.length) {
          const range = document.createRange();
          range.setStart(node, left);
          range.setEnd(node, left);
          const box = range.getClientRects()[0] || node.parentElement.getBoundingClientRect();
          return { left: box.left, top: box.top, bottom: box.bottom };
        }
        left -= node.length;
      }
    }
    const { left, top, bottom } = this.box.getBoundingClientRect();
    return { left, top, bottom };
  }

  // show that the text cannot be read from a place on
  mark({ line, from, to, why }) {
    this.bad = { line, from, to, why };
    this.paint();
    this.back.children[line - 1]?.scrollIntoView({ block: "nearest" });
  }

  select(from, to) {
    this.focus();
    this.area.setSelectionRange(from, to);
  }

  paint() {
    let line, start = 0;
    const lines = [];
    const begin = (at) => {
      line = el("span", { class: "line", "data-start": String(at) });
      start = at;
      lines.push(line);
    };
    const finish = (at) => {
      line.dataset.length = String(at - start);
      line.append("\n"); // an empty line has its height by it
    };
    begin(0);
    for (const part of tokens(this.text)) {
      part.text.split("\n").forEach((piece, nth) => {
        const at = part.start + part.text.split("\n").slice(0, nth).join("\n").length + (nth ? 1 : 0);
        if (nth) { finish(at - 1); begin(at); }
        if (piece) line.append(this.piece(part, piece));
      });
    }
    finish(this.text.length);
    if (this.bad && lines[this.bad.line - 1]) {
      lines[this.bad.line - 1].classList.add("bad");
      lines[this.bad.line - 1].dataset.why = this.bad.why;
    }
    this.back.replaceChildren(...lines);
  }

  piece(part, text) {
    const wrong = this.bad && part.start < this.bad.to && part.end > this.bad.from;
    if (part.kind === "space" && !wrong) return text;
    return el("span", { class: `k-${part.kind}${wrong ? " wrong" : ""}`, text });
  }
}
