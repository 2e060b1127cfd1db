//! What the loader makes of signatures, copies and rules, and what it says is wrong with them.

use super::{APPROVED, DUE, PASSAGE, SIGNED, edited, entry, folder, load_in, served, signature, wording, write};
use jiff::ToSpan;
use pamphlet::faq::{Edit, Problem, Severity, SourceRef, Wording, reminders};
use pamphlet::review;
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

/// Problems as lines: `error tea.md:6 what is wrong`.
fn lines(folder: &Path, problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        let file = problem.place.file.strip_prefix(folder.join("faq/colds")).unwrap().display();
        let at = if problem.place.line == 0 { String::new() } else { format!(":{}", problem.place.line) };
        format!("{severity} {file}{at} {}", problem.what)
    };
    problems.iter().map(line).collect()
}

#[track_caller]
fn check(folder: &TempDir, expected: &[&str]) {
    let problems = load_in(folder).problems;
    assert_eq!(lines(folder.path(), &problems), expected);
    assert!(problems.iter().all(|problem| !problem.mend.is_empty() && !problem.valid.is_empty()), "{problems:#?}");
}

#[test]
fn the_signed_text_is_served_byte_for_byte() {
    let folder = edited(APPROVED, "Tea cures colds.");
    check(&folder, &[]);
    let collection = served(&folder, SIGNED);
    let tea = collection.entry("tea").unwrap();
    assert_eq!(tea.wording(), wording(PASSAGE));
    assert_eq!(tea.newest(), wording("Tea cures colds."));
    assert_eq!(tea.signed(), Some(wording(PASSAGE)));
    assert_eq!(tea.also.len(), 3, "it is found by what the file says now");
}

#[test]
fn the_newest_text_is_served_beside_the_signed_one() {
    let collection = served(&edited("", "Tea cures colds."), SIGNED);
    let tea = collection.entry("tea").unwrap();
    assert_eq!(tea.passage, "Tea cures colds.");
    assert_eq!(tea.edit, Some(Edit::Served { signed: Some(wording(PASSAGE)) }));
}

#[test]
fn a_copy_is_worth_nothing_unless_it_is_the_text_that_was_signed() {
    let missing = "there is no copy of the text that was signed";
    let other = "this is not the text that was signed: its hash is not the one in `approved`";
    for (rules, now, severity) in [("", PASSAGE, "warning"), ("", "New.", "warning"), (APPROVED, "New.", "error")] {
        let folder = folder(rules, &[("tea.md", &entry(&signature(), now))]);
        check(&folder, &[&format!("{severity} approved/tea.md {missing}")]);
        write(folder.path(), "approved/tea.md", &review::copy(&wording("Forged.")));
        check(&folder, &[&format!("{severity} approved/tea.md {other}")]);
        assert_eq!(served(&folder, SIGNED).entry("tea").unwrap().passage, now);
    }
    let broken = edited(APPROVED, "New.");
    write(broken.path(), "approved/tea.md", "+++\nquestion = \"Q\"\ntopic = \"x\"\n+++\n");
    check(
        &broken,
        &[
            "error approved/tea.md:1 missing `source`",
            "error approved/tea.md:3 unknown key `topic`",
            "error approved/tea.md:4 the passage is empty",
        ],
    );
    let orphan = edited("", PASSAGE);
    write(orphan.path(), "approved/milk.md", &review::copy(&wording(PASSAGE)));
    check(&orphan, &["warning approved/milk.md there is no entry `milk` to this signed text"]);
}

#[test]
fn half_a_signature_is_told() {
    let folder = folder("", &[("tea.md", &entry("reviewed_by = \"nurse\"\nreviewed_on = 2026-01-02\n", PASSAGE))]);
    check(&folder, &["warning tea.md:6 a review without `approved`"]);
}

#[test]
fn rules_that_make_no_sense_are_told() {
    let check_rules = |rules: &str, expected: &[&str]| {
        let folder = folder(rules, &[("tea.md", &entry("", PASSAGE))]);
        let problems = load_in(&folder).problems;
        assert_eq!(lines(folder.path(), &problems), expected);
    };
    check_rules("[review]\n", &[]);
    check_rules(
        "[review]\nserve = \"aproved\"\ngrace_days = 3651\ndays = 1\n",
        &[
            "error collection.toml:5 unknown serve `aproved`",
            "error collection.toml:6 `grace_days` is out of range",
            "error collection.toml:7 unknown key `days`",
        ],
    );
    check_rules("[review]\ngrace_days = -1\n", &["error collection.toml:5 `grace_days` is out of range"]);
    check_rules("[review]\ngrace_days = \"7\"\n", &["error collection.toml:5 `grace_days` holds text"]);
    check_rules("review = 7\n", &["error collection.toml:4 `review` holds a number"]);
}

#[test]
fn what_can_not_be_a_hash_is_no_signature() {
    for hash in ["", "yes", &"f".repeat(63), &"F".repeat(64), &"g".repeat(64)] {
        let lines = signature().replace(&wording(PASSAGE).hash(), hash);
        let folder = folder("", &[("tea.md", &entry(&lines, PASSAGE))]);
        let loaded = load_in(&folder);
        assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
        assert!(!loaded.collection.unwrap().entries[0].review.is_signed(), "{hash}");
    }
}

#[test]
fn keepers_are_reminded() {
    let check = |folder: &TempDir, after_due: i32, expected: &[&str]| {
        let today = DUE.saturating_add(after_due.days());
        let problems = reminders(&folder.path().join("faq/colds"), &served(folder, today), today);
        assert_eq!(lines(folder.path(), &problems), expected);
        for problem in &problems {
            assert!(problem.mend.contains("pamphlet review sign tea"), "{problem:?}");
        }
    };
    let signed = edited("", PASSAGE);
    check(&signed, -31, &[]);
    check(&signed, -30, &["warning tea.md due soon: its review is due on 2027-01-10"]);
    check(&signed, 1, &["warning tea.md overdue: its review was due on 2027-01-10, and 2027-04-10 is its last day"]);
    check(&signed, 91, &["warning tea.md withdrawn: its review was due on 2027-01-10"]);
    let changed = "warning tea.md changed since its last review on 2026-01-10";
    check(&edited("", "New."), -99, &[changed]);
    check(&edited(APPROVED, "New."), -30, &["warning tea.md due soon: its review is due on 2027-01-10", changed]);
    let unsigned = folder(APPROVED, &[("tea.md", &entry("", PASSAGE))]);
    check(&unsigned, 0, &["warning tea.md withheld: nobody signed this text"]);
    check(&folder("", &[("tea.md", &entry("", PASSAGE))]), 0, &[]);
}

/// Text that an entry may hold, with what TOML and Markdown make of some of it.
fn text() -> impl Strategy<Value = String> {
    "[a-zé\u{1f343}\"'\\\\#=+*_] ?[a-zé\u{1f343}\"'\\\\#=+*_ ]{0,30}[a-z]"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_copy_is_read_back_as_it_was_signed(question in text(), source in text(), first in text(), more in "(\n[a-z+]{0,5}){0,3}[.]") {
        let signed = Wording { question, source: vec![SourceRef::Named(source)], passage: first + &more };
        let file = entry(&signature().replace(&wording(PASSAGE).hash(), &signed.hash()), "New.");
        let folder = folder(APPROVED, &[("tea.md", &file), ("approved/tea.md", &review::copy(&signed))]);
        check(&folder, &[]);
        let collection = served(&folder, SIGNED);
        prop_assert_eq!(collection.entry("tea").unwrap().wording(), signed);
    }
}
