//! Review on paper: what a clinician is given to read, and how their signature gets into the files.
//!
//! A [`Pack`] holds the entries that need a look, and [`page()`] makes one printable page of it. [`Signature`] is what a person
//! signed with; [`sign()`] writes it into the text of an entry's file, and [`copy()`] is the signed text that is kept beside it.
//! What a signature is worth on a day is a [`Standing`](crate::faq::Standing) and not decided here. Nothing here reads, writes
//! or keeps a file, and nothing here reviews anything: people do.

mod change;
mod checklist;
mod pack;
mod page;
mod reading_age;
mod sign;
mod signature;
mod standing;
mod table;

pub use change::{Part, Side, changes};
pub use checklist::{DISCERN, OWN, Point};
pub use pack::{Leaf, Pack};
pub use page::page;
pub use reading_age::reading_age;
pub use sign::{SignError, copy, sign};
pub use signature::Signature;
pub use standing::worded;
pub use table::table;
