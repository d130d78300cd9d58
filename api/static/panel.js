// The details panel: what a node is, the words behind it, its gaps, its relations.
import { $, el, get, inPath } from "./dom.js";
import { drawGroup, drawPlans } from "./groups.js";
import { isSummed } from "./kinds.js";
import { drawSeveral } from "./several.js";
import { sourceOf } from "./source.js";
import { drawWays } from "./ways.js";
import { label, state, t } from "./words.js";

const { look, tone } = globalThis.qkg;
const STEP = 24;
const NEIGHBOURS = 6, FIRST = 3;

// the first few, and the rest behind a line to open
function some(elements) {
  if (elements.length <= FIRST + 1) return elements;
  const rest = elements.slice(FIRST);
  return [...elements.slice(0, FIRST), el("details", {}, el("summary", { text: t("more", { n: rest.length }) }), ...rest)];
}

export class Panel {
  constructor(model, acts) {
    this.model = model;
    this.acts = acts; // select(key), expand(node, relation, direction, limit), collapse(…), expandAll(), toggle(id), open(group), plan(key), complain(error)
    this.box = $("#panel");
    this.asked = 0;
    this.gapNames = new Map();
  }

  async start() {
    const mine = ++this.asked;
    if (this.model.plans) {
      this.fill(...drawPlans(this.model.plans, this.acts));
      return;
    }
    const { document: plan } = this.model.scene;
    const [found, types] = await Promise.all([this.found({ limit: 8, scope: plan }), get("gap-types")]);
    types.forEach((type) => this.gapNames.set(type.id, type.name));
    if (mine !== this.asked) return;
    const title = plan && this.model.documents[plan];
    this.fill(
      el("h2", { text: title ? "《" + label(title) + "》" : t("startTitle") }),
      plan ? el("p", {}, el("button", { type: "button", class: "small", onclick: () => this.acts.select(plan), text: t("details") })) : "",
      el("p", { class: "quiet", text: t("how") }),
      this.model.leftOut.document ? el("p", {}, el("button", { type: "button", class: "small", "data-do": "groups", text: t("toGroups", { n: this.model.leftOut.document.toLocaleString() }) })) : "",
      el("h3", { text: t("startGaps") }),
      ...(found.pending ? [el("p", { class: "quiet", text: t("pendingGaps") })] : []),
      found.pending ? "" : found.total ? el("p", {}, el("a", { href: "/gaps?" + new URLSearchParams({ lang: state.lang, ...(plan && { document: plan }) }), text: t("allGaps", { n: found.total }) }))
        : el("p", { class: "quiet", text: t("startNone") }),
      ...found.items.map((one) => this.finding(one, { subjects: true })),
    );
  }

  // the findings, none of them while they are still worked out
  found(wanted) {
    return this.model.pending ? { items: [], pending: true } : get("gaps", wanted);
  }

  async node(id) {
    const mine = ++this.asked;
    const known = this.model.known.get(id);
    if (known.count) {
      this.fill(...drawGroup(known, this.model, { open: this.acts.open, link: (node) => this.link(node) }));
      return;
    }
    const [detail, found] = await Promise.all([
      get("nodes/" + inPath(known.key), { wait: false }), this.found({ scope: known.key, limit: 20 }),
    ]);
    if (mine !== this.asked) return;
    Object.assign(this.model.documents, detail.documents);
    this.fill(
      this.head(detail), ...this.status(detail.status), ...this.gaps(detail, found), ...this.words(detail.evidence), ...this.relations(detail, known),
    );
    this.box.scrollTop = 0;
  }

  several() {
    this.asked += 1;
    const { expandAll, toggle } = this.acts;
    this.fill(...drawSeveral(this.model, { expand: expandAll, toggle, link: (node) => this.link(node), edge: (edge) => this.edge(edge).catch(this.acts.complain) }));
  }

