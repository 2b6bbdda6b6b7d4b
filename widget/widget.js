// The one script that a page loads: it puts the chat on that page. The front desk serves
// it with all that it imports in one file (frontdesk/web/joined_script.py).
import { KetamineFactsChat } from "./element.js";

const NAME = "ketamine-facts-chat";
const script = /** @type {HTMLScriptElement} */ (document.currentScript);

function start() {
  const chat = document.createElement(NAME);
  for (const [name, value] of Object.entries(script.dataset)) {
    chat.setAttribute(name, /** @type {string} */ (value));
  }
  // Everything comes from where this script came from, and only from there.
  chat.setAttribute("server", new URL(script.src).origin);
  document.body.append(chat);
}

// Browsers that lack what the chat is made of show none, rather than a broken one.
const isAble = CSS.supports("color", "light-dark(#000, #fff)") && "ariaLabel" in Element.prototype;

if (isAble && !customElements.get(NAME)) {
  customElements.define(NAME, KetamineFactsChat);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
