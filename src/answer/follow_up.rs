//! Whether a message points back at what was said before.

use crate::text;

/// Words that stand for something named before.
const POINTERS: &[&str] =
    &["it", "its", "they", "them", "their", "that", "those", "these", "this", "one", "ones", "either", "both"];
/// How a message goes on from the one before.
const GOING_ON: &[&[&str]] =
    &[&["and"], &["but"], &["so"], &["or"], &["what", "about"], &["how", "about"], &["any"], &["ok"], &["also"]];

/// Whether a message leaves something unsaid that was named before: "is it a pill?", "and the side effects?".
pub(super) fn points_back(own: &str) -> bool {
    let words = text::words(own);
    let goes_on = |start: &&[&str]| words.iter().take(start.len()).map(String::as_str).eq(start.iter().copied());
    GOING_ON.iter().any(goes_on) || words.iter().any(|word| POINTERS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(points_back(text), expected, "{text:?}");
    }

    #[test]
    fn a_follow_up_points_back() {
        check("is it a pill?", true);
        check("and the side effects?", true);
        check("what about cost", true);
        check("does diet help", false);
        check("what does rituximab do", false);
    }
}
