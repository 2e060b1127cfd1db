//! What is said about the settings of a server.

use super::panel::Panel;
use crate::bot::ChannelId;
use crate::store::ServerSettings;
use crate::words::Language;

/// How many channels are named in a sentence: three times 25 have no room in a message.
const NAMED: usize = 8;

pub(super) const NOT_A_MANAGER: &str = "`/faq setup` is for those who may manage this server. If something should be different here, please tell one of them.";
pub(super) const GONE: &str = "That can't be chosen any more. Please start again with `/faq setup`.";
pub(super) const NO_STORE: &str =
    "I have nowhere to keep settings, so nothing was changed. Please ask whoever runs this bot.";
pub(super) const NOT_KEPT: &str = "I can't keep settings just now, so nothing was changed. Please try again in a few minutes; if that doesn't help, ask whoever \
     runs this bot.";
pub(super) const PAUSED: &str =
    "Paused. I answer nothing in this server until `/faq resume`, but still point people in danger to help.";
pub(super) const PAUSED_FOR_NOW: &str = "Paused. But I can't write it down just now; I'll try on, and a restart before that would end it. Please tell whoever runs this \
     bot.";
pub(super) const RESUMED_FOR_NOW: &str =
    "I answer again. But I can't write it down just now; I'll try on, and a restart before that would forget it.";
pub(super) const RESUMED: &str = "I answer again.";
pub(super) const ALREADY_PAUSED: &str = "I am paused already. `/faq resume` ends that.";
pub(super) const ALREADY_RESUMED: &str = "I am not paused.";
pub(super) const MODERATORS_HERE: &str = "From now on I tell the moderators here what members send them and, if this server keeps the FAQ, what is changed in it and what \
     needs mending. Whoever can see this channel can read it.";
pub(super) const CANNOT_LISTEN: &str = "\nDiscord doesn't show me what members write unless they mention me. Whoever runs this bot can switch that on \
     (`message_content` in its settings); until then I can't answer unasked or in forums.";

pub(super) const ANSWER_IN: &str = "Channels where I may answer; none chosen: all";
pub(super) const LISTEN: &str = "Channels where I answer unasked, when I am sure";
pub(super) const FORUMS: &str = "Forums in which I answer the first post of a thread";
pub(super) const MODERATOR_ROLE: &str = "The role of those who keep the FAQ";
pub(super) const MODERATOR_CHANNEL: &str = "The moderators' channel";
pub(super) const COLLECTION: &str = "Which FAQ";
pub(super) const PRIVACY_OF_ASK: &str = "Who sees the answer to /ask";
pub(super) const REGION: &str = "Whose help lines an urgent card names";
pub(super) const NO_REGION: &str = "As whoever runs this bot chose";
pub(super) const LANGUAGE: &str = "The language that I speak";
pub(super) const USUAL_LANGUAGE: &str = "The language that whoever runs this bot chose";

/// The name of a part of the settings.
pub(super) fn name(panel: Panel) -> &'static str {
    match panel {
        Panel::All => "Overview",
        Panel::Channels => "Channels",
        Panel::Moderators => "Moderators",
        Panel::Answers => "Answers",
    }
}

/// A language as who speaks it calls it.
pub(super) fn named(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::German => "Deutsch",
    }
}

/// Who sees the answer to `/ask`.
pub(super) fn asks(public: bool) -> &'static str {
    if public { "everybody, unless the asker wants it private" } else { "only who asks, unless they want it shown" }
}

/// Tells the moderators who stopped the answers, or let them go on.
pub(super) fn paused_by(name: &str, paused: bool) -> String {
    match paused {
        true => format!("{name} paused me: I answer nothing here until `/faq resume`, but for urgent signs."),
        false => format!("{name} let me go on: I answer again."),
    }
}

/// Said where the moderators' channel can't be written in.
pub(super) fn cannot_write(channel: ChannelId) -> String {
    format!(
        "**I couldn't write in <#{channel}>.** Let me see it and send messages there, or choose another; until then nothing arrives."
    )
}

/// Channels as Discord shows them, as many as a message has room for.
fn channels<'i>(ids: impl IntoIterator<Item = &'i ChannelId>, none: &str) -> String {
    let named: Vec<String> = ids.into_iter().map(|id| format!("<#{id}>")).collect();
    match named.split_at_checked(NAMED) {
        Some((some, rest)) if !rest.is_empty() => format!("{} and {} more", some.join(" "), rest.len()),
        _ if named.is_empty() => none.to_owned(),
        _ => named.join(" "),
    }
}

/// All settings as sentences.
pub(super) fn overview(
    title: Option<&str>,
    chosen: &ServerSettings,
    region: Option<&str>,
    language: Language,
) -> String {
    let moderators = match chosen.moderator_role {
        Some(role) => format!("<@&{role}>, and who may manage this server"),
        None => "who may manage this server".to_owned(),
    };
    let mut lines = vec![
        "**How I am set up here**".to_owned(),
        format!("- FAQ: {}", title.unwrap_or("none yet; whoever runs this bot can give this server one")),
        format!("- I answer in: {}", channels(&chosen.answer_in, "all channels")),
        format!("- I answer unasked, when I am sure, in: {}", channels(&chosen.listen, "no channel")),
        format!("- I answer the first post of a thread in: {}", channels(&chosen.forums, "no forum")),
        format!("- Moderators, who keep the FAQ: {moderators}"),
        format!(
            "- Moderators' channel: {}",
            channels(&chosen.moderator_channel, "none, so I tell nobody of changes and problems")
        ),
        format!("- The answer to `/ask` is seen by: {}", asks(chosen.public_ask)),
        format!("- Help lines of an urgent card: {}", region.unwrap_or("none, but “your local emergency number”")),
        format!("- The language that I speak, around the FAQ's words: {}", named(language)),
    ];
    if chosen.paused {
        lines.push("- **I am paused**: I answer nothing but urgent signs. `/faq resume` ends that.".to_owned());
    }
    lines.join("\n")
}
