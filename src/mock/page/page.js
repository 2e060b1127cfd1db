/** The page of the local Discord: whom one is, where one is, and what one sees there. */

import { problem, startComposer } from "/composer.js";
import { $, arrange, button, el, say } from "/dom.js";
import { startFaults } from "/faults.js";
import { openForm } from "/form.js";
import { offerReasons, openDrawer, startFrame } from "/frame.js";
import { putByCommand, putByMessage } from "/put.js";
import { KEPT, startReasons } from "/reasons.js";
import { Lost, follow, followTyping, later, readWorld, send, untilReady } from "/server.js";
import { continues, isVisible, message, plainText } from "/transcript.js";
import { startWaiting } from "/waiting.js";

const LOST = "The local Discord has stopped. This page goes on when it is started again.";
const COMMAND = 1;
const MESSAGE_COMMAND = 3;
const TOPICS = {
  general: "Talk about anything",
  questions: "Ask the bot",
  moderators: "For moderators",
};

const asked = new URLSearchParams(location.search);
const view = { me: asked.get("as") ?? "sam", channel: asked.get("in") ?? "questions" };
let world = { server: { name: "" }, members: [], channels: [], bots: [], introduction: null, explains: false };
/** Every row by id, as last reported. */
let rows = new Map();
/** Drawn messages by row id, with what they were drawn from. */
const drawn = new Map();
/** Private replies that were put away, by row id. */
const dismissed = new Set();
/** Whether a row is of the server that is shown, or of a direct message. */
const isHere = ({ server }) => server === null || server === world.server.name;

/** The last row seen, by member and channel; `seenAtStart` holds for places never visited. */
const seen = new Map();
let seenAtStart = "0";

const bot = () => world.bots[0];
const botName = () => bot()?.name ?? "the bot";
const commands = (type) => (bot()?.commands ?? []).filter((command) => (command.type ?? COMMAND) === type);
const channels = () => [...world.channels.map(({ name }) => name), "dm"];
const parentOf = (channel) => world.channels.find(({ name }) => name === channel)?.parent ?? null;
const title = (channel) => (channel === "dm" ? "Direct message" : channel);
const context = () => ({ ...view, commands: commands(COMMAND), botName: botName() });
const place = ({ me, channel }) => `${me}/${channel}`;

function visibleRows(where) {
  const visible = [...rows.values()].filter((row) => isVisible(row, where) && !dismissed.has(row.id));
  return visible.sort((one, other) => (later(one.id, other.id) ? 1 : -1));
}

// ---- what a member does ----

/** Sends; tells what went wrong beside the box. `words` are what a command was asked. Gives whether it went. */
async function post(path, body, { method, words = "" } = {}) {
  const where = { ...view };
  try {
    const answer = await send(path, body, method);
    problem("");
    if (path === "/mock/commands" && answer?.id) used({ id: answer.id, where, body, words });
    return true;
  } catch (error) {
    problem(error.message);
    return false;
  }
}

/** Waits for the reply to a command, and tells why it is what it is. */
function used(command) {
  waiting.wait(command);
  waiting.match(rows);
  explain(putByCommand(command, { rows, asks: world.introduction?.command }));
  draw();
}

const waiting = startWaiting({
  changed: () => draw(),
  late: ({ body }) => problem(`${botName()} did not answer /${body.name}. Its log may say why.`),
});
const reasons = startReasons();
const faults = startFaults({ botName });

/** Tells the reasons of what was put to the bot, where somebody knows them. */
function explain(put) {
  if (world.explains && put) reasons.tell(put);
}

const act = {
  click: (row, label, values) => {
    const body = { message: row.id, author: view.me, label };
    return post("/mock/clicks", values ? { ...body, values } : body);
  },
  apply: (row, name) => post("/mock/commands", { channel: row.channel, author: view.me, name, target: row.id }),
  remove: async (row) => {
    if (await post(`/mock/messages/${row.id}`, undefined, { method: "DELETE" })) $("text").focus();
  },
  reply: (row) => composer.reply(row),
  enter: (channel) => go({ channel }),
  dismiss: (row) => {
    dismissed.add(row.id);
    draw();
    $("text").focus();
  },
  openForm: (row) => {
    openForm(row, async (fields) => {
      await send("/mock/forms", { form: row.form.id, author: view.me, fields });
      act.dismiss(row);
    });
  },
};

const composer = startComposer({ context, post });

/** Sends an example with the command that it is meant for. */
function ask(name, example) {
  go({ channel: "questions" });
  const option = commands(COMMAND).find((command) => command.name === name)?.options?.[0]?.name;
  const options = option ? { [option]: example } : {};
  return post("/mock/commands", { channel: "questions", author: view.me, name, options }, { words: example });
}

