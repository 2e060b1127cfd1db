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
    fn a_dose_in_question_is_personal() {
        check("how much prednisone should i take", true);
        check("could i halve my steroid", true);
        check("weaning 5mg a week too fast?", true);
        check("pred 20 → 10, too quick for me?", true);
    }

    #[test]
    fn stopping_starting_and_switching_are_personal() {
        check("should I stop my methotrexate", true);
        check("do we have to stop steroids", true);
        check("shuold i be stoping the tablets", true);
        check("must i take it", true);
        check("would you let your son have rituximab", true);
        check("cellcept to mtx bc skin is going nuts, do it?", true);
    }

    #[test]
    fn taking_one_thing_with_another_is_personal() {
        check("is ibuprofen safe with my methotrexate", true);
        check("edibles on mtx night, yay or nay", true);
        check("i'm pregnant and on methotrexate", true);
    }

    #[test]
    fn ones_own_result_and_illness_are_personal() {
        check("my ck is 3400 is that bad", true);
        check("my girl's ana came back 1:640, lupus?", true);
        check("do i have dermatomyositis", true);
        check("is it dermatomyositis", true);
        check("do you think it's a flare or a pulled muscle", true);
    }

    #[test]
    fn a_missed_dose_and_a_source_are_personal() {
        check("missed two azathioprine, double up tonight?", true);
        check("forgot my pred this morning, take two tonight?", true);
        check("anyone sell me leftover imuran?", true);
    }

    #[test]
    fn of_a_long_story_the_question_decides() {
        let story =
            "I moved house. I forgot my azathioprine on Friday. The doctor said stop. My sister laughed. I felt fine.";
        check(&format!("{story} Can I double it tomorrow?"), true);
        check(&format!("{story} What is azathioprine used for?"), false);
    }

    #[test]
    fn a_plain_question_is_not_personal() {
        check("what does rituximab do", false);
        check("how do biologics do it", false);
        check("does prednisone weaken bones", false);
        check("why did they put me on methotrexate", false);
        check("they started me on tofacitinib, how does it work", false);
        check("where do i find a trial", false);
        check("should i put the kettle on", false);
        check("", false);
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            personal(&text);
        }
    }
}
