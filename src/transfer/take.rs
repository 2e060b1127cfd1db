//! From a collection to a file or folder that others can read.

use super::format::Format;
use super::key::Key;
use super::row::{MARKS, Value, values_of};
use crate::faq::{Collection, Entry};
use csv::WriterBuilder;
use std::collections::BTreeMap;
use std::io;

/// What is taken elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// One file.
    File(Vec<u8>),
    /// A folder: its files, each with its path in it, parted by `/`.
    Folder(BTreeMap<String, Vec<u8>>),
}

/// The entries of a collection in this form. Brought again, they are the same entries.
///
/// # Errors
/// When there is no memory for it.
pub fn take(collection: &Collection, format: Format) -> io::Result<Taken> {
    let entries = &collection.entries;
    match format {
        Format::Csv => table(entries, b',').map(Taken::File),
        Format::Tsv => table(entries, b'\t').map(Taken::File),
        Format::Jsonl => lines(entries).map(Taken::File),
        Format::Markdown => {
            let files = entries.iter().map(|entry| Ok((format!("{}.md", entry.id), markdown(entry)?.into_bytes())));
            files.collect::<io::Result<_>>().map(Taken::Folder)
        }
    }
}

/// A table with a column for each key.
fn table(entries: &[Entry], separator: u8) -> io::Result<Vec<u8>> {
    let mut table = WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    table.write_record(Key::all().map(Key::column))?;
    for entry in entries {
        let values = values_of(entry);
        table.write_record(Key::all().map(|key| values.get(&key).map(cell).unwrap_or_default()))?;
    }
    table.into_inner().map_err(|why| why.into_error())
}

/// A value as the text of a cell: texts of a list on lines of their own.
fn cell(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        // A line end shows that one text is a list, whatever signs stand in it.
        Value::List(texts) => match texts.as_slice() {
            [only] if only.contains(MARKS) => format!("{only}\n"),
            texts => texts.join("\n"),
        },
    }
}

/// One JSON object a line.
fn lines(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for entry in entries {
        let object: BTreeMap<String, Value> =
            values_of(entry).into_iter().map(|(key, value)| (key.column(), value)).collect();
        serde_json::to_writer(&mut lines, &object)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// A file of Markdown with YAML front matter. Texts are written as JSON has them, which YAML reads in the same way, whatever
/// stands in them. The id is the file's name.
fn markdown(entry: &Entry) -> io::Result<String> {
    let mut values = values_of(entry);
    values.remove(&Key::Id);
    let passage = values.remove(&Key::Passage);
    let mut text = String::from("---\n");
    for (key, value) in &values {
        text += &format!("{}: {}\n", key.column(), serde_json::to_string(value)?);
    }
    text += "---\n\n";
    text += &passage.as_ref().map(cell).unwrap_or_default();
    text.push('\n');
    Ok(text)
}
