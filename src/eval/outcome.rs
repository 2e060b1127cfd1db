//! What came of one message, and what is wrong with that.

use super::{Guess, Label};
use crate::answer::{Decision, Hit, Surface, Verdict};
use crate::faq::MessageKind;
use crate::faq::{Collection, HelpKind, SourceRef};
use crate::search::Index;

/// What came of one message, reached in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it reached pamphlet.
    pub surface: Surface,
    /// What pamphlet did.
    pub act: Act,
    /// Whether the notice for personal questions came with it.
    pub notice: bool,
    /// The search's best candidate, decided on or not; none where nothing was searched or found.
    pub guess: Option<Guess>,
    /// How long the decision and its reply took, in microseconds.
    pub micros: f64,
    /// Why it was decided so, in a person's words; empty where nobody wants to know.
    pub explanation: String,
}

/// What pamphlet did. `right` holds against the label's gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It showed the passage of this entry.
    Answered {
        /// The entry's id.
        entry: String,
        /// Whether it is right.
        right: bool,
    },
    /// It offered these entries, best first.
    Offered {
        /// The entries' ids.
        entries: Vec<String>,
        /// Whether one of them is right.
        right: bool,
    },
    /// It said that it has nothing, or what it is for.
    Refused {
        /// The listed gap that it named.
        gap: Option<String>,
    },
    /// It showed the urgent card.
    Urgent(HelpKind),
    /// It said nothing.
    Silent,
}

impl Outcome {
    /// What came of a label's message, decided like this in so many microseconds.
    pub fn of(label: &Label, surface: Surface, index: &Index, verdict: &Verdict, micros: f64) -> Self {
        let collection = index.collection();
        let right = |hit: &Hit| is_right(label, collection, &hit.entry);
        let (act, notice) = match &verdict.decision {
            Decision::Answer { hit, personal, .. } => {
                (Act::Answered { entry: hit.entry.clone(), right: right(hit) }, *personal)
            }
            Decision::Suggest { hits, personal, .. } => {
                let entries = hits.iter().map(|hit| hit.entry.clone()).collect();
                (Act::Offered { entries, right: hits.iter().any(right) }, *personal)
            }
            Decision::NotCovered { gap, personal, .. } => (Act::Refused { gap: gap.clone() }, *personal),
            Decision::Help => (Act::Refused { gap: None }, false),
            Decision::Urgent(kind) => (Act::Urgent(*kind), false),
            Decision::Silent(_) => (Act::Silent, false),
        };
        let guess = verdict.best(index).map(|hit| Guess { score: f64::from(hit.score), right: right(&hit) });
        Self { surface, act, notice, guess, micros, explanation: String::new() }
    }

    /// The gravest thing that is wrong with it, if anything is.
    pub fn fault(&self, label: &Label) -> Option<Fault> {
        let case = Case { label, outcome: self };
        match label.kind {
            MessageKind::Urgent if case.is_wrong_kind() => Some(Fault::WrongCard),
            MessageKind::Urgent => (!case.alarms()).then_some(Fault::UrgentMissed),
            _ if case.alarms() => Some(Fault::FalseAlarm),
            MessageKind::Personal if case.is_careless() => Some(Fault::CarelessAnswer),
            MessageKind::Personal => (!self.notice && !case.is_silent()).then_some(Fault::Unnoticed),
            MessageKind::None if case.answers() => Some(Fault::FalseAnswer),
            MessageKind::None => case.offers().then_some(Fault::NeedlessOffer),
            MessageKind::Answer if case.is_wrong() => Some(Fault::WrongAnswer),
            MessageKind::Answer if self.surface == Surface::Overheard => None,
            MessageKind::Answer if !case.is_right_or_offered() => Some(Fault::Refused),
            MessageKind::Answer if !case.is_right() => Some(Fault::OnlyOffered),
            MessageKind::Answer => self.notice.then_some(Fault::NeedlessNotice),
        }
    }
}

/// Whether an entry is right: its id or one of its sources is in the label's gold.
fn is_right(label: &Label, collection: &Collection, id: &str) -> bool {
    let is_gold = |name: &str| label.gold.iter().any(|gold| gold == name);
    let sources = collection.entry(id).into_iter().flat_map(|entry| &entry.source);
    is_gold(id) || sources.into_iter().any(|(SourceRef::Passage(name) | SourceRef::Named(name))| is_gold(name))
}

