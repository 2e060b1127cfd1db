//! Whatever is taken comes back the same, and whatever comes is read to an end.

use super::*;
use crate::faq::{Entry, Review, Standing};
use crate::transfer::read::read;
use proptest::prelude::*;

/// A text that may stand on one line of a card.
fn line(most: usize) -> impl Strategy<Value = String> {
    let odd = "[\"'\\\\;|,:#=+\\[\\]{}&*!?%@`~<>/ \t.-]";
    prop_oneof![
        Just("a; b".to_owned()),
        Just("--- x".to_owned()),
        Just("null".to_owned()),
        Just("2026-11-23".to_owned()),
        prop::string::string_regex(&format!("[a-zA-Z0-9éß\u{1f343}] ?({odd}|[a-z]){{0,{most}}}[a-z0-9\u{1f343}]"))
            .unwrap()
            .prop_map(|text| text.replace(['\t', '@', '<'], " ")),
    ]
}

fn passage() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![line(20), Just("\n".to_owned()), Just("\n\n    ".to_owned()), Just("\n---\n+++\n".to_owned())];
    (line(10), prop::collection::vec(part, 0..6), line(10)).prop_map(|(first, parts, last)| {
        let text = format!("{first}{}{last}", parts.concat());
        if text.matches("||").count() + text.matches("```").count() > 0 { text.replace(['|', '`'], "_") } else { text }
    })
}

prop_compose! {
    fn entry(sources: Vec<SourceRef>)(
        question in line(40),
        also in prop::collection::vec(line(60).prop_map(|text| text + " a"), 0..5),
        topic in line(30),
        source in prop::sample::subsequence(sources, 1..=2),
        ask in prop::option::of(line(30)),
        reviewed_by in prop::option::of(line(20)),
        days in any::<(Option<u8>, Option<u8>)>(),
        approved in prop::option::of("[0-9a-f]{64}"),
        passage in passage(),
    ) -> Entry {
        let day = |after: u8| jiff::civil::date(2026, 11, 23).saturating_add(jiff::Span::new().days(i64::from(after)));
        // Without a hash there is no review that could be kept.
        let review = Review {
            reviewed_by: reviewed_by.filter(|_| approved.is_some()),
            reviewed_on: days.0.map(day).filter(|_| approved.is_some()),
            review_by: days.1.map(day),
            approved,
        };
        let (edit, standing) = (None, Standing::default());
        Entry { id: String::new(), question, also, topic, source, related: Vec::new(), ask, review, edit, standing, passage }
    }
}

/// Collections with a document and without.
fn collection() -> impl Strategy<Value = (bool, Vec<Entry>)> {
    let named =
        ["On colds; second edition", "https://example.org/a|b?c;d", "P1"].map(|name| SourceRef::Named(name.into()));
    let passages = ["P1", "P2", "P3"].map(|id| SourceRef::Passage(id.into()));
    let entries = |sources: &[SourceRef]| prop::collection::vec(entry(sources.to_vec()), 1..6);
    prop_oneof![entries(&named).prop_map(|all| (false, all)), entries(&passages).prop_map(|all| (true, all))]
}

fn write_collection(folder: &Path, has_document: bool, entries: &[Entry]) -> Collection {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("collection.toml"), TOP).unwrap();
    if has_document {
        let passage = |id: &str| format!("[[passage]]\nid = \"{id}\"\nsection = \"S\"\nfacts = []\n");
        let passages = ["P1", "P2", "P3"].map(passage).concat();
        fs::write(folder.join("source.toml"), format!("title = \"On colds\"\n{passages}")).unwrap();
    }
    for entry in entries {
        fs::write(folder.join(format!("{}.md", entry.id)), entry_file(entry)).unwrap();
    }
    load(folder).collection.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_comes_back_the_same((has_document, mut entries) in collection()) {
        let folder = tempfile::tempdir().unwrap();
        let ids: Vec<String> = (0..entries.len()).map(|number| format!("entry-{number}")).collect();
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.id.clone_from(&ids[number]);
            entry.question = format!("{number} {}", entry.question);
            entry.related = ids.iter().filter(|id| **id != ids[number]).take(number).cloned().collect();
        }
        let taken_from = write_collection(&folder.path().join("one"), has_document, &entries);
        for (name, format) in Format::NAMES {
            let (path, into) = (folder.path().join(format!("out-{name}")), folder.path().join(format!("two-{name}")));
            match take(&taken_from, format).unwrap() {
                Taken::File(bytes) => fs::write(&path, bytes).unwrap(),
                Taken::Folder(files) => {
                    fs::create_dir(&path).unwrap();
                    files.iter().for_each(|(name, bytes)| fs::write(path.join(name), bytes).unwrap());
                }
            }
            write_collection(&into, has_document, &[]);
            let wish = Bring { from: &path, format: Some(format), into: &into, source: None, replace: false, dry_run: false };
            let brought = bring(&wish, &mut |_, _| ()).unwrap();
            prop_assert_eq!(&load(&into).collection.unwrap().entries, &taken_from.entries, "{} {:?}", name, brought);
        }
    }

    #[test]
    fn an_entry_is_loaded_as_it_was_written((has_document, mut entries) in collection()) {
        entries.truncate(1);
        entries[0].id = "entry".to_owned();
        let folder = tempfile::tempdir().unwrap();
        let loaded = write_collection(folder.path(), has_document, &entries);
        let phrasings = |entry: &Entry| (entry.question.clone(), entry.passage.clone(), entry.review.clone(), entry.source.clone());
        prop_assert_eq!(loaded.entries.iter().map(phrasings).collect::<Vec<_>>(), entries.iter().map(phrasings).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[a-c,;|\t\"\r\n{}:\\[\\]'&*!+#é-]{0,80}") {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("one");
        for bytes in [bytes, format!("---\n{text}\n---\n{text}").into_bytes(), format!("question,answer\n{text}").into_bytes()] {
            let path = folder.path().join("odd");
            fs::write(&path, bytes).unwrap();
            for (_, format) in Format::NAMES {
                read(&path, Some(format));
                let wish = Bring { from: &path, format: Some(format), into: &into, source: Some("A"), replace: true, dry_run: true };
                bring(&wish, &mut |_, _| ()).unwrap();
            }
        }
    }
}
