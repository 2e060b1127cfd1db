//! Moderators' changes killed at any moment: no file is half written, and no revision is lost or doubled.

use crate::chance;
use crate::stage::{Process, signal};
use jiff::Timestamp;
use pamphlet::faq;
use pamphlet::store::{self, Author, Location, Revision, RevisionKind, Store};
use pamphlet::workshop::{Saved, Workshop};
use proptest::prelude::RngExt;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, PipeReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const KILLS: usize = 50;
/// How many processes save into the same folder.
const SAVERS: usize = 2;
/// The longest that they save before they are killed.
const MAX_WORK: Duration = Duration::from_millis(200);
/// The variable that tells a process to be a saver, and where.
const FOLDER: &str = "PAMPHLET_PROOF_SAVING";
const COLLECTION: &str = "colds";
/// What each text ends on.
const END: &str = " is the end.\n";
const ENTRIES: [&str; 3] = ["tea", "soup", "honey"];

pub fn fifty_kills() {
    let mut chance = chance::fresh();
    let folder = tempfile::tempdir().expect("a folder");
    let colds = folder.path().join("faq").join(COLLECTION);
    fs::create_dir_all(&colds).expect("a folder");
    let top = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";
    fs::write(colds.join("collection.toml"), top).expect("a file");
    let (mut told, mut tally) = (BTreeSet::new(), Tally::default());
    for _ in 0..KILLS {
        let mut savers: Vec<Saver> = (0..SAVERS).map(|_| Saver::start(folder.path())).collect();
        told.extend(savers.iter_mut().map(|saver| saver.next().expect("a saver at work")));
        read_for(MAX_WORK.mul_f64(chance.random()), &colds);
        savers.into_iter().for_each(|saver| told.extend(saver.killed()));
        check(folder.path(), &told, &mut tally);
    }
    println!(
        "{KILLS} kills of {SAVERS} processes each, after {} changes that were told: {} met a change between its beginning and its \
         end ({} of these were in the file), {} left a text aside",
        told.len(),
        tally.pending,
        tally.finished,
        tally.aside
    );
    assert!(tally.pending + tally.aside > 0, "no kill met a change");
}

/// Reads the files for a time: each is whole at any moment.
fn read_for(time: Duration, colds: &Path) {
    let until = Instant::now() + time;
    for entry in ENTRIES.iter().cycle() {
        if Instant::now() >= until {
            return;
        }
        if let Ok(text) = fs::read_to_string(colds.join(format!("{entry}.md"))) {
            assert!(text.starts_with("+++\n") && text.ends_with(END), "half a file: {text:?}");
        }
    }
}

/// What the kills left.
#[derive(Default)]
struct Tally {
    pending: usize,
    finished: usize,
    aside: usize,
}

/// Opens everything as a start does, and compares the files with their revisions.
fn check(folder: &Path, told: &BTreeSet<u64>, tally: &mut Tally) {
    let (store, workshop) = open(folder);
    let colds = folder.join("faq").join(COLLECTION);
    let aside = || names(&colds).iter().filter(|name| name.starts_with('.')).count();
    let pending = store.pending().expect("a store that opens");
    tally.pending += pending.len();
    tally.aside += aside();
    workshop.settle().expect("all is settled");
    let is_done = |revision: &&Revision| store.revision(revision.number).expect("a store").is_some();
    tally.finished += pending.iter().filter(is_done).count();
    assert_eq!((store.pending().expect("a store").len(), aside()), (0, 0), "something is left");

    let problems = faq::load(&colds).problems;
    assert!(problems.is_empty(), "a file is half written: {problems:?}");
    let mut known = BTreeSet::new();
    for entry in ENTRIES {
        let history = workshop.history(COLLECTION, entry, u32::MAX).expect("a store");
        let file = workshop.read(COLLECTION, entry).expect("a file that can be read").map(|sheet| sheet.text);
        assert_eq!(
            history.first().and_then(|last| last.change.after.clone()),
            file,
            "{entry}: file and revision differ"
        );
        for pair in history.windows(2) {
            let [later, earlier] = pair else { unreachable!("two of them") };
            assert_eq!(
                later.change.before, earlier.change.after,
                "{entry}: a revision is lost before {:?}",
                later.number
            );
        }
        let typed = history.iter().filter(|revision| revision.change.kind != RevisionKind::Undo);
        let texts: Vec<&String> = typed.filter_map(|revision| revision.change.after.as_ref()).collect();
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "{entry}: a revision is doubled");
        known.extend(history.iter().map(|revision| revision.number.0));
    }
    assert!(told.is_subset(&known), "a change that was told is lost: {:?}", told.difference(&known));
}

