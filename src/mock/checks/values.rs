//! Values: numbers, ids, times and the like, each read and checked, in a body or in a query, where all of them are texts.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize as _;
use serde_json::Value;

use super::Problems;
use crate::mock::snowflake::Id;

impl Problems {
    /// Checks a whole number, which may be written as digits; gives it back if it is one and in the range.
    pub(crate) fn whole(
        &mut self,
        path: impl Display,
        value: Option<&Value>,
        range: RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = present(value)?;
        let Some(number) = value.as_i64().or_else(|| value.as_str()?.parse().ok()) else {
            self.not_coerced(path, value, "int");
            return None;
        };
        self.in_range(path, number, range)
    }

    /// Checks that a whole number is one of a few; gives it back if it is.
    pub(crate) fn one_of(&mut self, path: impl Display, value: Option<&Value>, choices: &[u64]) -> Option<u64> {
        let number = self.whole(&path, value, i64::MIN..=i64::MAX)?;
        let found = choices.iter().copied().find(|choice| i64::try_from(*choice) == Ok(number));
        if found.is_none() {
            let choices = choices.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            self.not_a_choice(path, &choices);
        }
        found
    }

    /// Checks that a number isn't too small or great.
    fn in_range(&mut self, path: impl Display, number: i64, range: RangeInclusive<i64>) -> Option<i64> {
        let (least, most) = range.into_inner();
        if number > most {
            self.add(path, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {most}."));
        } else if number < least {
            self.add(path, "NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {least}."));
        } else {
            return Some(number);
        }
        None
    }

    /// Checks a number, which may have a fraction and be written as digits; gives it back if it is one and not too great.
    pub(crate) fn decimal(&mut self, path: impl Display, value: Option<&Value>, most: f64) -> Option<f64> {
        let value = present(value)?;
        let number = value.as_f64().or_else(|| value.as_str()?.parse().ok()).filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.not_coerced(path, value, "float");
        } else if number.is_some_and(|number| number > most) {
            self.add(path, "NUMBER_TYPE_MAX", format!("float value should be less than or equal to {most}."));
            return None;
        }
        number
    }

    /// Checks an id; gives it back if it is one.
    pub(crate) fn id(&mut self, path: impl Display, value: Option<&Value>) -> Option<Id> {
        let value = present(value)?;
        let id = Id::deserialize(value).ok();
        if id.is_none() {
            self.not_coerced(path, value, "snowflake");
        }
        id
    }

    /// Checks the ids of a list; gives back those that are ids.
    pub(crate) fn ids(&mut self, path: impl Display, list: &[Value]) -> Vec<Id> {
        let numbered = list.iter().enumerate();
        numbered.filter_map(|(position, id)| self.id(format_args!("{path}.{position}"), Some(id))).collect()
    }

    /// Checks the ids of a list in which none may stand twice; gives back those that are ids.
    pub(crate) fn distinct_ids(&mut self, path: impl Display, list: &[Value]) -> Vec<Id> {
        let (mut ids, mut seen) = (Vec::new(), BTreeSet::new());
        for (position, id) in list.iter().enumerate() {
            let own = format_args!("{path}.{position}");
            let Some(id) = self.id(own, Some(id)) else { continue };
            if !seen.insert(id) {
                self.stands_twice(own);
            }
            ids.push(id);
        }
        ids
    }

    /// What stands there stands in the list before it, too.
    pub(crate) fn stands_twice(&mut self, path: impl Display) {
        self.add(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
    }

    /// Checks a yes or no.
    pub(crate) fn yes_or_no(&mut self, path: impl Display, value: Option<&Value>) {
        if present(value).is_some_and(|value| !value.is_boolean()) {
            self.add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }

    /// Checks a time; gives it back if it is one. Without an offset it is one of UTC.
    pub(crate) fn time(&mut self, path: impl Display, value: Option<&Value>) -> Option<Timestamp> {
        let value = present(value)?;
        let local = |text: &str| text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
        let time = value.as_str().and_then(|text| text.parse().ok().or_else(|| Some(local(text)?.timestamp())));
        if time.is_none() {
            self.add(path, "DATE_TIME_TYPE_PARSE", format!("Could not parse {}. Should be ISO8601.", bare(value)));
        }
        time
    }

    fn not_coerced(&mut self, path: impl Display, value: &Value, kind: &str) {
        self.add(path, "NUMBER_TYPE_COERCE", format!("Value \"{}\" is not {kind}.", bare(value)));
    }
}

/// A value, unless it is null.
fn present(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null())
}

/// A value as it is repeated in an error: a text without its marks.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(read: impl FnOnce(&mut Problems) -> bool) -> Option<String> {
        let mut problems = Problems::default();
        read(&mut problems);
        let error = problems.into_result().err()?.errors?.pointer("/v/_errors/0")?.clone();
        Some(format!("{} {}", error["code"].as_str()?, error["message"].as_str()?))
    }

    #[test]
    fn what_is_no_number_or_out_of_range_is_named() {
        let check = |value: Value, expected: Option<&str>| {
            let found = refused(|problems| problems.whole("v", Some(&value), 1..=100).is_some());
            assert_eq!(found.as_deref(), expected, "{value}");
        };
        check(json!(100), None);
        check(json!("1"), None);
        check(Value::Null, None);
        check(json!(101), Some("NUMBER_TYPE_MAX int value should be less than or equal to 100."));
        check(json!("-1"), Some("NUMBER_TYPE_MIN int value should be greater than or equal to 1."));
        check(json!("red"), Some("NUMBER_TYPE_COERCE Value \"red\" is not int."));
    }

    #[test]
    fn times_are_read_with_an_offset_and_without() {
        let time = |text: &str| Problems::default().time("v", Some(&json!(text)));
        let expected = "2024-05-01T00:00:00Z".parse().ok();
        for text in ["2024-05-01T00:00:00.000Z", "2024-05-01T02:00:00+02:00", "2024-05-01T00:00:00", "2024-05-01"] {
            assert_eq!(time(text), expected, "{text}");
        }
        let found = refused(|problems| problems.time("v", Some(&json!("soon"))).is_some());
        assert_eq!(found.as_deref(), Some("DATE_TIME_TYPE_PARSE Could not parse soon. Should be ISO8601."));
    }
}
