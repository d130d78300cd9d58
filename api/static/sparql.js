// The query page: sends the text, shows rows as a table, graphs and errors as text.
const form = document.getElementById("editor");
const query = document.getElementById("query");
const state = document.getElementById("state");
const result = document.getElementById("result");
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json";
const HOME = "https://w3id.org/qualitykg/id/";

const given = new URLSearchParams(location.search).get("query");
if (given) {
  query.value = given;
}

function cell(term) {
  const place = document.createElement("td");
  if (!term) {
    return place;
  }
  if (term.type === "uri" && term.value.startsWith(HOME)) {
    const link = document.createElement("a");
    link.href = `/id/${term.value.slice(HOME.length)}`;
    link.textContent = term.value.slice(HOME.length);
    place.append(link);
  } else {
    place.textContent = term.value;
    place.title = term["xml:lang"] ?? term.datatype ?? term.type;
  }
  return place;
}

function table(found) {
  const names = found.head.vars;
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of names) {
    const place = document.createElement("th");
    place.scope = "col";
    place.textContent = name;
    head.append(place);
  }
  const body = made.createTBody();
  for (const row of found.results.bindings) {
    body.insertRow().append(...names.map((name) => cell(row[name])));
  }
  return made;
}

function text(words, kind) {
  const made = document.createElement("pre");
  made.className = kind;
  made.textContent = words;
  return made;
}

async function shown(answer) {
  const kind = answer.headers.get("content-type") ?? "";
  if (!answer.ok) {
    const problem = kind.includes("json") ? await answer.json() : { detail: await answer.text() };
    return text(problem.detail ?? problem.title, "problem");
  }
  if (!kind.startsWith("application/sparql-results+json")) {
    return text(await answer.text(), "graph");
  }
  const found = await answer.json();
  return "boolean" in found ? text(String(found.boolean), "boolean") : table(found);
}

async function run() {
  const began = performance.now();
  state.textContent = state.dataset.running;
  try {
    const answer = await fetch("/sparql", {
      method: "POST",
      headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
      body: query.value,
    });
    const made = await shown(answer);
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const rows = made.tBodies ? made.tBodies[0].rows.length : "–";
    state.textContent = state.dataset.rows.replace("{n}", rows).replace("{s}", seconds);
    result.replaceChildren(made);
  } catch (error) {
    state.textContent = "";
    result.replaceChildren(text(String(error), "problem"));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
if (given) {
  run();
}
