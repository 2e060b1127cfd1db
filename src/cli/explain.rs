//! Why a message got the answer it got, in a person's words.

use crate::answer::{Decision, Verdict, Why};
use crate::faq::HelpKind;
use crate::search::{Candidate, Index};
use std::fmt::Write;

/// How many candidates are shown.
const SHOWN: usize = 3;

/// The story of a verdict.
pub(super) fn text(index: &Index, verdict: &Verdict) -> String {
    let mut lines = vec![decision(verdict)];
    for repair in &verdict.reading.repairs {
        lines.push(format!("I read “{}” as “{}”.", repair.typed, repair.read_as));
    }
    if !verdict.reading.named.is_empty() {
        lines.push(format!("It names: {}.", verdict.reading.named.join(", ")));
    }
    if !verdict.candidates.is_empty() {
        lines.push("The nearest entries:".to_owned());
    }
    let candidates = verdict.candidates.iter().take(SHOWN).zip(1..);
    lines.extend(candidates.filter_map(|(candidate, place)| considered(index, candidate, place)));
    let mut text = String::new();
    for line in lines {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{line}");
    }
    text.push('\n');
    text
}

fn decision(verdict: &Verdict) -> String {
    match &verdict.decision {
        Decision::Answer { hit, personal, .. } => format!(
            "Answered with `{}`, {} sure.{}",
            hit.entry,
            percent(hit.score),
            if *personal { " It asks about one person's treatment, so the notice comes first." } else { "" }
        ),
        Decision::Suggest { .. } => "Not sure enough to answer; the nearest entries are offered.".to_owned(),
        Decision::NotCovered { gap: Some(topic), .. } => format!("The FAQ has nothing on {topic}: it is a listed gap."),
        Decision::NotCovered { gap: None, .. } => "Nothing in the FAQ is near enough.".to_owned(),
        Decision::Urgent(HelpKind::Medical) => {
            "It shows a sign of a medical emergency. That comes before any search.".to_owned()
        }
        Decision::Urgent(HelpKind::Crisis) => {
            "It shows that somebody may be in despair. That comes before any search.".to_owned()
        }
        Decision::Help => "It is a greeting or a call for help, not a question.".to_owned(),
        Decision::Silent(Why::Empty) => "There is nothing to read in it.".to_owned(),
        Decision::Silent(Why::Thanks) => "It is a thank-you, a yes or a goodbye.".to_owned(),
        Decision::Silent(Why::NotSure) => {
            "It is talk between members, and not surely a question of the FAQ.".to_owned()
        }
    }
}

fn considered(index: &Index, candidate: &Candidate, place: usize) -> Option<String> {
    let entry = index.collection().entries.get(candidate.entry)?;
    let signals = &candidate.signals;
    let why = if signals.exact {
        "it is asked in these very words".to_owned()
    } else {
        let medicine = if signals.other_medicine { "; it is about another medicine" } else { "" };
        format!(
            "its nearest phrasing is {} like the message, and it speaks to {} of what the message says{medicine}",
            percent(signals.phrasing),
            percent(signals.coverage),
        )
    };
    Some(format!("  {place}. {} “{}” (`{}`): {why}", percent(signals.score()), entry.question, entry.id))
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
