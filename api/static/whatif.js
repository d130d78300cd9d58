// What would be different: changes are gathered here, the service works them out.
import { $, el, get, post } from "./dom.js";
import { say, told } from "./say.js";
import { shown } from "./whatif-result.js";

const facts = JSON.parse($("#facts").textContent);
const known = new Map(facts.bodies.map((body) => [body.key, body]));
let changes = [];
let asking = 0;

// ---- bodies
function entry(body) {
  const name = told(body.label);
  const take = el("button", { type: "button", class: "plain", text: "−", "aria-label": say(`撤销 ${name}`, `Take ${name} away`), onclick: () => add({ change: "remove", body: body.key }) });
  const row = el("li", { draggable: "true", "data-key": body.key }, el("span", { text: name }),
    body.duties ? el("span", { class: "count", text: body.duties, title: say("职责数", "duties") }) : null, take);
  row.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", body.key));
  return row;
}

const list = (bodies) => $("#listed").replaceChildren(...bodies.map(entry));

async function find() {
  const words = $("#find").value.trim();
  if (!words) return list(facts.bodies);
  const hits = await search(words, facts.body_types);
  if ($("#find").value.trim() !== words) return;
  hits.forEach((hit) => known.set(hit.key, { ...hit, duties: known.get(hit.key)?.duties }));
  list(hits.map((hit) => known.get(hit.key)));
}

const search = async (q, types) => (await get("search", { q, type: types.join(","), limit: 30 })).items;

// ---- changes
function add(change) {
  const same = JSON.stringify(change);
  if (!changes.some((one) => JSON.stringify(one) === same)) changes.push(change);
  work();
}

function drop(at) {
  changes.splice(at, 1);
  work();
  ($("#changes button") || $("#find")).focus();
}

// words of the service for each change; until it answers those that were given
function listChanges(words) {
  $("#changes").replaceChildren(...changes.map((change, at) => {
    const name = words?.[at] ?? Object.values(change).slice(1).flat().map((one) => (known.has(one) ? told(known.get(one).label) : one)).join(" · ");
    return el("li", {}, el("span", { text: name }), el("button", { type: "button", class: "plain", text: "×", "aria-label": say(`取消：${name}`, `Undo: ${name}`), onclick: () => drop(at) }));
  }));
}

async function work() {
  const mine = ++asking;
  history.replaceState(null, "", changes.length ? "#" + encodeURIComponent(JSON.stringify(changes)) : location.pathname + location.search);
  listChanges();
  if (!changes.length) return tell("", []);
  document.body.dataset.running = "yes";
  $("#state").textContent = say("推演中…", "working it out …");
  try {
    const found = await post("whatif?lang=" + say("zh", "en"), { changes });
    if (mine !== asking) return;
    listChanges(found.changes.map(told));
    tell(say("已推演", "worked out"), shown(found, facts.severities));
  } catch (error) {
    if (mine === asking) tell("", [el("p", { role: "alert", class: "problem", text: error.message })]);
  } finally {
    if (mine === asking) delete document.body.dataset.running;
  }
}

function tell(words, parts) {
  $("#state").textContent = words;
  $("#result").replaceChildren(...parts);
}

// ---- what people do
function receive() {
  const box = $("#drop");
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const key = event.dataTransfer.getData("text/plain");
    if (known.has(key)) add({ change: "remove", body: key });
  });
}

const MADE = {
  merge: ({ kept, gone }) => ({ change: "merge", kept, gone }),
  delay: ({ measure, year }) => ({ change: "delay", measure, year: Number(year) }),
  assign: ({ measure, body, role }) => ({ change: "assign", measure, body, role }),
  channel: ({ one, other }) => ({ change: "channel", bodies: [one, other] }),
};

function submitted(event) {
  event.preventDefault();
  const form = event.target;
  add(MADE[form.dataset.change](Object.fromEntries(new FormData(form))));
  form.reset();
}

async function suggest(field) {
  const words = field.value.trim();
  if (!words) return;
  const types = field.list.id === "bodies" ? facts.body_types : facts.measure_types;
  const hits = await search(words, types);
  if (field.value.trim() === words) field.list.replaceChildren(...hits.map((hit) => el("option", { value: hit.label.zh })));
}

function later(act, ms = 150) {
  let waiting;
  return (...given) => { clearTimeout(waiting); waiting = setTimeout(act, ms, ...given); };
}

function open() {
  let given = facts.first;
  try {
    if (location.hash) given = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch { /* an address that was cut holds no changes */ }
  changes = Array.isArray(given) ? given.filter((one) => one && typeof one === "object") : [];
  work();
}

list(facts.bodies);
receive();
$("#find").addEventListener("input", later(find));
document.querySelectorAll("form[data-change]").forEach((form) => form.addEventListener("submit", submitted));
document.querySelectorAll("input[list]").forEach((field) => field.addEventListener("input", later(() => suggest(field))));
window.addEventListener("hashchange", open);
open();
document.body.dataset.ready = "yes";
