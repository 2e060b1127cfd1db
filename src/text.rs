//! The words of a text: one way of reading for everything that compares texts.
//!
//! Two texts that a person would call the same (capitals, accents, apostrophes, hyphens, punctuation apart) have the
//! same words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most characters that are read of one text. Discord lets nobody send more than 4,000.
pub const MAX_READ: usize = 10_000;

/// What is read of a text: its first [`MAX_READ`] characters.
pub fn as_read(text: &str) -> &str {
    // No character has less than a byte, so most texts need no counting.
    let end = if text.len() > MAX_READ { text.char_indices().nth(MAX_READ) } else { None };
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The words of a text, in order: compatibility forms unfolded (NFKD), accents dropped, lower case, apostrophes taken
/// out of words (`can't` is `cant`), a letter that stands three times or more in a row kept twice, everything that is
/// neither letter nor digit a border.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::with_capacity(usual_words(text));
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// About how many words a text has, rather too many.
pub fn usual_words(text: &str) -> usize {
    as_read(text).len() / 4 + 1
}

/// Gives the words of a text one by one, as [`words`] has them.
pub fn each_word(text: &str, take: impl FnMut(&str)) {
    let text = as_read(text);
    if text.is_ascii() {
        words_of(text.chars(), take);
    } else {
        let letters = text.chars().filter(|letter| !is_nothing(*letter)).nfkd();
        // Put in order once more: marks that something stood between are neighbours now.
        words_of(letters.filter(|letter| !is_accent(*letter) && !is_nothing(*letter)).nfkd(), take);
    }
}

/// The words of letters without accents.
fn words_of(letters: impl Iterator<Item = char>, mut take: impl FnMut(&str)) {
    // Room for nearly every word, so that it needn't grow.
    let mut word = String::with_capacity(32);
    let mut run = (' ', 0);
    let mut add = |word: &mut String, lower: char| {
        // A run ends at a border.
        run = if run.0 == lower && !word.is_empty() { (lower, run.1 + 1) } else { (lower, 1) };
        if run.1 <= 2 || lower.is_numeric() {
            word.push(lower);
        }
    };
    for letter in letters {
        if letter.is_ascii_alphanumeric() {
            add(&mut word, letter.to_ascii_lowercase());
        } else if is_nothing(letter) {
            // It stands in the midst of a word and is no letter of it.
        } else if letter.is_alphanumeric() || is_combining_mark(letter) {
            letter.to_lowercase().filter(|letter| !is_accent(*letter)).for_each(|lower| add(&mut word, lower));
        } else if !word.is_empty() {
            take(&word);
            word.clear();
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

/// The words of a text joined by single spaces: equal for texts that differ only in how they are typed.
pub fn plain(text: &str) -> String {
    words(text).join(" ")
}

/// A word without each of its letters in turn. Two words that are one slip apart (a letter too much, too few, another one,
/// two swapped) share one of these, or one is among the other's (Garbe's symmetric deletes).
pub fn shortened(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, letter)| {
        let mut shorter = word.to_owned();
        shorter.replace_range(at..at + letter.len_utf8(), "");
        shorter
    })
}

/// What a member says in a message, without what is not their own words: code, quoted lines, links, mentions, custom
/// emoji. What only looks like one of these stays: nobody's words are lost to a stray sign.
pub fn own_words(message: &str) -> String {
    let mut own = String::with_capacity(message.len());
    let fences = message.matches("```").count();
    for (number, part) in message.split("```").enumerate() {
        // Between two fences stands code; a fence that is never closed opens none.
        let is_code = number % 2 == 1 && number < fences;
        for line in part.lines().filter(|line| !is_code && !is_quote(line)) {
            for word in line.split_whitespace().filter_map(own_part) {
                own.push_str(word);
                own.push(' ');
            }
            own.push('\n');
        }
    }
    own
}

/// A line that Discord shows as a quote.
fn is_quote(line: &str) -> bool {
    line.starts_with("> ") || line.starts_with(">>> ")
}

/// What of a word is the member's own: nothing of a link, and what follows a mention or a custom emoji.
fn own_part(word: &str) -> Option<&str> {
    if word.starts_with("http://") || word.starts_with("https://") {
        return None;
    }
    if ["<@", "<#", "<:", "<a:", "<t:", "</"].iter().any(|open| word.starts_with(open)) {
        return word.split_once('>').map_or(Some(word), |(_, after)| own_part(after));
    }
    (!word.is_empty()).then_some(word)
}

/// A mark above or below a Latin, Greek or Cyrillic letter. In other scripts such marks are letters of their own.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether a character may stand in the midst of a word and is no part of it.
fn is_nothing(letter: char) -> bool {
    is_apostrophe(letter) || is_unseen(letter) || is_joiner(letter)
}

/// Whether a character shows nothing or turns the direction of writing, so that a text with it isn't what it seems.
pub fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What shapes its neighbours and shows nothing itself; emoji and some scripts need it.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{02bc}' | '\u{ff07}' | '`' | '\u{b4}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "the words of {text:?}");
    }

    #[test]
    fn texts_that_look_the_same_have_the_same_words() {
        check("Does Prednisone weaken BONES?", "does prednisone weaken bones");
        check("can’t / can't / can´t / cant", "cant cant cant cant");
        check("\u{1e08f}`\u{16ff0}", "\u{16ff0}\u{1e08f}");
        check("IL-6 (anti-TNF)", "il 6 anti tnf");
        check("naïve ﬁbre Ｐｒｅｄ", "naive fibre pred");
        check("soooo tired!!! 😂", "soo tired");
        check("5000 mg", "5000 mg");
        check("  \n\t ", "");
    }

    #[test]
    fn only_a_members_own_words_count() {
        assert_eq!(
            plain(&own_words("> what she said\nis it a pill? https://example.org/x <@123> <:sob:12>")),
            "is it a pill"
        );
        assert_eq!(plain(&own_words("before ```let x = 1;``` after")), "before after");
        assert_eq!(plain(&own_words("``` never closed")), "never closed");
        assert_eq!(plain(&own_words(">_< not a quote")), "not a quote");
        assert_eq!(plain(&own_words("<:sob:1>help <@12>me")), "help me");
    }

    proptest! {
        #[test]
        fn any_text_has_plain_words(text in any::<String>()) {
            let once = plain(&text);
            prop_assert_eq!(plain(&once), once.clone());
            plain(&own_words(&text));
        }
    }
}
