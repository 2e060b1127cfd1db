//! `pamphlet ask`: a question and its answer, here.

use super::shelves::Desk;
use super::{Exit, Failure, batch, explain, service};
use crate::answer::{Incoming, decide, respond};
use std::path::{Path, PathBuf};

/// Ask a question here, as a member would in Discord.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pamphlet ask \"will prednisone wreck my bones?\"\n  pamphlet ask --explain \"xeljanz\"\n  \
    pamphlet ask --batch questions.jsonl > answers.jsonl\n\n\
    A line of a batch is an object: `text`, the message; and, where you like, `id`, which comes back with the answer, \
    `context`, the messages before it, oldest first, and `surface`, \"asked\" or \"overheard\" (nobody spoke to pamphlet)."
)]
pub(super) struct Arguments {
    /// The question
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    question: Option<String>,
    /// Say why: how the question was read and what was considered
    #[arg(long, conflicts_with_all = ["json", "batch"])]
    explain: bool,
    /// Print the decision as one JSON object
    #[arg(long)]
    json: bool,
    /// Answer a file of questions, one JSON object a line ("-" is standard input)
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// The collection to ask, if there are several
    #[arg(long, value_name = "ID")]
    collection: Option<String>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config)?;
    let config = &desk.config;
    if let Some(region) = &config.region {
        service::check_region(&desk.brain, region)?;
    }
    let index = desk.pick(arguments.collection.as_deref())?;
    if let Some(file) = &arguments.batch {
        return batch::run(index, config, file);
    }
    let incoming = Incoming::asked(arguments.question.clone().unwrap_or_default());
    if arguments.json {
        super::print(&format!("{}\n", batch::answer(index, config, None, &incoming)))?;
        return Ok(Exit::Ok);
    }
    let verdict = decide(index, &incoming);
    let mut text = if arguments.explain { explain::text(index, &verdict) } else { String::new() };
    match respond(index.collection(), &verdict.decision, config.region.as_deref(), config.language) {
        Some(reply) => {
            text.push_str(&reply.text());
            text.push('\n');
            text.extend(reply.buttons.iter().map(|button| format!("[ {} ]\n", button.label)));
        }
        None => text.push_str("(pamphlet says nothing to this)\n"),
    }
    super::print(&text)?;
    Ok(Exit::Ok)
}
