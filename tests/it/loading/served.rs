//! What is served of a folder, and checks that look at several parts together.

use super::{ENTRY, OTHER, TOP, check, entry_with, folder_of, ids, load_in, write};
use pamphlet::faq::{Counts, HelpKind, SourceRef, WordKind, is_collection, load_all};

const SOURCE: &str = "\
title = \"On colds\"
[[passage]]
id = \"S1\"
section = \"Drinks\"
facts = [\"Tea is warm.\"]
[[passage]]
id = \"S2\"
section = \"Food\"
";

fn sourced(text: &str, source: &str) -> String {
    text.replace("\"A book on colds\"", source)
}

#[test]
fn everything_is_read() {
    let top = TOP.to_owned()
        + "language = \"en-GB\"\n[[help]]\nregion = \"GB\"\nkind = \"crisis\"\nname = \"Samaritans\"\nnumber = \"116 123\"\n\
           source = \"https://example.org/\"\nchecked_on = 2026-11-23\n";
    let entry = entry_with("related = [\"other\"]\nask = \"a nurse\"\nreview_by = 2026-01-02");
    let collection = check(
        &[
            ("collection.toml", &top),
            ("source.toml", SOURCE),
            ("words.toml", "[[group]]\nname = \"tea\"\nkind = \"term\"\nwords = [\"cuppa\"]\nmisspelt = [\"tee\"]\n"),
            ("gaps.toml", "[[gap]]\ntopic = \"Coffee\"\nwords = [\"espresso\"]\n"),
            ("urgent.toml", "[[phrase]]\nkind = \"medical\"\nphrase = \"blue lips\"\n"),
            ("tea.md", &sourced(&entry, "[\"S1\", \"S2\"]")),
            ("other.md", &sourced(OTHER, "\"S1\"")),
            (".hidden.md", ""),
            ("notes.txt", ""),
        ],
        &[],
    )
    .unwrap();
    assert_eq!((collection.id.as_str(), collection.language.as_str()), ("faq", "en-GB"));
    assert_eq!(collection.help_lines.first().unwrap().kind, HelpKind::Crisis);
    assert_eq!(collection.words.first().unwrap().kind, WordKind::Term);
    assert_eq!(collection.gaps.first().unwrap().topic, "Coffee");
    assert_eq!(collection.urgent.first().unwrap().phrase, "blue lips");
    assert_eq!(ids(&collection), ["other", "tea"]);
    let tea = collection.entry("tea").unwrap();
    assert_eq!(tea.also, ["is tea good", "tea for a cold", "should one drink tea"]);
    assert_eq!(tea.source, [SourceRef::Passage("S1".into()), SourceRef::Passage("S2".into())]);
    assert_eq!((tea.related.as_slice(), tea.ask.as_deref()), (&["other".to_owned()][..], Some("a nurse")));
    assert_eq!(tea.review.review_by.unwrap().to_string(), "2026-01-02");
    assert_eq!(tea.passage, "Tea is warm. It does no harm.");
    assert_eq!(collection.counts(), Counts { entries: 2, phrasings: 6, passages: 2, uncovered: vec![] });
}

#[test]
fn the_hash_is_of_the_content() {
    let hash = |files: &[(&str, &str)]| load_in(&folder_of(files)).collection.unwrap().hash;
    let plain = hash(&[("a.md", ENTRY), ("b.md", OTHER)]);
    assert_eq!(plain.len(), 64);
    assert_eq!(plain, hash(&[("b.md", OTHER), ("a.md", &("\u{feff}".to_owned() + &ENTRY.replace('\n', "\r\n")))]));
    assert_eq!(plain, hash(&[("a.md", &entry_with("# a remark")), ("b.md", OTHER)]));
    assert_ne!(plain, hash(&[("a.md", &ENTRY.replace("warm", "hot")), ("b.md", OTHER)]));
    assert_ne!(plain, hash(&[("a.md", ENTRY), ("c.md", OTHER)]));
}

#[test]
fn a_shared_phrasing_serves_neither_entry() {
    let third = OTHER.replace("Does honey help?", "IS TEA GOOD").replace("[\"is honey good\", ", "[\"x\", ");
    let collection = check(
        &[
            ("a.md", ENTRY),
            ("b.md", &OTHER.replace("is honey good", "Tea, for a  cold!")),
            ("c.md", &third.replace("honey", "ham")),
        ],
        &[
            "error b.md:3:9 duplicate phrasing `Tea, for a  cold!`: it is also in `a.md`, line 3",
            "error c.md:2:12 duplicate phrasing `IS TEA GOOD`: it is also in `a.md`, line 3",
        ],
    )
    .unwrap();
    assert_eq!(ids(&collection), ["a", "b", "c"]);
    assert_eq!(collection.entry("a").unwrap().also, ["should one drink tea"]);
    assert_eq!(collection.entry("b").unwrap().also, ["honey for a cold", "honey?"]);
    assert_eq!(collection.entry("c").unwrap().question, "IS TEA GOOD");
}

#[test]
fn a_question_belongs_to_one_entry() {
    let twin = OTHER.replace("Does honey help?", "does tea help");
    let expected = "error b.md:2:12 duplicate question `does tea help`: it is also in `a.md`, line 2";
    assert_eq!(ids(&check(&[("a.md", ENTRY), ("b.md", &twin)], &[expected]).unwrap()), ["a", "b"]);
}

#[test]
fn related_entries_exist() {
    let entry = entry_with("related = [\"hony\", \"tea\", \"broken\", \"honey\", \"honey\"]");
    let broken = OTHER.replace("honey", "milk").replace("topic", "topc");
    let collection = check(
        &[("tea.md", &entry), ("honey.md", OTHER), ("broken.md", &broken)],
        &[
            "warning broken.md:1:1 missing `topic`",
            "error broken.md:4:1 unknown key `topc`",
            "error tea.md:6:12 unknown entry `hony` in `related`",
            "error tea.md:6:20 `related` names the entry itself, `tea`",
        ],
    )
    .unwrap();
    assert_eq!(collection.entry("tea").unwrap().related, ["honey"]);
}

#[test]
fn sources_are_passages_of_the_document() {
    let collection = check(
        &[
            (
                "source.toml",
                &(SOURCE.to_owned() + "[[passage]]\nid = \"S1\"\nsection = \"Twice\"\n[[passage]]\nid = \"S3\"\n"),
            ),
            ("a.md", &sourced(ENTRY, "[\"S1\", \"S9\"]")),
            ("b.md", &sourced(&OTHER.replace("honey", "ham"), "\"S3\"")),
            ("c.md", &sourced(&OTHER.replace("honey", "jam"), "[\"S1\", \"S2\", \"S1\"]")),
            ("d.md", &sourced(OTHER, "[\"S1\", \"S1\"]")),
        ],
        &[
            "error a.md:5:17 unknown passage id `S9`",
            "error b.md:5:10 the passage `S3` is left out of source.toml",
            "error c.md:5:23 `source` holds 3",
            "warning c.md:5:23 `source` names `S1` twice",
            "warning d.md:5:17 `source` names `S1` twice",
            "warning source.toml:7:6 no entry covers the passage `S2`",
            "error source.toml:10:6 duplicate passage id `S1`: line 3 has it too",
            "error source.toml:12:1 missing `section`",
        ],
    )
    .unwrap();
    assert_eq!(ids(&collection), ["d"]);
    assert_eq!(collection.counts().uncovered, ["S2"]);
}

#[test]
fn without_the_documents_title_nothing_is_served() {
    let files = [("source.toml", &*SOURCE.replace("title", "titel")), ("a.md", &sourced(ENTRY, "\"S1\""))];
    let collection = check(
        &files,
        &[
            "error source.toml missing `title`",
            "error source.toml no entry can name its source, so none is served",
            "error source.toml:1:1 unknown key `titel`",
        ],
    );
    assert_eq!(collection.unwrap().entries, []);
}

#[test]
fn a_word_of_two_groups_serves_neither() {
    let words = "\
[[group]]
name = \"prednisone\"
kind = \"medicine\"
words = [\"pred\", \"Steroid\"]
[[group]]
name = \"steroids\"
kind = \"term\"
words = [\"steroid\", \"roids\"]
misspelt = [\"PRED\"]
[[group]]
name = \"broken\"
kind = \"drug\"
";
    let collection = check(
        &[("words.toml", words)],
        &[
            "error words.toml:8:10 `steroid` is in two groups: `prednisone` (line 2) and `steroids`",
            "error words.toml:9:13 `PRED` is in two groups: `prednisone` (line 2) and `steroids`",
            "error words.toml:12:8 unknown kind `drug`",
        ],
    )
    .unwrap();
    let served: Vec<_> = collection
        .words
        .iter()
        .map(|group| (group.name.as_str(), group.words.join(" "), group.misspelt.len()))
        .collect();
    assert_eq!(served, [("prednisone", String::new(), 0), ("steroids", "roids".to_owned(), 0)]);
}

#[test]
fn a_bad_part_of_a_list_leaves_the_others() {
    let collection = check(
        &[
            ("gaps.toml", "[[gap]]\ntopic = \"A\"\n[[gap]]\ntopic = \"B\"\nwords = [\"b\"]\n[gapp]\n"),
            (
                "urgent.toml",
                "[[phrase]]\nkind = \"medical\"\nphrase = \"a\n[[phrase]]\nkind = \"crisis\"\nphrase = \"b\"\n",
            ),
        ],
        &[
            "error gaps.toml:2:9 this gap can't be found",
            "error gaps.toml:6:2 unknown key `gapp`",
            "error urgent.toml:3:12 this is not TOML: invalid text in quotes, expected `\"`",
        ],
    )
    .unwrap();
    assert_eq!(collection.gaps.iter().map(|gap| gap.topic.as_str()).collect::<Vec<_>>(), ["B"]);
    assert_eq!(collection.urgent.iter().map(|urgent| urgent.phrase.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn a_folder_of_collections() {
    let folder = folder_of(&[("e.md", ENTRY), ("collection.toml", TOP)]);
    write(folder.path(), "../other/collection.toml", TOP.as_bytes());
    write(folder.path(), "../broken/colection.toml", TOP.as_bytes());
    write(folder.path(), "../pictures/a.png", b"");
    assert!(is_collection(&folder.path().join("faq")) && !is_collection(folder.path()));
    let (collections, problems) = load_all(folder.path());
    assert_eq!(collections.iter().map(|collection| collection.id.as_str()).collect::<Vec<_>>(), ["faq", "other"]);
    let told: Vec<_> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(told, ["pamphlet doesn't read a file of this name", "there is no collection.toml"]);
    let (collections, problems) = load_all(&folder.path().join("pictures"));
    assert!(collections.is_empty());
    assert_eq!(problems.first().unwrap().what, "there is no collection in this folder");
}
