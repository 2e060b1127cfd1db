//! The files of words, read once each, and the one way to a sentence of theirs.

use super::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// The words of a language, ready to be said.
type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| read(Language::English));
static GERMAN: LazyLock<Bundle> = LazyLock::new(|| read(Language::German));

/// What a word is told, by name.
pub(super) type Told<'t> = (&'t str, FluentValue<'t>);

impl Language {
    /// The file of its words.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("en.ftl"),
            Self::German => include_str!("de.ftl"),
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }

    /// The word of this name, or a part of it that has a name of its own.
    pub(super) fn say<'t>(self, name: &str, part: Option<&str>, told: impl IntoIterator<Item = Told<'t>>) -> String {
        let bundle = self.bundle();
        let word = bundle.get_message(name).and_then(|word| match part {
            Some(part) => word.get_attribute(part).map(|part| part.value()),
            None => word.value(),
        });
        // The tests hold that every word is there, and complete.
        let Some(word) = word else { return String::new() };
        let told: FluentArgs<'t> = told.into_iter().collect();
        bundle.format_pattern(word, Some(&told), &mut Vec::new()).into_owned()
    }
}

fn read(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.locale().parse().into_iter().collect());
    // Marks that no eye sees would stand around a number that somebody copies from an urgent card.
    bundle.set_use_isolating(false);
    let words = FluentResource::try_new(language.file().to_owned()).unwrap_or_else(|(sound, _)| sound);
    bundle.add_resource_overriding(words);
    bundle
}
