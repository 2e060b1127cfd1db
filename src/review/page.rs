//! A pack as one page that prints: no network, no script. maud escapes every text that stands in it.

use super::{DISCERN, Leaf, OWN, Pack, Point, Side, changes, worded};
use crate::faq::{Collection, SourceRef, Wording};
use crate::page;
use maud::{Markup, html};

const STYLE: &str = include_str!("page.css");

/// The whole page in HTML.
pub fn page(pack: &Pack) -> String {
    let collection = pack.collection;
    let title = format!("Review pack: {}", collection.title);
    let main = html! {
        (cover(pack, &title))
        @for (number, leaf) in (1..).zip(&pack.leaves) { (article(pack, number, leaf)) }
    };
    page::alone(&title, STYLE, &main)
}

fn cover(pack: &Pack, title: &str) -> Markup {
    let Pack { collection, today, since, leaves } = pack;
    let (all, count) = (collection.entries.len(), leaves.len());
    html! {
        header.cover {
            h1 { (title) }
            p.lead {
                (format!("{count} of {all} entries, as they stood on {today}."))
                @if let Some(since) = since {
                    (format!(" Left out is what was signed on {since} or later, hasn't changed since, and isn't due."))
                }
            }
            p {
                "Members of a support group ask a bot, and it shows them one of these passages word for word, with its source \
                 and a sentence that says whom to ask. Each entry here has the passage beside what its source says, what \
                 changed since it was last signed, a list of what to look at, and a place to sign."
            }
            p {
                "Your name stays on paper. Only your role, the day and a hash of the text you read, its fingerprint, are written into \
                 the collection's files. If the text changes afterwards, people are told so."
            }
            p {
                "What you sign is the question, the passage, and which source it names. A source of the collection's document is named \
                 by its id: what the collection keeps of that source, and whom members are told to ask, are shown here for your \
                 judgement, but they are not part of the text that is signed and may change later."
            }
            p.soft {
                "The reading age is an estimate (Flesch and Kincaid's grade and 5 years): it counts the lengths of words and \
                 sentences and understands nothing, and medical terms raise it even where they are explained. The numbered \
                 questions are those of DISCERN in other words (D. Charnock, S. Shepperd, G. Needham, R. Gann: DISCERN, an \
                 instrument for judging the quality of written consumer health information on treatment choices, J Epidemiol \
                 Community Health 1999; 53: 105–111). DISCERN rates whole leaflets from 1 to 5; a tick here says yes, and not \
                 every question speaks to a passage of a few sentences."
            }
            @if leaves.is_empty() { p.lead { "No entry needs a look." } }
            @else {
                nav aria-label="Entries" {
                    ol {
                        @for leaf in leaves {
                            li {
                                a href={ "#entry-" (leaf.entry.id) } { (leaf.newest.question) }
                                " " span.soft { (worded(leaf.entry)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn article(pack: &Pack, number: usize, leaf: &Leaf) -> Markup {
    let (entry, collection) = (leaf.entry, pack.collection);
    let ask = entry.ask.as_deref().unwrap_or(&collection.ask);
    html! {
        article id={ "entry-" (entry.id) } aria-labelledby={ "heading-" (entry.id) } {
            header {
                p.soft { (number) " of " (pack.leaves.len()) " · " (entry.topic) " · " code { (entry.id) } }
                h2 id={ "heading-" (entry.id) } lang=(collection.language) { (leaf.newest.question) }
                dl.facts {
                    div { dt { "Standing" } dd { (worded(entry)) } }
                    @if let (true, Some(day), Some(role)) = (entry.review.is_signed(), entry.review.reviewed_on, &entry.review.reviewed_by) {
                        div { dt { "Last review" } dd { (format!("{day}, {role}")) } }
                    }
                    @if let Some(day) = entry.review.review_by { div { dt { "Due" } dd { (day.to_string()) } } }
                    @if let Some(age) = leaf.reading_age { div { dt { "Reading age" } dd { "about " (age) " (estimate)" } } }
                    div { dt { "Text" } dd { code { (leaf.mark()) } } }
                }
            }
            div.beside {
                section.passage {
                    h3 { "What members read" }
                    p.text lang=(collection.language) dir="auto" { (leaf.newest.passage) }
                    p.soft { "For their own case they are told to ask " (ask) "." }
                }
                section.source {
                    h3 { "What the source says" }
                    @for source in &leaf.newest.source { (said(collection, source)) }
                }
            }
            (changed(leaf, collection))
            (checklist())
            (place_to_sign(leaf))
        }
    }
}

/// What the document says at a source.
fn said(collection: &Collection, source: &SourceRef) -> Markup {
    let document = collection.source.as_ref();
    let passage = document.and_then(|document| Some((document, document.passage(source.name())?)));
    html! {
        @match passage {
            Some((document, passage)) => {
                p.soft { (document.title) ", “" (passage.section) "” (" (passage.id) ")" }
                ul lang=(collection.language) { @for fact in &passage.facts { li { (fact) } } }
            }
            None => { p { (source.name()) } p.soft { "The collection keeps no copy of this source: please open it." } }
        }
    }
}

fn changed(leaf: &Leaf, collection: &Collection) -> Markup {
    html! {
        @if let Some(before) = &leaf.before {
            section.changed {
                h3 { "What changed since it was signed" }
                p.soft { del { "struck out" } " was taken out, " ins { "underlined" } " was put in." }
                @for (name, old, new) in parts(before, &leaf.newest) {
                    @if old != new {
                        p.soft { (name) }
                        p.text lang=(collection.language) dir="auto" {
                            @for part in changes(&old, &new) {
                                @match part.side {
                                    Side::Both => (part.text),
                                    Side::Old => del { (part.text) },
                                    Side::New => ins { (part.text) },
                                }
                            }
                        }
                    }
                }
            }
        } @else if leaf.entry.edit.is_some() {
            p.changed { "It changed since it was signed, and the text that was signed isn't kept: please read all of it anew." }
        } @else if !leaf.entry.review.is_signed() {
            p.changed { "Nobody has signed a text of this entry: all of it is new." }
        }
    }
}

/// The parts of two wordings, each with its name.
fn parts(before: &Wording, newest: &Wording) -> [(&'static str, String, String); 3] {
    let sources = |wording: &Wording| wording.source.iter().map(SourceRef::name).collect::<Vec<_>>().join(", ");
    [
        ("Question", before.question.clone(), newest.question.clone()),
        ("Source", sources(before), sources(newest)),
        ("Passage", before.passage.clone(), newest.passage.clone()),
    ]
}

fn checklist() -> Markup {
    let point = |point: &Point| {
        html! {
            li {
                label {
                    input type="checkbox";
                    span { @if let Some(number) = point.number { b { (number) } " " } (point.holds) }
                }
            }
        }
    };
    html! {
        section.checklist {
            h3 { "What to look at" }
            ul.own { @for each in &OWN { (point(each)) } }
            h4 { "DISCERN, in other words" }
            ul.discern { @for each in &DISCERN { (point(each)) } }
        }
    }
}

fn place_to_sign(leaf: &Leaf) -> Markup {
    html! {
        section.sign {
            h3 { "Your judgement" }
            ul.verdict {
                @for verdict in ["It may be shown as it stands", "Only with the changes noted", "It may not be shown"] {
                    li { label { input type="checkbox"; span { (verdict) } } }
                }
            }
            div.lines {
                p.notes { "Notes" }
                p { "Name" } p { "Role" } p { "Date" } p { "Look at it again by" } p.wide { "Signature" }
            }
            p.soft.typed {
                "To record it: " code { "pamphlet review sign " (leaf.entry.id) "@" (leaf.mark()) " --as ROLE --on DATE --until DATE" }
            }
        }
    }
}
