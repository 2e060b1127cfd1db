//! Whatever stands in the files, loading ends, and every problem points into the text.

use super::{ENTRY, TOP, folder_of, load_in, write};
use pamphlet::cli::report;
use pamphlet::faq::Problem;
use proptest::prelude::*;

const WORDS: &str = "[[group]]\nname = \"a\"\nkind = \"term\"\nwords = [\"b\"]\n";
const LISTS: &str = "[[gap]]\ntopic = \"A\"\nwords = [\"b\"]\n[[phrase]]\nkind = \"crisis\"\nphrase = \"c\"\n";
const SOURCE: &str = "title = \"D\"\n[[passage]]\nid = \"S1\"\nsection = \"S\"\nfacts = [\"f\"]\n";

/// Bytes without any order, or one of the good texts with a part replaced by some.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let good = prop::sample::select(vec![ENTRY, TOP, WORDS, LISTS, SOURCE]);
    let odd = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        "[\"'=\\[\\]{}+#\\\\.,\r\n a-c\u{feff}\u{1b}\u{9b}\u{202e}é\u{1f343}]{0,20}".prop_map(String::into_bytes),
    ];
    let spoilt = (good, any::<prop::sample::Index>(), 0..30_usize, odd).prop_map(|(text, at, length, odd)| {
        let from = at.index(text.len());
        let to = (from + length).min(text.len());
        [&text.as_bytes()[..from], &odd, &text.as_bytes()[to..]].concat()
    });
    prop_oneof![1 => prop::collection::vec(any::<u8>(), 0..200), 4 => spoilt]
}

fn assert_points_into(text: &str, problem: &Problem) {
    let place = &problem.place;
    let part = place.text.get(place.span.clone());
    assert!(part.is_some_and(|part| !part.contains('\n')), "{problem:?}");
    if place.line > 0 {
        let line = text.split('\n').nth(place.line - 1).unwrap_or_else(|| panic!("no such line: {problem:?}"));
        let before: String = line.chars().take(place.column - 1).collect();
        assert_eq!(before.chars().count(), place.column - 1, "no such column: {problem:?}");
        assert!(place.text.starts_with('…') || place.text.get(..place.span.start) == Some(&before), "{problem:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn loading_takes_any_bytes(files in prop::collection::vec(file(), 7)) {
        let names = ["collection.toml", "source.toml", "words.toml", "gaps.toml", "urgent.toml", "a.md", "b.md"];
        let folder = folder_of(&[]);
        for (name, bytes) in names.iter().zip(&files) {
            write(folder.path(), name, bytes);
        }
        let loaded = load_in(&folder);
        for problem in &loaded.problems {
            let number = names.iter().position(|name| problem.place.file.ends_with(name)).unwrap();
            let text = String::from_utf8_lossy(&files[number]);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
            assert_points_into(&text, problem);
        }
        let steers = |letter: char| letter.is_control() && letter != '\n';
        prop_assert!(!report::text(&loaded.problems, false).contains(steers));
        prop_assert!(!report::json(&loaded.problems).contains(steers));
    }
}
