// What comes back: the terms of SPARQL's JSON and of N-Triples, and how each is shown.
import { el } from "./dom.js";
import { facts, label, shortened } from "./sparql-words.js";

const XSD = facts.prefixes.xsd, HOME = facts.prefixes.id, TERMS = facts.prefixes.qkg;
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "gYear"].map((name) => XSD + name));
const LINE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) \.$/;
const PLAIN = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs;

const unescaped = (text) => text.replace(ESCAPE, (_, four, eight, one) => {
  if (one) return PLAIN[one] ?? one;
  return String.fromCodePoint(parseInt(four ?? eight, 16));
});

function term(text) {
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const made = { type: "literal", value: unescaped(text.slice(1, end)) };
  const rest = text.slice(end + 1);
  if (rest.startsWith("@")) made["xml:lang"] = rest.slice(1);
  else if (rest) made.datatype = rest.slice(3, -1);
  return made;
}

// N-Triples as rows of subject, property, object
export function triples(text) {
  return text.split("\n").map((line) => LINE.exec(line)).filter(Boolean)
    .map(([, subject, property, object]) => ({ subject: term(subject), property: term(property), object: term(object) }));
}

export const isNumber = (one) => one?.type === "literal" && NUMBERS.has(one.datatype);

// where an IRI is told of: ours on our own pages, others where they say
function target(iri) {
  if (iri.startsWith(HOME)) return "/id/" + iri.slice(HOME.length).split("/").map(encodeURIComponent).join("/");
  if (iri.startsWith(TERMS)) return "/ns#" + encodeURIComponent(iri.slice(TERMS.length));
  return /^https?:\/\//.test(iri) ? iri : null;
}

export function link(iri, words) {
  const href = target(iri);
  if (!href) return el("span", { text: words, title: iri });
  const outside = !href.startsWith("/");
  return el("a", { href, title: iri, text: words, rel: outside ? "noreferrer noopener" : null, target: "_blank" });
}

export function shown(one, { names, asIris }) {
  if (!one) return el("span", { class: "unbound", text: "–" });
  if (one.type === "uri") {
    const known = names.get(one.value);
    return link(one.value, asIris || !known ? shortened(one.value) : label(known));
  }
  if (one.type === "bnode") return el("span", { class: "blank", text: `_:${one.value}` });
  if (one.type !== "literal" && one.type !== "typed-literal") return el("code", { text: JSON.stringify(one.value) });
  const lang = one["xml:lang"];
  const kind = lang ?? (one.datatype && one.datatype !== XSD + "string" ? shortened(one.datatype) : null);
  return el("span", { title: kind, lang: lang ?? null, text: one.value });
}

// for sorting: numbers as numbers, names as people read them
export function weight(one, names) {
  if (!one) return "";
  if (isNumber(one)) return Number(one.value);
  const known = one.type === "uri" && names.get(one.value);
  return known ? label(known) : one.value;
}
