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
    if (isBackground(event)) passOver(event.detail);
    else keepInPlace(event.detail);
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    underWay.delete(event.detail.xhr);
    if (!wasPassedOver || underWay.size > 0) return;
    wasPassedOver = false;
    window.htmx.trigger(body, "desk:changed");
  });
}

function passOver(answer) {
  if (underWay.size === 0) return;
  answer.shouldSwap = false;
  wasPassedOver = true;
}

// Of two acts at once, the first one's answer may have removed the second one's form.
function keepInPlace(answer) {
  const place = document.getElementById("conversation");
  if (!answer.shouldSwap || !place || answer.requestConfig.elt.isConnected) return;
  answer.shouldSwap = false;
  const how = { swapStyle: "morph:outerHTML", swapDelay: 0, settleDelay: 0 };
  window.htmx.swap(place, answer.serverResponse, how, { contextElement: place });
}
