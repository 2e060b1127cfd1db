//! `/faq stats`: how much was asked, what was answered, what helped.

use super::picture::picture;
use super::{Figures, Rounded, list, name, wording};
use crate::answer::Reply;
use crate::bot::work::said;
use crate::faq::Collection;
use crate::store::Counted;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The figures, with a picture of them.
pub(in crate::bot::work) fn told(collection: &Collection, figures: &Figures) -> Reply {
    let answered = figures.each(|what| match what {
        Counted::Answered(entry) => Some(entry.as_str()),
        _ => None,
    });
    let answered = answered.iter().map(|(entry, count)| format!("- {}: {count}", name(collection, entry)));
    let opinions = opinions(figures).into_iter();
    let opinions = opinions.map(|(entry, opinion)| wording::opinion(name(collection, entry), opinion));
    let picture = picture(figures);
    let text = [
        wording::stats_since(&collection.title, &figures.span),
        totals(figures),
        list(wording::ANSWERED_MOST, answered).unwrap_or_else(|| wording::NO_ANSWERS.to_owned()),
        list(wording::OPINIONS, opinions).unwrap_or_else(|| wording::NO_OPINIONS.to_owned()),
        if picture.is_some() { wording::ROUNDED.to_owned() } else { wording::too_few_to_draw() },
    ];
    Reply { files: picture.into_iter().collect(), ..said(&text.join("\n")) }
}

/// How often each thing was decided.
fn totals(figures: &Figures) -> String {
    let lines = wording::DECISIONS.iter().chain([&wording::SILENT]);
    let lines = lines.map(|decision| format!("- {}: {}", decision.name, figures.total(decision.fits)));
    lines.collect::<Vec<_>>().join("\n")
}

/// How often an entry was found helpful and not helpful.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Opinion {
    pub(super) helpful: Rounded,
    pub(super) not_helpful: Rounded,
}

impl Opinion {
    /// The share of those who weren't helped, in millionths, of what is shown.
    fn unhelped(self) -> u128 {
        let (helpful, not_helpful) = (u128::from(self.helpful.height()), u128::from(self.not_helpful.height()));
        not_helpful * 1_000_000 / (helpful + not_helpful).max(1)
    }
}

/// What was said of each entry, the least helpful first.
fn opinions(figures: &Figures) -> Vec<(&str, Opinion)> {
    let mut opinions = BTreeMap::<&str, Opinion>::new();
    for (entry, count) in figures.each(|what| match what {
        Counted::Helpful(entry) => Some(entry.as_str()),
        _ => None,
    }) {
        opinions.entry(entry).or_default().helpful = count;
    }
    for (entry, count) in figures.each(|what| match what {
        Counted::NotHelpful(entry) => Some(entry.as_str()),
        _ => None,
    }) {
        opinions.entry(entry).or_default().not_helpful = count;
    }
    let mut opinions: Vec<_> = opinions.into_iter().collect();
    opinions.sort_by_key(|(_, opinion)| Reverse((opinion.unhelped(), opinion.not_helpful)));
    opinions
}
