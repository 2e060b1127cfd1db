//! How often what happened on which day. No text of anybody, and nobody's id.

use super::Store;
use super::engine::{Row, Value};
use super::error::StoreError;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// A question was answered with this entry.
    Answered(String),
    /// Entries were offered, none of them sure enough to be the answer.
    Offered,
    /// A question that the FAQ doesn't cover.
    NotCovered,
    /// An urgent card, medical and crisis together.
    Urgent,
    /// A message that got no answer.
    Silent,
    /// Somebody found this entry helpful.
    Helpful(String),
    /// Somebody found this entry not helpful.
    NotHelpful(String),
    /// A question about this topic of `gaps.toml`.
    Gap(String),
}

impl Counted {
    /// How it is written: what, and about which entry or topic.
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Answered(entry) => ("answered", entry),
            Self::Offered => ("offered", ""),
            Self::NotCovered => ("not covered", ""),
            Self::Urgent => ("urgent", ""),
            Self::Silent => ("silent", ""),
            Self::Helpful(entry) => ("helpful", entry),
            Self::NotHelpful(entry) => ("not helpful", entry),
            Self::Gap(topic) => ("gap", topic),
        }
    }

    fn of(what: &str, subject: String) -> Option<Self> {
        Some(match what {
            "answered" => Self::Answered(subject),
            "offered" => Self::Offered,
            "not covered" => Self::NotCovered,
            "urgent" => Self::Urgent,
            "silent" => Self::Silent,
            "helpful" => Self::Helpful(subject),
            "not helpful" => Self::NotHelpful(subject),
            "gap" => Self::Gap(subject),
            _ => return None,
        })
    }
}

/// What a count is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountKey {
    /// The collection's id.
    pub collection: String,
    /// The day, as the process that counted had it.
    pub day: Date,
    /// What happened.
    pub what: Counted,
}

/// Which batch of counts this is, so that one that is written twice is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchId {
    /// Who writes it: a number by chance that no other writer has.
    pub writer: u64,
    /// Which of the writer's batches it is; each has a greater number than those before.
    pub number: u64,
}

impl Store {
    /// Adds a batch of counts to what was counted before: all of them, or on an error none. A batch that was added already is
    /// left as it is, so that it can be written again when nobody knows whether it arrived.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn add(&self, batch: BatchId, counts: &BTreeMap<CountKey, u64>) -> Result<(), StoreError> {
        self.engine.write(|session| {
            let sql = "INSERT INTO batches (writer, number) VALUES ($1, $2) \
                       ON CONFLICT (writer) DO UPDATE SET number = excluded.number WHERE batches.number < excluded.number";
            let is_new = session.run(sql, &[batch.writer.cast_signed().into(), batch.number.cast_signed().into()])? > 0;
            // In the order of their keys, so that two processes never wait for each other's rows in turn.
            for (key, number) in counts.iter().filter(|_| is_new) {
                let (what, subject) = key.what.parts();
                let values = [
                    kept(&key.collection),
                    key.day.to_string().as_str().into(),
                    what.into(),
                    kept(subject),
                    i64::try_from(*number).unwrap_or(i64::MAX).into(),
                ];
                let sql = "INSERT INTO counts (collection, day, what, subject, number) VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (collection, day, what, subject) DO UPDATE SET number = counts.number + excluded.number";
                session.run(sql, &values)?;
            }
            Ok(())
        })
    }

    /// The counts of a collection on these days.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn counts(&self, collection: &str, days: RangeInclusive<Date>) -> Result<BTreeMap<CountKey, u64>, StoreError> {
        let (since, until) = (days.start().to_string(), days.end().to_string());
        let values = [kept(collection), since.as_str().into(), until.as_str().into()];
        let sql = "SELECT day, what, subject, number FROM counts WHERE collection = $1 AND day >= $2 AND day <= $3";
        let rows = self.engine.read(|session| session.rows(sql, &values))?;
        rows.into_iter().map(|row| read(row, collection)).collect()
    }
}

/// A name as both databases can keep it. One character that PostgreSQL refuses must not hold up every other count.
fn kept(name: &str) -> Value {
    Value::Text(name.replace('\0', "\u{fffd}"))
}

fn read(mut row: Row, collection: &str) -> Result<(CountKey, u64), StoreError> {
    let (day, what, subject, number) = (row.time()?, row.text()?, row.text()?, row.number()?);
    let what = Counted::of(&what, subject).ok_or_else(|| row.odd("nothing is counted as this"))?;
    Ok((CountKey { collection: collection.to_owned(), day, what }, number.cast_unsigned()))
}
