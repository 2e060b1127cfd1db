//! Messages: what a bot wants to post, read and checked.

use serde_json::{Value, json};

use super::{Problems, components, embeds, items, number, text};
use crate::mock::refusal::Refusal;
use crate::mock::snowflake::Id;
use crate::mock::wire::with;
use crate::mock::world::{Allowed, COMPONENTS_V2, Draft, EPHEMERAL, Message, SUPPRESS_EMBEDS};

/// The most characters of a message.
const MAX_CONTENT: usize = 2000;
/// The most files of a message, and the most characters of what is said of one.
const MAX_FILES: usize = 10;
const MAX_DESCRIPTION: usize = 1024;
/// The most characters of a nonce.
const MAX_NONCE: usize = 25;
/// What a message may mention unless it is told whom, and the most that it is told of each.
const MENTIONS: [&str; 3] = ["everyone", "roles", "users"];
const MAX_MENTIONS: usize = 100;
/// Flags that a bot may set: no link previews, private, no notification, all components.
const SETTABLE: u64 = SUPPRESS_EMBEDS | EPHEMERAL | 1 << 12 | COMPONENTS_V2;

/// What a message may bring on Discord and not here: refused, rather than lost without a word.
const MISSING_HERE: [(&str, &str); 2] =
    [("poll", "The local Discord knows no polls."), ("sticker_ids", "The local Discord knows no stickers.")];

/// What a refusal of it is called.
const MISSING: &str = "UNSUPPORTED_HERE";
/// Discord's number for a reference that forwards.
const FORWARD: u64 = 1;

/// Reads a new message. `files` are those that came with it, as attachments.
pub(crate) fn draft(body: Value, files: Vec<Value>) -> Result<Draft, Refusal> {
    draft_of(body, files, None)
}

/// Reads the parts of a message that are to change: one that is all components stays so.
pub(crate) fn changes(body: Value, files: Vec<Value>, before: &Message) -> Result<Draft, Refusal> {
    draft_of(body, files, Some(before))
}

fn draft_of(mut body: Value, files: Vec<Value>, before: Option<&Message>) -> Result<Draft, Refusal> {
    let mut problems = Problems::default();
    let flags = number(&body, "flags") & SETTABLE;
    let all_components = (flags | before.map_or(0, |before| before.flags)) & COMPONENTS_V2 != 0;
    let content = problems.text("content", body.get("content"), 0..=MAX_CONTENT, false);
    check_nonce(&mut problems, body.get("nonce"));
    problems.yes_or_no("tts", body.get("tts"));
    embeds::check(&mut problems, items(&body, "embeds"));
    // Of a message that is changed, those that aren't named stay.
    if before.is_none() || body.get("components").is_some() {
        components::check(&mut problems, items(&body, "components"), all_components);
    }
    if all_components && says_more(&body, before) {
        let words = "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2";
        problems.add("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words);
    }
    for (key, words) in MISSING_HERE {
        if !body.get(key).is_none_or(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty)) {
            problems.add(key, MISSING, words);
        }
    }
    let allowed = allowed(&mut problems, body.get("allowed_mentions"));
    let reference = reference(&mut problems, body.get("message_reference"));
    problems.count("attachments", items(&body, "attachments").len().max(files.len()), 0..=MAX_FILES);
    for (position, file) in items(&body, "attachments").iter().enumerate() {
        let path = format_args!("attachments.{position}.description");
        problems.text(path, file.get("description"), 0..=MAX_DESCRIPTION, false);
    }
    problems.into_result()?;

    let content = body.get("content").map(|_| content.unwrap_or("").trim().to_owned());
    let mut list = |key: &str| body.get_mut(key).map(taken);
    Ok(Draft {
        content,
        embeds: list("embeds").map(|embeds| embeds.into_iter().map(embeds::complete).collect()),
        components: list("components").map(components::number_all),
        attachments: (body.get("attachments").is_some() || !files.is_empty()).then(|| attachments(&body, files)),
        flags: body.get("flags").map(|_| flags),
        nonce: body.get("nonce").filter(|nonce| !nonce.is_null()).cloned(),
        enforce_nonce: body.get("enforce_nonce") == Some(&Value::Bool(true)),
        reference,
        allowed,
    })
}

/// Whether a message has content or embeds, its own or those that it keeps when it is changed.
fn says_more(body: &Value, before: Option<&Message>) -> bool {
    let keeps = |key: &str| before.filter(|_| body.get(key).is_none());
    let content = !text(body, "content").is_empty() || keeps("content").is_some_and(|old| !old.content.is_empty());
    content || !items(body, "embeds").is_empty() || keeps("embeds").is_some_and(|old| !old.embeds.is_empty())
}

/// The items of a list, taken out of it; none if it is no list.
fn taken(list: &mut Value) -> Vec<Value> {
    list.as_array_mut().map(std::mem::take).unwrap_or_default()
}

fn check_nonce(problems: &mut Problems, nonce: Option<&Value>) {
    match nonce {
        None | Some(Value::Null | Value::Number(_)) => {}
        Some(Value::String(text)) if text.chars().count() <= MAX_NONCE => {}
        Some(_) => problems.add("nonce", "NONCE_TYPE_TOO_LONG", format!("Must be {MAX_NONCE} or fewer in length.")),
    }
}

fn reference(problems: &mut Problems, reference: Option<&Value>) -> Option<(Id, bool)> {
    let reference = reference.filter(|reference| !reference.is_null())?;
    let must_exist = reference.get("fail_if_not_exists") != Some(&Value::Bool(false));
    if number(reference, "type") == FORWARD {
        problems.add("message_reference.type", MISSING, "The local Discord knows no forwards.");
    }
    let id = problems.id("message_reference.message_id", reference.get("message_id"))?;
    Some((id, must_exist))
}

