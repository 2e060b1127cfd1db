//! What a review comes to, by day and by rule.

use super::{APPROVED, DUE, PASSAGE, SIGNED, edited, entry, folder, served, signature};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use pamphlet::faq::{Standing, Standing::*};
use tempfile::TempDir;

#[track_caller]
fn check(folder: &TempDir, today: Date, expected: Standing) {
    let collection = served(folder, today);
    assert_eq!(collection.entry("tea").unwrap().standing, expected, "on {today}");
    let is_served = collection.served().any(|entry| entry.id == "tea");
    assert_eq!(is_served, !matches!(expected, Withdrawn | Unsigned));
    assert_eq!(collection.counts().entries, usize::from(is_served));
}

fn day(after_due: i32) -> Date {
    DUE.saturating_add(after_due.days())
}

const CHANGED: Standing = ChangedSince { serves_approved: false };

#[test]
fn dates_do_something() {
    let signed = |rules: &str| edited(rules, PASSAGE);
    for (rules, grace) in [("", 90), ("[review]\ngrace_days = 7\n", 7), ("[review]\ngrace_days = 0\n", 0)] {
        let folder = signed(rules);
        check(&folder, SIGNED, Reviewed);
        check(&folder, day(0), Reviewed);
        check(&folder, day(1), if grace == 0 { Withdrawn } else { Overdue });
        check(&folder, day(grace), if grace == 0 { Reviewed } else { Overdue });
        check(&folder, day(grace + 1), Withdrawn);
        check(&folder, date(9999, 12, 31), Withdrawn);
    }
    let unsigned = folder("", &[("tea.md", &entry("review_by = 2026-06-01\n", PASSAGE))]);
    check(&unsigned, date(2026, 6, 1), NotReviewed);
    check(&unsigned, date(2026, 6, 2), Overdue);
    check(&unsigned, date(2026, 8, 31), Withdrawn);
    let last = folder("", &[("tea.md", &entry("review_by = 9999-12-31\n", PASSAGE))]);
    check(&last, date(9999, 12, 31), NotReviewed);
}

#[test]
fn an_edit_ends_a_review() {
    let folder = edited("", "Tea cures colds.");
    check(&folder, SIGNED, CHANGED);
    check(&folder, day(1), Overdue);
    check(&folder, day(91), Withdrawn);
}

#[test]
fn what_was_signed_is_served_on_where_the_collection_says_so() {
    let folder = edited(APPROVED, "Tea cures colds.");
    check(&folder, SIGNED, ChangedSince { serves_approved: true });
    check(&folder, day(1), Overdue);
    check(&folder, day(91), Withdrawn);
    check(&edited(APPROVED, PASSAGE), SIGNED, Reviewed);
}

#[test]
fn what_nobody_signed_is_not_served_there() {
    check(&folder(APPROVED, &[("tea.md", &entry("", PASSAGE))]), SIGNED, Unsigned);
    let without_copy = folder(APPROVED, &[("tea.md", &entry(&signature(), "Tea cures colds."))]);
    check(&without_copy, SIGNED, Unsigned);
    check(&without_copy, day(1), Unsigned);
}

#[test]
fn a_review_counts_only_with_who_when_and_what() {
    check(&folder("", &[("tea.md", &entry("", PASSAGE))]), SIGNED, NotReviewed);
    for key in ["reviewed_by", "reviewed_on", "approved"] {
        let lines: String =
            signature().lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect();
        check(&folder("", &[("tea.md", &entry(&lines, PASSAGE))]), SIGNED, NotReviewed);
    }
}

#[test]
fn what_only_finds_an_entry_may_change_under_a_review() {
    let file = entry(&signature(), PASSAGE).replace("is tea good", "tea?").replace("\"Drinks\"", "\"Warm drinks\"");
    check(&folder("", &[("tea.md", &file)]), SIGNED, Reviewed);
    for (old, new) in [("Does tea help?", "Does tea cure?"), ("A book on colds", "Another book"), ("no harm", "harm")] {
        check(&folder("", &[("tea.md", &entry(&signature(), PASSAGE).replace(old, new))]), SIGNED, CHANGED);
    }
    let windows = entry(&signature(), PASSAGE).replace('\n', "\r\n") + "\r\n\r\n";
    check(&folder("", &[("tea.md", &windows)]), SIGNED, Reviewed);
}
