//! The pack: which entries are in it, and what its page holds.

use super::{APPROVED, DUE, PASSAGE, SIGNED, edited, entry, folder, served, signature};
use jiff::ToSpan;
use jiff::civil::Date;
use pamphlet::review::{Pack, page};
use tempfile::TempDir;

fn has_tea(folder: &TempDir, today: Date, since: Option<Date>) -> bool {
    !Pack::of(&served(folder, today), today, since).leaves.is_empty()
}

#[test]
fn what_was_signed_since_and_still_holds_is_left_out() {
    let (earlier, later) = (SIGNED.saturating_sub(1.day()), SIGNED.saturating_add(1.day()));
    let signed = edited("", PASSAGE);
    for (since, expected) in [(None, true), (Some(earlier), false), (Some(SIGNED), false), (Some(later), true)] {
        assert_eq!(has_tea(&signed, later, since), expected, "signed on {SIGNED}, since {since:?}");
    }
    assert!(has_tea(&signed, DUE, Some(SIGNED)), "it is due");
    assert!(has_tea(&edited("", "New."), later, Some(SIGNED)), "it changed");
    assert!(has_tea(&edited(APPROVED, "New."), later, Some(SIGNED)), "a draft waits");
    assert!(has_tea(&folder("", &[("tea.md", &entry("", PASSAGE))]), later, Some(SIGNED)), "nobody signed it");
}

fn page_of(folder: &TempDir) -> String {
    page(&Pack::of(&served(folder, SIGNED), SIGNED, None))
}

#[test]
fn a_page_shows_the_text_that_gets_signed_and_what_changed() {
    for rules in ["", APPROVED] {
        let page = page_of(&edited(rules, "Tea is <b>hot</b>. It does no harm."));
        assert!(page.contains("Tea is &lt;b&gt;hot&lt;/b&gt;. It does no harm."), "the new text, whatever is served");
        assert!(page.contains("<del>warm</del>"), "{page}");
        assert!(page.contains("2026-01-10, nurse"));
    }
    let page = page_of(&folder("", &[("tea.md", &entry("", PASSAGE))]));
    assert!(page.contains("Nobody has signed a text of this entry"));
    let page = page_of(&folder("", &[("tea.md", &entry(&signature(), "New."))]));
    assert!(
        page.contains("the text that was signed isn&#39;t kept")
            || page.contains("the text that was signed isn't kept")
    );
}

#[test]
fn a_page_has_each_fact_of_the_source_and_needs_nothing_else() {
    let source = "title = \"On <colds>\"\n[[passage]]\nid = \"S1\"\nsection = \"Drinks\"\nfacts = [\"Tea is a drink.\", \"It is warm.\"]\n";
    let tea = entry("", PASSAGE).replace("\"A book on colds\"", "\"S1\"");
    let page = page_of(&folder("", &[("tea.md", &tea), ("source.toml", source)]));
    for part in
        ["On &lt;colds&gt;, “Drinks” (S1)", "<li>Tea is a drink.</li>", "<li>It is warm.</li>", "DISCERN", "Signature"]
    {
        assert!(page.contains(part), "{part}");
    }
    for foreign in ["<script", "http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_eq!(page.matches("<input type=\"checkbox\"").count(), 4 + 16 + 3);
}
