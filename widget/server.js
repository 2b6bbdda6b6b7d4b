// Requests to the front desk, and the token that names the conversation.

const PATIENCE_MS = 20_000;

/** What nothing else is called; pages without https lack the browser's own function. */
export const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** An answer that is not the one hoped for; status 0 is no answer at all. */
export class Refused extends Error {
  /** @param {number} status @param {string} [detail] @param {number} [seconds] */
  constructor(status, detail = "", seconds = 0) {
    super(`refused: ${status}`);
    this.status = status;
    this.detail = detail;
    this.seconds = seconds;
  }
}

export class Server {
  #kept;
  #url;

  /** @param {string} url @param {ReturnType<import("./storage.js").storage>} kept */
  constructor(url, kept) {
    this.#url = url;
    this.#kept = kept;
  }

  /** @returns {string | null} */
  get token() {
    return this.#kept.get("session")?.token ?? null;
  }

  /** Forgets the conversation on this device. */
  forget() {
    this.#kept.set("session", null);
  }

  /** Begins a conversation if there is none. */
  async begin() {
    if (this.token) return;
    const session = await this.#session(newId());
    // Another tab may have begun one in the meantime: one conversation is enough.
    if (!this.token) this.#kept.set("session", session);
  }

  /** Asks for a new token of the same conversation when the old one is half used up. */
  async renew() {
    const { token, from, expires_at, talk } = this.#kept.get("session") ?? {};
    if (!token || Date.now() < (from + Date.parse(expires_at)) / 2) return;
    const session = await this.#session(talk);
    if (this.token === token) this.#kept.set("session", session);
  }

  /** @param {string} talk stays the same as long as the conversation does */
  async #session(talk) {
    const session = await (await this.ask("POST", "/chat/sessions")).json();
    return { ...session, talk, from: Date.now() };
  }

  /**
   * Sends a request and returns its answer.
   * @param {string} method @param {string} path @param {unknown} [body]
   * @param {RequestInit & { headers?: Record<string, string> }} [options]
   */
  async ask(method, path, body, options = {}) {
    /** @type {Record<string, string>} */
    const headers = { ...options.headers };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const signal = options.signal ?? AbortSignal.timeout(PATIENCE_MS);
    const request = { method, headers, signal, body: body ? JSON.stringify(body) : null };
    const answer = await fetch(this.#url + path, {
      ...request,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-cache",
    }).catch(() => {
      throw new Refused(0);
    });
    if (answer.ok) return answer;
    const { detail } = await answer.json().catch(() => ({}));
    const seconds = Number(answer.headers.get("Retry-After")) || 0;
    throw new Refused(answer.status, typeof detail === "string" ? detail : "", seconds);
  }
}
