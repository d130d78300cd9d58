// One query at a time: asked with a limit, told by the second, cancelled by leaving.
import { facts, t } from "./sparql-words.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.1";
const MOST_MB = 64;

export class Failure extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || "");
    this.problem = problem;
  }
}

function asked(text, { accept, timeout, signal }) {
  const url = `/sparql?${new URLSearchParams({ lang: facts.lang, timeout })}`;
  return fetch(url, { method: "POST", signal, body: text, headers: { Accept: accept, "Content-Type": "application/sparql-query" } });
}

async function checked(answer) {
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({ title: answer.statusText }));
  throw new Failure({ ...problem, status: answer.status, after: answer.headers.get("Retry-After") });
}

// the whole body as text, so long as a page can hold it
async function body(answer) {
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  const pieces = [];
  let size = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    if (size > MOST_MB * 1e6) {
      await reader.cancel();
      throw new Failure({ detail: t("tooLong", { mb: MOST_MB }), long: true });
    }
    pieces.push(decoder.decode(value, { stream: true }));
  }
  return pieces.join("") + decoder.decode();
}

// {kind, text}: the media type and what was sent
export async function ask(text, { timeout, signal }) {
  const answer = await checked(await asked(text, { accept: ACCEPT, timeout, signal }));
  const kind = (answer.headers.get("Content-Type") ?? "").split(";")[0];
  return { kind, text: await body(answer) };
}

export async function file(text, { accept, timeout }) {
  return (await checked(await asked(text, { accept, timeout }))).blob();
}
