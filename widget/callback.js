// The questions of a call-back request as a form. It is a view on the conversation: each
// answer is a message like any other, so danger is recognised in it like anywhere else.
import { button, make, set } from "./dom.js";
import { fill } from "./text.js";

const ASKS = /^utter_ask_callback_(name|contact|time)$/;
const INVALID = /^utter_screening_(name|contact|time)_invalid$/;
/** @type {Record<string, Record<string, string>>} */
const FIELDS = {
  name: { autocomplete: "name", maxlength: "50" },
  contact: { autocomplete: "tel", maxlength: "200" },
  time: { autocomplete: "off", maxlength: "60" },
};
const STEPS = Object.keys(FIELDS);

/** @typedef {import("./conversation.js").Message} Message */

export class CallbackForm {
  element;
  #words;
  #leave;
  #label = make("label", { for: "callback" });
  #step = make("span.quiet");
  #input = make("input", { id: "callback", type: "text" });
  #error = make("p.error", { id: "callback-error" });
  #asked = 0;

  /**
   * @param {Record<string, any>} words
   * @param {(text: string) => void} send
   * @param {() => void} leave takes the focus when the form goes
   */
  constructor(words, send, leave) {
    this.#words = words;
    this.#leave = leave;
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      this.#complain(text ? "" : words.form_empty);
      if (!text) return;
      this.#input.value = "";
      send(text);
    };
    this.element = make(
      "form.callback",
      { "aria-label": words.form, novalidate: true, hidden: true, onsubmit: submit },
      make("div.between", {}, this.#label, this.#step),
      this.#input,
      this.#error,
      make(
        "div.choices",
        {},
        make("button.primary", { type: "submit" }, words.next),
        button(words.cancel, () => send(words.cancel_text)),
      ),
    );
  }

  /**
   * Shows what is asked for now, if anything is.
   * @param {Message[]} messages @param {boolean} isWorking the brain has not finished yet
   */
  update(messages, isWorking) {
    const since = messages.slice(messages.findLastIndex((one) => one.speaker === "person") + 1);
    const asking = since.findLast((one) => ASKS.test(one.name ?? ""));
    // Between an answer and the next question the form stays, and with it the focus.
    const isBetween = isWorking || since.every((one) => one.speaker === "notice");
    if (asking) this.#ask(asking, since.findLast((one) => INVALID.test(one.name ?? "")));
    else if (!isBetween) this.hide();
  }

  hide() {
    if (this.element.contains(this.element.getRootNode().activeElement)) this.#leave();
    this.element.hidden = true;
  }

  /** @param {Message} question @param {Message | undefined} refusal */
  #ask(question, refusal) {
    if (question.id === this.#asked && !this.element.hidden) return;
    this.#asked = question.id;
    const [, name] = /** @type {RegExpExecArray} */ (ASKS.exec(String(question.name)));
    const step = STEPS.indexOf(name) + 1;
    this.#label.textContent = this.#words[`callback_${name}`];
    this.#step.textContent = fill(this.#words.step, { step });
    this.#complain("");
    set(this.#input, {
      ...FIELDS[name],
      name,
      "aria-invalid": refusal ? "true" : null,
      "aria-describedby": [refusal, question].flatMap((one) => (one ? `m${one.id}-text` : [])).join(" "),
    });
    this.element.hidden = false;
  }

  /** @param {string} problem */
  #complain(problem) {
    this.#error.textContent = problem;
    this.#error.hidden = !problem;
    if (!problem) return;
    set(this.#input, { "aria-invalid": "true", "aria-describedby": "callback-error" });
    this.#input.focus();
  }
}
