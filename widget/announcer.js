// Says to screen readers what appears. The words are taken away again, so that nobody
// finds them twice; TalkBack misses what stays for less than a tenth of a second.
import { make } from "./dom.js";

const STAYS_MS = 3_000;

export class Announcer {
  element = make("div.unseen");
  #polite = make("div", { "aria-live": "polite" });
  #urgent = make("div", { "aria-live": "assertive" });

  constructor() {
    this.element.append(this.#polite, this.#urgent);
  }

  /** @param {string} words @param {boolean} [isUrgent] */
  say(words, isUrgent = false) {
    const said = make("p", {}, words);
    (isUrgent ? this.#urgent : this.#polite).append(said);
    setTimeout(() => said.remove(), STAYS_MS);
  }
}
