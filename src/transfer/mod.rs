//! A collection brought from elsewhere, and taken there: tables, JSON Lines and folders of Markdown.
//!
//! What is brought becomes rows, rows become entries, and each entry's file is read by the very loader before it is moved into
//! the collection. What is taken can be brought again and gives the same entries.

mod bring;
mod drafts;
mod entry_file;
mod entry_of;
mod format;
mod ids;
mod key;
mod names;
mod owners;
mod put;
mod read;
mod row;
mod staging;
mod starter;
mod take;
mod unzipped;
mod wording;
mod zipped;

#[cfg(test)]
mod tests;

pub use bring::{Bring, Brought, NotBrought, bring};
pub use entry_file::entry_file;
pub use format::Format;
pub use put::{NotPut, put};
pub use starter::{Refused, begin};
pub use take::{Taken, take};
pub use unzipped::{MAX_UNZIPPED, NotUnzipped, unzipped};
pub use zipped::{NotZipped, zipped};
