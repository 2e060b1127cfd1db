//! What text must not hold, since people are shown it: characters that can't be seen or that turn the direction of
//! writing, and what Discord reads as a mention.

use super::sheet::Span;
use crate::text::is_unseen;

/// Something that text must not hold.
pub(crate) struct Unfit {
    /// Where it is, in bytes of the text.
    pub(super) at: Span,
    /// What it is.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) mend: &'static str,
}

/// What Discord reads as a mention.
const MENTIONS: [&str; 3] = ["@everyone", "@here", "<@"];

/// The first thing in a text of one line that must not be there.
pub(crate) fn unfit_line(text: &str) -> Option<Unfit> {
    unfit_letter(text, |letter| letter.is_control()).or_else(|| mention(text))
}

/// The first thing in a text of several lines that must not be there.
pub(super) fn unfit_passage(text: &str) -> Option<Unfit> {
    unfit_letter(text, |letter| letter.is_control() && !matches!(letter, '\n' | '\t'))
        .or_else(|| mention(text))
        .or_else(|| unclosed(text))
}

/// What hides or swallows all that follows on the card, the source and the reminder included, when it isn't closed.
fn unclosed(text: &str) -> Option<Unfit> {
    let open = ["```", "||"].into_iter().find(|mark| text.matches(mark).count() % 2 == 1)?;
    let at = text.rfind(open)?;
    let what = format!("`{open}` that isn't closed");
    Some(Unfit { at: at..at + open.len(), what, mend: "close it, or take it out" })
}

fn unfit_letter(text: &str, is_control: impl Fn(char) -> bool) -> Option<Unfit> {
    let (at, letter) = text.char_indices().find(|(_, letter)| is_control(*letter) || is_unseen(*letter))?;
    let kind = match letter {
        '\n' | '\r' => "a line break",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a character that turns the direction of writing",
        _ => "a character that can't be seen",
    };
    let what = format!("{kind} (U+{:04X})", u32::from(letter));
    Some(Unfit { at: at..at + letter.len_utf8(), what, mend: "take it out" })
}

fn mention(text: &str) -> Option<Unfit> {
    if !text.contains(['@', '<']) {
        return None;
    }
    let found = MENTIONS.iter().filter_map(|mention| text.find(mention).map(|at| (at, mention)));
    let (at, mention) = found.min()?;
    let what = format!("`{mention}`, which Discord reads as a mention");
    Some(Unfit { at: at..at + mention.len(), what, mend: "write the name of a role or of people without it" })
}
