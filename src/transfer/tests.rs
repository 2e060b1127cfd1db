//! Text in, entries and words out; and what is taken comes back the same.

mod again;
mod any;

use super::*;
use crate::faq::{Collection, Problem, SourceRef, load};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const TOP: &str = "title = \"Colds\"\nreminder = \"General information only.\"\nask = \"your doctor\"\n";

/// A folder for a test, with the collection `colds` in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.colds()).unwrap();
        desk.put("colds/collection.toml", TOP)
    }

    fn colds(&self) -> PathBuf {
        self.0.path().join("colds")
    }

    fn put(self, name: &str, text: &str) -> Self {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn bring_from(&self, name: &str, also: impl FnOnce(&mut Bring)) -> Brought {
        let (from, into) = (self.0.path().join(name), self.colds());
        let mut wish =
            Bring { from: &from, format: None, into: &into, source: Some("A leaflet"), replace: false, dry_run: false };
        also(&mut wish);
        bring(&wish, &mut |_, _| ()).unwrap()
    }

    fn load(&self) -> Collection {
        let loaded = load(&self.colds());
        assert!(!loaded.problems.iter().any(Problem::is_error), "{:?}", loaded.problems);
        loaded.collection.unwrap()
    }

    fn lines(&self, brought: &Brought) -> Vec<String> {
        let line = |problem: &Problem| {
            let file = problem.place.file.strip_prefix(self.0.path()).unwrap().display();
            assert!(!problem.mend.is_empty(), "{problem:?} says what to do");
            format!(
                "{} {file}:{} {}",
                if problem.is_error() { "error" } else { "warning" },
                problem.place.line,
                problem.what
            )
        };
        brought.problems.iter().map(line).collect()
    }
}

/// The questions and answers that this text of a file is read as.
#[track_caller]
fn check_read(name: &str, text: &str, expected: &[(&str, &str)]) {
    let desk = Desk::new().put(name, text);
    let brought = desk.bring_from(name, |_| ());
    assert_eq!(desk.lines(&brought), [""; 0]);
    let collection = desk.load();
    let mut found: Vec<_> =
        collection.entries.iter().map(|entry| (entry.question.as_str(), entry.passage.as_str())).collect();
    found.sort_unstable();
    assert_eq!(found, expected, "{:?}", brought.guesses);
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let both = &[("Is honey good?", "It is sweet."), ("Is tea good?", "It is warm, \"very\".")];
    check_read(
        "a.csv",
        "question,answer\nIs tea good?,\"It is warm, \"\"very\"\".\"\nIs honey good?,It is sweet.\n",
        both,
    );
    check_read(
        "a.csv",
        "\u{feff}Frage;Antwort\r\nIs tea good?;\"It is warm, \"\"very\"\".\"\r\n\r\nIs honey good?;It is sweet.\r\n",
        both,
    );
    check_read("a.csv", "sep=|\nIs tea good?|\"It is warm, \"\"very\"\".\"\nIs honey good?|It is sweet.", both);
    check_read(
        "a.tsv",
        "Title\tVotes\tText\nIs tea good?\t3\t\"It is warm, \"\"very\"\".\"\nIs honey good?\t\tIt is sweet.\n",
        both,
    );
    check_read("a.csv", "question,answer\nA pipe?,It has 6\" across\n", &[("A pipe?", "It has 6\" across")]);
    check_read("a.csv", "Is tea good?,\"Two\nlines.\"\n", &[("Is tea good?", "Two\nlines.")]);
}

#[test]
fn json_lines_are_read_by_the_same_names() {
    check_read(
        "a.jsonl",
        "{\"title\": \"Is tea good?\", \"content\": \"Yes.\", \"aliases\": [\"tea; warm\", \"tea?\"]}\n\n{\"q\": \"And honey?\", \"a\": \"No.\"}",
        &[("And honey?", "No."), ("Is tea good?", "Yes.")],
    );
}

