/** What a member waits for: replies to commands, and bots that are writing. */

import { later } from "/server.js";
import { isVisible } from "/transcript.js";

const PATIENCE_MS = 15_000;
const TYPING_MS = 10_000;

/** Starts with nothing to wait for. `changed()` is called when what is waited for changes, `late(command)` when none came. */
export function startWaiting({ changed, late }) {
  /** Commands without a reply; and which command a reply answered, by row id. */
  let commands = [];
  const answers = new Map();
  /** Who is writing, by the id of when they said so. */
  const typists = new Map();

  /** Waits for the reply to `{id, where, body, words}`. */
  function wait(command) {
    commands.push(command);
    setTimeout(() => {
      if (!commands.includes(command)) return;
      commands = commands.filter((other) => other !== command);
      late(command);
      changed();
    }, PATIENCE_MS);
  }

  /** Finds the replies that commands were waiting for, and whoever has written. */
  function match(rows) {
    if (commands.length === 0 && typists.size === 0) return;
    for (const row of [...rows.values()].filter((row) => row.bot && !answers.has(row.id))) {
      for (const [id, typist] of typists) {
        if (typist.author === row.author && typist.channel === row.channel && later(row.id, id)) typists.delete(id);
      }
      const command = commands.find(({ id, where }) => {
        if (!later(row.id, id) || !isVisible(row, where)) return false;
        return row.private_to === where.me || !row.reply_to || row.reply_to === id;
      });
      if (!command) continue;
      answers.set(row.id, command);
      commands = commands.filter((other) => other !== command);
    }
  }

  /** Shows for a while that a bot is writing. */
  function typing(typist) {
    typists.set(typist.id, typist);
    setTimeout(() => typists.delete(typist.id) && changed(), TYPING_MS);
    changed();
  }

  /** What is waited for here, in words; empty for nothing. */
  function words(view, botName) {
    if (commands.some(({ where }) => where.me === view.me && where.channel === view.channel)) return `${botName} is thinking…`;
    const names = new Set([...typists.values()].filter((typist) => isVisible(typist, view)).map(({ author }) => author));
    return names.size === 0 ? "" : `${[...names].join(" and ")} ${names.size === 1 ? "is" : "are"} typing…`;
  }

  function clear() {
    commands = [];
    answers.clear();
    typists.clear();
  }

  return { wait, match, typing, words, clear, answeredBy: (row) => answers.get(row.id) };
}
