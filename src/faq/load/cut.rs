//! Cuts an entry's file into its front matter and its passage.

use super::sheet::{Findings, Sheet, Span};
use std::path::PathBuf;

/// The line that opens and closes the front matter.
const FENCE: &str = "+++";

/// Where the parts of the file are.
pub(super) struct Cut {
    /// The line that opens the front matter.
    pub(super) open: Span,
    /// The TOML between the two lines.
    pub(super) front: Span,
    /// The line that closes the front matter.
    pub(super) close: Span,
    /// The passage without outer blank lines.
    pub(super) passage: Span,
}

/// Where the front matter and the passage stand in the text of an entry's file; none if a line is missing that parts
/// them.
pub(crate) fn parts(text: &str) -> Option<(Span, Span)> {
    let sheet = Sheet::new(PathBuf::new(), text.to_owned());
    let cut = cut(&sheet, &mut Findings::new(&sheet))?;
    Some((cut.front, cut.passage))
}

/// Finds the parts; tells if a line is missing that parts them.
pub(super) fn cut(sheet: &Sheet, findings: &mut Findings) -> Option<Cut> {
    let mut fences = lines(sheet.text()).filter(|line| sheet.slice(line.clone()).trim_end() == FENCE);
    let valid = "an entry is `+++`, its keys, `+++`, then the passage";
    let first_line = lines(sheet.text()).next().unwrap_or_default();
    let Some(open) = fences.next().filter(|fence| fence.start == 0) else {
        findings.error(
            &first_line,
            "the front matter doesn't begin here",
            valid,
            "write `+++` alone on the first line",
        );
        return None;
    };
    let Some(close) = fences.next() else {
        findings.error(&open, "the front matter never ends", valid, "write `+++` alone on a line after the last key");
        return None;
    };
    let front = (open.end + 1).min(close.start)..close.start;
    let body = (close.end + 1).min(sheet.text().len());
    let whole = sheet.slice(body..sheet.text().len());
    let blank: usize = lines(whole).take_while(|line| is_blank(whole, line)).map(|line| line.len() + 1).sum();
    let start = (body + blank).min(sheet.text().len());
    let end = body + whole.trim_end().len();
    Some(Cut { open, front, close, passage: start..end.max(start) })
}

fn is_blank(text: &str, line: &Span) -> bool {
    text.get(line.clone()).is_some_and(|line| line.trim().is_empty())
}

/// The lines of a text without their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = start..start + line.len();
        start = span.end + 1;
        span
    })
}
