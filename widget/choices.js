// What can be chosen: buttons that stay where they are when they are used.
import { button, make, set } from "./dom.js";
import { fill, plain } from "./text.js";

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./message.js").Surroundings} Surroundings
 */

/** Answers to one question; once the talk has gone on they would mean something else. */
const DECISION = /^(\/(affirm|deny|stop|confirm_delete)$|[^/])/;
const QUESTION = /^\/faq_/;

/** @param {Message} message @param {Surroundings} here @returns {HTMLElement[]} */
export function choices({ buttons, metadata }, here) {
  const isRelated = (/** @type {Message["buttons"][0]} */ { payload }) =>
    Boolean(metadata?.verdict) && QUESTION.test(payload);
  const related = buttons.filter(isRelated);
  const others = buttons.filter((one) => !isRelated(one));
  return [
    group(here.words.choices, others, "choices", here),
    group(here.words.related, related, "related", here),
  ].filter((one) => one !== null);
}

/** @param {string} name @param {Message["buttons"]} offered @param {string} kind @param {Surroundings} here */
function group(name, offered, kind, here) {
  if (!offered.length) return null;
  const choose = (/** @type {Event} */ event) => {
    const { dataset, ariaDisabled } = /** @type {HTMLElement} */ (event.currentTarget);
    if (!ariaDisabled) here.choose(String(dataset.title), String(dataset.payload));
  };
  const made = offered.map(({ title, payload }) =>
    set(button(plain(title), choose, "button.choice"), {
      "data-title": title,
      "data-payload": payload,
      lang: "en",
      tabindex: "-1",
    }),
  );
  const heading = kind === "related" && make("p.quiet", {}, name);
  return make(`div.${kind}`, { role: "group", "aria-label": name }, heading, ...made);
}

/**
 * The person has said something: what they chose is marked, and what was to be decided
 * is decided.
 * @param {HTMLElement[]} items the messages before it, oldest first
 * @param {string} said
 * @param {Record<string, any>} words
 */
export function markChosen(items, said, words) {
  const all = items.flatMap((item) => [...item.querySelectorAll("button.choice")]);
  const chosen = all.findLast((one) => /** @type {HTMLElement} */ (one).dataset.title === said);
  for (const one of /** @type {HTMLElement[]} */ (all)) {
    if (one !== chosen && !DECISION.test(String(one.dataset.payload))) continue;
    one.ariaDisabled = "true";
  }
  if (!chosen) return;
  chosen.classList.add("chosen");
  chosen.ariaLabel = fill(words.chosen, { title: said });
}
