// A bot on discord.js that does a bit of everything. Only `api` points it at the local Discord.
import {
  ActionRowBuilder, ApplicationCommandOptionType as Option, ApplicationCommandType as Menu, ButtonBuilder, ButtonStyle,
  ChannelType, Client, EmbedBuilder, Events, GatewayIntentBits, LabelBuilder, MessageFlags, ModalBuilder, Partials,
  StringSelectMenuBuilder, TextInputBuilder, TextInputStyle,
} from "discord.js";

const [address, token, shards = "0/1"] = process.argv.slice(1);
const [shardIds, shardCount] = shards.split("/");
const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const client = new Client({
  intents: [Guilds, GuildMessages, DirectMessages, MessageContent],
  partials: [Partials.Channel], // direct messages come from channels that aren't known yet
  shards: shardIds.split(",").map(Number),
  shardCount: Number(shardCount),
  rest: { api: `${address}/api` },
});

const privately = (content) => ({ content, flags: MessageFlags.Ephemeral });
const file = (name, text) => ({ name, attachment: Buffer.from(text) });
const needed = (name, type, more) => ({ name, type, description: `The ${name}`, required: true, ...more });

const press = new ButtonBuilder().setCustomId("press").setLabel("Press me").setStyle(ButtonStyle.Primary);
const pick = new StringSelectMenuBuilder()
  .setCustomId("pick")
  .setPlaceholder("Pick one")
  .addOptions({ label: "A", value: "a" }, { label: "B", value: "b" });
const why = new TextInputBuilder().setCustomId("why").setStyle(TextInputStyle.Short);
const report = new ModalBuilder()
  .setCustomId("report")
  .setTitle("Report")
  .addLabelComponents(new LabelBuilder().setLabel("Why").setTextInputComponent(why));

const commands = [
  { name: "ping", description: "Answers privately", run: (command) => command.reply(privately("pong")) },
  {
    name: "ask",
    description: "Repeats a question",
    options: [needed("question", Option.String, { autocomplete: true })],
    complete: (typed) => [typed, `${typed}?`].filter(Boolean), // no empty one
    run: (command) => command.reply(`asked: ${command.options.getString("question")}`),
  },
  {
    name: "types",
    description: "Takes an option of every kind",
    options: [
      needed("count", Option.Integer),
      needed("share", Option.Number),
      needed("flag", Option.Boolean),
      needed("who", Option.User),
      needed("where", Option.Channel),
      needed("role", Option.Role),
    ],
    run(command) {
      const get = (name) => command.options.get(name);
      const plain = ["count", "share", "flag"].map((name) => get(name).value);
      const named = [get("who").user.username, get("where").channel.name, get("role").role.name];
      return command.reply([...plain, ...named].join(" "));
    },
  },
  {
    name: "faq",
    description: "Knows the answers",
    options: [{ name: "topics", description: "Tells the topics", type: Option.Subcommand }],
    run: (command) => command.reply(`faq ${command.options.getSubcommand()}`),
  },
  {
    name: "choose",
    description: "Shows a button and a menu",
    run(command) {
      const components = [press, pick].map((part) => new ActionRowBuilder().addComponents(part));
      return command.reply({ content: "choose", components });
    },
  },
  { name: "form", description: "Shows a form", run: (command) => command.showModal(report) },
  {
    name: "later",
    description: "Takes its time",
    async run(command) {
      await command.deferReply();
      await command.editReply("done");
      const more = await command.followUp("and this");
      await command.editReply({ message: more, content: "and that" });
    },
  },
  {
    name: "gone",
    description: "Takes its answer back",
    async run(command) {
      await command.reply("soon gone");
      await command.deleteReply();
    },
  },
  {
    name: "file",
    description: "Answers with a file",
    run: (command) => command.reply({ content: "a file", files: [file("notes.txt", "hello")] }),
  },
  { name: "Quote", type: Menu.Message, run: (menu) => menu.reply(privately(`> ${menu.targetMessage.content}`)) },
  { name: "Greet", type: Menu.User, run: (menu) => menu.reply(`hello ${menu.targetUser.username}`) },
];

const parts = {
  press: (button) => button.update({ content: "pressed", components: [] }),
  pick: (menu) => menu.reply(privately(`picked ${menu.values[0]}`)),
  report: (form) => form.reply(privately(`because: ${form.fields.getTextInputValue("why")}`)),
};

async function answer(message, content) {
  const { author, channel, guild } = message;
  switch (content) {
    case "hello":
      return message.reply("heard hello");
    case "edit":
      return (await channel.send("before")).edit("after");
    case "delete":
      return (await channel.send("soon gone")).delete();
    case "file":
      return channel.send({ content: "two files", files: [file("one.txt", "1"), file("two.txt", "2")] });
    case "embed":
      return channel.send({ embeds: [new EmbedBuilder().setTitle("Title").setDescription("Text")] });
    case "burst":
      for (let i = 1; i <= 8; i++) await channel.send(`${i}`);
      return;
    case "dm":
      return author.send("in private");
    case "thread":
      return (await message.startThread({ name: "aside" })).send("in here");
    case "history": {
      const last = await channel.messages.fetch({ limit: 2 });
      return channel.send(last.reverse().map((one) => one.content).join(" then "));
    }
    case "react":
      return message.react("👀");
    case "typing":
      await channel.sendTyping();
      return channel.send("typed");
    case "empty":
      return channel.send({ content: "" }).catch((error) => channel.send(`refused ${error.code}`));
    case "channels": {
      const texts = (await guild.channels.fetch()).filter(({ type }) => type === ChannelType.GuildText);
      return channel.send(texts.sort((a, b) => a.rawPosition - b.rawPosition).map(({ name }) => name).join(" "));
    }
    case "member": {
      const { user, roles } = await guild.members.fetch({ user: author, force: true });
      const names = roles.cache.filter((role) => role !== guild.roles.everyone).map(({ name }) => name);
      return channel.send(`${user.username} ${names.join(",") || "none"}`);
    }
    default:
      if (/^number \d+$/.test(content)) return message.reply(content);
  }
}

client.once(Events.ClientReady, () => client.ws.shards.has(0) && client.application.commands.set(commands));
client.on(Events.Error, console.error);
client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return;
  if (!message.inGuild()) return message.reply(`heard ${message.content}`);
  return answer(message, message.content.replace(/<@[!&]?\d+>/g, "").trim());
});
client.on(Events.InteractionCreate, async (interaction) => {
  const command = commands.find(({ name }) => name === interaction.commandName);
  if (interaction.isAutocomplete()) {
    const choices = command.complete(interaction.options.getFocused());
    return interaction.respond(choices.map((text) => ({ name: text, value: text })));
  }
  return interaction.isCommand() ? command.run(interaction) : parts[interaction.customId](interaction);
});
await client.login(token);
