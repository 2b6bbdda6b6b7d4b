// What can be done with the whole chat, behind one button. The list covers nothing: who
// helps stays in view.
import { button, icon, make, set } from "./dom.js";

export class Menu {
  toggle;
  list;

  /** @param {string} name @param {[string, () => void][]} deeds */
  constructor(name, deeds) {
    this.list = make("div.list", { id: "menu", hidden: true });
    for (const [label, act] of deeds) {
      this.list.append(
        button(label, () => {
          this.#close();
          act();
        }),
      );
    }
    this.toggle = button("", () => this.#show(this.list.hidden), "button.plain");
    this.toggle.append(icon("more"));
    this.toggle.ariaLabel = this.toggle.title = name;
    set(this.toggle, { "aria-expanded": "false", "aria-controls": "menu" });
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || this.list.hidden) return;
      event.stopPropagation();
      event.preventDefault();
      this.#close();
    };
    set(this.list, { onkeydown });
    set(this.toggle, { onkeydown });
  }

  #close() {
    this.#show(false);
    this.toggle.focus();
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    this.list.hidden = !isShown;
    this.toggle.ariaExpanded = String(isShown);
  }
}
