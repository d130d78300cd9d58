// What writes: sent with the token of this tab, which is asked for where the service wants one.
import { ApiError, el } from "./dom.js";
import { isChinese, say } from "./say.js";

const KEPT = "qkg-token";
const WHOM = ["写入需要令牌；请向服务管理者索取，填在下面", "writing needs a token; ask whoever runs the service for one, and put it below"];

// the answer of the service; what is not wanted to be written any more is refused with null
export async function send(path, { method = "POST", body, type } = {}) {
  for (;;) {
    const token = sessionStorage.getItem(KEPT);
    const response = await asked(path, { method, body, type, token });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    const detail = problem.detail || response.statusText;
    if (![401, 403].includes(response.status)) throw new ApiError(response.status, detail);
    // the service tells programs about headers; who has sent no token yet is told whom to ask for one
    const given = await ask(token || response.status === 403 ? detail : say(...WHOM));
    if (given === null) return null;
    sessionStorage.setItem(KEPT, given);
  }
}

export const sendJson = (path, body) => send(path, { body: JSON.stringify(body), type: "application/json" });

function asked(path, { method, body, type, token }) {
  const headers = { "Accept-Language": isChinese ? "zh" : "en" };
  if (token) headers.Authorization = "Bearer " + token;
  if (type) headers["Content-Type"] = type;
  return fetch(path, { method, body, headers });
}

// the token that somebody types, null where they would rather not
function ask(why) {
  const field = el("input", { type: "password", name: "token", autocomplete: "off", required: true });
  const form = el("form", { method: "dialog" },
    el("p", { text: why }),
    el("label", { text: say("写入令牌（只留在此标签页）", "Token for writing (kept in this tab only)") }, field),
    el("button", { value: "yes", text: say("确定", "OK") }),
    el("button", { value: "no", class: "plain", formnovalidate: true, text: say("取消", "Cancel") }));
  const dialog = el("dialog", { "aria-label": say("写入令牌", "Token for writing") }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? field.value.trim() : null);
    });
  });
}
