// Marks on findings: sent, and the page drawn anew by the service.
import { $, el } from "./dom.js";
import { sendJson } from "./send.js";

function open() {
  document.querySelectorAll(".marking").forEach((form) => { form.hidden = false; });
  if (matchMedia("(max-width: 60rem)").matches) $(".facets").open = false;
  document.body.dataset.ready = "yes";
}

async function mark(form, value) {
  const name = form.dataset.finding;
  const body = { mark: value, note: form.elements.note.value };
  const done = await sendJson(`/api/gaps/${encodeURIComponent(name)}`, body);
  if (!done) return;
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  $("main").replaceWith(fresh.querySelector("main"));
  open();
  const now = document.getElementById(name)?.querySelector("h2 a") ?? $(".total");
  if (now.matches(".total")) now.tabIndex = -1;
  now.focus({ preventScroll: Boolean(now.closest("article")) });
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".marking");
  if (!form) return;
  event.preventDefault();
  form.querySelector("[role=alert]")?.remove();
  try {
    await mark(form, event.submitter.value);
  } catch (error) {
    form.append(el("p", { role: "alert", class: "problem", text: error.message }));
  }
});
open();
