//! A row of the transcript as text for a person.

use super::plain::plain;
use super::row::{Completion, Id, Menu, Row};
use crate::cli::{colour, report};
use crate::mock;
use jiff::tz::TimeZone;

/// How text is shown: what a terminal understands, and how wide it is.
pub(super) struct Screen {
    /// Whether escape codes for bold and italic are understood.
    pub(super) styled: bool,
    /// The columns that lines are broken to; without a terminal they stay whole.
    pub(super) columns: Option<usize>,
    /// Where the clock is read.
    pub(super) zone: TimeZone,
}

impl Screen {
    /// What stdout is.
    pub(super) fn of_stdout() -> Self {
        let columns = terminal_size::terminal_size_of(std::io::stdout()).map(|(columns, _)| usize::from(columns.0));
        Self { styled: colour(&std::io::stdout()), columns, zone: TimeZone::system() }
    }

    /// A row: when and who, what it says, and what can be chosen, with its numbers where `numbered` says that they hold.
    /// `names` are what stands for mentions.
    pub(super) fn row(&self, row: &Row, names: &[(String, String)], numbered: bool) -> String {
        let mut text = format!("{}\n", self.heading(row));
        if row.deleted {
            return text + "\n";
        }
        let content = names.iter().fold(plain(&row.content, self.styled), |content, (id, name)| {
            let name = report::harmless(name);
            content.replace(&format!("<@{id}>"), &format!("@{name}")).replace(&format!("<#{id}>"), &format!("#{name}"))
        });
        text += &self.body(&content);
        let mut numbers = 1..;
        let mut mark = |label: &str| match numbers.next() {
            Some(number) if numbered => format!("[{number}] {label}"),
            _ => format!("[{label}]"),
        };
        let buttons: Vec<String> = row.buttons.iter().map(|label| mark(&report::harmless(label))).collect();
        let mut choices = buttons.join("  ");
        if columns(&choices) > self.room() {
            choices = buttons.join("\n");
        }
        for Menu { label, options } in &row.selects {
            choices += &format!("\n{}:", report::harmless(label));
            choices.extend(options.iter().map(|option| format!("\n  {}", mark(&report::harmless(&option.label)))));
        }
        if let Some(form) = &row.form {
            choices += &report::harmless(&format!("A form: {}\n  {}", form.title, form.fields.join("\n  ")));
        }
        if !choices.is_empty() {
            text += "\n";
            text += &self.body(choices.trim_start());
        }
        text + "\n"
    }

    /// What completes a command, by number.
    pub(super) fn completions(&self, texts: &[Completion]) -> String {
        let lines = (1..).zip(texts).map(|(number, text)| format!("[{number}] {}", report::harmless(&text.name)));
        let lines = lines.collect::<Vec<_>>().join("\n");
        if lines.is_empty() { "Nothing completes this.\n\n".to_owned() } else { self.body(&lines) + "\n" }
    }

    fn heading(&self, row: &Row) -> String {
        let Id(changed) = row.changed;
        let time = mock::time_of(changed).to_zoned(self.zone.clone()).strftime("%H:%M");
        let place = match &row.dm_with {
            Some(_) => "in a direct message".to_owned(),
            None => format!("in #{}", row.channel),
        };
        let what = match row {
            Row { deleted: true, .. } => ": taken away",
            Row { private_to: Some(_), .. } => " (only you see this)",
            Row { id, changed, .. } if id != changed => " (changed)",
            _ => "",
        };
        let (bold, end) = if self.styled { ("\x1b[1m", "\x1b[22m") } else { ("", "") };
        format!("{time} {bold}{}{end} {place}{what}", report::harmless(&row.author))
    }

    /// How many columns the text under a heading has.
    fn room(&self) -> usize {
        self.columns.map_or(usize::MAX, |columns| columns.saturating_sub(3).max(20))
    }

    /// Text under a heading, set in by two columns and broken at spaces where it is too wide.
    fn body(&self, text: &str) -> String {
        let lines = text.lines().flat_map(|line| broken(line, self.room()));
        lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
    }
}

/// A line in parts of at most so many columns, unless a word is longer.
fn broken(line: &str, room: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut used = 0;
    for word in line.split(' ') {
        let wide = columns(word);
        match parts.last_mut() {
            Some(part) if used + 1 + wide <= room => {
                part.push(' ');
                part.push_str(word);
                used += 1 + wide;
            }
            _ => {
                parts.push(word.to_owned());
                used = wide;
            }
        }
    }
    parts
}

/// How many columns a word takes, its escape codes aside.
fn columns(word: &str) -> usize {
    let mut in_code = false;
    let shown = word.chars().filter(|letter| {
        let hidden = in_code || *letter == '\x1b';
        in_code = hidden && *letter != 'm';
        !hidden
    });
    shown.count()
}

#[cfg(test)]
mod tests {
    use super::super::row::{Form, MenuOption};
    use super::*;
    use serde_json::json;

