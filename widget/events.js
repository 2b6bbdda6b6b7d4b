// Server-sent events, read from a stream of bytes that is cut anywhere.

/** @typedef {{ event: string, data: string }} ServerEvent */

/**
 * Yields each event that has data; `heard` is called for every sign of life.
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} heard
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* events(body, heard) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  /** @type {ServerEvent} */
  let next = { event: "message", data: "" };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true });
      // A carriage return at the very end may be half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = /** @type {string} */ (lines.pop());
      for (const line of lines) {
        if (line) read(line, next);
        else {
          if (next.data) yield { ...next, data: next.data.slice(0, -1) };
          next = { event: "message", data: "" };
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} line @param {ServerEvent} next */
function read(line, next) {
  const [, field, value] = /** @type {string[]} */ (/^([^:]*):? ?(.*)$/s.exec(line));
  if (field === "event") next.event = value;
  if (field === "data") next.data += `${value}\n`;
}
