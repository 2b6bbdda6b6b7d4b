// What this tab knows of the conversation: every message once, in the order of the
// front desk's numbers, and what is still on its way to it.

/**
 * @typedef {object} Message
 * @property {number} id
 * @property {"person" | "bot" | "staff" | "notice"} speaker
 * @property {string | null} staff_name
 * @property {string | null} name of the response or notice
 * @property {string} text
 * @property {{ title: string, payload: string }[]} buttons
 * @property {Record<string, any>} metadata
 * @property {string} at
 * @property {string | null} message_id
 * @property {boolean} [danger]
 *
 * @typedef {object} Pending
 * @property {string} id
 * @property {string} text what is shown
 * @property {string} [choice] what is sent instead
 * @property {boolean} [stored] the front desk has it
 * @property {boolean} [waits] because a lot was written in a short time
 * @property {boolean} [failed]
 * @property {boolean} [told] that it waits or failed
 * @property {number} [status]
 * @property {string} [reason]
 *
 * @typedef {{ owner?: string, staff_name?: string | null, waiting_case?: boolean, working?: boolean }} State
 */

export class Conversation extends EventTarget {
  /** @type {Message[]} */
  messages = [];
  /** @type {Pending[]} */
  pending = [];
  /** @type {State} */
  state = {};
  /** What came before was there already: it is no news. */
  isLive = false;
  #kept;

  /** @param {ReturnType<import("./storage.js").storage>} kept of this tab */
  constructor(kept) {
    super();
    this.#kept = kept;
    this.pending = kept.get("pending") ?? [];
  }

  get last() {
    return this.messages.at(-1)?.id ?? 0;
  }

  /** @param {import("./events.js").ServerEvent} event */
  hear({ event, data }) {
    if (event === "message") this.#add(JSON.parse(data));
    if (event === "state") {
      this.state = JSON.parse(data);
      this.isLive = true;
      this.#tell("state");
    }
  }

  /** @param {Message} message */
  #add(message) {
    if (message.id <= this.last) return;
    this.messages.push(message);
    this.#tell("message", message);
    this.settle(message.message_id);
  }

  /** @param {Pending} message */
  send(message) {
    this.pending.push(message);
    this.changed();
  }

  /** A message has arrived, or was given up. @param {string | null} id */
  settle(id) {
    const left = this.pending.filter((one) => one.id !== id);
    if (left.length === this.pending.length) return;
    this.pending = left;
    this.changed();
  }

  /** What is on its way has changed: it outlives a reload. */
  changed() {
    this.#kept.set("pending", this.pending);
    this.#tell("pending");
  }

  /** Another conversation begins. @param {Pending[]} [pending] goes with it */
  reset(pending = []) {
    Object.assign(this, { messages: [], pending, state: {}, isLive: false });
    this.#tell("reset");
    this.changed();
    this.#tell("state");
  }

  /** @param {string} type @param {Message} [detail] */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
