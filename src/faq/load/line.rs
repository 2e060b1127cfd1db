//! A line that is one JSON object, cut into its keys and values with the places where they stand.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;

/// A key with its value. Places are in bytes of the line.
pub(super) struct Field<'l> {
    pub(super) key: String,
    pub(super) key_at: Range<usize>,
    /// The value as typed.
    pub(super) value: &'l str,
    pub(super) value_at: Range<usize>,
}

/// The fields of an object, in order; a key that is written twice is there twice.
///
/// # Errors
/// When the line isn't one JSON object.
pub(super) fn fields(line: &str) -> Result<Vec<Field<'_>>, serde_json::Error> {
    let Pairs(pairs) = serde_json::from_str(line)?;
    let mut fields = Vec::with_capacity(pairs.len());
    let mut end = 0;
    for (key, value) in pairs {
        let value = value.get();
        // The value is a part of the line: where it stands tells how far into the line it is.
        let start = value.as_ptr().addr().saturating_sub(line.as_ptr().addr());
        let key_at = trimmed(line, end..start);
        end = start + value.len();
        fields.push(Field { key, key_at, value, value_at: start..end });
    }
    Ok(fields)
}

/// The span without the brackets, commas, colons and spaces around what it holds.
fn trimmed(line: &str, span: Range<usize>) -> Range<usize> {
    let is_around = |letter: char| letter.is_whitespace() || matches!(letter, '{' | ',' | ':');
    let between = line.get(span.clone()).unwrap_or_default();
    let key = between.trim_start_matches(is_around);
    let start = span.start + between.len() - key.len();
    start..start + key.trim_end_matches(is_around).len()
}

struct Pairs<'l>(Vec<(String, &'l RawValue)>);

impl<'l> Deserialize<'l> for Pairs<'l> {
    fn deserialize<D: Deserializer<'l>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'l> Visitor<'l> for PairsVisitor {
    type Value = Pairs<'l>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_have_their_places() {
        let line = r#" { "a" : [1, 2] ,"é":"x","a":null}"#;
        let shown: Vec<(&str, &str)> =
            fields(line).unwrap().into_iter().map(|field| (&line[field.key_at], &line[field.value_at])).collect();
        assert_eq!(shown, [("\"a\"", "[1, 2]"), ("\"é\"", "\"x\""), ("\"a\"", "null")]);
    }

    #[test]
    fn anything_but_one_object_is_refused() {
        for line in ["", "[1]", "{} {}", "{\"a\":}", "7"] {
            assert!(fields(line).is_err(), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_cut_within_its_bounds(line in "[{} ,:\"a1\\\\é\\[\\]]{0,30}") {
            for field in fields(&line).unwrap_or_default() {
                prop_assert_eq!(line.get(field.value_at), Some(field.value));
                prop_assert!(line.get(field.key_at).is_some());
            }
        }
    }
}
