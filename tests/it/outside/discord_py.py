"""A bot as one writes it with discord.py. Only the two addresses point it at the local Discord."""

import sys

import discord
import yarl

address, token = sys.argv[1:]
discord.http.Route.BASE = f"{address}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address).with_scheme("ws")

client = discord.Client(intents=discord.Intents(guilds=True, guild_messages=True))
tree = discord.app_commands.CommandTree(client)


@tree.command(description="Answers")
async def ping(interaction):
    await interaction.response.send_message("pong", ephemeral=True)


@client.event
async def on_ready():
    await tree.sync()


@client.event
async def on_message(message):
    if not message.author.bot:
        await message.reply(f"heard {message.content}")


client.run(token)
