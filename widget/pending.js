// A message that is on its way, or that did not get there.
import { button, icon, make } from "./dom.js";
import { plain, textOf } from "./text.js";

/**
 * @typedef {import("./conversation.js").Pending} Pending
 * @typedef {{ retry: (message: Pending) => void, discard: (message: Pending) => void, why: (message: Pending) => string }} Deeds
 */

/** @param {Pending} message @param {import("./message.js").Surroundings} here @param {Deeds} deeds */
export function pendingItem(message, { words }, deeds) {
  const { id, text, failed, stored, waits } = message;
  const item = make(
    `li.from-person${failed ? ".failed" : ""}`,
    { tabindex: "-1", "aria-labelledby": `p${id}-text p${id}-state` },
    make("p.by", {}, make("b", {}, words.you)),
    textOf({ speaker: "person" }, plain(text), `p${id}-text`),
  );
  if (!failed) {
    const state = stored ? words.sent : waits ? deeds.why(message) : words.sending;
    item.append(make("p.delivery", { id: `p${id}-state` }, state));
    return item;
  }
  item.append(
    make("p.delivery", { id: `p${id}-state` }, icon("alert"), deeds.why(message)),
    make(
      "div.choices",
      {},
      button(words.retry, () => deeds.retry(message)),
      button(words.discard, () => deeds.discard(message)),
    ),
  );
  return item;
}
