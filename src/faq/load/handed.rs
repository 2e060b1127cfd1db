//! A collection on its way to another process of the same program: whole, as it was read, whatever becomes of its files meanwhile.

use super::hash::with_hash;
use crate::faq::Collection;
use serde::Deserialize;
use std::io::{self, BufWriter, Read, Write};

impl Collection {
    /// Writes the collection for another process.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn hand_over(&self, to: impl Write) -> io::Result<()> {
        let mut to = BufWriter::new(to);
        serde_json::to_writer(&mut to, &(&self.id, &self.hash, self))?;
        to.flush()
    }

    /// Reads a collection that was written so, and nothing of what follows it.
    ///
    /// # Errors
    /// When it can't be read, or isn't what was written.
    pub fn take_over(from: impl Read) -> io::Result<Self> {
        let mut from = serde_json::Deserializer::from_reader(from);
        let (id, hash, content) = <(String, String, Self)>::deserialize(&mut from)?;
        let taken = with_hash(Self { id, ..content });
        if taken.hash == hash { Ok(taken) } else { Err(io::Error::other("it isn't what was handed over")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::{self, Edit, SourceRef, UrgentPhrase, Wording};
    use std::path::Path;

    #[test]
    fn it_arrives_as_it_was() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq/dermatomyositis");
        let mut collection = faq::load(&folder).collection.unwrap();
        let source = vec![SourceRef::Named("A book".to_owned())];
        let draft = Wording { question: "New?".to_owned(), source: source.clone(), passage: "New.".to_owned() };
        collection.entries[0].edit = Some(Edit::Served { signed: Some(draft.clone()) });
        collection.entries[1].edit = Some(Edit::Waiting { draft });
        collection.entries[2].source = source;
        collection.urgent.push(UrgentPhrase { kind: faq::HelpKind::Crisis, phrase: "over the edge".to_owned() });
        let collection = with_hash(collection);
        let mut bytes = Vec::new();
        collection.hand_over(&mut bytes).unwrap();
        let taken = Collection::take_over(bytes.as_slice()).unwrap();
        // The hash is one of all the content.
        assert_eq!((&taken.id, &taken.hash), (&collection.id, &collection.hash));
        assert!(Collection::take_over(&bytes[..bytes.len() / 2]).is_err(), "half of it is none");
        let other = String::from_utf8(bytes).unwrap().replacen("prednisone", "prednisonf", 1);
        assert!(Collection::take_over(other.as_bytes()).is_err(), "another is not taken for it");
    }
}
