// Small things that every part of the page needs: elements without HTML text, and the API.
export const $ = (selector) => document.querySelector(selector);

// el("p", {class: "quiet", text: "…", onclick: f}, child, …): text goes in as text, never as HTML
export function el(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") made.textContent = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "colour") made.style.setProperty("--colour", value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function checked(response) {
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail || response.statusText);
}

const answer = (response) => checked(response).then((good) => good.json());

export function get(path, query = {}) {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") given.set(key, value);
  }
  const asked = given.toString();
  return fetch("/api/" + path + (asked ? "?" + asked : "")).then(answer);
}

const sent = (path, body) =>
  fetch("/api/" + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const post = (path, body) => sent(path, body).then(answer);
export const file = (path, body) => sent(path, body).then(checked).then((good) => good.blob());

// a key stands in a path as it is: kind/key; only what a URL cannot carry is escaped
export const inPath = (key) => key.split("/").map(encodeURIComponent).join("/");
