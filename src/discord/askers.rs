//! People as the rules know them: a keyed hash of person and channel.

use crate::bot::Asker;
use siphasher::sip::SipHasher24;

/// Makes [`Asker`]s under a key that is made at start and never stored, so that none can be led back to a person or
/// be told apart across restarts.
pub(super) struct Askers(SipHasher24);

impl Askers {
    /// A new key.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut key = [0; 16];
        getrandom::fill(&mut key)?;
        Ok(Self::with_key(key))
    }

    pub(super) fn with_key(key: [u8; 16]) -> Self {
        Self(SipHasher24::new_with_key(&key))
    }

    /// This person in this channel.
    pub(super) fn asker(&self, person: u64, channel: u64) -> Asker {
        let mut both = [0; 16];
        let (first, second) = both.split_at_mut(8);
        first.copy_from_slice(&person.to_le_bytes());
        second.copy_from_slice(&channel.to_le_bytes());
        Asker(self.0.hash(&both))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_people_channels_and_starts_apart() {
        let askers = Askers::with_key([7; 16]);
        assert_eq!(askers.asker(1, 2), askers.asker(1, 2));
        assert_ne!(askers.asker(1, 2), askers.asker(2, 1));
        assert_ne!(askers.asker(1, 2), Askers::with_key([8; 16]).asker(1, 2));
    }
}
