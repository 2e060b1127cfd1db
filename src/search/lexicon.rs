//! The collection's word groups, ready to be found in a text: every name of a thing becomes the one name that stands
//! for it.

use super::hash;
use crate::faq::{Gap, WordGroup, WordKind};
use crate::text;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How the term of a group begins.
const GROUP: &str = "zz";
/// How the term of a class begins, which its members have besides their own: what is said of the class is said of them.
const CLASS: &str = "zy";
/// The class of every medicine, so that "does … weaken bones" is alike for all of them.
const ANY_MEDICINE: &str = "zyanymedicine";
/// How far a group's class, and the class of that, is followed.
const MAX_DEPTH: usize = 3;

/// The word groups of a collection.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    groups: Vec<Group>,
    /// Every name of a group, by its first word; of those with the same one, the longest first. In one piece, since a process holds
    /// many of them.
    phrases: Vec<Phrase>,
    /// Every term of a class. People type words that begin like one ("zyrtec").
    class_terms: FxHashSet<String>,
}

#[derive(Debug)]
struct Group {
    name: String,
    /// The terms that stand for it: its own, its class's, and that of any medicine, separated by spaces.
    terms: String,
    /// Its class, and the class of that.
    classes: Vec<usize>,
    /// Whether it is a class itself.
    is_class: bool,
    kind: WordKind,
}

/// A name of a group.
#[derive(Debug)]
struct Phrase {
    /// The hash of its first word.
    first: u64,
    /// The hash of its other words together.
    rest: u64,
    /// How many other words it has.
    others: u32,
    group: u32,
}

/// A word of a text after its groups have been found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'w> {
    /// A word of no group.
    Word(&'w str),
    /// A name of the group with this number.
    Group(usize),
}

impl Group {
    /// Whether a term is this group's own.
    fn is(&self, term: &str) -> bool {
        self.terms.split(' ').next() == Some(term)
    }
}

impl Token<'_> {
    /// The number of the group, if it names one.
    pub(super) fn group(self) -> Option<usize> {
        match self {
            Self::Group(group) => Some(group),
            Self::Word(_) => None,
        }
    }
}

impl Lexicon {
    /// The lexicon of these groups.
    pub(super) fn new(groups: &[WordGroup]) -> Self {
        let mut lexicon = Self::default();
        for group in groups {
            lexicon.add(&group.name, group.kind, names(group));
        }
        let numbers: HashMap<&str, usize> = groups.iter().map(|group| group.name.as_str()).zip(0..).collect();
        let class_of = |number: usize| numbers.get(groups.get(number)?.of.as_deref()?).copied();
        for (number, group) in lexicon.groups.iter_mut().enumerate() {
            group.classes = std::iter::successors(class_of(number), |class| class_of(*class)).take(MAX_DEPTH).collect();
            group.is_class = groups.iter().any(|other| other.of.as_deref() == Some(group.name.as_str()));
            let classes = group.classes.iter().copied().chain(group.is_class.then_some(number));
            let classes = classes.filter_map(|class| groups.get(class)).map(|class| term(CLASS, &class.name));
            let any = (group.kind == WordKind::Medicine).then(|| ANY_MEDICINE.to_owned());
            let terms: Vec<String> = std::iter::once(term(GROUP, &group.name)).chain(classes).chain(any).collect();
            group.terms = terms.join(" ");
            lexicon.class_terms.extend(terms.into_iter().skip(1));
        }
        lexicon.longest_first()
    }

    /// The lexicon of the topics that a collection has nothing on.
    pub(super) fn of_gaps(gaps: &[Gap]) -> Self {
        let mut lexicon = Self::default();
        for gap in gaps {
            lexicon.add(&gap.topic, WordKind::Term, gap.words.iter().map(String::as_str));
        }
        lexicon.longest_first()
    }

