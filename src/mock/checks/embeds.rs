//! Embeds: their lengths and addresses.

use serde_json::{Map, Value, json};

use super::{Problems, below, items, text};
use crate::mock::wire::with;

/// The most characters of all embeds of a message together.
const MAX_TOTAL: usize = 6000;
/// White.
const MAX_COLOR: i64 = 0xff_ffff;
/// What an embed may show, of which it shows something.
const SHOWN: [&str; 7] = ["title", "description", "fields", "author", "footer", "image", "thumbnail"];

/// What stands in the embeds alone that Discord makes of an address.
const FOUND_OUT: [&str; 2] = ["provider", "video"];

/// Where an embed has addresses, and of which schemes: pictures may come with the message.
const ADDRESSES: [(&str, &[&str]); 6] = [
    ("url", &["http", "https"]),
    ("author.url", &["http", "https"]),
    ("author.icon_url", &["http", "https", "attachment"]),
    ("footer.icon_url", &["http", "https", "attachment"]),
    ("image.url", &["http", "https", "attachment"]),
    ("thumbnail.url", &["http", "https", "attachment"]),
];

/// Checks the embeds of a message.
pub(crate) fn check(problems: &mut Problems, embeds: &[Value]) {
    problems.count("embeds", embeds.len(), 0..=10);
    for (position, embed) in embeds.iter().enumerate() {
        let path = |part| below(below("embeds", position), part);
        check_presence(problems, position, embed);
        problems.whole(path("color"), embed.get("color"), 0..=MAX_COLOR);
        problems.time(path("timestamp"), embed.get("timestamp"));
        problems.text(path("title"), embed.get("title"), 0..=256, false);
        problems.text(path("description"), embed.get("description"), 0..=4096, false);
        problems.text(path("footer.text"), embed.pointer("/footer/text"), 0..=2048, false);
        problems.text(path("author.name"), embed.pointer("/author/name"), 0..=256, false);
        for (part, schemes) in ADDRESSES {
            let address = part.split('.').try_fold(embed, |part, key| part.get(key)).and_then(Value::as_str);
            problems.address(path(part), address, schemes);
        }
        problems.count(path("fields"), items(embed, "fields").len(), 0..=25);
        for (row, field) in items(embed, "fields").iter().enumerate() {
            let path = |part| below(below(path("fields"), row), part);
            problems.text(path("name"), field.get("name"), 0..=256, true);
            problems.text(path("value"), field.get("value"), 0..=1024, true);
        }
    }
    if embeds.iter().map(size).sum::<usize>() > MAX_TOTAL {
        let words = format!("Embed size exceeds maximum size of {MAX_TOTAL}");
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", words);
    }
}

/// Refuses an embed that shows nothing.
fn check_presence(problems: &mut Problems, position: usize, embed: &Value) {
    let is_empty = |value: &Value| match value {
        Value::String(text) => text.is_empty(),
        Value::Array(parts) => parts.is_empty(),
        other => other.is_null(),
    };
    if embed.as_object().is_some_and(Map::is_empty) {
        let words = "List item values of ModelType are required";
        problems.add(format!("embeds.{position}"), "LIST_ITEM_VALUE_REQUIRED", words);
    } else if SHOWN.iter().all(|part| embed.get(*part).is_none_or(is_empty)) {
        problems.missing(format!("embeds.{position}.description"));
    }
}

/// Adds what Discord adds to an embed, and takes out what bots don't say.
pub(crate) fn complete(embed: Value) -> Value {
    let mut embed = with(embed, json!({ "type": "rich" }));
    if let Some(keys) = embed.as_object_mut() {
        keys.retain(|key, _| !FOUND_OUT.contains(&key.as_str()));
    }
    for field in embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
        *field = with(json!({ "inline": false }), std::mem::take(field));
    }
    embed
}

fn size(embed: &Value) -> usize {
    let empty = Value::Null;
    let parts = [
        text(embed, "title"),
        text(embed, "description"),
        text(embed.get("footer").unwrap_or(&empty), "text"),
        text(embed.get("author").unwrap_or(&empty), "name"),
    ];
    let fields = items(embed, "fields").iter().flat_map(|field| [text(field, "name"), text(field, "value")]);
    parts.into_iter().chain(fields).map(|part| part.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of what is wrong with an embed, each with where it is.
    fn problems_of(embed: Value) -> Value {
        let mut problems = Problems::default();
        check(&mut problems, &[embed]);
        problems.into_result().err().and_then(|refusal| refusal.errors).unwrap_or_default()["embeds"]["0"].take()
    }

    #[test]
    fn what_is_wrong_with_an_embed_is_named() {
        let check = |embed: Value, pointer: &str, code: &str| {
            let found = problems_of(embed.clone());
            assert_eq!(found.pointer(&format!("{pointer}/_errors/0/code")), Some(&json!(code)), "{embed}: {found}");
        };
        check(json!({}), "", "LIST_ITEM_VALUE_REQUIRED");
        check(json!({ "type": "rich", "title": null }), "/description", "BASE_TYPE_REQUIRED");
        check(json!({ "title": "t", "timestamp": "nonsense" }), "/timestamp", "DATE_TIME_TYPE_PARSE");
        check(json!({ "title": "t", "color": 0x100_0000 }), "/color", "NUMBER_TYPE_MAX");
        check(json!({ "title": "t", "color": -1 }), "/color", "NUMBER_TYPE_MIN");
        check(json!({ "title": "t", "color": "red" }), "/color", "NUMBER_TYPE_COERCE");
        check(json!({ "fields": [{ "name": "n" }] }), "/fields/0/value", "BASE_TYPE_REQUIRED");
        let empty_field = json!({ "fields": [{ "name": "", "value": "" }], "timestamp": "2024-05-01T00:00:00.000Z" });
        assert_eq!(problems_of(empty_field), Value::Null);
    }

    #[test]
    fn all_embeds_together_have_a_limit() {
        let embed = json!({ "description": "a".repeat(3500) });
        let is_refused = |count: usize| {
            let mut problems = Problems::default();
            check(&mut problems, &vec![embed.clone(); count]);
            problems.into_result().is_err()
        };
        assert!(!is_refused(1));
        assert!(is_refused(2));
    }
}
