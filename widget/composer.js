// Where the person writes. Enter sends, Shift and Enter begins a line.
import { icon, make } from "./dom.js";
import { fill } from "./text.js";

const NEAR = 100;

export class Composer {
  element;
  #text;
  #count;
  #words;
  #most;
  #send;

  /** @param {Record<string, any>} words @param {number} most @param {(text: string) => void} send */
  constructor(words, most, send) {
    this.#words = words;
    this.#most = most;
    this.#send = send;
    this.#text = make("textarea", {
      id: "text",
      rows: "1",
      placeholder: words.placeholder,
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-describedby": "count",
      oninput: () => this.#measure(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        // An Enter that ends a word of another script does not send.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#submit();
      },
    });
    this.#count = make("p.count", { id: "count", role: "status" });
    const label = make("label.unseen", { for: "text" }, words.your_message);
    const sending = make("button.primary.send", { type: "submit" }, icon("send"));
    sending.ariaLabel = sending.title = words.send;
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    };
    const row = make("div.row", {}, this.#text, sending);
    this.element = make("form.composer", { onsubmit }, label, row, this.#count);
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  get isEmpty() {
    return !this.#text.value;
  }

  #submit() {
    const text = this.#text.value.trim();
    if (text && this.#measure()) {
      this.#text.value = "";
      this.#measure();
      this.#send(text);
    }
    this.focus();
  }

  /** @returns {boolean} whether it may be sent */
  #measure() {
    const count = [...this.#text.value.trim()].length;
    const left = this.#most - count;
    const values = { count, most: this.#most };
    if (left < 0) this.#count.textContent = fill(this.#words.too_long, values);
    else this.#count.textContent = left < NEAR ? fill(this.#words.left, { count: left }) : "";
    this.#text.ariaInvalid = left < 0 ? "true" : null;
    return left >= 0;
  }
}
