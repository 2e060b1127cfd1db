//! The numbers of people who can help, by region.

use super::frame::Frame;
use crate::faq::{HelpKind, HelpLine};
use maud::{Markup, html};

/// The whole page.
pub(super) fn page(frame: &Frame) -> String {
    let main = html! {
        h1 { "Numbers to call" }
        p.lead { "Each number stands on the page that is linked below it, and was read there on that day." }
        table {
            thead { tr { th scope="col" { "Country" } th scope="col" { "Numbers" } } }
            tbody {
                @for here in frame.collection.help_lines.chunk_by(|one, other| one.region == other.region) {
                    tr {
                        @if let Some(HelpLine { region, .. }) = here.first() { th scope="row" { (region) } }
                        td { @for line in here { (number(line)) } }
                    }
                }
            }
        }
    };
    frame.page(Some("Numbers to call"), &main)
}

fn number(line: &HelpLine) -> Markup {
    html! {
        p {
            @match line.kind { HelpKind::Medical => "In an emergency: ", HelpKind::Crisis => "In a crisis: " }
            @if let Some(name) = &line.name { (name) ", " }
            strong { (line.number) }
            small { a href=(line.source) { "read on " (line.checked_on) } }
        }
    }
}
