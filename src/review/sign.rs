//! A signature in the text of an entry's file, and the copy of what was signed.

use super::Signature;
use crate::faq::{SourceRef, Wording, parts};
use jiff::civil::Date;
use toml_edit::{Array, Datetime, DocumentMut, Item, TomlError, Value};

/// What keeps a signature out of a text.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignError {
    /// It has no front matter.
    #[error("it has no front matter between two lines `+++`")]
    NoFrontMatter,
    /// Its front matter isn't TOML.
    #[error("its front matter is not TOML: {}", .0.message())]
    NotToml(#[from] TomlError),
    /// A day has no form in TOML.
    #[error("the day {0} can't be written down")]
    Day(Date),
}

/// What opens a file in the eyes of some editors.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of an entry's file with this signature in its front matter. All else, comments and line ends too, stays as it was
/// typed. `hash` is that of the wording that was signed.
///
/// # Errors
/// When the text isn't an entry's.
pub fn sign(text: &str, hash: &str, signature: &Signature) -> Result<String, SignError> {
    let (mark, text) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (BYTE_ORDER_MARK.to_string(), rest),
        None => (String::new(), text),
    };
    let (span, _) = parts(text).ok_or(SignError::NoFrontMatter)?;
    let (before, rest) = text.split_at(span.start);
    let (front, after) = rest.split_at(span.len());
    let mut document: DocumentMut = front.parse()?;
    put(&mut document, "reviewed_by", signature.role.as_str().into());
    put(&mut document, "reviewed_on", day(signature.on)?);
    put(&mut document, "review_by", day(signature.until)?);
    put(&mut document, "approved", hash.into());
    let signed = document.to_string();
    // The editor of TOML ends each line with a line feed alone.
    let signed = if front.contains("\r\n") { signed.replace('\n', "\r\n") } else { signed };
    Ok(format!("{mark}{before}{signed}{after}"))
}

/// The file that keeps what was signed, in the form of an entry's.
pub fn copy(wording: &Wording) -> String {
    let mut document = DocumentMut::new();
    let source: Array = wording.source.iter().map(SourceRef::name).collect();
    put(&mut document, "question", wording.question.as_str().into());
    put(&mut document, "source", source.into());
    let about = "# What was signed of this entry. `pamphlet review sign` writes this file; an edited one is not used.";
    format!("+++\n{about}\n{document}+++\n\n{}\n", wording.passage)
}

/// Puts a value at a key: in the old one's place, with the comment beside it, or at the end.
fn put(document: &mut DocumentMut, key: &str, mut value: Value) {
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            document.insert(key, Item::Value(value));
        }
    }
}

fn day(day: Date) -> Result<Value, SignError> {
    let written: Datetime = day.to_string().parse().map_err(|_| SignError::Day(day))?;
    Ok(written.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn signed(text: &str) -> String {
        let signature = Signature { role: "a \"GP\"".to_owned(), on: date(2026, 11, 23), until: date(2027, 11, 23) };
        sign(text, "abc", &signature).unwrap()
    }

    #[test]
    fn a_signature_leaves_all_else_as_it_was_typed() {
        let text = "+++\n# About tea\nsource = [ 'S1' ,]   # one\nreviewed_by = \"\" # who\nquestion = \"Q\"\n\n# the end\n+++\n\n+++\nTea.\n";
        insta::assert_snapshot!(signed(text), @r#"
        +++
        # About tea
        source = [ 'S1' ,]   # one
        reviewed_by = 'a "GP"' # who
        question = "Q"
        reviewed_on = 2026-11-23
        review_by = 2027-11-23
        approved = "abc"

        # the end
        +++

        +++
        Tea.
        "#);
    }

    #[test]
    fn who_signs_again_takes_the_place_of_the_first() {
        let once = signed("+++\nquestion = \"Q\"\n+++\nTea.");
        assert_eq!(signed(&once), once);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let text = "\u{feff}+++\nquestion = \"Q\"\n+++\n\nTea.\nMore.\n";
        let windows = text.replace('\n', "\r\n");
        assert_eq!(signed(&windows), signed(text).replace('\n', "\r\n"));
        assert!(signed(text).starts_with("\u{feff}+++\nquestion"));
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        let signature = Signature { role: "GP".to_owned(), on: date(2026, 11, 23), until: date(2027, 11, 23) };
        for (text, why) in [("Tea.", "no front matter"), ("+++\na = \n+++\n", "not TOML")] {
            assert!(sign(text, "abc", &signature).unwrap_err().to_string().contains(why));
        }
    }
}
