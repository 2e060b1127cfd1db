//! A store in a database of a PostgreSQL server. The only place that names it.
//!
//! One connection is held, and made anew when it broke. Every wait has an end: the server's own for a statement, and this
//! side's for a server that says nothing at all.

mod link;
mod password;
mod trouble;

pub use password::PASSWORD_VARIABLE;

use super::engine::{Session, Work};
use super::error::{Fault, StoreError};
use super::location::Address;
use super::schema;
use link::{Link, Linked};
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};

/// The lock under which tables are made: any number that other programs in this database don't use.
const TABLES: i64 = 0x0070_616d_7068_6c65;

/// A database and, while it can be reached, a connection to it.
pub(super) struct Postgres {
    address: Address,
    /// It drives the connection while a call waits for it. `None` only while this is dropped.
    runtime: Option<Runtime>,
    link: Mutex<Option<Link>>,
}

impl Postgres {
    /// Connects once, so that what an operator must mend is told at the start.
    pub(super) fn open(address: &Address) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|why| trouble::down(address, &why.to_string()))?;
        let postgres = Self { address: address.clone(), runtime: Some(runtime), link: Mutex::default() };
        match postgres.read(|_| Ok(())) {
            Err(why) if why.fault() == Some(Fault::Down) => tracing::warn!("{why}"),
            opened => opened?,
        }
        Ok(postgres)
    }

    pub(super) fn read<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        self.with_link(|linked| work(linked))
    }

    pub(super) fn write<T>(&self, work: impl Work<T>) -> Result<T, StoreError> {
        self.with_link(|linked| whole(linked, &work))
    }

    /// Does work over the connection that there is, and if that turns out to be broken, once more over a new one.
    fn with_link<T>(&self, work: impl Fn(&mut Linked) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let Some(runtime) = &self.runtime else {
            return Err(trouble::down(&self.address, "it is being closed"));
        };
        let mut held = self.link.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut link) = held.take() {
            let done = work(&mut Linked { address: &self.address, runtime, link: &mut link });
            if !is_down(&done) {
                *held = Some(link);
                return done;
            }
        }
        let mut link = Link::connect(runtime, &self.address)?;
        let linked = &mut Linked { address: &self.address, runtime, link: &mut link };
        whole(linked, &bring_up)?;
        let done = work(linked);
        if !is_down(&done) {
            *held = Some(link);
        }
        done
    }
}

impl Drop for Postgres {
    /// A runtime that is dropped where others run would panic; one that is shut down in the background doesn't.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Does work as a whole or not at all.
fn whole<T>(linked: &mut Linked, work: &impl Work<T>) -> Result<T, StoreError> {
    linked.script("BEGIN")?;
    let done = work(linked);
    linked.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    done
}

/// Brings the tables up, one process after the other.
fn bring_up(session: &mut dyn Session) -> Result<(), StoreError> {
    session.run("SELECT pg_advisory_xact_lock($1)", &[TABLES.into()])?;
    schema::bring_up(session)
}

fn is_down<T>(done: &Result<T, StoreError>) -> bool {
    matches!(done, Err(why) if why.fault() == Some(Fault::Down))
}
