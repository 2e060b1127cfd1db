//! What pamphlet says besides answers: help lines of the conversation itself.

pub(super) const SHOW: &str = "Show in channel";
pub(super) const REMOVE: &str = "Remove";

pub(super) const PRIVACY: &str = "**What I keep of you: nothing.**\n\
    - What you ask is never written to a disk or a log, and nobody is told of it.\n\
    - While I run, I hold in memory: what you last asked about in a channel (in the FAQ's words where it had an answer, else in yours), for at most ten \
    minutes, so that a follow-up makes sense; which messages I answered, by their numbers, so that I answer once and can take an answer back; and how often \
    somebody asked in the last minute, under a scrambled key instead of a name. All of it is gone when I stop.\n\
    - I read messages that mention me, replies to me, direct messages, and messages on which somebody uses “Answer from \
    the FAQ”. In a channel, an answer that I post can be taken away with “Remove”, and goes when you delete your question.\n\
    - Moderators who change the FAQ are noted with what they changed. What they are still writing or trying, I hold in memory for a quarter of an hour.\n\
    - Discord itself keeps messages and button presses by its own rules.";

pub(super) const USE_THE_MENU: &str = "To answer somebody else's message: open the menu of that message, choose “Apps”, then “Answer from the FAQ”. \
     Only you will see the answer. Or mention me and write the question yourself.";

pub(super) const TOO_FAST: &str = "That was a lot at once. Please give me a minute, then ask again. In an emergency, call your local emergency number.";
pub(super) const THANK_YOU: &str = "Thank you for telling me.";
pub(super) const SORRY: &str = "Thank you for saying so. If you can, tell a moderator what was missing.";
pub(super) const NOT_YOURS: &str = "Only the person who asked, or a moderator, can remove this.";
pub(super) const GONE: &str = "That entry is no longer in the FAQ. `/topics` shows what there is.";
pub(super) const NO_TEXT: &str = "That message has no text that I can read.";
pub(super) const NO_COLLECTION: &str = "There is no FAQ for this place yet. Whoever runs this bot can set one.";
pub(super) const SLOW: &str = "That took me too long. Please do it once more.";
pub(super) const TROUBLE: &str = "Sorry, something went wrong on my side. Please try again in a moment. In an emergency, call your local emergency number.";
