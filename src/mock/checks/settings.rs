//! Settings of channels: what is kept and told of them, and steers clients rather than what happens here.

use serde_json::{Map, Value, json};

use super::{Problems, given};
use crate::mock::world::{MINUTES, RoomKind};

/// The most seconds between two messages of a member.
const MAX_SLOWMODE: i64 = 21_600;

/// A setting, of which kinds of channels it is, and what it may be.
struct Setting(&'static str, &'static [RoomKind], Values);

/// What a setting may be.
enum Values {
    /// A whole number between these.
    Between(i64, i64),
    /// One of these numbers.
    OneOf(&'static [u64]),
    Text,
    /// An emoji as a forum names it.
    Emoji,
}

const OF_THREADS: &[RoomKind] = &[RoomKind::Text, RoomKind::Announcement, RoomKind::Forum];
const FORUM: &[RoomKind] = &[RoomKind::Forum];
const VOICE: &[RoomKind] = &[RoomKind::Voice];

/// The bitrate is that of a server without boosts.
const SETTINGS: [Setting; 9] = [
    Setting("default_auto_archive_duration", OF_THREADS, Values::OneOf(&MINUTES)),
    Setting("default_thread_rate_limit_per_user", OF_THREADS, Values::Between(0, MAX_SLOWMODE)),
    Setting("default_forum_layout", FORUM, Values::OneOf(&[0, 1, 2])),
    Setting("default_sort_order", FORUM, Values::OneOf(&[0, 1])),
    Setting("default_reaction_emoji", FORUM, Values::Emoji),
    Setting("bitrate", VOICE, Values::Between(8_000, 96_000)),
    Setting("user_limit", VOICE, Values::Between(0, 99)),
    Setting("rtc_region", VOICE, Values::Text),
    Setting("video_quality_mode", VOICE, Values::OneOf(&[1, 2])),
];

/// The settings that a body gives a channel of this kind; null where one is to be as usual.
pub(crate) fn read(problems: &mut Problems, body: &Value, kind: RoomKind) -> Map<String, Value> {
    let own = SETTINGS.iter().filter(|Setting(key, kinds, _)| kinds.contains(&kind) && body.get(key).is_some());
    own.map(|Setting(key, _, values)| ((*key).to_owned(), values.read(problems, key, given(body, key)))).collect()
}

/// The seconds between two messages of a member that a body gives a channel or a thread.
pub(crate) fn slowmode(problems: &mut Problems, body: &Value) -> Option<u64> {
    let seconds = problems.whole("rate_limit_per_user", given(body, "rate_limit_per_user"), 0..=MAX_SLOWMODE);
    seconds.and_then(|seconds| u64::try_from(seconds).ok())
}

impl Values {
    fn read(&self, problems: &mut Problems, key: &str, value: Option<&Value>) -> Value {
        match self {
            Values::Between(least, most) => problems.whole(key, value, *least..=*most).into(),
            Values::OneOf(choices) => problems.one_of(key, value, choices).into(),
            Values::Text => problems.text(key, value, 0..=usize::MAX, false).into(),
            Values::Emoji => value.map_or(Value::Null, |emoji| {
                let [id, name] = ["emoji_id", "emoji_name"].map(|part| given(emoji, part));
                json!({ "emoji_id": problems.id(format!("{key}.emoji_id"), id), "emoji_name": name })
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_those_of_their_kind_and_within_bounds() {
        let check = |kind: RoomKind, body: Value, expected: Option<Value>| {
            let mut problems = Problems::default();
            let found = Value::Object(read(&mut problems, &body, kind));
            assert_eq!(problems.into_result().ok().map(|()| found), expected, "{body}");
        };
        check(RoomKind::Voice, json!({ "bitrate": 96_000 }), Some(json!({ "bitrate": 96_000 })));
        check(RoomKind::Voice, json!({ "bitrate": 96_001 }), None);
        check(RoomKind::Voice, json!({ "user_limit": 100 }), None);
        check(RoomKind::Voice, json!({ "rtc_region": null }), Some(json!({ "rtc_region": null })));
        check(RoomKind::Text, json!({ "bitrate": 1 }), Some(json!({})));
        check(RoomKind::Text, json!({ "default_auto_archive_duration": 61 }), None);
        check(RoomKind::Forum, json!({ "default_sort_order": "1" }), Some(json!({ "default_sort_order": 1 })));
        check(RoomKind::Forum, json!({ "default_forum_layout": 3 }), None);
        let emoji = json!({ "default_reaction_emoji": { "emoji_id": null, "emoji_name": "👍" } });
        check(RoomKind::Forum, emoji.clone(), Some(emoji));
    }
}
