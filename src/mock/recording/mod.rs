//! The recording: every frame, every request, what members did and what they saw, one JSON object a line, and the way back.
//!
//! | module | what it is |
//! |---|---|
//! | `entry` | one line |
//! | `recorder` | writes lines as things happen |
//! | `reel` | a recording, read |
//! | `replay` | does again what members did, and compares what they see |

mod entry;
mod recorder;
mod reel;
mod replay;

pub(crate) use entry::{Entry, Way};
pub(crate) use recorder::{Recorder, record_deeds};
pub(crate) use reel::Reel;
pub use reel::ReelError;
pub use replay::Outcome;
pub(crate) use replay::replay;
