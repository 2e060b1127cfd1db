//! The words that members see, in each language that pamphlet speaks: one file a language, `en.ftl` first.
//!
//! The files are in [Fluent](https://projectfluent.org), whose sentences bend by language. A new word is a line in each of them
//! and its name in `list`; where one is missing, or is told something else, the tests say so.

mod bundle;
mod language;
mod list;
#[cfg(test)]
mod tests;

pub use language::{Language, UnknownLanguage};
pub(crate) use list::Named;
