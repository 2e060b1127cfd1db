//! A recording, read from its file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use super::entry::{Entry, Line};
use crate::mock::scenario::Cast;
use crate::mock::snowflake::Id;

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
    /// The ids of servers, channels and members, by what they are called.
    pub(crate) ids: BTreeMap<String, Id>,
    /// In the order in which they happened.
    pub(crate) scenes: Vec<Scene>,
}

/// Something that a member did, or saw.
#[derive(Debug)]
pub(crate) enum Scene {
    Deed(Deed),
    /// A row of the transcript as it then was.
    Row(Value),
}

/// What was done over the control interface, and wasn't refused.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) ms: u64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Value,
    /// The id of what was made, if something was.
    pub(crate) made: Option<String>,
    /// Whether it was refused; then it is left out.
    refused: bool,
}

impl Reel {
    /// When the first deed was done.
    pub(super) fn first_deed_ms(&self) -> u64 {
        let mut deeds = self.scenes.iter().filter_map(|scene| match scene {
            Scene::Deed(deed) => Some(deed.ms),
            Scene::Row(_) => None,
        });
        deeds.next().unwrap_or_default()
    }

    /// Reads a recording. A last line that breaks off is left out: the recording was cut.
    pub(crate) fn open(path: &Path) -> Result<Reel, ReelError> {
        Reel::read(BufReader::new(File::open(path)?))
    }

    fn read(mut file: impl BufRead) -> Result<Reel, ReelError> {
        let (mut start, mut scenes) = (None, Vec::new());
        let mut places: HashMap<u64, usize> = HashMap::new();
        let (mut bots, mut offering) = (BTreeSet::new(), BTreeSet::new());
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if io::Read::take(&mut file, MAX_LINE as u64).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let whole = line.ends_with(b"\n");
            if line.len() == MAX_LINE && !whole {
                return Err(ReelError::Line { number, why: "it is longer than any of a recording".to_owned() });
            }
            let read = serde_json::from_slice::<Line>(&line);
            let Line { ms, entry } = match read {
                Ok(line) => line,
                Err(_) if !whole && number > 1 => break,
                Err(_) if number == 1 => return Err(ReelError::NoStart),
                Err(why) => return Err(ReelError::Line { number, why: why.to_string() }),
            };
            match entry {
                Entry::Start { cast, ids, .. } => start = Some((cast, ids)),
                _ if number == 1 => return Err(ReelError::NoStart),
                Entry::Frame { bot, .. } => bots.extend(bot),
                Entry::Request { method, path, body, status: Some(200..300), .. } => {
                    offering.extend(whose_commands(&method, &path, body.as_ref()));
                }
                Entry::Request { .. } => {}
                Entry::Deed { number, method, path, body } => {
                    places.insert(number, scenes.len());
                    scenes.push(Scene::Deed(Deed { ms, method, path, body, made: None, refused: false }));
                }
                Entry::Done { number, status, answer } => {
                    let scene = places.get(&number).and_then(|place| scenes.get_mut(*place));
                    if let Some(Scene::Deed(deed)) = scene {
                        deed.made = answer.get("id").and_then(Value::as_str).map(str::to_owned);
                        deed.refused = !(200..300).contains(&status);
                    }
                }
                Entry::Row { row } => scenes.push(Scene::Row(row)),
            }
        }
        let (cast, ids) = start.ok_or(ReelError::NoStart)?;
        scenes.retain(|scene| !matches!(scene, Scene::Deed(deed) if deed.refused));
        Ok(Reel { cast, ids, bots: bots.len(), offering: offering.len(), scenes })
    }
}

/// The application for which a request registers commands.
fn whose_commands(method: &str, path: &str, body: Option<&Value>) -> Option<String> {
    let registers = matches!(method, "POST" | "PUT") && body.is_some_and(|body| *body != Value::Array(Vec::new()));
    let (_, rest) = path.split_once("/applications/")?;
    let (application, rest) = rest.split_once('/')?;
    (registers && rest.ends_with("commands")).then(|| application.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str =
        r#"{"ms":0,"what":"start","cast":{"server":[{"name":"a"},{"name":"b"}]},"ids":{"a":"5"},"version":"0.1.0"}"#;

    fn check(text: &str, expected: Result<(usize, usize), &str>) {
        let read = Reel::read(text.as_bytes()).map(|reel| (reel.cast.servers.len(), reel.scenes.len()));
        assert_eq!(read.map_err(|why| why.to_string()), expected.map_err(str::to_owned), "{text}");
    }

    #[test]
    fn a_recording_is_read_or_says_where_it_is_none() {
        let deed = r#"{"ms":5,"what":"deed","number":1,"method":"POST","path":"/mock/messages","body":{}}"#;
        let done = r#"{"ms":5,"what":"done","number":2,"status":400,"answer":{"error":"no"}}"#;
        let refused = format!("{}\n{done}", deed.replace(":1,", ":2,"));
        let row = r#"{"ms":6,"what":"row","row":{"id":"7","content":"a"}}"#;
        let changed = row.replace("\"a\"", "\"b\"");
        check(&format!("{START}\n{deed}\n{refused}\n{row}\n{changed}\n"), Ok((2, 3)));
        check(&format!("{START}\n{deed}\n{row}\n{{\"ms\":7,\"wh"), Ok((2, 2)));
        let none = "it is no recording: its first line doesn't say `start`";
        check("", Err(none));
        check("hello\n", Err(none));
        check(&format!("{deed}\n"), Err(none));
        check(&format!("{START}\n{{\"ms\":7}}\n{deed}\n"), Err("line 2: missing field `what` at line 1 column 8"));
    }
}
