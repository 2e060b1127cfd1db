//! The languages that pamphlet speaks.

use serde::Deserialize;

/// A language that pamphlet speaks to members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

/// Somebody wished for a language that pamphlet doesn't speak.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pamphlet doesn't speak `{0}`, but: {known}", known = Language::ALL.map(Language::code).join(", "))]
pub struct UnknownLanguage(String);

impl Language {
    /// All of them, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The locale of Discord's that it is.
    pub fn locale(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::German => "de",
        }
    }

    /// How the settings call it: its locale without the country.
    pub fn code(self) -> &'static str {
        bare(self.locale())
    }

    /// The language of a locale, with or without a country (`de`, `en-GB`), if pamphlet speaks it.
    pub fn of(locale: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == bare(locale))
    }
}

fn bare(locale: &str) -> &str {
    locale.split_once('-').map_or(locale, |(language, _)| language)
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(locale: String) -> Result<Self, Self::Error> {
        Self::of(&locale).ok_or(UnknownLanguage(locale))
    }
}