    fn add<'a>(&mut self, name: &str, kind: WordKind, names: impl Iterator<Item = &'a str>) {
        let number = self.groups.len() as u32;
        self.groups.push(Group {
            name: name.to_owned(),
            terms: term(GROUP, name),
            classes: Vec::new(),
            is_class: false,
            kind,
        });
        for phrase in names.map(text::words) {
            let hashes: SmallVec<[u64; 8]> = phrase.iter().map(|word| hash::of_word(word)).collect();
            let Some((first, rest)) = hashes.split_first() else { continue };
            let (rest, others) = (hash::of_row(rest), rest.len() as u32);
            self.phrases.push(Phrase { first: *first, rest, others, group: number });
        }
    }

    fn longest_first(mut self) -> Self {
        self.phrases.sort_by_key(|phrase| (phrase.first, Reverse(phrase.others)));
        self.phrases.shrink_to_fit();
        self
    }

    /// The phrases that start with the word of this hash.
    fn starting_with(&self, first: u64) -> impl Iterator<Item = &Phrase> {
        let start = self.phrases.partition_point(|phrase| phrase.first < first);
        self.phrases.iter().skip(start).take_while(move |phrase| phrase.first == first)
    }

    /// Finds the groups in a row of words, the longest name first.
    pub(super) fn find<'w>(&self, words: &'w [String]) -> impl Iterator<Item = Token<'w>> {
        let hashes: SmallVec<[u64; 32]> = words.iter().map(|word| hash::of_word(word)).collect();
        let mut at = 0;
        std::iter::from_fn(move || {
            let (word, (first, after)) = (words.get(at)?, hashes.get(at..)?.split_first()?);
            let stands = |phrase: &&Phrase| {
                after.get(..phrase.others as usize).is_some_and(|next| hash::of_row(next) == phrase.rest)
            };
            let named = self.starting_with(*first).find(stands);
            at += 1 + named.map_or(0, |phrase| phrase.others as usize);
            Some(named.map_or(Token::Word(word), |phrase| Token::Group(phrase.group as usize)))
        })
    }

    /// The text with every name of a group replaced by the group's own term, ready for the analyser.
    pub(super) fn canonical<'w>(&self, tokens: impl IntoIterator<Item = Token<'w>>) -> String {
        let tokens = tokens.into_iter();
        let mut text = String::with_capacity(8 * tokens.size_hint().0);
        for token in tokens {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(match token {
                Token::Word(word) => word,
                Token::Group(group) => self.terms(group),
            });
        }
        text
    }

    /// The terms of all groups, those of one separated by spaces.
    pub(super) fn all_terms(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.terms.as_str())
    }

    /// The terms that stand for a group, separated by spaces.
    pub(super) fn terms(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| group.terms.as_str())
    }

    /// Whether a word of a canonical text stands for a group or for its class.
    pub(super) fn is_term(&self, word: &str) -> bool {
        self.is_class(word) || self.name_of_term(word).is_some()
    }

    /// Whether a word of a canonical text stands for the class of a thing that was named.
    pub(super) fn is_class(&self, word: &str) -> bool {
        self.class_terms.contains(word)
    }

    /// The name of the group that a term stands for.
    pub(super) fn name_of_term(&self, term: &str) -> Option<&str> {
        term.starts_with(GROUP)
            .then(|| self.groups.iter().find(|group| group.is(term)))?
            .map(|group| group.name.as_str())
    }

    /// Whether a term stands for a group that has a class.
    pub(super) fn is_in_a_class(&self, term: &str) -> bool {
        term.starts_with(GROUP) && self.groups.iter().any(|group| group.is(term) && !group.classes.is_empty())
    }

    /// The classes that a group belongs to.
    pub(super) fn classes(&self, group: usize) -> &[usize] {
        self.groups.get(group).map_or(&[], |group| group.classes.as_slice())
    }

    /// The name that people know a group by.
    pub(super) fn name(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| group.name.as_str())
    }

    /// Whether a group names a medicine.
    pub(super) fn is_medicine(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| group.kind == WordKind::Medicine)
    }

    /// Whether a group is a medicine or a class of others.
    pub(super) fn is_medicine_or_class(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|group| group.kind == WordKind::Medicine || group.is_class)
    }

    /// The medicine that this word alone names, if it names one.
    pub(super) fn medicine(&self, word: &str) -> Option<usize> {
        let mut named = self.starting_with(hash::of_word(word));
        let alone = named.find(|phrase| phrase.others == 0)?.group as usize;
        self.is_medicine(alone).then_some(alone)
    }
}

/// The term of the group of this name.
fn term(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", text::words(name).concat())
}

/// Every name of a group, its own first.
pub(super) fn names(group: &WordGroup) -> impl Iterator<Item = &str> {
    std::iter::once(&group.name).chain(&group.words).chain(&group.misspelt).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let group = |name: &str, words: &[&str]| WordGroup {
            name: name.to_owned(),
            kind: WordKind::Term,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            misspelt: Vec::new(),
            of: None,
        };
        let weight = group("weight gain", &["gain weight", "gain", "gain a lot of weight"]);
        let lexicon = Lexicon::new(&[group("prednisone", &["pred"]), weight]);
        assert_eq!(lexicon.canonical(lexicon.find(&text::words(text))), expected);
    }

    #[test]
    fn a_word_that_begins_like_a_term_is_none() {
        let steroids = WordGroup {
            name: "steroids".to_owned(),
            kind: WordKind::Medicine,
            words: Vec::new(),
            misspelt: Vec::new(),
            of: None,
        };
        let pred = WordGroup { name: "pred".to_owned(), of: Some("steroids".to_owned()), ..steroids.clone() };
        let lexicon = Lexicon::new(&[steroids, pred]);
        assert_eq!(lexicon.terms(1), "zzpred zysteroids zyanymedicine");
        assert!(lexicon.is_class("zysteroids") && lexicon.is_class(ANY_MEDICINE) && !lexicon.is_class("zyrtec"));
        assert!(lexicon.is_term("zzpred") && !lexicon.is_term("zzz"));
    }

    #[test]
    fn the_longest_name_is_found_first() {
        check("does pred make me gain weight", "does zzprednisone make me zzweightgain");
        check("Prednisone: weight gain?", "zzprednisone zzweightgain");
        check("gain muscle", "zzweightgain muscle");
        check("I gain a lot of weight", "i zzweightgain");
        check("I gain a lot of", "i zzweightgain a lot of");
        check("gain a lot of muscle", "zzweightgain a lot of muscle");
        check("pre", "pre");
    }
}
