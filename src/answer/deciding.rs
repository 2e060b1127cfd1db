//! The way from a message to a decision.

use super::confidence::{
    OFFER, OFFER_BESIDE_A_GAP, OFFER_TO_TALK, OFFER_UNNAMED, SURE, SURE_AS_BACKGROUND, SURE_UNASKED,
};
use super::judging::{Judged, Reading};
use super::readings::{Readings, readings};
use super::{Decision, Hit, Incoming, Surface, Weights, Why, small_talk};
use crate::kinds::Kind;
use crate::safety::Signs;
use crate::search::Index;

/// How many entries are offered at most.
const OFFERED: usize = 3;

/// A decision and how it came about.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What to do.
    pub decision: Decision,
    /// How the message was read, and what was considered; none where it was decided before any search.
    pub(super) reading: Option<Reading>,
    /// What kind of message it is, if that is clear; none where it was decided before any search.
    pub(super) kind: Option<Kind>,
    /// The danger that it shows, in plain words that are never the person's.
    pub(super) because: Option<&'static str>,
    /// What it cost.
    pub effort: Effort,
}

impl Verdict {
    /// The places in the collection of the entries that came nearest, the nearest first.
    pub fn nearest(&self, most: usize) -> Vec<usize> {
        self.reading.iter().flat_map(|reading| &reading.entries).map(|judged| judged.entry).take(most).collect()
    }
}

/// What a decision cost, in counts that no message can drive up without an end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// In how many ways the message was read.
    pub readings: usize,
    /// How many entries were compared with it, over all readings.
    pub candidates: usize,
    /// For how many words a repair was looked for.
    pub repairs: usize,
}

impl Effort {
    fn of(readings: &Readings) -> Self {
        Self {
            readings: readings.all.len(),
            candidates: readings.all.iter().map(|reading| reading.entries.len()).sum(),
            repairs: readings.repairs,
        }
    }
}

impl Verdict {
    /// A decision without any search.
    pub fn without_search(decision: Decision) -> Self {
        Self { decision, reading: None, kind: None, because: None, effort: Effort::default() }
    }

    /// The best candidate, decided on or not, and how likely it answers; none where nothing was searched or found.
    pub fn best(&self, index: &Index) -> Option<Hit> {
        hit(index, self.reading.as_ref()?.entries.first()?)
    }
}

/// Decides on a message put to a collection: danger first, then small talk, then the search.
pub fn decide(index: &Index, incoming: &Incoming) -> Verdict {
    let collection = index.collection();
    let overheard = incoming.surface == Surface::Overheard;
    let signs = Signs::of(&incoming.text, !overheard, &collection.urgent);
    if let Some(danger) = signs.danger {
        return Verdict { because: Some(danger.because), ..Verdict::without_search(Decision::Urgent(danger.kind)) };
    }
    if let Some(decision) = small_talk(&signs.own) {
        return Verdict::without_search(if overheard { Decision::Silent(Why::NotSure) } else { decision });
    }
    search(index, incoming, &signs)
}

fn search(index: &Index, incoming: &Incoming, signs: &Signs) -> Verdict {
    let personal = signs.personal();
    let mut readings = readings(index, Weights::shipped().of(index), signs, &incoming.context);
    let chosen = choose(index, &readings.all);
    let Some((at, chosen)) = chosen.and_then(|at| Some((at, readings.all.get(at)?))) else {
        return Verdict::without_search(Decision::Silent(Why::NotSure));
    };
    let enough = match (incoming.surface, personal) {
        (Surface::Overheard, _) => SURE_UNASKED,
        (Surface::Asked, true) => SURE_AS_BACKGROUND,
        (Surface::Asked, false) => SURE,
    };
    let best = chosen.entries.first().and_then(|best| hit(index, best));
    let questions = [Kind::Question, Kind::LooksPersonal].map(|kind| signs.kinds.chance(kind)).iter().sum::<f32>();
    let asks = chosen.form.is_question() || questions > 0.5;
    let decision = match (best, incoming.surface) {
        (Some(hit), Surface::Asked) if hit.score >= enough => {
            let others = others(index, &readings.all, &hit);
            Decision::Answer { hit, personal, others }
        }
        (Some(hit), Surface::Overheard) if hit.score >= enough && asks && !personal => {
            Decision::Answer { hit, personal, others: Vec::new() }
        }
        (_, Surface::Overheard) => Decision::Silent(Why::NotSure),
        (best, Surface::Asked) => {
            let gap = chosen.query.gap.clone();
            let worth = match &gap {
                _ if signs.kinds.no_question() > 0.5 => OFFER_TO_TALK,
                _ if chosen.query.names_nothing() => OFFER_UNNAMED,
                Some(_) => OFFER_BESIDE_A_GAP,
                None => OFFER,
            };
            match best {
                Some(hit) if hit.score >= worth => Decision::Suggest { hits: offers(index, chosen), personal },
                _ => Decision::NotCovered { gap, personal },
            }
        }
    };
    let (kind, effort) = (signs.kinds.likeliest(), Effort::of(&readings));
    Verdict { decision, reading: Some(readings.all.swap_remove(at)), kind, because: None, effort }
}

/// The reading that decides: the first question of several that we are sure of, else the one we are surest of. A message that stands
/// word for word in an entry that is new comes before both, and a question of several that does before the second: of such an entry
/// nothing is known yet that could speak against another.
fn choose(index: &Index, readings: &[Reading]) -> Option<usize> {
    let is_several = readings.iter().filter(|reading| reading.way.part).count() > 1;
    let is_sure = |reading: &Reading| is_several && reading.way.part && reading.confidence() >= SURE;
    let confidence = |at: usize| readings.get(at).map_or(0.0, Reading::confidence);
    let surer = |best, next| if confidence(next) > confidence(best) { next } else { best };
    let is_new = |reading: &Reading| index.stands_in_a_new_entry(&reading.query);
    let first = |fits: &dyn Fn(&Reading) -> bool| readings.iter().position(fits);
    let whole = first(&|reading| !reading.way.part && is_new(reading));
    whole.or_else(|| first(&is_sure)).or_else(|| first(&is_new)).or_else(|| (0..readings.len()).reduce(surer))
}

/// What other questions of the message are about, at most [`OFFERED`].
fn others(index: &Index, readings: &[Reading], answered: &Hit) -> Vec<Hit> {
    let mut others: Vec<Hit> = Vec::new();
    for best in readings.iter().filter(|reading| reading.way.part).filter_map(|reading| reading.entries.first()) {
        let Some(hit) = hit(index, best).filter(|hit| hit.score >= SURE) else { continue };
        if hit.entry != answered.entry && others.iter().all(|other| other.entry != hit.entry) {
            others.push(hit);
        }
    }
    others.truncate(OFFERED);
    others
}

/// The entries to offer, best first, at most [`OFFERED`]; entries with the same source say much the same, so one stands
/// for them.
fn offers(index: &Index, reading: &Reading) -> Vec<Hit> {
    let mut sources = Vec::new();
    let mut offers = Vec::new();
    for judged in reading.entries.iter().filter(|judged| judged.confidence >= OFFER / 4.0) {
        let Some(entry) = index.collection().entries.get(judged.entry) else { continue };
        if !sources.contains(&&entry.source) {
            sources.push(&entry.source);
            offers.extend(hit(index, judged));
        }
    }
    offers.truncate(OFFERED);
    offers
}

fn hit(index: &Index, judged: &Judged) -> Option<Hit> {
    let entry = index.collection().entries.get(judged.entry)?;
    Some(Hit { entry: entry.id.clone(), score: judged.confidence })
}
