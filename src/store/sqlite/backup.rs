//! A copy of a store's file.

use super::{connect, refused, trouble};
use crate::store::error::{Fault, StoreError};
use crate::store::location::Location;
use std::io;
use std::path::Path;

/// Copies a store into a new file, while it may be in use. The copy is whole or isn't there, and only its owner may read it.
///
/// # Errors
/// When there is no store, when it is in trouble, when there is a file of this name, and when it can't be written. A PostgreSQL
/// has a program of its own for this.
pub fn backup(location: &Location, to: &Path) -> Result<(), StoreError> {
    let file = match location {
        Location::File(file) => file,
        Location::Server(address) => {
            return Err(StoreError::Trouble {
                fault: Fault::Refused,
                place: address.to_string(),
                why: "PostgreSQL makes its own backups".to_owned(),
                hint: "run pg_dump with this address",
            });
        }
    };
    let connection = connect(file)?;
    let folder = to.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let aside = tempfile::NamedTempFile::new_in(folder).map_err(|why| refused(to, why))?;
    let path = aside.path().to_str().ok_or_else(|| refused(to, io::Error::other("its name is no UTF-8")))?;
    connection.execute("VACUUM INTO ?1", [path]).map_err(|why| trouble(file, &why))?;
    aside.as_file().sync_all().map_err(|why| refused(to, why))?;
    aside.persist_noclobber(to).map_err(|why| match why.error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Trouble {
            fault: Fault::Exists,
            place: to.display().to_string(),
            why: "a backup never takes the place of anything".to_owned(),
            hint: "name a file that isn't there yet",
        },
        _ => refused(to, why.error),
    })?;
    Ok(())
}
