// Documents sent to the service, and how far it is with reading them.
import { $, el } from "./dom.js";
import { say, told } from "./say.js";
import { send } from "./send.js";

const STATES = {
  waiting: ["等待中", "waiting"], running: ["读入中", "reading"], done: ["完成", "done"],
  partial: ["部分完成", "done in part"], failed: ["失败", "failed"], cancelled: ["已取消", "cancelled"],
  new: ["新增", "new"], replaced: ["已更新", "replaced"], unchanged: ["没有变化", "unchanged"],
};
const ENDED = new Set(["done", "partial", "failed", "cancelled"]);
const [form, job] = [$("#upload"), $("#job")];
const [status, bar, cancel, files] = ["[role=status]", "progress", "button", "ul"].map((one) => job.querySelector(one));
const word = (name) => (STATES[name] ? say(...STATES[name]) : name);

function entry(file) {
  const name = file.key ? el("a", { href: "/documents/" + encodeURIComponent(file.key), text: file.file_name }) : file.file_name;
  const reason = file.reason ? told(file.reason) : "";
  return el("li", { class: file.status === "failed" ? "problem" : null }, name, " · " + word(file.status), reason ? " · " + reason : "");
}

function tell(found) {
  job.hidden = false;
  status.textContent = `${word(found.status)} · ${found.done}/${found.total}`;
  bar.max = found.total;
  bar.value = found.done;
  cancel.hidden = ENDED.has(found.status);
  files.replaceChildren(...found.files.map(entry));
}

// every change of the job until it ends
function follow(found) {
  const path = "/api/jobs/" + found.id;
  cancel.onclick = () => send(path, { method: "DELETE" }).catch(fail);
  return new Promise((resolve, reject) => {
    const changes = new EventSource(path);
    const end = (how, given) => { changes.close(); how(given); };
    changes.onmessage = (event) => {
      const now = JSON.parse(event.data);
      tell(now);
      if (ENDED.has(now.status)) end(resolve, now);
    };
    changes.onerror = () => end(reject, new Error(say("与服务的连接中断", "the service does not answer")));
  });
}

async function refresh() {
  const text = await (await fetch(location.href)).text();
  $("#list").replaceWith(new DOMParser().parseFromString(text, "text/html").querySelector("#list"));
}

function fail(error) {
  job.hidden = false;
  cancel.hidden = true;
  status.textContent = error.message;
}

// what was not filled in is not said
function filled() {
  const given = new FormData(form);
  for (const name of ["level", "area", "issuer"]) if (!given.get(name)) given.delete(name);
  return given;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await send("/api/documents", { body: filled() });
    if (!answer) return;
    const found = await answer.json();
    tell(found);
    await follow(found);
    form.reset();
    await refresh();
  } catch (error) {
    fail(error);
  } finally {
    button.disabled = false;
  }
});
form.hidden = false;
document.body.dataset.ready = "yes";
