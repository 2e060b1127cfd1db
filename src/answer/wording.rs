//! The words that members see around a passage. No sentence of medicine stands here.

use crate::faq::{HelpKind, HelpLine};

/// What opens a reply to a message that asks what one person should do.
pub(super) const PERSONAL_NOTICE: &str =
    "I can't advise on your own treatment, and please don't change it before you have spoken with your team.";

pub(super) const DID_YOU_MEAN: &str = "I'm not sure that I understood. Did you mean one of these?";
pub(super) const HELPFUL: &str = "Helpful";
pub(super) const NOT_HELPFUL: &str = "Not helpful";

/// What is called where no number is known.
pub(crate) const NO_NUMBER: &str = "your local emergency number";

/// There is no entry for the question.
pub(super) fn not_covered(gap: Option<&str>, ask: &str) -> String {
    let what = match gap {
        Some(topic) => format!("This FAQ has nothing on {topic} yet."),
        None => "This FAQ has no answer to that, and I don't guess.".to_owned(),
    };
    format!("{what} The people to ask are {ask}. `/topics` shows what the FAQ covers.")
}

/// The entry is there, and may not be shown.
pub(super) fn withheld(question: &str, ask: &str) -> String {
    format!("The answer to “{question}” is withdrawn until somebody has reviewed it. The people to ask are {ask}.")
}

/// The short card that says what pamphlet is.
pub(super) fn help(title: &str) -> String {
    format!(
        "I'm a bot. I look questions up in the FAQ “{title}” and show you the passage that fits, word for word.\n\
         Ask me with `/ask` (only you see the answer), or mention me and write your question. `/topics` shows what the FAQ \
         covers, `/privacy` what I keep (nothing you write).\n\
         I can't give advice on your own treatment. In an emergency, call {NO_NUMBER}."
    )
}

/// Who can help now. Asks nothing, promises nothing, repeats nothing.
pub(super) fn urgent(kind: HelpKind, lines: &[HelpLine], region: Option<&str>) -> String {
    let emergency = numbers(HelpKind::Medical, lines, region);
    let emergency = if emergency.is_empty() { NO_NUMBER.to_owned() } else { emergency.join(" or ") };
    match kind {
        HelpKind::Medical => format!(
            "**This may need help right now. Please call {emergency}.**\n\
             I'm a bot and can't judge it. If calling is hard, ask somebody near you to call, or go to the nearest \
             emergency department."
        ),
        HelpKind::Crisis => {
            let lines = numbers(HelpKind::Crisis, lines, region);
            let listen = match lines.is_empty() {
                true => String::new(),
                false => format!("You can talk to {}.\n", lines.join(", or ")),
            };
            format!(
                "**I'm sorry that it is this hard. Please talk to a person now; you don't have to carry this alone.**\n\
                 {listen}If there is danger right now, please call {emergency}.\n\
                 I'm a bot and can't help with this myself. Please tell somebody near you as well."
            )
        }
    }
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
        for kind in [HelpKind::Medical, HelpKind::Crisis] {
            assert!(urgent(kind, &lines, Some("GB")).len() <= 2_000);
            assert!(urgent(kind, &lines, Some("US")).contains(NO_NUMBER), "a region without lines");
            assert!(urgent(kind, &lines, None).contains(NO_NUMBER));
        }
    }
}
