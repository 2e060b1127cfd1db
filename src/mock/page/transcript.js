/** A row of the transcript as the message that a member sees. */

import { button, el } from "/dom.js";
import { timeOf } from "/server.js";

const COLOURS = 6;

/** The plain text of a row, for a reference line or a screen reader. */
export function plainText(row) {
  if (row.html === undefined) return row.content;
  const template = document.createElement("template");
  template.innerHTML = row.html;
  return template.content.textContent.replace(/\s+/g, " ").trim();
}

/** Whether `me` sees the row in `channel`. */
export function isVisible(row, { me, channel }) {
  if (row.deleted || row.channel !== channel) return false;
  if (row.private_to && row.private_to !== me) return false;
  return channel !== "dm" || !row.dm_with || row.dm_with === me;
}

/** Whether the row continues the one above it: same author, within five minutes, nothing between. */
export function continues(row, above) {
  if (!above || above.author !== row.author || row.reply_to || row.private_to || above.private_to) return false;
  return timeOf(row.id) - timeOf(above.id) < 300_000;
}

/**
 * The message. `reference` is the line above it or null: `{text, author?, jump?}`. `commands` are the names of the
 * message menu. `act` performs: click, reply, apply, remove, dismiss, openForm.
 */
export function message(row, { me, compact, reference, commands, act }) {
  const names = ["message"];
  if (compact) names.push("compact");
  if (row.private_to) names.push("private");
  return el(
    "li",
    { className: names.join(" "), tabIndex: -1, data: { id: row.id, author: row.author } },
    reference && referenceLine(reference),
    avatar(row),
    el("div", { className: "body" }, byline(row), content(row), files(row), reactions(row), controls(row, act), thread(row, act), privacy(row, act)),
    row.private_to ? null : menu(row, me, commands, act),
  );
}

function avatar(row) {
  const colour = [...row.author].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS;
  const data = { colour: row.bot ? "bot" : String(colour) };
  return el("span", { className: "avatar", data, aria: { hidden: "true" } }, row.author.slice(0, 1).toUpperCase());
}

function byline(row) {
  const time = timeOf(row.id);
  const today = time.toDateString() === new Date().toDateString();
  const shown = time.toLocaleString([], today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" });
  return el(
    "p",
    { className: "byline" },
    el("strong", {}, row.author),
    row.bot ? el("span", { className: "badge" }, "BOT") : null,
    el("time", { dateTime: time.toISOString(), title: time.toLocaleString() }, shown),
  );
}

function content(row) {
  if (row.html === undefined) return el("div", { className: "content plain" }, row.content);
  const element = el("div", { className: "content" });
  element.innerHTML = row.html;
  return element;
}

function files(row) {
  if (row.files.length === 0) return null;
  return el("ul", { className: "files", aria: { label: "Files" } }, ...row.files.map((name) => el("li", {}, name)));
}

function reactions(row) {
  if (row.reactions.length === 0) return null;
  return el("ul", { className: "files", aria: { label: "Reactions" } }, ...row.reactions.map((emoji) => el("li", {}, emoji)));
}

function thread(row, act) {
  if (!row.thread) return null;
  return el("p", { className: "thread" }, button(`Thread: ${row.thread}`, () => act.enter(row.thread)));
}

function referenceLine({ text, author, jump }) {
  const words = [author ? el("strong", {}, author) : null, text];
  if (!jump) return el("p", { className: "reference" }, ...words);
  const unseen = (words) => el("span", { className: "unseen" }, words);
  const line = el("button", { type: "button" }, unseen("In reply to "), ...words, unseen(". Go to that message"));
  line.addEventListener("click", jump);
  return el("p", { className: "reference" }, line);
}

function controls(row, act) {
  const selects = row.selects.map((select) => choice(row, select, act));
  const buttons = row.buttons.map((label) => button(label, () => act.click(row, label)));
  if (row.form) buttons.push(button(row.form.title, () => act.openForm(row)));
  if (selects.length + buttons.length === 0) return null;
  const label = `Buttons of ${row.author}’s message`;
  return el("div", { className: "controls", role: "group", aria: { label } }, ...selects, ...buttons);
}

function choice(row, select, act) {
  const menu = el("details", { className: "choice" }, el("summary", {}, select.label));
  const options = select.options.map((option) =>
    el("li", {}, button(option.label, () => {
      menu.open = false;
      return act.click(row, select.label, [option.value]);
    })),
  );
  menu.append(el("ul", {}, ...options));
  menu.addEventListener("toggle", () => menu.open && menu.scrollIntoView({ block: "nearest" }));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  return menu;
}

function privacy(row, act) {
  if (!row.private_to) return null;
  return el(
    "p",
    { className: "privacy" },
    "Only you can see this · ",
    button("Dismiss", () => act.dismiss(row)),
  );
}

function menu(row, me, commands, act) {
  const items = [button("Reply", () => act.reply(row))];
  if (!row.bot) items.push(...commands.map((name) => button(name, () => act.apply(row, name))));
  if (row.author === me) items.push(button("Delete", () => act.remove(row), { className: "danger" }));
  const label = `Actions on ${row.author}’s message`;
  return el("div", { className: "actions", role: "group", aria: { label } }, ...items);
}