fn allowed(problems: &mut Problems, wish: Option<&Value>) -> Allowed {
    let Some(wish) = wish.filter(|wish| !wish.is_null()) else { return Allowed::default() };
    let parse: Vec<&str> = items(wish, "parse").iter().filter_map(Value::as_str).collect();
    for (position, kind) in items(wish, "parse").iter().enumerate() {
        if items(wish, "parse").iter().take(position).any(|before| before == kind) {
            problems.stands_twice(format!("allowed_mentions.parse.{position}"));
        }
        if !kind.as_str().is_some_and(|kind| MENTIONS.contains(&kind)) {
            let choices = MENTIONS.map(|kind| format!("'{kind}'")).join(", ");
            problems.not_a_choice(format!("allowed_mentions.parse.{position}"), &choices);
        }
    }
    let mut listed = |key: &str| {
        let path = format!("allowed_mentions.{key}");
        problems.count(&path, items(wish, key).len(), 0..=MAX_MENTIONS);
        let ids = problems.distinct_ids(&path, items(wish, key));
        if parse.contains(&key) && !ids.is_empty() {
            let words = format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
            problems.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words);
        }
        (!parse.contains(&key)).then_some(ids)
    };
    Allowed {
        users: listed("users"),
        roles: listed("roles"),
        everyone: parse.contains(&"everyone"),
        replied: wish.get("replied_user") == Some(&Value::Bool(true)),
    }
}

/// The files that stay, by id at least, and those that came, described by the body where it does.
fn attachments(body: &Value, files: Vec<Value>) -> Vec<Value> {
    let described = items(body, "attachments");
    let same = |left: &Value, right: &Value| number(left, "id") == number(right, "id");
    let kept = described.iter().filter(|entry| files.iter().all(|file| !same(entry, file)));
    let kept = kept.map(|entry| with(json!({ "id": number(entry, "id").to_string() }), description(entry)));
    let added = files.iter().map(|file| {
        let described = described.iter().find(|entry| same(entry, file)).map(description);
        described.map_or_else(|| file.clone(), |described| with(file.clone(), described))
    });
    kept.chain(added).collect()
}

/// What a body says of a file in words.
fn description(entry: &Value) -> Value {
    let words = entry.get("description").filter(|words| words.is_string());
    words.map_or_else(|| json!({}), |words| json!({ "description": words }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_at(body: Value, pointer: &str) -> Option<String> {
        let refusal = draft(body, Vec::new()).err()?;
        assert_eq!(refusal.code, 50035);
        refusal.errors?.pointer(&format!("{pointer}/_errors/0/code"))?.as_str().map(str::to_owned)
    }

    #[test]
    fn what_is_too_long_is_named() {
        let check = |body: Value, pointer: &str, code: &str| {
            assert_eq!(code_at(body, pointer).as_deref(), Some(code), "{pointer}");
        };
        check(json!({ "content": "a".repeat(2001) }), "/content", "BASE_TYPE_MAX_LENGTH");
        check(json!({ "content": 7 }), "/content", "STRING_TYPE_CONVERT");
        check(json!({ "nonce": "n".repeat(26) }), "/nonce", "NONCE_TYPE_TOO_LONG");
        check(json!({ "embeds": vec![json!({ "title": "t" }); 11] }), "/embeds", "BASE_TYPE_MAX_LENGTH");
        check(json!({ "tts": "maybe" }), "/tts", "BOOLEAN_TYPE_CONVERT");
        let forward = json!({ "content": "x", "message_reference": { "type": 1, "message_id": "5" } });
        check(forward, "/message_reference/type", "UNSUPPORTED_HERE");
        let reference = json!({ "message_reference": { "message_id": "abc" } });
        check(reference, "/message_reference/message_id", "NUMBER_TYPE_COERCE");
        let parse = json!({ "allowed_mentions": { "parse": ["users", "nobody"] } });
        check(parse, "/allowed_mentions/parse/1", "BASE_TYPE_CHOICES");
        let many: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
        check(json!({ "allowed_mentions": { "users": many } }), "/allowed_mentions/users", "BASE_TYPE_MAX_LENGTH");
        let twice = "SET_TYPE_ALREADY_CONTAINS_VALUE";
        check(json!({ "allowed_mentions": { "roles": ["1", "2", "1"] } }), "/allowed_mentions/roles/2", twice);
        check(json!({ "allowed_mentions": { "parse": ["users", "users"] } }), "/allowed_mentions/parse/1", twice);
        let exclusive = json!({ "allowed_mentions": { "parse": ["users"], "users": ["1"] } });
        check(exclusive, "/allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE");
    }

    #[test]
    fn a_good_message_is_read_whole() {
        let body = json!({
            "content": "é".repeat(2000),
            "nonce": "n",
            "enforce_nonce": true,
            "flags": 64 | 1_u64 << 40,
            "allowed_mentions": { "parse": [] },
            "message_reference": { "message_id": "12" },
        });
        let Ok(draft) = draft(body, Vec::new()) else { panic!("refused") };
        assert_eq!(draft.flags, Some(EPHEMERAL));
        assert_eq!(draft.reference, Some((Id(12), true)));
        assert!(draft.enforce_nonce);
        assert_eq!(
            draft.allowed,
            Allowed { everyone: false, users: Some(Vec::new()), roles: Some(Vec::new()), replied: false }
        );
        assert!(draft.embeds.is_none());
    }
}
