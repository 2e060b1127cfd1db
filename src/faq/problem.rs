//! What is wrong with a file, said so that its keeper can mend it.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// One problem of one file. A load reports all of them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether what the problem is about (a file, a part of one, a phrasing) is left out because of it.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong ("unknown key `topc`").
    pub what: String,
    /// What would be valid ("the keys are `question`, `also`, …"); empty if there is nothing to say.
    pub valid: String,
    /// What to type or do ("write `topic` instead").
    pub mend: String,
}

impl Problem {
    /// Whether something is left out because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// An error of a file or folder as a whole.
    pub(super) fn error(
        file: &Path,
        what: impl Into<String>,
        valid: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        let place = Place::whole(file);
        Self { severity: Severity::Error, place, what: what.into(), valid: valid.into(), mend: mend.into() }
    }

    /// A warning about a file or folder as a whole.
    pub(super) fn warning(
        file: &Path,
        what: impl Into<String>,
        valid: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, what, valid, mend) }
    }
}

impl Place {
    /// A file or folder as a whole.
    pub fn whole(file: &Path) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, text: String::new(), span: 0..0 }
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is lost by it.
    Warning,
    /// Something is left out because of it, or two entries claim the same question. A check fails.
    Error,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file or folder, as a path that the reader can open.
    pub file: PathBuf,
    /// The line, from 1; 0 when the problem is with the file as a whole.
    pub line: usize,
    /// The column, in characters from 1; 0 when the problem is with the file as a whole.
    pub column: usize,
    /// The text of that line, empty when there is none to show; of a very long line the part around the place.
    pub text: String,
    /// The part of `text` to point at, in bytes on character borders.
    pub span: Range<usize>,
}