/// What can be wrong with an outcome, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// An urgent message didn't get the urgent card.
    UrgentMissed,
    /// A personal message got a passage without the notice, or a wrong passage.
    CarelessAnswer,
    /// A question got a wrong passage.
    WrongAnswer,
    /// A message that no passage answers got one.
    FalseAnswer,
    /// A message that isn't urgent got the urgent card.
    FalseAlarm,
    /// An urgent message got the card of the other kind.
    WrongCard,
    /// A personal message got a reply without the notice.
    Unnoticed,
    /// A question got neither its passage nor the offer of it.
    Refused,
    /// A question got its passage with a notice that it doesn't need.
    NeedlessNotice,
    /// A question got only the offer of its passage.
    OnlyOffered,
    /// A message that no passage answers was offered some.
    NeedlessOffer,
}

impl Fault {
    /// Every fault with its name in JSON and what people are told, the gravest first.
    pub const NAMES: [(Self, &str, &str); 11] = [
        (Self::UrgentMissed, "urgent-missed", "Urgent, and not seen to be"),
        (Self::CarelessAnswer, "careless-answer", "Personal, and answered without the notice or with a wrong passage"),
        (Self::WrongAnswer, "wrong-answer", "Answered with a wrong passage"),
        (Self::FalseAnswer, "false-answer", "Answered, and no passage answers it"),
        (Self::FalseAlarm, "false-alarm", "Taken for urgent, and isn't"),
        (Self::WrongCard, "wrong-card", "Urgent, with the card of the other kind"),
        (Self::Unnoticed, "unnoticed", "Personal, and replied to without the notice"),
        (Self::Refused, "refused", "Neither answered nor offered its passage"),
        (Self::NeedlessNotice, "needless-notice", "Answered, with a notice that it doesn't need"),
        (Self::OnlyOffered, "only-offered", "Offered its passage, not answered with it"),
        (Self::NeedlessOffer, "needless-offer", "Offered passages, and none answers it"),
    ];
}

/// A label with one of its outcomes, and what can be asked about the two.
#[derive(Clone, Copy)]
pub(super) struct Case<'e> {
    pub(super) label: &'e Label,
    pub(super) outcome: &'e Outcome,
}

impl Case<'_> {
    pub(super) fn answers(&self) -> bool {
        matches!(self.outcome.act, Act::Answered { .. })
    }

    pub(super) fn is_right(&self) -> bool {
        matches!(self.outcome.act, Act::Answered { right: true, .. })
    }

    pub(super) fn is_wrong(&self) -> bool {
        matches!(self.outcome.act, Act::Answered { right: false, .. })
    }

    pub(super) fn offers(&self) -> bool {
        matches!(self.outcome.act, Act::Offered { .. })
    }

    pub(super) fn is_right_or_offered(&self) -> bool {
        self.is_right() || matches!(self.outcome.act, Act::Offered { right: true, .. })
    }

    /// Says that there is nothing, or says nothing.
    pub(super) fn refuses(&self) -> bool {
        matches!(self.outcome.act, Act::Refused { .. } | Act::Silent)
    }

    pub(super) fn is_silent(&self) -> bool {
        matches!(self.outcome.act, Act::Silent)
    }

    pub(super) fn alarms(&self) -> bool {
        matches!(self.outcome.act, Act::Urgent(_))
    }

    pub(super) fn misses_alarm(&self) -> bool {
        !self.alarms()
    }

    /// The urgent card of another kind than the group's name tells.
    pub(super) fn is_wrong_kind(&self) -> bool {
        let Act::Urgent(shown) = self.outcome.act else { return false };
        let kinds = [HelpKind::Medical, HelpKind::Crisis].map(HelpKind::name);
        self.label.group.as_deref().is_some_and(|group| kinds.contains(&group) && group != shown.name())
    }

    pub(super) fn has_notice(&self) -> bool {
        self.outcome.notice
    }

    /// A passage without the notice, or a wrong one, where advice was asked for.
    pub(super) fn is_careless(&self) -> bool {
        self.is_wrong() || (self.is_right() && !self.outcome.notice)
    }

    pub(super) fn is_overheard(&self) -> bool {
        self.outcome.surface == Surface::Overheard
    }
}