#[test]
fn markdown_is_read_as_bots_keep_their_tags() {
    let desk = Desk::new()
        .put(
            "tags/tea-time.md",
            "---\naliases: [\"tea\", 'hot tea']\nembed:\n    title: \"Is tea: good?\"\n---\n**Yes.**\n",
        )
        .put("tags/Honey Pot.md", "Sweet.\n")
        .put("tags/rest.md", "# Does rest help?\n\nIt does.\n")
        .put("tags/README.md", "What these are.\n");
    let brought = desk.bring_from("tags", |_| ());
    assert_eq!(desk.lines(&brought), [""; 0]);
    let collection = desk.load();
    let found: Vec<_> =
        collection.entries.iter().map(|entry| (&*entry.id, &*entry.question, &*entry.passage)).collect();
    assert_eq!(
        found,
        [
            ("honey-pot", "Honey Pot", "Sweet."),
            ("rest", "Does rest help?", "It does."),
            ("tea-time", "Is tea: good?", "**Yes.**")
        ]
    );
    assert_eq!(collection.entry("tea-time").unwrap().also, ["tea", "hot tea"]);
}

/// A table with every kind of fault, and what is told of it.
#[test]
fn each_row_that_does_not_come_in_is_told_with_its_line() {
    let long = "x".repeat(1_001);
    let table = format!(
        "id,question,answer,also,related,reviewed_on\n\
         tea,Is tea good?,Yes.,tea?|TEA!|honey for me|🤔,honey|milk,\n\
         honey,Is honey good?,Yes.,honey for me|x|y,,\n\
         ,,An answer,,,\n\
         ,A question,,,,\n\
         a,Too long?,{long},,,\n\
         b,Hidden\u{202e}?,Yes.,,,\n\
         c,Is TEA good,No.,,,\n\
         tea,Another?,Yes.,,,\n\
         d,Which day?,Yes.,,,soon\n\
         e,Too,many,cells,,,in,here\n\
         f,Short\n\
         g,See also a?,Yes.,,a,\n\
         h,Open?,\"never closed,,,\ni,Swallowed?,Yes.,,,\n"
    );
    let desk = Desk::new().put("a.csv", &table);
    let brought = desk.bring_from("a.csv", |_| ());
    assert_eq!(
        desk.lines(&brought),
        [
            "warning a.csv:2 the phrasing `TEA!` is left out: it stands there twice, but for case and punctuation",
            "warning a.csv:2 the phrasing `🤔` is left out: it has no word",
            "warning a.csv:2 `milk` is left out of `related`",
            "warning a.csv:3 the phrasing `honey for me` is left out: it leads to the entry `tea` already",
            "error a.csv:4 there is no question here",
            "error a.csv:5 there is no answer here",
            "error a.csv:6 the passage is too long: 1001 characters",
            "error a.csv:7 `question` holds a character that turns the direction of writing (U+202E)",
            "error a.csv:8 the question leads to the entry `tea` already",
            "error a.csv:9 the entry `tea` comes twice, with another text in line 2",
            "error a.csv:10 `reviewed_on` is not a day: `soon`",
            "error a.csv:11 this row has 2 cells more than the first",
            "error a.csv:12 this row ends before the answer",
            "warning a.csv:13 `a` is left out of `related`",
            "error a.csv:14 a quote in this row is never closed, so all that follows stands in one cell",
        ]
    );
    assert_eq!((brought.new, brought.same, brought.warned), (3, 0, 3));
    let ids: Vec<String> = desk.load().entries.into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids, ["g", "honey", "tea"]);
}

#[test]
fn a_source_is_needed_from_somewhere() {
    let desk =
        Desk::new().put("a.csv", "question,answer,source\nTea?,Yes.,\nHoney?,No.,Vol. 1; page 2|https://example.org\n");
    let brought = desk.bring_from("a.csv", |wish| wish.source = None);
    assert_eq!(desk.lines(&brought), ["error a.csv:2 there is no source here"]);
    let named = |name: &str| SourceRef::Named(name.to_owned());
    assert_eq!(desk.load().entries[0].source, [named("Vol. 1; page 2"), named("https://example.org")]);
}

#[test]
fn what_is_there_is_changed_only_if_asked() {
    let desk = Desk::new().put("a.csv", "Is tea good?,Yes.\nIs honey good?,No.\n");
    assert_eq!(desk.bring_from("a.csv", |_| ()).new, 2);
    let again = desk.bring_from("a.csv", |_| ());
    assert_eq!((again.new, again.same, again.problems.len()), (0, 2, 0));

    let desk = desk.put("a.csv", "Is tea good?,Sometimes.\nis honey GOOD,No.\n");
    let other = desk.bring_from("a.csv", |_| ());
    assert_eq!(
        desk.lines(&other),
        [
            "warning a.csv:1 the entry `is-tea-good` is there with another text, which stays",
            "warning a.csv:2 the entry `is-honey-good` is there with another text, which stays"
        ]
    );
    let dry = desk.bring_from("a.csv", |wish| (wish.replace, wish.dry_run) = (true, true));
    assert_eq!((dry.replaced, desk.load().entry("is-tea-good").unwrap().passage.as_str()), (2, "Yes."));
    assert_eq!(desk.bring_from("a.csv", |wish| wish.replace = true).replaced, 2);
    assert_eq!(desk.load().entry("is-tea-good").unwrap().passage, "Sometimes.");

    // A replacement that the loader refuses leaves what is there.
    let desk = desk.put("a.csv", "Is tea good?,@everyone\n");
    assert_eq!(desk.bring_from("a.csv", |wish| wish.replace = true).problems.len(), 1);
    assert_eq!(desk.load().entry("is-tea-good").unwrap().passage, "Sometimes.");
}

