//! Why a message got the answer it got, in a person's words.

use super::judging::{Judged, Reading};
use super::{Decision, Verdict, Why};
use crate::faq::{Entry, HelpKind};
use crate::kinds::Kind;
use crate::search::{Index, Medicine};

/// How many candidates are told of.
const TOLD: usize = 3;
/// A phrasing that is less alike is not worth telling.
const ALIKE: f32 = 0.2;

/// The story of a verdict, a sentence a line.
pub fn story(index: &Index, verdict: &Verdict) -> Vec<String> {
    let mut lines = vec![decided(&verdict.decision)];
    lines.extend(verdict.because.map(|because| format!("The sign: {because}.")));
    lines.extend(notice(&verdict.decision));
    lines.extend(verdict.kind.and_then(worded).map(|kind| format!("It is worded like {kind}.")));
    if let Some(reading) = &verdict.reading {
        lines.extend(read(reading));
        lines.extend(considered(index, reading));
    }
    lines
}

fn decided(decision: &Decision) -> String {
    match decision {
        Decision::Answer { hit, others, .. } => {
            let others = match others.len() {
                0 => String::new(),
                1 => " It asks another thing too, which is offered beside it.".to_owned(),
                more => format!(" It asks {more} other things too, which are offered beside it."),
            };
            format!("Answered with `{}`: {} likely to be right.{others}", hit.entry, percent(hit.score))
        }
        Decision::Suggest { .. } => "Not sure enough to answer, so the nearest entries are offered.".to_owned(),
        Decision::NotCovered { gap: Some(topic), .. } => format!("Not answered: the FAQ has nothing on {topic}."),
        Decision::NotCovered { gap: None, .. } => "Not answered: nothing in the FAQ is near enough.".to_owned(),
        Decision::Urgent(HelpKind::Medical) => {
            "It shows a sign of a medical emergency. That comes before everything else, so nothing was searched."
                .to_owned()
        }
        Decision::Urgent(HelpKind::Crisis) => {
            "It shows that somebody may be in despair. That comes before everything else, so nothing was searched."
                .to_owned()
        }
        Decision::Help => "It is a greeting or a call for help, not a question.".to_owned(),
        Decision::Silent(Why::Empty) => "There is nothing to read in it.".to_owned(),
        Decision::Silent(Why::Thanks) => "It is a thank-you, a yes or a goodbye.".to_owned(),
        Decision::Silent(Why::NotSure) => {
            "It is talk between members, and not surely a question that the FAQ answers.".to_owned()
        }
    }
}

fn notice(decision: &Decision) -> Option<String> {
    let personal = matches!(
        decision,
        Decision::Answer { personal: true, .. }
            | Decision::Suggest { personal: true, .. }
            | Decision::NotCovered { personal: true, .. }
    );
    personal.then(|| "It asks what one person should do, so the notice comes first.".to_owned())
}

/// What a message of this kind is to a person; none where the decision or the notice says so.
fn worded(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Question => Some("a question on treatment"),
        Kind::Uncovered => Some("a question that an FAQ like this seldom answers"),
        Kind::LooksPersonal => Some("a question about treatment in general, though it speaks of somebody"),
        Kind::Chatter => Some("talk between members"),
        Kind::Elsewhere => Some("something that has nothing to do with treatment"),
        Kind::LooksUrgent => Some("a figure of speech, a memory or a small matter, not like an emergency"),
        Kind::Personal | Kind::Medical | Kind::Crisis => None,
    }
}

/// How the message was read.
fn read(reading: &Reading) -> Vec<String> {
    let mut lines = Vec::new();
    let understood = reading.query.reading();
    if reading.way.part {
        lines.push(format!("Of the whole post this was taken as the question: “{}”.", reading.text.trim()));
    }
    if reading.way.context {
        lines.push("What was said before was taken into account.".to_owned());
    }
    lines.extend(
        understood.repairs.iter().map(|repair| format!("“{}” was read as “{}”.", repair.typed, repair.read_as)),
    );
    if !understood.named.is_empty() {
        lines.push(format!("It names: {}.", understood.named.join(", ")));
    }
    if !understood.strange.is_empty() {
        lines.push(format!("The FAQ has no such words: {}.", understood.strange.join(", ")));
    }
    lines
}

/// The nearest entries.
fn considered(index: &Index, reading: &Reading) -> Vec<String> {
    let mut lines = Vec::new();
    let told = reading.entries.iter().take(TOLD).zip(1..);
    for (judged, place) in told {
        let Some(entry) = index.collection().entries.get(judged.entry) else { continue };
        // How likely one is that isn't the nearest was never learned.
        let likely = if place == 1 { format!(" {} likely.", percent(judged.confidence)) } else { String::new() };
        lines.push(format!("{place}. “{}” (`{}`):{likely} {}", entry.question, entry.id, reasons(entry, judged)));
    }
    if !lines.is_empty() {
        lines.insert(0, "The nearest entries:".to_owned());
    }
    lines
}

fn reasons(entry: &Entry, judged: &Judged) -> String {
    let signals = &judged.signals;
    if signals.exact {
        return "It is asked in these very words.".to_owned();
    }
    let nearest = signals.nearest.checked_sub(1).and_then(|at| entry.also.get(at)).unwrap_or(&entry.question);
    let mut reasons = format!("It speaks to {} of the message", amount(signals.coverage));
    match signals.phrasing {
        alike if alike < ALIKE => reasons.push_str("; nobody was known to ask for it in such words."),
        alike => reasons.push_str(&format!("; nearest is “{nearest}”, {} alike.", percent(alike))),
    }
    if signals.topic.entry >= 0.01 {
        let learned = percent(signals.topic.entry);
        reasons.push_str(&format!(" As labelled messages teach, {learned} of such wordings mean this."));
    }
    match signals.medicine {
        Medicine::Same => reasons.push_str(" It is about the medicine that is named."),
        Medicine::Class => reasons.push_str(" It is about the class of the medicine that is named."),
        Medicine::Other => reasons.push_str(" It is about another medicine than the one that is named."),
        Medicine::None | Medicine::Unsaid | Medicine::Unnamed => {}
    }
    if signals.things < 1.0 {
        reasons.push_str(" It leaves out something that the message names.");
    }
    reasons
}

fn amount(share: f32) -> &'static str {
    match share {
        share if share > 0.95 => "all",
        share if share > 0.7 => "most",
        share if share > 0.4 => "about half",
        share if share > 0.15 => "a part",
        _ => "little",
    }
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