fn open(folder: &Path) -> (Arc<Store>, Workshop) {
    let store = store::open(&Location::File(folder.join("store"))).expect("a store that opens");
    let workshop = Workshop::open(&folder.join("faq"), Arc::clone(&store));
    (store, workshop)
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).expect("a folder").flatten().filter_map(|file| file.file_name().into_string().ok()).collect()
}

/// A process that changes entries as fast as it can: this binary once more.
struct Saver {
    process: Process,
    lines: BufReader<PipeReader>,
}

impl Saver {
    fn start(folder: &Path) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let mut command = Command::new(std::env::current_exe().expect("this binary"));
        command.env(FOLDER, folder).stdin(Stdio::null()).stdout(writer);
        Self { process: Process::start(&mut command), lines: BufReader::new(reader) }
    }

    /// The number of the next change that it tells.
    fn next(&mut self) -> Option<u64> {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("UTF-8");
        let number = line.trim().parse().ok();
        assert!(number.is_some() || line.is_empty(), "the saver says {line:?}");
        number
    }

    /// Kills it, and gives what it had told until then.
    fn killed(mut self) -> Vec<u64> {
        signal("KILL", &self.process.id().to_string());
        assert_eq!(self.process.ended().signal(), Some(9), "the saver ended by itself");
        std::iter::from_fn(|| self.next()).collect()
    }
}

/// Saves until it is killed, where this process is a saver. Whether it was one.
pub fn saves_here() -> bool {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return false };
    let (_, workshop) = open(&folder);
    workshop.settle().expect("all is settled");
    let mut stdout = std::io::stdout();
    for turn in 0_u32.. {
        if let Saved::Done { number, .. } = change(&workshop, turn) {
            writeln!(stdout, "{}", number.0).expect("somebody who listens");
        }
    }
    true
}

/// Makes, edits, undoes or removes an entry, unless the other saver comes between.
fn change(workshop: &Workshop, turn: u32) -> Saved {
    let id = std::process::id();
    let entry = ENTRIES[(turn + id) as usize % ENTRIES.len()];
    let author = Author { id: id.into(), name: format!("saver {id}") };
    let now = Timestamp::now();
    let sheet = workshop.read(COLLECTION, entry).expect("a file that can be read");
    let is_known = !workshop.history(COLLECTION, entry, 1).expect("a store").is_empty();
    let saved = match (sheet, turn % 7) {
        (_, 3) if is_known => workshop.undo(COLLECTION, entry, &author, now),
        (Some(sheet), 5) => workshop.remove(COLLECTION, entry, &sheet.version, &author, now),
        _ => {
            let text = format!(
                "+++\nquestion = \"Does {entry} help?\"\nalso = [\"{entry}\", \"a {entry}\", \"the {entry}\"]\ntopic = \"Drinks\"\n\
                 source = \"A book\"\n+++\n\nText {turn} of {id} is the end.\n"
            );
            let draft = workshop.upload(COLLECTION, &format!("{entry}.md"), text.as_bytes()).expect("a draft");
            workshop.save(&draft, &author, now)
        }
    };
    saved.expect("a change that can be saved")
}
