//! From the signs in a message, and the words around them, to what threatens somebody.

use super::lists::{Context, Hazard, LISTS, Sign, Weight};
use super::reading::Reading;
use super::rows::Found;
use crate::faq::HelpKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many words before a sign a negation may stand.
const REACH: usize = 5;
/// How many words may stand between two likely signs that speak for each other.
const NEAR: usize = 40;
/// How many words before a sign a figure of speech that touches it may begin.
const LONGEST_FIGURE: usize = 20;

/// The hazard that a message shows; despair before all others.
pub(super) fn judge(reading: &Reading) -> Option<&'static Hazard> {
    let signs = LISTS.signs.found(reading, &LISTS.vocabulary);
    if signs.is_empty() {
        return None;
    }
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
            (weight, _) => likely.push(Likely {
                hazard,
                number: found.meaning.hazard,
                hints: weight == Weight::Hint,
                places: found.places,
            }),
        }
    }
    let together = |kind| {
        let of_kind: Vec<&Likely> = likely.iter().filter(|sign| sign.hazard.kind == kind).collect();
        let near = |at: usize| of_kind.iter().skip(at.saturating_sub(NEAR / 2)).take(NEAR);
        of_kind.iter().enumerate().find_map(|(at, sign)| {
            let others = near(at).filter(|other| sign.adds_to(other));
            let shown = if sign.hints {
                of_several(others, sign)
            } else {
                let backed = || backing.iter().take(NEAR).any(|(number, places)| sign.is_backed_by(*number, places));
                let acute = kind == HelpKind::Medical && around.is_acute(sign.at());
                acute || backed() || others.count() > 0
            };
            shown.then_some(sign.hazard)
        })
    };
    together(HelpKind::Crisis).or(medical).or_else(|| together(HelpKind::Medical))
}

/// Whether the signs that add to a hint are of two more hazards: three hints of three hazards are enough.
fn of_several<'a>(mut others: impl Iterator<Item = &'a &'a Likely>, hint: &Likely) -> bool {
    let second = others.next();
    second.is_some_and(|second| others.any(|third| second.adds_to(third) && hint.adds_to(third)))
}

/// A likely sign in a message.
struct Likely {
    hazard: &'static Hazard,
    number: usize,
    /// Whether it is only a hint.
    hints: bool,
    places: Vec<Range<usize>>,
}

impl Likely {
    fn at(&self) -> usize {
        self.places.first().map_or(0, |place| place.start)
    }

    /// Whether another sign says something more: of another hazard and in other words.
    fn adds_to(&self, other: &Self) -> bool {
        self.hazard.kind == other.hazard.kind
            && self.number != other.number
            && !overlap(&self.places, &other.places)
            && self.at().abs_diff(other.at()) <= if self.hints || other.hints { NEAR / 2 } else { NEAR }
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
    /// For each context, where it stands, in the order of the message.
    places: FxHashMap<Context, Vec<Range<usize>>>,
}

impl<'a> Around<'a> {
    fn new(reading: &'a Reading) -> Self {
        let mut places: FxHashMap<Context, Vec<Range<usize>>> = FxHashMap::default();
        for found in LISTS.context.found(reading, &LISTS.vocabulary) {
            places.entry(*found.meaning).or_default().extend(found.places);
        }
        for places in places.values_mut() {
            places.sort_unstable_by_key(|place| place.start);
        }
        Self { reading, places }
    }

