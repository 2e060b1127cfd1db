/** What was put to the bot, as the panel of reasons tells of it. Rows in, values out; null for what asks nothing. */

/** A question that was put with a command or from a menu; `asks` is the command that takes questions. */
export function putByCommand({ id, where, body, words }, { rows, asks }) {
  const target = rows.get(body.target);
  if (!target && body.name !== asks) return null;
  const put = { id, author: where.me, channel: where.channel, closed: true };
  if (target) return { ...put, way: body.name, text: target.content, byMenu: true };
  return { ...put, way: `/${body.name}`, text: words, byMenu: false };
}

/** A message that mentions the bot, replies to it, or was sent to it alone. */
export function putByMessage(row, { rows, bot }) {
  if (row.bot || row.deleted || !bot) return null;
  const mark = `<@${bot.id}>`;
  const direct = row.channel === "dm";
  const mentions = row.content.includes(mark);
  const target = rows.get(row.reply_to);
  const replies = Boolean(target?.bot) && target.author === bot.name;
  // In a channel a bot can't read a reply to its answer to a command, of which there is no row.
  const readable = replies && (!target.reply_to || rows.has(target.reply_to));
  if (!direct && !mentions && !readable) return null;
  const { id, author, channel } = row;
  const text = row.content.replaceAll(mark, " ").trim();
  const put = { id, author, channel, text, byMenu: false, closed: direct };
  if (replies) return { ...put, way: "reply", repliedTo: target.content };
  return { ...put, way: direct ? "direct message" : "mention" };
}
