//! The ways in which a message can be read: as a whole, question by question with the rest of the post behind it, and as
//! going on from what was said before.

use super::evidence::Way;
use super::form::{self, Form};
use super::judging::{Asked, Reading, judge};
use super::weights::Scale;
use crate::kinds::Kinds;
use crate::learn::{Features, features};
use crate::safety::Signs;
use crate::search::{self, Index, Query, Sentence};
use crate::text;

/// How many questions of one message are read by themselves: the last ones, since a long post ends in what it asks.
const MAX_QUESTIONS: usize = 3;
/// The most sentences that are read one by one.
const MAX_SENTENCES: usize = 40;
/// How many sentences around a question are asked what it leaves unsaid.
const MAX_AROUND: usize = 8;
/// How many messages before this one are asked the same.
const MAX_CONTEXT: usize = 3;

/// Every way in which a message was read.
#[derive(Debug, Clone)]
pub(super) struct Readings {
    /// The readings; there is always one.
    pub(super) all: Vec<Reading>,
    /// For how many words a repair was looked for.
    pub(super) repairs: usize,
}

/// Reads a message in every way that fits it; there is always one reading. A message with something before it is read as
/// going on from that; else the whole comes first, then its questions.
pub(super) fn readings(index: &Index, scale: &Scale, signs: &Signs, context: &[String]) -> Readings {
    let own = signs.own.as_str();
    let mut budget = search::budget();
    let sentences = form::sentences(own, MAX_SENTENCES);
    let read: Vec<Sentence> = sentences.iter().map(|text| index.sentence(text, &mut budget)).collect();
    let whole = index.query(&read.iter().collect::<Vec<_>>());
    let way = Way { sentences: sentences.len(), leans: whole.leans_on_context(), ..Way::default() };
    let judge = |text: &str, query: Query, features: &Features, kinds: &Kinds, way: Way| {
        judge(index, scale, Asked { text, query, features, kinds, way })
    };
    let context = context.get(context.len().saturating_sub(MAX_CONTEXT)..).unwrap_or_default();
    let context: Vec<String> = context.iter().map(|text| text::own_words(text)).collect();
    let said: Vec<Sentence> = context.iter().map(|text| index.sentence(text, &mut budget)).collect();
    let before = (!said.is_empty()).then(|| index.query(&said.iter().collect::<Vec<_>>()));
    let mut readings = Vec::new();
    if let Some(before) = &before {
        let features = search::in_context(signs.features.clone(), context.iter().map(|text| features(text)));
        let following = index.following(&whole, before);
        readings.push(judge(own, following, &features, &signs.kinds, Way { context: true, ..way }));
    }
    // Of an entry that is new, nothing but its words is known yet; but an "it" may stand for a medicine that was named before.
    let named = before.as_ref().is_some_and(|before| index.names_medicine_or_class(before));
    let is_new = || !named && index.stands_in_a_new_entry(&whole);
    // Who asks what a card is headed with means that card, whatever was said before.
    let stands_alone = || index.names_medicine(&whole) || index.is_an_entrys_question(&whole) || is_new();
    if before.is_none() || !whole.leans_on_context() || stands_alone() {
        readings.push(judge(own, whole, &signs.features, &signs.kinds, way));
    }
    let mut questions = questions(&sentences);
    questions.drain(..questions.len().saturating_sub(MAX_QUESTIONS));
    let several = questions.len() > 1;
    for at in questions.into_iter().filter(|_| several) {
        let (Some(text), Some(own)) = (sentences.get(at), read.get(at)) else { continue };
        let own = index.query(&[own]);
        // What it leaves unsaid was most likely named just before it, else after, else in the conversation.
        let mut around = (0..at).rev().chain(at + 1..read.len()).take(MAX_AROUND).filter_map(|near| read.get(near));
        let named = around.find(|near| near.names_something()).map(|near| index.query(&[near]));
        let leans = own.leans_on_context();
        let query = match named.as_ref().or(before.as_ref()) {
            Some(around) if !index.names_medicine(&own) => index.following(&own, around),
            _ => own,
        };
        let features = features(text);
        let way = Way { part: true, context: before.is_some(), leans, ..way };
        readings.push(judge(text, query, &features, &Kinds::of(&features), way));
    }
    Readings { all: readings, repairs: search::budget() - budget }
}

/// Which of these sentences ask something: those with a question mark, else those whose words ask.
fn questions(sentences: &[&str]) -> Vec<usize> {
    let forms: Vec<Form> = sentences.iter().map(|sentence| Form::of(sentence)).collect();
    let that = |asks: fn(&Form) -> bool| (0..forms.len()).filter(|at| forms.get(*at).is_some_and(asks)).collect();
    let marked: Vec<usize> = that(|form| form.marked);
    if marked.is_empty() { that(|form| form.asks) } else { marked }
}
