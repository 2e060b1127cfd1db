//! Embeds: their lengths and addresses.

use serde_json::{Value, json};

use super::{Problems, items, text};
use crate::mock::wire::with;

/// The most characters of all embeds of a message together.
const MAX_TOTAL: usize = 6000;

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
        let path = |part: &str| format!("embeds.{position}.{part}");
        problems.text(&path("title"), embed.get("title"), 0..=256, false);
        problems.text(&path("description"), embed.get("description"), 0..=4096, false);
        problems.text(&path("footer.text"), embed.pointer("/footer/text"), 0..=2048, false);
        problems.text(&path("author.name"), embed.pointer("/author/name"), 0..=256, false);
        for (part, schemes) in ADDRESSES {
            let pointer = format!("/{}", part.replace('.', "/"));
            problems.address(&path(part), embed.pointer(&pointer).and_then(Value::as_str), schemes);
        }
        problems.count(&path("fields"), items(embed, "fields").len(), 0..=25);
        for (row, field) in items(embed, "fields").iter().enumerate() {
            problems.text(&path(&format!("fields.{row}.name")), field.get("name"), 1..=256, true);
            problems.text(&path(&format!("fields.{row}.value")), field.get("value"), 1..=1024, true);
        }
    }
    if embeds.iter().map(size).sum::<usize>() > MAX_TOTAL {
        let words = format!("Embed size exceeds maximum size of {MAX_TOTAL}");
        problems.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", words);
    }
}

/// Adds what Discord adds to an embed.
pub(crate) fn complete(embed: Value) -> Value {
    let mut embed = with(embed, json!({ "type": "rich" }));
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
