// One message as a list item: who speaks, what is said, and what can be chosen.
import { card, sources } from "./card.js";
import { choices } from "./choices.js";
import { icon, make } from "./dom.js";
import { plain, textOf } from "./text.js";

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {object} Surroundings
 * @property {Record<string, any>} words
 * @property {string} language
 * @property {string} server
 * @property {(title: string, payload: string) => void} choose
 */

/** @param {Message} message @param {Record<string, any>} words */
export function speakerOf(message, words) {
  if (message.speaker === "person") return words.you;
  if (message.speaker === "bot") return words.assistant;
  if (message.speaker === "notice") return words.notice;
  return words.staff.replace("{name}", plain(message.staff_name));
}

/** @param {Message} message @param {Surroundings} here */
export function messageItem(message, here) {
  const id = `m${message.id}`;
  const { speaker, danger } = message;
  const item = make(`li.from-${speaker}${danger ? ".danger" : ""}`, {
    id,
    tabindex: "-1",
    "aria-labelledby": `${id}-by ${id}-text`,
  });
  const isInvalid = /^utter_screening_\w+_invalid$/.test(message.name ?? "");
  if (isInvalid) item.classList.add("invalid");
  item.append(
    make(
      "p.by",
      { id: `${id}-by` },
      (danger || isInvalid) && icon("alert"),
      make("b", {}, speakerOf(message, here.words)),
      " ",
      make("time", { datetime: message.at }, clock(message.at, here.language)),
    ),
    body(message, `${id}-text`, here),
  );
  if (danger) item.append(make("p.elsewhere", {}, here.words.pinned_above));
  item.append(...choices(message, here));
  return item;
}

/** @param {Message} message @param {string} id @param {Surroundings} here */
function body(message, id, here) {
  if (message.metadata?.verdict && !message.name?.endsWith("_sources")) {
    return card(message, id, here);
  }
  if (message.metadata?.sources) return sources(message, id, here);
  return textOf(message, plain(message.text), id);
}

/** @param {string} at @param {string} language */
const clock = (at, language) =>
  new Date(at).toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
