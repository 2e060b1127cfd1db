//! A recording, read from its file.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use super::entry::{Entry, Line};
use crate::mock::scenario::Cast;

/// The most bytes of one line: an answer with a long history is large.
const MAX_LINE: usize = 64 * 1024 * 1024;

/// Why a file can't be used as a recording.
#[derive(Debug, thiserror::Error)]
pub enum ReelError {
    /// The file can't be read.
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// A line isn't one of a recording.
    #[error("line {number}: {why}")]
    Line {
        /// Counted from 1.
        number: usize,
        /// What is wrong with it.
        why: String,
    },
    /// It doesn't begin as a recording does.
    #[error("it is no recording: its first line doesn't say `start`")]
    NoStart,
}

/// What members did and saw.
#[derive(Debug)]
pub(crate) struct Reel {
    /// Which servers and members there were.
    pub(crate) cast: Cast,
    /// How many bots there were.
    pub(crate) bots: usize,
    /// How many of them registered commands.
    pub(crate) offering: usize,
    /// In the order in which they happened.
    pub(crate) scenes: Vec<Scene>,
}

/// Something that a member did, or saw for the first time.
#[derive(Debug)]
pub(crate) enum Scene {
    Deed(Deed),
    /// A row of the transcript as it was in the end.
    Row(Value),
}

/// What was done over the control interface and was accepted.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) ms: u64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Value,
    /// The id of what was made, if something was.
    pub(crate) made: Option<String>,
}

impl Reel {
    /// Reads a recording. A last line that breaks off is left out: the recording was cut.
    pub(crate) fn open(path: &Path) -> Result<Reel, ReelError> {
        Reel::read(BufReader::new(File::open(path)?))
    }

    fn read(mut file: impl BufRead) -> Result<Reel, ReelError> {
        let (mut cast, mut scenes) = (None, Vec::new());
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut bots, mut offering) = (BTreeSet::new(), BTreeSet::new());
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if io::Read::take(&mut file, MAX_LINE as u64).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let whole = line.ends_with(b"\n");
            let read = serde_json::from_slice::<Line>(&line);
            let Line { ms, entry } = match read {
                Ok(line) => line,
                Err(_) if !whole && number > 1 => break,
                Err(_) if number == 1 => return Err(ReelError::NoStart),
                Err(why) => return Err(ReelError::Line { number, why: why.to_string() }),
            };
            match entry {
                Entry::Start { cast: told, .. } => cast = Some(told),
                _ if number == 1 => return Err(ReelError::NoStart),
                Entry::Frame { bot, .. } => bots.extend(bot),
                Entry::Request { path, status: Some(200..300), .. } => offering.extend(whose_commands(&path)),
                Entry::Request { .. } => {}
                Entry::Deed { method, path, body, status, answer } if (200..300).contains(&status) => {
                    let made = answer.get("id").and_then(Value::as_str).map(str::to_owned);
                    scenes.push(Scene::Deed(Deed { ms, method, path, body, made }));
                }
                Entry::Deed { .. } => {}
                Entry::Row { row } => {
                    let id = row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
                    let place = *places.entry(id).or_insert(scenes.len());
                    match scenes.get_mut(place) {
                        Some(scene) => *scene = Scene::Row(row),
                        None => scenes.push(Scene::Row(row)),
                    }
                }
            }
        }
        let cast = cast.ok_or(ReelError::NoStart)?;
        Ok(Reel { cast, bots: bots.len(), offering: offering.len(), scenes })
    }
}

/// The application whose commands a request is about.
fn whose_commands(path: &str) -> Option<String> {
    let (_, rest) = path.split_once("/applications/")?;
    let (application, rest) = rest.split_once('/')?;
    rest.ends_with("commands").then(|| application.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = r#"{"ms":0,"what":"start","cast":{"server":[{"name":"a"},{"name":"b"}]},"version":"0.1.0"}"#;

    fn check(text: &str, expected: Result<(usize, usize), &str>) {
        let read = Reel::read(text.as_bytes()).map(|reel| (reel.cast.servers.len(), reel.scenes.len()));
        assert_eq!(read.map_err(|why| why.to_string()), expected.map_err(str::to_owned), "{text}");
    }

    #[test]
    fn a_recording_is_read_or_says_where_it_is_none() {
        let deed = r#"{"ms":5,"what":"deed","method":"POST","path":"/mock/messages","body":{},"status":201,"answer":{"id":"7"}}"#;
        let refused = deed.replace("201", "400");
        let row = r#"{"ms":6,"what":"row","row":{"id":"7","content":"a"}}"#;
        let changed = row.replace("\"a\"", "\"b\"");
        check(&format!("{START}\n{deed}\n{refused}\n{row}\n{changed}\n"), Ok((2, 2)));
        check(&format!("{START}\n{deed}\n{row}\n{{\"ms\":7,\"wh"), Ok((2, 2)));
        let none = "it is no recording: its first line doesn't say `start`";
        check("", Err(none));
        check("hello\n", Err(none));
        check(&format!("{deed}\n"), Err(none));
        check(&format!("{START}\n{{\"ms\":7}}\n{deed}\n"), Err("line 2: missing field `what` at line 1 column 8"));
    }
}
