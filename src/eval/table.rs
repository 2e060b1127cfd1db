//! An evaluation as text for a terminal of 80 columns.

use super::share::percent;
use super::{Evaluation, Fault, Row, Section};
use std::fmt::Write;

/// The widths of a row's name, of its number of messages, and of all that it counts.
const NAME: usize = 18;
const COUNT: usize = 5;
const FIGURES: usize = 56;

/// All figures in tables; how it stands, in words, comes first.
pub fn table(evaluation: &Evaluation) -> String {
    let mut lines = evaluation.summary();
    lines.push(String::new());
    lines.push("Below each figure: how far chance may have moved it, in percent (95 %, Wilson).".to_owned());
    let some = evaluation.sections.iter().filter(|section| section.all.count > 0);
    lines.extend(some.flat_map(section));
    lines.extend(calibration(evaluation));
    lines.extend(curve(evaluation));
    lines.extend(misses(evaluation));
    if let Some(time) = evaluation.time {
        lines.push(String::new());
        lines.push(format!("Time a message: median {:.0} µs, 99th percentile {:.0} µs.", time.median, time.p99));
    }
    let mut text = String::new();
    for line in lines {
        // Writing to a String can't fail.
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// A headline between blank line and rule.
fn headline(title: &str) -> [String; 3] {
    [String::new(), title.to_owned(), "─".repeat(NAME + COUNT + FIGURES)]
}

fn section(section: &Section) -> Vec<String> {
    let mut lines = headline(section.title).to_vec();
    lines.extend(wrapped(section.about));
    let headings = section.columns.iter().map(|(_, heading)| (*heading).to_owned());
    lines.push(laid("", "of", headings));
    // One group says all; several are summed up.
    let all = std::iter::once(&section.all).filter(|_| section.groups.len() != 1);
    for row in section.groups.iter().chain(all) {
        lines.push(figures(&row.name, row));
        lines.push(laid("", "", row.shares.iter().map(|share| share.range())));
    }
    if !section.styles.is_empty() {
        lines.push("by style".to_owned());
        lines.extend(section.styles.iter().map(|row| figures(&format!("  {}", row.name), row)));
    }
    lines
}

fn figures(name: &str, row: &Row) -> String {
    let cells = row.shares.iter().map(|share| format!("{} {:>7}", share.count, share.percent()));
    laid(name, &row.count.to_string(), cells)
}

/// A line of a table: the name on the left, all else on the right of its column.
fn laid(name: &str, count: &str, cells: impl Iterator<Item = String>) -> String {
    let cells = cells.fold(String::new(), |line, cell| format!("{line}{cell:>14}"));
    format!("{name:<NAME$}{count:>COUNT$}{cells}")
}

fn calibration(evaluation: &Evaluation) -> Vec<String> {
    let calibration = &evaluation.calibration;
    let (Some(ece), Some(brier)) = (calibration.ece, calibration.brier) else { return Vec::new() };
    let mut lines = headline("Can the score be taken at its word?").to_vec();
    lines.push(format!("Calibration error (ECE) {ece:.3}, Brier score {brier:.3}; both are 0 at best."));
    lines.push(laid("score", "of", ["said", "so"].map(str::to_owned).into_iter()));
    for bin in calibration.bins.iter().filter(|bin| bin.count > 0) {
        let shown = [bin.said, bin.so()].map(|share| share.map_or_else(String::new, percent));
        lines.push(laid(&format!("{:.1} to {:.1}", bin.from, bin.to), &bin.count.to_string(), shown.into_iter()));
    }
    lines
}

fn curve(evaluation: &Evaluation) -> Vec<String> {
    if evaluation.curve.points.is_empty() {
        return Vec::new();
    }
    let mut lines = headline("If every message were answered from a score on").to_vec();
    lines.extend(wrapped(
        "Precision: the right answers among all answers. Coverage: the answered messages among those that some passage \
         is right for.",
    ));
    lines.push(laid("score", "of", ["precision", "coverage"].map(str::to_owned).into_iter()));
    let rows = evaluation.thresholds().map(|(name, precision, coverage)| {
        laid(&name, &precision.of.to_string(), [precision, coverage].map(|share| share.percent()).into_iter())
    });
    lines.extend(rows);
    lines
}

fn misses(evaluation: &Evaluation) -> Vec<String> {
    let number = |fault: Fault| evaluation.misses.iter().filter(|miss| miss.fault == fault).count();
    let rows = Fault::NAMES.iter().map(|(fault, _, told)| (number(*fault), told)).filter(|(number, _)| *number > 0);
    let mut lines: Vec<String> = rows.map(|(number, told)| format!("{number:>5}  {told}")).collect();
    if !lines.is_empty() {
        lines.splice(0..0, headline("What went wrong, the gravest first (--html FILE shows each)"));
    }
    lines
}

/// A text in lines that are no longer than a table.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= NAME + COUNT + FIGURES => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
