// The window of the chat and the button that opens it. On a phone it fills the screen and
// keeps above the keyboard; elsewhere the page beside it stays usable.
import { button, icon, make, set } from "./dom.js";
import { focused } from "./keys.js";
import { fill } from "./text.js";

const SMALL = matchMedia("(max-width: 30em), (max-height: 22em)");

export class Panel {
  element;
  launcher;
  isOpen = false;
  #words;
  #badge = make("span.badge", { hidden: true });
  #opened;

  /**
   * @param {Record<string, any>} words
   * @param {string} name
   * @param {(isOpen: boolean, byHand: boolean) => void} opened
   * @param {...HTMLElement} parts
   */
  constructor(words, name, opened, ...parts) {
    this.#words = words;
    this.#opened = opened;
    this.launcher = button("", () => this.open(true), "button.launcher");
    this.launcher.append(icon("chat"), make("span", {}, words.open), this.#badge);
    set(this.launcher, { "aria-haspopup": "dialog" });
    this.element = make(
      "dialog.panel",
      {
        "aria-label": fill(words.chat, { name }),
        "aria-describedby": "disclosure",
        oncancel: (/** @type {Event} */ event) => {
          if (event.target !== this.element) return;
          event.preventDefault();
          this.close();
        },
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          const target = /** @type {HTMLElement} */ (event.target);
          if (event.key !== "Escape" || target.closest("dialog") !== this.element) return;
          event.preventDefault();
          this.close();
        },
      },
      ...parts,
    );
    SMALL.addEventListener("change", () => this.isOpen && this.#show(true));
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  /** @param {boolean} byHand only then may the focus move */
  open(byHand) {
    if (this.isOpen || (SMALL.matches && !byHand)) return;
    this.isOpen = true;
    this.#show(byHand);
    this.#opened(true, byHand);
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.element.close();
    this.launcher.hidden = false;
    this.launcher.focus();
    this.#opened(false, true);
  }

  /** @param {number} count */
  showUnread(count) {
    this.#badge.hidden = !count;
    this.#badge.textContent = count ? fill(this.#words.unread, { count }) : "";
    const name = fill(this.#words.open_unread, { count });
    this.launcher.ariaLabel = count ? name : null;
  }

  /** Over the page on a phone, beside it elsewhere. @param {boolean} mayFocus */
  #show(mayFocus) {
    const before = /** @type {HTMLElement | null} */ (focused(this.element));
    this.element.close();
    // Not show(): that would take the focus from somebody who is reading the page.
    if (mayFocus && SMALL.matches) this.element.showModal();
    else this.element.open = true;
    before?.focus({ preventScroll: true });
    this.launcher.hidden = true;
    this.#fit();
  }

  #fit() {
    const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
    this.element.style.setProperty("--height", `${height}px`);
    this.element.style.setProperty("--top", `${offsetTop}px`);
  }
}
