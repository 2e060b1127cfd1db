//! One folder with all faults: each is told with its place, in one run.

use super::{ENTRY, OTHER, TOP, entry_with, folder_of, ids, lines, load_in, write};

const SOURCE: &str = "title = \"On colds\"\n[[passage]]\nid = \"S1\"\nsection = \"Drinks\"\n";

const WORDS: &str = "\
[[group]]
name = \"tea\"
kind = \"term\"
words = [\"cuppa\"]
[[group]]
name = \"drinks\"
kind = \"term\"
words = [\"Cuppa\"]
";

/// The entry with words of its own, so that it shares no phrasing.
fn about(drink: &str) -> String {
    ENTRY.replace("tea", drink).replace("\"A book on colds\"", "\"S1\"")
}

#[test]
fn all_faults_are_told_in_one_run() {
    let folder = folder_of(&[
        ("collection.toml", TOP),
        ("source.toml", SOURCE),
        ("words.toml", WORDS),
        ("good.md", &about("tea")),
        ("key.md", &entry_with("topc = \"x\"").replace("tea", "ale").replace("\"A book on colds\"", "\"S1\"")),
        ("no-question.md", &about("gin").replace("question = \"Does gin help?\"", "")),
        ("long-question.md", &about("rum").replace("Does rum help?", &"rum ".repeat(21))),
        ("no-passage.md", &about("mead").replace("Tea is warm. It does no harm.\n", "")),
        ("source.md", &about("port").replace("S1", "S2")),
        ("Case.md", &about("wine")),
        ("case.md", &about("beer")),
        ("shared.md", &OTHER.replace("\"A book on colds\"", "\"S1\"").replace("is honey good", "Is tea good")),
        ("long-passage.md", &about("milk").replace("Tea is warm.", &"Milk. ".repeat(200))),
        ("large.md", &"x".repeat((1 << 20) + 1)),
        ("mark.md", &format!("\u{feff}{}", about("juice"))),
        ("windows.md", &about("water").replace('\n', "\r\n")),
    ]);
    write(folder.path(), "bytes.md", b"+++\nquestion = \"\xff\"\n+++\n");
    let mut expected = vec![
        "error Case.md duplicate id: case apart it is that of `case.md`",
        "error Case.md this file's name can't be an entry's id",
        "error bytes.md:2:13 the byte FF is not UTF-8",
        "error key.md:6:1 unknown key `topc`",
        "error large.md this file is over 1048576 bytes, so it was not read",
        "error long-passage.md:9:1001 the passage is too long: 1217 characters",
        "error long-question.md:2:12 `question` is too long: 83 characters",
        "warning mark.md:1:1 a byte-order mark opens this file",
        "error no-passage.md:7:1 the passage is empty",
        "error no-question.md:1:1 missing `question`",
        "error shared.md:3:9 duplicate phrasing `Is tea good`: it is also in `good.md`, line 3",
        "error source.md:5:10 unknown passage id `S2`",
        "warning windows.md:1:4 Windows line ends",
        "error words.toml:8:10 `Cuppa` is in two groups: `tea` (line 2) and `drinks`",
    ];
    if cfg!(unix) {
        add_links(&folder);
        expected.extend([
            "error leaves.md this link leaves the collection's folder",
            "error loops.md this link leads in a circle",
        ]);
        expected.sort_unstable_by_key(|line| line.split([' ', ':']).nth(1).map(str::to_owned));
    }
    let loaded = load_in(&folder);
    let mut told = lines(&folder, &loaded.problems);
    told.sort_by_key(|line| line.split([' ', ':']).nth(1).map(str::to_owned));
    assert_eq!(told, expected);
    assert_eq!(ids(&loaded.collection.unwrap()), ["case", "good", "mark", "shared", "windows"]);
}

#[cfg(unix)]
fn add_links(folder: &tempfile::TempDir) {
    let inner = folder.path().join("faq");
    write(folder.path(), "../outside.md", OTHER.as_bytes());
    std::os::unix::fs::symlink("../outside.md", inner.join("leaves.md")).unwrap();
    std::os::unix::fs::symlink("loops.md", inner.join("loops.md")).unwrap();
}

#[cfg(not(unix))]
fn add_links(_folder: &tempfile::TempDir) {}
