//! The file of an entry as a moderator meets it.

use super::fields::Fields;
use sha2::{Digest, Sha256};

/// How many bytes of a text's hash tell its version.
const VERSION: usize = 8;

/// What opens a file in the eyes of some editors.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The file of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its text, as it was typed.
    pub text: String,
    /// What a form shows of it; none where a form would lose something.
    pub fields: Option<Fields>,
    /// The version of the text: 16 letters and digits, others for any other text.
    pub version: String,
}

impl Sheet {
    pub(super) fn of(text: String) -> Self {
        Self { fields: Fields::read(&plain(&text)), version: version(&text), text }
    }
}

/// The version of a text.
pub(super) fn version(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(VERSION).map(|byte| format!("{byte:02x}")).collect()
}

/// The text as the loader reads it: line ends as `\n`, no byte-order mark.
pub(super) fn plain(text: &str) -> String {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).replace("\r\n", "\n")
}

/// A plain text with the line ends and the byte-order mark of another.
pub(super) fn typed_like(text: &str, other: &str) -> String {
    let mark = if other.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.to_string() } else { String::new() };
    mark + &if other.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() }
}
