//! Standings as a table for a terminal.

use super::worded;
use crate::faq::{Collection, Entry};
use std::fmt::Write;

const HEADINGS: [&str; 4] = ["entry", "standing", "reviewed", "next review"];

/// A line for each entry of a collection on its day, under headings, and the counts of what needs a look.
pub fn table(collection: &Collection) -> String {
    let rows: Vec<[String; 4]> = collection.entries.iter().map(row).collect();
    let heading = HEADINGS.map(str::to_owned);
    let width = |column: usize| {
        let all = std::iter::once(&heading).chain(&rows);
        all.filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths = [0, 1, 2, 3].map(width);
    let mut text = String::new();
    for row in std::iter::once(&heading).chain(&rows) {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    let _ = writeln!(text, "\n{}", counts(collection));
    text
}

fn row(entry: &Entry) -> [String; 4] {
    let review = &entry.review;
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let reviewed = match (&review.reviewed_by, review.reviewed_on) {
        (Some(role), Some(day)) if review.is_signed() => format!("{day}, {role}"),
        _ => "–".to_owned(),
    };
    [entry.id.clone(), worded(entry).to_owned(), reviewed, day(review.review_by)]
}

/// How many entries have each standing, the first that is met first.
fn counts(collection: &Collection) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for standing in collection.entries.iter().map(worded) {
        match counts.iter_mut().find(|(known, _)| *known == standing) {
            Some((_, count)) => *count += 1,
            None => counts.push((standing, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(standing, count)| format!("{count} {standing}")).collect();
    format!("{}: {}", collection.id, if counts.is_empty() { "no entries".to_owned() } else { counts.join("; ") })
}
