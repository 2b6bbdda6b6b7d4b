// Messages as one stop for the Tab key: arrow keys go from one to the next, Enter goes
// to the buttons and links in it, Escape comes back.
import { set } from "./dom.js";

const CONTROLS = "a, button";
/** @type {Record<string, (at: number, last: number) => number>} */
const MOVES = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * @param {HTMLElement} view whose list items are walked through
 * @param {() => void} leave
 * @returns {() => void} to be called when items have come or gone
 */
export function walkable(view, leave) {
  const items = () => /** @type {HTMLElement[]} */ ([...view.querySelectorAll("ol > li")]);
  const inside = () => view.contains(focused(view));
  const controls = (/** @type {HTMLElement} */ item) =>
    /** @type {HTMLElement[]} */ ([...item.querySelectorAll(CONTROLS)]);

  /** @param {HTMLElement | undefined} current */
  const stopAt = (current) => {
    for (const item of items()) {
      set(item, { tabindex: item === current ? "0" : "-1" });
      for (const control of controls(item)) set(control, { tabindex: "-1" });
    }
  };

  view.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const item = /** @type {HTMLElement | null} */ (target.closest("ol > li"));
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      if (item === target) leave();
      else item.focus();
    } else if (item !== target) return;
    else if (event.key === "Enter") {
      for (const control of controls(item)) set(control, { tabindex: "0" });
      controls(item)[0]?.focus();
    } else if (MOVES[event.key]) {
      const all = items();
      all[MOVES[event.key](all.indexOf(item), all.length - 1)]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  view.addEventListener("focusin", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches("ol > li")) stopAt(target);
  });

  return () => {
    if (!inside()) stopAt(items().at(-1));
  };
}

/** @param {Node} node what has the focus where it is */
export const focused = (node) => /** @type {ShadowRoot} */ (node.getRootNode()).activeElement;
