//! Problems of FAQ files, as people read them and as tools do.

use crate::faq::{Place, Problem, Severity};
use crate::text::is_unseen;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::fmt::Write;

/// The problems one after another, each with the line that it is in, and their number at the end. Nothing in it can
/// steer a terminal but our own colours.
pub fn text(problems: &[Problem], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut report = String::new();
    for problem in problems {
        report.push_str(&renderer.render(&[group(problem)]));
        report.push_str("\n\n");
    }
    let _ = writeln!(report, "{}", closing(problems));
    report
}

/// The problems as one JSON document on one line, with a line end.
pub fn json(problems: &[Problem]) -> String {
    let (errors, warnings) = counts(problems);
    let rows = problems.iter().map(Row::of).collect();
    let document = serde_json::to_string(&Document { problems: rows, errors, warnings }).unwrap_or_default();
    // All letters stand inside of strings here: JSON's own signs are plain ASCII.
    let escaped = document.chars().fold(String::with_capacity(document.len()), |mut escaped, letter| {
        let _ =
            if steers(letter) { write!(escaped, "\\u{:04x}", u32::from(letter)) } else { write!(escaped, "{letter}") };
        escaped
    });
    escaped + "\n"
}

#[derive(Serialize)]
struct Document {
    problems: Vec<Row>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Row {
    severity: &'static str,
    file: String,
    line: usize,
    column: usize,
    what: String,
    valid: String,
    mend: String,
}

impl Row {
    fn of(problem: &Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: problem.place.file.to_string_lossy().into_owned(),
            line: problem.place.line,
            column: problem.place.column,
            what: problem.what.clone(),
            valid: problem.valid.clone(),
            mend: problem.mend.clone(),
        }
    }
}

fn group(problem: &Problem) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let Place { file, line, column, text, span } = &problem.place;
    let path = harmless(&file.to_string_lossy());
    let group = Group::with_title(level.primary_title(harmless(&problem.what)));
    let pointer = AnnotationKind::Primary.span(span.clone());
    let snippet = || Snippet::source(harmless(text)).line_start(*line).annotation(pointer);
    let is_whole_line = text.get(..span.start).is_some_and(|before| before.chars().count() + 1 == *column);
    let group = match line {
        0 => group.element(Origin::path(path)),
        _ if is_whole_line => group.element(snippet().path(path)),
        // The line is cut, so the column can't be counted in it.
        _ => group.element(Origin::path(path).line(*line).char_column(*column)).element(snippet()),
    };
    let valid = (!problem.valid.is_empty()).then(|| Level::NOTE.message(harmless(&problem.valid)));
    let mend = (!problem.mend.is_empty()).then(|| Level::HELP.message(harmless(&problem.mend)));
    group.elements(valid.into_iter().chain(mend))
}

/// The text with each character that could steer a terminal replaced by one of as many bytes, so that spans hold.
pub(super) fn harmless(text: &str) -> String {
    let replaced = |letter: char| match letter.len_utf8() {
        _ if !steers(letter) => letter,
        1 => '?',
        2 => '·',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(replaced).collect()
}

/// Whether a character steers a terminal or shows nothing.
fn steers(letter: char) -> bool {
    (letter.is_control() && letter != '\t' && letter != '\n') || is_unseen(letter)
}

fn counts(problems: &[Problem]) -> (usize, usize) {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    (errors, problems.len() - errors)
}

fn closing(problems: &[Problem]) -> String {
    let number = |count: usize, noun: &str| match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    let (errors, warnings) = counts(problems);
    format!("{}, {}", number(errors, "error"), number(warnings, "warning"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(place: Place) -> Problem {
        Problem {
            severity: Severity::Error,
            place,
            what: "unknown key `topc`".to_owned(),
            valid: "the keys of an entry are `question`, `topic`".to_owned(),
            mend: "write `topic` instead".to_owned(),
        }
    }

    fn in_line(text: &str) -> Place {
        Place { file: "faq/tea.md".into(), line: 3, column: 1, text: text.to_owned(), span: 0..4 }
    }

    #[test]
    fn a_place_is_shown_with_its_line() {
        insta::assert_snapshot!(text(&[problem(in_line("topc = \"Drinks\""))], false), @r#"
        error: unknown key `topc`
         --> faq/tea.md:3:1
          |
        3 | topc = "Drinks"
          | ^^^^
          |
          = note: the keys of an entry are `question`, `topic`
          = help: write `topic` instead

        1 error, no warnings
        "#);
    }

    #[test]
    fn a_cut_line_keeps_its_column() {
        let place = Place { column: 500, text: "…topc = 1…".to_owned(), span: 3..7, ..in_line("") };
        insta::assert_snapshot!(text(&[problem(place)], false), @r#"
        error: unknown key `topc`
         --> faq/tea.md:3:500
          |
         ::: 
        3 | …topc = 1…
          |  ^^^^
          |
          = note: the keys of an entry are `question`, `topic`
          = help: write `topic` instead

        1 error, no warnings
        "#);
    }

    #[test]
    fn a_whole_file_is_named() {
        let warning = Problem { severity: Severity::Warning, ..problem(Place::whole("faq/a.md".as_ref())) };
        insta::assert_snapshot!(text(&[warning, problem(in_line("topc"))], false), @r#"
        warning: unknown key `topc`
        --> faq/a.md
         = note: the keys of an entry are `question`, `topic`
         = help: write `topic` instead

        error: unknown key `topc`
         --> faq/tea.md:3:1
          |
        3 | topc
          | ^^^^
          |
          = note: the keys of an entry are `question`, `topic`
          = help: write `topic` instead

        1 error, 1 warning
        "#);
    }

    #[test]
    fn nothing_found() {
        assert_eq!(text(&[], true), "no errors, no warnings\n");
        assert_eq!(json(&[]), "{\"problems\":[],\"errors\":0,\"warnings\":0}\n");
    }

    #[test]
    fn json_has_one_object_a_problem() {
        insta::assert_snapshot!(json(&[problem(in_line("topc = 1"))]), @r#"{"problems":[{"severity":"error","file":"faq/tea.md","line":3,"column":1,"what":"unknown key `topc`","valid":"the keys of an entry are `question`, `topic`","mend":"write `topic` instead"}],"errors":1,"warnings":0}"#);
    }

    #[test]
    fn what_files_hold_can_not_steer_a_terminal() {
        let odd = "\u{1b}[31m\u{7}\u{9b}2J\u{202e}\u{7f}\r\u{85}";
        let place = Place { file: format!("a{odd}.md").into(), span: 0..odd.len(), ..in_line(odd) };
        let problem = Problem { what: odd.to_owned(), valid: odd.to_owned(), mend: odd.to_owned(), ..problem(place) };
        let problems = [problem];
        for shown in [text(&problems, false), json(&problems)] {
            assert!(!shown.contains(steers), "{shown:?}");
        }
    }
}
