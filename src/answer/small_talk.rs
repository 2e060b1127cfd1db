//! Messages that are no question: nothing at all, a thank-you, a greeting, a call for help with pamphlet.

use super::{Decision, Why};
use crate::text;

const THANKS: &[&str] =
    &["thanks", "thank", "thankyou", "thx", "ty", "tysm", "cheers", "ta", "tyvm", "thnx", "danke", "merci", "gracias"];
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "hiya",
    "heya",
    "yo",
    "hallo",
    "greetings",
    "morning",
    "evening",
    "afternoon",
    "start",
    "help",
    "menu",
    "commands",
    "info",
];
/// Whole messages that end a conversation or say yes: nothing to answer.
const NOTHING_ASKED: &[&str] = &[
    "ok",
    "okay",
    "k",
    "yes",
    "no",
    "yep",
    "nope",
    "bye",
    "goodbye",
    "good night",
    "lol",
    "same",
    "same here",
    "this",
    "stop",
];
/// Whole messages that ask what pamphlet is.
const ABOUT_THE_BOT: &[&str] = &[
    "who are you",
    "what are you",
    "what can you do",
    "what do you do",
    "are you a bot",
    "are you human",
    "are you a human",
    "are you real",
    "are you a doctor",
    "how do you work",
    "how does this work",
    "how do i use this",
    "how do i use you",
];
/// Words that may stand beside a thank-you or a greeting without making it a question.
const BESIDE: &[&str] = &[
    "you",
    "so",
    "very",
    "much",
    "a",
    "lot",
    "all",
    "again",
    "there",
    "good",
    "bot",
    "pamphlet",
    "everyone",
    "for",
    "that",
    "the",
    "this",
    "me",
    "please",
    "that's",
    "thats",
    "great",
    "ok",
    "okay",
    "perfect",
    "lovely",
    "this",
    "information",
    "many",
    "pls",
    "guys",
    "are",
    "really",
    "helpful",
    "help",
    "amazing",
    "awesome",
    "wonderful",
    "kind",
    "best",
];

/// Longer messages, in bytes, are no small talk.
const LONGEST: usize = 200;

/// What to do with a message that is no question; none if it may be one, or a part of it.
pub(super) fn small_talk(own: &str) -> Option<Decision> {
    if own.len() > LONGEST {
        return None;
    }
    if text::words(own).is_empty() {
        // Emoji and punctuation say nothing to answer; a lone question mark asks for help.
        return Some(if own.contains('?') { Decision::Help } else { Decision::Silent(Why::Empty) });
    }
    one_of_small_talk(own).or_else(|| {
        let parts = own.split(['.', '?', '!', '\n']).filter(|part| !text::words(part).is_empty());
        let all = parts.map(one_of_small_talk).collect::<Option<Vec<_>>>()?;
        // Who thanks and asks what pamphlet is wants to know that.
        all.into_iter().max_by_key(|decision| *decision == Decision::Help)
    })
}

/// The same of a message, or a part of one, that says one thing.
fn one_of_small_talk(own: &str) -> Option<Decision> {
    let words = text::words(own);
    let is_in = |list: &[&str], word: &String| list.contains(&word.as_str());
    let only = |list: &[&str]| {
        words.iter().any(|word| is_in(list, word)) && words.iter().all(|word| is_in(list, word) || is_in(BESIDE, word))
    };
    let whole = words.join(" ");
    if NOTHING_ASKED.contains(&whole.as_str()) {
        Some(Decision::Silent(Why::Thanks))
    } else if ABOUT_THE_BOT.contains(&whole.as_str()) {
        Some(Decision::Help)
    } else if only(THANKS) {
        Some(Decision::Silent(Why::Thanks))
    } else if only(GREETINGS) {
        Some(Decision::Help)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Decision>) {
        assert_eq!(small_talk(text), expected, "{text:?}");
    }

    #[test]
    fn greetings_get_help_and_thanks_get_silence() {
        check("hello", Some(Decision::Help));
        check("Help!", Some(Decision::Help));
        check("good morning pamphlet", Some(Decision::Help));
        check("thank you so much", Some(Decision::Silent(Why::Thanks)));
        check("  ", Some(Decision::Silent(Why::Empty)));
        check("😂", Some(Decision::Silent(Why::Empty)));
        check("who are you?", Some(Decision::Help));
        check("ok", Some(Decision::Silent(Why::Thanks)));
        check("thank you so much, you guys are great", Some(Decision::Silent(Why::Thanks)));
        check("who are you? are you a doctor", Some(Decision::Help));
        check("Hi! Thanks. Are you a bot?", Some(Decision::Help));
        check("hello. is it a pill?", None);
        check("thank you. that's the best help", Some(Decision::Silent(Why::Thanks)));
        check("help with steroids", None);
        check("thanks, and is it a pill?", None);
    }
}
