//! Messages that are no question: nothing at all, a thank-you, a greeting, a call for help with pamphlet.

use super::{Decision, Why};
use crate::text;

const THANKS: &[&str] = &[
    "thanks", "thank", "thankyou", "thx", "ty", "tysm", "cheers", "ta", "tyvm", "thnx", "danke", "dank", "merci",
    "gracias",
];
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
    "information",
    "many",
    "pls",
    "guys",
    "really",
    "helpful",
    "amazing",
    "awesome",
    "wonderful",
    "kind",
    "best",
    "helped",
    "mate",
    "dir",
    "euch",
    "sehr",
    "vielen",
];
/// The same of words that ask for something elsewhere, each with those that it must stand behind.
const PRAISE: &[(&str, &[&str])] =
    &[("are", &["you", "guys", "all"]), ("help", &["the", "your", "this", "best", "for"]), ("your", &["for"])];

/// Longer messages, in bytes, are no small talk.
const LONGEST: usize = 200;

/// What a part of a message is that asks the collection nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Talk {
    /// It may stand beside any other.
    Filling,
    Thanks,
    /// It greets, or asks what pamphlet is.
    Help,
}

/// What to do with a message that is no question; none if it may be one, or a part of it.
pub(super) fn small_talk(own: &str) -> Option<Decision> {
    if own.len() > LONGEST {
        return None;
    }
    let parts = own.split(['.', '?', '!', '\n']).map(text::words).filter(|words| !words.is_empty());
    // Who thanks and asks what pamphlet is wants to know that.
    match parts.map(|words| talk(&words)).collect::<Option<Vec<_>>>()?.into_iter().max() {
        Some(Talk::Help) => Some(Decision::Help),
        Some(Talk::Thanks) => Some(Decision::Silent(Why::Thanks)),
        Some(Talk::Filling) => None,
        // Emoji and punctuation say nothing to answer; a lone question mark asks for help.
        None if own.contains('?') => Some(Decision::Help),
        None => Some(Decision::Silent(Why::Empty)),
    }
}

/// What a part with these words is; none if it may ask something.
fn talk(words: &[String]) -> Option<Talk> {
    let whole = words.join(" ");
    let is_in = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_beside = |at: usize, word: &String| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let after = |list: &[&str]| before.is_some_and(|before| is_in(list, before));
        is_in(BESIDE, word) || PRAISE.iter().any(|(praise, behind)| word == praise && after(behind))
    };
    let only = |list: &[&str]| words.iter().enumerate().all(|(at, word)| is_in(list, word) || is_beside(at, word));
    let any = |list: &[&str]| words.iter().any(|word| is_in(list, word));
    if NOTHING_ASKED.contains(&whole.as_str()) || (any(THANKS) && only(THANKS)) {
        Some(Talk::Thanks)
    } else if only(&[]) {
        Some(Talk::Filling)
    } else {
        let asks = ABOUT_THE_BOT.contains(&whole.as_str()) || (any(GREETINGS) && only(GREETINGS));
        asks.then_some(Talk::Help)
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
        check("Thanks. Are you a bot?", Some(Decision::Help));
        check("thanks, please help me", None);
        check("Thank you! Help please", Some(Decision::Help));
        check("thank you for your help", Some(Decision::Silent(Why::Thanks)));
        check("that's great", None);
        check("Thanks so much, this helped a lot!", Some(Decision::Silent(Why::Thanks)));
        check("vielen dank euch", Some(Decision::Silent(Why::Thanks)));
        check("thank you. that's the best help", Some(Decision::Silent(Why::Thanks)));
        check("help with steroids", None);
        check("thanks, and is it a pill?", None);
    }
}
