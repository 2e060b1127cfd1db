//! How good a collection is on labelled messages: labels and decisions to figures, and figures to what people read.
//!
//! [`read()`] takes [`Label`]s from files. Each is decided on, and an [`Outcome`] says what came of it; an [`Evaluation`]
//! counts them. [`table()`], [`json()`] and [`page()`] show it. Nothing here reads, writes or keeps a file.

mod calibration;
mod curve;
mod evaluation;
mod json;
mod label;
mod outcome;
mod page;
mod plot;
mod read;
mod section;
mod share;
mod table;
mod time;

pub use calibration::{Bin, Calibration, Guess};
pub use curve::{Curve, Point};
pub use evaluation::{Evaluation, Miss, Scored};
pub use json::json;
pub use label::Label;
pub use outcome::{Act, Fault, Outcome};
pub use page::page;
pub use read::read;
pub use section::{Row, Section};
pub use share::Share;
pub use table::table;
pub use time::Time;
