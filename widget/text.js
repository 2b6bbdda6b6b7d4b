// Words that are shown: filled in, and stripped of what could disguise them.
import { make } from "./dom.js";

// Control characters, and those that turn the direction of what follows around.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of others as it may be shown.
 * @param {unknown} text
 */
export const plain = (text) => String(text ?? "").replace(UNSEEN, "");

/**
 * Puts values into "{name}".
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => plain(values[name]));

/**
 * A source's address, if it is one that may be linked.
 * @param {unknown} address
 * @returns {string | null}
 */
export function safeAddress(address) {
  const url = URL.canParse(String(address)) ? new URL(String(address)) : null;
  return url?.protocol === "https:" ? url.href : null;
}

/**
 * Its direction is its own, so that it cannot disturb what is around it.
 * @param {{ speaker: string }} message @param {string} text @param {string} id
 */
export function textOf(message, text, id) {
  const lang = message.speaker === "bot" || message.speaker === "notice" ? "en" : null;
  return make("p.text", { id, dir: "auto", lang }, text);
}

/** What many texts name. @param {any} config */
export const values = ({ clinic, help }) => ({
  phone: clinic.phone.number,
  hours: clinic.hours,
  lifeline: help.lifeline.number,
  emergency: help.emergency.number,
  spanish: help.spanish,
});
