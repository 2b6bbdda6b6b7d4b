// A fact as a card: the verdict as a word in a shape, the answer, its state of review.
import { icon, make } from "./dom.js";
import { fill, plain, safeAddress, textOf } from "./text.js";

/**
 * @typedef {import("./conversation.js").Message} Message
 * @typedef {import("./message.js").Surroundings} Surroundings
 */

/** @type {Record<string, Parameters<typeof icon>[0]>} */
const SHAPE_OF = {
  myth: "cross",
  mostly_myth: "cross",
  it_depends: "depends",
  mostly_fact: "check",
  fact: "check",
  info: "about",
};

/** What the text begins with when the label says it already. */
const LEAD = /^(Myth|Mostly myth|It depends|Mostly fact|Fact)\. /;

/** @param {Message} message @param {string} id @param {Surroundings} here */
export function card(message, id, here) {
  const { verdict, claim, topic, review } = message.metadata;
  const { words } = here;
  const label = words.verdicts[verdict] ?? words.verdicts.info;
  const text = textOf(message, plain(message.text).replace(LEAD, ""), `${id}-said`);
  const page = `${here.server}/facts/${encodeURIComponent(topic)}`;
  return make(
    "div.card",
    { id },
    make("p.verdict", { "data-verdict": verdict }, icon(SHAPE_OF[verdict] ?? "about"), label),
    claim &&
      make("p.claim", {}, `${words.claim}: `, make("q", { lang: "en", dir: "auto" }, plain(claim))),
    text,
    make("p.review", {}, reviewOf(review, here)),
    topic && make("p.review", {}, outside(page, words.fact_page, words)),
  );
}

/** @param {Record<string, string | null> | undefined} review @param {Surroundings} here */
function reviewOf(review, { words, language }) {
  if (review?.status !== "reviewed") return words.draft;
  const day = new Date(`${review.reviewed_on}T12:00`);
  const date = day.toLocaleDateString(language, { dateStyle: "long" });
  return fill(words.reviewed, { name: review.reviewed_by, date });
}

/** @param {Message} message @param {string} id @param {Surroundings} here */
export function sources(message, id, { words }) {
  const items = message.metadata.sources.map((/** @type {any} */ source) => {
    const address = safeAddress(source.url);
    const name = plain(source.citation);
    return make("li", { lang: "en", dir: "auto" }, address ? outside(address, name, words) : name);
  });
  return make("div.card", { id }, make("p.verdict", {}, words.sources), make("ul.sources", {}, ...items));
}

/** @param {string} address @param {string} name @param {Record<string, any>} words */
function outside(address, name, words) {
  return make(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer nofollow" },
    name,
    make("span.unseen", {}, ` ${words.new_window}`),
  );
}
