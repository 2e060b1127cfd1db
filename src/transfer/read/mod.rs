//! Reads what comes from elsewhere: a file or a folder to rows, with all that is wrong in it and all that was guessed.

mod delimited;
mod jsonl;
mod markdown;
mod object;

use super::format::Format;
use super::row::Row;
use super::wording;
use crate::faq::{Place, Problem, Severity, Sheet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a file that holds many entries.
const MAX_BYTES: u64 = 256 << 20;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The entries, in the order in which they stand.
    pub(super) rows: Vec<Row>,
    /// What was guessed, a sentence each.
    pub(super) guesses: Vec<String>,
    /// What is wrong. A row with an error is not among the rows.
    pub(super) problems: Vec<Problem>,
}

impl Reading {
    /// Nothing but a problem.
    fn refused(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

/// Reads a file, or a folder of Markdown files. Without a format the name tells it.
pub(super) fn read(path: &Path, format: Option<Format>) -> Reading {
    let Some(format) = format.or_else(|| Format::guess(path)) else {
        let mend = "say it with `--format csv`, `tsv`, `jsonl` or `markdown`";
        let valid = "a name ends in .csv, .tsv, .jsonl or .md, or is that of a folder of .md files";
        return Reading::refused(refusal(path, "the name doesn't tell what this is", valid, mend));
    };
    let from_sheet: fn(&Sheet) -> Reading = match format {
        Format::Markdown => return markdown::read(path),
        Format::Jsonl => jsonl::read,
        Format::Csv => |sheet| delimited::read(sheet, b','),
        Format::Tsv => |sheet| delimited::read(sheet, b'\t'),
    };
    let bytes = match bytes(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(why) => return Reading::refused(unreadable(path, &why)),
    };
    let sheet = match crate::faq::read_text(path, bytes) {
        // What is warned of there matters to files of a collection.
        Ok((sheet, _)) => sheet,
        Err(problem) => return Reading::refused(*problem),
    };
    let mut reading = from_sheet(&sheet);
    if reading.rows.is_empty() && reading.problems.is_empty() {
        let mend = "export it again, with a question and an answer in each row";
        reading.problems.push(refusal(path, "there is no entry in this file", wording::ROW, mend));
    }
    reading
}

/// An error of a file as a whole.
fn refusal(path: &Path, what: &str, valid: &str, mend: &str) -> Problem {
    let place = Place::whole(path);
    Problem { severity: Severity::Error, place, what: what.into(), valid: valid.into(), mend: mend.into() }
}

/// A file that the system doesn't give.
fn unreadable(path: &Path, why: &io::Error) -> Problem {
    refusal(path, &format!("this can't be read: {why}"), "", "check the name, and that pamphlet may read it")
}

/// The bytes of a plain file of at most so many.
fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Opening a named pipe would wait for ever, so what a file is comes first.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a plain file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is over {} MiB", most >> 20)));
    }
    Ok(bytes)
}
