//! The one door through which text that a person wrote may leave.

use crate::text::is_unseen;

/// The most characters of a person's text that are ever shown.
pub const MAX_UNTRUSTED: usize = 200;

/// Makes a person's text harmless in a message: Markdown escaped, mentions and links broken, invisible and
/// direction-changing characters dropped, line breaks flattened, cut to [`MAX_UNTRUSTED`] characters.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars().filter(|letter| is_shown(*letter)).take(MAX_UNTRUSTED) {
        match letter {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '@' => escaped.push_str("@\u{200b}"),
            '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '#' | '[' | ']' | '(' | ')' | ':' | '-' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Whether a character shows something; a line break counts, since it is flattened later.
pub fn is_shown(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\t') || !(letter.is_control() || is_unseen(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected, "{text:?}");
    }

    #[test]
    fn a_persons_text_can_do_nothing_in_a_message() {
        check("hello", "hello");
        check("**bold** _it_ `code`", r"\*\*bold\*\* \_it\_ \`code\`");
        check("@everyone <@12>", "@\u{200b}everyone \\<@\u{200b}12\\>");
        check("[a](https://example.org)", r"\[a\]\(https\://example.org\)");
        check("two\nlines\u{202e}", "two lines");
    }

    proptest! {
        #[test]
        fn nothing_that_mentions_or_hides_gets_through(text in any::<String>()) {
            let escaped = escape(&text);
            let added = |letter: &char| matches!(*letter, '\\' | '\u{200b}');
            let shown = escaped.chars().filter(|letter| !added(letter)).count();
            prop_assert!(shown <= MAX_UNTRUSTED);
            prop_assert!(!escaped.contains("@everyone") && !escaped.contains("@here") && !escaped.contains('\n'));
            let hidden = escaped.chars().any(|letter| !added(&letter) && is_unseen(letter));
            prop_assert!(!hidden);
        }
    }
}
