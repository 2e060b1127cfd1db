//! The form of a message: its sentences, and which of them ask something.

use crate::text;

/// How a question begins, as people type it.
const ASKING: &[&str] = &[
    "what", "whats", "which", "why", "how", "hows", "when", "where", "wheres", "who", "whos", "is", "are", "does",
    "do", "did", "can", "could", "will", "would", "should", "has", "have", "am", "was", "any", "anyone", "anybody",
    "isnt", "arent", "doesnt", "dont", "cant", "wat", "wots", "wot", "y", "hw", "r", "exist", "exists", "tell",
    "explain",
];

/// Words that stand for a thing that was named before.
const POINTING: &[&str] = &["it", "its", "this", "these", "they", "them"];

/// What the form of a message tells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Form {
    /// It has a question mark.
    pub(super) marked: bool,
    /// It begins as a question does.
    pub(super) asks: bool,
}

impl Form {
    /// The form of a text.
    pub(super) fn of(own: &str) -> Self {
        let first = own.split_whitespace().next().unwrap_or_default();
        let asks = text::words(first).first().is_some_and(|first| ASKING.contains(&first.as_str()));
        Self { marked: own.contains('?'), asks }
    }

    /// Whether it asks something.
    pub(super) fn is_question(self) -> bool {
        self.marked || self.asks
    }
}

/// Whether a text speaks of something by a word that points at what was named before: "is it a pill".
pub(super) fn points(text: &str) -> bool {
    text::words(text).iter().any(|word| POINTING.contains(&word.as_str()))
}

/// The sentences of a text, in order, each with at least one word; what follows after so many is one sentence.
pub(super) fn sentences(own: &str, most: usize) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = own.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if sentences.len() + 1 >= most {
            break;
        }
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '\n' => true,
            '!' | '?' | ';' => next.is_none_or(|next| next.is_whitespace() || next == letter),
            // "6.5" and "e.g" are no ends.
            '.' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            let end = at + letter.len_utf8();
            sentences.extend(own.get(start..end));
            start = end;
        }
    }
    sentences.extend(own.get(start..));
    sentences.retain(|sentence| sentence.contains(char::is_alphanumeric));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = sentences(text, 9).into_iter().map(str::trim).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("Hi. is it a pill?? or 6.5 mg", &["Hi.", "is it a pill?", "or 6.5 mg"]);
        check("one\ntwo!", &["one", "two!"]);
        check("?!", &[]);
        assert_eq!(sentences("a. b. c. d.", 2), ["a.", " b. c. d."]);
    }

    #[test]
    fn a_question_is_known_by_its_words() {
        assert!(Form::of("does it hurt").asks && !Form::of("congrats on the new job").asks);
        assert!(Form::of("on ofev?").marked && Form::of("on ofev?").is_question());
    }
}
