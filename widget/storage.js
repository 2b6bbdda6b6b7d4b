// What this browser keeps: the token of the conversation, and how far it was read. Where
// a browser refuses to keep anything, it is kept until the page is left.

/** @type {Map<string, string>} */
const memory = new Map();

/**
 * @param {"localStorage" | "sessionStorage"} kind
 * @param {string} place names the server, so that two chats do not mix
 */
export function storage(kind, place) {
  const full = (/** @type {string} */ name) => `ketamine-facts ${place} ${name}`;
  return {
    /** @param {string} name */
    get(name) {
      try {
        return JSON.parse(window[kind].getItem(full(name)) ?? "null");
      } catch {
        return JSON.parse(memory.get(full(name)) ?? "null");
      }
    },
    /** @param {string} name @param {unknown} value null forgets it */
    set(name, value) {
      const text = JSON.stringify(value);
      try {
        window[kind].setItem(full(name), text);
      } catch {
        memory.set(full(name), text);
      }
    },
    /**
     * Tells of changes that other tabs make.
     * @param {string} name @param {(before: any, after: any) => void} tell
     */
    watch(name, tell) {
      window.addEventListener("storage", ({ key, oldValue, newValue }) => {
        if (key !== full(name) && key !== null) return;
        tell(JSON.parse(oldValue ?? "null"), JSON.parse(newValue ?? "null"));
      });
    },
  };
}
