// Elements, made without markup: whatever anybody wrote is set as text.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element: `make("p.quiet", { lang: "en" }, "text")`.
 * Attributes beginning with "on" are listeners.
 * @param {string} kind
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {any}
 */
export function make(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  set(element, attributes);
  element.append(.../** @type {Node[]} */ (children.filter(Boolean)));
  return element;
}

/**
 * Sets attributes and returns the element; null and false remove them.
 * @template {Element} T
 * @param {T} element
 * @param {Record<string, any>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value == null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/**
 * A button; `type` keeps it from sending a form.
 * @param {string} label
 * @param {(event: Event) => void} act
 * @param {string} [kind]
 */
export function button(label, act, kind = "button") {
  return make(kind, { type: "button", onclick: act }, label);
}

const SHAPES = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  more: "M4.5 12h1M11.5 12h1M18.5 12h1",
  send: "M4 12h15M13 6l6 6-6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  cross: "M8 8l8 8M16 8l-8 8M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20",
  check: "M7 12.5l3.5 3.5L17 9M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20",
  depends: "M12 1.5L22.5 12L12 22.5L1.5 12zM8.5 10.5h7M8.5 14h7",
  about: "M4 4h16v16H4zM12 11v5M12 8h.01",
  alert: "M12 3l10 18H2zM12 10v5M12 18h.01",
};

/**
 * A drawing beside words; screen readers skip it.
 * @param {keyof typeof SHAPES} name
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  set(drawing, { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  set(path, { d: SHAPES[name] });
  drawing.append(path);
  return drawing;
}
