//! What keeps people safe: urgent and personal signs in a message, and what may go out.

mod escape;
mod signs;
mod urgent;

pub use escape::{MAX_UNTRUSTED, escape};
pub use signs::{Danger, Signs};
