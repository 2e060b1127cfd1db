//! A list in a file, and the comments that a person put into it.

use super::fields::shown;
use toml_edit::{Array, RawString, Value};

/// A value of a list that is there, with what stands around it.
struct Row {
    /// What stands before it: line breaks, comments on lines of their own, spaces.
    before: String,
    /// It, as a form shows it.
    text: String,
    value: Value,
    /// What follows after its comma on the same line.
    after: String,
}

/// The list with these texts. One that stays keeps its spelling and the comment beside it; a comment on a line of its own stays
/// whatever happens to the text below it.
pub(super) fn with_texts(list: &Array, texts: &[String]) -> Array {
    let (mut rows, mut end) = rows(list);
    let is_of_lines = rows.iter().any(|row| row.before.contains('\n')) || end.contains('\n');
    let indent = rows.iter().find_map(|row| row.before.rsplit_once('\n')).map_or("  ", |(_, indent)| indent).to_owned();
    leave_comments(&mut rows, &mut end, texts);
    let mut new = Array::new();
    let mut after = String::new();
    for text in texts {
        let old = rows.iter().position(|row| row.text == *text).map(|at| rows.remove(at));
        let is_first = new.is_empty();
        let row = old.unwrap_or_else(|| Row {
            before: format!("\n{indent}"),
            text: text.clone(),
            value: Value::from(text.as_str()),
            after: String::new(),
        });
        let before = match (is_of_lines, is_first) {
            (true, _) => row.before,
            (false, true) => String::new(),
            (false, false) => " ".to_owned(),
        };
        new.push_formatted(row.value.decorated(joined(after, &before), ""));
        after = row.after;
    }
    new.set_trailing_comma(end.contains('\n') && !new.is_empty());
    new.set_trailing(joined(after, &end));
    new
}

/// Whether it is `[]` and nothing more.
pub(super) fn is_bare(list: &Array) -> bool {
    list.is_empty() && !list.trailing().as_str().unwrap_or_default().contains('#')
}

/// The list with each text on a line of its own.
pub(super) fn of_lines(texts: &[String]) -> Array {
    let mut list = Array::new();
    list.set_trailing("\n");
    with_texts(&list, texts)
}

/// The values of a list, and what stands before its end.
fn rows(list: &Array) -> (Vec<Row>, String) {
    let mut rows: Vec<Row> = Vec::new();
    let mut below = "";
    for value in list {
        let before = end_line(&mut rows, raw(value.decor().prefix()));
        // A comment may stand before the comma, too; without a last comma, so does the end of the last line.
        let suffix = raw(value.decor().suffix());
        let (after, line_end) = suffix.split_at(suffix.rfind('\n').unwrap_or(suffix.len()));
        below = line_end;
        let mut value = value.clone();
        value.decor_mut().clear();
        rows.push(Row { before, text: shown(&value), value, after: after.trim_end().to_owned() });
    }
    let end = end_line(&mut rows, &format!("{below}{}", list.trailing().as_str().unwrap_or_default()));
    (rows, end)
}

/// What stands between two texts; a comment lasts until its line ends.
fn joined(after: String, before: &str) -> String {
    let line_end = if after.contains('#') && !before.starts_with('\n') { "\n" } else { "" };
    after + line_end + before
}

/// Gives the last row what stands on its line; what is left stands on the lines below.
fn end_line(rows: &mut [Row], space: &str) -> String {
    match (rows.last_mut(), space.find('\n')) {
        (Some(row), Some(end)) => {
            let (same, below) = space.split_at(end);
            row.after.push_str(same);
            below.to_owned()
        }
        _ => space.to_owned(),
    }
}

/// Hands the comments on lines of their own above a text that goes to what follows.
fn leave_comments(rows: &mut [Row], end: &mut String, texts: &[String]) {
    let mut left = String::new();
    for row in rows {
        if texts.contains(&row.text) {
            row.before.insert_str(0, &left);
            left.clear();
        } else if row.before.contains('#') {
            left.push_str(row.before.trim_end());
        }
    }
    end.insert_str(0, &left);
}

fn raw(space: Option<&RawString>) -> &str {
    space.and_then(RawString::as_str).unwrap_or_default()
}
