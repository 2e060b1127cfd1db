//! Signs of danger in a message, which come before everything else.
//!
//! The list stands in `urgent.toml` beside this file, so that people who don't code can review it.

use super::pattern::Pattern;
use crate::faq::{HelpKind, UrgentPhrase};
use crate::text;
use serde::Deserialize;
use std::sync::LazyLock;

/// How many words before a sign a negation may stand.
const REACH: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UrgentFile {
    medical: Vec<String>,
    crisis: Vec<String>,
    negations: Vec<String>,
    stories: Vec<String>,
    idioms: Vec<String>,
}

struct UrgentSigns {
    medical: Vec<Pattern>,
    crisis: Vec<Pattern>,
    negations: Vec<Pattern>,
    stories: Vec<Pattern>,
    idioms: Vec<Pattern>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static URGENT: LazyLock<UrgentSigns> = LazyLock::new(|| {
    let file: UrgentFile = toml::from_str(include_str!("urgent.toml")).expect("urgent.toml is well formed");
    UrgentSigns {
        medical: Pattern::all(&file.medical),
        crisis: Pattern::all(&file.crisis),
        negations: Pattern::all(&file.negations),
        stories: Pattern::all(&file.stories),
        idioms: Pattern::all(&file.idioms),
    }
});

/// Whether a message shows a sign of danger, and of which kind. `added` are the collection's own phrases. Despair comes
/// first: its card names help for both.
pub fn urgent(message: &str, added: &[UrgentPhrase]) -> Option<HelpKind> {
    let own = text::own_words(message);
    let sentences: Vec<Sentence> = sentences(&own);
    let plain = format!(" {} ", text::plain(&own));
    let adds = |kind| added.iter().any(|added| added.kind == kind && plain.contains(&format!(" {} ", added.phrase)));
    if sentences.iter().any(Sentence::shows_despair) || adds(HelpKind::Crisis) {
        Some(HelpKind::Crisis)
    } else if sentences.iter().any(Sentence::shows_emergency) || adds(HelpKind::Medical) {
        Some(HelpKind::Medical)
    } else {
        None
    }
}

/// A sentence in words, and where its parts begin.
struct Sentence {
    words: Vec<String>,
    /// The first word of each part: parts end at commas and the like, and before "but", "and", "now".
    parts: Vec<usize>,
}

/// The sentences of a text. A full stop within a number ends none.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let ends = |at: usize, letter: char| match letter {
            '!' | '?' | '\n' | ';' => true,
            '.' => !rest.get(at + 1..).is_some_and(|after| after.starts_with(|next: char| next.is_ascii_digit())),
            _ => false,
        };
        let end = rest.char_indices().find(|(at, letter)| ends(*at, *letter)).map_or(rest.len(), |(at, _)| at);
        let (sentence, after) = rest.split_at(end);
        sentences.push(Sentence::new(sentence));
        rest = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    sentences
}

impl Sentence {
    fn new(text: &str) -> Self {
        let (mut words, mut parts) = (Vec::new(), Vec::new());
        for part in text.split([',', ':', '(', ')', '…', '–', '—']) {
            parts.push(words.len());
            for word in text::words(part) {
                if matches!(word.as_str(), "but" | "and" | "now") {
                    parts.push(words.len());
                }
                words.push(word);
            }
        }
        Self { words, parts }
    }

    /// Despair is taken at its word: only a figure of speech or a question about a thing in general is none.
    fn shows_despair(&self) -> bool {
        let is_there = |signs: &[Pattern]| signs.iter().any(|sign| sign.is_in(&self.words));
        is_there(&URGENT.crisis) && !is_there(&URGENT.idioms) && !self.asks_in_general()
    }

    /// Whether a medical sign stands in the sentence with nothing around it that says that it is no danger now.
    fn shows_emergency(&self) -> bool {
        let holds = |start: usize| !self.is_denied(start) && !self.is_story(start);
        let shown = URGENT.medical.iter().any(|sign| sign.starts(&self.words).any(holds));
        shown && !self.asks_in_general()
    }

    /// The part of the sentence that a word stands in.
    fn part(&self, at: usize) -> &[String] {
        let start = self.parts.iter().copied().filter(|part| *part <= at).max().unwrap_or(0);
        let end = self.parts.iter().copied().filter(|part| *part > at).min().unwrap_or(self.words.len());
        self.words.get(start..end).unwrap_or_default()
    }

