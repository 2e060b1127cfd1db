//! The test bench: what a question would get, and why.

use super::desk::Thing;
use super::step::Step;
use super::wording;
use crate::answer::{Incoming, Press, Reply, Surface, Verdict, decide, story};
use crate::bot::conversation::{Turn, plain_button};
use crate::faq::Entry;
use crate::search::Index;

/// To how many entries the question can be added at once.
const OFFERED: usize = 3;
/// The most characters of a story, so that one message holds it.
const MOST: usize = 1_900;

/// What a question would get, told to the moderator alone, with a button for each entry that it could be added to.
pub(super) fn tried(turn: &Turn, index: &Index, question: &str) -> Reply {
    let incoming = Incoming { text: question.to_owned(), surface: Surface::Asked, context: Vec::new() };
    let verdict = decide(index, &incoming);
    let mut text = String::new();
    for line in story(index, &verdict) {
        if text.chars().count() + line.chars().count() > MOST {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    // It may quote the question, which somebody typed.
    let mut reply = Reply { private: true, ..Reply::plain(wording::inert(&text)) };
    let nearest = nearest(index, &verdict);
    if !nearest.is_empty() && turn.bot.workshop.is_some() {
        let thing = Thing::Question(question.trim().to_owned());
        let Some(number) = turn.memory().desk.lay(&index.collection().id, thing, turn.now) else { return reply };
        reply.buttons = nearest
            .into_iter()
            .map(|entry| {
                let step = Step::Add { number, entry: entry.id.clone() };
                plain_button(wording::add_to(&entry.question), Press::Work(step.task()))
            })
            .collect();
    }
    reply
}

/// The entries that came nearest, the nearest first.
fn nearest<'i>(index: &'i Index, verdict: &Verdict) -> Vec<&'i Entry> {
    let entries = &index.collection().entries;
    verdict.nearest(OFFERED).into_iter().filter_map(|at| entries.get(at)).collect()
}
