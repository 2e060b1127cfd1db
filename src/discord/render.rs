//! Replies to what Discord is sent. Nothing here mentions anybody: every message says so to Discord itself.

use crate::answer::{Button, ChannelKind, Form, Offer, Press, Reply, Select};
use serenity::builder::{
    AutocompleteChoice, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateAutocompleteResponse,
    CreateButton, CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse,
};
use serenity::model::application::{ButtonStyle, InputTextStyle, InteractionResponseFlags};
use serenity::model::channel::{ChannelType, MessageFlags, MessageReference, MessageReferenceKind, Nonce};
use serenity::model::id::{ChannelId, MessageId};
use std::num::NonZeroU64;

const LONGEST_LABEL: usize = 80;
const LONGEST_CHOICE: usize = 100;
const LONGEST_PLACEHOLDER: usize = 150;
const LONGEST_FORM_LABEL: usize = 45;
const MOST_CHOICES: usize = 25;
const MOST_ROWS: usize = 5;
const BUTTONS_A_ROW: usize = 5;

/// What stands before the id of the person whom a "Remove" button serves.
const REMOVE: &str = "remove:";

/// Whom the reply's "Remove" button serves beside the moderators (a user's id), and the server that it is shown in, if any: only
/// there a reply can be private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct For {
    pub(super) owner: u64,
    pub(super) server: Option<u64>,
}

/// A message in a channel, as a reply to a question. Its nonce is the question's id, so that it is posted once.
pub(super) fn message(reply: &Reply, channel: u64, question: u64, owner: u64) -> CreateMessage {
    let message = once(reply, owner, question);
    // An id of 0 is none; serenity panics on it.
    let (Some(channel), Some(question)) = (NonZeroU64::new(channel), NonZeroU64::new(question)) else {
        return message;
    };
    let reference = MessageReference::new(MessageReferenceKind::Default, ChannelId::from(channel))
        .message_id(MessageId::from(question))
        .fail_if_not_exists(false);
    message.reference_message(reference)
}

/// A message in a channel that replies to nothing. Its nonce, which nothing else in the channel has, lets it be posted once.
pub(super) fn notice(reply: &Reply, nonce: u64) -> CreateMessage {
    once(reply, 0, nonce)
}

/// A first answer that is a new message.
pub(super) fn response(reply: &Reply, whom: For) -> CreateInteractionResponse {
    let mut flags = InteractionResponseFlags::SUPPRESS_EMBEDS;
    flags.set(InteractionResponseFlags::EPHEMERAL, reply.private && whom.server.is_some());
    CreateInteractionResponse::Message(first(reply, whom.owner).flags(flags))
}

/// A first answer that takes the place of the message whose control was used.
pub(super) fn update(reply: &Reply, owner: u64) -> CreateInteractionResponse {
    let message = first(reply, owner).flags(InteractionResponseFlags::SUPPRESS_EMBEDS);
    CreateInteractionResponse::UpdateMessage(message)
}

/// A first answer that suggests how to go on typing.
pub(super) fn choices(choices: &[String]) -> CreateInteractionResponse {
    let choices = choices.iter().filter(|choice| !choice.is_empty()).take(MOST_CHOICES);
    let choices = choices.map(|choice| AutocompleteChoice::from(cut(choice, LONGEST_CHOICE)));
    CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices.collect()))
}

/// A first answer that promises a message. It is private in a server: what isn't known yet must not be shown to all.
pub(super) fn promise(in_server: bool) -> CreateInteractionResponse {
    CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(in_server))
}

/// A first answer that is a form.
pub(super) fn form(form: &Form) -> CreateInteractionResponse {
    let rows = form.fields.iter().take(MOST_ROWS).map(|field| {
        let style = if field.long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
        let input = CreateInputText::new(style, cut(&field.label, LONGEST_FORM_LABEL), field.id)
            .required(field.required)
            .max_length(field.most);
        // An empty value is refused where none is taken.
        let value = cut(&field.value, usize::from(field.most));
        CreateActionRow::InputText(if value.is_empty() { input } else { input.value(value) })
    });
    let modal = CreateModal::new(form.press.id(), cut(&form.title, LONGEST_FORM_LABEL));
    CreateInteractionResponse::Modal(modal.components(rows.collect()))
}

