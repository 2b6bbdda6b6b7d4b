// Tells staff what is new: in the title, by sound, and to screen readers.
import { playSound } from "./sound.js";

let known = byId(JSON.parse(document.getElementById("tools").dataset.news));

export function reportNews(news) {
  showCount(news.waiting);
  const entries = byId(news);
  for (const entry of entries.values()) tell(entry, known.get(entry.id));
  known = entries;
  document.body.dispatchEvent(new CustomEvent("desk:changed"));
}

function byId(news) {
  return new Map(news.entries.map((entry) => [entry.id, entry]));
}

function showCount(waiting) {
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

function tell(entry, before) {
  const text = describe(entry, before);
  if (!text) return;
  announce("polite", text);
  playSound(entry.urgent, `${entry.id} ${entry.mark}`);
}

function describe(entry, before) {
  if (!before) return entry.urgent ? "New urgent case" : "New case";
  if (entry.urgent && !before.urgent) return "A case has become urgent";
  if (entry.waits && !before.waits) return "A case is waiting again";
  const isForMe = entry.mine || entry.waits;
  if (isForMe && entry.unread && entry.mark > before.mark) return "New message in a case";
  return "";
}

const unsaid = { polite: [], assertive: [] };

export function announce(how, text) {
  const place = document.getElementById(how);
  // Emptied first, so that the same words are read out again; what comes meanwhile is
  // read with it.
  place.textContent = "";
  if (unsaid[how].push(text) > 1) return;
  setTimeout(() => {
    place.textContent = unsaid[how].join(". ");
    unsaid[how] = [];
  }, 100);
}
