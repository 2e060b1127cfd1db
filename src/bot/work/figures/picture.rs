//! What was decided over time, as a chart, and in words for whoever doesn't see it.

use super::{Figures, Rounded, wording};
use crate::answer::File;
use crate::chart::{Bar, Chart};

/// The most characters that Discord takes of a file's description (Discord's documentation, "Attachment Object").
const MOST: usize = 1_024;

/// The picture; none where there is too little to see, or it can't be drawn.
pub(super) fn picture(figures: &Figures) -> Option<File> {
    let rows: Vec<(String, Vec<Rounded>)> = figures.span.bars().map(|days| row(figures, days)).collect();
    if rows.iter().all(|(_, counts)| counts.iter().all(|count| count.is_few())) {
        return None;
    }
    let bar = |(label, counts): &(String, Vec<Rounded>)| Bar {
        label: label.clone(),
        heights: counts.iter().map(|count| count.height()).collect(),
    };
    let bars: Vec<Bar> = rows.iter().map(bar).collect();
    let title = wording::picture_title(&figures.span);
    let parts = wording::DECISIONS.map(|decision| (decision.name, decision.colour));
    let chart = Chart { title: &title, note: wording::PICTURE_NOTE, parts: &parts, bars: &bars };
    let bytes = chart.png().inspect_err(|why| tracing::error!("{why}")).ok()?;
    let description = format!("{title}. {}", rows.iter().map(in_words).collect::<Vec<_>>().join("; "));
    Some(File { name: "stats.png".to_owned(), bytes, description: Some(description.chars().take(MOST).collect()) })
}

/// How often each thing was decided on the days of a bar.
fn row(figures: &Figures, days: std::ops::RangeInclusive<jiff::civil::Date>) -> (String, Vec<Rounded>) {
    let counts = wording::DECISIONS.iter().map(|decision| figures.within(&days, decision.fits));
    (figures.span.label(*days.start()), counts.collect())
}

fn in_words((label, counts): &(String, Vec<Rounded>)) -> String {
    let parts = wording::DECISIONS.iter().zip(counts).filter(|(_, count)| !count.is_few());
    let parts: Vec<String> = parts.map(|(decision, count)| format!("{} {count}", decision.name)).collect();
    let parts = if parts.is_empty() { "fewer than five of each".to_owned() } else { parts.join(", ") };
    format!("{label}: {parts}")
}
