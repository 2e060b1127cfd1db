//! A file's text with the places in it, and what is found wrong there.

use crate::faq::{Place, Problem, Severity};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A range of a sheet's text, in bytes.
pub(crate) type Span = Range<usize>;

/// The most problems that are told of one file; the rest is counted.
const MAX_TOLD: usize = 100;

/// About how many bytes of a line a place shows around what it points at.
const AROUND: usize = 120;

/// The text of one file: line ends are `\n`, and there is no byte-order mark.
pub(crate) struct Sheet {
    path: PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

impl Sheet {
    /// The sheet of a file's text, whose line ends are `\n` already.
    pub(super) fn new(path: PathBuf, text: String) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Self { path, text, line_starts }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The part of the text at this span, as far as there is one.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// A problem at this span.
    pub(super) fn problem(
        &self,
        severity: Severity,
        at: &Span,
        what: impl Into<String>,
        valid: impl Into<String>,
        mend: impl Into<String>,
    ) -> Problem {
        Problem { severity, place: self.place(at), what: what.into(), valid: valid.into(), mend: mend.into() }
    }

    /// Where this span begins. It points to the part of the span that is on its first line.
    pub(crate) fn place(&self, span: &Span) -> Place {
        let start = self.text.floor_char_boundary(span.start);
        let line = self.line_starts.partition_point(|begin| *begin <= start);
        let begin = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied().unwrap_or_default();
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let stop = self.text.ceil_char_boundary(span.end).clamp(start, end.max(start));
        let column = self.slice(begin..start).chars().count() + 1;
        let (text, span) = excerpt(self.slice(begin..end), start - begin..stop - begin);
        Place { file: self.path.clone(), line, column, text, span }
    }
}

/// The line as a place shows it: whole, or the part around the span if it is very long.
fn excerpt(line: &str, span: Span) -> (String, Span) {
    if line.len() <= 2 * AROUND {
        return (line.to_owned(), span);
    }
    let from = line.floor_char_boundary(span.start.saturating_sub(AROUND));
    let to = line.ceil_char_boundary(span.start + AROUND);
    let (open, close) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    let text = format!("{open}{}{close}", line.get(from..to).unwrap_or_default());
    let shift = |at: usize| at.min(to) - from + open.len();
    (text, shift(span.start)..shift(span.end))
}

/// What is found wrong in one sheet.
pub(crate) struct Findings<'s> {
    pub(super) sheet: &'s Sheet,
    problems: Vec<Problem>,
    errors: usize,
    untold: usize,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(sheet: &'s Sheet) -> Self {
        Self { sheet, problems: Vec::new(), errors: 0, untold: 0 }
    }

    /// Tells of something that is left out.
    pub(crate) fn error(
        &mut self,
        at: &Span,
        what: impl Into<String>,
        valid: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.errors += 1;
        self.tell(Severity::Error, Some(at), what.into(), valid.into(), mend.into());
    }

    /// Tells of something that is served all the same.
    pub(super) fn warning(
        &mut self,
        at: &Span,
        what: impl Into<String>,
        valid: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.tell(Severity::Warning, Some(at), what.into(), valid.into(), mend.into());
    }

    /// Tells of an error of the file as a whole.
    pub(crate) fn whole(&mut self, what: impl Into<String>, valid: impl Into<String>, mend: impl Into<String>) {
        self.errors += 1;
        self.tell(Severity::Error, None, what.into(), valid.into(), mend.into());
    }

    /// How many errors there are so far, told or not.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// What was found; a file with very many problems ends on their number.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        if self.untold > 0 {
            let what = format!("{} more problems in this file", self.untold);
            let mend = "mend those that are listed, then check again";
            self.problems.push(Problem::error(self.sheet.path(), what, "", mend));
        }
        self.problems
    }

    fn tell(&mut self, severity: Severity, at: Option<&Span>, what: String, valid: String, mend: String) {
        if self.problems.len() >= MAX_TOLD {
            self.untold += 1;
            return;
        }
        let place = at.map_or_else(|| Place::whole(self.sheet.path()), |span| self.sheet.place(span));
        self.problems.push(Problem { severity, place, what, valid, mend });
    }
}
