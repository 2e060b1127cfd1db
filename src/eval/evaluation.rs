//! Everything that is known once all messages are decided on.

use super::outcome::Case;
use super::{Act, Calibration, Curve, Fault, Guess, Label, Outcome, Section, Share, Time};
use crate::answer::Surface;
use crate::faq::MessageKind;

/// A label with what came of it, in the order of its surfaces: at least one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The message.
    pub label: Label,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
}

/// How good a collection is on labelled messages.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The collection's id.
    pub collection: String,
    /// How many messages were decided on.
    pub messages: usize,
    /// What was counted.
    pub sections: Vec<Section>,
    /// Whether the scores can be taken at their word, each message counted once.
    pub calibration: Calibration,
    /// What other thresholds would do, each message counted once.
    pub curve: Curve,
    /// The right answers among all answers, as it was decided.
    pub precision: Share,
    /// The messages that were answered, rightly or wrongly, among those for which some passage is right, as decided.
    pub coverage: Share,
    /// How long a decision takes; none without messages.
    pub time: Option<Time>,
    /// What went wrong, the gravest first.
    pub misses: Vec<Miss>,
}

/// One outcome with something wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// The gravest thing that is wrong.
    pub fault: Fault,
    /// The message.
    pub label: Label,
    /// What came of it.
    pub outcome: Outcome,
}

impl Evaluation {
    /// Of a collection, over these messages.
    pub fn of(collection: &str, scored: &[Scored]) -> Self {
        let cases: Vec<Case> = scored
            .iter()
            .flat_map(|Scored { label, outcomes }| outcomes.iter().map(move |outcome| Case { label, outcome }))
            .collect();
        // What is overheard too would count twice where a message is to count once.
        let firsts: Vec<Case> = scored
            .iter()
            .filter_map(|Scored { label, outcomes }| Some(Case { label, outcome: outcomes.first()? }))
            .collect();
        let guesses: Vec<(Guess, bool)> =
            firsts.iter().filter_map(|case| Some((case.outcome.guess?, case.label.is_answerable()))).collect();
        let answerable: Vec<Case> = firsts.iter().filter(|case| case.label.is_answerable()).copied().collect();
        let answered: Vec<Case> = firsts.iter().filter(|case| case.answers()).copied().collect();
        Self {
            collection: collection.to_owned(),
            messages: scored.len(),
            sections: Section::all_of(&cases),
            calibration: Calibration::of(&guesses.iter().map(|(guess, _)| *guess).collect::<Vec<_>>()),
            curve: Curve::of(&guesses, answerable.len()),
            precision: Share::counted(&answered, Case::is_right),
            coverage: Share::counted(&answerable, Case::answers),
            time: Time::of(cases.iter().map(|case| case.outcome.micros).collect()),
            misses: misses(&cases),
        }
    }

    /// What would be answered from some scores on, the highest first, and what is as decided: the name of the row, the
    /// precision and the coverage.
    pub(super) fn thresholds(&self) -> impl Iterator<Item = (String, Share, Share)> {
        let nobody = (Share::default(), Share { count: 0, of: self.coverage.of });
        let tenths = (0..10).rev().map(move |tenth| {
            let threshold = f64::from(tenth) / 10.0;
            let at = self.curve.at(threshold).map_or(nobody, |point| (point.precision, point.coverage));
            (format!("{threshold:.1}"), at.0, at.1)
        });
        tenths.chain([("as decided".to_owned(), self.precision, self.coverage)])
    }

    /// How it stands, in words: one sentence each.
    pub(super) fn summary(&self) -> Vec<String> {
        let share = |section: &str, figure: &str| {
            let section = self.sections.iter().find(|found| found.key == section);
            section.map_or_else(Share::default, |section| section.share(figure))
        };
        let (right, wrong) = (share("in_scope", "right"), share("in_scope", "wrong"));
        let false_answers = share("none", "answered");
        let (caught, noticed) = (share("urgent", "caught"), share("personal", "noticed"));
        let sentences = [
            (
                right,
                format!(
                    "{} answers {} of {} questions rightly and {} wrongly.",
                    self.collection, right.count, right.of, wrong.count
                ),
            ),
            (
                false_answers,
                format!("It answers {} of {} messages that it has nothing for.", false_answers.count, false_answers.of),
            ),
            (caught, format!("It sees {} of {} urgent messages.", caught.count, caught.of)),
            (noticed, format!("It notices {} of {} messages that ask for personal advice.", noticed.count, noticed.of)),
        ];
        sentences.into_iter().filter(|(share, _)| share.of > 0).map(|(_, sentence)| sentence).collect()
    }
}

fn misses(cases: &[Case]) -> Vec<Miss> {
    let mut misses: Vec<Miss> = cases
        .iter()
        .filter_map(|Case { label, outcome }| {
            let fault = outcome.fault(label)?;
            Some(Miss { fault, label: (*label).clone(), outcome: (*outcome).clone() })
        })
        .collect();
    misses.sort_by_key(|miss| miss.fault);
    misses
}

impl Miss {
    /// What was expected, in words.
    pub(super) fn expected(&self) -> String {
        match (self.label.kind, self.label.gold.as_slice()) {
            (MessageKind::Answer, gold) => format!("the passage of {}", gold.join(" or ")),
            (MessageKind::None, _) if self.outcome.surface == Surface::Overheard => "silence".to_owned(),
            (MessageKind::None, _) => "no passage".to_owned(),
            (MessageKind::Urgent, _) => format!("the urgent card ({})", self.label.row()),
            (MessageKind::Personal, []) => "the notice for personal questions, and no passage".to_owned(),
            (MessageKind::Personal, gold) => {
                format!("the notice for personal questions, and at most the passage of {}", gold.join(" or "))
            }
        }
    }

    /// What was decided, in words.
    pub(super) fn decided(&self) -> String {
        let act = match &self.outcome.act {
            Act::Answered { entry, .. } => format!("answered with {entry}"),
            Act::Offered { entries, .. } => format!("offered {}", entries.join(", ")),
            Act::Refused { gap: Some(gap) } => format!("“nothing on {gap}”"),
            Act::Refused { gap: None } => "“nothing on this”".to_owned(),
            Act::Urgent(kind) => format!("the urgent card ({})", kind.name()),
            Act::Silent => "silence".to_owned(),
        };
        if self.outcome.notice { format!("{act}, with the notice") } else { act }
    }
}