  // whoever is in the panel by keyboard stays where they are, or at its head where that is gone
  fill(...parts) {
    const at = this.box.contains(document.activeElement) && document.activeElement !== this.box ? document.activeElement.dataset.id || "" : null;
    this.box.replaceChildren(...parts);
    if (at === null) return;
    const again = at && [...this.box.querySelectorAll("[data-id]")].find((one) => one.dataset.id === at && !one.disabled);
    (again || this.box).focus();
  }

  head(node) {
    const type = look.style.types[node.type];
    const facts = [
      node.level && label(look.style.levels[node.level] || { zh: node.level }), node.area,
      node.year && t("due", { year: node.year }),
      node.document && "《" + label(this.model.documents[node.document] || { zh: node.document }) + "》",
    ].filter(Boolean);
    return el("header", {},
      el("p", { class: "kind" }, el("span", { class: "swatch", colour: tone(type) }), label(type.label),
        el("span", { class: node.evidence.length ? "badge" : "badge inferred", text: node.evidence.length ? t("stated") : t("noWords") })),
      el("h2", { text: label(node.label) }),
      facts.length ? el("p", { class: "quiet", text: facts.join(" · ") }) : null,
      node.aliases && node.aliases.length ? el("p", { class: "quiet", text: t("aliases") + " " + node.aliases.join("、") }) : null,
    );
  }

  // how far it is, where a ledger has told it
  status(told) {
    if (!told) return [];
    const parts = [told.progress, told.done === undefined ? "" : told.done + "%", told.light && t("light_" + told.light), told.reported_on && t("reported", { day: told.reported_on })];
    return [
      el("h3", { text: t("ledger") }),
      el("p", { class: "status" }, told.light ? el("span", { class: "light " + told.light, "aria-hidden": "true" }) : null, parts.filter(Boolean).join(" · ")),
      told.note ? el("p", { class: "quiet", text: told.note }) : null,
    ].filter(Boolean);
  }

  gaps(node, { items, pending }) {
    if (pending) return [el("h3", { text: t("gapsHere") }), el("p", { class: "quiet", text: t("pendingGaps") })];
    if (!items.length) return [];
    const below = items.some((one) => !one.subjects.some((subject) => subject.id === node.id));
    return [
      el("h3", { text: t("gapsHere") + (below ? t("gapsBelow") : "") }),
      ...some(items.map((one) => this.finding(one, { subjects: !one.subjects.some((subject) => subject.id === node.id) }))),
    ];
  }

  finding(found, { subjects = false } = {}) {
    const severity = look.style.severities[found.severity];
    const name = this.gapNames.get(found.type);
    return el("article", { class: "finding", colour: tone(severity) },
      el("p", { class: "what" },
        el("span", { class: "mark", "aria-hidden": "true", text: severity.mark }),
        el("strong", { text: (name ? label(name) : found.type) + " · " + label(severity.label) }),
        el("span", { class: "code", text: found.type })),
      el("p", { text: label(found.reason) }),
      subjects ? el("p", { class: "subjects" }, ...found.subjects.slice(0, 3).map((one) => this.link(one))) : null,
      el("p", { class: "remedy" }, el("span", { class: "quiet", text: t("remedy") + "  " }), label(found.remedy)),
      found.candidates.length ? el("p", { class: "remedy" }, el("span", { class: "quiet", text: t("candidates") + "  " }),
        ...found.candidates.slice(0, 3).map((one) => el("span", { class: "candidate" },
          el("button", { type: "button", class: "link", onclick: () => this.acts.select(one.body), text: label(one.label) }),
          el("span", { class: "quiet", text: "（" + label(one.ground) + "）" })))) : null,
    );
  }

  words(evidence) {
    return [
      el("h3", { text: t("evidence") }),
      ...(evidence.length ? some(evidence.map((one) => this.quote(one))) : [el("p", { class: "quiet", text: t("noEvidence") })]),
    ];
  }