    /// 1 January 2015, 00:00, and the smallest part of a millisecond.
    const MIDNIGHT: u64 = 1;

    fn said(content: &str) -> Row {
        let (id, changed) = (Id(MIDNIGHT), Id(MIDNIGHT));
        let (channel, author) = ("general".to_owned(), "pamphlet".to_owned());
        Row { id, changed, channel, author, bot: true, content: content.to_owned(), ..Row::default() }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[track_caller]
    fn check(row: &Row, expected: &str) {
        let screen = Screen { styled: false, columns: None, zone: TimeZone::UTC };
        assert_eq!(screen.row(row, &[("12".to_owned(), "sam".to_owned())], true), expected, "{row:?}");
    }

    #[test]
    fn says_when_who_where_and_to_whom() {
        check(&said("Hi"), "00:00 pamphlet in #general\n  Hi\n\n");
        check(&said("<@12>: <#12>"), "00:00 pamphlet in #general\n  @sam: #sam\n\n");
        let private_to = Some("sam".to_owned());
        check(&Row { private_to, ..said("Hi") }, "00:00 pamphlet in #general (only you see this)\n  Hi\n\n");
        let dm_with = Some("sam".to_owned());
        check(&Row { dm_with, ..said("a\n\nb") }, "00:00 pamphlet in a direct message\n  a\n\n  b\n\n");
        let changed = Id(60_000 << 22);
        check(&Row { changed, ..said("Hi") }, "00:01 pamphlet in #general (changed)\n  Hi\n\n");
        check(&Row { changed, deleted: true, ..said("Hi") }, "00:01 pamphlet in #general: taken away\n\n");
    }

    #[test]
    fn numbers_what_can_be_chosen() {
        let buttons = texts(&["Helpful", "Not helpful"]);
        let card = Row { buttons, ..said("Hi") };
        check(&card, "00:00 pamphlet in #general\n  Hi\n\n  [1] Helpful  [2] Not helpful\n\n");
        let options = ["Bones", "Diet"].map(|label| MenuOption { label: label.to_owned(), value: String::new() });
        let menu = Menu { label: "Choose".to_owned(), options: options.to_vec() };
        let both = Row { selects: vec![menu], buttons: texts(&["Ok"]), ..said("Hi") };
        check(&both, "00:00 pamphlet in #general\n  Hi\n\n  [1] Ok\n  Choose:\n    [2] Bones\n    [3] Diet\n\n");
        let form = Form { id: Id(2), title: "Why?".to_owned(), fields: texts(&["What", "Where"]) };
        let shown = Row { form: Some(form), ..said("") };
        check(&shown, "00:00 pamphlet in #general\n\n  A form: Why?\n    What\n    Where\n\n");
        let screen = Screen { styled: false, columns: None, zone: TimeZone::UTC };
        assert!(screen.row(&card, &[], false).ends_with("  [Helpful]  [Not helpful]\n\n"));
    }

    #[test]
    fn lists_completions() {
        let screen = Screen { styled: false, columns: None, zone: TimeZone::UTC };
        let text = |name: &str| Completion { name: name.to_owned(), value: json!(name) };
        assert_eq!(screen.completions(&[text("a"), text("b")]), "  [1] a\n  [2] b\n\n");
        assert_eq!(screen.completions(&[]), "Nothing completes this.\n\n");
    }

    #[test]
    fn breaks_lines_on_a_terminal() {
        let screen = Screen { styled: true, columns: Some(23), zone: TimeZone::UTC };
        let shown = screen.row(&said("**a word** and another word"), &[], true);
        assert_eq!(shown, "00:00 \x1b[1mpamphlet\x1b[22m in #general\n  \x1b[1ma word\x1b[22m and another\n  word\n\n");
    }

    #[test]
    fn keeps_buttons_whole_on_a_terminal() {
        let screen = Screen { styled: false, columns: Some(23), zone: TimeZone::UTC };
        let buttons = |labels: &[&str]| screen.row(&Row { buttons: texts(labels), ..said("Hi") }, &[], true);
        assert!(buttons(&["Yes", "No"]).ends_with("\n  [1] Yes  [2] No\n\n"));
        assert!(buttons(&["Helpful", "Not helpful"]).ends_with("\n  [1] Helpful\n  [2] Not helpful\n\n"));
    }

    #[test]
    fn lets_nobody_steer_the_terminal() {
        check(&said("a&#27;[2Jb&#x202e; `&#27;`"), "00:00 pamphlet in #general\n  a?[2Jb\u{fffd} `&#27;`\n\n");
        check(&said("[b](c&#x9b;)"), "00:00 pamphlet in #general\n  b (c·)\n\n");
        check(&said("a\u{1b}[2Jb\u{202e}"), "00:00 pamphlet in #general\n  a?[2Jb\u{fffd}\n\n");
    }
}
