//! The labelled messages of a collection: what is wrong with them, and what is learned from them.

use super::{ENTRY, OTHER, check};
use pamphlet::learn::features;
use pamphlet::search::open_index;
use std::fmt::Write;
use std::sync::Arc;

/// Checks one file of messages beside two good entries; gives how many messages are read.
#[track_caller]
fn check_messages(lines: &str, expected: &[&str]) -> usize {
    let collection = check(&[("tea.md", ENTRY), ("honey.md", OTHER), ("asked.jsonl", lines)], expected).unwrap();
    assert_eq!(collection.entries.len(), 2, "the entries are served whatever is wrong with messages");
    collection.messages.len()
}

#[test]
fn every_bad_line_is_told_and_the_others_are_read() {
    let good = r#"{"q": "a cuppa?", "kind": "answer", "gold": ["tea"], "context": ["i have a cold"]}"#;
    assert_eq!(check_messages(&format!("{good}\n\n{good}\n"), &[]), 2);
    let lines = [
        good,
        "nonsense",
        r#"{"q": "a cuppa?", "kind": "answer", "gold": ["te"]}"#,
        r#"{"kind": "answer", "gold": ["tea"]}"#,
        r#"{"q": "a cuppa?", "gold": ["tea"]}"#,
        r#"{"q": "a cuppa?", "kind": "answers", "gold": ["tea"]}"#,
        r#"{"q": "a cuppa?", "kind": "answer"}"#,
        r#"{"q": "a cuppa?", "kind": "none", "gold": ["tea"]}"#,
        good,
    ];
    let problems = [
        "error asked.jsonl:2:2 this is not a JSON object: expected ident",
        "error asked.jsonl:3:45 `te` is neither a passage nor an entry of faq",
        "error asked.jsonl:4:1 `q` is missing",
        "error asked.jsonl:5:1 `kind` is missing",
        "error asked.jsonl:6:27 `kind` can't be `answers`",
        "error asked.jsonl:7:1 `gold` is missing or empty, and the kind is `answer`",
        "error asked.jsonl:8:43 `gold` names a passage, and no passage is right for this kind",
    ];
    assert_eq!(check_messages(&lines.join("\n"), &problems), 2);
    assert_eq!(check_messages(r#"{"q": "i cant breathe", "kind": "urgent", "group": "medical"}"#, &[]), 0, "no search");
}

#[test]
fn a_slip_in_an_entry_is_no_slip_of_the_messages_that_name_it() {
    let slip = ENTRY.replace("question", "qestion");
    let line = r#"{"q": "a cuppa?", "kind": "answer", "gold": ["tea"]}"#;
    let problems = ["error tea.md:1:1 missing `question`", "error tea.md:2:1 unknown key `qestion`"];
    check(&[("tea.md", &slip), ("honey.md", OTHER), ("asked.jsonl", line)], &problems);
}

#[test]
fn what_messages_ask_for_is_learned() {
    let mut lines = String::new();
    for way in ["oolong", "oolong please", "is oolong fine", "oolong or not", "any oolong"] {
        writeln!(lines, r#"{{"q": "{way}", "kind": "answer", "gold": ["tea"]}}"#).unwrap();
        writeln!(lines, r#"{{"q": "{}", "kind": "none", "group": "near"}}"#, way.replace("oolong", "whisky")).unwrap();
    }
    let collection = check(&[("tea.md", ENTRY), ("honey.md", OTHER), ("asked.jsonl", &lines)], &[]).unwrap();
    let home = tempfile::tempdir().unwrap();
    let (index, _) = open_index(&Arc::new(collection), home.path(), false, &mut |_, _| ()).unwrap();
    let likeliest = |text: &str| {
        let found = index.candidates(&index.read(text), Some(&features(text)), 2);
        let best =
            found.all.into_iter().max_by(|one, other| one.signals.topic.entry.total_cmp(&other.signals.topic.entry));
        let best = best.filter(|best| best.signals.topic.entry > found.none);
        best.map(|best| index.collection().entries[best.entry].id.clone())
    };
    assert_eq!(likeliest("some oolong?").as_deref(), Some("tea"));
    assert_eq!(likeliest("some whisky?"), None);
}
