//! The answer card: a passage that can't be shown without its source and its reminder.

use super::wording::PERSONAL_NOTICE;
use crate::faq::{Collection, Edit, Entry, Review, SourceRef, Standing};

/// An entry as a member reads it. The only way to make one is [`Card::of`], which takes the source, the review state
/// and the reminder along with the passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    notice: Option<&'static str>,
    question: String,
    passage: String,
    source: String,
    reminder: String,
}

impl Card {
    /// The card of an entry of this collection.
    pub fn of(collection: &Collection, entry: &Entry) -> Self {
        Self {
            notice: None,
            question: entry.question.clone(),
            passage: entry.passage.clone(),
            source: source_line(collection, entry),
            reminder: reminder_line(collection, entry),
        }
    }

    /// The same card, opened by the notice that pamphlet can't advise one person.
    #[must_use]
    pub fn with_personal_notice(self) -> Self {
        self.with_notice(PERSONAL_NOTICE)
    }

    /// The same card, opened by a sentence of the program.
    #[must_use]
    pub fn with_notice(self, notice: &'static str) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// The question that it answers.
    pub fn question(&self) -> &str {
        &self.question
    }

    /// The passage, word for word.
    pub fn passage(&self) -> &str {
        &self.passage
    }

    /// Where the passage comes from and what is known of its review, without marks around it.
    pub fn source(&self) -> &str {
        self.source.trim_matches('*')
    }

    /// The sentence that says whom to ask.
    pub fn reminder(&self) -> &str {
        &self.reminder
    }

    /// The question of the card that this text shows, if it is a card's text.
    pub fn question_in(text: &str) -> Option<&str> {
        let after = text.split(QUESTION_MARK_UP.0).nth(1)?;
        after.split(QUESTION_MARK_UP.1).next().filter(|question| !question.is_empty())
    }

    /// The card as plain message text: the notice if there is one, the question, the passage, the source and review
    /// state, the reminder.
    pub fn text(&self) -> String {
        let notice = self.notice.map(|notice| format!("{notice}\n\n")).unwrap_or_default();
        let (open, close) = QUESTION_MARK_UP;
        format!("{notice}{open}{}{close}\n\n{}\n\n{}\n\n{}", self.question, self.passage, self.source, self.reminder)
    }
}

/// What stands before and after the question on a card.
const QUESTION_MARK_UP: (&str, &str) = ("**You may be asking: ", "**");

fn source_line(collection: &Collection, entry: &Entry) -> String {
    let mut titles: Vec<&str> = Vec::new();
    let mut sections: Vec<String> = Vec::new();
    for source in &entry.source {
        let (title, section) = name(collection, source);
        if !titles.contains(&title) {
            titles.push(title);
        }
        sections.extend(section.map(|section| format!("“{section}”")).filter(|section| !sections.contains(section)));
    }
    let sections = if sections.is_empty() { String::new() } else { format!(", in {}", sections.join(" and ")) };
    format!("*Source: {}{sections}. {}*", titles.join("; "), review_state(entry))
}

/// The title of a source, and the section of it.
fn name<'a>(collection: &'a Collection, source: &'a SourceRef) -> (&'a str, Option<&'a str>) {
    match (source, &collection.source) {
        (SourceRef::Passage(id), Some(document)) => {
            (&document.title, document.passage(id).map(|passage| passage.section.as_str()))
        }
        (SourceRef::Passage(text) | SourceRef::Named(text), _) => (text, None),
    }
}

/// What a reader is to know of the review: of which text, and whether it is due again.
fn review_state(entry: &Entry) -> String {
    let Review { reviewed_by, reviewed_on, review_by, .. } = &entry.review;
    let state = match (reviewed_by, reviewed_on) {
        (Some(role), Some(day)) if entry.serves_signed() => format!("Reviewed on {day} ({role})."),
        // Without the text that was signed nobody can tell that it was one of this entry.
        (_, Some(day)) if matches!(entry.edit, Some(Edit::Served { signed: Some(_) })) => {
            format!("Changed since its last review on {day}.")
        }
        _ => "Not yet reviewed by a clinician.".to_owned(),
    };
    match (entry.standing, review_by) {
        (Standing::Overdue, Some(day)) => format!("{state} Due for review since {day}."),
        _ => state,
    }
}

fn reminder_line(collection: &Collection, entry: &Entry) -> String {
    let ask = entry.ask.as_deref().unwrap_or(&collection.ask);
    format!("{} For your own case, ask {ask}.", collection.reminder)
}
