//! What moderators are told.

pub(super) const NOT_A_MODERATOR: &str = "`/faq` is for the moderators of this server, who keep the FAQ. If something in it is wrong or missing, please tell one of \
     them; they will be glad to hear it.";
pub(super) const CLOSED: &str = "Nothing can be changed from here at the moment: this pamphlet has no place to note who changed what. Whoever runs it can set one.";
pub(super) const RELOADING: &str = "I'm reading the FAQ's files again. What is new is served in a moment.";
pub(super) const EXPORTED: &str = "This is the whole FAQ, as its files.";
pub(super) const TOO_LARGE: &str =
    "This FAQ is too large for one file on Discord. Whoever runs this bot can send it to you.";
pub(super) const NOT_EXPORTED: &str =
    "The FAQ's files can't be read just now. Please ask whoever runs this bot to look at their log.";
pub(super) const GONE: &str = "That was too long ago, and I no longer have it. Please start again with `/faq`.";
pub(super) const NO_SUCH_ENTRY: &str =
    "There is no entry of that name. Choose one of those that are offered while you type.";
pub(super) const NEW: &str = "A new entry";
pub(super) const SAVE: &str = "Save";
pub(super) const CHANGE: &str = "Change it";
pub(super) const DISCARD: &str = "Discard";
pub(super) const DISCARDED: &str = "Discarded. Nothing was changed.";
pub(super) const UNCHANGED: &str = "That is what the entry says already. Nothing was changed.";
pub(super) const PREVIEW: &str = "This is how it will look. Only you see it, and nothing is saved yet.";
pub(super) const SAVE_OVER: &str = "Save mine in its place";
pub(super) const START_FROM_IT: &str = "Start from theirs";
pub(super) const TAKE_OUT: &str = "Take it out";
pub(super) const NOT_A_FORM: &str =
    "This entry's file has something in it that a form can't show. Whoever runs this bot can change the file itself.";
pub(super) const NO_HISTORY: &str = "Nothing was changed in this entry through me yet.";

/// The title of the form that changes an entry.
pub(super) fn change_of(entry: &str) -> String {
    format!("Change {entry}")
}

/// The label of a button that adds a phrasing to an entry.
pub(super) fn add_to(question: &str) -> String {
    format!("Add to: {question}")
}

/// The question before an entry is taken out.
pub(super) fn really_remove(question: &str) -> String {
    format!("Take “{question}” out of the FAQ? Its file goes; `/faq undo` brings it back.")
}

/// What is said after a change.
pub(super) fn saved(number: u64, entry: &str, diff: &str) -> String {
    format!("Saved as revision {number} of `{entry}`. It is served in a moment.\n{}", fenced(diff))
}

/// What is said where somebody else saved first.
pub(super) fn overtaken(entry: &str, diff: &str) -> String {
    format!(
        "Somebody changed `{entry}` while you were writing. Nothing of yours is lost or saved yet. This is what saving yours \
         would change of theirs:\n{}",
        fenced(diff)
    )
}

/// What is said of a draft that can't be saved as it is.
pub(super) fn faulty(problems: &[String]) -> String {
    format!("It can't be saved like this yet:\n{}", problems.join("\n"))
}

/// A diff as Discord shows it. The diff itself holds no fence.
pub(super) fn fenced(diff: &str) -> String {
    format!("```diff\n{diff}\n```")
}
