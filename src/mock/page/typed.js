/** What the text in the box stands for. Text in, values out. */

/**
 * One of
 * `{kind: "naming", start}` a command whose name is being typed,
 * `{kind: "command", command, values: [{option, text}]}` a command with its options (the last one is being typed),
 * `{kind: "unknown", name}` a command that nobody registered,
 * `{kind: "calling", start}` the bot's name after an `@`, being typed,
 * `{kind: "message", content, mention}` a plain message.
 */
export function understand(text, commands, botName) {
  const [, name, gap, rest] = /^\/(\S*)(\s*)([^]*)$/.exec(text) ?? [];
  if (name !== undefined) {
    if (gap === "") return { kind: "naming", start: name.toLowerCase() };
    const command = commands.find((known) => known.name === name.toLowerCase());
    return command ? { kind: "command", command, values: readValues(command, rest) } : { kind: "unknown", name };
  }
  const at = `@${botName}`.toLowerCase();
  const start = text.toLowerCase();
  if (/^@\S*$/.test(text) && at.startsWith(start) && start !== at) return { kind: "calling", start };
  const mention = start.startsWith(at) && !/^[\p{L}\p{N}]/u.test(text.slice(at.length));
  const content = mention ? text.slice(at.length).replace(/^[\s,:]+/, "") : text;
  return { kind: "message", content: content.trim(), mention };
}

/** Values as Discord writes them, `name: text`; what stands before the first name belongs to the first option. */
function readValues(command, rest) {
  const options = command.options ?? [];
  if (options.length === 0) return [];
  const names = new RegExp(`(?:^|\\s)(${options.map((option) => option.name).join("|")}):[ \\t]*`, "iu");
  const [before, ...named] = rest.split(names);
  const values = before.trim() || named.length === 0 ? [{ option: options[0], text: before }] : [];
  for (let place = 0; place < named.length; place += 2) {
    const option = options.find((known) => known.name === named[place].toLowerCase());
    values.push({ option, text: named[place + 1] });
  }
  return values;
}

/** The name of the first option that must have a text and has none, or undefined. */
export function missing({ command, values }) {
  const given = new Set(values.filter(({ text }) => text.trim()).map(({ option }) => option.name));
  return (command.options ?? []).find((option) => option.required && !given.has(option.name))?.name;
}
