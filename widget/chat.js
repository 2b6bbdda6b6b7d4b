// Puts the parts together: what is heard, what is shown, what is sent.
import { Announcer } from "./announcer.js";
import { banner } from "./banner.js";
import { CallbackForm } from "./callback.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { deeds } from "./deeds.js";
import { Feed } from "./feed.js";
import { header } from "./header.js";
import { helpLine } from "./help.js";
import { speakerOf } from "./message.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { Pinned } from "./pinned.js";
import { Server } from "./server.js";
import { storage } from "./storage.js";
import { fill, plain } from "./text.js";
import { Transcript } from "./transcript.js";
import { Unread } from "./unread.js";
import { isSaidAbove, welcome } from "./welcome.js";

const AT_ONCE_MS = 100;

/**
 * @typedef {object} Begun
 * @property {string} server its address
 * @property {ReturnType<typeof storage>} kept by this browser
 * @property {any} config what the server tells (frontdesk/visitors/config.py)
 * @property {Record<string, any>} words
 * @property {string} language
 * @property {string} logo
 */

/** @param {ShadowRoot} root @param {Begun} begun @returns {Panel} */
export function begin(root, begun) {
  const { kept, config, words, language } = begun;
  const ofTab = storage("sessionStorage", begun.server);
  const server = new Server(begun.server, kept);
  const conversation = new Conversation(ofTab);
  let formTimer = 0;
  const inPanel = new Announcer();
  const onPage = new Announcer();
  const toWriting = () => composer.focus();
  const send = (/** @type {string} */ text) => outbox.send(text);

  const composer = new Composer(words, config.longest_text, send);
  const form = new CallbackForm(words, send, toWriting);
  const pinned = new Pinned(words, config.help);
  const here = {
    words,
    language,
    server: begun.server,
    choose: (/** @type {string} */ title, /** @type {string} */ payload) =>
      outbox.send(title, payload),
  };
  const intro = welcome(begun, (text) => {
    send(text);
    toWriting();
  });
  const transcript = new Transcript(here, intro.element, form.element, toWriting);
  const line = banner(begun, (text) => announce(text));
  const doing = deeds({ ...begun, server, conversation, transcript, place: inPanel.element, announce: (text) => announce(text), renew });
  const head = header(begun, doing, () => panel.close());
  const help = helpLine(words, config.help, () => send(words.person_text));
  const parts = [head.element, help, head.list, line.element, pinned.element, transcript.element];
  const panel = new Panel(words, config.clinic.name, opened, ...parts, composer.element, inPanel.element);
  const unread = new Unread(kept, panel);
  const feed = new Feed(server, {
    last: () => conversation.last,
    hear: (event) => conversation.hear(event),
    connected: (isUp) => line.show(isUp),
    ended,
  });
  const outbox = new Outbox(server, conversation, () => feed.start());

  /** @param {string} text @param {boolean} [isUrgent] */
  function announce(text, isUrgent) {
    (panel.isOpen ? inPanel : onPage).say(text, isUrgent);
  }

  /** @param {boolean} isOpen @param {boolean} byHand */
  function opened(isOpen, byHand) {
    ofTab.set("open", isOpen);
    unread.count(conversation.messages);
    if (!isOpen) return;
    transcript.show();
    if (byHand) composer.focus();
  }

  /** After all that comes at once: a question is not always the first of it. */
  function updateForm() {
    clearTimeout(formTimer);
    formTimer = setTimeout(() => {
      form.update(conversation.messages, Boolean(conversation.state.working));
      transcript.follow();
    }, AT_ONCE_MS);
  }

  /** The token names nobody any more: what is written next begins a new conversation. */
  function ended() {
    server.forget();
    transcript.notice(words.ended);
  }

  /** Another conversation begins. @param {import("./conversation.js").Pending[]} [pending] */
  function renew(pending) {
    conversation.reset(pending);
    feed.restart();
  }

  conversation.addEventListener("message", (event) => {
    const { detail: message } = /** @type {CustomEvent} */ (event);
    intro.begun();
    if (!isSaidAbove(message, conversation.messages, config)) {
      const item = transcript.add(message);
      if (message.danger) pinned.show(message, item);
    }
    updateForm();
    unread.count(conversation.messages);
    if (!conversation.isLive || message.speaker === "person") return;
    const values = { speaker: speakerOf(message, words), text: plain(message.text) };
    announce(fill(words.said, values), Boolean(message.danger));
  });
  conversation.addEventListener("pending", () => {
    if (conversation.pending.length) intro.begun();
    transcript.showPending(conversation.pending, {
      retry: (message) => outbox.retry(message),
      discard: (message) => conversation.settle(message.id),
      why: (message) => doing.whyNotSent(message),
    });
    const failed = conversation.pending.find((one) => (one.failed || one.waits) && !one.told);
    if (!failed) return;
    failed.told = true;
    announce(doing.whyNotSent(failed), true);
  });
  conversation.addEventListener("state", () => {
    head.show(conversation.state);
    transcript.showWriting(Boolean(conversation.state.working));
    updateForm();
  });
  conversation.addEventListener("reset", () => {
    transcript.clear();
    pinned.hide();
    form.hide();
    intro.again();
    unread.forget();
  });
  kept.watch("session", (before, after) => {
    // A new token of the same conversation changes nothing; what was typed is not lost.
    if (before?.talk !== after?.talk) renew(conversation.pending.filter((one) => !one.stored));
  });
  document.addEventListener("visibilitychange", () => unread.count(conversation.messages));
  kept.watch("read", () => unread.count(conversation.messages));

  root.append(panel.launcher, panel.element, onPage.element);
  head.show(conversation.state);
  conversation.changed();
  outbox.work();
  if (server.token) feed.start();
  if (ofTab.get("open")) panel.open(false);
  return panel;
}
