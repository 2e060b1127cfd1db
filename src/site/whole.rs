//! Every answer on one page, to print or to read through.

use super::entry::card;
use super::frame::Frame;
use maud::html;

/// The whole page.
pub(super) fn page(frame: &Frame) -> String {
    let main = html! {
        h1 { "All questions and answers" }
        @for (topic, entries) in frame.topics {
            section {
                h2 { (*topic) }
                @for entry in entries {
                    article.one id={ "entry-" (entry.id) } {
                        h3 { (entry.question) }
                        (card(frame, entry, 4))
                    }
                }
            }
        }
    };
    frame.page(Some("All questions and answers"), &main)
}