/// A first answer that says nothing and leaves the message whose control was used as it is.
pub(super) fn acknowledgement() -> CreateInteractionResponse {
    CreateInteractionResponse::Acknowledge
}

/// A message in the place of a promised one, or of the one whose control was used.
pub(super) fn edit(reply: &Reply, owner: u64) -> EditInteractionResponse {
    let message = EditInteractionResponse::new()
        .content(reply.text())
        .allowed_mentions(nobody())
        .components(rows(reply, owner))
        .flags(MessageFlags::SUPPRESS_EMBEDS);
    names(reply).fold(message, EditInteractionResponse::new_attachment)
}

/// A message after the first answer.
pub(super) fn follow_up(reply: &Reply, whom: For) -> CreateInteractionResponseFollowup {
    let mut flags = MessageFlags::SUPPRESS_EMBEDS;
    flags.set(MessageFlags::EPHEMERAL, reply.private && whom.server.is_some());
    CreateInteractionResponseFollowup::new()
        .add_files(names(reply))
        .content(reply.text())
        .allowed_mentions(nobody())
        .components(rows(reply, whom.owner))
        .flags(flags)
}

/// Takes a control's id apart: the press that it stands for, and whom it serves if it is "Remove".
pub(super) fn read_id(id: &str) -> (Option<Press>, Option<u64>) {
    match id.strip_prefix(REMOVE).and_then(|owner| owner.parse().ok()) {
        Some(owner) => (Some(Press::Remove), Some(owner)),
        None => (Press::parse(id), None),
    }
}

fn write_id(press: &Press, owner: u64) -> String {
    match press {
        Press::Remove => format!("{REMOVE}{owner}"),
        press => press.id(),
    }
}

/// The names of a reply's files and what is to be seen in them, which Discord wants beside them. The files themselves go with the
/// call.
fn names(reply: &Reply) -> impl Iterator<Item = CreateAttachment> {
    reply.files.iter().map(|file| {
        let named = CreateAttachment::bytes(Vec::new(), file.name.clone());
        file.description.iter().fold(named, |named, description| named.description(description))
    })
}

fn once(reply: &Reply, owner: u64, nonce: u64) -> CreateMessage {
    CreateMessage::new()
        .content(reply.text())
        .allowed_mentions(nobody())
        .components(rows(reply, owner))
        .flags(MessageFlags::SUPPRESS_EMBEDS)
        .nonce(Nonce::String(nonce.to_string()))
        .enforce_nonce(true)
}

fn first(reply: &Reply, owner: u64) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new()
        .add_files(names(reply))
        .content(reply.text())
        .allowed_mentions(nobody())
        .components(rows(reply, owner))
}

fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// Menus first, one a row; then the buttons, five a row; at most five rows.
fn rows(reply: &Reply, owner: u64) -> Vec<CreateActionRow> {
    let menus = reply.selects.iter().filter(|select| !select.offer.is_empty()).map(menu);
    let buttons = reply
        .buttons
        .chunks(BUTTONS_A_ROW)
        .map(|row| CreateActionRow::Buttons(row.iter().map(|each| button(each, owner)).collect()));
    menus.chain(buttons).take(MOST_ROWS).collect()
}

