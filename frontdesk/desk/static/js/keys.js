// Shortcuts; `shortcuts.py` explains them. Never while staff write or choose something.
export function enterKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (KEYS[event.key]?.()) event.preventDefault();
  });
}

function isWriting(element) {
  return element.matches?.("input, textarea, select, [contenteditable]");
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => focus(document.getElementById("text")),
  q: () => {
    if (!document.getElementById("conversation")) return false;
    location.assign("/");
    return true;
  },
  "?": () => {
    const list = document.getElementById("shortcuts");
    list.open = !list.open;
    return true;
  },
};

function move(step) {
  const entries = [...document.querySelectorAll("[data-entry]")];
  const now = entries.indexOf(document.activeElement);
  const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), entries.length - 1);
  return focus(entries[next]);
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}
