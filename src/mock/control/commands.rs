//! Members use commands, typed or from the menu of a message or a person.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::options::{self, Spelled};
use super::request::{ControlError, Given, as_text, optional};
use super::resolved::{Giver, Resolved};
use super::{Made, Scene, made, present_bot};
use crate::mock::checks::command::{self, TYPED};
use crate::mock::checks::{given, number};
use crate::mock::locale;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::{entry, message, with};
use crate::mock::world::{Deed, Kind, NOBODY, Permissions, World};

const PERSON_MENU: u64 = 2;
const MESSAGE_MENU: u64 = 3;

/// A command that a member uses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Used {
    channel: String,
    author: String,
    /// Its name; with subcommands after it, if it has any.
    name: String,
    #[serde(default, deserialize_with = "optional")]
    options: Map<String, Value>,
    /// The message or person whose menu it is in: by id, a person by name too.
    #[serde(default, deserialize_with = "optional")]
    target: Option<Value>,
    /// Which bot, if there are several.
    #[serde(default, deserialize_with = "optional")]
    bot: Option<Id>,
}

/// `POST /mock/commands`
pub(crate) async fn run(State(server): State<Shared>, Given(mut used): Given<Used>) -> Result<Made, ControlError> {
    options::attach(&server, &mut used.options);
    let mut world = server.world();
    present_bot(&world, used.bot)?;
    let kinds: &[u64] = if used.target.is_some() { &[MESSAGE_MENU, PERSON_MENU] } else { &[TYPED] };
    let place = world.text_channel(&used.channel).and_then(|channel| world.guild_of(channel));
    let found = find(&world, &used.name, kinds, used.bot, place)?;
    let given = options::by_own_name(&found, std::mem::take(&mut used.options), &world.locale);
    let scene = Scene::look(&world, &used.author, &used.channel, found.bot)?;
    let guild = scene.guild(&world);
    let giver = Giver { member: scene.member, guild: guild.unwrap_or(world.home) };
    let wanted = options::fill(&world, &found.command, &found.subcommands, &given, giver)?;
    let target = used.target.as_ref().map(|named| target(&world, giver, named, &found)).transpose()?;
    is_offered(&world, &found, &scene)?;
    let about = target.as_ref().map(|(id, _)| *id).filter(|_| command::kind(&found.command) == MESSAGE_MENU);
    if about.is_some_and(|id| !scene.shows(&world, id)) {
        return Err(ControlError::absent("That message stands in another channel."));
    }
    let (member, channel) = scene.enter(&mut world, Permissions::USE_APPLICATION_COMMANDS)?;
    let id = world.interact(Deed {
        kind: Kind::Command,
        bot: found.bot,
        member,
        channel,
        data: with(data(&found, wanted), target.map_or_else(|| json!({}), |(_, spelled)| spelled)),
        command: Some(used.name),
        menu: used.target.is_some(),
        about,
        trigger: None,
    });
    Ok(made(id))
}

/// A command that a bot has registered.
pub(super) struct Found {
    pub(super) bot: Id,
    pub(super) command: Value,
    /// The names of the subcommands that follow it.
    pub(super) subcommands: Vec<String>,
}

/// The registered command of this name, that of this server before others; of a typed one, the words after it are its
/// subcommands.
pub(super) fn find(
    world: &World,
    name: &str,
    kinds: &[u64],
    bot: Option<Id>,
    place: Option<Id>,
) -> Result<Found, ControlError> {
    let here = |bot: &Id| place.is_none_or(|guild| world.is_member(guild, *bot));
    let bots: Vec<Id> = world.connected_bots().filter(|id| bot.is_none_or(|bot| bot == *id) && here(id)).collect();
    let mut words = name.split_whitespace().map(str::to_owned);
    let first = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    for (name, subcommands) in [(name, Vec::new()), (first.as_str(), rest)] {
        for bot in &bots {
            let commands = world.bots.get(bot).map_or(&[][..], |bot| bot.commands.as_slice());
            let fits =
                |found: &&Value| kinds.contains(&command::kind(found)) && locale::is_called(found, &world.locale, name);
            let is_here = |found: &&Value| fits(found) && serves_in(found, place);
            if let Some(command) = commands.iter().find(is_here).or_else(|| commands.iter().find(fits)) {
                let subcommands = options::subcommands(command, &subcommands, &world.locale);
                return Ok(Found { bot: *bot, command: command.clone(), subcommands });
            }
        }
    }
    Err(ControlError::conflict(format!("No bot here has registered a command {name:?} of that kind.")))
}

