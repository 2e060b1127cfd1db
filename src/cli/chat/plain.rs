//! Markdown as text for a terminal.

use crate::cli::report::harmless;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeStream};

/// The text of a message, without anything in it that steers a terminal: bold and italic where `styled` says that escape
/// codes are understood, else with their marks; links with their address behind them.
pub(super) fn plain(markdown: &str, styled: bool) -> String {
    let mut writer = Writer { text: String::new(), styled, starts: true, lists: Vec::new(), links: Vec::new() };
    for event in TextMergeStream::new(Parser::new_ext(markdown, Options::empty())) {
        writer.write(event);
    }
    writer.text
}

struct Writer {
    text: String,
    styled: bool,
    /// Whether a block has begun and nothing stands in it yet.
    starts: bool,
    /// The next number of each list that is open; none where there are dots.
    lists: Vec<Option<u64>>,
    /// The address of each link that is open, made harmless, and where its label begins.
    links: Vec<(String, usize)>,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(&text),
            Event::Code(code) => self.push(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            Event::Rule => {
                self.part("\n\n");
                self.push("---");
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.part("\n\n"),
            Tag::Heading { .. } => {
                self.part("\n\n");
                self.bold(true);
            }
            Tag::BlockQuote(_) => {
                self.part("\n\n");
                self.text.push_str("> ");
            }
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.item(),
            Tag::Strong => self.bold(true),
            Tag::Emphasis => self.italic(true),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((harmless(&dest_url), self.text.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Strong => self.bold(false),
            TagEnd::Emphasis => self.italic(false),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((address, label)) = self.links.pop()
                    && self.text.get(label..) != Some(&address)
                {
                    self.push(&format!(" ({address})"));
                }
            }
            _ => {}
        }
    }

    /// Writes what the message says, made harmless only now: `&#27;` is the character itself once Markdown is read.
    fn push(&mut self, text: &str) {
        self.text.push_str(&harmless(text));
        self.starts = false;
    }

    /// Parts a block from the one before it.
    fn part(&mut self, by: &str) {
        if !self.starts {
            self.text.truncate(self.text.trim_end_matches('\n').len());
            self.text.push_str(by);
        }
        self.starts = true;
    }

    fn item(&mut self) {
        self.part("\n");
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.text.push_str(&format!("{}{mark}", "  ".repeat(depth)));
    }

    fn bold(&mut self, begins: bool) {
        self.mark("**", if begins { "\x1b[1m" } else { "\x1b[22m" });
    }

    fn italic(&mut self, begins: bool) {
        self.mark("*", if begins { "\x1b[3m" } else { "\x1b[23m" });
    }

    fn mark(&mut self, mark: &str, code: &str) {
        self.text.push_str(if self.styled { code } else { mark });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(plain(markdown, false), expected, "{markdown:?}");
    }

    #[test]
    fn words_and_lines_stay() {
        check("", "");
        check("one\ntwo\n\nthree", "one\ntwo\n\nthree");
        check("a < b & c > d, <@12> `x`", "a < b & c > d, <@12> `x`");
        check("```\nx  y\n```\nz", "x  y\n\nz");
        check("> quoted\n\nplain", "> quoted\n\nplain");
        check(r"\*not bold\* and 5\_6", "*not bold* and 5_6");
        check("a\n\n---\n\nb", "a\n\n---\n\nb");
    }

    #[test]
    fn lists_have_marks() {
        check("**Topics**\n- bones: 1\n- diet: 2\nChoose.", "**Topics**\n- bones: 1\n- diet: 2\nChoose.");
        check("2. one\n3. two\n\nafter", "2. one\n3. two\n\nafter");
        check("- one\n  - in it\n- two", "- one\n  - in it\n- two");
    }

    #[test]
    fn links_show_where_they_lead() {
        check("see [the page](https://a.example/b)", "see the page (https://a.example/b)");
        check("<https://a.example>", "https://a.example");
        check("https://a.example/x_y_z", "https://a.example/x_y_z");
    }

    #[test]
    fn a_terminal_shows_bold_and_italic() {
        let check = |markdown: &str, expected: &str| assert_eq!(plain(markdown, true), expected, "{markdown:?}");
        check("**a** *b*", "\x1b[1ma\x1b[22m \x1b[3mb\x1b[23m");
        check("# a", "\x1b[1ma\x1b[22m");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_written(markdown: String, styled: bool) {
            plain(&markdown, styled);
        }
    }
}
