//! `/faq gaps`: what members asked that the FAQ has nothing on.

use super::{Figures, list, wording};
use crate::answer::Reply;
use crate::bot::work::said;
use crate::faq::Collection;
use crate::store::Counted;

/// The questions without an answer, by topic.
pub(in crate::bot::work) fn told(collection: &Collection, figures: &Figures) -> Reply {
    // Nothing names a topic without words of its own, so that it can't be counted.
    let topics = collection.gaps.iter().filter(|gap| !gap.words.is_empty()).map(|gap| gap.topic.as_str());
    let topics: Vec<&str> = topics.collect();
    let asked = figures.each(|what| match what {
        Counted::Gap(topic) if topics.contains(&topic.as_str()) => Some(topic.as_str()),
        _ => None,
    });
    let mut few: Vec<&str> = topics;
    few.retain(|topic| asked.iter().all(|(other, _)| other != topic));
    let asked = asked.iter().map(|(topic, count)| format!("- {topic}: {count}"));
    let few = few.iter().map(|topic| format!("- {topic}"));
    let lists = [list(wording::ASKED_MOST, asked), list(wording::ASKED_SELDOM, few)];
    let lists: Vec<String> = lists.into_iter().flatten().collect();
    let text = [
        wording::gaps_since(&collection.title, &figures.span),
        wording::not_covered(figures.total(|what| *what == Counted::NotCovered)),
        if lists.is_empty() { wording::NO_TOPICS.to_owned() } else { lists.join("\n") },
        wording::CLOSE_A_GAP.to_owned(),
        wording::ROUNDED.to_owned(),
    ];
    said(&text.join("\n"))
}
