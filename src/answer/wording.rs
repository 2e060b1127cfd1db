//! Sentences around a passage that are put together from several words.

use crate::faq::{HelpKind, HelpLine};
use crate::words::Language;

/// There is no entry for the question.
pub(super) fn not_covered(gap: Option<&str>, ask: &str, language: Language) -> String {
    let what = gap.map_or_else(|| language.no_answer(), |topic| language.nothing_on(topic));
    language.not_covered(&what, ask)
}

/// Who can help now. Asks nothing, promises nothing, repeats nothing.
pub(super) fn urgent(kind: HelpKind, lines: &[HelpLine], region: Option<&str>, language: Language) -> String {
    let emergency = emergency(lines, region, language);
    match kind {
        HelpKind::Medical => language.urgent_medical(&emergency),
        HelpKind::Crisis => {
            let lines = numbers(HelpKind::Crisis, lines, region).into_iter();
            let lines = lines.reduce(|one, other| language.either_line(&one, &other));
            let listen = lines.map(|lines| format!("{}\n", language.crisis_lines(&lines))).unwrap_or_default();
            language.urgent_crisis(&listen, &emergency)
        }
    }
}

/// What is called in a medical emergency: the numbers of this region, or the words for what isn't known.
pub(crate) fn emergency(lines: &[HelpLine], region: Option<&str>, language: Language) -> String {
    let numbers = numbers(HelpKind::Medical, lines, region).into_iter();
    numbers.reduce(|one, other| language.either_number(&one, &other)).unwrap_or_else(|| language.no_number())
}

/// The most numbers of a kind that a card names: more would be a list to choose from.
const MAX_NUMBERS: usize = 2;

/// The numbers of a kind in a region, each with its name if it has one.
pub(crate) fn numbers(kind: HelpKind, lines: &[HelpLine], region: Option<&str>) -> Vec<String> {
    let Some(region) = region else { return Vec::new() };
    let here = lines.iter().filter(|line| line.kind == kind && line.region == region);
    here.take(MAX_NUMBERS)
        .map(|line| match &line.name {
            Some(name) => format!("{name}: {}", line.number),
            None => line.number.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_urgent_card_fits_one_message_whatever_the_collection_lists() {
        let line = |kind| HelpLine {
            region: "GB".to_owned(),
            kind,
            name: Some("n".repeat(120)),
            number: "1".repeat(200),
            source: "https://example.org".to_owned(),
            checked_on: jiff::civil::date(2026, 11, 23),
        };
        let lines: Vec<HelpLine> =
            [HelpKind::Medical, HelpKind::Crisis].into_iter().flat_map(|kind| vec![line(kind); 9]).collect();
        let both = |kind| Language::ALL.map(|language| (kind, language));
        for (kind, language) in [HelpKind::Medical, HelpKind::Crisis].into_iter().flat_map(both) {
            let urgent = |region| urgent(kind, &lines, region, language);
            assert!(urgent(Some("GB")).len() <= 2_000);
            assert!(urgent(Some("US")).contains(&language.no_number()), "a region without lines");
            assert!(urgent(None).contains(&language.no_number()));
        }
    }
}