// ---- where one is ----

function go(to) {
  Object.assign(view, to);
  const query = new URLSearchParams({ as: view.me, in: view.channel });
  history.replaceState(null, "", `?${query}`);
  openDrawer(false);
  composer.moved();
  drawPlace();
  draw({ toEnd: true });
}

function drawPlace() {
  const { me, channel } = view;
  document.title = `${channel === "dm" ? "" : "#"}${title(channel)} · A local Discord`;
  $("place").textContent = title(channel);
  $("place").classList.toggle("dm", channel === "dm");
  $("topic").textContent = channel === "dm" ? `Between ${me} and ${botName()}` : (TOPICS[channel] ?? threadOf(channel));
  $("me").textContent = me;
  const moderator = world.members.find(({ name }) => name === me)?.moderator ?? false;
  $("roles").textContent = moderator ? " · Moderators" : "";
  $("intro-title").textContent = channel === "dm" ? `Your direct message with ${botName()}` : `Welcome to #${channel}`;
  $("intro-text").textContent =
    channel === "dm"
      ? `Just write. Only ${me} and ${botName()} read what is written here.`
      : (world.introduction?.text ?? "Bots that connect to this local Discord can be tried here.");
  const names = world.members.map(({ name }) => name);
  $("members").replaceChildren(...(names.includes(me) ? names : [me, ...names]).map(memberSwitch));
}

/** What was said of the bot before it came: which command to try, and with what. */
function drawIntroduction() {
  $("server").textContent = world.server.name;
  $("try").hidden = world.introduction === null;
  if (world.introduction === null) return;
  const { command, examples } = world.introduction;
  $("try-command").textContent = `/${command}`;
  const items = examples.map((example) => el("li", {}, button(example, () => ask(command, example))));
  $("examples").replaceChildren(...items);
}

function memberSwitch(name) {
  const radio = el("input", { type: "radio", name: "member", value: name, checked: name === view.me });
  radio.addEventListener("change", () => {
    go({ me: name });
    $("members").querySelector(":checked").focus();
  });
  return el("label", {}, radio, el("span", {}, name));
}

function channelButton(channel) {
  const here = channel === view.channel;
  const last = visibleRows({ ...view, channel }).at(-1);
  const unread = !here && last && later(last.id, seen.get(place({ ...view, channel })) ?? seenAtStart);
  const kind = channel === "dm" ? "✉" : parentOf(channel) ? "↳" : "#";
  const mark = el("span", { className: "mark", aria: { hidden: "true" } }, kind);
  const fresh = unread ? el("span", { className: "unread" }, el("span", { className: "unseen" }, "unread")) : null;
  const element = el("button", { type: "button", data: { channel } }, mark, title(channel), fresh);
  if (here) element.setAttribute("aria-current", "page");
  element.addEventListener("click", () => {
    go({ channel });
    if (matchMedia("(hover: hover)").matches) $("text").focus();
  });
  return el("li", {}, element);
}

const threadOf = (channel) => (parentOf(channel) ? `A thread in ${parentOf(channel)}` : "");

// ---- what one sees ----

function referenceOf(row) {
  const command = waiting.answeredBy(row);
  if (command) {
    const { author, name, target } = command.body;
    const words = row.private_to === author ? command.words : "";
    return { author, text: `used ${target ? name : `/${name}`}${words && `: ${words}`}` };
  }
  const target = rows.get(row.reply_to);
  if (target?.deleted) return { text: "The message it replied to was deleted" };
  if (!target || !isVisible(target, view)) return null;
  return { author: target.author, text: plainText(target).slice(0, 160), jump: () => jump(target.id) };
}