    /// Whether the words around a sign let it stand.
    fn holds(&self, kind: HelpKind, sign: &Found<'_, Sign>) -> bool {
        let at = sign.places.iter().map(|place| place.start).min().unwrap_or(0);
        let sentence = self.reading.sentence(at);
        let is_figure = sign.places.iter().any(|place| self.is_figure(place));
        if is_figure || self.is_in(Context::Fiction, &sentence) {
            return false;
        }
        match kind {
            // Despair is taken at its word, unless it is about a small matter, is a memory of somebody who has come
            // through, or is asked of a medicine ("can steroids make you suicidal").
            HelpKind::Crisis => {
                let of_a_thing = self.is_in(Context::General, &sentence) && self.asks_in_general(&sentence);
                !(of_a_thing || self.is_in(Context::Trifle, &sentence) || self.is_past(at) && self.is_over())
            }
            HelpKind::Medical if self.asks_in_general(&sentence) => false,
            HelpKind::Medical => {
                let denied = sign.places.iter().any(|place| self.is_denied(place.start, &sign.places));
                let supposed = self.is_in(Context::Supposed, &sentence) && !self.is_in(Context::Acute, &sentence);
                let over = self.is_over() && !self.is_acute(at);
                !denied && !supposed && !over && !self.is_past(at)
            }
        }
    }

    /// Where a context begins in a stretch of the message.
    fn within(&self, context: Context, stretch: &Range<usize>) -> &[Range<usize>] {
        let places = self.places.get(&context).map(Vec::as_slice).unwrap_or_default();
        let start = places.partition_point(|place| place.start < stretch.start);
        let end = places.partition_point(|place| place.start < stretch.end);
        places.get(start..end).unwrap_or_default()
    }

    fn is_in(&self, context: Context, stretch: &Range<usize>) -> bool {
        !self.within(context, stretch).is_empty()
    }

    /// Whether a figure of speech touches these words.
    fn is_figure(&self, words: &Range<usize>) -> bool {
        let from = words.start.saturating_sub(LONGEST_FIGURE);
        self.within(Context::Figure, &(from..words.end)).iter().any(|figure| figure.end > words.start)
    }

    /// "no chest pain", but not "no joke, I can't breathe": a negation shortly before, in the same part of the sentence,
    /// with nobody named and no turn between. A negation that is part of the sign ("not breathing") denies nothing.
    fn is_denied(&self, at: usize, sign: &[Range<usize>]) -> bool {
        let from = self.reading.part(at).start.max(at.saturating_sub(REACH + 1));
        self.within(Context::Negation, &(from..at)).iter().any(|no| {
            let between = no.end..at;
            let turned = self.is_in(Context::Turn, &between) || self.is_in(Context::Someone, &between);
            let of_the_sign = sign.iter().any(|place| place.contains(&no.start));
            no.end <= at && !turned && !of_the_sign && !self.is_figure(no)
        })
    }

    /// A memory: words of the past in the same part of the sentence, or before it with no turn between.
    fn is_past(&self, at: usize) -> bool {
        let (part, sentence) = (self.reading.part(at), self.reading.sentence(at));
        let before = self.within(Context::Past, &(sentence.start..at)).last();
        let after = self.within(Context::Past, &(at..part.end)).first();
        let remembered = before.is_some_and(|past| !self.is_in(Context::Turn, &(past.end.min(at)..at + 1)));
        remembered || after.is_some_and(|past| !self.is_in(Context::Turn, &(at..past.start + 1)))
    }

    /// "does prednisone cause chest pain", "is choking a symptom": a question about a thing, not a cry for help.
    fn asks_in_general(&self, sentence: &Range<usize>) -> bool {
        let of_things = self.is_in(Context::General, sentence) || self.is_in(Context::Opens, sentence);
        of_things && !self.is_in(Context::Someone, sentence) && !self.is_in(Context::Acute, sentence)
    }

    fn is_over(&self) -> bool {
        self.places.contains_key(&Context::Over)
    }

    /// Whether words in the same sentence, or the one before or after, say that it is happening now.
    fn is_acute(&self, at: usize) -> bool {
        let sentence = self.reading.sentence(at);
        let before = self.reading.sentence(sentence.start.saturating_sub(1));
        let after = self.reading.sentence(sentence.end);
        self.is_in(Context::Acute, &(before.start..after.end.max(sentence.end)))
    }
}
