//! Signs that a message asks what one person should do about their treatment.
//!
//! The list stands in `personal.toml` beside this file, so that people who don't code can review it.

use super::pattern::Pattern;
use crate::text;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonalFile {
    patterns: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static PERSONAL: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let file: PersonalFile = toml::from_str(include_str!("personal.toml")).expect("personal.toml is well formed");
    Pattern::all(&file.patterns)
});

/// Whether a message asks what one person should do: dose, stop, start, switch, interaction, result, diagnosis.
pub fn personal(message: &str) -> bool {
    let words = text::words(&text::own_words(message));
    PERSONAL.iter().any(|sign| sign.is_in(&words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(message: &str, expected: bool) {
        assert_eq!(personal(message), expected, "{message:?}");
    }

    #[test]
    fn a_wish_for_advice_is_noticed() {
        check("should I stop my methotrexate", true);
        check("how much prednisone should i take", true);
        check("missed two azathioprine, double up tonight?", true);
        check("do i have dermatomyositis", true);
        check("is ibuprofen safe with my methotrexate", true);
        check("do we have to stop steroids", true);
        check("must i take it", true);
        check("is it dermatomyositis", true);
        check("what does rituximab do", false);
        check("how do biologics do it", false);
        check("does prednisone weaken bones", false);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            personal(&text);
        }
    }
}
