//! What PostgreSQL's errors mean to an operator.

use crate::store::error::{Fault, StoreError};
use crate::store::location::Address;
use std::error::Error as _;
use std::io;
use tokio_postgres::error::SqlState;

/// An error of the server, or of the way to it.
pub(super) fn trouble(address: &Address, why: &tokio_postgres::Error) -> StoreError {
    let cause = why.source().map(ToString::to_string);
    let said = cause.map_or_else(|| why.to_string(), |cause| format!("{why}: {cause}"));
    let Some(state) = why.code() else {
        return if is_down(why) { down(address, &said) } else { refused(address, said) };
    };
    let (fault, hint) = match *state {
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => {
            return StoreError::damaged(&address.to_string(), said);
        }
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::TOO_MANY_CONNECTIONS => return down(address, &said),
        SqlState::QUERY_CANCELED | SqlState::LOCK_NOT_AVAILABLE | SqlState::T_R_DEADLOCK_DETECTED => {
            (Fault::Busy, "look in pg_stat_activity what else is done in this database")
        }
        SqlState::DISK_FULL => (Fault::Full, "make room on the server's disk"),
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION
        | SqlState::INVALID_PASSWORD
        | SqlState::INVALID_CATALOG_NAME
        | SqlState::INSUFFICIENT_PRIVILEGE
        | SqlState::READ_ONLY_SQL_TRANSACTION => return refused(address, said),
        _ => (Fault::Failed, "look at the server's log"),
    };
    StoreError::Trouble { fault, place: address.to_string(), why: said, hint }
}

/// Whether the server or the way to it is gone. A certificate that isn't trusted is invalid data.
fn is_down(why: &tokio_postgres::Error) -> bool {
    let cause = why.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    why.is_closed() || cause.is_some_and(|cause| cause.kind() != io::ErrorKind::InvalidData)
}

/// A server that can't be reached, or says nothing.
pub(super) fn down(address: &Address, why: &str) -> StoreError {
    let hint = "see that PostgreSQL runs there and lets this machine in";
    StoreError::Trouble { fault: Fault::Down, place: address.to_string(), why: why.to_owned(), hint }
}

/// A server that is there and doesn't let pamphlet in.
pub(super) fn refused(address: &Address, why: String) -> StoreError {
    let hint = "make the database and a user who owns it, and give the user's password in PAMPHLET_STORE_PASSWORD or \
                ~/.pgpass; the server's certificate must be one that this machine trusts";
    StoreError::Trouble { fault: Fault::Refused, place: address.to_string(), why, hint }
}
