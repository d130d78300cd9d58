// What the service says would be different, as elements.
import { el, inPath } from "./dom.js";
import { say, told } from "./say.js";

const MOST = 12;
const SECTIONS = [
  ["goals_uncovered", "不再有人推进的目标", "Goals that nobody carries any more", thing],
  ["chains_broken", "断开的链条", "Chains that break", hop],
  ["without_actor", "不再有责任主体的措施", "Measures left without any body", left],
  ["without_lead", "不再有牵头的措施", "Measures left without a lead", left],
  ["appeared", "新出现的缺口", "Gaps that appear", finding],
  ["regraded", "等级改变的缺口", "Gaps that weigh otherwise", regraded],
  ["goals_covered", "重新有人推进的目标", "Goals that are carried again", thing],
  ["chains_mended", "接上的链条", "Chains that are mended", hop],
  ["with_actor", "新有责任主体的措施", "Measures that gain a body", left],
  ["with_lead", "新有牵头的措施", "Measures that gain a lead", left],
  ["gone", "消失的缺口", "Gaps that go", finding],
];
let severities = {};

export function shown(found, looks) {
  severities = looks;
  const parts = SECTIONS.filter(([name]) => found[name].length).map(([name, zh, en, draw]) => section(say(zh, en), found[name], draw));
  if (!parts.length) parts.push(el("p", { text: say("目标、链条和缺口都不变。", "No goal, chain or gap would be different.") }));
  return [figures(found), ...parts];
}

function figures(found) {
  const total = (counts) => Object.values(counts).flatMap((one) => Object.values(one)).reduce((sum, one) => sum + one, 0);
  const share = (one) => (one.plain * 100).toFixed(1) + "%";
  const rows = [
    [say("协同缺口", "Gaps"), total(found.counts_before), total(found.counts_after)],
    [say("需要协同的单位对", "Pairs of bodies that need each other"), found.congruence_before.needs, found.congruence_after.needs],
    [say("其中有渠道", "of which have a channel"), found.congruence_before.met, found.congruence_after.met],
    [say("一致度", "Congruence"), share(found.congruence_before), share(found.congruence_after)],
  ];
  const head = el("tr", {}, ...["", say("现在", "now"), say("之后", "then")].map((text) => (text ? el("th", { scope: "col", class: "number", text }) : el("td"))));
  return el("table", { class: "figures" }, el("thead", {}, head), el("tbody", {}, ...rows.map(([name, before, after]) =>
    el("tr", { class: before === after ? null : "differs" }, el("th", { scope: "row", text: name }), el("td", { class: "number", text: before }), el("td", { class: "number", text: after })))));
}

function section(title, things, draw) {
  const rows = things.map((one) => el("li", {}, ...draw(one)));
  const more = rows.splice(MOST);
  return el("section", {}, el("h2", {}, title + " ", el("small", { text: things.length })), el("ul", {}, ...rows),
    more.length ? el("details", {}, el("summary", { text: say(`其余 ${more.length} 项`, `${more.length} more`) }), el("ul", {}, ...more)) : null);
}

const link = (node) => el("a", { href: "/id/" + inPath(node.key), text: told(node.label) });

function thing(node) {
  return [link(node)];
}

function hop({ lower, upper }) {
  return [link(lower), " → ", link(upper)];
}

function left({ measure, below }) {
  return below ? [link(measure), say(`，及其下 ${below} 项`, `, and ${below} below it`)] : [link(measure)];
}

function finding(one) {
  return [badge(one.severity), ` ${one.type} `, told(one.reason)];
}

function regraded({ finding: one, was }) {
  return [badge(was), " → ", ...finding(one)];
}

const badge = (name) => el("span", { class: "severity " + name, text: told(severities[name]) });
