//! Lines from stdin.

use crate::cli::{Exit, Failure, print};
use std::io::BufRead;

/// The most bytes of a line; a message has far fewer.
const MAX_BYTES: u64 = 64 << 10;

/// Lines that somebody types, or that are piped in.
pub(super) struct Lines {
    /// Whether to ask for each line with a prompt.
    pub(super) prompts: bool,
}

impl Lines {
    /// The next line; `None` at the end. It is waited for on another thread, so that the bot goes on meanwhile.
    ///
    /// # Errors
    /// When stdin can't be read, or stdout can't take the prompt.
    pub(super) async fn next(&self, prompt: &str) -> Result<Option<String>, Failure> {
        if self.prompts {
            print(prompt)?;
        }
        let read = tokio::task::spawn_blocking(|| read(std::io::stdin().lock())).await;
        let line = read.map_err(|why| Failure::new(Exit::Fault, why))??;
        if self.prompts && line.is_none() {
            print("\n")?;
        }
        Ok(line)
    }
}

/// A line without its end. Bytes that are no UTF-8 are shown as such.
fn read(input: impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    let count = input.take(MAX_BYTES).read_until(b'\n', &mut line)?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_line_by_line() {
        let check = |mut input: &[u8], expected: &[&str]| {
            let lines: Vec<String> = std::iter::from_fn(|| read(&mut input).unwrap()).collect();
            assert_eq!(lines, expected);
        };
        check(b"", &[]);
        check(b"one\r\n\ntwo", &["one", "", "two"]);
        check(b"caf\xe9\n", &["caf\u{fffd}"]);
        check("x".repeat(70_000).as_bytes(), &[&"x".repeat(65_536), &"x".repeat(4_464)]);
    }
}
