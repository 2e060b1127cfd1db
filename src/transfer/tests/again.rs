//! What comes to a collection that has some of it, or no room for it.

use super::*;
use crate::faq::{MAX_FILES, Review, Wording};

#[test]
fn the_same_folder_brought_twice_changes_nothing() {
    let desk = Desk::new()
        .put("tags/tea.md", "---\nrelated: [honey, milk, honey, tea]\naliases: [hot tea, Hot tea]\n---\n\nWarm.  \n\n")
        .put("tags/honey.md", "---\ntitle: Is honey good?\naliases: [hot tea]\n---\n\n    Sweet.\r\nVery.\n")
        .put("tags/readme.md", "Only README.md is passed over.\n");
    assert_eq!(desk.bring_from("tags", |_| ()).new, 3);
    let again = desk.bring_from("tags", |_| ());
    assert_eq!((again.new, again.same, desk.lines(&again)), (0, 3, Vec::new()));
}

#[test]
fn a_signed_entry_that_was_edited_goes_out_and_comes_back_as_its_file_says() {
    let signed = Wording {
        question: "Is tea good?".to_owned(),
        source: vec![SourceRef::Named("A leaflet".to_owned())],
        passage: "Yes.".to_owned(),
    };
    let front = "question = \"Is tea good?\"\nsource = \"A leaflet\"\n";
    let review = format!("reviewed_by = \"nurse\"\nreviewed_on = 2026-11-23\napproved = \"{}\"\n", signed.hash());
    let desk = Desk::new()
        .put("colds/collection.toml", &format!("{TOP}[review]\nserve = \"approved\"\n"))
        .put("colds/approved/tea.md", &format!("+++\n{front}+++\n\nYes.\n"))
        .put("colds/tea.md", &format!("+++\n{front}{review}+++\n\nNo.\n"));
    assert_eq!(desk.load().entry("tea").unwrap().passage, "Yes.", "the signed text is served");
    let Taken::File(table) = take(&desk.load(), Format::Csv).unwrap() else { panic!("a table is one file") };
    let table = String::from_utf8(table).unwrap();
    let desk = desk.put("a.csv", &table);
    let again = desk.bring_from("a.csv", |_| ());
    assert_eq!((again.new, again.same, desk.lines(&again)), (0, 1, Vec::new()));
    let desk = desk.put("a.csv", &table.replace("No.", "Sometimes."));
    let edited = desk.bring_from("a.csv", |wish| wish.replace = true);
    assert_eq!((edited.replaced, desk.lines(&edited)), (1, Vec::new()));
    assert_eq!(desk.load().entry("tea").unwrap().newest().passage, "Sometimes.");
}

#[test]
fn a_review_without_the_hash_of_a_text_does_not_come_in() {
    let desk = Desk::new().put(
        "a.csv",
        "question,answer,reviewed_by,reviewed_on,review_by,approved\nTea?,Yes.,GP,2026-11-23,2027-11-23,yes\n",
    );
    let brought = desk.bring_from("a.csv", |_| ());
    assert!(brought.guesses.iter().any(|guess| guess.starts_with("the review of 1 row is left out")), "{brought:?}");
    let day = Some(jiff::civil::date(2027, 11, 23));
    assert_eq!(desk.load().entries[0].review, Review { review_by: day, ..Review::default() });
}

#[test]
fn words_of_what_is_replaced_or_stays_out_are_free() {
    let table = |also: [&str; 2]| format!("id,question,answer,also\na,A?,Yes.,{}\nb,B?,Yes.,{}\n", also[0], also[1]);
    let desk = Desk::new().put("a.csv", &table(["tea", "honey"]));
    assert_eq!(desk.bring_from("a.csv", |_| ()).new, 2);
    let desk = desk.put("a.csv", &table(["honey", "tea"]));
    let swapped = desk.bring_from("a.csv", |wish| wish.replace = true);
    assert_eq!((swapped.replaced, desk.lines(&swapped)), (2, Vec::new()));
    assert_eq!(desk.load().entry("a").unwrap().also, ["honey"]);

    let desk = desk.put("a.csv", "id,question,answer,also\nb,A?,No.,\nc,C?,Yes.,tea\n");
    let refused = desk.bring_from("a.csv", |wish| wish.replace = true);
    assert_eq!((refused.new, refused.problems.len()), (1, 2), "`b` stays and keeps its word: {refused:?}");
    fs::remove_file(desk.colds().join("c.md")).unwrap();

    let desk = desk.put("a.csv", "id,question,answer,also\na,A?,No.,milk\nc,C?,Yes.,milk\n");
    assert_eq!(desk.bring_from("a.csv", |_| ()).new, 1);
    assert_eq!(desk.load().entry("c").unwrap().also, ["milk"], "`a` stays as it is and has no use for the word");
}

#[test]
fn more_files_than_a_folder_may_hold_are_refused_together() {
    let desk = Desk::new().put("a.csv", "Tea?,Yes.\nHoney?,No.\n").put("b.csv", "Tea?,Yes.\n");
    // With collection.toml, one less than there may be.
    (2..MAX_FILES).for_each(|number| drop(fs::File::create(desk.colds().join(number.to_string())).unwrap()));
    let (from, into) = (desk.0.path().join("a.csv"), desk.colds());
    let wish =
        Bring { from: &from, format: None, into: &into, source: Some("A leaflet"), replace: false, dry_run: false };
    let refused = bring(&wish, &mut |_, _| ()).unwrap_err();
    assert!(matches!(refused, NotBrought::TooMany { files: 60_001, .. }), "{refused}");
    assert_eq!(desk.load().entries, []);
    assert_eq!(desk.bring_from("b.csv", |_| ()).new, 1);
    assert_eq!(desk.load().entries.len(), 1);
}