    fn is_denied(&self, start: usize) -> bool {
        let part_start = self.parts.iter().copied().filter(|part| *part <= start).max().unwrap_or(0);
        let before = self.words.get(start.saturating_sub(REACH).max(part_start)..start).unwrap_or_default();
        let people = before.iter().rposition(|word| is_about_someone(word));
        let close = before.get(people.map_or(0, |at| at + 1)..).unwrap_or_default();
        let is_in = |words: &[String]| URGENT.negations.iter().any(|no| no.is_in(words));
        is_in(close)
            || (people.is_some() && is_in(before.get(..1).unwrap_or_default()) && close.is_empty() && before.len() == 1)
    }

    fn is_story(&self, start: usize) -> bool {
        let part = self.part(start);
        URGENT.stories.iter().any(|story| story.is_in(part))
    }

    /// "does prednisone cause chest pain", "is choking a symptom": a question about a thing, not a cry for help.
    fn asks_in_general(&self) -> bool {
        let opens = self.words.first().is_some_and(|word| {
            matches!(word.as_str(), "does" | "do" | "can" | "could" | "is" | "are" | "what" | "why" | "how" | "which")
        });
        let of_things = self.words.iter().any(|word| {
            matches!(
                word.as_str(),
                "cause"
                    | "causes"
                    | "lead"
                    | "symptom"
                    | "symptoms"
                    | "sign"
                    | "signs"
                    | "effect"
                    | "effects"
                    | "risk"
                    | "risks"
                    | "common"
                    | "rare"
                    | "data"
                    | "rate"
                    | "rates"
            )
        });
        opens && of_things && !self.words.iter().any(|word| is_about_someone(word))
    }
}

/// Words that show that a sentence is about a person, or about now.
fn is_about_someone(word: &str) -> bool {
    const SOMEONE: &[&str] = &[
        "i", "im", "ive", "id", "my", "me", "myself", "we", "our", "us", "he", "hes", "she", "shes", "his", "her",
        "him", "they", "their", "them", "mum", "mom", "mama", "dad", "father", "mother", "husband", "wife", "son",
        "daughter", "kid", "child", "baby", "toddler", "nan", "gran", "grandma", "grandpa", "sister", "brother",
        "friend", "partner", "now", "today", "tonight", "just", "help",
    ];
    SOMEONE.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(message: &str, expected: Option<HelpKind>) {
        assert_eq!(urgent(message, &[]), expected, "{message:?}");
    }

    const MEDICAL: Option<HelpKind> = Some(HelpKind::Medical);
    const CRISIS: Option<HelpKind> = Some(HelpKind::Crisis);

    #[test]
    fn an_emergency_is_seen_in_any_wording() {
        check("I can't breathe properly since this morning", MEDICAL);
        check("my mum has crushing chest pain", MEDICAL);
        check("he cant swallow and is drooling", MEDICAL);
        check("i took my methotrexate every day this week", MEDICAL);
        check("what to do husband collapsed", MEDICAL);
        check("is mum having a heart attack", MEDICAL);
        check("no joke i cant breathe", MEDICAL);
        check("oh no, crushing chest pain", MEDICAL);
        check("when i was in hospital it was ok but now i cant breathe", MEDICAL);
        check("no chest pain yesterday, chest pain now", MEDICAL);
        check("temperature is 39.5 and shivering", MEDICAL);
        check(">_< i cant breathe", MEDICAL);
        check("does xeljanz cause clots. one calf is massive hot and red", MEDICAL);
    }

    #[test]
    fn despair_is_taken_at_its_word() {
        check("I want to die", CRISIS);
        check("thinking about killing myself", CRISIS);
        check("how to kill myself", CRISIS);
        check("what is the easiest way to end it all", CRISIS);
        check("im not ok i want to die", CRISIS);
        check("nobody cares, i want to die", CRISIS);
        check("i'm going to end my life in 20 minutes", CRISIS);
        check("diagnosed two years ago and now i want to kill myself", CRISIS);
        check("lol i want to die", CRISIS);
        check("``` i want to kill myself", CRISIS);
        check("i cant breathe and i want to die", CRISIS);
    }

    #[test]
    fn stories_and_questions_in_general_are_no_danger() {
        check("does prednisone cause chest pain?", None);
        check("what are the signs of sepsis", None);
        check("I have no chest pain", None);
        check("not having any chest pain", None);
        check("had a heart attack in 2015", None);
        check("> i want to die\nwho wrote that?", None);
        check("i'd rather die than give up coffee", None);
        check("will prednisone wreck my bones?", None);
        check("", None);
    }

    #[test]
    fn a_collection_adds_its_own_phrases() {
        let added = [UrgentPhrase { kind: HelpKind::Medical, phrase: "purple spots".to_owned() }];
        assert_eq!(urgent("he has Purple spots!", &added), MEDICAL);
        assert_eq!(urgent("he has purple spotsy", &added), None);
        assert_eq!(urgent("he has purple spots", &[]), None);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            urgent(&text, &[]);
        }
    }
}