  quote(evidence) {
    const title = this.model.documents[evidence.document];
    return el("blockquote", {},
      evidence.quote ? el("p", { text: evidence.quote }) : el("p", { class: "quiet", text: t("noQuote") }),
      el("footer", {},
        title ? el("a", { href: "/documents/" + evidence.document.replace(/^document\//, "") + "?lang=" + state.lang, text: "《" + label(title) + "》" }) : null,
        (evidence.provision ? " " + evidence.provision : "") + " " + t("place", { start: evidence.start, end: evidence.end })),
      ...(evidence.quote && evidence.document ? sourceOf(evidence, this.acts.select, this.acts.complain) : []),
    );
  }

  relations(detail, known) {
    // where it is stated is told at the head
    const counts = detail.relations.filter((one) => one.relation !== "statedIn" || one.direction === "in");
    if (!counts.length) return [];
    return [
      el("h3", { text: t("relations") }),
      el("ul", { class: "relations" }, ...counts.map((count) => this.relation(known, count))),
    ];
  }

  relation(node, { relation, direction, count }) {
    const style = look.style.relations[relation];
    const name = style ? label(direction === "out" ? style.out : style.back) : relation;
    const here = this.model.around(node.id).filter((edge) => edge.relation === relation
      && (direction === "out" ? edge.source : edge.target) === node.id);
    const there = here.filter((edge) => !isSummed(edge)).length;
    const more = there < count;
    return el("li", {},
      el("p", { class: "row" },
        el("span", { class: "name", text: name }), el("span", { class: "count", text: String(count) }),
        el("button", {
          type: "button", class: "small", disabled: !more, "data-id": direction + relation, "aria-label": name + " " + t("expandOne", { n: count }),
          onclick: () => this.acts.expand(node, relation, direction, there + STEP),
          text: !more ? t("shownAll") : there ? t("shownSome", { shown: there, n: count }) : t("expandOne", { n: count }),
        }),
        there && !style.hub ? el("button", {
          type: "button", class: "small plain", text: t("collapse"), "aria-label": name + " " + t("collapse"),
          onclick: () => this.acts.collapse(node, relation, direction),
        }) : null),
      here.length ? el("ul", {}, ...here.slice(0, NEIGHBOURS).map((edge) => this.neighbour(node, edge))) : null,
    );
  }

  neighbour(node, edge) {
    const other = this.model.known.get(edge.source === node.id ? edge.target : edge.source);
    return el("li", { class: "row" },
      this.link(other),
      el("button", {
        type: "button", class: edge.stated ? "badge" : "badge inferred", onclick: () => this.edge(edge),
        text: isSummed(edge) ? t("summed") : edge.stated ? t("stated") : t("inferred"),
      }),
    );
  }

  link(node) {
    const style = look.style.types[node.type];
    return el("button", { type: "button", class: "link", onclick: () => this.acts.select(node.key) },
      el("span", { class: "swatch", colour: style ? tone(style) : "currentColor" }), label(node.label));
  }

  async edge(edge) {
    const { selected, several } = this.model;
    const mine = ++this.asked;
    const summed = isSummed(edge) || Boolean(edge.count);
    const detail = summed ? { evidence: [], documents: {} } : await get("edges/" + inPath(edge.id));
    if (mine !== this.asked) return;
    Object.assign(this.model.documents, detail.documents);
    const style = look.style.relations[edge.relation];
    const [source, target] = [edge.source, edge.target].map((id) => this.model.known.get(id));
    this.fill(
      selected ? el("button", { type: "button", class: "small plain", text: "← " + t("back"), onclick: () => (several ? this.several() : this.node(selected)) }) : "",
      el("h2", { text: style ? label(style.out) : edge.relation }),
      el("p", {}, this.link(source), " → ", this.link(target)),
      summed ? el("p", { class: "quiet", text: edge.count ? t("tieOf", { n: edge.count.toLocaleString() }) : t("summedHow") }) : el("p", { class: "quiet", text: (edge.stated ? t("stated") : t("inferred")) + " · " + t("confidence", { c: Math.round(edge.confidence * 100) }) }),
      ...(summed ? [] : this.words(detail.evidence)),
    );
  }

  ways(found, acts) {
    this.asked += 1;
    this.fill(...drawWays(found, { ...acts, link: (node) => this.link(node) }));
    this.box.scrollTop = 0;
  }
}