function jump(id) {
  const target = drawn.get(id)?.element;
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

/** The message of a row, made anew only when something it shows has changed. */
function elementOf(row, above) {
  const reference = referenceOf(row);
  const compact = reference === null && continues(row, above);
  const menu = commands(MESSAGE_COMMAND).map(({ name }) => name);
  const from = JSON.stringify([row, view.me, compact, reference, menu]);
  const old = drawn.get(row.id);
  if (old?.from === from) return old.element;
  const element = message(row, { me: view.me, compact, reference, commands: menu, act });
  drawn.set(row.id, { element, from });
  return element;
}

function draw({ toEnd = false } = {}) {
  const scroller = $("scroller");
  const list = $("messages");
  const last = list.lastElementChild;
  const atEnd = !last || last.getBoundingClientRect().top < scroller.getBoundingClientRect().bottom;
  const focused = document.activeElement?.closest?.(".message") && document.activeElement;
  const visible = visibleRows(view);
  arrange(list, visible.map((row, at) => elementOf(row, visible[at - 1])));
  if (focused && !focused.isConnected) keepFocus(focused);

  const waits = waiting.words(view, botName());
  $("thinking").hidden = waits === "";
  $("thinking").textContent = waits;
  reasons.draw(view);
  if (visible.length > 0) seen.set(place(view), visible.at(-1).id);
  drawChannels();

  const grown = list.lastElementChild !== last;
  if (toEnd || (atEnd && (grown || waits))) scrollToLast();
  else if (grown && last) $("latest").hidden = false;
}

function drawChannels() {
  const focused = document.activeElement?.dataset?.channel;
  $("channels").replaceChildren(...channels().map(channelButton));
  if (focused) $("channels").querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
}

/** A message that was drawn anew gives the focus back to the same control, or takes it itself. */
function keepFocus(focused) {
  const element = drawn.get(focused.closest(".message").dataset.id)?.element;
  const controls = [...(element?.querySelectorAll("button, summary") ?? [])];
  (controls.find((control) => control.textContent === focused.textContent) ?? element)?.focus();
}

/** Shows the end; of a message taller than the page, its beginning. */
function scrollToLast() {
  const scroller = $("scroller");
  const end = scroller.scrollHeight - scroller.clientHeight;
  const last = $("messages").lastElementChild;
  scroller.scrollTop = last ? Math.min(end, last.offsetTop - 12) : end;
  $("latest").hidden = true;
}

// ---- what the local Discord says ----

function start(found) {
  world = found;
  rows = new Map();
  drawn.clear();
  waiting.clear();
  reasons.clear();
  seen.clear();
  $("lost").hidden = true;
  drawIntroduction();
  offerReasons(world.explains);
  go({ channel: channels().includes(view.channel) ? view.channel : channels()[0] });
  if (!bot()?.commands?.length) waitForBot();
}

async function waitForBot() {
  const notice = $("notice");
  notice.textContent = "The bot is still connecting. Its commands appear in a moment.";
  notice.hidden = false;
  try {
    await untilReady();
    world = await readWorld();
    composer.moved();
    drawPlace();
    draw();
  } catch (error) {
    // When the address does not answer, `follow` notices too, says so, and starts anew.
    if (!(error instanceof Lost)) throw error;
  } finally {
    notice.hidden = true;
  }
}

function take(all, first) {
  const changed = all.filter(isHere);
  const fresh = changed.filter((row) => !rows.has(row.id));
  for (const row of changed) rows.set(row.id, row);
  if (first) seenAtStart = changed.reduce((most, row) => (later(row.id, most) ? row.id : most), "0");
  waiting.match(rows);
  for (const row of changed.filter(({ deleted }) => deleted)) reasons.forget(row.id);
  // Rows come by their last change, and what was put to the bot goes by its time.
  const puts = fresh.map((row) => putByMessage(row, { rows, bot: bot() })).filter(Boolean);
  puts.sort((one, other) => (later(one.id, other.id) ? 1 : -1));
  puts.slice(-KEPT).forEach(explain);
  draw({ toEnd: first || fresh.some((row) => row.author === view.me && isVisible(row, view)) });
  if (first) return;
  const named = changed.flatMap(({ channel, thread }) => [channel, thread]).filter(Boolean);
  if (named.some((name) => !channels().includes(name))) readAgain();
  fresh.filter(({ bot }) => bot).forEach(faults.heard);
  for (const row of fresh.filter((row) => isVisible(row, view))) {
    if (row.author !== view.me) say(`${row.author}${row.private_to ? ", only you can see this" : ""}: ${plainText(row)}`);
    if (row.form) act.openForm(row);
  }
}

/** Reads again who and what is there: a thread was started. */
async function readAgain() {
  try {
    world = await readWorld();
    drawPlace();
    draw();
  } catch (error) {
    // `follow` notices too, and says so.
    if (!(error instanceof Lost)) throw error;
  }
}

function lost() {
  $("lost").textContent = LOST;
  $("lost").hidden = false;
}

startFrame();
$("latest").addEventListener("click", scrollToLast);
$("scroller").addEventListener("scroll", ({ target }) => {
  if (target.scrollHeight - target.clientHeight - target.scrollTop < 40) $("latest").hidden = true;
});
if (matchMedia("(hover: hover)").matches) $("text").focus();
follow({ start, rows: take, lost });
followTyping((typist) => isHere(typist) && waiting.typing(typist));
