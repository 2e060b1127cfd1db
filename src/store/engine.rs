//! A database, as little of it as the store needs: statements, values and rows.

use super::error::StoreError;
use super::postgres::Postgres;
use super::sqlite::Sqlite;

/// The database that carries a store.
pub(super) enum Engine {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

/// Work on a database. It may be done a second time where a connection broke, so it must come to the same twice.
pub(super) trait Work<T>: Fn(&mut dyn Session) -> Result<T, StoreError> {}

impl<T, W: Fn(&mut dyn Session) -> Result<T, StoreError>> Work<T> for W {}

impl Engine {
    /// Reads with statements that each stand alone.
    pub(super) fn read<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(work),
            Self::Postgres(postgres) => postgres.read(work),
        }
    }

    /// Changes all that the work changes, or nothing.
    pub(super) fn write<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(work),
            Self::Postgres(postgres) => postgres.write(work),
        }
    }
}

/// An open connection.
///
/// Parameters are written `$1`, `$2` and so on, each for the first time in this order: PostgreSQL counts them by their number,
/// SQLite by where they are first named.
pub(super) trait Session {
    /// Runs a statement and gives how many rows it changed.
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError>;

    /// Runs a statement and gives its rows.
    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// Runs statements without parameters.
    fn script(&mut self, sql: &str) -> Result<(), StoreError>;

    /// How a column is declared that numbers its rows and never uses a number twice.
    fn numbering(&self) -> &'static str;

    /// The file, or the address without its password.
    fn place(&self) -> String;
}

/// A value that goes into a statement or comes out of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Nothing,
    Number(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::from)
    }
}

/// The values of a row, in the order of its statement's columns. No error repeats one: it may be what a moderator wrote.
pub(super) struct Row {
    place: String,
    values: std::vec::IntoIter<Value>,
}

impl Row {
    pub(super) fn new(place: String, values: Vec<Value>) -> Self {
        Self { place, values: values.into_iter() }
    }

    /// The next value, which is a number.
    pub(super) fn number(&mut self) -> Result<i64, StoreError> {
        match self.values.next() {
            Some(Value::Number(number)) => Ok(number),
            _ => Err(self.odd("a number is meant")),
        }
    }

    /// The next value, which is a text.
    pub(super) fn text(&mut self) -> Result<String, StoreError> {
        self.text_if_any()?.ok_or_else(|| self.odd("a text is meant"))
    }

    /// The next value, which is a text or nothing.
    pub(super) fn text_if_any(&mut self) -> Result<Option<String>, StoreError> {
        match self.values.next() {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Nothing) => Ok(None),
            _ => Err(self.odd("a text is meant")),
        }
    }

    /// The next value, which is a day or a time.
    pub(super) fn time<T: std::str::FromStr>(&mut self) -> Result<T, StoreError> {
        self.text()?.parse().map_err(|_| self.odd("a day or a time is meant"))
    }

    /// An error that says that this row can't have been written by pamphlet.
    pub(super) fn odd(&self, why: impl std::fmt::Display) -> StoreError {
        StoreError::odd_row(&self.place, why)
    }
}
