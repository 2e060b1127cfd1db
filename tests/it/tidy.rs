//! What keeps the house tidy: which way imports run, who may name what, and what no file holds.

use crate::shipped::root;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the house with their floor. A module imports from floors below its own; `cli`, at the top, wires
/// everything.
const FLOORS: &[(&str, u8)] = &[
    ("chart", 0),
    ("lock", 0),
    ("page", 0),
    ("parallel", 0),
    ("text", 0),
    ("words", 0),
    ("faq", 1),
    ("store", 1),
    ("learn", 1),
    ("config", 2),
    ("kinds", 2),
    ("review", 2),
    ("transfer", 2),
    ("search", 3),
    ("safety", 3),
    ("workshop", 3),
    ("answer", 4),
    ("bot", 5),
    ("eval", 5),
    ("live", 5),
    ("site", 5),
    ("discord", 6),
    ("mock", 6),
    ("cli", 7),
];

/// What `mock` may import: it is a Discord of its own and knows nothing of pamphlet.
const MOCK_KNOWS: &[&str] = &["mock"];

/// A file for tests alone that looks sideways: it holds what pamphlet sends against the document that `mock` reads.
const LOOKS_SIDEWAYS: (&str, &str) = ("src/discord/scripted.rs", "mock");

/// A name and the only module that may use it.
const ONLY_IN: &[(&str, &str)] = &[
    ("serenity", "discord"),
    ("twilight_gateway", "discord"),
    ("twilight_http_ratelimiting", "discord"),
    ("tantivy", "search"),
    ("resvg", "chart"),
    ("rayon", "parallel"),
    ("notify", "live"),
    ("rusqlite", "store"),
    ("tokio_postgres", "store"),
    ("tokio_postgres_rustls", "store"),
    ("fluent_bundle", "words"),
    ("println!", "cli"),
    ("eprintln!", "cli"),
    ("print!", "cli"),
    ("eprint!", "cli"),
    ("stdout()", "cli"),
    ("stderr()", "cli"),
];

/// The most lines of a file.
const MAX_LINES: usize = 400;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// The module of the house that the file belongs to: `search` for `src/search/index.rs`.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix(root().join("src")).expect("a file of src");
        let first = below.components().next().expect("a name").as_os_str().to_str().expect("UTF-8");
        first.trim_end_matches(".rs")
    }

    fn complain(&self, what: impl std::fmt::Display) -> String {
        format!("{}: {what}", self.path.strip_prefix(root()).expect("a file of the project").display())
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                sources.push(Source { path, text });
            }
        }
    }
    sources
}

#[track_caller]
fn check(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// The modules that a line imports or names by path. A list of modules (`crate::{a, b}`) would slip through, so there
/// must be none.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).filter_map(|rest| {
        assert!(!rest.starts_with('{'), "one import a line, please: {rest}");
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        rest.get(..end)
    })
}

#[test]
fn imports_point_down() {
    let floor = |module: &str| FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor);
    let mut complaints = Vec::new();
    for source in sources("src") {
        let module = source.module();
        let Some(own) = floor(module) else { continue };
        let sideways = source.path.ends_with(LOOKS_SIDEWAYS.0).then_some(LOOKS_SIDEWAYS.1);
        for named in source.text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(named) {
            let Some(other) = floor(named) else { continue };
            let allowed = if module == "mock" { MOCK_KNOWS.contains(&named) } else { named == module || other < own };
            if !allowed && sideways != Some(named) {
                complaints.push(source.complain(format!("`{module}` imports `{named}`")));
            }
        }
    }
    check(&complaints);
}

#[test]
fn every_module_of_the_house_has_a_floor() {
    let known = |module: &str| FLOORS.iter().any(|(name, _)| *name == module) || ["lib", "main"].contains(&module);
    let homeless = sources("src")
        .iter()
        .filter(|source| !known(source.module()))
        .map(|source| source.complain("no floor"))
        .collect::<Vec<_>>();
    check(&homeless);
}

#[test]
fn the_map_of_the_house_shows_every_floor() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (name, floor) in FLOORS {
        let row = |ending| format!("| {floor} | `src/{name}{ending}` |");
        assert!(map.contains(&row("")) || map.contains(&row(".rs")), "ARCHITECTURE.md: no `{name}` on floor {floor}");
    }
}

#[test]
fn some_names_have_one_home() {
    let mut complaints = Vec::new();
    for source in sources("src") {
        for line in source.text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (name, home) in ONLY_IN {
                let is_there = line.match_indices(name).any(|(at, _)| {
                    let before =
                        line[..at].chars().next_back().is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
                    let after = line[at + name.len()..].starts_with("::") || name.ends_with(['!', ')']);
                    !before && after
                });
                if is_there && source.module() != *home {
                    complaints.push(source.complain(format!("`{name}` belongs in {home}/")));
                }
            }
        }
    }
    check(&complaints);
}

#[test]
fn a_passage_leaves_only_on_a_card() {
    // What stands in a pack is for a reviewer, beside its source; a form shows a moderator what they keep.
    let may_read = [
        "faq/",
        "review/",
        "search/schema.rs",
        "search/index.rs",
        "answer/card.rs",
        "transfer/row.rs",
        "transfer/tests",
        "workshop/",
        "bot/work/form.rs",
    ];
    let mut complaints = Vec::new();
    for source in sources("src") {
        let below = source.path.strip_prefix(root().join("src")).expect("a file of src").to_string_lossy().into_owned();
        let reads = source.text.lines().any(|line| line.replace("card.passage()", "").contains(".passage"));
        if reads && !may_read.iter().any(|place| below.starts_with(place)) && !below.starts_with("mock/") {
            complaints.push(source.complain("reads an entry's passage past its card"));
        }
    }
    check(&complaints);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut complaints = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")).chain(sources("benches")) {
        let lines = source.text.lines().count();
        if lines > MAX_LINES {
            complaints.push(source.complain(format!("{lines} lines")));
        }
        if !source.text.starts_with("//!") {
            complaints.push(source.complain("doesn't begin with what it is"));
        }
        for unfinished in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"] {
            if source.text.contains(unfinished) && !source.path.ends_with("tidy.rs") {
                complaints.push(source.complain(format!("holds {unfinished}")));
            }
        }
    }
    check(&complaints);
}

#[test]
fn the_top_of_the_house_is_a_shell() {
    let lines = |path: &Path| fs::read_to_string(root().join(path)).expect("a file").lines().count();
    assert!(lines(Path::new("src/main.rs")) < 40);
}

/// Every path that the documents name must exist.
#[test]
fn the_documents_name_what_exists() {
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
    let mut complaints = Vec::new();
    for document in documents {
        let text = fs::read_to_string(root().join(document)).expect(document);
        for path in text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| code.contains('/') && !code.contains([' ', '<', '*', ':', '{', '~']))
        {
            let is_path = ["src/", "tests/", "faq/", "docs/", "benches/", ".ci/", "testdata/"]
                .iter()
                .any(|top| path.starts_with(top));
            if is_path && !root().join(path).exists() {
                complaints.push(format!("{document}: there is no {path}"));
            }
        }
    }
    check(&complaints);
}
