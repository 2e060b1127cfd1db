//! What only a file can suffer: rights, damage, locks, a full disk, and a backup of it.

use super::*;
use crate::store::{BatchId, CountKey, Counted, Counter, Location, Store, StoreError, backup, open};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

/// A folder, a store in it, and where the store is.
fn store() -> (TempDir, Arc<Store>, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.sqlite3");
    (folder, open(&Location::File(file.clone())).unwrap(), file)
}

fn key(subject: &str) -> CountKey {
    let day = jiff::civil::date(2026, 11, 30);
    CountKey { collection: "tea".to_owned(), day, what: Counted::Answered(subject.to_owned()) }
}

fn add(store: &Store, number: u64) -> Result<(), StoreError> {
    store.add(BatchId { writer: 1, number }, &BTreeMap::from([(key("green"), 1)]))
}

fn answered(store: &Store, subject: &str) -> u64 {
    let day = key(subject).day;
    store.counts("tea", day..=day).unwrap().get(&key(subject)).copied().unwrap_or(0)
}

/// What pamphlet says of a file that it can't open, without the folder.
fn refusal(file: &Path) -> String {
    let why = open(&Location::File(file.to_owned())).map(|_| ()).unwrap_err().to_string();
    why.replace(&file.parent().unwrap().display().to_string(), "")
}

/// Changes a store past pamphlet.
fn meddle(file: &Path, sql: &str) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch(sql).unwrap();
    connection
}

#[test]
fn many_may_make_it_at_the_same_time() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let place = Location::File(folder.path().join("store.sqlite3"));
        std::thread::scope(|all| {
            let opened: Vec<_> = (0..4).map(|_| all.spawn(|| open(&place).map(|_| ()))).collect();
            opened.into_iter().for_each(|opened| opened.join().unwrap().unwrap());
        });
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store, _) = store();
    add(&store, 1).unwrap();
    let files: Vec<_> = folder.path().read_dir().unwrap().flatten().collect();
    assert!(files.len() > 1, "the file, and what SQLite puts beside it");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[test]
fn what_can_not_be_opened_is_told_with_a_hint() {
    let (folder, store, file) = store();
    insta::assert_snapshot!(refusal(&folder.path().join("none/store.sqlite3")), @r"
    /store.sqlite3: the store can't be opened: No such file or directory (os error 2)
    hint: its folder must be there, and pamphlet must be allowed to read and write in it
    ");
    std::fs::write(folder.path().join("notes.txt"), "not a store, but a long text. ".repeat(100)).unwrap();
    insta::assert_snapshot!(refusal(&folder.path().join("notes.txt")), @r"
    /notes.txt: the store is damaged: file is not a database
    hint: stop pamphlet and put a backup in its place, as README.md says
    ");
    drop(store);
    meddle(&file, "INSERT INTO steps (number) VALUES (900)");
    insta::assert_snapshot!(refusal(&file), @r"
    /store.sqlite3: the store is newer than this pamphlet: its tables are of version 900, and this pamphlet knows 1 at most
    hint: run the pamphlet that made it, or a newer one; or put back a backup from before
    ");
    meddle(&file, "DELETE FROM steps WHERE number = 900; INSERT INTO servers (server, settings) VALUES (7, '{')");
    let why = open(&Location::File(file)).unwrap().settings().unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Damaged));
    assert!(why.to_string().contains("the settings of the server 7"), "{why}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn damage_is_told_or_does_no_harm(at in 0.0..1.0_f64, bytes in proptest::collection::vec(any::<u8>(), 1..4000)) {
        let (_folder, store, file) = store();
        (1..50).for_each(|number| add(&store, number).unwrap());
        drop(store);
        let mut whole = std::fs::read(&file).unwrap();
        let at = (whole.len() as f64 * at) as usize;
        let end = whole.len().min(at + bytes.len());
        whole[at..end].copy_from_slice(&bytes[..end - at]);
        std::fs::write(&file, whole).unwrap();
        match open(&Location::File(file)) {
            Ok(store) => {
                let _ = store.counts("tea", key("").day..=key("").day);
            }
            Err(why) => prop_assert!(why.to_string().contains("hint: "), "{}", why),
        }
    }
}

#[test]
fn a_locked_store_is_told() {
    let (_folder, _store, file) = store();
    let sqlite = Sqlite::open(&file).unwrap();
    sqlite.connection.lock().unwrap().busy_timeout(Duration::ZERO).unwrap();
    let other = meddle(&file, "BEGIN IMMEDIATE");
    let why = sqlite.write(|_| Ok(())).unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Busy), "{why}");
    drop(other);
    sqlite.write(|_| Ok(())).unwrap();
}

