// The top of the chat: whose it is, who one is talking to, and what can be done with it.
import { button, icon, make } from "./dom.js";
import { Menu } from "./menu.js";
import { fill, safeAddress } from "./text.js";

/**
 * @param {import("./chat.js").Begun} begun
 * @param {ReturnType<import("./deeds.js").deeds>} doing
 * @param {() => void} close
 */
export function header({ words, config, logo }, doing, close) {
  const status = make("p.status", { role: "status" });
  const leave = button(words.leave, () => doing.leave(), "button.leave");
  const menu = new Menu(words.menu, [
    [words.download, doing.download],
    [words.print, doing.print],
    [words.clear, doing.clear],
    [words.delete, doing.delete],
  ]);
  const closer = button("", close, "button.plain");
  closer.append(icon("close"));
  closer.ariaLabel = closer.title = words.close;
  const address = safeAddress(logo);
  const image = address && make("img", { src: address, alt: "", referrerpolicy: "no-referrer" });
  const title = make("h2", {}, config.clinic.name);
  return {
    list: menu.list,
    element: make("header", {}, image, make("div.who", {}, title, status, leave), menu.toggle, closer),
    /** @param {import("./conversation.js").State} state */
    show({ owner, staff_name: name, waiting_case: isWaiting }) {
      const isHuman = owner === "human";
      const text = isHuman ? words.with_staff : isWaiting ? words.with_staff_soon : words.with_assistant;
      status.textContent = fill(text, { name });
      leave.textContent = isHuman ? words.leave : words.stop_waiting;
      leave.hidden = !isHuman && !isWaiting;
    },
  };
}
