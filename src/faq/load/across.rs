//! Checks that look at all entries together. Each walks them once.

use super::entry::Draft;
use super::nearest::nearest;
use super::sheet::Span;
use crate::faq::{Problem, Severity};
use crate::text::plain;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The most misspelt ids of related entries for which a likely one is looked up.
const MAX_GUESSES: usize = 100;

/// Where a phrasing stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Spot {
    draft: usize,
    /// The number in `also`; none for the question.
    also: Option<usize>,
}

impl Spot {
    fn span(self, drafts: &[Draft]) -> Option<(&Draft, &str, &Span)> {
        let draft = drafts.get(self.draft)?;
        let phrasing = match self.also {
            Some(at) => draft.also.get(at),
            None => draft.question.as_ref(),
        }?;
        Some((draft, &phrasing.value, &phrasing.at))
    }
}

/// Tells of phrasings that entries share, and takes them out of all of them. A question stays, since it is its entry's
/// title. A phrasing that one entry has twice is kept once.
pub(super) fn check_phrasings(drafts: &mut [Draft]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut dropped = HashSet::new();
    for spots in spots_of_a_hash(drafts).chunk_by(|one, other| one.0 == other.0).filter(|spots| spots.len() > 1) {
        let mut forms: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
        for (_, spot) in spots {
            let form = spot.span(drafts).map(|(_, text, _)| plain(text)).unwrap_or_default();
            forms.entry(form).or_default().push(*spot);
        }
        for spots in forms.values() {
            check_form(spots, drafts, &mut dropped, &mut problems);
        }
    }
    for (number, draft) in drafts.iter_mut().enumerate() {
        let mut at = 0..;
        draft.also.retain(|_| !dropped.contains(&Spot { draft: number, also: at.next() }));
    }
    problems
}

/// All spots, each with the hash of its normal form, equal ones together in the order of the entries. Most forms stand
/// alone, so that keeping the forms of all would be a waste.
fn spots_of_a_hash(drafts: &[Draft]) -> Vec<(u64, Spot)> {
    let mut spots = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        let question = draft.question.iter().map(|question| (None, question));
        let also = draft.also.iter().enumerate().map(|(at, phrasing)| (Some(at), phrasing));
        for (also, phrasing) in question.chain(also) {
            let mut hasher = DefaultHasher::new();
            plain(&phrasing.value).hash(&mut hasher);
            spots.push((hasher.finish(), Spot { draft: number, also }));
        }
    }
    spots.sort_unstable();
    spots
}

/// Checks the spots of one form, which stand in the order of the entries, in each the question first.
fn check_form(spots: &[Spot], drafts: &[Draft], dropped: &mut HashSet<Spot>, problems: &mut Vec<Problem>) {
    let Some(first) = spots.first() else { return };
    let is_shared = spots.iter().any(|spot| spot.draft != first.draft);
    let mut before: Option<usize> = None;
    for spot in spots {
        let is_repeated = before.replace(spot.draft) == Some(spot.draft);
        if is_shared || is_repeated {
            dropped.insert(*spot);
        }
        let Some((draft, text, at)) = spot.span(drafts) else { continue };
        if spot.draft != first.draft && !is_repeated {
            problems.push(shared(draft, text, at, spot.also.is_none(), *first, drafts));
        } else if is_repeated {
            let (what, valid) =
                (format!("the phrasing `{text}` stands here twice"), "case, punctuation and spaces make no difference");
            problems.push(draft.sheet.problem(Severity::Warning, at, what, valid, "take one of them out"));
        }
    }
}

fn shared(draft: &Draft, text: &str, at: &Span, is_question: bool, first: Spot, drafts: &[Draft]) -> Problem {
    let whereabouts = first.span(drafts).map_or_else(String::new, |(other, _, at)| {
        let place = other.sheet.place(at);
        format!("`{}.md`, line {}", other.id, place.line)
    });
    let (noun, valid) = match is_question && first.also.is_none() {
        true => ("question", "a question belongs to one entry; both entries are served"),
        false => {
            ("phrasing", "a phrasing leads to one entry; this one is left out of `also`, and both entries are served")
        }
    };
    let what = format!("duplicate {noun} `{text}`: it is also in {whereabouts}");
    draft.sheet.problem(Severity::Error, at, what, valid, "take it out of one of them, or make them differ")
}

/// Tells of related entries that aren't there, and relates the entries that are served.
pub(super) fn check_related(drafts: &mut [Draft], all: &BTreeSet<String>) -> Vec<Problem> {
    let served: HashSet<String> =
        drafts.iter().filter(|draft| draft.entry.is_some()).map(|draft| draft.id.clone()).collect();
    let mut problems = Vec::new();
    let mut guesses = 0;
    for draft in drafts.iter_mut() {
        let mut kept: Vec<String> = Vec::new();
        for related in &draft.related {
            let id = &related.value;
            if *id == draft.id {
                let (what, valid) = (format!("`related` names the entry itself, `{id}`"), "it names other entries");
                problems.push(draft.sheet.problem(Severity::Error, &related.at, what, valid, "take it out"));
            } else if !all.contains(id) {
                guesses += 1;
                let near = nearest(id, all.iter().map(String::as_str).filter(|_| guesses <= MAX_GUESSES));
                let mend =
                    near.map_or_else(|| "take it out".to_owned(), |near| format!("write `{near}` if that is meant"));
                let (what, valid) =
                    (format!("unknown entry `{id}` in `related`"), "an id is an entry's file name without `.md`");
                problems.push(draft.sheet.problem(Severity::Error, &related.at, what, valid, mend));
            } else if served.contains(id) && !kept.contains(id) {
                kept.push(id.clone());
            }
        }
        if let Some(entry) = &mut draft.entry {
            entry.related = kept;
        }
    }
    problems
}

/// Pairs of an id that another id equals but for case, and that other one. Small letters come last, so that a fit id
/// is the one that is kept.
pub(super) fn same_but_for_case(ids: &[String]) -> Vec<(usize, String)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, id) in ids.iter().enumerate() {
        groups.entry(id.to_lowercase()).or_default().push(number);
    }
    let pairs = groups.into_values().flat_map(|mut numbers| {
        let kept = numbers.pop().and_then(|kept| ids.get(kept)).cloned().unwrap_or_default();
        numbers.into_iter().map(move |number| (number, kept.clone()))
    });
    pairs.collect()
}