fn menu(select: &Select) -> CreateActionRow {
    let (id, kind, least, most) = match &select.offer {
        Offer::One(options) => {
            let options = options.iter().take(MOST_CHOICES).map(|option| {
                let shown = CreateSelectMenuOption::new(cut(&option.label, LONGEST_CHOICE), option.press.id());
                if option.chosen { shown.default_selection(true) } else { shown }
            });
            let kind = CreateSelectMenuKind::String { options: options.collect() };
            (format!("select:{}", select.number), kind, 1, 1)
        }
        Offer::Channels { task, kind, chosen, most } => {
            let kind = match kind {
                ChannelKind::Text => ChannelType::Text,
                ChannelKind::Forum => ChannelType::Forum,
            };
            let chosen = ids(chosen.iter().take((*most).into()));
            let kind = CreateSelectMenuKind::Channel { channel_types: Some(vec![kind]), default_channels: chosen };
            (task.id(), kind, 0, *most)
        }
        Offer::Role { task, chosen } => {
            (task.id(), CreateSelectMenuKind::Role { default_roles: ids(chosen.iter()) }, 0, 1)
        }
    };
    let menu = CreateSelectMenu::new(id, kind).placeholder(cut(&select.placeholder, LONGEST_PLACEHOLDER));
    CreateActionRow::SelectMenu(menu.min_values(least).max_values(most))
}

/// Ids as serenity holds them; none where there are none, since Discord refuses an empty list.
fn ids<'i, Id: From<NonZeroU64>>(ids: impl Iterator<Item = &'i u64>) -> Option<Vec<Id>> {
    let ids: Vec<Id> = ids.filter_map(|id| NonZeroU64::new(*id)).map(Id::from).collect();
    (!ids.is_empty()).then_some(ids)
}

fn button(button: &Button, owner: u64) -> CreateButton {
    let style = if button.primary { ButtonStyle::Primary } else { ButtonStyle::Secondary };
    CreateButton::new(write_id(&button.press, owner)).label(cut(&button.label, LONGEST_LABEL)).style(style)
}

