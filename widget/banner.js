// Says that the line is down, and whom to call meanwhile.
import { icon, make } from "./dom.js";
import { fill, values } from "./text.js";

const SHORT_MS = 1_500; // a line that is up again at once is no news

/** @param {{ words: Record<string, any>, config: any }} begun @param {(text: string) => void} announce */
export function banner({ words, config }, announce) {
  const text = fill(words.offline, values(config));
  const element = make("p.banner", { hidden: true }, icon("alert"), text);
  let timer = 0;
  return {
    element,
    /** @param {boolean} isUp */
    show(isUp) {
      if (!isUp) {
        timer ||= setTimeout(() => {
          element.hidden = false;
          announce(text);
        }, SHORT_MS);
        return;
      }
      clearTimeout(timer);
      timer = 0;
      if (!element.hidden) announce(words.online);
      element.hidden = true;
    },
  };
}
