//! What changed between two texts of a file, or of several, short enough for a message.

use crate::faq;
use similar::{DiffOp, DiffTag, TextDiff};
use std::time::{Duration, Instant};

/// The most that a [`diff`] has, in UTF-16 units: it fits into one message with some words around it.
pub const MAX_DIFF: usize = 1_500;

/// How many lines that stayed are shown around those that changed.
const AROUND: usize = 2;
/// The most characters of a line that are shown, and how many of those that stayed around what changed in it.
const MAX_LINE: usize = 300;
const NEAR: usize = 40;
/// How long the shortest difference is looked for, before any will do; of several files, in all of them together.
const PATIENCE: Duration = Duration::from_millis(200);
const PATIENCE_WITH_SEVERAL: Duration = Duration::from_secs(2);

/// What changes in the file of an entry.
pub(super) struct Revised<'t> {
    pub(super) entry: &'t str,
    /// Its text before, if there was one.
    pub(super) before: Option<&'t str>,
    pub(super) after: &'t str,
}

/// What changed between two texts: lines that went after `-`, new ones after `+`, some that stayed around them, at most
/// [`MAX_DIFF`] in all. Of a long line the part around what changed is shown. Meant for a code block of Discord's, which nothing in
/// it ends. Empty where nothing changed but line ends.
pub fn diff(before: Option<&str>, after: Option<&str>) -> String {
    let until = Instant::now() + PATIENCE;
    fit(&lines(before.unwrap_or_default(), after.unwrap_or_default(), until)).0
}

/// The same of several files, each under its name; and whether all of it is there.
pub(super) fn diff_of_all<'t>(files: impl Iterator<Item = Revised<'t>>) -> (String, bool) {
    let until = Instant::now() + PATIENCE_WITH_SEVERAL;
    let told = files.flat_map(|file| {
        let mut lines = lines(file.before.unwrap_or_default(), file.after, until);
        lines.insert(0, format!("=== {}", faq::file_of(file.entry)));
        lines
    });
    fit(&told.collect::<Vec<_>>())
}

/// What changes in several files, whole, in the form that programs know as a unified diff.
pub(super) fn patch<'t>(files: impl Iterator<Item = Revised<'t>>) -> String {
    let until = Instant::now() + PATIENCE_WITH_SEVERAL;
    let told = files.map(|file| {
        let name = faq::file_of(file.entry);
        let old_name = if file.before.is_some() { format!("a/{name}") } else { "/dev/null".to_owned() };
        let diff = TextDiff::configure().deadline(until).diff_lines(file.before.unwrap_or_default(), file.after);
        diff.unified_diff().header(&old_name, &format!("b/{name}")).to_string()
    });
    told.collect()
}

/// The lines of a diff, all of them.
fn lines(before: &str, after: &str, until: Instant) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let diff = TextDiff::configure().deadline(until).diff_slices(&old, &new);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(AROUND) {
        let first = group.first().map_or(0, |op| op.new_range().start);
        lines.push(format!("@@ line {} @@", first + 1));
        group.iter().for_each(|op| tell(op, &old, &new, &mut lines));
    }
    lines
}

/// The lines of one step from the old text to the new one.
fn tell(op: &DiffOp, old: &[&str], new: &[&str], lines: &mut Vec<String>) {
    let (old, new) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
    match op.tag() {
        DiffTag::Equal => lines.extend(old.iter().map(|line| format!(" {}", part(line, 0, 0)))),
        _ if old.len() == new.len() => {
            let pairs = old.iter().zip(new).map(|(old, new)| changed(old, new));
            let (old, new): (Vec<String>, Vec<String>) = pairs.unzip();
            lines.extend(old.into_iter().chain(new));
        }
        _ => {
            lines.extend(old.iter().map(|line| format!("-{}", part(line, 0, 0))));
            lines.extend(new.iter().map(|line| format!("+{}", part(line, 0, 0))));
        }
    }
}

/// A line and the one in its place, both without what is the same at their ends, where they are long.
fn changed(old: &str, new: &str) -> (String, String) {
    let same_letters = |(one, other): &(char, char)| one == other;
    let head = old.chars().zip(new.chars()).take_while(same_letters).count();
    let room = old.chars().count().min(new.chars().count()) - head;
    let tail = old.chars().rev().zip(new.chars().rev()).take(room).take_while(same_letters).count();
    let is_long = |line: &str| line.chars().count() > MAX_LINE;
    let (head, tail) = if is_long(old) || is_long(new) { (head, tail) } else { (0, 0) };
    (format!("-{}", part(old, head, tail)), format!("+{}", part(new, head, tail)))
}

/// What is shown of a line of which so many characters at its beginning and end are the same in another.
fn part(line: &str, head: usize, tail: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let from = head.saturating_sub(NEAR);
    let to = letters.len() - tail.saturating_sub(NEAR);
    let cut = to.min(from + MAX_LINE);
    let open = if from > 0 { "…" } else { "" };
    let close = match letters.len() - cut {
        0 => String::new(),
        _ if cut == to => "…".to_owned(),
        more => format!("… ({more} more characters)"),
    };
    let shown: String = letters.get(from..cut).unwrap_or_default().iter().collect();
    // Three of these would end the code block.
    format!("{open}{}{close}", shown.replace("``", "`\u{200b}`"))
}

/// As many lines as fit, and whether these are all.
fn fit(lines: &[String]) -> (String, bool) {
    let units = |line: &str| line.encode_utf16().count() + 1;
    let left_out = |number: usize| format!("… {number} more lines");
    let mut room = MAX_DIFF;
    let mut fitting = 0;
    for line in lines {
        room = match room.checked_sub(units(line)) {
            Some(room) => room,
            None => break,
        };
        fitting += 1;
    }
    if fitting == lines.len() {
        return (lines.join("\n"), true);
    }
    // The last ones make room for the word of what is missing.
    while fitting > 0 && room < units(&left_out(lines.len())) {
        fitting -= 1;
        room += lines.get(fitting).map_or(0, |line| units(line));
    }
    let shown = lines.get(..fitting).unwrap_or_default();
    let more = left_out(lines.len() - fitting);
    (shown.iter().map(String::as_str).chain([more.as_str()]).collect::<Vec<_>>().join("\n"), false)
}
