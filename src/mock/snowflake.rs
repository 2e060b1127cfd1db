//! Snowflakes: the ids of everything here, one rising sequence that carries the time in Discord's own form.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// The first millisecond of Discord's calendar: 1 January 2015, in Unix milliseconds.
const EPOCH_MS: u64 = 1_420_070_400_000;

/// An id: of a person, a channel, a message, a command, an interaction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Id(pub(crate) u64);

impl Id {
    /// The bits of an id below its time.
    pub(crate) const TIME_SHIFT: u32 = 22;

    /// The first id of a time, or of so many milliseconds before it.
    pub(crate) fn first_of(time: Timestamp, before: u64) -> Id {
        let milliseconds = u64::try_from(time.as_millisecond()).unwrap_or(0);
        Id(milliseconds.saturating_sub(EPOCH_MS).saturating_sub(before) << Id::TIME_SHIFT)
    }

    /// When this id was made.
    pub(crate) fn time(self) -> Timestamp {
        let milliseconds = (self.0 >> Id::TIME_SHIFT) + EPOCH_MS;
        i64::try_from(milliseconds).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Id, Self::Err> {
        text.parse().map(Id)
    }
}

/// Ids travel as strings, since JavaScript's numbers are too small for them.
impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(itoa::Buffer::new().format(self.0))
    }
}

/// Ids are read from strings and from numbers.
impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an id, as digits")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                text.parse().map_err(|_| E::custom("an id consists of digits"))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number))
            }
        }

        deserializer.deserialize_any(IdVisitor).map_err(D::Error::custom)
    }
}

/// The sequence that ids come from.
#[derive(Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id: above every earlier one, with this time unless an earlier one carries a later.
    pub(crate) fn next(&mut self, now: Timestamp) -> Id {
        self.last = (self.last + 1).max(Id::first_of(now, 0).0);
        Id(self.last)
    }
}

/// A time as Discord writes it; Python before 3.11 reads `+00:00` but not `Z`.
pub(crate) fn written(time: Timestamp) -> String {
    const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(6));
    let mut text = PRINTER.timestamp_to_string(&time);
    text.truncate(text.len() - 1);
    text + "+00:00"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_above_the_one_before() {
        let mut snowflakes = Snowflakes::default();
        let ids: Vec<Id> = (0..10_000).map(|_| snowflakes.next(Timestamp::now())).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn an_id_carries_the_time_it_was_made() {
        let age = Timestamp::now().duration_since(Snowflakes::default().next(Timestamp::now()).time());
        assert!(age.abs() < jiff::SignedDuration::from_secs(5), "{age}");
        assert_eq!(written(Id(175_928_847_299_117_063).time()), "2016-04-30T11:18:25.796000+00:00");
    }
}
