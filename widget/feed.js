// The line to the front desk. It is opened again whenever it ends, and what was said in
// the meantime comes first, because each time it is told what was the last that came.
import { events } from "./events.js";
import { Refused } from "./server.js";

const SILENCE_MS = 40_000; // the front desk gives a sign of life every 15 seconds
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 15_000;
const HIDDEN_MS = 60_000; // a browser opens only a few lines: unseen tabs give theirs back

/**
 * @typedef {object} Ear
 * @property {() => number} last the number of the last message that came
 * @property {(event: import("./events.js").ServerEvent) => void} hear
 * @property {(isUp: boolean) => void} connected
 * @property {() => void} ended this conversation is not known any more
 */

export class Feed {
  #server;
  #ear;
  /** @type {AbortController | null} */
  #line = null;
  #runs = false;
  #isHidden = false;
  #heardAt = 0;
  #wake = () => {};

  /** @param {import("./server.js").Server} server @param {Ear} ear */
  constructor(server, ear) {
    this.#server = server;
    this.#ear = ear;
    let hiding = 0;
    for (const sign of ["online", "pageshow", "focus"]) {
      window.addEventListener(sign, () => this.#hurry());
    }
    window.addEventListener("offline", () => this.#line?.abort());
    document.addEventListener("visibilitychange", () => {
      clearTimeout(hiding);
      this.#isHidden = false;
      if (document.hidden) hiding = setTimeout(() => this.#hide(), HIDDEN_MS);
      else this.#hurry();
    });
    setInterval(() => {
      if (Date.now() - this.#heardAt > SILENCE_MS) this.#line?.abort();
    }, 5_000);
  }

  /** To be called when there is a conversation to follow. */
  start() {
    if (this.#runs) this.#hurry();
    else this.#run();
    this.#runs = true;
  }

  /** Begins anew, for another conversation. */
  restart() {
    this.#line?.abort();
    this.start();
  }

  async #run() {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const began = Date.now();
      if (!this.#server.token) this.#ear.connected(true);
      else if (!this.#isHidden) await this.#follow();
      if (Date.now() - began > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
      const isIdle = !this.#server.token || this.#isHidden;
      const woken = await this.#rest(isIdle ? 2 ** 30 : pause * (0.5 + Math.random()));
      pause = woken ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  async #follow() {
    this.#line = new AbortController();
    const { signal } = this.#line;
    try {
      this.#heardAt = Date.now();
      await this.#server.renew();
      const headers = { "Last-Event-ID": String(this.#ear.last()) };
      const answer = await this.#server.ask("GET", "/chat/events", undefined, { headers, signal });
      this.#ear.connected(true);
      const body = /** @type {ReadableStream<Uint8Array>} */ (answer.body);
      for await (const event of events(body, () => (this.#heardAt = Date.now()))) {
        if (signal.aborted) break;
        this.#ear.hear(event);
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) this.#ear.ended();
    }
    this.#line = null;
    if (!this.#isHidden && this.#server.token) this.#ear.connected(false);
  }

  /** @param {number} ms @returns {Promise<boolean>} whether it was cut short */
  #rest(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  #hide() {
    this.#isHidden = true;
    this.#line?.abort();
  }

  /** Somebody is looking, or the network is back: no more waiting. */
  #hurry() {
    if (Date.now() - this.#heardAt > SILENCE_MS / 2) this.#line?.abort();
    if (!this.#line) this.#wake();
  }
}
