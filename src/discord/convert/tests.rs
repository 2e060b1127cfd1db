//! What Discord sends to what the rules are told. 1. Machines, edits and empty messages are nothing. 2. How a message is
//!    meant is read from its text and from what it replies to. 3. Only the asker and moderators may remove.

use super::*;
use crate::answer::Press;
use crate::bot::{Asker, Change, NotFetched, Upload};
use proptest::prelude::*;
use serde_json::json;

const ME: u64 = 42;

fn read(kind: &str, payload: Value) -> Vec<Job> {
    let dispatch = serde_json::from_value(json!({ "t": kind, "d": payload })).unwrap();
    assert!(!matches!(dispatch, Dispatch::Unknown(_)), "serenity can't read the test's {kind}");
    let askers = Askers::with_key([1; 16]);
    Reader { me: ME, askers: &askers }.read(dispatch)
}

/// Lays `change` over `base`, field by field.
fn with(mut base: Value, change: Value) -> Value {
    if let (Some(base), Value::Object(change)) = (base.as_object_mut(), change) {
        base.extend(change);
    }
    base
}

fn message(author: u64, content: &str) -> Value {
    json!({
        "id": "1000", "channel_id": "30", "guild_id": "20", "author": { "id": author.to_string(), "username": "sam" },
        "content": content, "timestamp": "2026-11-23T10:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": false, "type": 0,
    })
}

fn interaction(kind: u8, data: Value) -> Value {
    let member = json!({
        "user": { "id": "5", "username": "sam" }, "roles": [], "deaf": false, "mute": false, "flags": 0,
        "joined_at": "2026-11-23T10:00:00.000000+00:00", "permissions": "0",
    });
    json!({
        "id": "9", "application_id": "42", "type": kind, "token": "t", "version": 1, "channel_id": "30",
        "guild_id": "20", "locale": "en-GB", "entitlements": [], "attachment_size_limit": 1, "member": member,
        "data": data,
    })
}

/// The text and address of the message that comes of this one; none if nothing does.
fn heard(payload: Value) -> Option<(String, Address)> {
    match read("MESSAGE_CREATE", payload).pop()? {
        Job::Message { event: Event::Message { text, address, .. }, .. } => Some((text, address)),
        other => panic!("{other:?}"),
    }
}

fn check(payload: Value, text: &str, address: Address) {
    assert_eq!(heard(payload), Some((text.to_owned(), address)));
}

#[test]
fn reads_how_a_message_is_meant() {
    let mention = |replies_to_member| Address::Mention { replies_to_member };
    let reply_to = |author, content| json!({ "type": 19, "referenced_message": message(author, content) });
    check(message(5, "does it hurt?"), "does it hurt?", Address::Overheard);
    check(message(5, "<@42> does it hurt?"), "does it hurt?", mention(false));
    check(message(5, "what is <@!42> DM"), "what is   DM", mention(false));
    check(message(5, "<@42>"), "", mention(false));
    check(message(5, "<@43> does it hurt?"), "<@43> does it hurt?", Address::Overheard);
    check(with(message(5, "<@42> and this?"), reply_to(6, "Hm")), "and this?", mention(true));
    let card = Address::Reply { card: "Card".to_owned() };
    check(with(message(5, "and children?"), reply_to(ME, "Card")), "and children?", card.clone());
    check(with(message(5, "<@42> and children?"), reply_to(ME, "Card")), "and children?", card.clone());
    check(with(message(5, "<@42>"), reply_to(ME, "Card")), "", mention(false));
    let direct = |content| with(message(5, content), json!({ "guild_id": null }));
    check(direct("does it hurt?"), "does it hurt?", Address::Direct);
    check(direct("<@42> does it hurt?"), "does it hurt?", Address::Direct);
    check(with(direct("and children?"), reply_to(ME, "Card")), "and children?", card);
}

#[test]
fn hears_no_machines_and_nothing_without_words() {
    let changes = [
        json!({ "content": "" }),
        json!({ "author": { "id": "5", "username": "sam", "bot": true } }),
        json!({ "author": { "id": "42", "username": "pamphlet" } }),
        json!({ "webhook_id": "8" }),
        json!({ "type": 7 }),
    ];
    for change in changes {
        assert_eq!(heard(with(message(5, "<@42> hello"), change.clone())), None, "{change}");
    }
    let edit = json!({ "id": "1000", "channel_id": "30", "content": "<@42> hello" });
    assert_eq!(read("MESSAGE_UPDATE", edit), []);
}

