//! Hashes, as they are written.

/// The bytes of a hash in hexadecimal.
pub(super) fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}
