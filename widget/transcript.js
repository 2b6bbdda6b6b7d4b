// What was said. It scrolls along unless somebody reads further up; nothing that arrives
// moves the focus.
import { markChosen } from "./choices.js";
import { button, icon, make } from "./dom.js";
import { walkable } from "./keys.js";
import { messageItem } from "./message.js";
import { pendingItem } from "./pending.js";
import { plain } from "./text.js";

const NEAR_PX = 40;
const MARGIN_PX = 8;

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./message.js").Surroundings} Surroundings
 */

export class Transcript {
  element;
  #here;
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
    }
    const item = messageItem(message, this.#here);
    this.#append(item, message.speaker === "person");
    return item;
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
    this.#look();
    this.#isFollowing ||= items.length > this.#onTheWay.childElementCount;
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

  /** Stays at the end, if that is where the person is. */
  follow() {
    this.#look();
    if (this.#isFollowing) this.#scrollTo(this.#view.scrollHeight);
  }

  /** Shows what the person said last, and what came of it. */
  show() {
    const own = [...this.#view.querySelectorAll(".from-person")].at(-1);
    this.#scrollTo(own ? own.offsetTop - MARGIN_PX : 0);
  }

  /** @param {number} top as far as that is possible */
  #scrollTo(top) {
    this.#view.scrollTop = top;
    this.#put = this.#view.scrollTop;
    this.#isFollowing = this.#isAtEnd();
  }

  #isAtEnd() {
    const { scrollHeight, clientHeight, scrollTop } = this.#view;
    return scrollHeight - clientHeight - scrollTop < NEAR_PX;
  }

  /** @param {HTMLElement} item @param {boolean} [isOwn] */
  #append(item, isOwn = false) {
    this.#look();
    this.#said.append(item);
    this.#settle();
    // What does not fit is read from its first line, below the question if that is short.
    const before = /** @type {HTMLElement | null} */ (item.previousElementSibling);
    const isShort = (before?.offsetHeight ?? 0) < this.#view.clientHeight / 4;
    const first = before?.matches(".from-person") && isShort ? before : item;
    if (this.#isFollowing) this.#scrollTo(first.offsetTop - MARGIN_PX);
    // Sending showed it already; who has scrolled away since stays where they read.
    if (!isOwn && !this.#isSeen(item)) this.#unseen ??= item;
    this.#newer.hidden = !this.#unseen;
  }

  /** @param {HTMLElement} item */
  #isSeen(item) {
    return item.offsetTop + NEAR_PX < this.#view.scrollTop + this.#view.clientHeight;
  }

  /** Whether the person has scrolled: the browser may not have told of it yet. */
  #look() {
    if (Math.abs(this.#view.scrollTop - this.#put) < 2) return;
    this.#put = this.#view.scrollTop;
    this.#isFollowing = this.#isAtEnd();
  }

  #scrolled() {
    this.#look();
    if (this.#unseen && this.#isSeen(this.#unseen)) this.#unseen = null;
    this.#newer.hidden = !this.#unseen;
  }

  #showUnseen() {
    // The button is about to go, so the focus goes to what it led to.
    this.#unseen?.focus({ preventScroll: true });
    this.#view.scrollTop = (this.#unseen?.offsetTop ?? 0) - MARGIN_PX;
  }
}
