// The last reply to danger, at the top of the chat: it can be folded, but stays there.
import { icon, make } from "./dom.js";
import { plain } from "./text.js";
import { lines } from "./help.js";

export class Pinned {
  element;
  #words;
  #text = make("p.text", { lang: "en", dir: "auto" });

  /** @param {Record<string, any>} words @param {any} help */
  constructor(words, help) {
    this.#words = words;
    this.element = make(
      "details.pinned",
      { hidden: true },
      make("summary", {}, icon("alert"), words.pinned),
      make("div", { tabindex: "0", role: "group", "aria-label": words.pinned }, this.#text),
      make("p.lines", {}, ...lines(words, help)),
    );
  }

  /** @param {import("./conversation.js").Message} message */
  show(message) {
    this.#text.textContent = plain(message.text);
    this.element.hidden = false;
    this.element.open = true;
  }

  hide() {
    this.element.hidden = true;
  }
}
