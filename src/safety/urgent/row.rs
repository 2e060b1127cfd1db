//! A row of words to look for in a message: a sign of danger, or what changes the meaning of one.
//!
//! `cant|cannot breathe` is either word and then "breathe"; `a|an? fit` may lack the article; `right_now` is two words
//! that count as one choice; `*` stands for up to three words; `{chest}` for any word of that group in `words.toml`.
//! `{chest} + {pain}` is both in one sentence, in any order, with few words between. `^` is the beginning of a sentence
//! and `$` its end.

use super::spelling::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// The most words that a `*` stands for.
const GAP: usize = 3;
/// How many words may stand between two parts that a `+` joins.
const NEAR: usize = 9;
/// The number of a word in the vocabulary. Words that stand in no list have none.
pub(super) type Word = u32;

/// The groups of words that rows refer to.
pub(super) type Groups = BTreeMap<String, Arc<Choices>>;

/// Words and phrases of which one stands in a place.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// In order, each once.
    words: Vec<Word>,
    phrases: Vec<Vec<Word>>,
}

impl Choices {
    /// These choices, each a word or, joined by `_`, several. Their words join the vocabulary.
    ///
    /// # Errors
    /// Says which of them has no word.
    pub(super) fn new<'a>(
        choices: impl IntoIterator<Item = &'a str>,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, String> {
        let mut read = Self::default();
        for choice in choices {
            let numbers = vocabulary.add(choice);
            match numbers.as_slice() {
                [] => return Err(format!("there is no word in `{choice}`")),
                [word] => read.words.push(*word),
                _ => read.phrases.push(numbers),
            }
        }
        Ok(read.in_order())
    }

    /// All of these together.
    fn together(all: &[Arc<Self>]) -> Self {
        let words = all.iter().flat_map(|choices| &choices.words).copied().collect();
        let phrases = all.iter().flat_map(|choices| &choices.phrases).cloned().collect();
        Self { words, phrases }.in_order()
    }

    fn in_order(mut self) -> Self {
        self.words.sort_unstable();
        self.words.dedup();
        self
    }
}

/// Parts that all stand in one sentence.
#[derive(Debug)]
pub(super) struct Row {
    parts: Vec<Part>,
    /// The part that a search starts from.
    anchor: usize,
}

#[derive(Debug)]
struct Part {
    steps: Vec<Step>,
    /// The step that a search starts from.
    anchor: usize,
    /// How many words may stand before that step.
    before: Range<usize>,
    /// How seldom the words of that step are: low is seldom.
    frequency: usize,
    starts_sentence: bool,
    ends_sentence: bool,
}

#[derive(Debug)]
enum Step {
    /// One of these words or phrases.
    OneOf { choices: Arc<Choices>, optional: bool },
    /// Up to [`GAP`] words.
    Gap,
}

impl Row {
    /// Reads a row. Its words join the vocabulary.
    ///
    /// # Errors
    /// Says which group is named and doesn't exist, or that there is nothing to look for.
    pub(super) fn new(text: &str, groups: &Groups, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let parts = text
            .split(" + ")
            .map(|part| Part::new(part, groups, vocabulary))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|reason| format!("`{text}`: {reason}"))?;
        let anchor = (0..parts.len()).min_by_key(|at| parts.get(*at).map_or(0, |part| part.frequency)).unwrap_or(0);
        Ok(Self { parts, anchor })
    }

    /// For each step that can't be left out, the words that it may begin with.
    pub(super) fn needs(&self) -> impl Iterator<Item = Vec<Word>> + '_ {
        let steps = self.parts.iter().flat_map(|part| &part.steps);
        steps.filter(|step| step.is_needed()).map(Step::first_words)
    }

    /// The words that a search for this row starts from.
    pub(super) fn anchors(&self) -> impl Iterator<Item = Word> + '_ {
        let step = self.parts.get(self.anchor).and_then(|part| part.steps.get(part.anchor));
        step.into_iter().flat_map(Step::first_words)
    }

    /// Where the row's parts stand in a sentence of these words, with a word that it starts from at `at`.
    pub(super) fn find(&self, words: &[Word], at: usize) -> Option<Vec<Range<usize>>> {
        let anchor = self.parts.get(self.anchor)?;
        let first = anchor.around(words, at)?;
        let mut places = Vec::with_capacity(self.parts.len());
        places.push(first.clone());
        for (number, part) in self.parts.iter().enumerate() {
            if number != self.anchor {
                let from = first.start.saturating_sub(NEAR);
                let place = (from..words.len().min(first.end + NEAR)).find_map(|start| part.at(words, start))?;
                places.push(place);
            }
        }
        Some(places)
    }
}

