// What was said. It scrolls along unless somebody reads further up; nothing that arrives
// moves the focus.
import { markChosen } from "./choices.js";
import { button, icon, make, set } from "./dom.js";
import { walkable } from "./keys.js";
import { messageItem } from "./message.js";
import { pendingItem } from "./pending.js";
import { plain } from "./text.js";

const NEAR_PX = 40;

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./message.js").Surroundings} Surroundings
 */

export class Transcript {
  element;
  #here;
  #form;
  #said = make("ol.said");
  #onTheWay = make("ol.said");
  #writing;
  #newer;
  #view;
  #settle;
  #isFollowing = true;
  /** Where this put the view; anywhere else is where the person put it. */
  #put = 0;
  /** @type {HTMLElement | null} */
  #unseen = null;

  /**
   * @param {Surroundings} here
   * @param {HTMLElement} welcome stands before everything
   * @param {HTMLElement} form stands after everything
   * @param {() => void} leave goes back to writing
   */
  constructor(here, welcome, form, leave) {
    const { words } = here;
    this.#here = here;
    this.#form = form;
    this.#writing = make("p.writing", { hidden: true }, words.writing);
    this.#newer = button("", () => this.#showUnseen(), "button.newer");
    this.#newer.append(icon("down"), words.new_messages);
    this.#newer.hidden = true;
    const lists = [this.#said, this.#onTheWay];
    this.#view = make("div.view", {}, welcome, ...lists, form, this.#writing);
    const help = make("p.keys", { id: "keys" }, words.messages_help);
    const name = { role: "group", "aria-label": words.messages, "aria-describedby": "keys" };
    this.element = make("div.transcript", name, this.#view, this.#newer, help);
    this.#settle = walkable(this.#view, leave);
    this.#view.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.follow()).observe(this.#view);
  }

  /** @param {Message} message */
  add(message) {
    if (message.speaker === "person") {
      markChosen([...this.#said.children], plain(message.text), this.#here.words);
      this.#isFollowing = true;
    }
    this.#append(messageItem(message, this.#here));
  }

  /** What this browser itself has to say. @param {string} text */
  notice(text) {
    this.#append(make("li.from-notice", {}, make("p.text", {}, text)));
  }

  /**
   * @param {import("./conversation.js").Pending[]} pending
   * @param {import("./pending.js").Deeds} deeds
   */
  showPending(pending, deeds) {
    const items = pending.map((one) => pendingItem(one, this.#here, deeds));
    if (items.length > this.#onTheWay.childElementCount) this.#isFollowing = true;
    this.#onTheWay.replaceChildren(...items);
    this.#settle();
    this.follow();
  }

  /** @param {boolean} isWorking */
  showWriting(isWorking) {
    this.#writing.hidden = !isWorking;
    this.follow();
  }

  clear() {
    this.#said.replaceChildren();
    this.#isFollowing = true;
  }

  /**
   * To the end, so that a form or a question can be seen; but not past the beginning of
   * what the person said last, so that an answer is read from its first line.
   */
  follow() {
    if (!this.#isFollowing) return;
    const view = this.#view;
    const own = [...view.querySelectorAll(".from-person")].at(-1);
    view.scrollTop = !own || !this.#form.hidden ? view.scrollHeight : own.offsetTop - 8;
    if (!view.querySelector("li")) view.scrollTop = 0;
    this.#put = view.scrollTop;
  }

  /** @param {HTMLElement} item */
  #append(item) {
    this.#said.append(item);
    this.#settle();
    this.follow();
    if (!this.#isSeen(item)) this.#unseen ??= item;
    this.#newer.hidden = !this.#unseen;
  }

  /** @param {HTMLElement} item */
  #isSeen(item) {
    return item.offsetTop + NEAR_PX < this.#view.scrollTop + this.#view.clientHeight;
  }

  #scrolled() {
    const view = this.#view;
    if (Math.abs(view.scrollTop - this.#put) > 2) {
      const below = view.scrollHeight - view.clientHeight - view.scrollTop;
      this.#isFollowing = below < NEAR_PX;
    }
    if (this.#unseen && this.#isSeen(this.#unseen)) this.#unseen = null;
    this.#newer.hidden = !this.#unseen;
  }

  #showUnseen() {
    // The button is about to go, so the focus goes to what it led to.
    this.#unseen?.focus({ preventScroll: true });
    this.#view.scrollTop = (this.#unseen?.offsetTop ?? 0) - 8;
  }
}
