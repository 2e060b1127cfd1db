//! What changed between two texts of a file, or of several, short enough for a message.

use crate::faq;
use similar::{DiffOp, DiffTag, TextDiff};
use std::time::{Duration, Instant};

/// The most that a [`diff`] has, in UTF-16 units: it fits into one message with some words around it.
pub const MAX_DIFF: usize = 1_500;

/// The most bytes of a patch.
const MAX_PATCH: usize = 2 << 20;
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
    let mut page = Page::default();
    tell_all(before.unwrap_or_default(), after.unwrap_or_default(), Instant::now() + PATIENCE, &mut page);
    page.text().0
}

/// The same of several files, each under its name; and whether all of it is there.
pub(super) fn diff_of_all<'t>(files: impl Iterator<Item = Revised<'t>>) -> (String, bool) {
    let until = Instant::now() + PATIENCE_WITH_SEVERAL;
    let mut page = Page::default();
    for file in files {
        page.push(|| format!("=== {}", faq::file_of(file.entry)));
        tell_all(file.before.unwrap_or_default(), file.after, until, &mut page);
    }
    page.text()
}

/// What changes in several files, whole, in the form that programs know as a unified diff; none where that is too much.
pub(super) fn patch<'t>(files: impl Iterator<Item = Revised<'t>>) -> Option<String> {
    let until = Instant::now() + PATIENCE_WITH_SEVERAL;
    let mut all = String::new();
    for file in files {
        let name = faq::file_of(file.entry);
        let old_name = if file.before.is_some() { format!("a/{name}") } else { "/dev/null".to_owned() };
        let diff = TextDiff::configure().deadline(until).diff_lines(file.before.unwrap_or_default(), file.after);
        all.push_str(&diff.unified_diff().header(&old_name, &format!("b/{name}")).to_string());
        if all.len() > MAX_PATCH {
            return None;
        }
    }
    Some(all)
}

/// Tells the lines of a diff, all of them.
fn tell_all(before: &str, after: &str, until: Instant, page: &mut Page) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let diff = TextDiff::configure().deadline(until).diff_slices(&old, &new);
    for group in diff.grouped_ops(AROUND) {
        let first = group.first().map_or(0, |op| op.new_range().start);
        page.push(|| format!("@@ line {} @@", first + 1));
        group.iter().for_each(|op| tell(op, &old, &new, page));
    }
}

/// Tells the lines of one step from the old text to the new one.
fn tell(op: &DiffOp, old: &[&str], new: &[&str], page: &mut Page) {
    let (old, new) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
    match op.tag() {
        DiffTag::Equal => old.iter().for_each(|line| page.push(|| format!(" {}", part(line, 0, 0)))),
        _ if old.len() == new.len() => {
            let pairs = || old.iter().zip(new);
            pairs().for_each(|(old, new)| page.push(|| changed(old, new).0));
            pairs().for_each(|(old, new)| page.push(|| changed(old, new).1));
        }
        _ => {
            old.iter().for_each(|line| page.push(|| format!("-{}", part(line, 0, 0))));
            new.iter().for_each(|line| page.push(|| format!("+{}", part(line, 0, 0))));
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

/// As many lines as fit. Those that don't are counted and never written, however many there are.
#[derive(Default)]
struct Page {
    shown: Vec<String>,
    /// How much of its room is taken.
    taken: usize,
    left_out: usize,
}

impl Page {
    fn push(&mut self, line: impl FnOnce() -> String) {
        if self.left_out == 0 {
            let line = line();
            let taken = self.taken + units(&line);
            if taken <= MAX_DIFF {
                self.taken = taken;
                self.shown.push(line);
                return;
            }
        }
        self.left_out += 1;
    }

    /// The lines, and whether these are all.
    fn text(mut self) -> (String, bool) {
        if self.left_out == 0 {
            return (self.shown.join("\n"), true);
        }
        let word = |left_out: usize| format!("… {left_out} more lines");
        // The last ones make room for the word of what is missing, which is longest if all are.
        let longest = units(&word(self.left_out + self.shown.len()));
        while self.taken + longest > MAX_DIFF {
            let Some(line) = self.shown.pop() else { break };
            self.taken -= units(&line);
            self.left_out += 1;
        }
        self.shown.push(word(self.left_out));
        (self.shown.join("\n"), false)
    }
}

/// The UTF-16 units of a line and its end.
fn units(line: &str) -> usize {
    line.encode_utf16().count() + 1
}
