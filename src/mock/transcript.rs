//! The transcript: what members see, as rows that grow and change.

use serde::Serialize;
use serde_json::Value;

use crate::mock::checks::{items, number, text};
use crate::mock::kinds::{
    BUTTON, LABEL, MENTIONABLE_SELECT, ROLE_SELECT, SELECTS, STRING_SELECT, TEXT_DISPLAY, TEXT_INPUT, USER_SELECT,
};
use crate::mock::markdown;
use crate::mock::snowflake::Id;
use crate::mock::wire::channel;
use crate::mock::world::{Form, Message, World};

/// The most people, roles or channels that a menu shows at once. Any other can be named all the same.
const MOST_OFFERED: usize = 25;

/// A message or a form, as a member sees it.
#[derive(Serialize, Debug)]
pub(crate) struct Row {
    id: Id,
    /// The id of its last change.
    changed: Id,
    /// The server, by name; none for a direct message.
    server: Option<String>,
    channel: String,
    author: String,
    bot: bool,
    content: String,
    buttons: Vec<String>,
    selects: Vec<Select>,
    /// The names of its files.
    files: Vec<String>,
    /// The emoji under it.
    reactions: Vec<String>,
    /// The name of the thread that hangs on it.
    thread: Option<String>,
    form: Option<FormRow>,
    /// The member who alone sees it; null in a direct message too.
    private_to: Option<String>,
    /// The message that it replies to, or the interaction that it answers.
    reply_to: Option<Id>,
    /// The member of a direct message.
    dm_with: Option<String>,
    /// Whom it pings, by name.
    pings: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
    /// The content rendered, for those who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
}

impl Row {
    /// The id of its last change.
    pub(crate) fn changed(&self) -> Id {
        self.changed
    }
}

/// A menu under a message.
#[derive(Serialize, Debug)]
struct Select {
    label: String,
    options: Vec<SelectOption>,
}

/// One line of a menu.
#[derive(Serialize, Debug)]
struct SelectOption {
    label: String,
    value: String,
}

/// A form on a member's screen.
#[derive(Serialize, Debug)]
struct FormRow {
    id: Id,
    title: String,
    fields: Vec<String>,
}

/// The rows that changed after this id, in the order of their changes; without an id, those that are there now.
pub(crate) fn rows(world: &World, after: Option<Id>, html: bool) -> Vec<Row> {
    // Whoever follows must hear that something went; to whoever looks for the first time it never was.
    let wanted = |changed: Id, gone: bool| after.map_or(!gone, |after| changed > after);
    let messages = world.messages().filter(|message| wanted(message.changed, message.deleted) && !message.is_loading());
    let forms = world.forms.values().filter(|form| wanted(form.changed, form.closed));
    let mut rows: Vec<Row> = messages
        .map(|message| message_row(world, message, html))
        .chain(forms.map(|form| form_row(world, form)))
        .collect();
    rows.sort_by_key(|row| row.changed);
    rows
}

fn message_row(world: &World, message: &Message, html: bool) -> Row {
    let (embeds, components) = (message.embeds.read(), message.components.read());
    let parts = all_components(&components);
    let displayed = parts.iter().filter(|part| number(part, "type") == TEXT_DISPLAY).map(|part| text(part, "content"));
    let content = std::iter::once(message.content.as_str())
        .chain(displayed)
        .map(str::to_owned)
        .chain(embeds.iter().flat_map(embed))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let place = Place::of(world, message.channel);
    Row {
        id: message.id,
        changed: message.changed,
        author: world.author_name(message).to_owned(),
        bot: world.is_automatic(message),
        buttons: parts.iter().filter(|part| number(part, "type") == BUTTON).map(|part| button_label(part)).collect(),
        selects: parts
            .iter()
            .filter(|part| SELECTS.contains(&number(part, "type")))
            .map(|part| select(world, message.channel, part))
            .collect(),
        files: message.attachments.iter().map(|file| text(file, "filename").to_owned()).collect(),
        reactions: message.reactions.iter().map(|reaction| reaction.emoji.clone()).collect(),
        thread: world.thread(message.id).map(|thread| thread.name.clone()),
        form: None,
        private_to: message.private_to().filter(|_| place.dm_with.is_none()).map(|id| world.name(id).to_owned()),
        reply_to: message.reference.or(message.answers.as_ref().map(|answered| answered.interaction)),
        pings: names(world, message),
        deleted: message.deleted,
        html: html.then(|| markdown::to_html(&content, &|id| mentioned(world, id))),
        content,
        server: place.server,
        channel: place.channel,
        dm_with: place.dm_with,
    }
}

fn form_row(world: &World, form: &Form) -> Row {
    let place = Place::of(world, form.channel);
    let fields = fields(&form.components).into_iter().map(|(label, _)| label.to_owned()).collect();
    Row {
        id: form.id,
        changed: form.changed,
        author: world.name(form.bot).to_owned(),
        bot: true,
        content: String::new(),
        buttons: Vec::new(),
        selects: Vec::new(),
        files: Vec::new(),
        reactions: Vec::new(),
        thread: None,
        form: Some(FormRow { id: form.id, title: form.title.clone(), fields }),
        private_to: place.dm_with.is_none().then(|| world.name(form.member).to_owned()),
        reply_to: Some(form.trigger.interaction),
        pings: Vec::new(),
        deleted: form.closed,
        html: None,
        server: place.server,
        channel: place.channel,
        dm_with: place.dm_with,
    }
}