#[test]
fn a_file_with_a_problem_is_never_overwritten() {
    let desk =
        Desk::new().put("colds/tea.md", "half an entry").put("a.csv", "id,question,answer\ntea,Tea?,Yes.\n,Tea,No.\n");
    let brought = desk.bring_from("a.csv", |_| ());
    assert_eq!(brought.new, 0, "{:?}", desk.lines(&brought));
    assert_eq!(fs::read_to_string(desk.colds().join("tea.md")).unwrap(), "half an entry");
}

#[test]
fn a_collection_is_begun_where_there_is_none() {
    let desk = Desk::new().put("a.csv", "Tea?,Yes.\n");
    let (from, into) = (desk.0.path().join("a.csv"), desk.0.path().join("hot-drinks"));
    let wish = Bring { from: &from, format: None, into: &into, source: None, replace: false, dry_run: false };
    assert!(!bring(&wish, &mut |_, _| ()).unwrap().begun, "nothing came in");
    assert!(!into.exists());
    assert!(bring(&Bring { source: Some("A leaflet"), ..wish }, &mut |_, _| ()).unwrap().begun);
    let begun = load(&into).collection.unwrap();
    assert_eq!((begun.title.as_str(), begun.entries.len()), ("Hot drinks", 1));

    for (into, told) in [("Hot Drinks", "can't be a collection's name"), ("a.csv", "can't be"), ("tags", "already")] {
        fs::create_dir_all(desk.0.path().join("tags")).unwrap();
        let refused = bring(&Bring { into: &desk.0.path().join(into), ..wish }, &mut |_, _| ()).unwrap_err();
        assert!(refused.to_string().contains(told), "{refused}");
    }
    let left: Vec<_> = fs::read_dir(desk.0.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn a_new_collection_has_no_problem() {
    let folder = tempfile::tempdir().unwrap();
    let faq = folder.path().join("faq");
    let new = begin(&faq, "lupus-nephritis").unwrap();
    let loaded = load(&new);
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.collection.unwrap().title, "Lupus nephritis");
    assert!(begin(&faq, "lupus-nephritis").unwrap_err().to_string().contains("already"));
    for name in ["", "../lupus", "Lupus", "a/b"] {
        assert!(matches!(begin(&faq, name), Err(Refused::Name(_))), "{name}");
    }
}

#[test]
fn a_folder_is_renewed_and_what_others_put_there_stays() {
    let desk = tempfile::tempdir().unwrap();
    let to = desk.path().join("public");
    let folder =
        |paths: &[&str]| Taken::Folder(paths.iter().map(|path| ((*path).to_owned(), b"page".to_vec())).collect());
    put(&folder(&["index.html", "entry/tea.html"]), &to, false).unwrap();
    fs::write(to.join("CNAME"), "mine").unwrap();
    assert!(matches!(put(&folder(&["index.html"]), &to, false), Err(NotPut::There(_))));
    put(&folder(&["index.html", "entry/honey.html"]), &to, true).unwrap();
    let there = ["index.html", "entry/honey.html", "CNAME", "entry/tea.html"].map(|path| to.join(path).exists());
    assert_eq!(there, [true, true, true, false]);

    fs::write(to.join(".pamphlet-export"), "../mine.csv\n/etc/hostname\n").unwrap();
    fs::write(desk.path().join("mine.csv"), "mine").unwrap();
    put(&folder(&["index.html"]), &to, true).unwrap();
    assert!(desk.path().join("mine.csv").exists(), "nothing outside is taken away");
    fs::remove_file(to.join(".pamphlet-export")).unwrap();
    assert!(matches!(put(&folder(&["index.html"]), &to, true), Err(NotPut::Foreign(_))));
}
