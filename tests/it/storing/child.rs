//! Another process at the same store: this test binary once more, told by its environment to save until it is killed.

use super::suite::{change, offered};
use crate::stage::Process;
use pamphlet::store::{Counter, Location, Store, StoreError, open};
use std::fs;
use std::io::{BufRead, BufReader, PipeReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The variable that holds where the store is, and the one that names the entry's file.
const STORE: &str = "PAMPHLET_TEST_STORE";
const FILE: &str = "PAMPHLET_TEST_FILE";
/// What a child says after each save.
const SAVED: &str = "saved";

/// A process that saves as fast as it can. It is killed when this is dropped.
pub struct Child {
    _process: Process,
    lines: BufReader<PipeReader>,
    /// How many saves it has told of.
    pub saves: u64,
}

impl Child {
    /// Starts it.
    pub fn start(place: &Location, file: &Path) -> Self {
        Self::start_with(place, file, &[])
    }

    /// Starts it with more in its environment.
    pub fn start_with(place: &Location, file: &Path, more: &[(&str, &str)]) -> Self {
        let place = match place {
            Location::File(file) => file.display().to_string(),
            Location::Server(address) => address.to_string(),
        };
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let mut command = Command::new(std::env::current_exe().expect("a test binary"));
        command.args(["--exact", "storing::child::saves_until_it_is_killed", "--nocapture"]);
        command.env(STORE, place).env(FILE, file).envs(more.iter().copied()).stdout(writer).stderr(Stdio::inherit());
        let process = Process::start(&mut command);
        Self { _process: process, lines: BufReader::new(reader), saves: 0 }
    }

    /// Waits until it has saved once more.
    pub fn saved(&mut self) {
        let mut line = String::new();
        while line.trim() != SAVED {
            line.clear();
            assert!(self.lines.read_line(&mut line).expect("UTF-8") > 0, "the child ended by itself");
        }
        self.saves += 1;
    }
}

#[test]
fn saves_until_it_is_killed() {
    let (Some(place), Some(file)) = (std::env::var_os(STORE), std::env::var_os(FILE)) else { return };
    let place = Location::parse(&place.to_string_lossy(), Path::new("")).unwrap();
    let (store, file) = (open(&place).unwrap(), PathBuf::from(file));
    let counter = Counter::new(Arc::clone(&store));
    for number in 0..100_000 {
        save(&store, &file, &format!("{number} of {}", std::process::id()));
        counter.count(offered("tea", 1));
        counter.flush().unwrap();
        writeln!(std::io::stdout(), "{SAVED}").unwrap();
    }
}

/// Saves a text as the store's documentation says.
pub fn save(store: &Store, file: &Path, text: &str) {
    let number = loop {
        let before = fs::read_to_string(file).ok();
        match store.begin(&change("green", before.as_deref(), Some(text))) {
            Err(StoreError::Unsettled { .. }) => settle(store, file),
            begun => break begun.unwrap(),
        }
    };
    let aside = file.with_extension("new");
    fs::write(&aside, text).unwrap();
    fs::rename(&aside, file).unwrap();
    store.finish(number).unwrap();
}

/// Settles what was broken off.
fn settle(store: &Store, file: &Path) {
    for revision in store.pending().unwrap() {
        if revision.change.after == fs::read_to_string(file).ok() {
            store.finish(revision.number).unwrap();
        } else {
            store.cancel(revision.number).unwrap();
        }
    }
}
