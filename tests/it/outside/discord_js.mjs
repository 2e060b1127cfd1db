// A bot as one writes it with discord.js. Only `api` points it at the local Discord.
import { Client, Events, GatewayIntentBits, MessageFlags } from "discord.js";

const [address, token] = process.argv.slice(1);
const { Guilds, GuildMessages } = GatewayIntentBits;
const client = new Client({ intents: [Guilds, GuildMessages], rest: { api: `${address}/api` } });

client.once(Events.ClientReady, () => client.application.commands.set([{ name: "ping", description: "Answers" }]));
client.on(Events.MessageCreate, (message) => message.author.bot || message.reply(`heard ${message.content}`));
client.on(Events.InteractionCreate, (command) => command.reply({ content: "pong", flags: MessageFlags.Ephemeral }));
await client.login(token);
