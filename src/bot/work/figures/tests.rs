//! What moderators read of the counts. 1. No small count is shown, drawn or told by an order. 2. What is told fits one message.

use super::*;
use crate::answer::File;
use crate::faq::load;
use jiff::civil::date;
use std::fs;

const TODAY: Date = date(2026, 11, 26);

/// A collection of entries named so, with these topics as gaps.
fn collection(entries: &[&str], topics: &[&str]) -> Collection {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("collection.toml", "title = \"Colds\"\nreminder = \"Not advice.\"\nask = \"your doctor\"\n");
    for entry in entries {
        let head = format!("question = \"What of {entry}?\"\ntopic = \"All\"\nsource = \"A book\"");
        put(&format!("{entry}.md"), &format!("+++\n{head}\n+++\n\nIt is there.\n"));
    }
    let gap = |topic: &&str| format!("[[gap]]\ntopic = \"{topic}\"\nwords = [\"{topic}\"]\n");
    put("gaps.toml", &topics.iter().map(gap).collect::<String>());
    let collection = load(folder.path()).collection.unwrap();
    assert_eq!((collection.entries.len(), collection.gaps.len()), (entries.len(), topics.len()));
    collection
}

fn figures(days: u16, counts: &[(Counted, u64)]) -> Figures {
    let key = |what: &Counted| CountKey { collection: "colds".to_owned(), day: TODAY, what: what.clone() };
    Figures { span: Span::last(days, TODAY), counts: counts.iter().map(|(what, count)| (key(what), *count)).collect() }
}

fn of(what: fn(String) -> Counted, subject: &str) -> Counted {
    what(subject.to_owned())
}

fn stats(counts: &[(Counted, u64)]) -> (String, Option<File>) {
    let collection = collection(&["honey", "soup", "tea"], &[]);
    let reply = stats::told(&collection, &figures(30, counts));
    (reply.text(), reply.files.into_iter().next())
}

#[test]
fn totals_lists_and_the_picture_are_rounded() {
    let counts = [
        (of(Counted::Answered, "tea"), 23),
        (of(Counted::Answered, "honey"), 4),
        (of(Counted::Answered, "gone"), 5),
        (Counted::Offered, 4),
        (Counted::Urgent, 9),
        (of(Counted::Helpful, "tea"), 11),
        (of(Counted::NotHelpful, "tea"), 1),
    ];
    let (text, picture) = stats(&counts);
    for line in [
        "**Colds: what was asked since 26 October 2026**",
        "- answered: 30+",
        "- entries offered: fewer than five",
        "- not in the FAQ: fewer than five",
        "- urgent card: 5+",
        "**Answered most**\n- What of tea?: 20+\n- gone: 5+\n**",
        "- What of tea?: not helpful fewer than five, helpful 10+",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let picture = picture.unwrap();
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    assert_eq!(
        picture.description.unwrap(),
        "What came of questions since 26 October 2026, by week. 26 Oct: fewer than five of each; 2 Nov: fewer than five of each; \
         9 Nov: fewer than five of each; 16 Nov: fewer than five of each; 23 Nov: answered 30+, urgent card 5+"
    );
}

#[test]
fn counts_that_are_shown_alike_are_told_alike() {
    let told = |tea, honey, offered, silent| {
        stats(&[
            (of(Counted::Answered, "tea"), tea),
            (of(Counted::Answered, "honey"), honey),
            (of(Counted::NotHelpful, "soup"), 14 - silent),
            (of(Counted::NotHelpful, "tea"), 10 + silent),
            (Counted::Offered, offered),
            (Counted::Silent, silent),
        ])
    };
    let few = told(6, 7, 0, 0);
    assert_eq!(few, told(7, 6, 4, 4), "neither a word, nor an order, nor a point of the picture differs");
    assert_ne!(few, told(7, 6, 5, 4));
}

#[test]
fn nothing_is_drawn_where_everything_is_few() {
    let (text, picture) = stats(&[(of(Counted::Answered, "tea"), 4), (Counted::Offered, 4)]);
    assert!(
        picture.is_none() && text.contains("too little to draw") && text.contains("No entry was the answer"),
        "{text}"
    );
}

#[test]
fn the_least_helpful_comes_first() {
    let (text, _) = stats(&[
        (of(Counted::Helpful, "tea"), 100),
        (of(Counted::NotHelpful, "tea"), 20),
        (of(Counted::Helpful, "honey"), 5),
        (of(Counted::NotHelpful, "honey"), 5),
        (of(Counted::Helpful, "soup"), 50),
    ]);
    let at = |entry: &str| text.find(&format!("What of {entry}?: not helpful")).unwrap();
    assert!(at("honey") < at("tea") && at("tea") < at("soup"), "{text}");
}

#[test]
fn gaps_are_told_by_topic() {
    let collection = collection(&["tea"], &["milk", "beer", "wine"]);
    let told = |counts: &[(Counted, u64)]| gaps::told(&collection, &figures(30, counts)).text();
    let counts = [
        (Counted::NotCovered, 31),
        (of(Counted::Gap, "milk"), 8),
        (of(Counted::Gap, "wine"), 12),
        (of(Counted::Gap, "beer"), 4),
        (of(Counted::Gap, "was listed"), 50),
    ];
    let text = told(&counts);
    assert!(text.contains("Questions without an answer in the FAQ: 30+."), "{text}");
    assert!(text.contains("the most asked first**\n- wine: 10+\n- milk: 5+\n**Asked fewer"), "{text}");
    assert!(text.contains("or never**\n- beer\n"), "{text}");
    assert!(text.contains("/faq new") && !text.contains("was listed"), "{text}");
    assert!(told(&[]).contains("or never**\n- milk\n- beer\n- wine\n"), "{}", told(&[]));
}

#[test]
fn the_longest_lists_fit_one_message() {
    let names: Vec<String> = (0..99).map(|number| format!("{number}{}", "x".repeat(60))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let collection = collection(&names, &names);
    let each = |what: fn(String) -> Counted| names.iter().map(move |name| (of(what, name), u64::MAX));
    let counts: Vec<_> = [Counted::Answered, Counted::Helpful, Counted::NotHelpful, Counted::Gap]
        .map(each)
        .into_iter()
        .flatten()
        .collect();
    for days in [14, 92, 365] {
        let figures = figures(days, &counts);
        let (stats, gaps) = (stats::told(&collection, &figures), gaps::told(&collection, &figures));
        for reply in [&stats, &gaps] {
            assert!(reply.text().encode_utf16().count() <= 2_000, "{}", reply.text());
        }
        assert!(stats.files[0].description.as_ref().unwrap().chars().count() <= 1_024);
    }
}
