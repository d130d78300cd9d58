// The better editor, where it was built in: YASQE, the editor of YASGUI. It checks the grammar while
// one types; completion, running and results are the page's own, so that nothing is asked elsewhere.
export class RichEditor extends EventTarget {
  constructor(place, area) {
    super();
    const { Yasqe } = globalThis;
    const Made = Yasqe.default ?? Yasqe;
    // its own completers ask other hosts; an empty list in the options would be merged with them
    Made.defaults.autocompleters = [];
    area.hidden = true;
    this.made = new Made(place, {
      value: area.value,
      persistenceId: null,
      showQueryButton: false,
      createShareableLink: null,
      consumeShareLink: null,
      pluginButtons: null,
      resizeable: false,
      editorHeight: "auto",
      viewportMargin: Infinity,
      extraKeys: { Tab: false, "Shift-Tab": false }, // Tab leaves, as in any field
    });
    this.cm = this.made;
    const input = this.cm.getInputField();
    for (const name of ["aria-label", "aria-autocomplete", "aria-controls"]) {
      if (area.getAttribute(name)) input.setAttribute(name, area.getAttribute(name));
    }
    input.setAttribute("aria-label", document.querySelector("label[for=query]").textContent);
    this.area = input;
    this.cm.on("keydown", (_, event) => {
      this.keys?.(event);
      const runs = event.key === "Enter" && (event.ctrlKey || event.metaKey); // the page's, not YASQE's
      if (event.defaultPrevented || runs) event.codemirrorIgnore = true;
    });
    this.cm.on("change", (_, change) => {
      this.unmark();
      area.value = this.text;
      const typed = change.origin === "+input" || change.origin === "*compose";
      queueMicrotask(() => this.dispatchEvent(new CustomEvent("typed", { detail: { composing: false, typed } })));
    });
    this.cm.on("blur", () => this.dispatchEvent(new Event("left")));
    this.cm.on("mousedown", () => this.dispatchEvent(new Event("left")));
  }

  get text() { return this.cm.getValue(); }
  set text(text) { this.cm.setValue(text); }
  get cursor() { return this.cm.indexFromPos(this.cm.getCursor()); }
  focus() { this.cm.focus(); }

  replace(from, to, text) {
    this.cm.replaceRange(text, this.cm.posFromIndex(from), this.cm.posFromIndex(to), "complete");
    this.cm.setCursor(this.cm.posFromIndex(from + text.length));
    this.focus();
  }

  caret(index) { return this.cm.charCoords(this.cm.posFromIndex(index), "window"); }

  mark({ line, from, to, why }) {
    this.unmark();
    this.wrong = this.cm.markText(this.cm.posFromIndex(from), this.cm.posFromIndex(to), { className: "wrong", title: why });
    this.badLine = this.cm.addLineClass(line - 1, "wrap", "bad");
    this.cm.scrollIntoView(this.cm.posFromIndex(from), 60);
  }

  unmark() {
    this.wrong?.clear();
    if (this.badLine) this.cm.removeLineClass(this.badLine, "wrap", "bad");
    this.wrong = this.badLine = null;
  }

  select(from, to) {
    this.focus();
    this.cm.setSelection(this.cm.posFromIndex(from), this.cm.posFromIndex(to));
  }
}
