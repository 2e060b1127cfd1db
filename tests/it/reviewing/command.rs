//! `pamphlet review` at work: what it writes, what it says, and what it refuses.

use super::{APPROVED, PASSAGE, entry, folder, wording};
use jiff::{ToSpan, Zoned};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A desk with one collection of an entry `tea`, never signed.
fn desk(rules: &str) -> TempDir {
    let desk = folder(rules, &[("tea.md", &entry("# by Sam\n", PASSAGE))]);
    fs::write(desk.path().join("config.toml"), "faq = \"faq\"\nindex = \"index\"\n").unwrap();
    desk
}

fn pamphlet(desk: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
    command.current_dir(desk.path()).env_remove("RUST_LOG").args(arguments).output().unwrap()
}

#[track_caller]
fn says(desk: &TempDir, arguments: &[&str]) -> String {
    let done = pamphlet(desk, arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The entry `tea` with this passage, as a pack names it.
fn read(passage: &str) -> String {
    format!("tea@{}", &wording(passage).hash()[..12])
}

fn tea(desk: &TempDir) -> PathBuf {
    desk.path().join("faq/colds/tea.md")
}

#[test]
fn signed_then_edited_then_signed_again() {
    let desk = desk(APPROVED);
    let today = Zoned::now().date();
    assert!(!says(&desk, &["ask", "is tea good"]).contains(PASSAGE), "nobody signed it");
    assert!(says(&desk, &["check"]).contains("withheld: nobody signed this text"));

    let told = says(&desk, &["review", "sign", &read(PASSAGE), "--as", "specialist nurse"]);
    assert!(
        told.contains(&format!("1 entry is recorded as reviewed on {today} by the role “specialist nurse”")),
        "{told}"
    );
    assert!(told.ends_with("pamphlet reviews nothing by itself.\n"), "{told}");
    let file = fs::read_to_string(tea(&desk)).unwrap();
    let lines = format!(
        "# by Sam\nreviewed_by = \"specialist nurse\"\nreviewed_on = {today}\nreview_by = {}\napproved = \"{}\"\n",
        today.saturating_add(1.year()),
        wording(PASSAGE).hash()
    );
    let mut typed: Vec<String> = entry(&lines, PASSAGE).lines().map(str::to_owned).collect();
    let mut now: Vec<String> = file.lines().map(str::to_owned).collect();
    assert_eq!(now.last().map(String::as_str), Some(PASSAGE));
    typed.sort_unstable();
    now.sort_unstable();
    assert_eq!(now, typed, "a signature adds its lines and changes no other");
    assert!(says(&desk, &["check"]).contains("no errors, no warnings"));
    let card = says(&desk, &["ask", "is tea good"]);
    assert!(card.contains(&format!("Reviewed on {today} (specialist nurse).")), "{card}");

    fs::write(tea(&desk), file.replace("no harm", "much harm")).unwrap();
    let card = says(&desk, &["ask", "is tea good"]);
    assert!(card.contains(PASSAGE), "the signed text is served on: {card}");
    assert!(says(&desk, &["review", "list"]).contains("tea    changed since; the signed text is served"));

    let edited = PASSAGE.replace("no harm", "much harm");
    says(&desk, &["review", "sign", &read(&edited), "--as", "GP"]);
    let card = says(&desk, &["ask", "is tea good"]);
    assert!(card.contains("It does much harm.") && card.contains("(GP)"), "{card}");
    let mut left: Vec<_> =
        fs::read_dir(desk.path().join("faq/colds")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort_unstable();
    assert_eq!(left, ["approved", "collection.toml", "tea.md"]);
}

#[test]
fn an_edit_of_the_newest_text_is_told_on_the_card() {
    let desk = desk("");
    says(&desk, &["review", "sign", &read(PASSAGE), "--as", "GP"]);
    let file = fs::read_to_string(tea(&desk)).unwrap();
    fs::write(tea(&desk), file.replace("no harm", "much harm")).unwrap();
    let card = says(&desk, &["ask", "is tea good"]);
    assert!(card.contains("It does much harm.") && card.contains("Changed since its last review on"), "{card}");
    assert!(!card.contains("GP"), "{card}");
}

#[test]
fn all_problems_are_told_and_nothing_is_signed() {
    let desk = desk("");
    let before = fs::read(tea(&desk)).unwrap();
    let arguments = ["review", "sign", "tea", "tee", "tea@00000000", "tea@0", "--as", "@here", "--on", "9999-01-01"];
    let done = pamphlet(&desk, &arguments);
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{told}");
    for part in [
        "nothing was signed:",
        "the role holds `@here`",
        "a review on 9999-01-01 lies ahead",
        "there is no entry `tee` in colds\nhint: did you mean tea?",
        "the text of `tea` is not the one that was read",
        "`tea@0` names too little of the hash",
        "`tea` doesn't say which text was read\nhint: `pamphlet review pack` prints ENTRY@HASH",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(fs::read(tea(&desk)).unwrap(), before);
    assert!(!desk.path().join("faq/colds/approved").exists());
}

#[test]
fn a_text_that_was_read_is_signed_by_its_hash() {
    let desk = desk("");
    let told = says(&desk, &["review", "pack", "--to", "pack.html"]);
    assert_eq!(told, "pack.html: 1 of 1 entries are in the pack\n");
    let page = fs::read_to_string(desk.path().join("pack.html")).unwrap();
    assert!(page.contains(&format!("pamphlet review sign {} --as ROLE", read(PASSAGE))), "{page}");
    let (read, shorter) = (read(PASSAGE), &read(PASSAGE)[..14]);
    let told = says(&desk, &["review", "sign", &read, shorter, "--as", "GP", "--until", "9000-01-01"]);
    assert!(told.starts_with("1 entry is recorded"), "named twice, it is one: {told}");
    let told = says(&desk, &["review", "pack", "colds", "--since", "2020-01-01", "--to", "pack.html"]);
    assert_eq!(told, "pack.html: 0 of 1 entries are in the pack\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_not_be_written_is_told() {
    let desk = desk("");
    fs::write(desk.path().join("faq/colds/approved"), "in the way").unwrap();
    let done = pamphlet(&desk, &["review", "sign", &read(PASSAGE), "--as", "GP"]);
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(10), "{told}");
    assert!(told.contains("nothing was signed: "), "{told}");
    assert!(!fs::read_to_string(tea(&desk)).unwrap().contains("reviewed_by"));
    let done = pamphlet(&desk, &["review", "pack", "--to", "nowhere/pack.html"]);
    assert_eq!(done.status.code(), Some(10));
}
