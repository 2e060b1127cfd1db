//! Tables: cells parted by commas, semicolons or tabs, as spreadsheets export them.

use super::Reading;
use crate::faq::{Place, Sheet};
use crate::transfer::key::Key;
use crate::transfer::names;
use crate::transfer::row::{Row, Value};
use crate::transfer::wording::{self, count, error};
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// What may part the cells, with its name.
const SEPARATORS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

/// Reads a table. The separator is the most frequent one of its first row, `usual` if there is none.
pub(super) fn read(sheet: &Sheet, usual: u8) -> Reading {
    // Excel's own line that names the separator.
    let named = sheet.text().strip_prefix("sep=").and_then(|rest| rest.split_once('\n')).map(|(mark, _)| mark);
    let base = named.map_or(0, |mark| "sep=".len() + mark.len() + 1);
    let text = sheet.text().get(base..).unwrap_or_default();
    let separator = match named.map(str::as_bytes) {
        Some([mark]) => *mark,
        _ => separator(text, usual),
    };
    let mut reading = Reading::default();
    let name =
        SEPARATORS.iter().find(|(mark, _)| *mark == separator).map_or("the sign of its first line", |(_, name)| name);
    reading.guesses.push(format!("the cells are parted by {name}"));

    let mut table = ReaderBuilder::new();
    let mut table = table.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    // Reading from memory can't fail, and the text is UTF-8.
    while table.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or_default());
        let rest = text.get(start..).unwrap_or_default();
        records.push((start + rest.len() - rest.trim_start_matches('\n').len(), record.clone()));
    }
    let Some((_, first)) = records.first() else { return reading };
    let (columns, has_header) = columns(first, &mut reading.guesses);
    let ends: Vec<usize> = records.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    for ((start, record), end) in records.iter().zip(ends).skip(usize::from(has_header)) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let place = sheet.place(&(base + start..base + end));
        let is_open = end == text.len() && is_open(text.get(*start..end).unwrap_or_default(), separator);
        match row(record, &columns, place, is_open) {
            Ok(row) => reading.rows.push(row),
            Err(problem) => reading.problems.push(*problem),
        }
    }
    reading
}

/// The most frequent separator of the first line, quoted cells left out.
fn separator(text: &str, usual: u8) -> u8 {
    let mut counts = SEPARATORS.map(|(mark, _)| (0_usize, mark == usual, mark));
    let mut is_quoted = false;
    for byte in text.bytes() {
        is_quoted ^= byte == b'"';
        if byte == b'\n' && !is_quoted {
            break;
        }
        if let Some((count, ..)) = counts.iter_mut().find(|(.., mark)| *mark == byte && !is_quoted) {
            *count += 1;
        }
    }
    counts.into_iter().max().map_or(usual, |(.., mark)| mark)
}

/// Whether a row ends inside of quotes. A quote opens a cell where the cell begins, and is a sign like any other elsewhere.
fn is_open(row: &str, separator: u8) -> bool {
    let (mut is_quoted, mut before) = (false, separator);
    for byte in row.bytes() {
        let begins = before == separator || before == b'\n';
        is_quoted = if byte == b'"' { !is_quoted && (begins || before == b'"') } else { is_quoted };
        before = byte;
    }
    is_quoted
}

/// What each column holds, and whether the first row says so. Without such a row it is the question, then the answer.
fn columns(first: &StringRecord, guesses: &mut Vec<String>) -> (Vec<Option<Key>>, bool) {
    let keys = names::keys(first.iter());
    if !keys.contains(&Some(Key::Question)) && !keys.contains(&Some(Key::Passage)) {
        guesses.push(
            "there is no row of names: the first column is read as the question, the second as the answer".into(),
        );
        let mut keys = vec![None; first.len().max(2)];
        keys.splice(..2, [Some(Key::Question), Some(Key::Passage)]);
        return (keys, false);
    }
    let told = first.iter().zip(&keys).map(|(name, key)| match key {
        Some(key) => format!("column `{name}` is read as `{}`", key.column()),
        None => format!("column `{name}` is not read"),
    });
    guesses.extend(told);
    (keys, true)
}

fn row(
    record: &StringRecord,
    columns: &[Option<Key>],
    place: Place,
    is_open: bool,
) -> Result<Row, Box<crate::faq::Problem>> {
    if is_open {
        let what = "a quote in this row is never closed, so all that follows stands in one cell";
        let valid = "a cell in quotes ends on a quote; a quote inside is written twice";
        return Err(Box::new(error(&place, what, valid, "close it, or write two quotes for one")));
    }
    let beyond = record.iter().skip(columns.len()).filter(|cell| !cell.trim().is_empty()).count();
    if beyond > 0 {
        let what = format!("this row has {} more than the first", count(beyond, "cell", "cells"));
        let valid = "a text that holds the sign between cells stands in quotes";
        return Err(Box::new(error(&place, what, valid, "put the text in quotes, or take what is too much out")));
    }
    let cells = record.iter().zip(columns).filter_map(|(cell, key)| Some(((*key)?, Value::Text(cell.to_owned()))));
    let values: BTreeMap<Key, Value> = cells.collect();
    if !values.contains_key(&Key::Passage) {
        return Err(Box::new(error(&place, "this row ends before the answer", wording::ROW, "add the answer")));
    }
    Ok(Row { place, values })
}
