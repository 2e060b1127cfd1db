//! A passage's Markdown as HTML. Only what Markdown itself says becomes a tag: written HTML is shown as text, no picture is
//! loaded, and a link leads to the web or nowhere.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// The passage, its headings from this level on and none left out on the way down.
pub(super) fn passage(markdown: &str, level: u8) -> Markup {
    let mut safe = Safe { links: Vec::new(), headings: vec![level.saturating_sub(1)] };
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).filter_map(|event| safe.event(event));
    let mut written = String::new();
    push_html(&mut written, events);
    PreEscaped(written)
}

/// What is open while events go by.
struct Safe {
    /// Whether each open link leads somewhere.
    links: Vec<bool>,
    /// The levels of the headings so far.
    headings: Vec<u8>,
}

impl Safe {
    fn event<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // Discord shows each line as one.
            Event::SoftBreak => Event::HardBreak,
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let leads = is_web(&dest_url);
                self.links.push(leads);
                leads.then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))?
            }
            Event::End(TagEnd::Link) => self.links.pop().filter(|leads| *leads).map(|_| event)?,
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: self.heading(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(self.last())),
            event => event,
        })
    }

    /// The level at which a heading stands on the page: at most one below the one before it.
    fn heading(&mut self, written: HeadingLevel) -> HeadingLevel {
        let top = self.headings.first().copied().unwrap_or_default();
        let before = self.headings.last().copied().unwrap_or_default();
        self.headings.push((top + written as u8).min(before + 1).min(HeadingLevel::H6 as u8));
        self.last()
    }

    fn last(&self) -> HeadingLevel {
        let last = self.headings.last().map(|level| usize::from(*level));
        last.and_then(|level| HeadingLevel::try_from(level).ok()).unwrap_or(HeadingLevel::H6)
    }
}

/// A plain text whose web addresses are links.
pub(super) fn linked(text: &str) -> Markup {
    html! {
        @for word in text.split_inclusive(' ') {
            @let address = word.trim_end().trim_end_matches(['.', ',', ';']);
            @if is_web(address) { a href=(address) { (address) } (word.get(address.len()..).unwrap_or_default()) }
            @else { (word) }
        }
    }
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
