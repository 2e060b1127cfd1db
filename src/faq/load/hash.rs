//! The hash of a collection's content.

use crate::faq::{Collection, hex};
use sha2::{Digest, Sha256};
use std::io::{Result, Write};

/// The collection with the hash of its content.
pub(super) fn with_hash(mut collection: Collection) -> Collection {
    rehash(&mut collection);
    collection
}

/// Gives a collection that was changed the hash of its content.
pub(super) fn rehash(collection: &mut Collection) {
    let mut digest = Digester(Sha256::new());
    // Writing to a digest can't fail, and the types of a collection all have a form in JSON.
    if serde_json::to_writer(&mut digest, collection).is_ok() {
        collection.hash = hex(digest.0.finalize());
    }
}

/// A digest that can be written to.
struct Digester(Sha256);

impl Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
