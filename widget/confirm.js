// A question that is answered before anything else.
import { button, make } from "./dom.js";

/**
 * @param {HTMLElement} place
 * @param {string} question
 * @param {string} yes
 * @param {string} no
 * @returns {Promise<boolean>}
 */
export function confirm(place, question, yes, no) {
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ said) => {
      box.close(said ? "yes" : "");
    };
    const box = make(
      "dialog.confirm",
      { "aria-labelledby": "question" },
      make("p", { id: "question" }, question),
      make(
        "div.choices",
        {},
        button(no, () => answer(false)),
        button(yes, () => answer(true), "button.risky"),
      ),
    );
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
    place.append(box);
    box.showModal();
  });
}
