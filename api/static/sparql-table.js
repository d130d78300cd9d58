// The table of a result: a page at a time, with names for IRIs, sorted on demand.
import { el, post } from "./dom.js";
import { isNumber, shown, weight } from "./sparql-terms.js";
import { facts, number, t } from "./sparql-words.js";

const SIZES = [50, 200, 1000], MOST_NAMES = 500;
const order = new Intl.Collator(facts.lang === "en" ? "en" : "zh-CN", { numeric: true });

export class ResultTable {
  constructor(pager, asIris) {
    this.pager = pager;
    this.asIris = asIris;
    this.size = SIZES[0];
    this.names = new Map();
  }

  // columns: names of variables with what stands in the head; rows: terms by variable
  async show(view, { columns, rows }) {
    Object.assign(this, { view, columns, rows, from: 0, sorted: null });
    await this.draw();
  }

  async draw() {
    const page = this.rows.slice(this.from, this.from + this.size);
    if (!this.asIris.checked) await this.learn(page);
    if (!this.rows.length) {
      this.view.replaceChildren(el("p", { class: "note", text: t("none") }));
    } else {
      const columns = this.columns.filter(({ name }) => !this.repeats(name, page));
      const head = el("tr", {}, ...columns.map((one) => this.head(one)));
      const body = page.map((row) => el("tr", {}, ...columns.map(({ name }) => this.cell(row[name]))));
      this.view.replaceChildren(el("div", { class: "wide" }, el("table", {}, el("thead", {}, head), el("tbody", {}, ...body))));
    }
    this.turn();
  }

  // whether a column says but once more what the one beside it is called by: ?body ?bodyLabel
  repeats(name, page) {
    const thing = /^(.+)Label$/.exec(name)?.[1];
    if (this.asIris.checked || !this.columns.some((one) => one.name === thing)) return false;
    const same = (row) => {
      const known = this.names.get(row[thing]?.value);
      return !row[name] || (known && [known.zh, known.en].includes(row[name].value));
    };
    return page.every(same) && page.some((row) => row[name]);
  }

  cell(one) {
    return el("td", { class: isNumber(one) ? "number" : null }, shown(one, { names: this.names, asIris: this.asIris.checked }));
  }

  head({ name, words }) {
    const way = this.sorted?.name === name ? this.sorted.way : null;
    return el("th", { scope: "col", "aria-sort": way },
      el("button", { type: "button", class: "sort", title: t("sort"), text: words, onclick: () => this.sort(name) }));
  }

  async sort(name) {
    const way = this.sorted?.name === name && this.sorted.way === "ascending" ? "descending" : "ascending";
    // names are needed of all rows, not of one page; of very many, the IRIs do
    if (this.rows.length <= 5000) await this.learn(this.rows.map((row) => ({ [name]: row[name] })));
    const sign = way === "ascending" ? 1 : -1;
    const weighed = this.rows.map((row) => [weight(row[name], this.names), row]);
    weighed.sort(([a], [b]) => sign * (typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b))));
    this.rows = weighed.map(([, row]) => row);
    Object.assign(this, { sorted: { name, way }, from: 0 });
    await this.draw();
  }

  // ask what to call those IRIs of some rows that are not known yet
  async learn(rows) {
    const wanted = new Set(rows.flatMap((row) => Object.values(row)).filter((one) => one?.type === "uri" && !this.names.has(one.value)).map((one) => one.value));
    const iris = [...wanted].filter((iri) => iri.length <= 2000);
    for (let start = 0; start < iris.length; start += MOST_NAMES) {
      const answer = await post("names", { iris: iris.slice(start, start + MOST_NAMES) }).catch(() => ({ names: {} }));
      for (const [iri, name] of Object.entries(answer.names)) {
        if (name.zh !== iri) this.names.set(iri, name);
      }
    }
  }

  turn() {
    const { length } = this.rows;
    this.pager.hidden = length <= SIZES[0];
    if (this.pager.hidden) return;
    const to = Math.min(length, this.from + this.size);
    const step = (words, by, off) => el("button", { type: "button", class: "quiet", disabled: off, text: words, onclick: () => this.go(by) });
    const sizes = el("select", { "aria-label": t("perPage"), onchange: (event) => this.resize(Number(event.target.value)) },
      ...SIZES.map((size) => el("option", { value: String(size), selected: size === this.size, text: `${size} ${t("perPage")}` })));
    this.pager.replaceChildren(
      step(t("earlier"), -this.size, this.from === 0),
      el("span", { text: t("page", { from: number(this.from + 1), to: number(to), n: number(length) }) }),
      step(t("later"), this.size, to === length), sizes);
  }

  async go(by) {
    this.from = Math.max(0, this.from + by);
    await this.draw();
    this.view.scrollIntoView({ block: "nearest" });
  }

  async resize(size) {
    Object.assign(this, { size, from: Math.floor(this.from / size) * size });
    await this.draw();
  }
}
