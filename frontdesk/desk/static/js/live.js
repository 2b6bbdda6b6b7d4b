// Follows the stream of news. Whatever happens to the line (sleep, a lost network, a
// restart of the desk), the page asks again by itself.
//
// A browser opens only a few lines to one server, so of all tabs one keeps the stream
// and passes its news on to the others.

const SILENCE_MS = 25_000; // the server speaks every 10 seconds
const PAUSE_MS = 3_000;
const PATIENCE_MS = 10_000; // a question on a line that went dead has no answer
const STREAM = "/live";
const LATEST = "/news";

const others = new BroadcastChannel("desk-news");
let report = () => {};
let heardAt = Date.now();
let asking = false;

export function followNews(reporter) {
  report = reporter;
  others.onmessage = (event) => hear(event.data);
  takeTurnsInListening();
  setInterval(askAfterSilence, 5_000);
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", ask);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
}

function takeTurnsInListening() {
  // Without https there are no locks between tabs: then each tab listens itself.
  if (!navigator.locks) {
    listen();
    return;
  }
  navigator.locks.request("desk-stream", () => {
    listen();
    return new Promise(() => {}); // kept until the tab is closed
  });
}

function listen() {
  const stream = new EventSource(STREAM);
  stream.addEventListener("news", (event) => {
    const news = JSON.parse(event.data);
    others.postMessage(news);
    hear(news);
  });
  stream.onerror = () => {
    // The browser tries again by itself, except after a refusal.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE_MS);
    ask();
  };
}

function hear(news) {
  heardAt = Date.now();
  say("");
  report(news);
}

function askAfterSilence() {
  if (Date.now() - heardAt > SILENCE_MS) ask();
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(LATEST, {
      headers: { "X-Background": "1" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.ok) hear(await answer.json());
    else if (answer.status === 401) sayThatSignedOut();
    else say("The desk does not answer as it should. Trying again.");
  } catch {
    say("No connection to the desk. Trying again.");
  } finally {
    asking = false;
  }
}

function sayThatSignedOut() {
  const link = document.createElement("a");
  link.href = "/sign-in";
  link.target = "_blank";
  link.textContent = "Sign in again in a new tab";
  const advice = ". Then copy what you were writing, and reload this page.";
  say("You are signed out. ", link, advice);
}

function say(...parts) {
  const place = document.getElementById("connection");
  const text = parts.map((part) => part.textContent ?? part).join("");
  if (place.textContent !== text) place.replaceChildren(...parts);
}
