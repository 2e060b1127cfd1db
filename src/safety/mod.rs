//! What keeps people safe: urgent and personal signs in a message, and what may go out.

mod escape;
mod personal;
mod urgent;

pub use escape::{MAX_UNTRUSTED, escape};
pub use personal::personal;
pub use urgent::{Danger, urgent, urgent_because};
