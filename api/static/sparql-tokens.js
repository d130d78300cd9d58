// The parts of a query's text: what to colour, what to complete, which prefixes it declares.
const KEYWORDS = new Set((
  "ADD ALL AS ASC ASK BASE BIND BY CLEAR CONSTRUCT COPY CREATE DATA DEFAULT DELETE DESC DESCRIBE DISTINCT DROP "
  + "EXISTS FILTER FROM GRAPH GROUP HAVING IN INSERT INTO LIMIT LOAD MINUS MOVE NAMED NOT OFFSET OPTIONAL ORDER "
  + "PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT TO UNDEF UNION USING VALUES WHERE WITH").split(" "));
const FUNCTIONS = new Set((
  "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT HOURS IF IRI "
  + "ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX REPLACE "
  + "ROUND SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN "
  + "STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE FALSE TZ UCASE URI UUID YEAR").split(" "));
export const WORDS = [...KEYWORDS, ...FUNCTIONS];

const FORMS = [
  ["space", /\s+/y],
  ["comment", /#[^\n]*/y],
  ["iri", /<[^<>"{}|^`\\\s]*>/y],
  ["string", /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/y],
  ["lang", /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/y],
  ["variable", /[?$][\p{L}\p{N}_]+/yu],
  ["name", /(?:[\p{L}_](?:[\p{L}\p{N}_-]|\.(?=[\p{L}\p{N}_-]))*)?:(?:[\p{L}\p{N}_:%-]|\\.|\.(?=[\p{L}\p{N}_:%-]))*/yu],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["word", /[\p{L}_][\p{L}\p{N}_-]*/yu],
  ["mark", /\^\^|[\s\S]/yu],
];

function kindOf(kind, text) {
  if (kind !== "word") return kind;
  const upper = text.toUpperCase();
  if (KEYWORDS.has(upper) || text === "a") return "keyword";
  return FUNCTIONS.has(upper) ? "function" : "word";
}

// [{kind, text, start, end}, …]: together they are the whole text
export function tokens(text) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    for (const [kind, form] of FORMS) {
      form.lastIndex = at;
      const hit = form.exec(text);
      if (!hit) continue;
      const end = at + hit[0].length;
      found.push({ kind: kindOf(kind, hit[0]), text: hit[0], start: at, end });
      at = end;
      break;
    }
  }
  return found;
}

const speaking = (text) => tokens(text).filter(({ kind }) => kind !== "space" && kind !== "comment");

// prefix -> IRI of those that the text declares
export function declared(text) {
  const found = {};
  const parts = speaking(text);
  parts.forEach((part, at) => {
    if (part.kind === "keyword" && part.text.toUpperCase() === "PREFIX" && parts[at + 1]?.kind === "name" && parts[at + 2]?.kind === "iri") {
      found[parts[at + 1].text.slice(0, -1)] = parts[at + 2].text.slice(1, -1);
    }
  });
  return found;
}

// prefixes that the text uses and does not declare
export function undeclared(text) {
  const known = declared(text);
  const used = speaking(text).filter(({ kind, text: one }) => kind === "name" && !one.startsWith("_:")).map(({ text: one }) => one.split(":")[0]);
  return [...new Set(used)].filter((prefix) => !(prefix in known));
}

// SELECT, ASK, CONSTRUCT, DESCRIBE, or the word of an update; "" where there is none yet
export function form(text) {
  const found = speaking(text).find(({ kind, text: one }) => kind === "keyword" && !/^(PREFIX|BASE)$/i.test(one) && one !== "a");
  return found ? found.text.toUpperCase() : "";
}

// index of a place told by line and column, which count from 1 in code points
export function indexOf(text, line, at) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const row = [...(lines[line - 1] ?? "")];
  return Math.min(text.length, before + row.slice(0, Math.max(0, at - 1)).join("").length);
}

// line and column of an index
export function placeOf(text, index) {
  const lines = text.slice(0, index).split("\n");
  return { line: lines.length, column: [...lines.at(-1)].length + 1 };
}

// the first name that uses a prefix
export const useOf = (text, prefix) => speaking(text).find(({ kind, text: one }) => kind === "name" && one.startsWith(`${prefix}:`));

// the part that ends at or spans an index, to be marked
export function partAt(text, index) {
  const parts = speaking(text);
  return parts.find(({ start, end }) => start <= index && index < end) || parts.filter(({ end }) => end <= index).pop() || null;
}
