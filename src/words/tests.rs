//! Every word is there in every language, complete, and of a length that Discord takes.

use super::Language;
use super::list::{COMMANDS, DESCRIPTION, WORDS};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

/// What is told to the words of a file, by the name of the word; a part of a word follows it after a dot.
type Told = BTreeMap<String, BTreeSet<String>>;

/// The words of a language as they stand in its file.
fn written(language: Language) -> Told {
    let file = FluentResource::try_new(language.file().to_owned()).unwrap_or_else(|(_, why)| panic!("{why:?}"));
    let mut words = Told::new();
    for entry in file.entries() {
        let Entry::Message(word) = entry else { continue };
        let name = word.id.name.to_owned();
        let parts = word.attributes.iter().map(|part| (format!("{name}.{}", part.id.name), &part.value));
        for (name, pattern) in word.value.iter().map(|value| (name.clone(), value)).chain(parts) {
            let told = told_to(pattern).map(str::to_owned).collect();
            assert!(words.insert(name.clone(), told).is_none(), "{language:?} has {name} twice");
        }
    }
    words
}

/// The names of all that a pattern is told.
fn told_to<'p>(pattern: &'p Pattern<&'p str>) -> Box<dyn Iterator<Item = &'p str> + 'p> {
    let inline = |inline: &'p InlineExpression<&'p str>| match inline {
        InlineExpression::VariableReference { id } => Some(id.name),
        InlineExpression::MessageReference { .. } => None,
        other => panic!("the words hold nothing of this kind: {other:?}"),
    };
    Box::new(pattern.elements.iter().flat_map(move |element| -> Box<dyn Iterator<Item = &'p str> + 'p> {
        match element {
            PatternElement::TextElement { .. } => Box::new(std::iter::empty()),
            PatternElement::Placeable { expression: Expression::Inline(told) } => Box::new(inline(told).into_iter()),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let chosen = variants.iter().flat_map(|variant| told_to(&variant.value));
                Box::new(inline(selector).into_iter().chain(chosen))
            }
        }
    }))
}

/// The words that the program says.
fn listed() -> Told {
    let words =
        WORDS.iter().map(|(name, told)| ((*name).to_owned(), told.iter().map(|told| (*told).to_owned()).collect()));
    let commands = COMMANDS.iter().flat_map(|name| [(*name).to_owned(), format!("{name}.{DESCRIPTION}")]);
    words.chain(commands.map(|name| (name, BTreeSet::new()))).collect()
}

#[test]
fn every_language_has_the_words_that_are_said_and_no_others() {
    for language in Language::ALL {
        assert_eq!(written(language), listed(), "{language:?}");
    }
}

#[test]
fn every_word_is_said_whole() {
    for language in Language::ALL {
        for (name, told) in listed() {
            let (word, part) = name.split_once('.').map_or((name.as_str(), None), |(word, part)| (word, Some(part)));
            for count in [1_usize, 7] {
                let told = told.iter().map(|told| match told.as_str() {
                    "count" => ("count", count.into()),
                    text => (text, format!("<{text}>").into()),
                });
                let said = language.say(word, part, told);
                assert!(!said.is_empty() && !said.contains(['{', '}', '$', '\u{2068}']), "{language:?} {name}: {said}");
            }
            let said = language.say(word, part, told.iter().map(|told| (told.as_str(), "\u{1f343}".into())));
            assert_eq!(told.is_empty(), !said.contains('\u{1f343}'), "{language:?} {name}: {said}");
        }
    }
}

#[test]
fn words_are_as_long_as_discord_takes() {
    // Of one message, with room for what is told.
    let most = |name: &str| match name {
        "helpful" | "not_helpful" | "show" | "remove" => 80,
        "report_problem" | "send" => 80,
        // The titles and labels of a form.
        "ask_moderators" | "report_title" | "your_question" | "what_is_wrong" | "your_name" => 45,
        "choose_topic" => 150,
        name if name.ends_with(DESCRIPTION) => 100,
        name if COMMANDS.contains(&name) || name.starts_with("menu_") => 32,
        _ => 1_900,
    };
    for language in Language::ALL {
        for name in listed().into_keys() {
            let (word, part) = name.split_once('.').map_or((name.as_str(), None), |(word, part)| (word, Some(part)));
            let units = language.say(word, part, []).encode_utf16().count();
            assert!(units <= most(&name), "{language:?} {name}: {units}");
        }
    }
}

#[test]
fn numbers_bend_by_language() {
    let line = |language: Language, count| language.topics_line("Knochen", count);
    assert_eq!(line(Language::English, 1), "- Knochen: 1 entry");
    assert_eq!(line(Language::English, 0), "- Knochen: 0 entries");
    assert_eq!(line(Language::German, 1), "- Knochen: 1 Eintrag");
    assert_eq!(line(Language::German, 12_345), "- Knochen: 12345 Einträge");
}

#[test]
fn a_language_is_known_by_discords_locales() {
    assert_eq!(Language::of("de"), Some(Language::German));
    assert_eq!(Language::of("en-GB"), Some(Language::English));
    assert_eq!(Language::of("en-US"), Some(Language::English));
    assert_eq!(Language::of("fr"), None);
    assert_eq!(Language::of(""), None);
    let why = Language::try_from("fr".to_owned()).unwrap_err().to_string();
    assert_eq!(why, "pamphlet doesn't speak `fr`, but: en, de");
}
