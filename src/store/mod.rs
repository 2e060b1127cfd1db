//! What outlives the process: counts, revisions of entries, and the settings of servers, in SQLite or PostgreSQL.
//!
//! Nothing here is about members who ask: counts hold no text and no person, and a revision names the moderator who made it.
//! Each thing that is held says its SQL once, in words that both databases understand; `sqlite` and `postgres` only carry
//! it. All calls block, for seconds at worst: they have no place on a thread that serves sockets.

mod counter;
mod counts;
mod engine;
mod error;
mod location;
mod postgres;
mod revisions;
mod schema;
mod settings;
mod sqlite;

pub use counter::Counter;
pub use counts::{BatchId, CountKey, Counted};
pub use error::{Fault, StoreError};
pub use location::{Address, Location};
pub use postgres::PASSWORD_VARIABLE;
pub use revisions::{Author, NewRevision, Revision, RevisionKind, RevisionNumber, RevisionState};
pub use settings::ServerSettings;
pub use sqlite::backup;

use engine::Engine;
use std::sync::Arc;

/// What outlives the process. Several processes may hold the same store open.
pub struct Store {
    engine: Engine,
}

/// Opens the store, and makes it if there is none.
///
/// A PostgreSQL that can't be reached now is no error here, since answers must go on without it: every call tries to reach it,
/// and tells when it can't.
///
/// # Errors
/// When the store can't be opened, is damaged, or was made by a newer pamphlet.
pub fn open(location: &Location) -> Result<Arc<Store>, StoreError> {
    let engine = match location {
        Location::File(file) => Engine::Sqlite(sqlite::Sqlite::open(file)?),
        Location::Server(address) => Engine::Postgres(Box::new(postgres::Postgres::open(address)?)),
    };
    Ok(Arc::new(Store { engine }))
}
