//! Several files at once: checked together, saved one by one, and nothing of it leads elsewhere.

use super::{Room, TEA, anna, coffee, now, told};
use crate::workshop::{Bundle, SavedAll, WorkshopError};
use std::fs;

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

/// The file of an entry on another drink that relates to some entry.
fn drink(name: &str, related: &str) -> (String, Vec<u8>) {
    let text = TEA.replace("tea", name).replace("tee", &format!("{name}s"));
    file(&format!("{name}.md"), &text.replace("review_by", &format!("related = [\"{related}\"]\nreview_by")))
}

impl Room {
    fn bundle(&self, files: &[(String, Vec<u8>)]) -> Bundle {
        self.workshop.bundle("colds", files).unwrap()
    }

    fn save_all(&self, bundle: &Bundle) -> SavedAll {
        self.workshop.save_all(bundle, &anna(), now()).unwrap()
    }
}

fn ids(saved: &SavedAll) -> Vec<&str> {
    saved.done.iter().map(|(entry, _)| entry.as_str()).collect()
}

#[test]
fn new_entries_may_be_related_to_each_other() {
    let room = Room::with_tea();
    let alone = room.bundle(&[drink("milk", "soup")]);
    assert_eq!((told(&alone.problems), alone.is_sound()), (vec!["unknown entry `soup` in `related`"], false));
    let refused = room.workshop.save_all(&alone, &anna(), now()).unwrap_err();
    assert!(matches!(refused, WorkshopError::Faulty { .. }), "{refused}");
    assert_eq!(room.text("milk"), None);

    let both = room.bundle(&[drink("milk", "soup"), drink("soup", "milk")]);
    assert_eq!((told(&both.problems), both.new_ones()), (vec![""; 0], 2));
    assert!(both.diff.starts_with("=== milk.md\n@@ line 1 @@\n++++\n"), "{}", both.diff);
    let saved = room.save_all(&both);
    assert_eq!((ids(&saved), &saved.diff), (vec!["milk", "soup"], &both.diff));
    assert_eq!(room.text("soup").unwrap().as_bytes(), drink("soup", "milk").1);
    assert_eq!(room.hidden(), [""; 0]);
}

#[test]
fn what_is_the_same_and_what_is_no_entry_is_left_alone() {
    let room = Room::with(&[("tea.md", TEA), ("words.toml", "")]);
    let top = fs::read_to_string(room.file("collection.toml")).unwrap();
    let others =
        [file("approved/tea.md", "x"), file("collection.toml", &top), file("words.toml", "# x"), file("a.txt", "")];
    let bundle = room.bundle(&[&[file("tea.md", TEA)][..], &others].concat());
    assert_eq!((bundle.same, bundle.leaves.len(), bundle.diff.as_str()), (1, 0, ""));
    assert_eq!(bundle.left_alone, ["approved/tea.md", "words.toml", "a.txt"]);
    let saved = room.save_all(&bundle);
    assert!(saved.done.is_empty() && saved.overtaken.is_empty());
    assert_eq!(fs::read_to_string(room.file("words.toml")).unwrap(), "");
    assert!(!room.file("approved").exists() && !room.file("a.txt").exists());
}

