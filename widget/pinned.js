// The last reply to danger, at the top of the chat: it can be folded, but stays there.
import { icon, make } from "./dom.js";
import { plain } from "./text.js";
import { lines } from "./help.js";

export class Pinned {
  element;
  /** @type {HTMLElement | null} where it was said */
  #item = null;
  #text = make("p.text", { lang: "en", dir: "auto" });

  /** @param {Record<string, any>} words @param {any} help */
  constructor(words, help) {
    this.element = make(
      "details.pinned",
      { hidden: true, ontoggle: () => this.#mark() },
      make("summary", {}, icon("alert"), words.pinned),
      make("div", { tabindex: "0", role: "group", "aria-label": words.pinned }, this.#text),
      make("p.lines", {}, ...lines(words, help)),
    );
  }

  /** @param {import("./conversation.js").Message} message @param {HTMLElement} item */
  show(message, item) {
    this.#item?.classList.remove("above");
    this.#item = item;
    this.#text.textContent = plain(message.text);
    this.element.hidden = false;
    this.element.open = true;
    this.#mark();
  }

  /** What is shown up here is not shown a second time below, unless this is folded. */
  #mark() {
    this.#item?.classList.toggle("above", this.element.open);
  }

  hide() {
    this.element.hidden = true;
  }
}
