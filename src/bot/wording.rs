//! What pamphlet says besides answers: help lines of the conversation itself.

use super::ChannelId;
use crate::answer::Letter;
use std::collections::BTreeSet;

pub(super) const SHOW: &str = "Show in channel";
pub(super) const REMOVE: &str = "Remove";

pub(super) const PRIVACY: &str = "**What I keep of you: nothing.**\n\
    - What you ask is never written to a disk or a log, and nobody is told of it.\n\
    - While I run, I hold in memory: what you last asked about in a channel (in the FAQ's words where it had an answer, else in yours), for at most ten \
    minutes, so that a follow-up makes sense; which messages I answered, by their numbers, so that I answer once and can take an answer back; how often \
    somebody asked in the last minute, under a scrambled key instead of a name; and that somebody pressed “Helpful” or “Not helpful” on a message, scrambled \
    so that neither can be read from it, to count it once. All of it is gone when I stop.\n\
    - I keep counts, for each FAQ and day: how often each entry was the answer; how often I offered entries, had none, sent an urgent card or said nothing; \
    how often an entry was found helpful or not; how often each topic was asked about that has no entry. Never a text, never who asked, never who got which \
    answer. Moderators see them rounded down to fives.\n\
    - I read messages that mention me, replies to me, direct messages, and messages on which somebody uses “Answer from \
    the FAQ”. In a channel, an answer that I post can be taken away with “Remove”, and goes when you delete your question.\n\
    - Moderators who change the FAQ are kept with what they changed and when. What they are still writing or trying, I hold in memory for a quarter of an hour.\n\
    - Discord itself keeps messages and button presses by its own rules.";

pub(super) const USE_THE_MENU: &str = "To answer somebody else's message: open the menu of that message, choose “Apps”, then “Answer from the FAQ”. \
     Only you will see the answer. Or mention me and write the question yourself.";

pub(super) const TOO_FAST: &str = "That was a lot at once. Please give me a minute, then ask again. In an emergency, call your local emergency number.";
pub(super) const THANK_YOU: &str = "Thank you for telling me.";
pub(super) const SORRY: &str = "Thank you for saying so. If you can, tell a moderator what was missing.";
pub(super) const SORRY_REPORT: &str =
    "Thank you for saying so. If something in it is wrong or missing, you can tell the moderators.";
pub(super) const ASK_MODERATORS: &str = "Ask the moderators";
pub(super) const REPORT: &str = "Report a problem with this passage";
pub(super) const REPORT_TITLE: &str = "Report a problem";
pub(super) const YOUR_QUESTION: &str = "Your question";
pub(super) const WHAT_IS_WRONG: &str = "What is wrong or missing?";
pub(super) const YOUR_NAME: &str = "Your name, if it is to be told (optional)";
pub(super) const SEND: &str = "Send";
pub(super) const EMPTY_LETTER: &str = "There was nothing in it, so there is nothing to send.";
pub(super) const NO_LETTERBOX: &str = "I can't reach the moderators from here. Please write to one of them yourself.";
pub(super) const LETTER_SENT: &str = "Sent to the moderators. I keep nothing of it. If you told no name, they can't tell who wrote it; look for an answer in the \
     server.";
pub(super) const LETTER_LOST: &str = "I couldn't reach the moderators just now. Your text is still here: send it again in a while, or write to one of them yourself.";
pub(super) const NOT_YOURS: &str = "Only the person who asked, or a moderator, can remove this.";
pub(super) const GONE: &str = "That entry is no longer in the FAQ. `/topics` shows what there is.";
pub(super) const NO_TEXT: &str = "That message has no text that I can read.";
pub(super) const NO_COLLECTION: &str = "There is no FAQ for this place yet. Whoever runs this bot can set one.";
pub(super) const PAUSED: &str = "The moderators have paused my answers for now. They can help you meanwhile. In an emergency, call your local emergency number.";
pub(super) const SLOW: &str = "That took me too long. Please do it once more.";
pub(super) const TROUBLE: &str = "Sorry, something went wrong on my side. Please try again in a moment. In an emergency, call your local emergency number.";

/// What is said above a letter before it is sent.
pub(super) fn look_at(nameless: bool) -> String {
    let name = if nameless { "without your name" } else { "with the name that you gave" };
    format!(
        "This goes to the moderators of this server, {name}, once you press “Send”. They are members like you, and no emergency service."
    )
}

/// What the moderators read above a letter.
pub(super) fn letter(letter: &Letter) -> String {
    match letter {
        Letter::Question => "A member asks, and the FAQ has no answer:".to_owned(),
        Letter::Problem(entry) => format!("A member reports a problem with the passage of `{entry}`:"),
    }
}

/// What is said where the moderators want no answers of pamphlet's.
pub(super) fn elsewhere(channels: &BTreeSet<ChannelId>) -> String {
    let named: Vec<String> = channels.iter().map(|channel| format!("<#{channel}>")).collect();
    format!("In this server I answer in {}. Please ask me there.", named.join(" "))
}
