//! The batch form of `ask`: one JSON object a line in, one a line out, in the same order.

use super::{Exit, Failure};
use crate::answer::{Body, Decision, Hit, Incoming, Surface, decide, respond};
use crate::config::Config;
use crate::faq::{Entry, SourceRef};
use crate::search::Index;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// One line of a batch.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object with a `text`")]
struct Line {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    context: Option<Vec<String>>,
    #[serde(default)]
    surface: SurfaceName,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SurfaceName {
    #[default]
    Asked,
    Overheard,
}

/// Answers a file of questions on stdout. A line that can't be read gets an error and the rest goes on.
///
/// # Errors
/// When the file can't be read or stdout is closed.
pub(super) fn run(index: &Index, config: &Config, file: &Path) -> Result<Exit, Failure> {
    let input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        let open = File::open(file);
        Box::new(BufReader::new(open.map_err(|why| unreadable(file, &why))?))
    };
    let mut output = BufWriter::new(std::io::stdout().lock());
    for (number, line) in input.split(b'\n').enumerate() {
        let line = line.map_err(|why| unreadable(file, &why))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answered = match serde_json::from_slice::<Line>(&line) {
            Ok(line) => {
                let surface = match line.surface {
                    SurfaceName::Asked => Surface::Asked,
                    SurfaceName::Overheard => Surface::Overheard,
                };
                answer(
                    index,
                    config,
                    Some(line.id),
                    &Incoming { text: line.text, surface, context: line.context.unwrap_or_default() },
                )
            }
            Err(why) => json!({ "error": why.to_string(), "line": number + 1 }),
        };
        writeln!(output, "{answered}")?;
    }
    output.flush()?;
    Ok(Exit::Ok)
}

fn unreadable(file: &Path, why: &std::io::Error) -> Failure {
    Failure::new(Exit::Io, format!("{}: can't be read: {why}", file.display()))
}

/// One decision as JSON, with the time that it took.
pub(super) fn answer(index: &Index, config: &Config, id: Option<Value>, incoming: &Incoming) -> Value {
    let collection = index.collection();
    let started = Instant::now();
    let decision = decide(index, incoming).decision;
    let reply = respond(collection, &decision, config.region.as_deref(), config.language);
    let micros = started.elapsed().as_secs_f64() * 1e6;
    let entry = shown(&decision).and_then(|hit| collection.entry(&hit.entry));
    let card = reply.as_ref().and_then(|reply| match &reply.body {
        Body::Card(card) => Some(card),
        Body::Plain(_) => None,
    });
    json!({
        "id": id,
        "decision": name(&decision),
        "help": decision == Decision::Help,
        "notice": personal(&decision).then_some("personal"),
        "entry": entry.map(|entry| &entry.id),
        "sources": entry.map(sources).unwrap_or_default(),
        "passage": card.map(|card| card.passage()),
        "reminder": card.map(|card| card.reminder()),
        "reply": reply.as_ref().map(|reply| reply.text()),
        "score": shown(&decision).map(|hit| hit.score),
        "suggestions": suggestions(index, &decision),
        "gap": match &decision { Decision::NotCovered { gap, .. } => gap.as_deref(), _ => None },
        "urgent": match &decision { Decision::Urgent(kind) => Some(kind.name()), _ => None },
        "micros": micros,
    })
}

fn name(decision: &Decision) -> &'static str {
    match decision {
        Decision::Answer { .. } => "answer",
        Decision::Suggest { .. } => "suggest",
        Decision::NotCovered { .. } | Decision::Help => "none",
        Decision::Urgent(_) => "urgent",
        Decision::Silent(_) => "silent",
    }
}

fn personal(decision: &Decision) -> bool {
    match decision {
        Decision::Answer { personal, .. }
        | Decision::Suggest { personal, .. }
        | Decision::NotCovered { personal, .. } => *personal,
        Decision::Urgent(_) | Decision::Help | Decision::Silent(_) => false,
    }
}

fn shown(decision: &Decision) -> Option<&Hit> {
    match decision {
        Decision::Answer { hit, .. } => Some(hit),
        _ => None,
    }
}

fn suggestions(index: &Index, decision: &Decision) -> Vec<Value> {
    let hits = match decision {
        Decision::Suggest { hits, .. } => hits,
        Decision::Answer { others, .. } => others,
        _ => return Vec::new(),
    };
    let offered = |hit: &Hit| {
        let entry = index.collection().entry(&hit.entry)?;
        Some(json!({ "entry": entry.id, "sources": sources(entry), "score": hit.score }))
    };
    hits.iter().filter_map(offered).collect()
}

fn sources(entry: &Entry) -> Vec<&str> {
    entry.source.iter().map(SourceRef::name).collect()
}
