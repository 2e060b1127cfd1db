//! What keeps people safe: urgent and personal signs in a message, and what may go out.

mod escape;
mod pattern;
mod signs;

pub use escape::{MAX_UNTRUSTED, escape};
pub use signs::{personal, urgent};
