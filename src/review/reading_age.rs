//! The age from which a text can be read, as a formula estimates it.

use unicode_segmentation::UnicodeSegmentation;

/// The estimated reading age of a text in years: the grade of Flesch and Kincaid (0.39 words a sentence + 11.8 syllables a word
/// − 15.59), which counts school years, and 5. None for a text without words, and for another language than English, for
/// which the formula was not made.
///
/// It counts lengths and understands nothing. A medical term of five syllables raises it by years, even where the plain word
/// stands beside it.
pub fn reading_age(text: &str, language: &str) -> Option<u32> {
    if language.split('-').next().is_none_or(|tag| !tag.eq_ignore_ascii_case("en")) {
        return None;
    }
    let words: Vec<&str> = text.unicode_words().filter(|word| word.contains(char::is_alphabetic)).collect();
    if words.is_empty() {
        return None;
    }
    let sentences = text.unicode_sentences().filter(|sentence| sentence.contains(char::is_alphabetic)).count().max(1);
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let a_word = |count: usize| count as f64 / words.len() as f64;
    let grade = 0.39 * words.len() as f64 / sentences as f64 + 11.8 * a_word(syllables) - 15.59;
    Some((grade + 5.0).round().max(5.0) as u32)
}

/// How many syllables an English word has, about: groups of vowels, without a silent `e` at the end.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = word.split(|letter| !is_vowel(letter)).filter(|group| !group.is_empty()).count();
    let before_e = word.strip_suffix('e').and_then(|stem| stem.chars().next_back());
    let is_silent = before_e.is_some_and(|letter| !is_vowel(letter) && letter != 'l');
    groups.saturating_sub(usize::from(is_silent)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_are_counted_about_right() {
        let counts = ["tea", "bone", "table", "steroid", "prednisone", "immunosuppressant", "rhythm"].map(syllables);
        assert_eq!(counts, [1, 1, 2, 2, 3, 6, 1]);
    }

    #[test]
    fn longer_words_and_sentences_ask_for_an_older_reader() {
        let age = |text| reading_age(text, "en").unwrap();
        assert_eq!(age("Tea is warm. It does no harm."), 5);
        assert_eq!(age("Prednisone can make your bones weaker. Your team may check them."), 8);
        assert!(age("Glucocorticoid-induced osteoporosis necessitates prophylactic intervention.") > 25);
    }

    #[test]
    fn there_is_none_where_the_formula_says_nothing() {
        assert_eq!(reading_age("", "en"), None);
        assert_eq!(reading_age("12 … 13!", "en"), None);
        assert_eq!(reading_age("Tee ist warm.", "de"), None);
        assert!(reading_age("Tea is warm.", "en-GB").is_some());
    }

    proptest! {
        #[test]
        fn any_text_has_an_age_or_none(text in any::<String>()) {
            prop_assert!(reading_age(&text, "en").is_none_or(|age| age >= 5));
        }
    }
}
