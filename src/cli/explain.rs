//! Why a message got the answer it got, for the terminal.

use crate::answer::{Verdict, story};
use crate::search::Index;

/// The story of a verdict, and an empty line after it.
pub(super) fn text(index: &Index, verdict: &Verdict) -> String {
    let mut text = story(index, verdict).join("\n");
    text.push_str("\n\n");
    text
}
