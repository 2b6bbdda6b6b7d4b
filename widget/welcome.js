// What stands at the beginning: what this is, and questions to begin with.
import { button, make } from "./dom.js";
import { fill, values } from "./text.js";

/** @param {import("./chat.js").Begun} begun @param {(text: string) => void} send */
export function welcome({ words, config }, send) {
  const suggestions = make(
    "div.suggestions",
    { role: "group", "aria-labelledby": "often" },
    make("p.quiet", { id: "often" }, words.suggestions),
    ...config.suggestions.map((/** @type {any} */ { title, text }) =>
      Object.assign(button(title, () => send(text), "button.choice"), { lang: "en" }),
    ),
  );
  const note = words.language_note && fill(words.language_note, values(config));
  const disclosure = make("p.text", { id: "disclosure", lang: "en" }, config.disclosure);
  return {
    element: make("div.welcome", {}, note && make("p.note", {}, note), disclosure, suggestions),
    begun: () => (suggestions.hidden = true),
    again: () => (suggestions.hidden = false),
  };
}

/**
 * The assistant begins with what is written above already; that is not repeated.
 * @param {import("./conversation.js").Message} message
 * @param {import("./conversation.js").Message[]} messages
 * @param {any} config
 */
export function isSaidAbove(message, messages, config) {
  const isFirst = messages.find((one) => one.name === message.name) === message;
  return message.name === "utter_disclosure" && isFirst && message.text === config.disclosure;
}
