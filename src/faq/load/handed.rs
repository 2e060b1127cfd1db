//! A collection on its way to another process of the same program: whole, as it was read, whatever becomes of its files meanwhile.

use super::hash::with_hash;
use crate::faq::Collection;
use serde::{Deserialize, Serialize};
use std::io::{self, BufReader, BufWriter, Read, Write};

/// What is written: the content, and what isn't part of it.
#[derive(Serialize, Deserialize)]
struct Handed<Id, Content> {
    id: Id,
    content: Content,
}

impl Collection {
    /// Writes the collection for another process.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn hand_over(&self, to: impl Write) -> io::Result<()> {
        let mut to = BufWriter::new(to);
        serde_json::to_writer(&mut to, &Handed { id: &self.id, content: self })?;
        to.flush()
    }

    /// Reads a collection that was written so, and perhaps some of what follows it.
    ///
    /// # Errors
    /// When it can't be read, or isn't what was written.
    pub fn take_over(from: impl Read) -> io::Result<Self> {
        let mut from = serde_json::Deserializer::from_reader(BufReader::new(from));
        let Handed::<String, Self> { id, content } = Deserialize::deserialize(&mut from)?;
        Ok(with_hash(Self { id, ..content }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq;
    use std::path::Path;

    #[test]
    fn it_arrives_as_it_was() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis");
        let collection = faq::load(&folder).collection.unwrap();
        let mut bytes = Vec::new();
        collection.hand_over(&mut bytes).unwrap();
        let taken = Collection::take_over(bytes.as_slice()).unwrap();
        // The hash is one of all the content.
        assert_eq!((&taken.id, &taken.hash), (&collection.id, &collection.hash));
        assert!(Collection::take_over(&bytes[..bytes.len() / 2]).is_err(), "half of it is none");
    }
}
