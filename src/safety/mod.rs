//! What keeps people safe: urgent and personal signs in a message, and what may go out.

mod danger;
mod escape;
mod signs;
mod urgent;

pub use danger::Danger;
pub use escape::{MAX_UNTRUSTED, escape, is_shown};
pub use signs::Signs;

/// Reads the lists and what was learned, which takes a moment, so that no message waits for it.
pub fn ready() {
    urgent::ready();
    crate::kinds::ready();
}
