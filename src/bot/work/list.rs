//! Lists in a message, cut so that it holds them.

use crate::faq::Problem;

/// The most characters of a list alone in a message.
const ALONE: usize = 1_700;

/// Problems in a moderator's words, each with the name of its file, but for those of the file that they have before them.
pub(in crate::bot) fn problems<'p>(problems: impl Iterator<Item = &'p Problem>, before_them: Option<&str>) -> String {
    fitting(problems.map(|problem| told(problem, before_them)), ALONE)
}

fn told(problem: &Problem, before_them: Option<&str>) -> String {
    let name = problem.place.file.file_name().map(|name| name.to_string_lossy());
    let name = name.filter(|name| before_them != Some(name));
    let line = (problem.place.line > 0).then(|| format!("line {}", problem.place.line));
    let place = name.into_iter().chain(line.map(Into::into)).collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let mend = if problem.mend.is_empty() { String::new() } else { format!(" – {}", problem.mend) };
    format!("- {place}{}{mend}", problem.what)
}

/// As many of these lines as so many characters hold, and how many there are besides.
pub(super) fn fitting(lines: impl Iterator<Item = String>, most: usize) -> String {
    let lines: Vec<String> = lines.collect();
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        if text.chars().count() + line.chars().count() > most {
            text.push_str(&format!("- … and {} more", lines.len() - number));
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_how_much_of_it_has_no_room() {
        let lines = || (0..9).map(|number| format!("- {number}{}", "x".repeat(20)));
        assert_eq!(fitting(lines(), 1_000).lines().count(), 9);
        let short = fitting(lines(), 60);
        assert_eq!(short.lines().last(), Some("- … and 7 more"), "{short}");
        assert_eq!(fitting(lines(), 0), "- … and 9 more");
    }
}
