// How much has come that nobody has seen, in any tab.

export class Unread {
  #kept;
  #panel;

  /** @param {ReturnType<import("./storage.js").storage>} kept @param {import("./panel.js").Panel} panel */
  constructor(kept, panel) {
    this.#kept = kept;
    this.#panel = panel;
  }

  /** @param {import("./conversation.js").Message[]} messages */
  count(messages) {
    const read = this.#kept.get("read") ?? 0;
    const fresh = messages.filter((one) => one.id > read && one.speaker !== "person");
    const isSeen = this.#panel.isOpen && !document.hidden;
    if (isSeen && fresh.length) this.#kept.set("read", messages.at(-1)?.id);
    this.#panel.showUnread(isSeen ? 0 : fresh.length);
  }

  forget() {
    this.#panel.showUnread(0);
  }
}