impl Part {
    fn new(text: &str, groups: &Groups, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        let text = text.trim();
        let (text, starts_sentence) = text.strip_prefix('^').map_or((text, false), |rest| (rest, true));
        let (text, ends_sentence) = text.strip_suffix('$').map_or((text, false), |rest| (rest, true));
        let steps =
            text.split_whitespace().map(|step| Step::new(step, groups, vocabulary)).collect::<Result<Vec<_>, _>>()?;
        let frequency = |step: &Step| step.frequency(vocabulary);
        let anchor = (0..steps.len())
            .filter(|at| steps.get(*at).is_some_and(Step::is_needed))
            .min_by_key(|at| steps.get(*at).map_or(0, frequency))
            .ok_or("there is no word to look for")?;
        let reach = steps.iter().take(anchor).map(Step::reach);
        let before = reach.fold(0..1, |sum, step| sum.start + step.start..sum.end + step.end - 1);
        let frequency = steps.get(anchor).map_or(0, frequency);
        Ok(Self { steps, anchor, before, frequency, starts_sentence, ends_sentence })
    }

    /// The part with its anchor at `at`.
    fn around(&self, words: &[Word], at: usize) -> Option<Range<usize>> {
        self.before.clone().filter_map(|before| at.checked_sub(before)).find_map(|start| {
            let place = self.at(words, start)?;
            (place.end > at).then_some(place)
        })
    }

    /// The part, beginning at `start`.
    fn at(&self, words: &[Word], start: usize) -> Option<Range<usize>> {
        if self.starts_sentence && start > 0 {
            return None;
        }
        let end = fits(&self.steps, words, start, self.ends_sentence)?;
        (end > start).then_some(start..end)
    }
}

impl Step {
    fn new(text: &str, groups: &Groups, vocabulary: &mut Vocabulary) -> Result<Self, String> {
        if text == "*" {
            return Ok(Self::Gap);
        }
        let (text, optional) = text.strip_suffix('?').map_or((text, false), |text| (text, true));
        let read = |choice| match group(choice) {
            Some(name) => groups.get(name).cloned().ok_or_else(|| format!("there is no group {{{name}}}")),
            None => Choices::new([choice], vocabulary).map(Arc::new),
        };
        let choices = text.split('|').map(read).collect::<Result<Vec<_>, _>>()?;
        let choices = match choices.as_slice() {
            [only] => Arc::clone(only),
            several => Arc::new(Choices::together(several)),
        };
        Ok(Self::OneOf { choices, optional })
    }

    fn is_needed(&self) -> bool {
        matches!(self, Self::OneOf { optional: false, .. })
    }

    fn first_words(&self) -> Vec<Word> {
        match self {
            Self::Gap => Vec::new(),
            Self::OneOf { choices, .. } => {
                let firsts = choices.phrases.iter().filter_map(|phrase| phrase.first());
                let words: BTreeSet<Word> = choices.words.iter().chain(firsts).copied().collect();
                words.into_iter().collect()
            }
        }
    }

    /// How often one of the step's words may stand in a message: a frequent word counts much.
    fn frequency(&self, vocabulary: &Vocabulary) -> usize {
        self.first_words().iter().map(|word| if vocabulary.frequent_bit(*word) == 0 { 1 } else { 100 }).sum()
    }

    /// How many words the step stands for.
    fn reach(&self) -> Range<usize> {
        match self {
            Self::Gap => 0..GAP + 1,
            Self::OneOf { choices, optional } => {
                let lengths = || choices.phrases.iter().map(Vec::len).chain((!choices.words.is_empty()).then_some(1));
                let shortest = if *optional { 0 } else { lengths().min().unwrap_or(0) };
                shortest..lengths().max().unwrap_or(0) + 1
            }
        }
    }
}

/// The name of the group that a choice stands for.
pub(super) fn group(choice: &str) -> Option<&str> {
    choice.strip_prefix('{')?.strip_suffix('}')
}

/// Where the steps end, if they fit from `at` on.
fn fits(steps: &[Step], words: &[Word], at: usize, to_the_end: bool) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else {
        return (!to_the_end || at == words.len()).then_some(at);
    };
    match step {
        Step::Gap => (at..=(at + GAP).min(words.len())).find_map(|next| fits(rest, words, next, to_the_end)),
        Step::OneOf { choices, optional } => {
            let here = words.get(at).filter(|here| **here != 0);
            let word = here.filter(|here| choices.words.binary_search(here).is_ok());
            let by_word = || word.and_then(|_| fits(rest, words, at + 1, to_the_end));
            let by_phrase = || {
                let phrases = choices.phrases.iter();
                phrases
                    .filter(|phrase| {
                        phrase.first() == here && words.get(at..at + phrase.len()) == Some(phrase.as_slice())
                    })
                    .find_map(|phrase| fits(rest, words, at + phrase.len(), to_the_end))
            };
            let without = || if *optional { fits(rest, words, at, to_the_end) } else { None };
            by_word().or_else(by_phrase).or_else(without)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_can_not_be_read_says_why() {
        let mut vocabulary = Vocabulary::new("", "");
        let read = |row: &str, vocabulary: &mut Vocabulary| Row::new(row, &Groups::new(), vocabulary).unwrap_err();
        assert_eq!(read("my {nothing}", &mut vocabulary), "`my {nothing}`: there is no group {nothing}");
        assert_eq!(read("a? *", &mut vocabulary), "`a? *`: there is no word to look for");
        assert_eq!(read("_", &mut vocabulary), "`_`: there is no word in `_`");
    }
}
