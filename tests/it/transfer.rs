//! `pamphlet new`, `import` and `export`, run as a moderator runs them.

use crate::shipped::{self, root};
use crate::stage::pamphlet;
use pamphlet::faq::{self, Collection};
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A working folder with these files.
fn desk(files: &[(&str, &str)]) -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    fs::create_dir(desk.path().join("faq")).unwrap();
    for (name, text) in files {
        fs::write(desk.path().join(name), text).unwrap();
    }
    desk
}

fn run(desk: &TempDir, arguments: &[&str]) -> Output {
    pamphlet().current_dir(desk.path()).args(arguments).output().unwrap()
}

/// Runs a command that ends with this code, and gives what it said on stdout and stderr.
#[track_caller]
fn check(desk: &TempDir, arguments: &[&str], code: i32) -> (String, String) {
    let done = run(desk, arguments);
    let (stdout, stderr) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert_eq!(done.status.code(), Some(code), "{stdout}{stderr}");
    (stdout, stderr)
}

fn load(folder: &Path) -> Collection {
    let loaded = faq::load(folder);
    assert_eq!(
        loaded.problems.iter().filter(|problem| problem.is_error()).collect::<Vec<_>>(),
        [] as [&faq::Problem; 0]
    );
    loaded.collection.unwrap()
}

#[test]
fn a_new_collection_is_checked_and_asked_at_once() {
    let desk = desk(&[]);
    let (told, _) = check(&desk, &["new", "lupus-nephritis"], 0);
    assert!(told.starts_with("faq/lupus-nephritis is there."), "{told}");
    let (told, _) = check(&desk, &["check"], 0);
    assert!(told.starts_with("no errors, no warnings\n"), "{told}");
    let (told, _) = check(&desk, &["ask", "who writes these answers"], 0);
    assert!(told.contains("kept by the moderators"), "{told}");

    for (name, why) in
        [("lupus-nephritis", "already"), ("Lupus", "small letters"), ("../x", "small letters"), ("", "small letters")]
    {
        let (_, told) = check(&desk, &["new", name], 2);
        assert!(told.contains(why) && told.contains("hint: "), "{told}");
    }
}

const TABLE: &str = "Frage;Antwort;Aliases;Votes\n\
    Is tea good?;\"Yes; when it is \"\"warm\"\".\";tea? | hot tea | tea for me;3\n\
    ;An answer without a question;;\n\
    Is honey good?;@everyone says so;;\n\
    Is rest good?;It is.;hot tea;\n";

#[test]
fn a_table_with_faults_comes_in_as_far_as_it_is_sound() {
    let desk = desk(&[("answers.csv", TABLE)]);
    let import = ["import", "answers.csv", "--into", "faq/colds", "--source", "A leaflet"];
    let (told, problems) = check(&desk, &[&import[..], &["--dry-run"]].concat(), 1);
    assert!(told.contains("faq/colds: would be begun\nfaq/colds: 2 would be new"), "{told}");
    assert!(!desk.path().join("faq/colds").exists());

    let (again, told_again) = check(&desk, &import, 1);
    assert_eq!(problems, told_again);
    assert_eq!(told.replace("would be ", ""), again);
    insta::assert_snapshot!(told_again + &again, @r#"
    error: there is no question here
     --> answers.csv:3:1
      |
    3 | ;An answer without a question;;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: an entry has a question and an answer, each under a name such as `question` and `answer`
      = help: fill it in, or take the row out

    error: the passage holds `@everyone`, which Discord reads as a mention
     --> answers.csv:4:1
      |
    4 | Is honey good?;@everyone says so;;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: plain text and Markdown
      = help: write the name of a role or of people without it

    warning: the phrasing `hot tea` is left out: it leads to the entry `is-tea-good` already
     --> answers.csv:5:1
      |
    5 | Is rest good?;It is.;hot tea;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: a phrasing leads to one entry
      = help: leave it so, or ask it in another way

    2 errors, 1 warning
    guessed: the cells are parted by semicolons
    guessed: column `Frage` is read as `question`
    guessed: column `Antwort` is read as `passage`
    guessed: column `Aliases` is read as `also`
    guessed: column `Votes` is not read
    guessed: 4 rows without a topic, listed under “Other”
    guessed: 3 ids made from questions
    faq/colds: begun
    faq/colds: 2 new, 0 replaced, 0 there already
    1 of them with warnings, which `pamphlet check faq/colds` names; most have few phrasings
    "#);

    let colds = load(&desk.path().join("faq/colds"));
    let found: Vec<_> = colds.entries.iter().map(|entry| (&*entry.id, &*entry.passage, entry.also.len())).collect();
    assert_eq!(found, [("is-rest-good", "It is.", 0), ("is-tea-good", "Yes; when it is \"warm\".", 3)]);
    let (told, _) = check(&desk, &["check", "faq/colds"], 0);
    assert!(told.contains("colds: 2 entries"), "{told}");
    assert_eq!(fs::read_dir(desk.path().join("faq")).unwrap().count(), 1, "nothing is left aside");
}

#[test]
fn the_shipped_collection_goes_out_and_comes_back() {
    let desk = desk(&[]);
    let shipped = shipped::folder();
    let own = shipped.to_str().unwrap();
    for out in ["out.csv", "out.tsv", "out.jsonl", "out"] {
        let format = if out == "out" { &["--format", "markdown"][..] } else { &[] };
        check(&desk, &[&["export", own, "--to", out], format].concat(), 0);
        let back = format!("faq/{}", out.replace('.', "-"));
        fs::create_dir(desk.path().join(&back)).unwrap();
        for name in ["collection.toml", "source.toml"] {
            fs::copy(shipped.join(name), desk.path().join(&back).join(name)).unwrap();
        }
        let (told, problems) = check(&desk, &["import", out, "--into", &back], 0);
        assert_eq!(problems, "", "{told}");
        assert_eq!(load(&desk.path().join(&back)).entries, shipped::collection().entries, "{out}");
    }

    check(&desk, &["export", own, "--to", "all.zip"], 0);
    let archive = fs::File::open(desk.path().join("all.zip")).unwrap();
    zip::ZipArchive::new(archive).unwrap().extract(desk.path().join("unzipped")).unwrap();
    assert_eq!(load(&desk.path().join("unzipped/dermatomyositis")).hash, shipped::collection().hash);
}

#[test]
fn an_export_takes_the_place_of_an_export_alone_and_only_if_asked() {
    let desk = desk(&[("mine.csv", "my own")]);
    let own = root().join("faq/dermatomyositis");
    let export = |to: &[&str]| run(&desk, &[&["export", own.to_str().unwrap(), "--to"], to].concat());
    let told = |done: &Output| String::from_utf8_lossy(&done.stderr).into_owned();

    let refused = export(&["mine.csv"]);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("--force"), "{}", told(&refused));
    assert_eq!(fs::read_to_string(desk.path().join("mine.csv")).unwrap(), "my own");
    assert!(export(&["mine.csv", "--force"]).status.success());

    assert!(export(&["public", "--format", "site"]).status.success());
    assert_eq!(export(&["public", "--format", "site"]).status.code(), Some(2));
    assert!(export(&["public", "--format", "site", "--force"]).status.success());

    let refused = export(&["faq", "--format", "site", "--force"]);
    assert!(told(&refused).contains("--force doesn't write over it"), "{}", told(&refused));
    assert!(desk.path().join("faq").exists());
    assert_eq!(export(&["nothing"]).status.code(), Some(2), "the name tells no form");
}
