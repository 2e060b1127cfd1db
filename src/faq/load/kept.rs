//! The last good text of a file, kept for the day on which the file is spoilt.

use std::io;

/// How hard it is packed: what takes a millisecond is enough.
const LEVEL: i32 = 1;

/// A text that is kept. It is packed, since the table of gaps alone can be larger than all entries together, and that day seldom
/// comes.
#[derive(Debug)]
pub(super) struct Kept(Vec<u8>);

impl Kept {
    /// Keeps a text.
    pub(super) fn new(text: &[u8]) -> io::Result<Self> {
        let mut packed = zstd::bulk::compress(text, LEVEL)?;
        packed.shrink_to_fit();
        Ok(Self(packed))
    }

    /// The text as it was.
    pub(super) fn text(&self) -> io::Result<Vec<u8>> {
        zstd::decode_all(self.0.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was() {
        for text in ["", "a", &"[[gap]]\ntopic = \"tea\"\n".repeat(9_000)] {
            assert_eq!(Kept::new(text.as_bytes()).unwrap().text().unwrap(), text.as_bytes());
        }
    }
}