#[test]
fn tells_who_and_where() {
    let Some(Job::Message { event: Event::Message { scene, id, .. }, author }) =
        read("MESSAGE_CREATE", message(5, "hello")).pop()
    else {
        panic!("no message")
    };
    assert_eq!((scene.server, scene.channel, id, author), (Some(20), 30, 1000, 5));
    assert_ne!(scene.asker, Asker(5));
    assert_eq!(scene.asker, Askers::with_key([1; 16]).asker(5, 30));
}

#[test]
fn tells_of_deletions_one_by_one() {
    assert_eq!(read("MESSAGE_DELETE", json!({ "id": "7", "channel_id": "30" })), [deletion(30, 7)]);
    let bulk = json!({ "ids": ["7", "8"], "channel_id": "30" });
    assert_eq!(read("MESSAGE_DELETE_BULK", bulk), [deletion(30, 7), deletion(30, 8)]);
}

fn used(payload: Value) -> (Option<Event>, Asked) {
    match read("INTERACTION_CREATE", payload).pop() {
        Some(Job::Interaction { event, asked }) => (event, asked),
        other => panic!("{other:?}"),
    }
}

#[test]
fn reads_an_upload_and_where_its_file_is() {
    let part = json!([{ "name": "upload", "type": 1, "options": [{ "name": "file", "type": 11, "value": "7" }] }]);
    let address = "https://cdn.discordapp.com/attachments/1/7/tea.md?ex=secret";
    let file = json!({ "id": "7", "filename": "tea.md", "size": 12, "url": address, "proxy_url": address });
    let data =
        json!({ "id": "1", "name": FAQ, "type": 1, "options": part, "resolved": { "attachments": { "7": file } } });
    let upload = |job: &Job| match job {
        Job::Upload { event, .. } | Job::Interaction { event: Some(event), .. } => match event {
            Event::Workshop { wish: Wish::Change(Change::Upload(upload)), .. } => upload.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let job = read("INTERACTION_CREATE", interaction(2, data.clone())).pop().unwrap();
    assert_eq!(upload(&job), Upload { name: "tea.md".to_owned(), bytes: Err(NotFetched::Lost) });
    assert!(!format!("{job:?}").contains("secret"), "{job:?}");
    let Job::Upload { file, .. } = job else { panic!("no file") };
    assert_eq!((file.size, file.address.as_str()), (12, address));
    // A file that Discord doesn't tell of is one that can't be had.
    let job = read("INTERACTION_CREATE", interaction(2, with(data, json!({ "resolved": {} })))).pop().unwrap();
    assert!(matches!(job, Job::Interaction { .. }));
    assert_eq!(upload(&job).bytes, Err(NotFetched::Lost));
}

#[test]
fn reads_commands() {
    let command = |data| match used(interaction(2, data)).0 {
        Some(Event::Command { command, .. }) => Some(command),
        None => None,
        other => panic!("{other:?}"),
    };
    let named = |name| command(json!({ "id": "1", "name": name, "type": 1 }));
    let option = json!([{ "name": "question", "type": 3, "value": "does it hurt?" }]);
    let ask = json!({ "id": "1", "name": "ask", "type": 1, "options": option });
    assert_eq!(command(ask), Some(Command::Ask { question: "does it hurt?".to_owned(), private: None }));
    assert_eq!(named("ask"), Some(Command::Ask { question: String::new(), private: None }));
    assert_eq!(named("topics"), Some(Command::Topics));
    assert_eq!(named("privacy"), Some(Command::Privacy));
    assert_eq!(named("help"), Some(Command::Help));
    assert_eq!(named("gone"), None);
}

#[test]
fn reads_the_menu_and_typing() {
    let target = json!({ "messages": { "1000": message(6, "does it hurt?") } });
    let menu = json!({ "id": "1", "name": MENU, "type": 3, "target_id": "1000", "resolved": target });
    assert!(matches!(used(interaction(2, menu)).0, Some(Event::Menu { text, .. }) if text == "does it hurt?"));
    let option = json!([{ "name": "question", "type": 3, "value": "does", "focused": true }]);
    let (event, asked) = used(interaction(4, json!({ "id": "1", "name": "ask", "type": 1, "options": option })));
    assert!(matches!(event, Some(Event::Typing { text, .. }) if text == "does"));
    assert_eq!((asked.kind, asked.whom), (Kind::Typing, For { owner: 5, server: Some(20) }));
}

/// A press of this control on a message with a "Remove" for user 6.
fn press(data: Value, change: Value) -> (Option<Press>, Option<bool>, Asked) {
    let remove = json!([{ "type": 1, "components": [
        { "type": 2, "style": 2, "label": "Remove", "custom_id": "remove:6" }] }]);
    let card = with(message(ME, "Card"), json!({ "components": remove }));
    let (event, asked) = used(with(with(interaction(3, data), json!({ "message": card })), change));
    match event {
        Some(Event::Press { on: On { message: 1000, .. }, press, may_remove, .. }) => {
            (Some(press), Some(may_remove), asked)
        }
        None => (None, None, asked),
        other => panic!("{other:?}"),
    }
}

#[test]
fn reads_how_many_days_are_meant() {
    let wish = |part: &str, options| {
        let options = json!([{ "name": part, "type": 1, "options": options }]);
        match used(interaction(2, json!({ "id": "1", "name": FAQ, "type": 1, "options": options }))).0 {
            Some(Event::Workshop { wish, .. }) => wish,
            other => panic!("{other:?}"),
        }
    };
    let days = |days: i64| json!([{ "name": "days", "type": 4, "value": days }]);
    assert_eq!(wish("stats", days(7)), Wish::Stats(7));
    assert_eq!(wish("gaps", days(365)), Wish::Gaps(365));
    assert_eq!([wish("stats", json!([])), wish("stats", days(-1))], [Wish::Stats(30), Wish::Stats(30)]);
}

#[test]
fn reads_presses_and_choices() {
    let button = |id: &str| json!({ "custom_id": id, "component_type": 2 });
    let pressed = |data| press(data, json!({})).0;
    assert_eq!(pressed(button("read:bones")), Some(Press::Read("bones".to_owned())));
    assert_eq!(pressed(button("remove:6")), Some(Press::Remove));
    assert_eq!(pressed(button("what:ever")), None);
    let choice = json!({ "custom_id": "select:1", "component_type": 3, "values": ["topic:3"] });
    assert_eq!(pressed(choice), Some(Press::Topic(3)));
    assert_eq!(press(button("helpful:bones"), json!({})).2.message_owner, Some(6));
}

#[test]
fn lets_the_asker_and_moderators_remove() {
    let by = |person: &str, permissions: Permissions, change| {
        let member = json!({
            "user": { "id": person, "username": "sam" }, "roles": [], "deaf": false, "mute": false, "flags": 0,
            "permissions": permissions.bits().to_string(),
        });
        let data = json!({ "custom_id": "remove:6", "component_type": 2 });
        press(data, with(json!({ "member": member }), change)).1
    };
    assert_eq!(by("6", Permissions::empty(), json!({})), Some(true));
    assert_eq!(by("5", Permissions::SEND_MESSAGES, json!({})), Some(false));
    for allowed in [Permissions::MANAGE_MESSAGES, Permissions::MANAGE_GUILD, Permissions::ADMINISTRATOR] {
        assert_eq!(by("5", allowed, json!({})), Some(true), "{allowed}");
    }
    let direct = json!({ "guild_id": null, "member": null, "user": { "id": "5", "username": "sam" } });
    assert_eq!(by("5", Permissions::empty(), direct), Some(true));
}

#[test]
fn answers_even_what_cannot_be_read() {
    let Some(Job::Interaction { event: None, asked }) = unreadable_interaction(&interaction(3, json!({}))) else {
        panic!("not read")
    };
    assert_eq!((asked.kind, asked.whom), (Kind::Control, For { owner: 5, server: Some(20) }));
    assert_eq!(asked.ticket, Ticket { application: 42, id: 9, token: "t".to_owned() });
    assert_eq!(unreadable_interaction(&json!({ "type": 3 })), None);
}

#[test]
fn shows_no_ticket_in_logs() {
    let (_, asked) = used(interaction(2, json!({ "id": "1", "name": "help", "type": 1 })));
    assert_eq!(format!("{:?}", asked.ticket), "Ticket(9)");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text: String, id: String) {
        heard(message(5, &text));
        press(json!({ "custom_id": id, "component_type": 2 }), json!({}));
        press(json!({ "custom_id": "select:1", "component_type": 3, "values": [text] }), json!({}));
    }

    #[test]
    fn no_mention_of_pamphlet_is_left(before: String, after: String) {
        let text = heard(message(5, &format!("{before}<@42>{after}"))).map(|heard| heard.0);
        prop_assert!(!text.unwrap_or_default().contains("<@42>"));
    }
}
