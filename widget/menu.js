// What can be done with the whole chat, behind one button.
import { button, icon, make, set } from "./dom.js";

export class Menu {
  element;
  #toggle;
  #list;

  /** @param {string} name @param {[string, () => void][]} deeds */
  constructor(name, deeds) {
    this.#list = make("div.list", { id: "menu", hidden: true });
    for (const [label, act] of deeds) {
      this.#list.append(
        button(label, () => {
          this.#show(false);
          this.#toggle.focus();
          act();
        }),
      );
    }
    this.#toggle = button("", () => this.#show(this.#list.hidden), "button.plain");
    this.#toggle.append(icon("more"));
    this.#toggle.ariaLabel = this.#toggle.title = name;
    set(this.#toggle, { "aria-expanded": "false", "aria-controls": "menu" });
    this.element = make("div.menu", {}, this.#toggle, this.#list);
    set(this.element, {
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape" || this.#list.hidden) return;
        event.stopPropagation();
        event.preventDefault();
        this.#show(false);
        this.#toggle.focus();
      },
      onfocusout: (/** @type {FocusEvent} */ { relatedTarget }) => {
        // A click on what takes no focus has no target; that closes it, too.
        if (!this.element.contains(/** @type {Node | null} */ (relatedTarget))) this.#show(false);
      },
    });
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    this.#list.hidden = !isShown;
    this.#toggle.ariaExpanded = String(isShown);
  }
}
