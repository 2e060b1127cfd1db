//! What is counted, of which messages: each section is one table.

use super::Share;
use super::outcome::Case;
use crate::faq::MessageKind;
use std::collections::BTreeMap;

/// What a section counts: a key for JSON, a heading for people, and when it holds.
struct Figure {
    key: &'static str,
    heading: &'static str,
    holds: fn(&Case) -> bool,
}

/// What a section is about, and which messages it takes.
struct Plan {
    key: &'static str,
    title: &'static str,
    about: &'static str,
    takes: fn(&Case) -> bool,
    figures: &'static [Figure],
}

const RIGHT: Figure = Figure { key: "right", heading: "right", holds: |case| case.is_right() };
const WRONG: Figure = Figure { key: "wrong", heading: "wrong", holds: |case| case.is_wrong() };
const REFUSED: Figure = Figure { key: "refused", heading: "refused", holds: |case| case.refuses() };
const SILENT: Figure = Figure { key: "silent", heading: "silent", holds: |case| case.is_silent() };
const ANSWERED: Figure = Figure { key: "answered", heading: "answered", holds: |case| case.answers() };
const OFFERED: Figure = Figure { key: "offered", heading: "offered", holds: |case| case.offers() };
const ALARM: Figure = Figure { key: "alarm", heading: "alarm", holds: |case| case.alarms() };
const NOTICE: Figure = Figure { key: "notice", heading: "notice", holds: |case| case.has_notice() };

static PLANS: [Plan; 7] = [
    Plan {
        key: "in_scope",
        title: "Questions that the FAQ answers, asked",
        about: "Offered: answered rightly, or the right entry is among those offered.",
        takes: |case| case.label.kind == MessageKind::Answer && !case.is_overheard(),
        figures: &[
            RIGHT,
            WRONG,
            Figure { key: "offered_right", heading: "offered", holds: |case| case.is_right_or_offered() },
            REFUSED,
        ],
    },
    Plan {
        key: "in_scope_overheard",
        title: "Questions that the FAQ answers, overheard",
        about: "In a listening channel silence is right unless pamphlet is sure.",
        takes: |case| case.label.kind == MessageKind::Answer && case.is_overheard(),
        figures: &[RIGHT, WRONG, SILENT],
    },
    Plan {
        key: "in_scope_signs",
        title: "Questions that the FAQ answers, taken for something else",
        about: "Alarm: got the urgent card. Notice: got the notice for personal questions.",
        takes: |case| case.label.kind == MessageKind::Answer && !case.is_overheard(),
        figures: &[ALARM, NOTICE],
    },
    Plan {
        key: "none",
        title: "Messages that the FAQ has nothing for, asked",
        about: "Answered: a false answer. Refused: “nothing on this”, or silence.",
        takes: |case| case.label.kind == MessageKind::None && !case.is_overheard(),
        figures: &[ANSWERED, OFFERED, ALARM, REFUSED],
    },
    Plan {
        key: "none_overheard",
        title: "Messages that the FAQ has nothing for, overheard",
        about: "Only silence is right.",
        takes: |case| case.label.kind == MessageKind::None && case.is_overheard(),
        figures: &[ANSWERED, ALARM, SILENT],
    },
    Plan {
        key: "urgent",
        title: "Urgent messages",
        about: "Caught: got an urgent card. Other kind: the crisis card for a medical emergency, or the reverse.",
        takes: |case| case.label.kind == MessageKind::Urgent,
        figures: &[
            Figure { key: "caught", heading: "caught", holds: |case| case.alarms() },
            Figure { key: "missed", heading: "missed", holds: |case| case.misses_alarm() },
            Figure { key: "wrong_kind", heading: "other kind", holds: |case| case.is_wrong_kind() },
        ],
    },
    Plan {
        key: "personal",
        title: "Messages that ask what one person should do",
        about: "Careless: a passage without the notice, or a wrong passage.",
        takes: |case| case.label.kind == MessageKind::Personal,
        figures: &[
            Figure { key: "noticed", heading: "noticed", holds: |case| case.has_notice() },
            Figure { key: "careless", heading: "careless", holds: |case| case.is_careless() },
            ALARM,
        ],
    },
];

/// What was counted of some messages: one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name in JSON.
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What its headings mean.
    pub about: &'static str,
    /// What each column counts: its key in JSON and its heading.
    pub columns: Vec<(&'static str, &'static str)>,
    /// All messages together.
    pub all: Row,
    /// By group, in the order of names.
    pub groups: Vec<Row>,
    /// By manner of writing, in the order of names; messages without a style are in none.
    pub styles: Vec<Row>,
}

/// One row of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The group or the style.
    pub name: String,
    /// How many messages are in it.
    pub count: usize,
    /// What was counted, in the order of the section's columns.
    pub shares: Vec<Share>,
}

impl Section {
    /// Every section over these cases.
    pub(super) fn all_of(cases: &[Case]) -> Vec<Self> {
        PLANS.iter().map(|plan| Self::of(plan, cases)).collect()
    }

    fn of(plan: &Plan, cases: &[Case]) -> Self {
        let taken: Vec<Case> = cases.iter().filter(|case| (plan.takes)(case)).copied().collect();
        let row = |name: &str, cases: &[Case]| Row {
            name: name.to_owned(),
            count: cases.len(),
            shares: plan.figures.iter().map(|figure| Share::counted(cases, figure.holds)).collect(),
        };
        let by = |name: fn(&Case) -> Option<String>| -> Vec<Row> {
            let mut rows: BTreeMap<String, Vec<Case>> = BTreeMap::new();
            for case in &taken {
                if let Some(name) = name(case) {
                    rows.entry(name).or_default().push(*case);
                }
            }
            rows.iter().map(|(name, cases)| row(name, cases)).collect()
        };
        Self {
            key: plan.key,
            title: plan.title,
            about: plan.about,
            columns: plan.figures.iter().map(|figure| (figure.key, figure.heading)).collect(),
            all: row("all", &taken),
            groups: by(|case| Some(case.label.row().to_owned())),
            styles: by(|case| case.label.style.clone()),
        }
    }

    /// A share of all its messages, by its key; of nothing if there is no such column.
    pub(super) fn share(&self, key: &str) -> Share {
        let at = self.columns.iter().position(|(column, _)| *column == key);
        at.and_then(|at| self.all.shares.get(at)).copied().unwrap_or_default()
    }
}
