// <ketamine-facts-chat>: fetches what the chat needs from its server, and begins it.
import { begin } from "./chat.js";
import { colorsFrom } from "./colors.js";
import { storage } from "./storage.js";

const AGAIN_MS = 10_000;

export class KetamineFactsChat extends HTMLElement {
  /** @type {import("./panel.js").Panel | null} */
  #panel = null;

  async connectedCallback() {
    if (this.shadowRoot || this.#panel) return;
    // Closed: scripts of the page do not come upon what is written here by chance.
    const root = this.attachShadow({ mode: "closed" });
    for (const type of ["keydown", "keyup", "keypress", "input"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    const server = String(this.getAttribute("server"));
    const kept = storage("localStorage", server);
    const [config, css] = await Promise.all([
      fetched(`${server}/chat/config`, kept),
      fetched(`${server}/widget/widget.css`, kept),
    ]);
    const language = languageOf(this.getAttribute("language"), config.languages);
    const words = await fetched(`${server}/widget/languages/${language}.json`, kept);
    const style = await new CSSStyleSheet().replace(css);
    root.adoptedStyleSheets = [style];
    this.lang = language;
    this.#look(config.appearance);
    const logo = this.getAttribute("logo") ?? config.appearance.logo;
    this.#panel = begin(root, { server, kept, config, words, language, logo });
    if (this.hasAttribute("open")) this.#panel.open(false);
  }

  /** Opens the chat; to be called when somebody has pressed something. */
  open() {
    this.#panel?.open(true);
  }

  close() {
    this.#panel?.close();
  }

  /** @param {{ color: string, position: string }} defaults */
  #look({ color, position }) {
    const colors = colorsFrom(this.getAttribute("color") ?? "") ?? colorsFrom(color);
    for (const [name, value] of Object.entries(colors ?? {})) this.style.setProperty(name, value);
    if (!this.hasAttribute("position")) this.setAttribute("position", position);
  }
}

/** @param {string | null} wanted @param {string[]} offered */
function languageOf(wanted, offered) {
  const asked = [wanted, ...navigator.languages].map((one) => one?.slice(0, 2).toLowerCase());
  return asked.find((one) => one && offered.includes(one)) ?? offered[0];
}

/**
 * A file of the server; the one of last time while the server cannot be reached.
 * @param {string} address @param {ReturnType<typeof storage>} kept
 */
async function fetched(address, kept) {
  for (;;) {
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (answer.status === 403) console.error(await answer.text());
      if (!answer.ok) throw new Error(address);
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      const content = await (isJson ? answer.json() : answer.text());
      kept.set(address, content);
      return content;
    } catch {
      const before = kept.get(address);
      if (before) return before;
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}
