//! Words and texts as numbers, which are compared and looked up faster. Two of them hardly ever have one number; who makes two
//! that do gets nothing but the answer to the other.

use rustc_hash::FxBuildHasher;
use siphasher::sip::SipHasher13;
use std::hash::BuildHasher;

/// The number of a word or term for as long as the process runs.
pub(super) fn of_word(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

/// The number of a row of words or terms, by their numbers, for as long as the process runs.
pub(super) fn of_row(numbers: &[u64]) -> u64 {
    FxBuildHasher.hash_one(numbers)
}

/// The number of a canonical text. It is kept on disk, so it is the same on every machine and in every version.
pub(super) fn of_text(canonical: &str) -> u64 {
    SipHasher13::new().hash(canonical.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_on_disk_stays_what_it_is() {
        // Another number here means that indexes of older makes must be built anew: raise `schema::VERSION`.
        assert_eq!(of_text("does zzprednisone weaken bones"), 7_492_956_300_848_698_740);
    }
}
