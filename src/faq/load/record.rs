//! Reads one labelled message key by key, and tells of everything that is wrong in it.

use super::line::{Field, fields};
use super::nearest::near;
use super::sheet::{Findings, Span};
use crate::faq::MessageKind;
use serde::Deserialize;

/// The keys of a label with how each is written.
const KEYS: [(&str, &str); 9] = [
    ("id", r#""id": "a1""#),
    ("q", r#""q": "will pred wreck my bones""#),
    ("kind", r#""kind": "answer""#),
    ("gold", r#""gold": ["S1p1"]"#),
    ("style", r#""style": "lay""#),
    ("group", r#""group": "near""#),
    ("context", r#""context": ["i am on pred"]"#),
    ("surface", r#""surface": "overheard""#),
    ("must", r#""must": ["osteoporosis"]"#),
];

/// A value and where it stands in its sheet.
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) at: Span,
}

/// One line of a file of labels.
pub(crate) struct Record<'l> {
    fields: Vec<Field<'l>>,
    /// The line in its sheet.
    line: Span,
}

impl<'l> Record<'l> {
    /// The record of a line that begins here in its sheet; tells of keys that it can't have.
    pub(crate) fn read(line: &'l str, start: usize, findings: &mut Findings) -> Option<Self> {
        let whole = start..start + line.len();
        match fields(line) {
            Ok(fields) => {
                let record = Self { fields, line: whole };
                record.tell_odd_keys(findings);
                Some(record)
            }
            Err(why) => {
                // serde_json counts columns from 1.
                let at = start + why.column().saturating_sub(1).min(line.len());
                let told = why.to_string();
                let what = told.split(" at line ").next().unwrap_or_default();
                let valid = "a line is one object, such as `{\"id\": \"a1\", \"q\": \"…\", \"kind\": \"none\"}`";
                let mend = "look for a quote, a comma or a bracket too few or too many";
                findings.error(&(at..at + 1), format!("this is not a JSON object: {what}"), valid, mend);
                None
            }
        }
    }

    /// Where to tell of what concerns the line as a whole.
    pub(crate) fn line(&self) -> &Span {
        &self.line
    }

    fn tell_odd_keys(&self, findings: &mut Findings) {
        let known = || KEYS.iter().map(|(key, _)| *key);
        for (number, field) in self.fields.iter().enumerate() {
            let at = self.shifted(&field.key_at);
            if !known().any(|key| key == field.key) {
                let valid = format!("the keys of a label are {}", list(known()));
                let mend = match near(&field.key, known()).first() {
                    Some(near) => format!("write `{near}` instead"),
                    None => "take the key and its value out".to_owned(),
                };
                findings.error(&at, format!("unknown key `{}`", field.key), valid, mend);
            }
            if self.fields.iter().take(number).any(|before| before.key == field.key) {
                let what = format!("the key `{}` stands here twice", field.key);
                findings.error(&at, what, "a key stands once in a label", "take one of them out");
            }
        }
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.field(key).is_some()
    }

    /// A text that must be there and say something.
    pub(crate) fn text(&self, key: &str, findings: &mut Findings) -> Option<Located<String>> {
        if !self.has(key) {
            let mend = format!("add {}", example(key));
            findings.error(&self.line, format!("`{key}` is missing"), "a label has `id`, `q` and `kind`", mend);
        }
        let text = self.typed::<String>(key, "a text in quotes", findings)?;
        if text.value.trim().is_empty() {
            let what = format!("`{key}` is empty");
            findings.error(&text.at, what, format!("it is written {}", example(key)), "fill it in");
            return None;
        }
        Some(text)
    }

    /// What the message needs, which must be there.
    pub(crate) fn kind(&self, findings: &mut Findings) -> Option<MessageKind> {
        match self.has("kind") {
            true => self.choice("kind", &MessageKind::NAMES, findings),
            false => self.text("kind", findings).and(None),
        }
    }

    /// A short name of letters, digits and `-_.`, of at most so many, if it is there.
    pub(crate) fn name(&self, key: &str, most: usize, findings: &mut Findings) -> Option<Located<String>> {
        let name = if self.has(key) { self.text(key, findings)? } else { return None };
        let is_fit = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        if name.value.chars().count() > most || !name.value.chars().all(is_fit) {
            let valid = format!("it is a name of letters, digits, `-`, `_` and `.`, at most {most}");
            let mend = format!("write it like {}", example(key));
            findings.error(&name.at, format!("this is no name for `{key}`"), valid, mend);
            return None;
        }
        Some(name)
    }

    /// A list of texts; empty if it isn't there.
    pub(crate) fn texts(&self, key: &str, findings: &mut Findings) -> Located<Vec<String>> {
        let at = self.line.clone();
        self.typed(key, "a list of texts", findings).unwrap_or(Located { value: Vec::new(), at })
    }

    /// One of these values, if the key is there.
    pub(crate) fn choice<T: Copy>(&self, key: &str, of: &[(&str, T)], findings: &mut Findings) -> Option<T> {
        let text = self.typed::<String>(key, "a text in quotes", findings)?;
        let found = of.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let names = || of.iter().map(|(name, _)| *name);
            let mend = match near(&text.value, names()).first() {
                Some(near) => format!("write `\"{near}\"` instead"),
                None => format!("write one of {}", list(names())),
            };
            let what = format!("`{key}` can't be `{}`", text.value);
            findings.error(&text.at, what, format!("it is one of {}", list(names())), mend);
        }
        found
    }

    /// The value of a key, if it is there and of this type.
    fn typed<T: Deserialize<'l>>(&self, key: &str, wanted: &str, findings: &mut Findings) -> Option<Located<T>> {
        let field = self.field(key)?;
        let at = self.shifted(&field.value_at);
        match serde_json::from_str(field.value) {
            Ok(value) => Some(Located { value, at }),
            Err(_) => {
                let what = format!("`{key}` is not {wanted}");
                findings.error(&at, what, format!("it is written {}", example(key)), format!("make it {wanted}"));
                None
            }
        }
    }

    /// The field of this key; `null` is as good as none.
    fn field(&self, key: &str) -> Option<&Field<'l>> {
        self.fields.iter().find(|field| field.key == key && field.value != "null")
    }

    fn shifted(&self, span: &Span) -> Span {
        span.start + self.line.start..span.end + self.line.start
    }
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn example(key: &str) -> String {
    let shown = KEYS.iter().find(|(name, _)| *name == key).map_or("", |(_, example)| example);
    format!("`{shown}`")
}
