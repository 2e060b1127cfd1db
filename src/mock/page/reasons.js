/** The panel of reasons: what the bot decided on each message that was put to it, and why. */

import { $, arrange, el } from "/dom.js";
import { later, send, timeOf } from "/server.js";

/** How many messages are told of. */
export const KEPT = 50;

/** Starts with nothing told. */
export function startReasons() {
  /** What was put to the bot, by its id. */
  const told = new Map();
  let view = { me: "", channel: "" };

  /**
   * Tells of a message: `{id, author, channel, way, text}`, with `repliedTo`, the bot's message that it replies to, and
   * `byMenu` when it is somebody else's, on which a menu was used. `closed` when only its author may know of it.
   */
  async function tell(message) {
    if (told.has(message.id)) return;
    const entry = { ...message, element: element(message) };
    told.set(message.id, entry);
    if (told.size > KEPT) told.delete(told.keys().next().value);
    const { text, repliedTo } = message;
    const body = repliedTo === undefined ? { text } : { text, replied_to: repliedTo };
    const before = message.byMenu ? [] : earlier(message);
    try {
      const reasons = await send("/mock/explanations", { ...body, before });
      entry.element.querySelector(".why").replaceChildren(...story(reasons.text));
    } catch (error) {
      entry.element.querySelector(".why").replaceChildren(el("p", {}, error.message));
    }
  }

  /** What the same member put to the bot in the same place before. */
  function earlier({ id, author, channel }) {
    const here = [...told.values()].filter((other) => other.author === author && other.channel === channel);
    const before = here.filter((other) => later(id, other.id));
    return before.map(({ id: own, text, byMenu }) => ({ text, ago_ms: Math.max(0, timeOf(id) - timeOf(own)), by_menu: byMenu }));
  }

  /** Shows what may be known here, the newest first. */
  function draw(to) {
    view = to;
    const mayKnow = ({ author, closed }) => author === view.me || !closed;
    const here = [...told.values()].filter((entry) => entry.channel === view.channel && mayKnow(entry));
    here.sort((one, other) => (later(one.id, other.id) ? -1 : 1));
    const list = $("reasons-list");
    const newest = here[0]?.element;
    if (newest && newest !== list.firstElementChild) {
      for (const { element } of here) element.firstElementChild.open = element === newest;
    }
    arrange(list, here.map(({ element }) => element));
    $("reasons-none").hidden = here.length > 0;
  }

  function forget(id) {
    told.delete(id);
  }

  return { tell, draw, forget, clear: () => told.clear() };
}

/** A message with room for its reasons. */
function element({ author, way, text }) {
  const asked = el("strong", {}, text || "(nothing)");
  const head = el("summary", {}, asked, el("span", {}, `${author} · ${way}`));
  return el("li", {}, el("details", {}, head, el("div", { className: "why" }, el("p", {}, "…"))));
}

/** The lines of a story: the decision, then its reasons, with what is numbered as a list. */
function story(text) {
  const parts = [];
  for (const line of text.split("\n").filter(Boolean)) {
    const [, numbered] = /^\d+\. (.*)$/.exec(line) ?? [];
    if (numbered === undefined) {
      parts.push(el("p", {}, ...marked(line)));
    } else {
      if (parts.at(-1)?.tagName !== "OL") parts.push(el("ol", {}));
      parts.at(-1).append(el("li", {}, ...marked(numbered)));
    }
  }
  return parts;
}

/** A line whose `names` stand out. */
function marked(line) {
  return line.split("`").map((part, place) => (place % 2 === 1 ? el("code", {}, part) : part));
}
