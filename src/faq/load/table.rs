//! Reads one TOML table key by key, and tells of everything that is wrong in it instead of stopping at the first.

use super::nearest::nearest;
use super::shapes::Shape;
use super::sheet::{Findings, Span};
use super::shown::unfit_line;
use super::toml::Toml;
use crate::faq::limits::units;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) at: Span,
}

/// One table of a TOML text.
pub(super) struct Table<'t> {
    table: &'t DeTable<'t>,
    toml: &'t Toml<'t>,
    head: Option<Span>,
    shape: &'static Shape,
}

impl<'t> Table<'t> {
    pub(super) fn new(
        table: &'t DeTable<'t>,
        toml: &'t Toml<'t>,
        head: Option<Span>,
        shape: &'static Shape,
        findings: &mut Findings,
    ) -> Self {
        let this = Self { table, toml, head, shape };
        this.tell_unknown_keys(findings);
        this
    }

    fn tell_unknown_keys(&self, findings: &mut Findings) {
        let known = || self.shape.keys.iter().map(|(key, _)| *key);
        for key in self.table.keys().filter(|key| !known().any(|known| known == key.as_ref().as_ref())) {
            let name: &str = key.as_ref().as_ref();
            let mend = match nearest(name, known()) {
                Some(near) => format!("write `{near}` instead"),
                None => "take the line out".to_owned(),
            };
            findings.error(&self.toml.shifted(key.span()), format!("unknown key `{name}`"), self.shape.list(), mend);
        }
    }

    /// The value of a key. Absent, `""` and `[]` are the same.
    fn value(&self, key: &str) -> Option<(&'t DeValue<'t>, Span)> {
        let value = self.table.get(key)?;
        let is_empty = match value.as_ref() {
            DeValue::String(text) => text.trim().is_empty(),
            DeValue::Array(values) => values.is_empty(),
            _ => false,
        };
        (!is_empty).then(|| (value.as_ref(), self.toml.shifted(value.span())))
    }

    /// Whether everything around it could be parsed.
    pub(super) fn is_sound(&self) -> bool {
        self.toml.is_sound
    }

    /// Whether a key has no value, and not because it can't be read.
    pub(super) fn lacks(&self, key: &str) -> bool {
        self.toml.is_sound && self.value(key).is_none()
    }

    /// Where the value of a key stands; if it has none, where the table does.
    pub(super) fn at(&self, key: &str) -> Span {
        self.table
            .get(key)
            .map(|value| self.toml.shifted(value.span()))
            .or_else(|| self.head.clone())
            .unwrap_or_default()
    }

    /// Tells that a key is missing, unless the document can't be read as a whole or the key is there.
    pub(super) fn require(&self, key: &str, findings: &mut Findings) {
        if !self.lacks(key) {
            return;
        }
        let (what, mend) = (format!("missing `{key}`"), format!("add a line `{}`", self.shape.example(key)));
        let valid = format!("{} needs it", self.shape.name);
        match self.table.get(key).map(|value| self.toml.shifted(value.span())).or_else(|| self.head.clone()) {
            Some(at) => findings.error(&at, what, valid, mend),
            None => findings.whole(what, valid, mend),
        }
    }

    /// A text of one line, of at most `most` UTF-16 units.
    pub(super) fn text(&self, key: &str, most: usize, findings: &mut Findings) -> Option<Located<String>> {
        let (value, at) = self.value(key)?;
        match value {
            DeValue::String(text) => fit(key, text, at, most, findings),
            other => self.wrong_type(key, other, &at, "text in quotes", findings),
        }
    }

