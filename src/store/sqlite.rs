//! A store in one file of SQLite's. The only place that names it.

mod backup;
#[cfg(test)]
mod tests;

pub use backup::backup;

use super::engine::{Row, Session, Value, Work};
use super::error::{Fault, StoreError};
use super::schema;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, TransactionBehavior};
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What a file needs that can't be opened.
const MAY: &str = "its folder must be there, and pamphlet must be allowed to read and write in it";

/// How long another process may hold the file before a call gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often opening is tried while another process does the same.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// An open file.
pub(super) struct Sqlite {
    file: PathBuf,
    connection: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the file, and makes it if there is none. It is read once as a whole: a damaged one is told now and not later.
    pub(super) fn open(file: &Path) -> Result<Self, StoreError> {
        let until = Instant::now() + PATIENCE;
        loop {
            match Self::try_open(file) {
                // Who turns a new file to a log written ahead needs it alone, and SQLite doesn't wait for that.
                Err(why) if why.fault() == Some(Fault::Busy) && Instant::now() < until => {
                    std::thread::sleep(BETWEEN_TRIES);
                }
                opened => return opened,
            }
        }
    }

    fn try_open(file: &Path) -> Result<Self, StoreError> {
        make(file).map_err(|why| refused(file, why))?;
        let connection = connect(file)?;
        let told = |why| trouble(file, &why);
        let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(told)?;
        if found != "ok" {
            return Err(StoreError::damaged(&file.display().to_string(), found));
        }
        // Full: a revision that was begun is on the disk before its file is put into place.
        let ways = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";
        connection.execute_batch(ways).map_err(told)?;
        let sqlite = Self { file: file.to_owned(), connection: Mutex::new(connection) };
        sqlite.write(schema::bring_up)?;
        Ok(sqlite)
    }

    pub(super) fn read<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut Open { file: &self.file, connection: &connection })
    }

    pub(super) fn write<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |why| trouble(&self.file, &why);
        // At once for writing: one that turns to writing later can find that it may not, and no waiting helps.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        let done = work(&mut Open { file: &self.file, connection: &transaction })?;
        transaction.commit().map_err(told)?;
        Ok(done)
    }
}

/// Makes the file for its owner alone, if there is none. The files that SQLite puts beside it take after it.
fn make(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(why),
        _ => Ok(()),
    }
}

/// Connects to a file that is there.
fn connect(file: &Path) -> Result<Connection, StoreError> {
    // SQLite says only that it can't; the system says why. To open the file past SQLite would end the locks that this process
    // has on it.
    fs::metadata(file).map_err(|why| refused(file, why))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(|why| trouble(file, &why))?;
    connection.busy_timeout(PATIENCE).map_err(|why| trouble(file, &why))?;
    Ok(connection)
}

/// A connection while work is done on it.
struct Open<'a> {
    file: &'a Path,
    connection: &'a Connection,
}

impl Session for Open<'_> {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let told = |why| trouble(self.file, &why);
        let mut statement = self.connection.prepare_cached(sql).map_err(told)?;
        let changed = statement.execute(rusqlite::params_from_iter(values)).map_err(told)?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let told = |why| trouble(self.file, &why);
        let mut statement = self.connection.prepare_cached(sql).map_err(told)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(told)?;
        let mut read = Vec::new();
        while let Some(row) = rows.next().map_err(told)? {
            let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
            read.push(Row::new(self.place(), values.collect::<Result<_, _>>().map_err(told)?));
        }
        Ok(read)
    }

    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|why| trouble(self.file, &why))
    }

    fn numbering(&self) -> &'static str {
        "INTEGER PRIMARY KEY AUTOINCREMENT"
    }

    fn place(&self) -> String {
        self.file.display().to_string()
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Nothing => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        // No column holds them.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Nothing,
    }
}

/// What SQLite's errors mean to an operator.
fn trouble(file: &Path, why: &rusqlite::Error) -> StoreError {
    let (fault, hint) = match why.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            return StoreError::damaged(&file.display().to_string(), why.to_string());
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
            (Fault::Busy, "look which other program has the file open; it must stand on a disk of this machine")
        }
        Some(ErrorCode::DiskFull) => (Fault::Full, "make room on its disk"),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => (Fault::Refused, MAY),
        _ => (Fault::Failed, "look at the disk that holds it, and at what the system says of it"),
    };
    StoreError::Trouble { fault, place: file.display().to_string(), why: why.to_string(), hint }
}

/// What the system's errors mean to an operator.
fn refused(file: &Path, why: io::Error) -> StoreError {
    let (fault, hint) = match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (Fault::Full, "make room on its disk"),
        _ => (Fault::Refused, MAY),
    };
    StoreError::Trouble { fault, place: file.display().to_string(), why: why.to_string(), hint }
}
