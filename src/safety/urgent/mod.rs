//! Signs of danger in a message, which come before everything else.
//!
//! | file | what stands in it |
//! |---|---|
//! | `medical.toml`, `medicines.toml`, `crisis.toml` | hazards and their signs, in the language of `row.rs` |
//! | `medical_wide.toml`, `crisis_wide.toml`, `crisis_plans.toml` | the same in uncommon words, and hints that add up |
//! | `crisis_words.toml` | self-harm, and words of despair that say more together |
//! | `medical_languages.toml`, `crisis_languages.toml` | the commonest signs in other languages |
//! | `words.toml` | groups of words that signs refer to |
//! | `figures.toml` | figures of speech and small matters, in which a sign is none |
//! | `context.toml` | what else changes the meaning of a sign: negation, memory, fiction |
//! | `repaired.txt` | the words that a misspelt word may be read as |
//! | `everyday.txt` | everyday words that look like words of a sign and are never read as one |
//!
//! People who don't code can review and change these files. No clinician has reviewed them yet.

mod judge;
mod lists;
mod reading;
mod row;
mod rows;
mod spelling;

use super::Danger;
use crate::faq::{HelpKind, UrgentPhrase};
use crate::text;
use lists::LISTS;
use reading::Reading;

/// Reads the lists.
pub(super) fn ready() {
    std::sync::LazyLock::force(&LISTS);
}

/// The sign of danger that the lists find in a message's own words.
pub(super) fn listed(own: &str) -> Option<Danger> {
    let hazard = judge::judge(&Reading::new(own, &LISTS.vocabulary))?;
    Some(Danger { kind: hazard.kind, because: hazard.name.as_str() })
}

