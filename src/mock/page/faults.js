/** The panel of faults: what is to go wrong, what was done about it, and how it ended. */

import { $, button, el } from "/dom.js";
import { Lost, readCondition, send, sleep } from "/server.js";

const LOOK_MS = 200;
const BACK_MS = 60_000;
const BEFALL_MS = 600_000;
const ANSWER_MS = 20_000;
const FREEZE_MS = 5000;
/** How long a second answer may take. */
const AGAIN_MS = 3000;
/** How many faults are told of. */
const KEPT = 20;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What can go wrong: what to press, what is ordered, what is said of it, and how its end is found. */
const FAULTS = {
  "The connection": [
    ["Close it (4000)", { close: 4000 }, "The connection was closed with code 4000.", back],
    ["Drop it", { drop: true }, "The line was cut without a word.", back],
    ["Ask to reconnect", { reconnect: true }, "The bot was asked to connect anew and resume.", back],
    ["End the session", { invalidate: false }, "The bot was told that its session is over.", back],
    ["Freeze for 5 s", { freeze_ms: FREEZE_MS }, "For 5 s nothing is sent or read.", thawed],
  ],
  "The next requests": [
    ["500, twice", { status: 500, times: 2 }, "The bot’s next 2 requests are answered with 500.", befallen],
    ["429", { status: 429 }, "The bot’s next request is one too many (429, wait 1 s).", befallen],
    ["Answer 2 s late", { delay_ms: 2000 }, "The answer to the bot’s next request takes 2 s.", befallen],
    ["Cut the line", { cut: true }, "The bot’s next request gets no answer.", befallen],
  ],
  "The next message": [["Deliver it twice", { repeat: 1 }, "The next message is delivered twice.", repeated]],
};

/** Draws the panel; `botName()` names the bot. Of what it gives, `heard()` is to be called for each new message of the bot. */
export function startFaults({ botName }) {
  let heard = 0;

  async function order([label, wish, done, end]) {
    const told = el("p", { className: "done" }, done);
    const ended = el("p", { className: "end" }, "…");
    const log = $("faults-log");
    const [since, before] = [performance.now(), heard];
    const scene = { bot: botName(), since, heard: () => heard - before, progress: (text) => ended.replaceChildren(text) };
    try {
      scene.condition = await readCondition();
      await send("/mock/faults", wish);
      log.prepend(el("li", {}, el("strong", {}, label), told, ended));
      while (log.children.length > KEPT) log.lastElementChild.remove();
      // The end may be far off; the button must not wait for it.
      end(scene).catch(trouble).then((text) => ended.replaceChildren(text));
    } catch (error) {
      log.prepend(el("li", {}, el("strong", {}, label), el("p", { className: "end" }, trouble(error))));
    }
  }

  const groups = Object.entries(FAULTS).map(([name, faults]) => {
    const buttons = faults.map((fault) => button(fault[0], () => order(fault)));
    return el("fieldset", {}, el("legend", {}, name), ...buttons);
  });
  $("faults-list").replaceChildren(...groups);
  return { heard: () => (heard += 1) };
}

/** What to say when it can't be told how a fault ended. */
function trouble(error) {
  if (error instanceof Lost) return "The local Discord stopped before it ended.";
  return error.message;
}

/** Looks until `found` gives something, which is given; null when it takes longer than this. */
async function look(found, patience) {
  for (const until = performance.now() + patience; performance.now() < until; await sleep(LOOK_MS)) {
    const result = found(await readCondition());
    if (result) return result;
  }
  return null;
}

const connected = ({ sessions }) => sessions.filter(({ connection }) => connection !== null);

/** The logins and returns since, once there are as many as were connected before. A bot may log in anew on the same line. */
function renewed(before, now) {
  const one = ({ session, connection }) => `${session} ${connection}`;
  const old = new Set(connected(before).map(one));
  const fresh = connected(now).filter((login) => !old.has(one(login)));
  return fresh.length >= old.size ? fresh : null;
}

async function back({ condition, bot, since }) {
  if (connected(condition).length === 0) return "No bot is connected, so nothing was disturbed.";
  const fresh = await look((now) => renewed(condition, now), BACK_MS);
  if (fresh === null) return `${bot} has not come back within a minute. Its log may say why.`;
  const known = new Set(condition.sessions.map(({ session }) => session));
  const resumed = fresh.every(({ session }) => known.has(session));
  const how = resumed
    ? "resumed its session, so it hears what happened meanwhile."
    : "logged in anew; what happened meanwhile it never hears.";
  return `${bot} was back after ${seconds(since)} and ${how}`;
}

async function thawed(scene) {
  const moved = await look((now) => renewed(scene.condition, now), FREEZE_MS);
  if (moved || connected(scene.condition).length === 0) return back(scene);
  return `It is over, and ${scene.bot} is still connected.`;
}

async function befallen({ condition, bot, heard, progress }) {
  progress("Waiting for the next request: ask something.");
  const over = await look(({ requests }) => requests <= condition.requests, BEFALL_MS);
  if (!over) return "No request came in ten minutes.";
  progress(`It happened. Waiting for ${bot} to get through…`);
  const through = await look(() => heard() > 0, ANSWER_MS);
  return through ? `It happened, and ${bot} got through all the same.` : `It happened, and ${bot} said nothing since.`;
}

async function repeated({ bot, heard, progress }) {
  progress(`Waiting for the next message: mention ${bot}.`);
  const over = await look(({ repeat }) => repeat === 0, BEFALL_MS);
  if (!over) return "No message came in ten minutes.";
  await look(() => heard() > 0, ANSWER_MS);
  await sleep(AGAIN_MS);
  const times = ["said nothing", "answered once"][heard()] ?? `answered ${heard()} times`;
  return `It was delivered twice, and ${bot} ${times}.`;
}
