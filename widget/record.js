// The conversation to take away: as a file, or on paper. Both are made in the browser.
import { make } from "./dom.js";
import { speakerOf } from "./message.js";
import { fill, plain } from "./text.js";

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {{ words: Record<string, any>, language: string, config: any }} Context
 */

/** @param {Message[]} messages @param {Context} context @returns {string[]} paragraphs */
function written(messages, { words, language, config }) {
  const moment = (/** @type {string | number} */ at) =>
    new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  const head = fill(words.file_head, { name: config.clinic.name, date: moment(Date.now()) });
  const isDisclosed = messages.some((one) => one.name === "utter_disclosure");
  return [
    head,
    ...(isDisclosed ? [] : [config.disclosure]),
    ...messages.map((one) => `${speakerOf(one, words)}, ${moment(one.at)}:\n${plain(one.text)}`),
  ];
}

/** @param {Message[]} messages @param {Context} context */
export function download(messages, context) {
  const text = written(messages, context).join("\n\n");
  const href = URL.createObjectURL(new Blob([text, "\n"], { type: "text/plain" }));
  make("a", { href, download: context.words.file }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Prints from an empty frame, so that the page around it stays away.
 * @param {Message[]} messages @param {Context} context @param {HTMLElement} place
 */
export function print(messages, context, place) {
  const frame = make("iframe.unseen", { "aria-hidden": "true", tabindex: "-1" });
  place.append(frame);
  const paper = frame.contentDocument;
  paper.title = written([], context)[0];
  const style = new frame.contentWindow.CSSStyleSheet();
  style.replaceSync("p { font: 12pt/1.4 sans-serif; white-space: pre-wrap; break-inside: avoid }");
  paper.adoptedStyleSheets = [style];
  paper.body.append(...written(messages, context).map((text) => make("p", { dir: "auto" }, text)));
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}
