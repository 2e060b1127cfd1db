//! What changed between two texts, word by word.

use similar::utils::diff_unicode_words;
use similar::{Algorithm, ChangeTag};

/// A stretch of text, and which of the two texts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub side: Side,
}

/// Which of two texts have a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Both.
    Both,
    /// The old one alone: it was taken out.
    Old,
    /// The new one alone: it was put in.
    New,
}

/// Both texts in one, in order: what they share once, and each change where it was made, what was taken out before what was put in.
/// Words that were changed one after the other are one change.
pub fn changes(old: &str, new: &str) -> Vec<Part> {
    let diff = diff_unicode_words(Algorithm::Patience, old, new);
    let mut parts = Vec::new();
    let (mut taken, mut put) = (String::new(), String::new());
    for (number, (tag, text)) in diff.iter().enumerate() {
        let goes_on = || diff.get(number + 1).is_some_and(|(next, _)| *next != ChangeTag::Equal);
        let has_change = !(taken.is_empty() && put.is_empty());
        match tag {
            ChangeTag::Delete => taken.push_str(text),
            ChangeTag::Insert => put.push_str(text),
            ChangeTag::Equal if has_change && text.trim().is_empty() && goes_on() => {
                taken.push_str(text);
                put.push_str(text);
            }
            ChangeTag::Equal => {
                end(&mut taken, &mut put, &mut parts);
                parts.push(Part { text: (*text).to_owned(), side: Side::Both });
            }
        }
    }
    end(&mut taken, &mut put, &mut parts);
    parts
}

/// Ends a change.
fn end(taken: &mut String, put: &mut String, parts: &mut Vec<Part>) {
    let both = [(taken, Side::Old), (put, Side::New)];
    let changed = both.into_iter().filter(|(text, _)| !text.is_empty());
    parts.extend(changed.map(|(text, side)| Part { text: std::mem::take(text), side }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What was taken out in square brackets, what was put in in braces.
    fn shown(old: &str, new: &str) -> String {
        let mark = |part: Part| match part.side {
            Side::Both => part.text,
            Side::Old => format!("[{}]", part.text),
            Side::New => format!("{{{}}}", part.text),
        };
        changes(old, new).into_iter().map(mark).collect()
    }

    #[test]
    fn a_change_is_told_by_words() {
        assert_eq!(shown("Tea is warm.", "Tea is not warm."), "Tea is {not }warm.");
        assert_eq!(shown("It does no harm.", "It may do harm."), "It [does no]{may do} harm.");
        assert_eq!(shown("", "All of it."), "{All of it.}");
        assert_eq!(shown("Same.", "Same."), "Same.");
    }

    proptest! {
        #[test]
        fn each_text_is_there_whole(old in "[a-c .\\né]{0,60}", new in "[a-c .\\né]{0,60}") {
            let without = |other: Side| -> String {
                changes(&old, &new).into_iter().filter(|part| part.side != other).map(|part| part.text).collect()
            };
            prop_assert_eq!(&without(Side::New), &old);
            prop_assert_eq!(&without(Side::Old), &new);
        }
    }
}
