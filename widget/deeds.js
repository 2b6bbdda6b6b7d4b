// What a person can do with the whole conversation. Each says truthfully what came of it.
import { confirm } from "./confirm.js";
import { download, print } from "./record.js";
import { Refused } from "./server.js";
import { fill, values } from "./text.js";

const GONE = 409;
const FRIENDLY = [429, 503];

/** @param {Omit<import("./chat.js").Begun, "server"> & {
 *   server: import("./server.js").Server,
 *   conversation: import("./conversation.js").Conversation,
 *   transcript: import("./transcript.js").Transcript,
 *   place: HTMLElement,
 *   announce: (text: string) => void,
 *   renew: () => void,
 * }} begun */
export function deeds(begun) {
  const { words, config, server, conversation, transcript, place } = begun;
  const known = { ...values(config), days: config.retention_days };

  /** @param {string} text */
  const tell = (text) => {
    transcript.notice(fill(text, known));
    begun.announce(fill(text, known));
  };
  /** @param {string} question @param {string} yes */
  const ask = (question, yes) => confirm(place, fill(question, known), yes, words.keep);
  const begin = (/** @type {string} */ text) => {
    server.forget();
    begun.renew();
    tell(text);
  };

  return {
    download: () => download(conversation.messages, begun),
    print: () => print(conversation.messages, begun, place),

    async clear() {
      if (await ask(words.clear_ask, words.clear_yes)) begin(words.cleared);
    },

    async delete() {
      if (!server.token) return tell(words.nothing_to_delete);
      if (!(await ask(words.delete_ask, words.delete_yes))) return;
      try {
        await server.ask("DELETE", "/chat");
      } catch (error) {
        const isUnknown = error instanceof Refused && error.status === 401;
        if (!isUnknown) return tell(words.not_deleted);
      }
      begin(words.deleted);
    },

    async leave() {
      await server.ask("POST", "/chat/leave").catch(() => tell(words.not_left));
    },

    /** @param {import("./conversation.js").Pending} message */
    whyNotSent({ status, reason, failed }) {
      if (!failed) return fill(words.too_fast, known);
      // What the front desk writes for people is shown; its other words are for programs.
      if (reason && FRIENDLY.includes(Number(status))) return reason;
      const why = status === GONE ? words.not_sent_gone : words.not_sent_refused;
      return `${words.not_sent} ${fill(status ? why : words.not_sent_offline, known)}`;
    },
  };
}
