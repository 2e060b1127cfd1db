//! What moderators are told of the counts.

use super::rounded::Rounded;
use super::span::Span;
use super::stats::Opinion;
use crate::store::Counted;

/// Something that is decided on a message, as it is shown.
pub(super) struct Decided {
    pub(super) name: &'static str,
    /// Its colour in the picture: of Okabe and Ito's, which the colour-blind can tell apart.
    pub(super) colour: &'static str,
    pub(super) fits: fn(&Counted) -> bool,
}

/// What is decided on a question, the lowest in the picture first.
pub(super) const DECISIONS: [Decided; 4] = [
    Decided { name: "answered", colour: "#0072b2", fits: |what| matches!(what, Counted::Answered(_)) },
    Decided { name: "entries offered", colour: "#56b4e9", fits: |what| *what == Counted::Offered },
    Decided { name: "not in the FAQ", colour: "#e69f00", fits: |what| *what == Counted::NotCovered },
    Decided { name: "urgent card", colour: "#d55e00", fits: |what| *what == Counted::Urgent },
];

/// What isn't drawn: it would stand above all others in a channel that is listened to.
pub(super) const SILENT: Decided = Decided {
    name: "left alone (thanks, or talk in a channel that I listen in)",
    colour: "",
    fits: |what| *what == Counted::Silent,
};

pub(super) const NOTHING_IS_COUNTED: &str = "Nothing is counted here, since there is no store to keep counts in. Please ask whoever runs this \
     bot to look at their log.";
pub(super) const COUNTS_ARE_AWAY: &str = "I can't get at the counts just now. Answers go on, and what is asked meanwhile is counted when they are back. Please try \
     again later.";
pub(super) const ANSWERED_MOST: &str = "Answered most";
pub(super) const OPINIONS: &str = "Helpful or not, the least helpful first";
pub(super) const NO_ANSWERS: &str = "No entry was the answer five times or more.";
pub(super) const NO_OPINIONS: &str = "No entry was found helpful five times or more, or not helpful.";
pub(super) const ROUNDED: &str = "-# Counts are rounded down to fives, so that nobody can be read from them: “10+” is 10 to 14, and none is \
     “fewer than five”, too.";
pub(super) const PICTURE_NOTE: &str = "Counts are rounded down to fives; what is fewer than five isn't drawn.";
pub(super) const NO_TOPICS: &str = "`gaps.toml` lists no topics that I could count by.";
pub(super) const ASKED_MOST: &str = "Topics without an entry, the most asked first";
pub(super) const ASKED_SELDOM: &str = "Asked fewer than five times, or never";
pub(super) const CLOSE_A_GAP: &str = "To close a gap, write an entry with `/faq new`, and in it the ways people ask. Then have its topic taken out of `gaps.toml`, \
     where a listed topic counts as one that the FAQ has nothing on. `/faq test` shows what a question gets.";

/// What stands above the figures.
pub(super) fn stats_since(title: &str, span: &Span) -> String {
    format!("**{title}: what was asked since {}**", span.since())
}

/// What stands above the gaps.
pub(super) fn gaps_since(title: &str, span: &Span) -> String {
    format!("**{title}: what it has nothing on, since {}**", span.since())
}

/// How many questions weren't covered.
pub(super) fn not_covered(count: Rounded) -> String {
    format!("Questions without an answer in the FAQ: {count}.")
}

/// What was said of an entry.
pub(super) fn opinion(entry: &str, opinion: Opinion) -> String {
    format!("- {entry}: not helpful {}, helpful {}", opinion.not_helpful, opinion.helpful)
}

/// What is said where there is no picture.
pub(super) fn too_few_to_draw() -> String {
    format!("There is too little to draw yet.\n{ROUNDED}")
}

/// What stands above the picture.
pub(super) fn picture_title(span: &Span) -> String {
    format!("What came of questions since {}, by {}", span.since(), span.bar())
}
