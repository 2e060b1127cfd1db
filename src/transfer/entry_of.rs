//! A row as an entry, as far as it goes by itself.

use super::ids::made_of;
use super::key::Key;
use super::row::{MARKS, Row, TITLE_MARKS};
use super::wording::{ROW, error};
use crate::faq::{Collection, Entry, NO_TOPIC, Problem, Review, SourceRef, Standing, is_hash, is_id};
use jiff::civil::Date;
use std::collections::HashSet;

/// The entry of a row. Its id is empty if the row names none.
///
/// # Errors
/// When the row has no question, no answer or no source, or a day that is none.
pub(super) fn entry_of(row: &Row, collection: &Collection, source: Option<&str>) -> Result<Entry, Box<Problem>> {
    let missing = |what: &str| Box::new(error(&row.place, what, ROW, "fill it in, or take the row out"));
    let question = row.line(Key::Question).ok_or_else(|| missing("there is no question here"))?;
    let passage = row.text(Key::Passage).ok_or_else(|| missing("there is no answer here"))?;
    let id = row.line(Key::Id).map(|id| if is_id(&id) { id } else { made_of(&id) });
    Ok(Entry {
        id: id.unwrap_or_default(),
        question,
        also: row.list(Key::Also, &MARKS),
        topic: row.line(Key::Topic).unwrap_or_else(|| NO_TOPIC.to_owned()),
        source: sources(row, collection, source)?,
        related: row.list(Key::Related, &MARKS),
        ask: row.line(Key::Ask),
        review: review(row)?,
        edit: None,
        standing: Standing::default(),
        passage,
    })
}

/// The review of a row. Of one that names no signed text only the day stays by which the entry is to be looked at.
fn review(row: &Row) -> Result<Review, Box<Problem>> {
    let day = |key: Key| row.line(key).map(|text| day(row, key, &text)).transpose();
    let review = Review {
        reviewed_by: row.line(Key::ReviewedBy),
        reviewed_on: day(Key::ReviewedOn)?,
        review_by: day(Key::ReviewBy)?,
        approved: row.line(Key::Approved),
    };
    Ok(if claims_in_vain(row) { Review { review_by: review.review_by, ..Review::default() } } else { review })
}

/// Whether a row claims a review, but without the hash of a text: nobody could tell what was signed.
pub(super) fn claims_in_vain(row: &Row) -> bool {
    let claims = [Key::ReviewedBy, Key::ReviewedOn, Key::Approved].iter().any(|key| row.line(*key).is_some());
    claims && !row.line(Key::Approved).is_some_and(|hash| is_hash(&hash))
}

/// The sources of a row: titles and links, which may hold a semicolon, or ids of passages, which hold none.
fn sources(row: &Row, collection: &Collection, default: Option<&str>) -> Result<Vec<SourceRef>, Box<Problem>> {
    let of_document = collection.source.is_some();
    let marks: &[char] = if of_document { &MARKS } else { &TITLE_MARKS };
    let mut named = row.list(Key::Source, marks);
    if named.is_empty() {
        named.extend(default.map(str::to_owned));
    }
    if named.is_empty() {
        let valid = match of_document {
            true => "a card names its source: the id of a passage of source.toml",
            false => "a card names its source: a title or a link",
        };
        let mend = "fill in a column `source`, or name one for all rows with `--source \"…\"`";
        return Err(Box::new(error(&row.place, "there is no source here", valid, mend)));
    }
    let mut seen = HashSet::new();
    named.retain(|name| seen.insert(name.clone()));
    let wrap = if of_document { SourceRef::Passage } else { SourceRef::Named };
    Ok(named.into_iter().map(wrap).collect())
}

fn day(row: &Row, key: Key, text: &str) -> Result<Date, Box<Problem>> {
    text.parse().map_err(|_| {
        let what = format!("`{}` is not a day: `{text}`", key.column());
        Box::new(error(&row.place, what, "a day is written 2026-11-23", "write it so, or leave it out"))
    })
}
