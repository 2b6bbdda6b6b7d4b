// What staff do is answered before the page renews itself. A renewal in between would remove
// the form that waits, and its answer would be put into the wrong place, over what staff write.
import { isBackground } from "./refresh.js";

const underWay = new Set();
let wasPassedOver = false;

export function letActsFinishFirst() {
  const body = document.body;
  body.addEventListener("htmx:beforeRequest", (event) => {
    if (!isBackground(event)) underWay.add(event.detail.xhr);
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig } = event.detail;
    const isMisplaced = isBackground(event) ? underWay.size > 0 : !requestConfig.elt.isConnected;
    if (!isMisplaced) return;
    event.detail.shouldSwap = false;
    wasPassedOver = true;
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    underWay.delete(event.detail.xhr);
    if (!wasPassedOver || underWay.size > 0) return;
    wasPassedOver = false;
    window.htmx.trigger(body, "desk:changed");
  });
}
