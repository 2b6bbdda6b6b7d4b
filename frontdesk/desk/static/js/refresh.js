// Parts of a page are renewed in place. What staff are writing, what they have unfolded
// and how far they have scrolled stays; new messages of the person are announced.
import { announce } from "./news.js";

let inBackground = false;
let wasAtEnd = true;
let focused = "";

export function keepWhatIsBeingWritten() {
  const body = document.body;
  body.addEventListener("htmx:configRequest", markBackground);
  body.addEventListener("htmx:beforeSwap", (event) => {
    inBackground = isBackground(event);
    wasAtEnd = isAtEnd(scroller());
    focused = document.activeElement.id;
  });
  body.addEventListener("htmx:afterSwap", () => {
    // What was moved to another place has lost the focus.
    if (focused && document.activeElement === body) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    if (wasAtEnd) scrollToEnd();
    announceNewLines();
  });
  body.addEventListener("htmx:sendError", (event) => explain(event, 0));
  body.addEventListener("htmx:timeout", (event) => explain(event));
  body.addEventListener("htmx:responseError", (event) => explain(event, event.detail.xhr.status));
  const callbacks = window.Idiomorph.defaults.callbacks;
  callbacks.beforeNodeMorphed = (old) => !isKept(old);
  callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details"));
  for (const line of personLines()) announced.add(line.id);
  scrollToEnd();
}

function markBackground(event) {
  const { triggeringEvent, headers, parameters } = event.detail;
  if (triggeringEvent?.type !== "desk:changed") return;
  headers["X-Background"] = "1";
  parameters.looking = String(document.hasFocus());
}

export function isBackground(event) {
  return "X-Background" in event.detail.requestConfig.headers;
}

function isKept(node) {
  const keep = node.dataset?.keep;
  return keep === "" || (keep === "refresh" && inBackground);
}

const PROBLEMS = {
  0: "This was not sent: there is no connection to the desk. Try again.",
  401: "You are signed out, so this was not sent. Sign in in a new tab, copy your text, and reload this page.",
  403: "This page is from an earlier sign-in, so this was not sent. Copy your text and reload this page.",
};
const OTHER_PROBLEM =
  "The desk did not confirm this. Your text is still here: press the button again. Nothing is sent twice.";

function explain(event, status) {
  const place = document.getElementById("reply-problem");
  if (isBackground(event) || !place) return;
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.textContent = PROBLEMS[status] ?? OTHER_PROBLEM;
  place.replaceChildren(problem);
}

const announced = new Set();

function personLines() {
  return [...document.querySelectorAll(".line[data-speaker=person]")];
}

function scroller() {
  return document.getElementById("scroller");
}

function isAtEnd(element) {
  return !element || element.scrollHeight - element.scrollTop - element.clientHeight < 40;
}

function scrollToEnd() {
  const element = scroller();
  if (element) element.scrollTop = element.scrollHeight;
}

function announceNewLines() {
  for (const line of personLines()) {
    if (announced.has(line.id)) continue;
    announced.add(line.id);
    const isDanger = "danger" in line.dataset;
    const how = isDanger ? "assertive" : "polite";
    const lead = isDanger ? "Danger. New message from the person: " : "New message from the person: ";
    announce(how, lead + (line.querySelector(".text")?.textContent ?? ""));
  }
}