#[test]
fn every_problem_is_told_with_its_file_and_line() {
    let room = Room::with_tea();
    let bundle = room.bundle(&[
        file("My Tea.md", TEA),
        file("bad.md", "no entry"),
        ("odd.md".to_owned(), b"+++\n\xff".to_vec()),
        file("milk.md", &TEA.replace("tea", "milk")),
    ]);
    let told: Vec<String> = bundle
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .map(|problem| {
            format!("{}:{} {}", problem.place.file.file_name().unwrap().display(), problem.place.line, problem.what)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    My Tea.md:0 no entry's file can have this name
    odd.md:2 the byte FF is not UTF-8
    bad.md:1 the front matter doesn't begin here
    tea.md:7 duplicate phrasing `tee for a cold`: it is also in `milk.md`, line 7
    ");
}

#[test]
fn what_somebody_changed_meanwhile_stays() {
    let room = Room::with_tea();
    let bundle =
        room.bundle(&[file("tea.md", &TEA.replace("warm", "hot")), drink("milk", "tea"), drink("soup", "tea")]);
    let theirs = TEA.replace("warm", "theirs");
    fs::write(room.file("tea.md"), &theirs).unwrap();
    fs::write(room.file("soup.md"), drink("soup", "tea").1).unwrap();
    let saved = room.save_all(&bundle);
    assert_eq!((ids(&saved), saved.overtaken.as_slice()), (vec!["milk"], &["tea".to_owned()][..]));
    assert_eq!(room.text("tea").unwrap(), theirs);
    assert!(!saved.diff.contains("tea.md") && saved.diff.contains("milk.md"), "{}", saved.diff);
    // Each has a revision of its own, which an undo takes back.
    room.undo("milk");
    assert_eq!((room.text("milk"), room.history("soup").len()), (None, 0));
}

#[test]
fn what_cant_be_read_is_known_before_anything_is_saved() {
    let room = Room::with_tea();
    let bundle = room.bundle(&[drink("milk", "tea"), drink("soup", "tea")]);
    fs::create_dir(room.file("soup.md")).unwrap();
    let refused = room.workshop.save_all(&bundle, &anna(), now()).unwrap_err();
    assert!(matches!(refused, WorkshopError::Unreadable { .. }), "{refused}");
    assert_eq!(room.text("milk"), None);
}

#[test]
fn a_diff_without_room_is_whole_beside_it() {
    let room = Room::with_tea();
    let many: Vec<_> = (0..40).map(|number| drink(&format!("drink{number}"), "tea")).collect();
    let bundle = room.bundle(&many);
    assert!(bundle.diff.encode_utf16().count() <= crate::workshop::MAX_DIFF && bundle.diff.ends_with(" more lines"));
    let patch = bundle.patch.unwrap();
    assert!(patch.starts_with("--- /dev/null\n+++ b/drink0.md\n@@ -0,0 +1,"), "{patch}");
    assert!(bundle.is_cut && patch.matches("+++ b/").count() == 40, "{patch}");
    let one = room.bundle(&[file("tea.md", &TEA.replace("warm", "hot"))]);
    assert_eq!(one.patch, None);
}

#[test]
fn an_upload_is_changed_again_as_it_was_uploaded() {
    let room = Room::with_tea();
    let uploaded = TEA.replace("tea", "milk").replace("tee", "milch").replace("# from Anna", "# from Ben");
    let draft = room.workshop.upload("colds", "white.md", uploaded.as_bytes()).unwrap();
    let mut fields = draft.fields().unwrap();
    fields.passage = "Milk is cold.".to_owned();
    let again = room.workshop.redraft(&draft, &fields).unwrap();
    assert_eq!(again.text, uploaded.replace("Tea is warm. It does no harm.", "Milk is cold."));
    assert_eq!((again.entry.as_str(), &again.base), ("white", &None));
    // What came of a form is named after its question.
    let mut fields = coffee();
    let draft = room.workshop.draft("colds", &fields, None).unwrap();
    fields.question = "Does cocoa help?".to_owned();
    assert_eq!(room.workshop.redraft(&draft, &fields).unwrap().entry, "does-cocoa-help");
}

#[cfg(unix)]
#[test]
fn no_name_leads_out_of_the_folder() {
    let room = Room::with_tea();
    let outside = room.folder.path().join("secret.txt");
    fs::write(&outside, "secret").unwrap();
    std::os::unix::fs::symlink(&outside, room.file("link.txt")).unwrap();
    let names = ["../../secret.txt", "link.txt", outside.to_str().unwrap(), "a\0b"];
    let bundle = room.bundle(&names.map(|name| file(name, "secret")));
    assert_eq!(bundle.left_alone, names, "whether it is the same isn't told");
    for name in ["../out.md", "/tmp/out.md", "approved/tea.md"] {
        assert_eq!(room.bundle(&[file(name, TEA)]).leaves.len(), 0, "{name}");
    }
}

#[test]
fn many_lines_are_counted_and_never_written_out() {
    let room = Room::with_tea();
    let lines = "\n".repeat(1 << 20);
    let faulty = room.bundle(&[file("tea.md", &lines)]);
    assert_eq!((faulty.is_sound(), faulty.diff.as_str(), faulty.patch), (false, "", None));
}

#[test]
fn a_file_of_the_faq_that_cant_be_read_is_a_problem_of_its_own_alone() {
    let room = Room::with_tea();
    fs::write(room.file("tea.md"), b"+++\n\xff").unwrap();
    let bundle = room.bundle(&[file("tea.md", TEA), drink("milk", "tea")]);
    let told = told(&bundle.problems);
    assert!(told.iter().any(|what| what.starts_with("the FAQ's own file of this name can't be read")), "{told:?}");
    assert_eq!(bundle.leaves.len(), 1);
}

#[test]
fn line_ends_that_a_program_changed_are_no_change() {
    let room = Room::with_tea();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let same = room.bundle(&[file("tea.md", &windows(TEA))]);
    assert_eq!((same.same, same.leaves.len()), (1, 0));
    let changed = TEA.replace("warm", "hot");
    let bundle = room.bundle(&[file("tea.md", &windows(&changed))]);
    assert_eq!(bundle.leaves[0].text, changed);
    let draft = room.workshop.upload("colds", "tea.md", windows(&changed).as_bytes()).unwrap();
    assert_eq!(draft.text, changed);
}