/// Text of at most this many characters, with an ellipsis where it was cut.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{File, MenuOption};
    use serde::Serialize;
    use serde_json::{Value, json};

    const NOBODY: &str = r#"{"parse":[],"users":[],"roles":[],"replied_user":false}"#;

    fn json(body: impl Serialize) -> Value {
        serde_json::to_value(body).unwrap()
    }

    fn full() -> Reply {
        let button = |label: &str, press| Button { label: label.to_owned(), press, primary: false };
        let mut buttons = vec![
            Button { primary: true, ..button("Show in channel", Press::Show("bones".to_owned())) },
            button("Remove", Press::Remove),
        ];
        buttons.extend((0..4).map(|number| button(&"x".repeat(90), Press::Topic(number))));
        let select = Select {
            placeholder: "Choose".to_owned(),
            number: 1,
            offer: Offer::One(vec![MenuOption::new("Bones", Press::Read("bones".to_owned()))]),
        };
        Reply { buttons, selects: vec![select], private: true, ..Reply::plain("Hi @everyone") }
    }

    const SERVER: For = For { owner: 5, server: Some(20) };

    #[test]
    fn posts_a_reply_once_and_mentions_nobody() {
        let mut body = json(message(&full(), 3, 4, 5));
        let rows = body["components"].take();
        assert_eq!(
            body,
            json!({
                "content": "Hi @everyone", "nonce": "4", "enforce_nonce": true, "flags": 4, "tts": false,
                "message_reference": { "type": 0, "message_id": "4", "channel_id": "3", "guild_id": null,
                    "fail_if_not_exists": false },
                "allowed_mentions": serde_json::from_str::<Value>(NOBODY).unwrap(),
                "embeds": [], "sticker_ids": [], "attachments": [], "components": null,
            })
        );
        let menu = &rows[0]["components"][0];
        assert_eq!((&menu["custom_id"], &menu["placeholder"]), (&json!("select:1"), &json!("Choose")));
        assert_eq!(menu["options"], json!([{ "label": "Bones", "value": "read:bones" }]));
        let first = &rows[1]["components"];
        assert_eq!((&first[0]["custom_id"], &first[0]["style"]), (&json!("show:bones"), &json!(1)));
        assert_eq!((&first[1]["custom_id"], &first[1]["style"]), (&json!("remove:5"), &json!(2)));
        assert_eq!(first[2]["label"].as_str().unwrap().chars().count(), 80);
        assert_eq!((first.as_array().unwrap().len(), rows[2]["components"].as_array().unwrap().len()), (5, 1));
    }

    #[test]
    fn mentions_nobody_on_any_path_and_unfurls_nothing() {
        let bodies = [
            json(message(&full(), 3, 4, 5)),
            json(response(&full(), SERVER))["data"].take(),
            json(update(&full(), 5))["data"].take(),
            json(edit(&full(), 5)),
            json(follow_up(&full(), SERVER)),
        ];
        for body in bodies {
            assert_eq!(body["allowed_mentions"], serde_json::from_str::<Value>(NOBODY).unwrap(), "{body}");
            assert_eq!(body["flags"].as_u64().unwrap() & 4, 4, "{body}");
        }
    }

    #[test]
    fn is_private_when_asked_to_be_and_in_a_server() {
        let flags = |reply: &Reply, whom| json(response(reply, whom))["data"]["flags"].clone();
        assert_eq!(flags(&full(), SERVER), 64 | 4);
        assert_eq!(flags(&full(), For { server: None, ..SERVER }), 4);
        assert_eq!(flags(&Reply::plain("Hi"), SERVER), 4);
        assert_eq!(json(follow_up(&full(), SERVER))["flags"], 64 | 4);
        assert_eq!(json(promise(true)), json!({ "type": 5, "data": { "flags": 64, "attachments": [] } }));
    }

    #[test]
    fn names_and_describes_a_file_on_every_way_that_carries_one() {
        let file = |name: &str, description: Option<&str>| File {
            name: name.to_owned(),
            bytes: b"x".to_vec(),
            description: description.map(str::to_owned),
        };
        let reply = Reply { files: vec![file("a.png", Some("A hill"))], ..Reply::plain("See") };
        let told = json!([{ "id": 0, "filename": "a.png", "description": "A hill" }]);
        assert_eq!(json(response(&reply, SERVER))["data"]["attachments"], told);
        assert_eq!(json(follow_up(&reply, SERVER))["attachments"], told);
        assert_eq!(json(edit(&reply, 5))["attachments"], told);
        assert_eq!(json(edit(&Reply::plain("See"), 5)).get("attachments"), None, "what is there stays");
        let reply = Reply { files: vec![file("a.zip", None)], ..reply };
        assert_eq!(json(response(&reply, SERVER))["data"]["attachments"][0]["description"], Value::Null);
    }

    #[test]
    fn takes_controls_away_when_there_are_none() {
        assert_eq!(json(update(&Reply::plain("Thanks"), 5))["data"]["components"], json!([]));
    }

    #[test]
    fn cuts_and_limits_choices() {
        let many: Vec<String> = (0..30).map(|number| format!("{number}{}", "y".repeat(120))).collect();
        let body = json(choices(&many));
        assert_eq!(body["type"], 8);
        assert_eq!(body["data"]["choices"].as_array().unwrap().len(), 25);
        let first = &body["data"]["choices"][0];
        assert_eq!(first["name"], first["value"]);
        assert_eq!(first["name"].as_str().unwrap().chars().count(), 100);
        assert_eq!(json(choices(&[String::new()]))["data"]["choices"], json!([]));
    }

    #[test]
    fn ids_read_back() {
        for press in [Press::Remove, Press::Show("a".to_owned()), Press::Topic(3)] {
            assert_eq!(read_id(&write_id(&press, 5)).0, Some(press));
        }
        assert_eq!(read_id("remove:5"), (Some(Press::Remove), Some(5)));
        assert_eq!(read_id("remove:x"), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn any_id_is_read_without_a_panic(id: String) {
            read_id(&id);
        }

        #[test]
        fn any_text_is_cut_to_size(text: String, most in 1_usize..100) {
            assert!(cut(&text, most).chars().count() <= most);
        }
    }
}
