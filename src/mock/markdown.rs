//! Discord's Markdown as HTML that is safe to show: nothing that was written becomes a tag of its own making.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::mock::snowflake::Id;

/// Renders a message. `names` says what stands for a mention of an id.
pub(crate) fn to_html(markdown: &str, names: &dyn Fn(Id) -> Option<String>) -> String {
    let mut writer = Writer { markdown, names, html: String::new(), open: Vec::new(), small: false, line_starts: true };
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter();
    for (event, place) in TextMergeWithOffset::new(events) {
        writer.write(event, place);
    }
    writer.html
}

struct Writer<'a> {
    markdown: &'a str,
    names: &'a dyn Fn(Id) -> Option<String>,
    html: String,
    /// The closing tags of what is open, innermost last.
    open: Vec<&'static str>,
    /// Whether a line of small print (`-# `) is open.
    small: bool,
    /// Whether the next text starts a line of a paragraph.
    line_starts: bool,
}

impl Writer<'_> {
    fn write(&mut self, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, place),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code() => escape_into(&mut self.html, &text),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.html.push_str("<code>");
                escape_into(&mut self.html, &code);
                self.html.push_str("</code>");
            }
            Event::Html(written) | Event::InlineHtml(written) => escape_into(&mut self.html, &written),
            Event::SoftBreak | Event::HardBreak => {
                self.end_small();
                self.html.push_str("<br>");
                self.line_starts = true;
                return;
            }
            Event::Rule => {
                let rule = self.markdown.get(place).unwrap_or("").trim_end();
                self.html.push_str("<p>");
                escape_into(&mut self.html, rule);
                self.html.push_str("</p>");
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        if !self.html.ends_with("<p>") {
            self.line_starts = false;
        }
    }

    fn start(&mut self, tag: &Tag<'_>, place: Range<usize>) {
        let written = self.markdown.get(place).unwrap_or("");
        let (before, after) = match tag {
            Tag::Paragraph => ("<p>", "</p>"),
            Tag::Heading { level, .. } if written.starts_with('#') => match *level as u8 {
                1 => ("<h1>", "</h1>"),
                2 => ("<h2>", "</h2>"),
                _ => ("<h3>", "</h3>"),
            },
            // Discord knows no underlined headings and no indented code.
            Tag::Heading { .. } | Tag::CodeBlock(CodeBlockKind::Indented) => ("<p>", "</p>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => ("<pre><code>", "</code></pre>"),
            Tag::BlockQuote(_) => ("<blockquote>", "</blockquote>"),
            Tag::List(Some(_)) => ("<ol>", "</ol>"),
            Tag::List(None) => ("<ul>", "</ul>"),
            Tag::Item => ("<li>", "</li>"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong if written.starts_with("__") => ("<u>", "</u>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<s>", "</s>"),
            Tag::Link { dest_url, .. } if is_web(dest_url) => {
                open_link(&mut self.html, dest_url);
                ("", "</a>")
            }
            Tag::Image { .. } => ("!", ""),
            _ => ("", ""),
        };
        self.html.push_str(before);
        self.open.push(after);
        self.line_starts = before == "<p>";
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::Paragraph {
            self.end_small();
        }
        self.html.push_str(self.open.pop().unwrap_or(""));
    }

    fn text(&mut self, text: &str) {
        let in_paragraph = self.open.last().is_some_and(|tag| *tag == "</p>");
        match text.strip_prefix("-# ").filter(|_| in_paragraph && self.line_starts) {
            Some(small) => {
                self.html.push_str("<small>");
                self.small = true;
                self.inline(small);
            }
            None => self.inline(text),
        }
    }

    fn end_small(&mut self) {
        if std::mem::take(&mut self.small) {
            self.html.push_str("</small>");
        }
    }

    /// Writes text with its mentions, addresses and spoilers.
    fn inline(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = next_special(rest) {
            let (plain, special) = rest.split_at(start);
            escape_into(&mut self.html, plain);
            let length = self.mention(special).or_else(|| self.address(special)).or_else(|| self.spoiler(special));
            let length = length.unwrap_or_else(|| {
                // Not what it looked like: its first character is text like any other.
                let first = special.chars().next().map_or(special.len(), char::len_utf8);
                escape_into(&mut self.html, &special[..first]);
                first
            });
            rest = &special[length..];
        }
        escape_into(&mut self.html, rest);
    }

    fn mention(&mut self, text: &str) -> Option<usize> {
        let inner = text.strip_prefix("<@").or_else(|| text.strip_prefix("<#"))?;
        let (marker, _) = inner.split_once('>')?;
        let name = (self.names)(marker.trim_start_matches('!').parse().ok()?)?;
        self.html.push_str("<span class=\"mention\">");
        escape_into(&mut self.html, &name);
        self.html.push_str("</span>");
        Some("<@".len() + marker.len() + ">".len())
    }

    fn address(&mut self, text: &str) -> Option<usize> {
        if !is_web(text) || self.open.contains(&"</a>") {
            return None;
        }
        let end = text.find(|letter: char| letter.is_whitespace() || letter == '<').unwrap_or(text.len());
        let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
        open_link(&mut self.html, address);
        escape_into(&mut self.html, address);
        self.html.push_str("</a>");
        Some(address.len())
    }

    fn spoiler(&mut self, text: &str) -> Option<usize> {
        let (hidden, _) = text.strip_prefix("||")?.split_once("||")?;
        self.html.push_str("<span class=\"spoiler\">");
        escape_into(&mut self.html, hidden);
        self.html.push_str("</span>");
        Some(hidden.len() + "||||".len())
    }

    fn in_code(&self) -> bool {
        self.open.last().is_some_and(|tag| *tag == "</code></pre>")
    }
}

/// Where something other than plain text may start.
fn next_special(text: &str) -> Option<usize> {
    ["<@", "<#", "http://", "https://", "||"].iter().filter_map(|marker| text.find(marker)).min()
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn open_link(html: &mut String, address: &str) {
    html.push_str("<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"");
    escape_into(html, address);
    html.push_str("\">");
}

fn escape_into(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn render(markdown: &str) -> String {
        to_html(markdown, &|id| (id == Id(7)).then(|| "@<sam>".to_owned()))
    }

    #[track_caller]
    fn check(markdown: &str, html: &str) {
        assert_eq!(render(markdown), html);
    }

    #[test]
    fn discords_marks_become_tags() {
        check(
            "**bold** and *slanted* and __under__ and ~~gone~~",
            "<p><strong>bold</strong> and <em>slanted</em> and <u>under</u> and <s>gone</s></p>",
        );
        check("one\ntwo", "<p>one<br>two</p>");
        check("# Big\n### Small", "<h1>Big</h1><h3>Small</h3>");
        check("-# fine print\nplain", "<p><small>fine print</small><br>plain</p>");
        check("> said", "<blockquote><p>said</p></blockquote>");
        check("- a\n- b", "<ul><li>a</li><li>b</li></ul>");
        check("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>");
        check("a ||secret|| b", "<p>a <span class=\"spoiler\">secret</span> b</p>");
        check("hello <@7> and <@8>", "<p>hello <span class=\"mention\">@&lt;sam&gt;</span> and &lt;@8&gt;</p>");
        check("\\*not slanted\\*", "<p>*not slanted*</p>");
    }

    #[test]
    fn only_web_addresses_become_links() {
        let link = "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"https://a.example/x\">";
        check("[here](https://a.example/x)", &format!("<p>{link}here</a></p>"));
        check("see https://a.example/x.", &format!("<p>see {link}https://a.example/x</a>.</p>"));
        check("[here](javascript:alert)", "<p>here</p>");
        check("![alt](https://a.example/x.png)", "<p>!alt</p>");
    }

    #[test]
    fn html_is_shown_as_it_was_typed() {
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("a <img src=x onerror=y> b", "<p>a &lt;img src=x onerror=y&gt; b</p>");
    }

    proptest! {
        #[test]
        fn no_tag_but_ours_gets_through(markdown in "([<>/a-z\"'=:!@#|*_~`\\[\\]() \n-]|<script|<img|https://|javascript:|<@7>){0,60}") {
            let html = render(&markdown);
            let ours = [
                "p", "br", "h1", "h2", "h3", "small", "blockquote", "ul", "ol", "li", "em", "u", "strong", "s", "a", "pre",
                "code", "span",
            ];
            for tag in html.split('<').skip(1) {
                let tag = tag.trim_start_matches('/');
                let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(ours.contains(&name.as_str()), "{} in {}", name, html);
                prop_assert!(!tag.starts_with("a ") || tag.contains("href=\"http"), "{}", html);
            }
        }
    }
}
