//! The first page: every question by its topic, and a search.

use super::frame::Frame;
use super::search;
use maud::{PreEscaped, html};

/// The whole page.
pub(super) fn page(frame: &Frame) -> String {
    let collection = frame.collection;
    let topics = frame.topics;
    let main = html! {
        h1 { "Questions and answers" }
        p.lead { (collection.reminder) }
        // The script shows it: without one there is no search, and the list is all there.
        form id="search" role="search" hidden {
            label for="words" { "Search the questions" }
            input id="words" type="search" autocomplete="off" enterkeyhint="search";
            p id="found" role="status" {}
            ol id="results" {}
        }
        div id="questions" {
            @if topics.len() > 1 {
                nav.topics aria-labelledby="topics" {
                    h2 id="topics" { "Topics" }
                    ul {
                        @for (number, (topic, entries)) in topics.iter().enumerate() {
                            li { a href={ "#topic-" (number) } { (topic) } " " span.count { (entries.len()) } }
                        }
                    }
                }
            }
            div.lists {
                @for (number, (topic, entries)) in topics.iter().enumerate() {
                    section aria-labelledby={ "topic-" (number) } {
                        h2 id={ "topic-" (number) } { (topic) }
                        ul.list {
                            @for entry in entries { li { a href={ "entry/" (entry.id) ".html" } { (entry.question) } } }
                        }
                    }
                }
            }
        }
        script id="index" type="application/json" { (PreEscaped(search::index(collection, topics))) }
        script src="search.js" defer {}
    };
    frame.page(None, &main)
}
