//! What moderators are told.

use crate::answer::Letter;
use crate::safety::is_shown;
use crate::store::RevisionKind;

pub(super) const NOT_THIS_SERVER: &str = "The FAQ isn't in the keeping of this server, so it can't be changed from here, and its counts aren't shown. Whoever \
     runs this bot can give it to you: they name this server in the bot's settings. `/faq test` works everywhere.";
pub(super) const CLOSED: &str = "The FAQ can't be changed from here just now. Please ask whoever runs this bot.";
pub(super) const EXPORTED: &str = "This is the whole FAQ, as its files.";
pub(super) const TOO_LARGE: &str =
    "This FAQ is too large for one file on Discord. Whoever runs this bot can send it to you.";
pub(super) const NOT_EXPORTED: &str =
    "The FAQ's files can't be read just now. Please ask whoever runs this bot to look at their log.";
pub(super) const GONE: &str = "That was too long ago, and I no longer have it. Please start again with `/faq`.";
pub(super) const NO_SUCH_ENTRY: &str =
    "There is no entry of that name. Choose one of those that are offered while you type.";
pub(super) const NOT_A_FORM: &str = "A form on Discord can't show this entry whole: its file holds more than that, or has a fault. I won't cut it. \
     `/faq export` gets you a copy; change the file there and bring it back with `/faq upload`, or ask whoever runs this bot.";
pub(super) const NEW: &str = "A new entry";
pub(super) const SAVE: &str = "Save";
pub(super) const DRAFT: &str = "Draft an entry";
pub(super) const CHANGE_ENTRY: &str = "Change the entry";
pub(super) const CHANGE: &str = "Change it";
pub(super) const DISCARD: &str = "Discard";
pub(super) const DISCARDED: &str = "Discarded. Nothing was changed.";
pub(super) const KEEP: &str = "Keep it";
pub(super) const KEPT: &str = "It stays. Nothing was changed.";
pub(super) const UNCHANGED: &str = "That is what the entry says already. Nothing was changed.";
pub(super) const CHANGED_MEANWHILE: &str =
    "Somebody changed this entry meanwhile, so nothing was done. Please look at it again and start anew.";
pub(super) const PREVIEW: &str = "This is how it will look. Only you see it, and nothing is saved yet.";
pub(super) const PREVIEW_WAITS: &str = "This is how it will look once a reviewer has signed it; until then members get the signed text, if there is one. Only you see \
     this, and nothing is saved yet.";
pub(super) const SAVE_OVER: &str = "Save mine in its place";
pub(super) const START_FROM_IT: &str = "Start from theirs";
pub(super) const REMOVE: &str = "Remove it";
pub(super) const NO_HISTORY: &str = "Nothing was changed in this entry through me yet.";

/// What is said when the files are read again, which holds these problems.
pub(super) fn reloading(problems: &str) -> String {
    let told = "I'm reading the FAQ's files again. What is new is served in a moment.";
    match problems.is_empty() {
        true => told.to_owned(),
        // They may quote what stands there.
        false => format!("{told} This is to be looked at in them:\n{}", inert(problems)),
    }
}

/// What stands above a member's letter.
pub(in crate::bot) fn letter_of(letter: &Letter, is_named: bool) -> String {
    let name = if is_named { "a name was given" } else { "no name was given" };
    match letter {
        Letter::Question => format!("A member asks, and the FAQ has no answer ({name}):"),
        Letter::Problem(entry) => format!("A member reports a problem with the passage of `{entry}` ({name}):"),
    }
}

/// The title of the form that changes an entry.
pub(super) fn change_of(entry: &str) -> String {
    format!("Change {entry}")
}

/// The label of a button that adds a phrasing to an entry.
pub(super) fn add_to(question: &str) -> String {
    format!("Add to: {question}")
}

/// The question before an entry is removed.
pub(super) fn really_remove(question: &str) -> String {
    format!("Remove “{question}” from the FAQ? `/faq undo` brings it back.")
}

/// What is said after a change.
pub(super) fn saved(number: u64, entry: &str, diff: &str) -> String {
    format!("Saved as revision {number} of `{entry}`; `/faq undo` takes it back.\n{}", fenced(diff))
}

/// What the moderators are told of a change.
pub(super) fn saved_by(name: &str, number: u64, kind: RevisionKind, entry: &str, diff: &str) -> String {
    let done = done(kind);
    format!("`{entry}` was {done} by {name} (revision {number}); `/faq undo` takes it back.\n{}", fenced(diff))
}

/// What was done to an entry.
pub(super) fn done(kind: RevisionKind) -> &'static str {
    match kind {
        RevisionKind::Create => "written",
        RevisionKind::Edit => "changed",
        RevisionKind::Remove => "removed",
        RevisionKind::Undo => "put back",
        RevisionKind::Sign => "signed",
    }
}

/// What is said where somebody else saved first.
pub(super) fn overtaken(entry: &str, is_there: bool, diff: &str) -> String {
    let done = if is_there { "changed" } else { "removed" };
    format!(
        "Somebody {done} `{entry}` while you were writing. Nothing of yours is lost, and nothing is saved yet. This is what saving \
         yours would change:\n{}",
        fenced(diff)
    )
}

/// What is said of an uploaded file that can't be saved, and that no form shows either.
pub(super) const AGAIN: &str = "Please mend it and upload it again. Nothing was changed.";

/// What is said of a draft that can't be saved as it is.
pub(super) fn faulty(problems: &str) -> String {
    match problems.is_empty() {
        true => "I can't show the card of it, so it can't be saved. Please ask whoever runs this bot to look at the FAQ's files.".to_owned(),
        // They may quote what was typed.
        false => format!("It can't be saved like this yet:\n{}", inert(problems)),
    }
}

/// Who changed an entry, and how it was changed last.
pub(super) fn history(entry: &str, lines: &str, diff: &str) -> String {
    format!("**{entry}**\n{lines}\nThe last change:\n{}", fenced(diff))
}

/// Text in which Discord reads no Markdown, no mention and no link, and nothing is unseen or turns its direction.
pub(in crate::bot) fn inert(text: &str) -> String {
    let shown = text.trim_end().chars().filter(|letter| is_shown(*letter));
    let text: String = shown.map(|letter| if letter == '`' { '\'' } else { letter }).collect();
    format!("```\n{text}\n```")
}

/// A diff as Discord shows it. The diff itself holds no fence.
pub(super) fn fenced(diff: &str) -> String {
    format!("```diff\n{diff}\n```")
}
