//! What a card says of the review, word for word.

use super::{APPROVED, DUE, PASSAGE, SIGNED, edited, entry, folder, served, signature};
use jiff::ToSpan;
use jiff::civil::Date;
use pamphlet::answer::{Card, card};
use pamphlet::words::Language;
use tempfile::TempDir;

/// Checks the line of the source, and the passage above it.
#[track_caller]
fn check(folder: &TempDir, today: Date, passage: &str, expected: &str) {
    let collection = served(folder, today);
    let card = Card::of(&collection, collection.entry("tea").unwrap(), Language::English);
    assert_eq!(card.passage(), passage);
    let text = card.text();
    assert_eq!(
        text.lines().find(|line| line.contains("Source")).unwrap(),
        format!("*Source: A book on colds. {expected}*")
    );
}

#[test]
fn a_card_says_which_text_was_reviewed_and_whether_that_holds() {
    let overdue = DUE.saturating_add(1.day());
    let signed = edited("", PASSAGE);
    check(&signed, SIGNED, PASSAGE, "Reviewed on 2026-01-10 (nurse).");
    check(&signed, overdue, PASSAGE, "Reviewed on 2026-01-10 (nurse). Due for review since 2027-01-10.");
    let changed = edited("", "New.");
    check(&changed, SIGNED, "New.", "Changed since its last review on 2026-01-10.");
    check(&changed, overdue, "New.", "Changed since its last review on 2026-01-10. Due for review since 2027-01-10.");
    let waiting = edited(APPROVED, "New.");
    check(&waiting, SIGNED, PASSAGE, "Reviewed on 2026-01-10 (nurse).");
    check(&waiting, overdue, PASSAGE, "Reviewed on 2026-01-10 (nurse). Due for review since 2027-01-10.");
    let never = folder("", &[("tea.md", &entry("review_by = 2027-01-10\n", PASSAGE))]);
    check(&never, SIGNED, PASSAGE, "Not yet reviewed by a clinician.");
    check(&never, overdue, PASSAGE, "Not yet reviewed by a clinician. Due for review since 2027-01-10.");
    let half = folder("", &[("tea.md", &entry("reviewed_by = \"nurse\"\nreviewed_on = 2026-01-10\n", PASSAGE))]);
    check(&half, SIGNED, PASSAGE, "Not yet reviewed by a clinician.");
    let copied = folder("", &[("tea.md", &entry(&signature(), "New."))]);
    check(&copied, SIGNED, "New.", "Not yet reviewed by a clinician.");
}

#[test]
fn of_what_is_withheld_there_is_no_card() {
    let unsigned = folder(APPROVED, &[("tea.md", &entry("", PASSAGE))]);
    for (folder, today) in [(&edited("", PASSAGE), DUE.saturating_add(1.year())), (&unsigned, SIGNED)] {
        let collection = served(folder, today);
        let reply = card(&collection, collection.entry("tea").unwrap(), false, Language::English);
        assert_eq!(
            reply.text(),
            "The answer to “Does tea help?” is withdrawn until somebody has reviewed it. The people to ask are your doctor."
        );
        assert!(reply.buttons.is_empty());
    }
}
