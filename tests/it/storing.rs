//! The store: what it does is the same on SQLite, here, and on PostgreSQL (`outside/postgres.rs`).

pub mod child;
pub mod suite;

use crate::stage::pamphlet;
use pamphlet::store::{BatchId, Location, open};
use std::fs;

#[test]
fn sqlite_does_what_a_store_does() {
    let folder = tempfile::tempdir().unwrap();
    suite::run(|name| Location::File(folder.path().join(name)));
}

#[test]
fn the_backup_command_copies_a_store_that_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = pamphlet().current_dir(folder.path()).arg("backup").args(arguments).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, _, why) = run(&["copy.sqlite3"]);
    assert_eq!(code, Some(10), "{why}");
    assert!(why.contains("pamphlet.sqlite3: ") && why.contains("hint: "), "{why}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing to copy, and nothing made");

    let store = open(&Location::File(folder.path().join("pamphlet.sqlite3"))).unwrap();
    store.add(BatchId { writer: 1, number: 1 }, &[(suite::offered("tea", 1), 5)].into()).unwrap();
    assert_eq!(run(&["copy.sqlite3"]), (Some(0), "copy.sqlite3: whole\n".to_owned(), String::new()));
    let copy = open(&Location::File(folder.path().join("copy.sqlite3"))).unwrap();
    assert_eq!(suite::all(&copy, "tea"), suite::all(&store, "tea"));

    fs::write(folder.path().join("config.toml"), "store = 'postgres://bot@db.example/faq'").unwrap();
    let (code, _, why) = run(&["other"]);
    assert!(code == Some(10) && why.contains("pg_dump"), "{why}");
}
