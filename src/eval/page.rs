//! An evaluation as one page that needs nothing else: no network, no script. maud escapes every text that stands in it.

use super::share::percent;
use super::{Evaluation, Fault, Miss, Row, Section, Share, plot};
use crate::answer::Surface;
use crate::page;
use maud::{Markup, html};

const STYLE: &str = include_str!("page.css");

/// The whole page in HTML. It holds the messages that went wrong.
pub fn page(evaluation: &Evaluation) -> String {
    let title = format!("How {} does on {} labelled messages", evaluation.collection, evaluation.messages);
    let sections = || evaluation.sections.iter().filter(|section| section.all.count > 0);
    let main = html! {
        h1 { (title) }
        ul.lead { @for sentence in evaluation.summary() { li { (sentence) } } }
        p.soft {
            "Each figure has its count and, in grey, the 95 % interval in percent (Wilson): so far \
             may chance alone have moved it."
            @if let Some(time) = evaluation.time {
                (format!(" A message takes {:.0} µs (median), and 99 in 100 at most {:.0} µs.", time.median, time.p99))
            }
        }
        nav aria-label="Contents" {
            ul {
                @for part in sections() { li { a href={ "#" (part.key) } { (part.title) } } }
                li { a href="#scores" { "What a score is worth" } }
                li { a href="#misses" { "What went wrong" } " (" (evaluation.misses.len()) ")" }
            }
        }
        @for part in sections() { (section(part)) }
        (scores(evaluation))
        (misses(&evaluation.misses))
    };
    page::alone(&title, STYLE, &main)
}

fn section(section: &Section) -> Markup {
    let row = |row: &Row| {
        html! {
            tr {
                th scope="row" { (row.name) }
                td { (row.count) }
                @for share in &row.shares { (cell(*share)) }
            }
        }
    };
    let width = section.columns.len() + 2;
    html! {
        section aria-labelledby=(section.key) {
            h2 id=(section.key) { (section.title) }
            div.wide {
                table {
                    caption { (section.about) }
                    thead {
                        tr {
                            th scope="col" { "messages" }
                            th scope="col" { "of" }
                            @for (_, heading) in &section.columns { th scope="col" { (heading) } }
                        }
                    }
                    tbody.all { (row(&section.all)) }
                    tbody {
                        tr { th scope="rowgroup" colspan=(width) { "by group" } }
                        @for each in &section.groups { (row(each)) }
                    }
                    @if !section.styles.is_empty() {
                        tbody {
                            tr { th scope="rowgroup" colspan=(width) { "by style" } }
                            @for each in &section.styles { (row(each)) }
                        }
                    }
                }
            }
        }
    }
}

/// A share: percent, count and interval.
fn cell(share: Share) -> Markup {
    html! {
        td {
            (share.percent())
            @if share.of > 0 { small { (share.count) "/" (share.of) " · " (share.range()) } }
        }
    }
}

fn scores(evaluation: &Evaluation) -> Markup {
    let calibration = &evaluation.calibration;
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.3}"));
    html! {
        section aria-labelledby="scores" {
            h2 id="scores" { "What a score is worth" }
            p {
                "The score of an entry is to be the probability that its passage answers. Over "
                (calibration.count) " messages for which the search found something, the calibration error (ECE) is "
                (figure(calibration.ece)) " and the Brier score " (figure(calibration.brier)) "; both are 0 at best."
            }
            div.plots {
                figure {
                    (plot::curve(evaluation))
                    figcaption { "Precision against coverage, as the threshold falls. The dot: as decided now." }
                }
                figure {
                    (plot::calibration(evaluation))
                    figcaption { "Said against so. On the dashed line a score holds; larger dots stand for more messages." }
                }
            }
            h3 { "If every message were answered from a score on" }
            div.wide {
                table {
                    caption { "Precision: the right answers among all answers. Coverage: the answered messages among those that some passage is right for." }
                    thead { tr { th scope="col" { "score" } th scope="col" { "precision" } th scope="col" { "coverage" } } }
                    tbody {
                        @for (name, precision, coverage) in evaluation.thresholds() {
                            tr { th scope="row" { (name) } (cell(precision)) (cell(coverage)) }
                        }
                    }
                }
            }
            h3 { "What was said and what was so" }
            div.wide {
                table {
                    caption { "Said: the mean score. So: the share whose best candidate is right." }
                    thead { tr { th scope="col" { "score" } th scope="col" { "messages" } th scope="col" { "said" } th scope="col" { "so" } } }
                    tbody {
                        @for bin in &calibration.bins {
                            tr {
                                th scope="row" { (format!("{:.1} to {:.1}", bin.from, bin.to)) }
                                td { (bin.count) }
                                td { (bin.said.map_or_else(|| "–".to_owned(), percent)) }
                                (cell(Share { count: bin.right, of: bin.count }))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn misses(misses: &[Miss]) -> Markup {
    let of = |fault: Fault| misses.iter().filter(move |miss| miss.fault == fault);
    html! {
        section aria-labelledby="misses" {
            h2 id="misses" { "What went wrong" }
            @if misses.is_empty() { p { "Nothing." } }
            @for (fault, _, told) in Fault::NAMES.iter().filter(|(fault, ..)| of(*fault).next().is_some()) {
                h3 { (told) " (" (of(*fault).count()) ")" }
                @for each in of(*fault) { (miss(each)) }
            }
        }
    }
}

fn miss(miss: &Miss) -> Markup {
    let label = &miss.label;
    let about = [Some(label.row()), label.style.as_deref()];
    html! {
        article {
            h4 {
                (label.id)
                @for name in about.into_iter().flatten() { " · " (name) }
                @if miss.outcome.surface == Surface::Overheard { " · overheard" }
            }
            @for before in &label.context { blockquote.before dir="auto" { (before) } }
            blockquote dir="auto" { (label.text) }
            dl {
                dt { "expected" } dd { (miss.expected()) }
                dt { "decided" } dd { (miss.decided()) }
            }
            @if !miss.outcome.explanation.is_empty() { pre { (miss.outcome.explanation.trim_end()) } }
        }
    }
}
