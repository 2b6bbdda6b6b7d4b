// Who helps: always in the same place, as links that call and write.
import { button, make } from "./dom.js";
import { fill } from "./text.js";

/** @param {Record<string, any>} words @param {any} help @param {() => void} askForPerson */
export function helpLine(words, help, askForPerson) {
  return make(
    "p.help",
    {},
    make("span", {}, `${words.crisis}:`),
    ...lines(words, help).slice(0, 2),
    button(words.person, askForPerson, "button.person"),
  );
}

/** The lifeline's two, then the emergency number. @param {Record<string, any>} words @param {any} help */
export function lines(words, { lifeline, emergency }) {
  /** @param {string} text @param {any} line @param {string} href */
  const link = (text, { number }, href) => make("a", { href }, fill(text, { number }));
  return [
    link(words.call, lifeline, lifeline.call),
    link(words.text, lifeline, lifeline.text),
    link(words.call, emergency, emergency.call),
  ];
}
