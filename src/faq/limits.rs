//! How long things may be. Lengths of text are in UTF-16 units, as Discord counts them: a letter is one, most emoji two.
//!
//! The lengths of what a card shows are chosen together: the longest card that can be loaded, with two sources and
//! the notice for personal questions, stays under Discord's 2,000 for one message.

/// The most that an entry's `question` may have: it is a card's title, a button's label and a choice of the command's
/// autocomplete. Discord allows a label 80.
pub const MAX_QUESTION: usize = 80;

/// The most bytes that a file of a collection may have. A larger one is refused unread.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// The most that an entry's passage may have, so that the whole card (title, passage, source, reminder and notice)
/// stays under Discord's 2,000 for one message.
pub const MAX_PASSAGE: usize = 1_000;

/// The most files that a collection's folder may hold.
pub const MAX_FILES: usize = 60_000;

/// The most that an entry's id may have: button ids are built from it.
pub const MAX_ID: usize = 64;

/// The most that a collection's title may have.
pub(super) const MAX_TITLE: usize = 120;

/// The most that the reminder may have.
pub(super) const MAX_REMINDER: usize = 180;

/// The most that the words for whom to ask may have.
pub(super) const MAX_ASK: usize = 100;

/// The most that the title of the source document may have.
pub(super) const MAX_DOCUMENT_TITLE: usize = 90;

/// The most that the heading of a source passage may have.
pub(super) const MAX_SECTION: usize = 70;

/// The most that a source may have that an entry names itself, in a collection without `source.toml`.
pub(super) const MAX_NAMED_SOURCE: usize = 160;

/// The most that a reviewer's role may have.
pub(crate) const MAX_ROLE: usize = 40;

/// The most that a topic may have.
pub(super) const MAX_TOPIC: usize = 80;

/// The most that one phrasing, word, number or id may have.
pub(super) const MAX_PHRASE: usize = 200;

/// The most that a fact or an address may have.
pub(super) const MAX_FACT: usize = 500;

/// The most sources of one entry.
pub(super) const MAX_SOURCES: usize = 2;

/// Fewer phrasings than this in an entry are worth a warning.
pub(super) const FEW_PHRASINGS: usize = 3;

/// The length of a text as Discord counts it.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
