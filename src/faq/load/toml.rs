//! A TOML text, parsed as far as that goes: a statement that is wrong is told of once and passed over, the rest is read.

use super::shapes::Shape;
use super::sheet::{Findings, Sheet, Span};
use super::table::Table;
use crate::faq::Problem;
use toml::Spanned;
use toml::de::{DeTable, Error};

/// A parsed text.
pub(super) struct Toml<'t> {
    root: Spanned<DeTable<'t>>,
    /// Where the text begins in its sheet.
    base: usize,
    /// Whether nothing had to be passed over: else what seems to be missing may only be unreadable.
    pub(super) is_sound: bool,
}

impl Toml<'_> {
    /// A span of the text as a span of its sheet.
    pub(super) fn shifted(&self, span: Span) -> Span {
        span.start + self.base..span.end + self.base
    }
}

/// Where a TOML text stands in its sheet, and what it is.
pub(super) struct Part {
    /// The text.
    pub(super) span: Span,
    /// Where to tell of a missing key; none for the file as a whole.
    pub(super) head: Option<Span>,
    /// The table that it is.
    pub(super) shape: &'static Shape,
}

/// Reads a file that is TOML as a whole.
pub(super) fn read_file<T>(
    sheet: &Sheet,
    shape: &'static Shape,
    read: impl FnOnce(&Table, &mut Findings) -> T,
) -> (T, Vec<Problem>) {
    let mut findings = Findings::new(sheet);
    let part = Part { span: 0..sheet.text().len(), head: None, shape };
    let value = read_part(&part, &mut findings, read);
    (value, findings.finish())
}

/// Reads a part of a file.
pub(super) fn read_part<T>(part: &Part, findings: &mut Findings, read: impl FnOnce(&Table, &mut Findings) -> T) -> T {
    let (text, base) = (findings.sheet.slice(part.span.clone()), part.span.start);
    let before = findings.errors();
    let mended;
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(_) => {
            mended = without_bad_statements(text, base, findings);
            let (root, faults) = DeTable::parse_recoverable(&mended);
            for fault in &faults {
                tell(fault, mended.len(), base, findings);
            }
            root
        }
    };
    let toml = Toml { root, base, is_sound: findings.errors() == before };
    let table = Table::new(toml.root.get_ref(), &toml, part.head.clone(), part.shape, findings);
    read(&table, findings)
}

/// The text with spaces in place of every statement that doesn't parse by itself, each of which is told.
///
/// A parser that goes on after a missing quote or bracket takes all that follows for something else. Statement by
/// statement, one slip is one problem.
fn without_bad_statements(text: &str, base: usize, findings: &mut Findings) -> String {
    let mut kept = String::with_capacity(text.len());
    // The keys below a table's header that can't be read belong to nobody.
    let mut is_orphan = false;
    for statement in statements(text) {
        let part = text.get(statement.clone()).unwrap_or_default();
        let fault = DeTable::parse(part).err();
        if let Some(fault) = &fault {
            tell(fault, part.len(), base + statement.start, findings);
        }
        if part.starts_with('[') {
            is_orphan = fault.is_some();
        }
        if fault.is_some() || is_orphan {
            kept.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            kept.push_str(part);
        }
    }
    kept
}

/// Cuts a text before each line that looks like the beginning of a statement.
fn statements(text: &str) -> Vec<Span> {
    let mut cuts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && begins_statement(line) {
            cuts.push(at);
        }
        at += line.len();
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    cuts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a line is a table's header, or a key with an equals sign.
fn begins_statement(line: &str) -> bool {
    let is_of_key = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let after_key = line.trim_start_matches(is_of_key);
    line.starts_with('[') || (after_key.len() < line.len() && after_key.trim_start().starts_with('='))
}

fn tell(fault: &Error, length: usize, base: usize, findings: &mut Findings) {
    let at = fault.span().unwrap_or(length..length);
    let what = format!("this is not TOML: {}", fault.message().replace("basic string", "text in quotes"));
    let valid = "a line is `key = \"text\"`, `key = [\"text\", \"text\"]` or `key = 2026-11-23`";
    let mend = "look for a quote, a comma or a bracket too few or too many";
    findings.error(&(at.start + base..at.end + base), what, valid, mend);
}