/// What an embed says, as Markdown.
fn embed(embed: &Value) -> Vec<String> {
    let bold = |words: &str| if words.is_empty() { String::new() } else { format!("**{words}**") };
    let fields =
        items(embed, "fields").iter().flat_map(|field| [bold(text(field, "name")), text(field, "value").to_owned()]);
    let footer = embed.pointer("/footer/text").and_then(Value::as_str).unwrap_or("").to_owned();
    let author = embed.pointer("/author/name").and_then(Value::as_str).unwrap_or("");
    let head = [bold(author), bold(text(embed, "title")), text(embed, "description").to_owned()];
    head.into_iter().chain(fields).chain([footer]).collect()
}

/// Where a row stands.
struct Place {
    server: Option<String>,
    channel: String,
    dm_with: Option<String>,
}

impl Place {
    fn of(world: &World, id: Id) -> Place {
        let channel = world.channels.get(&id);
        let guild = channel.and_then(|channel| world.guilds.get(&channel.guild?));
        Place {
            server: guild.map(|guild| guild.name.clone()),
            channel: channel.map_or("", |channel| channel.name()).to_owned(),
            dm_with: channel.and_then(|channel| channel.direct_member()).map(|id| world.name(id).to_owned()),
        }
    }
}

/// Every component of a message, however deep, in the order of reading.
pub(crate) fn all_components(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components {
        found.push(component);
        found.extend(all_components(items(component, "components")));
        found.extend(component.get("accessory"));
    }
    found
}

/// What a button says: its label, or else its emoji.
pub(crate) fn button_label(button: &Value) -> String {
    let emoji = button.pointer("/emoji/name").and_then(Value::as_str).unwrap_or("");
    let label = text(button, "label");
    if label.is_empty() { emoji } else { label }.to_owned()
}

/// The fields of a form: what each is called, and its component.
pub(crate) fn fields(components: &[Value]) -> Vec<(&str, &Value)> {
    let field = |component| match number(component, "type") {
        LABEL => component.get("component").map(|part| (text(component, "label"), part)),
        _ => {
            let part = items(component, "components").first();
            part.filter(|part| number(part, "type") == TEXT_INPUT).map(|part| (text(part, "label"), part))
        }
    };
    components.iter().filter_map(field).collect()
}

fn select(world: &World, channel: Id, menu: &Value) -> Select {
    let placeholder = text(menu, "placeholder");
    let label = if placeholder.is_empty() { text(menu, "custom_id") } else { placeholder }.to_owned();
    let option = |option: &Value| SelectOption {
        label: text(option, "label").to_owned(),
        value: text(option, "value").to_owned(),
    };
    let options = match number(menu, "type") {
        STRING_SELECT => items(menu, "options").iter().map(option).collect(),
        _ => of_things(world, world.guild_of(channel).unwrap_or(world.home), menu),
    };
    Select { label, options }
}

/// What a menu of people, roles or channels offers.
fn of_things(world: &World, guild: Id, menu: &Value) -> Vec<SelectOption> {
    let option = |label: &str, id: Id| SelectOption { label: label.to_owned(), value: id.to_string() };
    let people = world.users.values().map(|user| option(&user.name, user.id));
    let roles = world.guilds.get(&guild).into_iter().flat_map(|guild| guild.roles.values());
    let roles = roles.map(|role| option(&role.name, role.id));
    let channels = world.channels_of(guild).filter(|found| channel::is_of(found, items(menu, "channel_types")));
    let channels = channels.map(|found| option(found.name(), found.id));
    match number(menu, "type") {
        USER_SELECT => people.take(MOST_OFFERED).collect(),
        ROLE_SELECT => roles.take(MOST_OFFERED).collect(),
        MENTIONABLE_SELECT => people.chain(roles).take(MOST_OFFERED).collect(),
        _ => channels.take(MOST_OFFERED).collect(),
    }
}

fn names(world: &World, message: &Message) -> Vec<String> {
    let pings = &message.pings;
    let guild = world.guild_of(message.channel).and_then(|guild| world.guilds.get(&guild));
    let role = |id: &Id| guild.and_then(|guild| guild.roles.get(id)).map(|role| role.name.clone());
    let everyone = pings.everyone.then(|| "everyone".to_owned());
    let users = pings.users.iter().map(|id| world.name(*id).to_owned());
    everyone.into_iter().chain(pings.roles.iter().filter_map(role)).chain(users).collect()
}

/// What stands for a mention of this id.
fn mentioned(world: &World, id: Id) -> Option<String> {
    let channel = || world.channels.get(&id).map(|channel| format!("#{}", channel.name()));
    world.user(id).map(|user| format!("@{}", user.name)).or_else(channel)
}
