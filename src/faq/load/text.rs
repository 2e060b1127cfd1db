//! From a file's bytes to its text: UTF-8 only, without a byte-order mark, line ends as `\n`.

use super::folder::Fault;
use super::sheet::{Findings, Sheet};
use crate::faq::Problem;
use std::path::Path;

/// The text of a file, with warnings about a byte-order mark and Windows line ends.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<(Sheet, Vec<Problem>), Fault> {
    let raw =
        String::from_utf8(bytes).map_err(|error| not_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))?;
    let (has_mark, text) = match raw.strip_prefix('\u{feff}') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, raw),
    };
    // What stands before the first line end is as long in both kinds.
    let windows_end = text.find("\r\n");
    let text = if windows_end.is_some() { text.replace("\r\n", "\n") } else { text };
    let sheet = Sheet::new(path.to_owned(), text);
    let mut findings = Findings::new(&sheet);
    if has_mark {
        let mend = "save it as UTF-8 without BOM";
        findings.warning(&(0..0), "a byte-order mark opens this file", "plain UTF-8 needs none", mend);
    }
    if let Some(at) = windows_end {
        let mend = "save it with line ends of the kind LF";
        findings.warning(&(at..at), "Windows line ends", "a line ends with a line feed alone", mend);
    }
    let problems = findings.finish();
    Ok((sheet, problems))
}

/// The problem that points at the first byte that isn't UTF-8.
fn not_text(path: &Path, bytes: &[u8], valid: usize) -> Fault {
    let upto = bytes.get(..valid).unwrap_or_default();
    let rest = bytes.get(valid..).unwrap_or_default();
    let line_rest = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = format!("{}{}", String::from_utf8_lossy(upto), String::from_utf8_lossy(line_rest));
    let sheet = Sheet::new(path.to_owned(), text);
    let mut findings = Findings::new(&sheet);
    let what = format!("the byte {:02X} is not UTF-8", rest.first().copied().unwrap_or_default());
    let mend = "save the file as UTF-8, then look at this letter";
    findings.error(&(valid..valid + char::REPLACEMENT_CHARACTER.len_utf8()), what, "all files are UTF-8 text", mend);
    findings.finish().pop().map_or(Fault::Special, |problem| Fault::NotText(Box::new(problem)))
}
