//! A folder of Markdown files with YAML front matter, one entry each, as other bots keep their tags.

use super::{Reading, bytes, object, refusal, unreadable};
use crate::faq::{self, MAX_FILE_BYTES, MAX_FILES, Sheet};
use crate::transfer::key::Key;
use crate::transfer::row::{Row, Value};
use crate::transfer::wording::{count, error};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

/// What was guessed in how many files.
#[derive(Default)]
struct Guessed {
    by_name: usize,
    by_heading: usize,
    unread: BTreeSet<String>,
}

/// Reads one file, or those of a folder.
pub(super) fn read(path: &Path) -> Reading {
    let files = match files(path) {
        Ok(files) => files,
        Err(why) => return Reading::refused(unreadable(path, &why)),
    };
    let mut reading = Reading::default();
    if files.is_empty() || files.len() > MAX_FILES {
        let what = format!("this folder holds {} of Markdown", count(files.len(), "file", "files"));
        let valid = format!("one to {MAX_FILES} files of a folder itself are read, README.md and hidden ones left out");
        return Reading::refused(refusal(path, &what, &valid, "name the folder that the files are in"));
    }
    let mut guessed = Guessed::default();
    for file in &files {
        let sheet = match bytes(file, MAX_FILE_BYTES) {
            Ok(bytes) => faq::read_text(file, bytes).map(|(sheet, _)| sheet),
            Err(why) => Err(Box::new(unreadable(file, &why))),
        };
        match sheet.and_then(|sheet| entry(&sheet, &mut guessed)) {
            Ok(row) => reading.rows.push(row),
            Err(problem) => reading.problems.push(*problem),
        }
    }
    let made = [(guessed.by_heading, "the first heading"), (guessed.by_name, "the file's name")];
    for (number, from) in made.iter().filter(|(number, _)| *number > 0) {
        reading.guesses.push(format!("the question of {} is from {from}", count(*number, "file", "files")));
    }
    reading.guesses.extend(object::told(&guessed.unread));
    reading
}

/// The files of Markdown at a path, in order.
fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for item in std::fs::read_dir(path)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let is_markdown = [".md", ".markdown"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        if is_markdown && !name.starts_with('.') && name != "README.md" {
            files.push(item.path());
        }
    }
    files.sort_unstable();
    Ok(files)
}

fn entry(sheet: &Sheet, guessed: &mut Guessed) -> Result<Row, Box<faq::Problem>> {
    let whole = sheet.place(&(0..0));
    if sheet.text().starts_with("+++") {
        let what = "this is a file of pamphlet's own already";
        let mend = "copy the file itself into the folder of the collection";
        return Err(Box::new(error(&whole, what, "front matter to be brought is YAML between `---` lines", mend)));
    }
    let (front, mut body) = cut(sheet.text());
    let object = match serde_saphyr::from_str::<Option<Map<String, Json>>>(front) {
        Ok(object) => object.unwrap_or_default(),
        Err(why) => {
            // The front matter begins on the second line.
            let line = why.location().map_or(0, |at| usize::try_from(at.line()).unwrap_or_default());
            let start: usize = sheet.text().split_inclusive('\n').take(line).map(str::len).sum();
            let told = why.without_snippet().to_string();
            let what = format!("the front matter is not YAML: {}", told.lines().next().unwrap_or_default());
            let valid = "it is lines such as `title: What is prednisone?`; a text with a colon stands in quotes";
            let end = start + sheet.text().get(start..).and_then(|rest| rest.find('\n')).unwrap_or_default();
            return Err(Box::new(error(&sheet.place(&(start..end)), what, valid, "mend this line")));
        }
    };
    let mut values = object::values(&object, &mut guessed.unread);
    let stem = sheet.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if let Entry::Vacant(place) = values.entry(Key::Question) {
        let (question, rest) = question(&stem, body, guessed);
        place.insert(Value::Text(question));
        body = rest;
    }
    values.entry(Key::Id).or_insert(Value::Text(stem));
    // Where nothing stands below the front matter, it may hold the answer itself.
    if !body.trim().is_empty() && values.insert(Key::Passage, Value::Text(body.to_owned())).is_some() {
        guessed.unread.insert("an answer in the front matter, where a text stands below it".to_owned());
    }
    Ok(Row { place: whole, values })
}

/// The front matter and what follows it; without front matter all is the text.
fn cut(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return ("", text) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (rest.get(..at).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        }
        at = end;
    }
    ("", text)
}

/// The question of a file whose front matter has none, and the text without it: a heading that opens the text, else the
/// file's name in words.
fn question<'b>(stem: &str, body: &'b str, guessed: &mut Guessed) -> (String, &'b str) {
    let text = body.trim_start();
    if let Some((heading, rest)) = text.strip_prefix("# ").map(|text| text.split_once('\n').unwrap_or((text, ""))) {
        guessed.by_heading += 1;
        return (heading.to_owned(), rest);
    }
    guessed.by_name += 1;
    (stem.replace(['-', '_'], " "), body)
}
