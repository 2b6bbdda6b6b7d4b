// Sends what the person wrote, one after the other. A message keeps its id, so that
// sending it again can do no harm.
import { Refused, newId } from "./server.js";

const PAUSES_MS = [700, 2_000, 4_000];
const TOO_FAST = 429;
const TIMES_TOO_FAST = 20;

const rest = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

export class Outbox {
  #server;
  #conversation;
  #started;
  #isSending = false;

  /**
   * @param {import("./server.js").Server} server
   * @param {import("./conversation.js").Conversation} conversation
   * @param {() => void} started called when there is a conversation to follow
   */
  constructor(server, conversation, started) {
    this.#server = server;
    this.#conversation = conversation;
    this.#started = started;
  }

  /** @param {string} text @param {string} [choice] */
  send(text, choice) {
    // JSON can carry half a character, but the front desk cannot.
    this.#conversation.send({ id: newId(), text: text.toWellFormed?.() ?? text, choice });
    this.work();
  }

  /** @param {import("./conversation.js").Pending} message */
  retry(message) {
    Object.assign(message, { failed: false, waits: false, told: false });
    this.#conversation.changed();
    this.work();
  }

  /** Sends what waits. */
  async work() {
    if (this.#isSending) return;
    this.#isSending = true;
    const next = () => this.#conversation.pending.find((one) => !one.failed && !one.stored);
    for (let message = next(); message; message = next()) await this.#deliver(message);
    this.#isSending = false;
  }

  /** @param {import("./conversation.js").Pending} message */
  async #deliver(message) {
    for (let failures = 0, waits = 0; ; ) {
      try {
        await this.#post(message);
        Object.assign(message, { stored: true, waits: false });
        break;
      } catch (error) {
        const { status, detail, seconds } = error instanceof Refused ? error : new Refused(0);
        if (status === TOO_FAST && waits++ < TIMES_TOO_FAST) {
          message.waits = true;
          this.#conversation.changed();
          await rest(1_000 * Math.min(seconds || 5, 60));
        } else if (status === 0 && failures < PAUSES_MS.length) {
          await rest(PAUSES_MS[failures++]);
        } else {
          Object.assign(message, { failed: true, told: false, status, reason: detail });
          break;
        }
      }
    }
    this.#conversation.changed();
  }

  /** @param {import("./conversation.js").Pending} message */
  async #post({ id, text, choice }, isSecondTry = false) {
    await this.#server.begin();
    this.#started();
    try {
      await this.#server.ask("POST", "/chat/messages", choice ? { id, choice } : { id, text });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401 || isSecondTry) throw error;
      // The chat of before has ended: what was typed begins the next one.
      this.#server.forget();
      await this.#post({ id, text, choice: undefined }, true);
    }
  }
}