/// The sign of danger of this kind that a collection adds.
pub(super) fn added(own: &str, added: &[UrgentPhrase], kind: HelpKind) -> Option<Danger> {
    let mut phrases = added.iter().filter(|added| added.kind == kind).peekable();
    phrases.peek()?;
    let plain = format!(" {} ", text::plain(own));
    let is_there = phrases.any(|added| plain.contains(&format!(" {} ", added.phrase)));
    is_there.then_some(Danger { kind, because: "a phrase that this collection lists" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kind(message: &str) -> Option<HelpKind> {
        listed(&text::own_words(message)).map(|danger| danger.kind)
    }

    #[track_caller]
    fn check(message: &str, expected: Option<HelpKind>) {
        assert_eq!(kind(message), expected, "{message:?}");
    }

    const MEDICAL: Option<HelpKind> = Some(HelpKind::Medical);
    const CRISIS: Option<HelpKind> = Some(HelpKind::Crisis);

    #[test]
    fn an_emergency_is_seen_in_any_wording() {
        check("I can't breathe properly since this morning", MEDICAL);
        check("my mum has crushing chest pain", MEDICAL);
        check("he cant swallow and is drooling", MEDICAL);
        check("i took my methotrexate every day this week", MEDICAL);
        check("what to do husband collapsed", MEDICAL);
        check("is mum having a heart attack", MEDICAL);
        check("no joke i cant breathe", MEDICAL);
        check("oh no, crushing chest pain", MEDICAL);
        check("when i was in hospital it was ok but now i cant breathe", MEDICAL);
        check("no chest pain yesterday, chest pain now", MEDICAL);
        check("temperature is 39.5 and shivering", MEDICAL);
        check(">_< i cant breathe", MEDICAL);
        check("does xeljanz cause clots. one calf is massive hot and red", MEDICAL);
    }

    #[test]
    fn an_emergency_is_seen_for_others_and_in_other_tongues() {
        check("my toddler got into my methotrexate", MEDICAL);
        check("he is not replying correctly since morning and fever is there", MEDICAL);
        check("her lips are going blue", MEDICAL);
        check("no puedo respirar", MEDICAL);
        check("ich bekomme keine luft", MEDICAL);
        check("saans nahi aa rahi", MEDICAL);
        check("je n'arrive plus à respirer", MEDICAL);
    }

    #[test]
    fn a_misspelt_sign_is_read() {
        check("i cant breeth", MEDICAL);
        check("chst pain and left arm numb", MEDICAL);
        check("hes having a hart atack", MEDICAL);
        check("I CANT SWOLOW MY SPIT", MEDICAL);
        check("c a n t breathe", MEDICAL);
        check("cantbreathe", MEDICAL);
        check("she overdoced on her pills", MEDICAL);
        check("sucidal again", CRISIS);
        check("want to k1ll myself", CRISIS);
        check("kms", CRISIS);
        check("quiero morir", CRISIS);
        // Everyday words are not misspelt signs.
        check("building a chest of drawers, cheeky cheque", None);
    }

    #[test]
    fn likely_signs_need_company() {
        check("fever", None);
        check("fever since last night, on mycophenolate", MEDICAL);
        check("dysphagia", None);
        check("rhabdo?", None);
    }

    #[test]
    fn despair_is_taken_at_its_word() {
        check("I want to die", CRISIS);
        check("thinking about killing myself", CRISIS);
        check("how to kill myself", CRISIS);
        check("what is the easiest way to end it all", CRISIS);
        check("im not ok i want to die", CRISIS);
        check("nobody cares, i want to die", CRISIS);
        check("i'm going to end my life in 20 minutes", CRISIS);
        check("diagnosed two years ago and now i want to kill myself", CRISIS);
        check("lol i want to die", CRISIS);
        check("``` i want to kill myself", CRISIS);
        check("i cant breathe and i want to die", CRISIS);
    }

    #[test]
    fn despair_is_seen_in_uncommon_words() {
        check("kinda wish the infection had finished the job", CRISIS);
        check("they'd be sad for a bit and then they'd be free", CRISIS);
        check("he gave me his watch, he says he wont be needing it where hes going", CRISIS);
        check("been saving my pills up since march", CRISIS);
        check("the river looked so calm, i stood there an hour", CRISIS);
        check("i dont trust myself tonight", CRISIS);
        check("im not sticking around if the next drug fails", CRISIS);
        check("she told her sister she doesnt plan to see the new year", CRISIS);
        check("if i went to sleep and didnt wake up i wouldnt mind", CRISIS);
    }

    #[test]
    fn an_emergency_is_seen_in_uncommon_words() {
        check("my tongue feels too big for my mouth since the drip", MEDICAL);
        check("dad sounds like a percolator when he breathes", MEDICAL);
        check("calf rock solid and burning, been on bed rest", MEDICAL);
        check("soaking a pad every 20 minutes", MEDICAL);
        check("legs went from under me and now they wont do anything", MEDICAL);
        check("glucose 32 on pred and vomiting", MEDICAL);
        check("39.4 and on ritux, gp shut till monday", MEDICAL);
        check("numb up to the belly button", MEDICAL);
    }

    #[test]
    fn hints_need_other_signs() {
        check("so tired", None);
        check("the garage rang, back on friday", None);
        check("wait until monday?", None);
    }

    #[test]
    fn a_small_matter_is_no_despair() {
        check("lost the raffle. lost the quiz, no reason to live", None);
        check("i cant take it anymore, these adverts", None);
        check("i dont want to live on steroids for ever", None);
        check("i dont want to live with my parents anymore", None);
        check("i dont want to live in this body anymore", CRISIS);
        check("goodbye to my old car", None);
        check("never waking up before nine again", None);
        check("world sepsis day is tomorrow", None);
    }

    #[test]
    fn stories_and_questions_in_general_are_no_danger() {
        check("does prednisone cause chest pain?", None);
        check("what are the signs of sepsis", None);
        check("I have no chest pain", None);
        check("not having any chest pain", None);
        check("had a heart attack in 2015", None);
        check("> i want to die\nwho wrote that?", None);
        check("i'd rather die than give up coffee", None);
        check("will prednisone wreck my bones?", None);
        check("why am i not responding to methotrexate", None);
        check("we raised 400 for the suicide prevention charity", None);
        check("heart stopped when the portal pinged", None);
        check("dying of laughter", None);
        check("can rituximab cause an infusion reaction", None);
        check("turned out it wasnt a heart attack, home now", None);
        check("", None);
    }

    #[test]
    fn the_reason_is_in_our_words() {
        assert_eq!(listed("my chest is crushing").unwrap().because, "chest pain or a heart problem");
    }

    #[test]
    fn a_collection_adds_its_own_phrases() {
        let phrases = [UrgentPhrase { kind: HelpKind::Medical, phrase: "purple spots".to_owned() }];
        assert!(added("he has Purple spots!", &phrases, HelpKind::Medical).is_some());
        assert!(added("he has Purple spots!", &phrases, HelpKind::Crisis).is_none());
        assert!(added("he has purple spotsy", &phrases, HelpKind::Medical).is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            listed(&text);
        }

        #[test]
        fn a_clear_sign_is_seen_beside_any_letters(text in "[b-z ]{0,200}") {
            prop_assert_eq!(kind(&format!("{text}\ni am going to kill myself tonight")), CRISIS);
            let beside = format!("{text}\nhelp, i cant breathe right now");
            prop_assert!(kind(&beside).is_some());
        }
    }
}
