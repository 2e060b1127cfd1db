//! From the signs in a message, and the words around them, to what threatens somebody.

use super::lists::{Context, Hazard, LISTS, Sign, Weight};
use super::reading::Reading;
use super::row::Found;
use crate::faq::HelpKind;
use std::ops::Range;

/// How many words before a sign a negation may stand.
const REACH: usize = 5;
/// How many words may stand between two likely signs that speak for each other.
const NEAR: usize = 40;

/// The hazard that a message shows; despair before all others.
pub(super) fn judge(reading: &Reading) -> Option<&'static Hazard> {
    let mut signs = LISTS.signs.found(reading).peekable();
    signs.peek()?;
    let around = Around::new(reading);
    let mut medical: Option<&'static Hazard> = None;
    let mut likely: Vec<Likely> = Vec::new();
    let mut backing: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
    for found in signs {
        let hazard = LISTS.hazards.get(found.meaning.hazard)?;
        if found.meaning.weight == Weight::Backing {
            backing.push((found.meaning.hazard, found.places));
            continue;
        }
        // Once there is an emergency, only despair can change the card.
        if (medical.is_some() && hazard.kind == HelpKind::Medical) || !around.holds(hazard.kind, &found) {
            continue;
        }
        match (found.meaning.weight, hazard.kind) {
            (Weight::Sure, HelpKind::Crisis) => return Some(hazard),
            (Weight::Sure, HelpKind::Medical) => medical = Some(hazard),
            _ => likely.push(Likely { hazard, number: found.meaning.hazard, places: found.places }),
        }
    }
    let together = |kind| {
        let of_kind = || likely.iter().filter(move |sign| sign.hazard.kind == kind);
        of_kind()
            .find(|sign| {
                let backed = backing.iter().any(|(number, places)| sign.is_backed_by(*number, places));
                let with_another = || of_kind().any(|other| sign.adds_to(other));
                let acute = kind == HelpKind::Medical && around.is_acute(sign.at());
                backed || acute || with_another()
            })
            .map(|sign| sign.hazard)
    };
    together(HelpKind::Crisis).or(medical).or_else(|| together(HelpKind::Medical))
}

/// A likely sign in a message.
struct Likely {
    hazard: &'static Hazard,
    number: usize,
    places: Vec<Range<usize>>,
}

impl Likely {
    fn at(&self) -> usize {
        self.places.first().map_or(0, |place| place.start)
    }

    /// Whether another sign says something more: of another hazard and in other words.
    fn adds_to(&self, other: &Self) -> bool {
        self.number != other.number
            && !overlap(&self.places, &other.places)
            && self.at().abs_diff(other.at()) <= NEAR
    }

    /// Whether a backing of its hazard stands near it, in other words.
    fn is_backed_by(&self, number: usize, places: &[Range<usize>]) -> bool {
        let near = places.iter().any(|place| place.start.abs_diff(self.at()) <= NEAR);
        self.number == number && near && !overlap(&self.places, places)
    }
}

fn overlap(these: &[Range<usize>], those: &[Range<usize>]) -> bool {
    these.iter().any(|one| those.iter().any(|other| one.start < other.end && other.start < one.end))
}

/// The words around the signs of a message.
struct Around<'a> {
    reading: &'a Reading,
    found: Vec<(Context, Vec<Range<usize>>)>,
}

impl<'a> Around<'a> {
    fn new(reading: &'a Reading) -> Self {
        let found = LISTS.context.found(reading).map(|found| (*found.meaning, found.places)).collect();
        Self { reading, found }
    }

    /// Whether the words around a sign let it stand.
    fn holds(&self, kind: HelpKind, sign: &Found<'_, Sign>) -> bool {
        let at = sign.places.iter().map(|place| place.start).min().unwrap_or(0);
        let sentence = self.reading.sentence(at);
        let is_figure = self.found.iter().any(|(context, places)| *context == Context::Figure && overlap(places, &sign.places));
        if is_figure || self.is_in(Context::Fiction, &sentence) || self.asks_in_general(&sentence) {
            return false;
        }
        match kind {
            // Despair is taken at its word, unless it is a memory of somebody who has come through.
            HelpKind::Crisis => !(self.is_past(&sign.places) && self.is_over()),
            HelpKind::Medical => {
                let denied = sign.places.iter().any(|place| self.is_denied(place.start));
                let supposed = self.is_in(Context::Supposed, &sentence) && !self.is_in(Context::Acute, &sentence);
                let over = self.is_over() && !self.is_acute(at);
                !denied && !supposed && !over && !self.is_past(&sign.places)
            }
        }
    }

    fn of(&self, context: Context) -> impl Iterator<Item = &Range<usize>> {
        let is_it = move |found: &&(Context, Vec<Range<usize>>)| found.0 == context;
        self.found.iter().filter(is_it).flat_map(|(_, places)| places)
    }

    fn is_in(&self, context: Context, stretch: &Range<usize>) -> bool {
        self.of(context).any(|place| stretch.contains(&place.start))
    }

    /// "no chest pain", but not "no joke, I can't breathe": a negation shortly before, in the same part of the sentence,
    /// with nobody named and no turn between.
    fn is_denied(&self, at: usize) -> bool {
        let part = self.reading.part(at);
        self.of(Context::Negation).any(|no| {
            let between = no.end..at;
            let near = no.start >= part.start && no.end <= at && between.len() <= REACH;
            let turned = self.is_in(Context::Turn, &between) || self.is_in(Context::Someone, &between);
            let a_figure = self.of(Context::Figure).any(|figure| figure.contains(&no.start));
            near && !turned && !a_figure
        })
    }

    /// A memory: words of the past in the same part of the sentence, or before it with no turn between.
    fn is_past(&self, places: &[Range<usize>]) -> bool {
        let at = places.iter().map(|place| place.start).min().unwrap_or(0);
        let (part, sentence) = (self.reading.part(at), self.reading.sentence(at));
        self.of(Context::Past).any(|past| {
            let between = past.end.min(at)..past.start.max(at) + 1;
            let near = if past.start < at { &sentence } else { &part };
            near.contains(&past.start) && !self.is_in(Context::Turn, &between)
        })
    }

    /// "does prednisone cause chest pain", "is choking a symptom": a question about a thing, not a cry for help.
    fn asks_in_general(&self, sentence: &Range<usize>) -> bool {
        let of_things = self.is_in(Context::General, sentence) || self.is_in(Context::Opens, sentence);
        of_things && !self.is_in(Context::Someone, sentence) && !self.is_in(Context::Acute, sentence)
    }

    fn is_over(&self) -> bool {
        self.of(Context::Over).next().is_some()
    }

    /// Whether words in the same sentence, or the one before or after, say that it is happening now.
    fn is_acute(&self, at: usize) -> bool {
        let sentence = self.reading.sentence(at);
        let before = self.reading.sentence(sentence.start.saturating_sub(1));
        let after = self.reading.sentence(sentence.end);
        self.is_in(Context::Acute, &(before.start..after.end.max(sentence.end)))
    }
}
