//! JSON Lines: one object a line.

use super::{Reading, object};
use crate::faq::Sheet;
use crate::transfer::row::Row;
use crate::transfer::wording::{self, error};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Reads the objects of a sheet.
pub(super) fn read(sheet: &Sheet) -> Reading {
    let mut reading = Reading::default();
    let mut unread = BTreeSet::new();
    let mut start = 0;
    for line in sheet.text().split('\n') {
        if !line.trim().is_empty() {
            match serde_json::from_str::<Map<String, Value>>(line) {
                Ok(object) => {
                    let place = sheet.place(&(start..start + line.len()));
                    reading.rows.push(Row { place, values: object::values(&object, &mut unread) });
                }
                Err(why) => {
                    // serde_json counts columns from 1.
                    let at = start + why.column().saturating_sub(1).min(line.len());
                    let told = why.to_string();
                    let what = told.split(" at line ").next().unwrap_or_default();
                    let mend =
                        "write each object on one line of its own; look for a quote, a comma or a bracket too few";
                    let what = format!("this line is not a JSON object: {what}");
                    reading.problems.push(error(&sheet.place(&(at..at + 1)), what, wording::ROW, mend));
                }
            }
        }
        start += line.len() + 1;
    }
    reading.guesses.extend(object::told(&unread));
    reading
}
