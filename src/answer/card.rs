//! The answer card: a passage that can't be shown without its source and its reminder.

use crate::faq::{Collection, Edit, Entry, Review, SourceRef, Standing};
use crate::words::Language;

/// An entry as a member reads it. The only way to make one is [`Card::of`], which takes the source, the review state
/// and the reminder along with the passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    notice: Option<Box<str>>,
    question: String,
    passage: String,
    source: String,
    reminder: String,
    language: Language,
}

impl Card {
    /// The card of an entry of this collection; what stands around the passage is in this language.
    pub fn of(collection: &Collection, entry: &Entry, language: Language) -> Self {
        Self {
            notice: None,
            question: entry.question.clone(),
            passage: entry.passage.clone(),
            source: source_line(collection, entry, language),
            reminder: language.card_reminder(&collection.reminder, entry.ask.as_deref().unwrap_or(&collection.ask)),
            language,
        }
    }

    /// The same card, opened by the notice that pamphlet can't advise one person.
    #[must_use]
    pub fn with_personal_notice(self) -> Self {
        let notice = self.language.personal_notice();
        self.with_notice(notice)
    }

    /// The same card, opened by a sentence of the program.
    #[must_use]
    pub fn with_notice(self, notice: impl Into<Box<str>>) -> Self {
        Self { notice: Some(notice.into()), ..self }
    }

    /// The question that it answers.
    pub fn question(&self) -> &str {
        &self.question
    }

    /// The passage, word for word.
    pub fn passage(&self) -> &str {
        &self.passage
    }

    /// Where the passage comes from and what is known of its review.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The sentence that says whom to ask.
    pub fn reminder(&self) -> &str {
        &self.reminder
    }

    /// The question of the card that this text shows, if it is a card's text in any language.
    pub fn question_in(text: &str) -> Option<&str> {
        Language::ALL.into_iter().find_map(|language| {
            let title = language.card_title(ANY_QUESTION);
            let (open, close) = title.split_once(ANY_QUESTION)?;
            let (_, after) = text.split_once(open)?;
            after.split_once(close).map(|(question, _)| question).filter(|question| !question.is_empty())
        })
    }

    /// The card as plain message text: the notice if there is one, the question, the passage, the source and review
    /// state, the reminder.
    pub fn text(&self) -> String {
        let notice = self.notice.as_ref().map(|notice| format!("{notice}\n\n")).unwrap_or_default();
        let title = self.language.card_title(&self.question);
        format!("{notice}{title}\n\n{}\n\n*{}*\n\n{}", self.passage, self.source, self.reminder)
    }
}

/// Stands for a question where the words around one are wanted. No text has it.
const ANY_QUESTION: &str = "\0";

fn source_line(collection: &Collection, entry: &Entry, language: Language) -> String {
    let mut titles: Vec<&str> = Vec::new();
    let mut sections: Vec<String> = Vec::new();
    for source in &entry.source {
        let (title, section) = name(collection, source);
        if !titles.contains(&title) {
            titles.push(title);
        }
        sections.extend(section.map(|name| language.section(name)).filter(|section| !sections.contains(section)));
    }
    let (titles, review) = (titles.join("; "), review_state(entry, language));
    match sections.into_iter().reduce(|one, other| language.both_sections(&one, &other)) {
        Some(sections) => language.card_source_sections(&titles, &sections, &review),
        None => language.card_source(&titles, &review),
    }
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
fn review_state(entry: &Entry, language: Language) -> String {
    let Review { reviewed_by, reviewed_on, review_by, .. } = &entry.review;
    let state = match (reviewed_by, reviewed_on) {
        (Some(role), Some(day)) if entry.serves_signed() => language.reviewed(&day.to_string(), role),
        // Without the text that was signed nobody can tell that it was one of this entry.
        (_, Some(day)) if matches!(entry.edit, Some(Edit::Served { signed: Some(_) })) => {
            language.changed_since_review(&day.to_string())
        }
        _ => language.not_reviewed(),
    };
    match (entry.standing, review_by) {
        (Standing::Overdue, Some(day)) => language.review_due(&state, &day.to_string()),
        _ => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_of_a_card_is_found_in_every_language() {
        for language in Language::ALL {
            let text = |text: &str| text.to_owned();
            let (question, passage) = (text("Does tea help?"), text("**Tea** is warm."));
            let card = Card { notice: None, question, passage, source: text("A book"), reminder: text("r"), language };
            assert_eq!(Card::question_in(&card.text()), Some("Does tea help?"), "{language:?}");
            assert_eq!(Card::question_in(&card.with_personal_notice().text()), Some("Does tea help?"), "{language:?}");
            assert_eq!(Card::question_in(&language.help("Tea", "112")), None, "{language:?}");
        }
    }
}
