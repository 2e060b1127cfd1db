//! Signs that a message asks what one person should do about their treatment.
//!
//! The signs stand in `personal.toml` beside this file, so that people who don't code can review them; its head explains
//! the language. A message is read sentence by sentence: words get names (`personal/lexicon.rs`), names in a row make
//! turns of speech, and both make signs (`personal/row.rs`).

mod lexicon;
mod reading;
mod row;
mod signs;

use signs::Signs;
use std::sync::LazyLock;

#[expect(clippy::panic, reason = "the file is part of the program, and a test reads it")]
static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    Signs::new(include_str!("personal.toml"))
        .unwrap_or_else(|problems| panic!("personal.toml: {}", problems.join("; ")))
});

/// Whether a message asks what one person should do: dose, stop, start, switch, interaction, result, diagnosis, missed
/// dose, where to get a prescription medicine.
pub fn personal(message: &str) -> bool {
    SIGNS.sort(message).is_some()
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
