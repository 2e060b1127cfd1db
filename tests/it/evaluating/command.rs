//! `pamphlet eval` and `pamphlet tune` at work: figures printed, a page written, bad input refused.

use crate::shipped::{indexes, root};
use serde_json::Value;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with settings that name the shipped FAQ.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (faq, index) = (root().join("faq"), indexes());
    fs::write(folder.path().join("config.toml"), format!("faq = {faq:?}\nindex = {index:?}\n")).unwrap();
    folder
}

fn pamphlet(desk: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
    command.current_dir(desk.path()).env_remove("RUST_LOG").arg("eval").args(arguments).output().unwrap()
}

const LABELS: &str = concat!(
    r#"{"id":"q1","q":"Does prednisone weaken bones?","kind":"answer","gold":["S1p1"],"style":"direct"}"#,
    "\n",
    r#"{"id":"q2","q":"<script>alert('best pizza & \"chips\" in Rome')</script>","kind":"answer","gold":["S1p1"],"context":["<b>hi"]}"#,
    "\n",
);

#[test]
fn the_command_prints_figures_and_writes_a_page_that_escapes_what_people_wrote() {
    let desk = desk();
    fs::write(desk.path().join("labels.jsonl"), LABELS).unwrap();
    let done = pamphlet(&desk, &["labels.jsonl", "--html", "page.html"]);
    let table = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(table.starts_with("dermatomyositis answers 1 of 2 questions rightly and 0 wrongly.\n"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");

    let page = fs::read_to_string(desk.path().join("page.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert('best pizza &amp; &quot;chips&quot; in Rome')&lt;/script&gt;"));
    assert!(page.contains("&lt;b&gt;hi"));
    assert!(page.contains("nothing in the FAQ is near enough"), "the explanation of the miss");
    for foreign in ["<script", "<b>", "http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let mut left: Vec<_> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort_unstable();
    assert_eq!(left, ["config.toml", "labels.jsonl", "page.html"]);
}

#[test]
fn json_has_the_figures_and_no_message() {
    let desk = desk();
    fs::write(desk.path().join("labels.jsonl"), LABELS).unwrap();
    let done = pamphlet(&desk, &["--json", "labels.jsonl"]);
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(!text.contains("pizza"), "{text}");
    let figures: Value = serde_json::from_str(&text).unwrap();
    let sections = &figures["sections"];
    assert_eq!(figures["messages"], 2);
    assert_eq!(sections["in_scope"]["all"]["right"]["count"], 1);
    assert_eq!(sections["in_scope"]["groups"]["follow-up"]["right"]["share"], 0.0);
    assert_eq!(sections["in_scope"]["styles"]["direct"]["right"]["share"], 1.0);
    assert_eq!(sections["urgent"]["all"]["caught"]["share"], Value::Null);
    assert_eq!(figures["calibration"]["bins"].as_array().unwrap().len(), 10);
    assert_eq!(figures["misses"][0]["id"], "q2");
    assert!(figures["micros"]["median"].as_f64().unwrap() > 0.0);
}

#[track_caller]
fn check_refused(arguments: &[&str], code: i32, told: &str) {
    let desk = desk();
    fs::write(desk.path().join("bad.jsonl"), "{\"id\":\"a\",\"q\":\"b\",\"knd\":\"none\"}\n").unwrap();
    fs::write(desk.path().join("labels.jsonl"), LABELS).unwrap();
    let done = pamphlet(&desk, arguments);
    let stderr = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(code), "{stderr}");
    assert!(stderr.contains(told), "{stderr}");
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "");
}

#[test]
fn the_page_never_takes_the_place_of_the_messages() {
    let desk = desk();
    fs::write(desk.path().join("labels.jsonl"), LABELS).unwrap();
    let done = pamphlet(&desk, &["labels.jsonl", "--html", "./labels.jsonl"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("name another file"), "{told}");
    assert_eq!(fs::read_to_string(desk.path().join("labels.jsonl")).unwrap(), LABELS);
}

#[test]
fn weights_are_not_learned_from_a_handful() {
    let desk = desk();
    fs::write(desk.path().join("labels.jsonl"), LABELS).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
    let done = command.current_dir(desk.path()).args(["tune", "labels.jsonl"]).output().unwrap();
    assert_eq!((done.status.code(), done.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&done.stderr).contains("20 are needed"));
}

#[test]
fn what_can_not_be_scored_is_refused_with_its_exit_code() {
    check_refused(&["bad.jsonl"], 1, "write `kind` instead");
    check_refused(&["nowhere.jsonl", "bad.jsonl"], 10, "unknown key `knd`");
    check_refused(&["labels.jsonl", "--html", "nowhere/page.html"], 10, "can't be written");
    check_refused(&["labels.jsonl", "--collection", "tea"], 2, "the collections are: dermatomyositis");
}
