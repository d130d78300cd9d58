// Paper is white, and gets a picture of the canvas: a canvas cannot be laid out anew for it.
import { $ } from "./dom.js";

const { look } = globalThis.qkg;

export function readyForPaper(drawing) {
  let screenIsDark = false;
  const theme = (dark) => {
    look.dark = dark;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    drawing.draw();
    drawing.network.redraw();
  };
  window.addEventListener("beforeprint", () => {
    screenIsDark = look.dark;
    if (screenIsDark) theme(false);
    $("#print").src = drawing.copy("#fff").toDataURL("image/png");
  });
  window.addEventListener("afterprint", () => { if (screenIsDark) theme(true); });
}
