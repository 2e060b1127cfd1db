//! `pamphlet eval`: how good a collection is on labelled messages.

use super::progress::Progress;
use super::shelves::Desk;
use super::{Exit, Failure, explain, report};
use crate::answer::{decide, respond};
use crate::config::Config;
use crate::eval::{self, Evaluation, Label, Outcome, Scored};
use crate::faq::{Place, Problem, Severity};
use crate::search::Index;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The most bytes of a file of labels.
const MAX_BYTES: u64 = 64 << 20;

/// Score a collection on labelled messages: right, wrong, refused, urgent signs, calibration.
#[derive(Debug, clap::Args)]
#[command(after_help = "A label is one JSON object a line; CONTRIBUTING.md has its keys.\n\nExamples:\n  \
    pamphlet eval messages.jsonl\n  pamphlet eval --html page.html messages.jsonl more.jsonl\n  \
    pamphlet eval --json messages.jsonl")]
pub(super) struct Arguments {
    /// Files of labelled messages, one JSON object a line
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The collection to score, if there are several
    #[arg(long, value_name = "ID")]
    collection: Option<String>,
    /// Print all figures as one JSON object
    #[arg(long)]
    json: bool,
    /// Write a page with plots and with the messages that went wrong
    #[arg(long, value_name = "OUT.html")]
    html: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config)?;
    let index = desk.pick(arguments.collection.as_deref())?;
    if let Some(page) = arguments.html.as_ref().filter(|page| arguments.files.iter().any(|file| is_same(file, page))) {
        let what = format!("{}: the page would take the place of the messages; name another file", page.display());
        return Err(Failure::new(Exit::Usage, what));
    }
    let labels = match labels(&arguments.files, index) {
        Ok(labels) => labels,
        Err(exit) => return Ok(exit),
    };
    let collection = &index.collection().id;
    let scored = score(index, &desk.config, labels, arguments.html.is_some());
    let evaluation = Evaluation::of(collection, &scored);
    if let Some(file) = &arguments.html {
        let page = eval::page(&evaluation);
        write_whole(file, &page)
            .map_err(|why| Failure::new(Exit::Io, format!("{}: can't be written: {why}", file.display())))?;
    }
    super::print(&if arguments.json { eval::json(&evaluation) + "\n" } else { eval::table(&evaluation) })?;
    Ok(Exit::Ok)
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// The labels of all files, if all of them are sound; else every problem goes to stderr.
pub(super) fn labels(files: &[PathBuf], index: &Index) -> Result<Vec<Label>, Exit> {
    let (mut readable, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match bytes(file) {
            Ok(bytes) => readable.push((file.clone(), bytes)),
            Err(why) => problems.push(unreadable(file, &why)),
        }
    }
    let exit = if problems.is_empty() { Exit::Problems } else { Exit::Io };
    let (labels, found) = eval::read(&readable, index.collection());
    problems.extend(found);
    if !problems.is_empty() {
        super::complain(&report::text(&problems, super::colour(&io::stderr())));
    }
    if problems.iter().any(Problem::is_error) { Err(exit) } else { Ok(labels) }
}

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("it is over 64 MiB"));
    }
    Ok(bytes)
}

fn unreadable(file: &Path, why: &io::Error) -> Problem {
    Problem {
        severity: Severity::Error,
        place: Place::whole(file),
        what: format!("this file can't be read: {why}"),
        valid: String::new(),
        mend: "name a file of labels that pamphlet may read, of at most 64 MiB".to_owned(),
    }
}

/// Decides on every message, in each way that it is to be decided on.
fn score(index: &Index, config: &Config, labels: Vec<Label>, explains: bool) -> Vec<Scored> {
    // The first decision of a process reads the lists of signs, which no other does: it is no measure of time.
    if let Some((label, surface)) = labels.first().and_then(|label| Some((label, label.surfaces().first()?))) {
        decide(index, &label.incoming(*surface));
    }
    let mut progress = Progress::new(format!("scoring {}", index.collection().id));
    let all = labels.len();
    let scored = labels.into_iter().zip(1..).map(|(label, done)| {
        let decided = label.surfaces().iter().map(|surface| {
            let incoming = label.incoming(*surface);
            let started = Instant::now();
            let verdict = decide(index, &incoming);
            respond(index.collection(), &verdict.decision, config.region.as_deref(), config.language);
            let micros = started.elapsed().as_secs_f64() * 1e6;
            let mut outcome = Outcome::of(&label, *surface, index, &verdict, micros);
            if explains && outcome.fault(&label).is_some() {
                outcome.explanation = explain::text(index, &verdict);
            }
            outcome
        });
        let outcomes = decided.collect();
        progress.at(done, all);
        Scored { label, outcomes }
    });
    scored.collect()
}

/// Writes a file so that it is there whole or not at all. It holds people's messages: only its owner may read it.
fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(text.as_bytes())?;
    aside.persist(file)?;
    Ok(())
}