/// Discord's `data` of a command.
pub(super) fn data(found: &Found, spelled: Spelled) -> Value {
    let Found { command, .. } = found;
    let mut data = json!({
        "id": command.get("id"),
        "name": command.get("name"),
        "type": command::kind(command),
    });
    if let Some(guild) = command.get("guild_id") {
        data = with(data, json!({ "guild_id": guild }));
    }
    if !spelled.options.is_empty() {
        data = with(data, json!({ "options": spelled.options }));
    }
    if !spelled.resolved.0.is_empty() {
        data = with(data, json!({ "resolved": spelled.resolved.0 }));
    }
    data
}

/// Discord offers a command only where it is meant to be used and to those who may.
pub(super) fn is_offered(world: &World, found: &Found, scene: &Scene) -> Result<(), ControlError> {
    let command = &found.command;
    let guild = scene.guild(world);
    if !serves_in(command, guild) {
        return Err(ControlError::conflict("This command isn't offered in that channel."));
    }
    let Some(guild) = guild else { return Ok(()) };
    let place = scene.channel.and_then(|channel| world.channels.get(&channel));
    if command.get("nsfw") == Some(&Value::Bool(true)) && !place.is_some_and(|place| world.is_age_restricted(place)) {
        return Err(ControlError::conflict("This command is offered in age-restricted channels alone."));
    }
    let may = world.permissions(guild, scene.member.unwrap_or(NOBODY));
    // The permissions "0" stand for administrators alone.
    let needed = match given(command, "default_member_permissions") {
        None => Permissions::empty(),
        Some(_) => match number(command, "default_member_permissions") {
            0 => Permissions::ADMINISTRATOR,
            bits => Permissions::from_bits_retain(bits),
        },
    };
    if may.contains(Permissions::ADMINISTRATOR) || may.contains(needed) {
        return Ok(());
    }
    Err(ControlError::conflict(format!("This command isn't offered to {}.", scene.author)))
}

/// Whether a command is for this server, or for direct messages.
fn serves_in(command: &Value, guild: Option<Id>) -> bool {
    const SERVER: u8 = 0;
    const DIRECT_WITH_BOT: u8 = 1;
    let place = if guild.is_some() { SERVER } else { DIRECT_WITH_BOT };
    if command.get("guild_id").is_some() && guild != Some(Id(number(command, "guild_id"))) {
        return false;
    }
    match command.get("contexts").and_then(Value::as_array) {
        Some(contexts) => contexts.contains(&json!(place)),
        None => guild.is_some() || command.get("dm_permission") != Some(&Value::Bool(false)),
    }
}

/// What a menu's command is used on, and how `data` tells it.
fn target(world: &World, giver: Giver, named: &Value, found: &Found) -> Result<(Id, Value), ControlError> {
    let named = as_text(named).unwrap_or_default();
    let id = named.parse().ok();
    if command::kind(&found.command) == MESSAGE_MENU {
        let shown = id.and_then(|id| world.message(id)).filter(|message| message.private_to().is_none());
        let shown = shown.ok_or_else(|| ControlError::absent(format!("There is no message {named} here.")))?;
        let messages = entry(shown.id, message::in_full(world, shown, found.bot));
        return Ok((shown.id, json!({ "target_id": shown.id, "resolved": { "messages": messages } })));
    }
    let mut resolved = Resolved::default();
    let person = resolved.person(world, giver, &json!(named));
    let person = person.ok_or_else(|| ControlError::absent(format!("There is no person {named:?} here.")))?;
    Ok((person, json!({ "target_id": person, "resolved": resolved.0 })))
}
