//! The small language in which signs are written: words in a row, with choices and gaps.
//!
//! `cant|cannot breathe` is either word and then "breathe"; `have_to|must` is "have to" or "must"; `want * die` allows up
//! to three words between; `my? dose` may lack the "my"; `bleed~` is any word that begins so. Patterns and messages are
//! compared by their plain words, so capitals, accents, apostrophes and punctuation don't matter.

use crate::text;

/// The most words that a `*` stands for.
const GAP: usize = 3;

/// A row of words to look for.
#[derive(Debug, Clone)]
pub(super) struct Pattern(Vec<Step>);

#[derive(Debug, Clone)]
enum Step {
    /// One of these, each one word or more.
    OneOf { choices: Vec<Vec<Stem>>, optional: bool },
    /// Up to [`GAP`] words.
    Gap,
}

#[derive(Debug, Clone)]
enum Stem {
    Whole(String),
    Start(String),
}

impl Stem {
    fn new(text: &str) -> Self {
        match text.strip_suffix('~') {
            Some(start) => Self::Start(text::words(start).concat()),
            None => Self::Whole(text::words(text).concat()),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => whole == word,
            Self::Start(start) => word.starts_with(start.as_str()),
        }
    }
}

impl Pattern {
    /// Reads a pattern. A text without words is a pattern that is found nowhere.
    pub(super) fn new(text: &str) -> Self {
        let steps = text.split_whitespace().map(|step| {
            if step == "*" {
                return Step::Gap;
            }
            let (choices, optional) = step.strip_suffix('?').map_or((step, false), |choices| (choices, true));
            let choices = choices.split('|').map(|choice| choice.split('_').map(Stem::new).collect()).collect();
            Step::OneOf { choices, optional }
        });
        Self(steps.collect())
    }

    /// Reads a list of patterns.
    pub(super) fn all(texts: &[String]) -> Vec<Self> {
        texts.iter().map(|text| Self::new(text)).collect()
    }

    /// Every place at which the pattern begins in a row of words.
    pub(super) fn starts<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        let places = if self.0.is_empty() { 0 } else { words.len() };
        (0..places).filter(move |start| fits(&self.0, words, *start))
    }

    /// Whether the pattern is anywhere in a row of words.
    pub(super) fn is_in(&self, words: &[String]) -> bool {
        self.starts(words).next().is_some()
    }
}

/// Whether the steps fit from `at` on.
fn fits(steps: &[Step], words: &[String], at: usize) -> bool {
    match steps.split_first() {
        None => true,
        Some((Step::Gap, rest)) => (at..=(at + GAP).min(words.len())).any(|next| fits(rest, words, next)),
        Some((Step::OneOf { choices, optional }, rest)) => {
            let taken = choices.iter().any(|choice| {
                let here = words.get(at..at + choice.len());
                let same = here.is_some_and(|here| choice.iter().zip(here).all(|(stem, word)| stem.fits(word)));
                same && fits(rest, words, at + choice.len())
            });
            taken || (*optional && fits(rest, words, at))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(Pattern::new(pattern).is_in(&text::words(text)), expected, "{pattern:?} in {text:?}");
    }

    #[test]
    fn patterns_are_words_with_choices_and_gaps() {
        check("cant|cannot breathe", "help I can't BREATHE", true);
        check("cant|cannot breathe", "I can breathe", false);
        check("want * die", "i just want to quietly die", true);
        check("want * die", "i want to see her before they die", false);
        check("cough~ * blood", "coughing up blood", true);
        check("i dont? know", "i know", true);
        check("i dont? know", "i don't know", true);
        check("i have_to|must stop", "do I have to stop", true);
        check("i have_to|must stop", "i must stop", true);
        check("i have_to|must stop", "i have stop", false);
        check("do i have_to|must stop", "do I have to stop", true);
        check("", "anything", false);
    }
}
