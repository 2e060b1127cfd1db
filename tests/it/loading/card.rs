//! The limits of the parts leave room for the whole.

use super::check;
use pamphlet::answer::Card;

/// The most that Discord takes in one message.
const DISCORD: usize = 2_000;

#[test]
fn the_longest_card_fits_one_message() {
    let long = |units: usize| "\u{1f343}".repeat(units / 2);
    let top = format!("title = \"T\"\nreminder = \"{}\"\nask = \"x\"\n", long(180));
    let passage = |id: &str| format!("[[passage]]\nid = \"{id}\"\nsection = \"{}\"\n", long(70));
    let document = format!("title = \"{}\"\n{}{}", long(90), passage("S1"), passage("S2"));
    let entry = format!(
        "+++\nquestion = \"{}\"\nalso = [\"a\", \"b\", \"c\"]\ntopic = \"T\"\nsource = [\"S1\", \"S2\"]\nask = \"{}\"\n\
         reviewed_by = \"{}\"\nreviewed_on = 2026-11-23\n+++\n{}\n",
        long(80),
        long(100),
        long(40),
        long(1_000)
    );
    let named = entry.replace("[\"S1\", \"S2\"]", &format!("[\"{}\", \"{}\"]", long(160), long(158)));
    for files in [
        &[("collection.toml", top.as_str()), ("source.toml", &document), ("e.md", &entry)][..],
        &[("collection.toml", top.as_str()), ("e.md", &named)],
    ] {
        let collection = check(files, &[]).unwrap();
        let card = Card::of(&collection, collection.entry("e").unwrap()).with_personal_notice();
        let units = card.text().encode_utf16().count();
        assert!(units <= DISCORD, "{units}");
    }
}
