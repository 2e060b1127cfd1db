//! `pamphlet tune`: what ranking and confidence weigh, learned from labelled messages.

use super::shelves::Desk;
use super::{Exit, Failure, eval};
use crate::answer::{Lesson, Surface, learn};
use crate::eval::Label;
use crate::faq::MessageKind;
use crate::safety::Signs;
use std::path::{Path, PathBuf};

/// From fewer messages with an answer, or without one, the weights would be no more than chance.
const LEAST: usize = 20;

/// Learn the weights of ranking and confidence from labelled messages, and print them.
#[derive(Debug, clap::Args)]
#[command(after_help = "The same messages give the same weights. Those that pamphlet was built with were made by:\n  \
    pamphlet tune testdata/questions/dev/*.jsonl")]
pub(super) struct Arguments {
    /// Files of labelled messages, one JSON object a line, as `pamphlet eval` takes them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The collection that answers them, if there are several
    #[arg(long, value_name = "ID")]
    collection: Option<String>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config)?;
    let index = desk.pick(arguments.collection.as_deref())?;
    let labels = match eval::labels(&arguments.files, index) {
        Ok(labels) => labels,
        Err(exit) => return Ok(exit),
    };
    // What shows danger never comes to a search.
    let urgent = |label: &Label| {
        label.kind == MessageKind::Urgent || Signs::of(&label.text, true, &index.collection().urgent).danger.is_some()
    };
    let lessons: Vec<Lesson> = labels
        .iter()
        .filter(|label| !urgent(label))
        .map(|label| Lesson { incoming: label.incoming(Surface::Asked), gold: label.gold.clone() })
        .collect();
    let answered = lessons.iter().filter(|lesson| !lesson.gold.is_empty()).count();
    let refused = lessons.len() - answered;
    if answered.min(refused) < LEAST {
        let what = format!(
            "{answered} messages have an answer and {refused} have none; of each, {LEAST} are needed to learn from"
        );
        return Err(Failure::new(Exit::Problems, what));
    }
    super::print(&learn(index, &lessons).text())?;
    Ok(Exit::Ok)
}
