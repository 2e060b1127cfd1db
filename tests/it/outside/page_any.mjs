// A person at the page of the local Discord, with a bot that isn't pamphlet: it writes, shows a form, a menu and buttons.
import * as discord from "discord.js";

const [token] = others;
const { Client, Events, GatewayIntentBits, MessageFlags, TextInputStyle } = discord;
const { Guilds, GuildMessages } = GatewayIntentBits;
const client = new Client({ intents: [Guilds, GuildMessages], rest: { api: `${address}/api` } });
const row = (...parts) => ({ type: 1, components: parts });
const field = (label) => row({ type: 4, custom_id: label, label, style: TextInputStyle.Short, required: true });
const controls = [
  row({ type: 3, custom_id: "colour", placeholder: "Choose a colour", options: [{ label: "Blue", value: "b" }] }),
  row({ type: 2, custom_id: "one", label: "One", style: 1 }, { type: 2, custom_id: "two", label: "Two", style: 4 }),
];
const commands = [
  { name: "report", description: "Shows a form" },
  { name: "controls", description: "Shows controls" },
];
let finish;
client.once(Events.ClientReady, () => client.application.commands.set(commands));
client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return;
  await message.channel.sendTyping();
  await new Promise((written) => (finish = written));
  await message.channel.send("written");
});
client.on(Events.InteractionCreate, (used) => {
  const say = (content) => used.reply({ content, flags: MessageFlags.Ephemeral });
  if (used.isModalSubmit()) return say(`Why: ${used.fields.getTextInputValue("Why")}`);
  if (used.isButton()) return say(`pressed ${used.customId}`);
  if (used.isStringSelectMenu()) return say(`chose ${used.values}`);
  if (used.commandName === "controls") return used.reply({ content: "Some controls", components: controls });
  return used.showModal({ custom_id: "report", title: "Report a mistake", components: [field("Why"), field("Where")] });
});
await client.login(token);

const wide = await open(WIDE, "?as=sam&in=general");
const { page } = wide;
await page.locator("#notice").waitFor({ state: "hidden" });
assert.equal(await page.getByRole("button", { name: "Reasons" }).count(), 0, "nobody here can tell reasons");

await type(page, "/report");
const form = page.getByRole("dialog", { name: "Report a mistake" });
await form.getByLabel("Why").fill("It is <b>out of date</b>");
await look(wide, "form");
await form.getByLabel("Where").fill("the second line");
await form.getByLabel("Where").press("Enter");
await form.waitFor({ state: "hidden" });
await answer(wide, 0, "Why: It is <b>out of date</b>", "Only you can see this");

await type(page, "/controls");
const shown = await answer(wide, 1, "Some controls");
for (const [place, label] of ["One", "Two"].entries()) {
  await shown.getByRole("button", { name: label, exact: true }).click();
  await answer(wide, 2 + place, `pressed ${label.toLowerCase()}`, "Only you can see this");
}
await shown.locator("summary", { hasText: "Choose a colour" }).click();
await shown.getByRole("button", { name: "Blue" }).click();
await answer(wide, 4, "chose b", "Only you can see this");

await become(wide, "alex");
assert.equal(await wide.answers.count(), 1, "alex sees what was said to sam alone");
await type(page, `hello there`);
const thinking = page.locator("#thinking");
await thinking.getByText(/^bot-\d+ is typing…$/).waitFor();
await page.locator("#channels [data-channel=questions]").click();
assert.equal(await thinking.isVisible(), false, "nobody writes in another channel");
await page.locator("#channels [data-channel=general]").click();
await thinking.getByText(/is typing…$/).waitFor();
finish();
await answer(wide, 1, "written");
await thinking.waitFor({ state: "hidden" });

// A bot whose line is cut comes back on its own.
await page.getByRole("button", { name: "Faults", exact: true }).click();
await page.getByRole("button", { name: "Ask to reconnect" }).click();
await page.locator("#faults-log").getByText(/ was back after \d+\.\d s and resumed its session/).waitFor();

await client.destroy();
await close();
// discord.js leaves timers behind that would hold the process up.
process.exit();