    /// A text that is one of a few words, with what each stands for.
    pub(super) fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)], findings: &mut Findings) -> Option<T> {
        let text = self.text(key, usize::MAX, findings)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*meaning);
        }
        let list: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let mend = match nearest(&text.value, words.iter().map(|(word, _)| *word)) {
            Some(near) => format!("write `{key} = \"{near}\"`"),
            None => format!("write `{}`", self.shape.example(key)),
        };
        findings.error(
            &text.at,
            format!("unknown {key} `{}`", text.value),
            format!("it is {}", list.join(" or ")),
            mend,
        );
        None
    }

    /// The address of a page.
    pub(super) fn link(&self, key: &str, most: usize, findings: &mut Findings) -> Option<Located<String>> {
        let link = self.text(key, most, findings)?;
        let host =
            link.value.strip_prefix("https://").or_else(|| link.value.strip_prefix("http://")).unwrap_or_default();
        if !host.is_empty() && !host.contains(char::is_whitespace) {
            return Some(link);
        }
        let mend = format!("write the whole address, such as `{}`", self.shape.example(key));
        findings.error(
            &link.at,
            format!("`{key}` is not an address"),
            "it begins with `https://` and has no spaces",
            mend,
        );
        None
    }

    /// Texts of one line each.
    pub(super) fn texts(&self, key: &str, most: usize, findings: &mut Findings) -> Vec<Located<String>> {
        let Some((value, at)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(values) = value else {
            self.wrong_type::<()>(key, value, &at, "a list of texts", findings);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in values {
            let at = self.toml.shifted(value.span());
            match value.as_ref() {
                DeValue::String(text) if text.trim().is_empty() => {
                    findings.error(&at, format!("an empty text in `{key}`"), "each text says something", "take it out");
                }
                DeValue::String(text) => texts.extend(fit(key, text, at, most, findings)),
                other => texts.extend(self.wrong_type(key, other, &at, "a list of texts", findings)),
            }
        }
        texts
    }

    /// One text, or a list of them.
    pub(super) fn text_or_texts(&self, key: &str, most: usize, findings: &mut Findings) -> Vec<Located<String>> {
        match self.value(key) {
            Some((DeValue::String(_), _)) => self.text(key, most, findings).into_iter().collect(),
            _ => self.texts(key, most, findings),
        }
    }

    /// A day.
    pub(super) fn day(&self, key: &str, findings: &mut Findings) -> Option<Date> {
        let (value, at) = self.value(key)?;
        let DeValue::Datetime(moment) = value else {
            return self.wrong_type(key, value, &at, "a day, without quotes", findings);
        };
        let day = moment.date.filter(|_| moment.time.is_none()).and_then(|day| {
            let (year, month, date) =
                (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?);
            Date::new(year, month, date).ok()
        });
        match day {
            Some(day) => Some(day),
            None => self.wrong_type(key, value, &at, "a day of the calendar, without a time", findings),
        }
    }

    /// A whole number in this range.
    pub(super) fn number(&self, key: &str, range: RangeInclusive<u16>, findings: &mut Findings) -> Option<u16> {
        let (value, at) = self.value(key)?;
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        let DeValue::Integer(number) = value else { return self.wrong_type(key, value, &at, &wanted, findings) };
        let number = u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number));
        if number.is_none() {
            let mend = format!("write `{}`", self.shape.example(key));
            findings.error(&at, format!("`{key}` is out of range"), format!("it is {wanted}"), mend);
        }
        number
    }

    /// The table under a key, such as `[review]`.
    pub(super) fn table(&self, key: &str, shape: &'static Shape, findings: &mut Findings) -> Option<Table<'t>> {
        match self.value(key)? {
            (DeValue::Table(table), at) => Some(Table::new(table, self.toml, Some(at), shape, findings)),
            (other, at) => self.wrong_type(key, other, &at, "a table", findings),
        }
    }

    /// The tables of a list of tables, such as `[[group]]`.
    pub(super) fn tables(&self, key: &str, shape: &'static Shape, findings: &mut Findings) -> Vec<Table<'t>> {
        let Some((value, at)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(values) = value else {
            self.wrong_type::<()>(key, value, &at, "a list of tables", findings);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in values {
            let at = self.toml.shifted(value.span());
            match value.as_ref() {
                DeValue::Table(table) => tables.push(Table::new(table, self.toml, Some(at), shape, findings)),
                other => {
                    self.wrong_type::<()>(key, other, &at, "a list of tables", findings);
                }
            }
        }
        tables
    }

    fn wrong_type<T>(&self, key: &str, value: &DeValue, at: &Span, wanted: &str, findings: &mut Findings) -> Option<T> {
        let found = match value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let mend = format!("write `{}`", self.shape.example(key));
        findings.error(at, format!("`{key}` holds {found}"), format!("it is {wanted}"), mend);
        None
    }
}

/// A text of one line without outer spaces, if it may be shown and is not too long.
fn fit(key: &str, text: &str, at: Span, most: usize, findings: &mut Findings) -> Option<Located<String>> {
    let text = text.trim();
    if let Some(unfit) = unfit_line(text) {
        findings.error(&at, format!("`{key}` holds {}", unfit.what), "plain text of one line", unfit.mend);
        return None;
    }
    let long = units(text);
    if long > most {
        let mend = format!("shorten it by {}", long - most);
        findings.error(&at, format!("`{key}` is too long: {long} characters"), format!("at most {most} fit"), mend);
        return None;
    }
    Some(Located { value: text.to_owned(), at })
}
