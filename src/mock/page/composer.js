/** The message box: plain messages, commands with suggestions, mentions and replies. */

import { $, el, say } from "/dom.js";
import { send } from "/server.js";
import { missing, understand } from "/typed.js";

const TYPING_PAUSE_MS = 150;

/**
 * Starts the box. `context()` gives `{me, channel, commands, botName}`; `post(path, body, more)` sends as that member and
 * gives whether it went. Returns what the page may ask of the box.
 */
export function startComposer({ context, post }) {
  const box = $("text");
  const list = $("suggestions");
  let suggestions = [];
  let active = -1;
  let round = 0;
  let pause;
  let replyTo = null;
  let mentioning = false;
  let picked = new Map();

  const understood = () => {
    const { commands, botName } = context();
    return understand(box.value, commands, botName);
  };

  function fit() {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }

  function write(text) {
    box.value = text;
    fit();
    showUsage();
    suggest([]);
    box.focus();
  }

  function suggest(found, first = -1) {
    suggestions = found;
    list.replaceChildren(...found.map(suggestionElement));
    list.hidden = found.length === 0;
    if (found.length > 0 && first < 0) say(`${found.length} suggestions. Choose with the arrow keys.`);
    choose(first);
  }

  function suggestionElement({ name, detail, pick }, place) {
    const element = el(
      "div",
      { id: `suggestion-${place}`, role: "option", aria: { selected: "false" } },
      el("span", { className: "name" }, name),
      detail ? el("span", { className: "detail" }, detail) : null,
    );
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", pick);
    return element;
  }

  function choose(place) {
    active = place;
    [...list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === place)));
    if (place < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  }

  function showUsage() {
    const typed = understood();
    const usage = $("usage");
    usage.hidden = typed.kind !== "command";
    if (usage.hidden) return;
    const { command, values } = typed;
    const current = values.at(-1)?.option;
    const detail = current ? `${current.name}: ${current.description ?? ""}` : (command.description ?? "");
    usage.replaceChildren(el("strong", {}, `/${command.name}`), ` ${detail}`);
  }

  async function look() {
    const mine = ++round;
    const typed = understood();
    if (typed.kind === "naming") return suggest(commandsStarting(typed.start), 0);
    if (typed.kind === "calling") {
      const name = `@${context().botName}`;
      return suggest([{ name, detail: "Ask here, for everyone to see", pick: () => write(`${name} `) }], 0);
    }
    const current = typed.kind === "command" ? typed.values.at(-1) : undefined;
    if (!current?.option.autocomplete) return suggest([]);
    const { me, channel } = context();
    const asked = { channel, author: me, name: typed.command.name, option: current.option.name, text: current.text };
    try {
      const choices = await send("/mock/autocomplete", asked);
      if (mine === round) suggest((choices ?? []).map((choice) => choiceSuggestion(choice, current)));
    } catch (error) {
      if (mine === round) problem(error.message);
    }
  }

  function commandsStarting(start) {
    const found = context().commands.filter((command) => command.name.startsWith(start));
    return found.map(({ name, description, options = [] }) => ({
      name: [`/${name}`, ...options.map((option) => `${option.name}:`)].join(" "),
      detail: description,
      pick: () => {
        write(options.length > 0 ? `/${name} ` : `/${name}`);
        look();
      },
    }));
  }

  function choiceSuggestion({ name, value }, { option }) {
    const pick = () => {
      const typing = understood().values?.at(-1);
      if (typing?.option !== option) return suggest([]);
      picked.set(option.name, { name, value });
      write(box.value.slice(0, box.value.length - typing.text.length) + name);
    };
    return { name, detail: "", pick };
  }

  /** What Enter would send: the arguments of `post`, null for nothing, or an Error for the person. */
  function outgoing() {
    const { me: author, channel } = context();
    const typed = understood();
    if (typed.kind === "unknown") return new Error(`There is no command /${typed.name}. Type / to see them all.`);
    if (typed.kind === "naming") {
      const command = context().commands.find(({ name }) => name === typed.start);
      if (!command) return new Error(`There is no command /${typed.start}. Type / to see them all.`);
      Object.assign(typed, { kind: "command", command, values: [] });
    }
    if (typed.kind === "command") {
      const { command, values } = typed;
      const lacking = missing(typed);
      if (lacking) return new Error(`/${command.name} needs a ${lacking}: write it after the command.`);
      const options = {};
      const words = values.map(({ text }) => text.trim()).join(" ");
      for (const { option, text } of values.filter((value) => value.text.trim())) {
        const choice = picked.get(option.name);
        options[option.name] = choice?.name === text.trim() ? choice.value : text.trim();
      }
      return ["/mock/commands", { channel, author, name: command.name, options }, { words }];
    }
    const mention = channel !== "dm" && (mentioning || typed.mention === true);
    const content = typed.content ?? box.value.trim();
    if (!content && !mention) return null;
    const body = { channel, author, content };
    if (mention) body.mention_bot = true;
    if (replyTo) body.reply_to = replyTo.id;
    return ["/mock/messages", body];
  }

  async function submit() {
    round += 1;
    clearTimeout(pause);
    const going = outgoing();
    if (going === null) return;
    if (going instanceof Error) return problem(going.message);
    const before = { text: box.value, replyTo, mentioning };
    write("");
    reply(null);
    mention(false);
    if (await post(...going)) {
      picked = new Map();
    } else if (box.value === "") {
      write(before.text);
      reply(before.replyTo);
      mention(before.mentioning);
    }
  }

  function reply(row) {
    replyTo = row;
    $("replying").hidden = row === null;
    $("replying").firstElementChild.textContent = row ? `Replying to ${row.author}` : "";
    if (row) box.focus();
  }

  function mention(on) {
    mentioning = on;
    $("mention").setAttribute("aria-pressed", String(on));
  }

  function onKey(event) {
    if (event.isComposing) return;
    const open = suggestions.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = active < 0 && step < 0 ? 0 : active;
      choose((from + step + suggestions.length) % suggestions.length);
    } else if (open && active >= 0 && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
      const typed = understood();
      const whole = context().commands.find(({ name }) => typed.kind === "naming" && name === typed.start);
      if (event.key === "Enter" && whole && !missing({ command: whole, values: [] })) submit();
      else suggestions[active].pick();
    } else if (event.key === "Enter" && !event.shiftKey) {
      submit();
    } else if (event.key === "Escape" && (open || replyTo)) {
      if (open) suggest([]);
      else reply(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  box.addEventListener("keydown", onKey);
  box.addEventListener("input", () => {
    fit();
    problem("");
    showUsage();
    clearTimeout(pause);
    round += 1;
    choose(-1);
    if (understood().kind === "command") pause = setTimeout(look, TYPING_PAUSE_MS);
    else look();
  });
  box.addEventListener("blur", () => suggest([]));
  $("box").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  $("mention").addEventListener("click", () => {
    mention(!mentioning);
    box.focus();
  });
  $("replying").lastElementChild.addEventListener("click", () => reply(null));
  $("problem").lastElementChild.addEventListener("click", () => problem(""));

  /** Called when member, channel or world changed: what was tied to the place goes, the text stays. */
  function moved() {
    const { me, channel, botName } = context();
    const to = channel === "dm" ? botName : `#${channel}`;
    box.placeholder = `Message ${to}`;
    box.setAttribute("aria-label", `Message ${to} as ${me}. Type / for commands`);
    $("mention").textContent = `@${botName}`;
    $("mention").setAttribute("aria-label", `Mention ${botName}`);
    $("mention").hidden = channel === "dm";
    reply(null);
    suggest([]);
    problem("");
    showUsage();
  }

  return { moved, reply };
}

/** Shows what went wrong beside the box; an empty text takes it away. */
export function problem(text) {
  $("problem").firstElementChild.textContent = text;
  $("problem").hidden = text === "";
}
