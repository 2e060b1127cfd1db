//! The page of one entry.

use super::frame::Frame;
use super::passage::{linked, passage};
use crate::answer::Card;
use crate::faq::{Entry, SourceDocument};
use crate::words::Language;
use maud::{Markup, html};

/// The whole page.
pub(super) fn page(frame: &Frame, entry: &Entry) -> String {
    let collection = frame.collection;
    let related: Vec<&Entry> = entry
        .related
        .iter()
        .filter_map(|id| collection.entry(id))
        .filter(|other| !other.standing.is_withheld())
        .collect();
    let main = html! {
        article {
            p.topic { a href=(frame.topic_address(&entry.topic)) { (entry.topic) } }
            h1 { (entry.question) }
            (card(frame, entry, 2))
        }
        @if !related.is_empty() {
            nav.related aria-labelledby="related" {
                h2 id="related" { "Related questions" }
                ul {
                    @for other in related { li { a href={ (other.id) ".html" } { (other.question) } } }
                }
            }
        }
    };
    // A page names the same people above and below.
    let ask = entry.ask.as_deref().unwrap_or(frame.ask);
    Frame { ask, ..*frame }.page(Some(&entry.question), &main)
}

/// What stands below an entry's question: the passage, its source and review, the reminder. Headings of the passage begin at this
/// level.
pub(super) fn card(frame: &Frame, entry: &Entry, level: u8) -> Markup {
    let card = Card::of(frame.collection, entry, Language::English);
    let link = frame.collection.source.as_ref().and_then(|SourceDocument { link, .. }| link.as_deref());
    html! {
        div.answer { (passage(card.passage(), level)) }
        p.source {
            (linked(card.source()))
            @if let Some(link) = link { " " a href=(link) { "Read the document" } }
        }
        p.reminder { (card.reminder()) }
    }
}
