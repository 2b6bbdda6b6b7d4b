// Ages such as "5 min" stay true while a page is open; `moments.py` writes them first.
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function keepAgesTrue() {
  setInterval(renew, 20_000);
}

function renew() {
  for (const element of document.querySelectorAll("[data-age]")) {
    const text = age((Date.now() - Date.parse(element.dateTime)) / 1000);
    if (element.textContent !== text) element.textContent = text;
  }
}

function age(seconds) {
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) {
    const minutes = Math.floor((seconds % HOUR) / MINUTE);
    return `${Math.floor(seconds / HOUR)} h ${minutes} min`;
  }
  const days = Math.floor(seconds / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}
