//! Checks: Discord's rules for what bots send, and the tree of errors that it answers with.

pub(crate) mod command;
mod components;
mod embeds;
pub(crate) mod form;
mod layout;
mod localizations;
mod menus;
pub(crate) mod message;
pub(crate) mod options;
pub(crate) mod settings;
mod values;

use std::fmt::{Display, from_fn};
use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use crate::mock::refusal::Refusal;

/// What is wrong with a body, gathered over all its fields.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

struct Problem {
    /// The field, as a path of keys and positions with dots between them.
    path: String,
    code: &'static str,
    message: String,
}

/// The path of a part of what stands at another path. It is spelled out only where somebody asks.
fn below(path: impl Display, part: impl Display) -> impl Display {
    from_fn(move |out| write!(out, "{path}.{part}"))
}

impl Problems {
    /// Notes a problem of a field. Only here is its path spelled out, as nearly every field has none.
    pub(crate) fn add(&mut self, path: impl Display, code: &'static str, message: impl Into<String>) {
        self.0.push(Problem { path: path.to_string(), code, message: message.into() });
    }

    /// A required field is absent.
    pub(crate) fn missing(&mut self, path: impl Display) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A field has none of the values that it may have.
    pub(crate) fn not_a_choice(&mut self, path: impl Display, choices: &str) {
        self.add(path, "BASE_TYPE_CHOICES", format!("Value must be one of {{{choices}}}."));
    }

    /// Checks that a list isn't too long or short.
    pub(crate) fn count(&mut self, path: impl Display, found: usize, range: RangeInclusive<usize>) {
        self.measure(path, found, range);
    }

    /// Checks a text and its length in characters; gives it back if it is one.
    pub(crate) fn text<'a>(
        &mut self,
        path: impl Display,
        value: Option<&'a Value>,
        range: RangeInclusive<usize>,
        required: bool,
    ) -> Option<&'a str> {
        match value {
            None | Some(Value::Null) if required => self.missing(path),
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => {
                if required || !text.is_empty() {
                    self.measure(path, text.chars().count(), range);
                }
                return Some(text);
            }
            Some(_) => self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string."),
        }
        None
    }

    /// Checks that a name has none of these in it, in letters of either kind.
    pub(crate) fn lacks(&mut self, path: impl Display, name: Option<&str>, words: &[&str]) {
        let name = name.map(str::to_lowercase).unwrap_or_default();
        if let Some(word) = words.iter().find(|word| name.contains(**word)) {
            self.add(path, "USERNAME_INVALID_CONTAINS", format!("Username cannot contain \"{word}\""));
        }
    }

    /// Checks that a text is an address of one of these schemes.
    pub(crate) fn address(&mut self, path: impl Display, text: Option<&str>, schemes: &[&str]) {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return };
        match text.split_once("://") {
            Some((scheme, rest)) if schemes.contains(&scheme) => {
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                if host.is_empty() || rest.contains(char::is_whitespace) {
                    self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
                }
            }
            Some((scheme, _)) => {
                let schemes = schemes.iter().map(|scheme| format!("'{scheme}'")).collect::<Vec<_>>().join(", ");
                let words = format!("Scheme \"{scheme}\" is not supported. Scheme must be one of ({schemes}).");
                self.add(path, "URL_TYPE_INVALID_SCHEME", words);
            }
            None => self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
        }
    }

    fn measure(&mut self, path: impl Display, found: usize, range: RangeInclusive<usize>) {
        if range.contains(&found) {
            return;
        }
        let (least, most) = range.into_inner();
        if least == 0 {
            self.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
        } else {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."));
        }
    }

    /// The refusal that names all problems, if there are any.
    pub(crate) fn into_result(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut tree = Map::new();
        for problem in self.0 {
            plant(&mut tree, &problem);
        }
        Err(Refusal::invalid_form(Value::Object(tree)))
    }
}

/// Puts a problem at its place in the tree.
fn plant(tree: &mut Map<String, Value>, problem: &Problem) {
    let mut branch = tree;
    for key in problem.path.split('.').filter(|key| !key.is_empty()) {
        let next = branch.entry(key).or_insert_with(|| Value::Object(Map::new()));
        match next {
            Value::Object(next) => branch = next,
            _ => return,
        }
    }
    let errors = branch.entry("_errors").or_insert_with(|| Value::Array(Vec::new()));
    if let Some(errors) = errors.as_array_mut() {
        errors.push(json!({ "code": problem.code, "message": problem.message }));
    }
}

/// The items of a list; none if it is absent or no list.
pub(crate) fn items<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A whole number of an object, which may be written as text; 0 if there is none.
pub(crate) fn number(object: &Value, key: &str) -> u64 {
    let value = object.get(key);
    let written = || value.and_then(Value::as_str).and_then(|text| text.parse().ok());
    value.and_then(Value::as_u64).or_else(written).unwrap_or(0)
}

/// What an object has under a key, unless that is null.
pub(crate) fn given<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

/// A text of an object; empty if there is none.
pub(crate) fn text<'a>(object: &'a Value, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_become_a_tree_over_the_fields() {
        let mut problems = Problems::default();
        problems.missing("name");
        problems.count("components.0.components", 6, 1..=5);
        let Err(refusal) = problems.into_result() else { panic!("no refusal") };
        assert_eq!(
            refusal.errors,
            Some(json!({
                "name": { "_errors": [{ "code": "BASE_TYPE_REQUIRED", "message": "This field is required" }] },
                "components": { "0": { "components": {
                    "_errors": [{ "code": "BASE_TYPE_BAD_LENGTH", "message": "Must be between 1 and 5 in length." }]
                } } },
            }))
        );
    }
}
