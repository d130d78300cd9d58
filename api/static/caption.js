// One line above the picture: how it is read, and what its colours say.
import { label, state, t } from "./words.js";

const { look } = globalThis.qkg;
const READ = { overview: "readOverview", plan: "readPlan", groups: "readGroups", chosen: "readChosen" };

export function caption(model) {
  if (model.pending) return t(READ[model.scene.kind]) + (state.lang === "en" ? " " : "") + t("pendingGaps");
  const counts = new Map();
  model.nodes().forEach((node) => counts.set(node.gap, (counts.get(node.gap) || 0) + 1));
  const told = Object.entries(look.style.severities).filter(([name]) => name !== "info" && counts.has(name));
  const list = told.map(([name, style]) => `${style.mark} ${label(style.label)} ${counts.get(name)}`).join(state.lang === "en" ? ", " : "、");
  return [t(READ[model.scene.kind]), list && t("readGaps", { list })].filter(Boolean).join(state.lang === "en" ? " " : "");
}
