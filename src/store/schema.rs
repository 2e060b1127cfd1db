//! The tables, as steps from each version of them to the next.

use super::engine::{Session, Value};
use super::error::{Fault, StoreError};

/// The steps. One that was released is never changed: what comes later is a step of its own.
///
/// `NUMBERING` stands for the database's own way to number rows.
const STEPS: &[&str] = &["
    CREATE TABLE counts (
        collection TEXT NOT NULL,
        day TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        number BIGINT NOT NULL,
        PRIMARY KEY (collection, day, what, subject)
    );
    CREATE TABLE batches (
        writer BIGINT PRIMARY KEY,
        number BIGINT NOT NULL
    );
    CREATE TABLE revisions (
        number NUMBERING,
        ticket BIGINT NOT NULL UNIQUE,
        collection TEXT NOT NULL,
        entry TEXT NOT NULL,
        author BIGINT NOT NULL,
        author_name TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        before TEXT,
        after TEXT,
        pending BIGINT NOT NULL
    );
    CREATE INDEX revisions_of_entry ON revisions (collection, entry, number);
    CREATE UNIQUE INDEX revisions_pending ON revisions (collection, entry) WHERE pending = 1;
    CREATE TABLE servers (
        server BIGINT PRIMARY KEY,
        settings TEXT NOT NULL
    );
    CREATE TABLE versions (
        name TEXT PRIMARY KEY,
        number BIGINT NOT NULL
    );
    INSERT INTO versions (name, number) VALUES ('servers', 0);
"];

/// Brings the tables to the version that this pamphlet knows.
///
/// # Errors
/// When a newer pamphlet made them, and as the session does.
pub(super) fn bring_up(session: &mut dyn Session) -> Result<(), StoreError> {
    session.script("CREATE TABLE IF NOT EXISTS steps (number BIGINT PRIMARY KEY)")?;
    let rows = session.rows("SELECT COALESCE(MAX(number), 0) FROM steps", &[])?;
    let found = rows.into_iter().next().map_or(Ok(0), |mut row| row.number())?;
    let done = usize::try_from(found).unwrap_or(0);
    let Some(steps) = STEPS.get(done..) else {
        return Err(StoreError::Trouble {
            fault: Fault::Newer,
            place: session.place(),
            why: format!("its tables are of version {found}, and this pamphlet knows {} at most", STEPS.len()),
            hint: "run the pamphlet that made it, or a newer one; or put back a backup from before",
        });
    };
    for (step, number) in steps.iter().zip(found + 1..) {
        session.script(&step.replace("NUMBERING", session.numbering()))?;
        session.run("INSERT INTO steps (number) VALUES ($1)", &[Value::Number(number)])?;
    }
    Ok(())
}
