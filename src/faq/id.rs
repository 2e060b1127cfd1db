//! The ids of entries.

use super::MAX_ID;
use crate::text::words;

/// Whether this can be an entry's id: small letters a to z, digits and hyphens, at most [`MAX_ID`] of them.
pub fn is_id(text: &str) -> bool {
    let is_fit = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    !text.is_empty() && text.len() <= MAX_ID && text.chars().all(is_fit)
}

/// The name of an entry's file.
pub fn file_of(id: &str) -> String {
    format!("{id}.md")
}

/// An id made of the first words of a text, of at most `most` characters; empty where no word has letters from a to z or
/// digits.
pub fn id_of(text: &str, most: usize) -> String {
    let mut id = String::new();
    for word in words(text) {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if id.is_empty() {
            id = word.chars().take(most).collect();
        } else if id.len() + 1 + word.len() > most {
            break;
        } else if !word.is_empty() {
            id.push('-');
            id.push_str(&word);
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_made_of_whole_words() {
        for (text, id) in [
            ("Can't I take tea?", "cant-i-take"),
            ("Über Äpfel", "uber-apfel"),
            ("Donaudampfschiff", "donaudampfsc"),
            ("¿Qué? 茶", "que"),
            ("茶", ""),
        ] {
            assert_eq!(id_of(text, 12), id, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_made_is_an_id(text in any::<String>(), most in 1..=MAX_ID) {
            let id = id_of(&text, most);
            prop_assert!(id.is_empty() || (is_id(&id) && id.len() <= most), "{id:?}");
        }
    }
}
