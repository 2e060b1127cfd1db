"""A bot on discord.py that does a bit of everything. Only two addresses point it at the local Discord."""

import io
import logging
import re
import sys

import discord
import yarl
from discord import Interaction, app_commands, ui

address, token, shards = (*sys.argv[1:], "0/1")[:3]
shard_ids, shard_count = shards.split("/")
discord.http.Route.BASE = f"{address}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address).with_scheme("ws")


class Bot(discord.AutoShardedClient):
    def __init__(self):
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True),
            shard_ids=[int(shard) for shard in shard_ids.split(",")],
            shard_count=int(shard_count),
        )
        self.tree = app_commands.CommandTree(self)
        self.registered = False

    async def setup_hook(self):
        self.add_view(Choose())

    async def on_ready(self):
        if 0 in self.shard_ids and not self.registered:
            self.registered = True
            await self.tree.sync()

    async def on_message(self, message):
        if message.author.bot:
            return
        if message.guild:
            await answer(message, re.sub(r"<@[!&]?\d+>", "", message.content).strip())
        else:
            await message.reply(f"heard {message.content}")


bot = Bot()
tree = bot.tree


def file(name, text):
    return discord.File(io.BytesIO(text.encode()), name)


@tree.command(description="Answers privately")
async def ping(interaction: Interaction):
    await interaction.response.send_message("pong", ephemeral=True)


@tree.command(description="Repeats a question")
async def ask(interaction: Interaction, question: str):
    await interaction.response.send_message(f"asked: {question}")


@ask.autocomplete("question")
async def complete(interaction: Interaction, typed: str):
    return [app_commands.Choice(name=text, value=text) for text in (typed, f"{typed}?") if text]  # no empty one


@tree.command(description="Takes an option of every kind")
async def types(
    interaction: Interaction, count: int, share: float, flag: bool,
    who: discord.User, where: discord.TextChannel, role: discord.Role,
):
    plain = f"{count} {share:.15g} {str(flag).lower()}"
    await interaction.response.send_message(f"{plain} {who.name} {where.name} {role.name}")


faq = app_commands.Group(name="faq", description="Knows the answers")
tree.add_command(faq)


@faq.command(description="Tells the topics")
async def topics(interaction: Interaction):
    await interaction.response.send_message(interaction.command.qualified_name)


class Choose(ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @ui.button(label="Press me", custom_id="press", style=discord.ButtonStyle.primary)
    async def press(self, interaction: Interaction, button: ui.Button):
        await interaction.response.edit_message(content="pressed", view=None)

    @ui.select(
        placeholder="Pick one", custom_id="pick",
        options=[discord.SelectOption(label="A", value="a"), discord.SelectOption(label="B", value="b")],
    )
    async def pick(self, interaction: Interaction, menu: ui.Select):
        await interaction.response.send_message(f"picked {menu.values[0]}", ephemeral=True)


@tree.command(description="Shows a button and a menu")
async def choose(interaction: Interaction):
    await interaction.response.send_message("choose", view=Choose())


class Report(ui.Modal, title="Report"):
    why = ui.Label(text="Why", component=ui.TextInput(custom_id="why"))

    async def on_submit(self, interaction: Interaction):
        await interaction.response.send_message(f"because: {self.why.component.value}", ephemeral=True)


@tree.command(description="Shows a form")
async def form(interaction: Interaction):
    await interaction.response.send_modal(Report(custom_id="report"))


@tree.command(description="Takes its time")
async def later(interaction: Interaction):
    await interaction.response.defer()
    await interaction.edit_original_response(content="done")
    more = await interaction.followup.send("and this", wait=True)
    await more.edit(content="and that")


@tree.command(description="Takes its answer back")
async def gone(interaction: Interaction):
    await interaction.response.send_message("soon gone")
    await interaction.delete_original_response()


@tree.command(name="file", description="Answers with a file")
async def notes(interaction: Interaction):
    await interaction.response.send_message("a file", file=file("notes.txt", "hello"))


@tree.context_menu(name="Quote")
async def quote(interaction: Interaction, message: discord.Message):
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


@tree.context_menu(name="Greet")
async def greet(interaction: Interaction, user: discord.User):
    await interaction.response.send_message(f"hello {user.name}")


async def answer(message, content):
    author, channel, guild = message.author, message.channel, message.guild
    match content:
        case "hello":
            await message.reply("heard hello")
        case "edit":
            sent = await channel.send("before")
            await sent.edit(content="after")
        case "delete":
            sent = await channel.send("soon gone")
            await sent.delete()
        case "file":
            await channel.send("two files", files=[file("one.txt", "1"), file("two.txt", "2")])
        case "embed":
            await channel.send(embed=discord.Embed(title="Title", description="Text"))
        case "burst":
            for number in range(1, 9):
                await channel.send(str(number))
        case "dm":
            await author.send("in private")
        case "thread":
            thread = await message.create_thread(name="aside")
            await thread.send("in here")
        case "history":
            last = [one.content async for one in channel.history(limit=2)]
            await channel.send(" then ".join(reversed(last)))
        case "react":
            await message.add_reaction("👀")
        case "typing":
            async with channel.typing():
                await channel.send("typed")
        case "empty":
            try:
                await channel.send("")
            except discord.HTTPException as error:
                await channel.send(f"refused {error.code}")
        case "channels":
            texts = [one for one in await guild.fetch_channels() if one.type is discord.ChannelType.text]
            await channel.send(" ".join(one.name for one in sorted(texts, key=lambda one: one.position)))
        case "member":
            member = await guild.fetch_member(author.id)
            roles = [role.name for role in member.roles if not role.is_default()]
            await channel.send(f"{member.name} {','.join(roles) or 'none'}")
        case _ if re.fullmatch("number [0-9]+", content):
            await message.reply(content)


bot.run(token, log_level=logging.ERROR)
