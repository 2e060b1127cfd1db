//! What every page has around its own part: the way in, the numbers to call, the reminder.

use crate::answer::numbers;
use crate::faq::{Collection, Entry, HelpKind};
use crate::words::Language;
use maud::{DOCTYPE, Markup, html};

/// A page may load what stands beside it, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

/// How many letters of the hash tell one version of the FAQ from another.
const VERSION: usize = 12;

/// What pages share.
#[derive(Clone, Copy)]
pub(super) struct Frame<'s> {
    pub(super) collection: &'s Collection,
    /// The topics, each with its entries.
    pub(super) topics: &'s [(&'s str, Vec<&'s Entry>)],
    /// Whom to ask, as the foot of a page says it.
    pub(super) ask: &'s str,
    /// The region whose numbers are named.
    pub(super) region: Option<&'s str>,
    /// The way from the page's folder to the top one.
    pub(super) up: &'static str,
}

impl Frame<'_> {
    /// The address of another page, by its path from the top.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.up)
    }

    /// The address of a topic's list of questions.
    pub(super) fn topic_address(&self, topic: &str) -> String {
        let number = self.topics.iter().position(|(name, _)| *name == topic).unwrap_or_default();
        self.address(&format!("index.html#topic-{number}"))
    }

    /// A whole page: its title, and what stands in its main part.
    pub(super) fn page(&self, title: Option<&str>, main: &Markup) -> String {
        let name = &self.collection.title;
        let page = html! {
            (DOCTYPE)
            html lang=(self.collection.language) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { @if let Some(title) = title { (title) " – " } (name) }
                    link rel="stylesheet" href=(self.address("style.css"));
                }
                body {
                    a.skip href="#main" { "Skip to the text" }
                    (self.emergency())
                    header {
                        a.home href=(self.address("index.html")) { (name) }
                        nav aria-label="Pages" {
                            a href=(self.address("index.html")) { "Questions" }
                            a href=(self.address("all.html")) { "All answers" }
                            @if !self.collection.help_lines.is_empty() {
                                a href=(self.address("numbers.html")) { "Numbers to call" }
                            }
                        }
                    }
                    main id="main" tabindex="-1" { (main) }
                    footer {
                        p.reminder { (self.collection.reminder) " For your own case, ask " (self.ask) "." }
                        p { "Version " code { (self.version()) } " of this FAQ." }
                    }
                }
            }
        };
        page.into_string()
    }

    /// Who can help at once.
    fn emergency(&self) -> Markup {
        let lines = &self.collection.help_lines;
        let medical = numbers(HelpKind::Medical, lines, self.region);
        let crisis = numbers(HelpKind::Crisis, lines, self.region);
        html! {
            aside.emergency aria-label="Emergency" {
                p {
                    "In an emergency, call "
                    @if medical.is_empty() { (Language::English.no_number()) } @else { strong { (medical.join(" or ")) } }
                    "."
                    @if !crisis.is_empty() { " In a crisis, you can talk to " strong { (crisis.join(" or ")) } "." }
                }
            }
        }
    }

    fn version(&self) -> &str {
        self.collection.hash.get(..VERSION).unwrap_or_default()
    }
}
