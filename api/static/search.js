// The search box: suggestions as one types, chosen by mouse or keys.
import { $, el, get } from "./dom.js";
import { label, t } from "./words.js";

const { look, tone } = globalThis.qkg;
const WAIT_MS = 120;

export class Search {
  constructor(choose, complain) {
    this.choose = choose;
    this.input = $("#q");
    this.list = $("#hits");
    this.hits = [];
    this.at = -1;
    this.asked = 0;
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask().catch(complain), WAIT_MS);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  async ask() {
    const mine = ++this.asked;
    const query = this.input.value.trim();
    const found = query ? await get("search", { q: query, limit: 12 }) : { items: [] };
    if (mine !== this.asked) return;
    this.hits = found.items;
    this.at = this.hits.length ? 0 : -1;
    this.paint(query);
  }

  paint(query = "") {
    this.list.hidden = !query;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(...this.hits.map((hit, at) => this.entry(hit, at)));
    if (query && !this.hits.length) this.list.append(el("li", { class: "none", text: t("noHits", { q: query }) }));
    this.mark();
  }

  entry(hit, at) {
    const type = look.style.types[hit.type];
    const level = hit.level && look.style.levels[hit.level];
    const also = hit.matched !== hit.label.zh && hit.matched !== hit.label.en ? "（" + hit.matched + "）" : "";
    return el("li", { id: "hit-" + at, role: "option", onmousedown: (event) => { event.preventDefault(); this.pick(at); } },
      el("span", { class: "swatch", colour: tone(type) }),
      el("span", { class: "hit-name", text: label(hit.label) + also }),
      el("span", { class: "quiet", text: [label(type.label), level && label(level)].filter(Boolean).join(" · ") }));
  }

  mark() {
    this.list.querySelectorAll("[role=option]").forEach((one, at) => one.setAttribute("aria-selected", String(at === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", "hit-" + this.at);
      $("#hit-" + this.at).scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && this.at >= 0) {
      this.pick(this.at);
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.close();
      this.input.blur();
    }
  }

  pick(at) {
    const hit = this.hits[at];
    this.close();
    this.input.value = "";
    $("#canvas").focus(); // so that arrows go on from there
    this.choose(hit.key);
  }

  close() {
    this.hits = [];
    this.at = -1;
    this.paint();
  }
}
