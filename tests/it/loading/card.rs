//! The limits of the parts leave room for the whole.

use super::check;
use jiff::civil::date;
use pamphlet::answer::Card;
use pamphlet::faq::{SourceRef, Wording};
use pamphlet::review;
use pamphlet::words::Language;
use std::sync::Arc;

/// The most that Discord takes in one message.
const DISCORD: usize = 2_000;

#[test]
fn the_longest_card_fits_one_message() {
    let long = |units: usize| "\u{1f343}".repeat(units / 2);
    let top = format!("title = \"T\"\nreminder = \"{}\"\nask = \"x\"\n", long(180));
    let passage = |id: &str| format!("[[passage]]\nid = \"{id}\"\nsection = \"{}\"\n", long(70));
    let document = format!("title = \"{}\"\n{}{}", long(90), passage("S1"), passage("S2"));
    let wording = |source: &[String]| Wording {
        question: long(80),
        source: source.iter().cloned().map(SourceRef::Named).collect(),
        passage: long(1_000),
    };
    // Signed, and due again: the most that there is to say of a review.
    let entry = |signed: &Wording, source: &[String]| {
        format!(
            "+++\nquestion = \"{}\"\nalso = [\"a\", \"b\", \"c\"]\ntopic = \"T\"\nsource = {source:?}\nask = \"{}\"\n\
             reviewed_by = \"{}\"\nreviewed_on = 2026-11-23\nreview_by = 2027-11-23\napproved = \"{}\"\n+++\n{}\n",
            signed.question,
            long(100),
            long(40),
            signed.hash(),
            signed.passage
        )
    };
    let listed = ["S1".to_owned(), "S2".to_owned()];
    for (source, document) in [(&listed, Some(&document)), (&[long(160), long(158)], None)] {
        let signed = wording(source);
        let (entry, copy) = (entry(&signed, source), review::copy(&signed));
        let mut files = vec![("collection.toml", top.as_str()), ("e.md", &entry), ("approved/e.md", &copy)];
        files.extend(document.map(|document| ("source.toml", document.as_str())));
        let collection = Arc::new(check(&files, &[]).unwrap()).on(date(2027, 11, 24));
        for (language, due) in Language::ALL.into_iter().zip(["Due for review since", "Neue Prüfung fällig seit"]) {
            let card = Card::of(&collection, collection.entry("e").unwrap(), language).with_personal_notice();
            assert!(card.text().contains(&format!("{due} 2027-11-23.")), "{}", card.text());
            let units = card.text().encode_utf16().count();
            assert!(units <= DISCORD, "{language:?}: {units}");
        }
    }
}