#[test]
fn a_full_store_is_told_and_holds_what_it_held() {
    let (_folder, store, file) = store();
    add(&store, 1).unwrap();
    let sqlite = Sqlite::open(&file).unwrap();
    sqlite.script("PRAGMA max_page_count = 1");
    let long = "x".repeat(100_000);
    let why = sqlite.write(|session| {
        session.run("INSERT INTO batches (writer, number) VALUES (77, 1)", &[])?;
        session.run("INSERT INTO servers (server, settings) VALUES (1, $1)", &[long.as_str().into()])
    });
    let why = why.unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Full), "{why}");
    let rows = sqlite.read(|session| session.rows("SELECT writer FROM batches WHERE writer = 77", &[])).unwrap();
    assert!(rows.is_empty(), "nothing of what failed is there");
    assert_eq!(answered(&store, "green"), 1);
}

impl Sqlite {
    fn script(&self, sql: &str) {
        self.connection.lock().unwrap().execute_batch(sql).unwrap();
    }
}

#[test]
fn a_counter_keeps_what_the_store_does_not_take() {
    let (_folder, store, file) = store();
    let counter = Counter::with_keys(Arc::clone(&store), 2);
    counter.count(key("green"));
    meddle(&file, "ALTER TABLE counts RENAME TO gone");
    assert!(counter.flush().is_err());
    for subject in ["green", "black", "white", "white", "green"] {
        counter.count(key(subject));
    }
    assert!(counter.flush().is_err());
    assert_eq!(counter.lost(), 2, "white is one kind too many");
    meddle(&file, "ALTER TABLE gone RENAME TO counts");
    counter.flush().unwrap();
    counter.flush().unwrap();
    assert_eq!(["green", "black", "white"].map(|subject| answered(&store, subject)), [3, 1, 0]);
    counter.count(key("white"));
    counter.flush().unwrap();
    assert_eq!(answered(&store, "white"), 1);
}

#[test]
fn a_backup_holds_what_the_store_holds_and_takes_no_place() {
    let (folder, store, file) = store();
    add(&store, 1).unwrap();
    let (from, to) = (Location::File(file), folder.path().join("copy.sqlite3"));
    backup(&from, &to).unwrap();
    add(&store, 2).unwrap();
    let copy = open(&Location::File(to.clone())).unwrap();
    assert_eq!((answered(&copy, "green"), answered(&store, "green")), (1, 2));
    drop(copy);
    let before = std::fs::read(&to).unwrap();
    let why = backup(&from, &to).unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Exists), "{why}");
    assert_eq!(std::fs::read(&to).unwrap(), before);
    let none = Location::File(folder.path().join("none.sqlite3"));
    assert_eq!(backup(&none, &folder.path().join("x")).unwrap_err().fault(), Some(Fault::Refused));
    let mut names: Vec<_> = folder.path().read_dir().unwrap().flatten().map(|entry| entry.file_name()).collect();
    names.retain(|name| !name.to_string_lossy().starts_with("store.sqlite3"));
    assert_eq!(names, ["copy.sqlite3"], "nothing is left aside");
}
