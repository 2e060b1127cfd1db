/** The local Discord's control interface: what the page sends and what it follows. */

/** Nobody answers at the address. */
export class Lost extends Error {}

/** The local Discord said no; the message is meant for the person. */
export class Refused extends Error {}

const DISCORD_EPOCH_MS = 1420070400000n;
const POLL_MS = 25_000;
const ANSWER_MS = 15_000;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether the first id was given out after the second. */
export const later = (id, other) => BigInt(id) > BigInt(other);

/** When a snowflake was given out. */
export const timeOf = (id) => new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS));

async function request(path, options = {}, timeout = ANSWER_MS) {
  try {
    return await fetch(path, { ...options, signal: AbortSignal.timeout(timeout) });
  } catch {
    throw new Lost("The local Discord did not answer.");
  }
}

async function read(path, timeout) {
  const response = await request(path, {}, timeout);
  const value = response.ok ? await response.json().catch(() => null) : null;
  if (value === null) throw new Lost(`The local Discord answered ${response.status}.`);
  return value;
}

/** Sends one thing that a member does; gives the answer, or throws `Refused` or `Lost`. */
export async function send(path, body, method = "POST") {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const response = await request(path, { method, headers, body: JSON.stringify(body) });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(answer?.error ?? `The local Discord refused this (${response.status}).`);
  return answer;
}

/** Members, channels, bots and their commands. */
export const readWorld = () => read("/mock/world");

/** How bots and faults stand at this moment. */
export const readCondition = () => read("/mock/condition");

/** Waits until a bot is connected and its commands are registered. */
export async function untilReady() {
  for (;;) {
    const response = await request(`/mock/ready?wait_ms=${POLL_MS}`, {}, POLL_MS + ANSWER_MS);
    if (response.ok) return;
    if (response.status !== 408) throw new Lost(`The local Discord answered ${response.status}.`);
    await sleep(500);
  }
}

/**
 * Follows the transcript for ever. `start(world)` at the beginning and after each lost connection (what was known
 * before is then void), `rows(changed, first)` for each batch, `lost()` when nobody answers.
 */
export async function follow({ start, rows, lost }) {
  for (let failures = 0; ; failures += 1) {
    try {
      const world = await readWorld();
      const known = await read("/mock/transcript?html=1&after=0");
      failures = 0;
      start(world);
      rows(known, true);
      let after = newest(known, "0");
      for (;;) {
        const changed = await read(
          `/mock/transcript?html=1&after=${after}&wait_ms=${POLL_MS}`,
          POLL_MS + ANSWER_MS,
        );
        after = newest(changed, after);
        if (changed.length > 0) rows(changed, false);
        else await sleep(200);
      }
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      lost();
      await sleep(Math.min(500 * 2 ** failures, 8000));
    }
  }
}

/** Follows for ever which bots are writing, as long as the page is seen. */
export async function followTyping(take) {
  for (let after = "0"; ; ) {
    if (document.hidden) await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
    try {
      const typists = await read(`/mock/typing?after=${after}&wait_ms=${POLL_MS}`, POLL_MS + ANSWER_MS);
      after = typists.reduce((most, { id }) => (later(id, most) ? id : most), after);
      typists.forEach(take);
      if (typists.length === 0) await sleep(200);
    } catch (error) {
      // `follow` tells the person; whoever starts next begins with other ids.
      if (!(error instanceof Lost)) throw error;
      after = "0";
      await sleep(2000);
    }
  }
}

function newest(rows, after) {
  return rows.reduce((most, row) => (later(row.changed, most) ? row.changed : most), after);
}
