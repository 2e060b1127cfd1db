//! The forms in which entries are brought and taken.

use std::path::Path;
use std::str::FromStr;

/// A form in which entries come from elsewhere and go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table whose cells are parted by commas; some spreadsheets write semicolons.
    Csv,
    /// A table whose cells are parted by tabs.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A folder of Markdown files with YAML front matter.
    Markdown,
}

impl Format {
    /// Every form with its name.
    pub const NAMES: [(&str, Self); 4] =
        [("csv", Self::Csv), ("tsv", Self::Tsv), ("jsonl", Self::Jsonl), ("markdown", Self::Markdown)];

    /// The form that a name of a file speaks for; a folder is one of Markdown.
    pub fn guess(path: &Path) -> Option<Self> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Some(Self::Csv),
            Some("tsv" | "tab") => Some(Self::Tsv),
            Some("jsonl" | "ndjson") => Some(Self::Jsonl),
            Some("md" | "markdown") => Some(Self::Markdown),
            _ => path.is_dir().then_some(Self::Markdown),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        let names = Self::NAMES.map(|(known, _)| known).join(", ");
        found.map(|(_, format)| *format).ok_or_else(|| format!("it is one of {names}"))
    }
}
