//! Why a message got the answer it got, for the terminal and for the page of the demo.

use crate::answer::{Card, Incoming, Serving, Surface, Verdict, decide, story};
use crate::bot::EXCHANGE_AGE;
use crate::mock::{Earlier, Explainer, Question};
use crate::search::Index;
use std::sync::Arc;

/// The story of a verdict, and an empty line after it.
pub(super) fn text(index: &Index, verdict: &Verdict) -> String {
    let mut text = story(index, verdict).join("\n");
    text.push_str("\n\n");
    text
}

/// Tells the page of the demo the story of each message. Nobody does where there are several collections: the local
/// Discord doesn't say which of them a message is put to.
pub(super) fn explainer(serving: &Arc<Serving>) -> Option<Explainer> {
    let brain = serving.brain();
    let mut all = brain.collections();
    let (only, None) = (all.next()?.to_owned(), all.next()) else { return None };
    let serving = Arc::clone(serving);
    let explain =
        move |question: &Question| serving.brain().index(&only).map(|index| why(index, question)).unwrap_or_default();
    Some(Explainer::new(explain))
}

fn why(index: &Index, question: &Question) -> String {
    let replied = question.replied_to.as_deref().and_then(Card::question_in).map(str::to_owned);
    let context = replied.or_else(|| held(index, &question.before));
    story(index, &decided(index, &question.text, context)).join("\n")
}

/// What the bot holds of the messages before: nobody's next question goes on from a menu's.
fn held(index: &Index, before: &[Earlier]) -> Option<String> {
    let before = before.iter().filter(|earlier| !earlier.by_menu && earlier.ago < EXCHANGE_AGE);
    before.fold(None, |held, Earlier { text, .. }| {
        decided(index, text, held.clone()).decision.talked_about(index.collection(), text).or(held)
    })
}

fn decided(index: &Index, text: &str, context: Option<String>) -> Verdict {
    let context = context.into_iter().collect();
    decide(index, &Incoming { text: text.to_owned(), surface: Surface::Asked, context })
}
