//! The form of an entry, and what was filled in.

use super::wording;
use crate::answer::{Field, Form, Press, Task};
use crate::faq::{MAX_PASSAGE, MAX_QUESTION};
use crate::workshop::Fields;
use std::collections::BTreeMap;

const QUESTION: &str = "question";
const ALSO: &str = "also";
const PASSAGE: &str = "passage";
const SOURCE: &str = "source";
const TOPIC: &str = "topic";

/// The most characters of the field of phrasings.
const MOST_ALSO: u16 = 4_000;
/// The same of a short field: two sources of the longest kind, and the line break between them.
const MOST_SHORT: u16 = 321;

/// The form of an entry with what stands in it.
pub(super) fn form(task: Task, entry: Option<&str>, fields: &Fields) -> Form {
    let field = |id, label: &str, value: String, most| Field {
        id,
        label: label.to_owned(),
        value,
        long: most > MOST_SHORT,
        required: true,
        most,
    };
    let also = Field {
        required: false,
        ..field(ALSO, "Other ways people ask it, one a line", fields.also.join("\n"), MOST_ALSO)
    };
    let topic = Field { required: false, ..field(TOPIC, "Topic", fields.topic.clone(), MOST_SHORT) };
    Form {
        press: Press::Work(task),
        title: entry.map_or_else(|| wording::NEW.to_owned(), wording::change_of),
        fields: vec![
            field(QUESTION, "The question, as the card shows it", fields.question.clone(), MAX_QUESTION as u16),
            also,
            field(PASSAGE, "The answer, word for word", fields.passage.clone(), MAX_PASSAGE as u16),
            field(SOURCE, "Where it comes from, one or two, one a line", fields.source.join("\n"), MOST_SHORT),
            topic,
        ],
    }
}

/// Whether the form holds these fields whole. One that doesn't would lose what it has no room for.
pub(super) fn fits(fields: &Fields) -> bool {
    let form = form(Task::new("", ""), None, fields);
    form.fields.iter().all(|field| field.value.chars().count() <= usize::from(field.most))
}

/// What was filled in, with what the form has no field for as it was before, but for related entries that aren't there any more: nobody
/// could take them out.
pub(super) fn beside(filled: &Fields, before: Option<Fields>, is_there: impl Fn(&str) -> bool) -> Fields {
    let Fields { mut related, ask, .. } = before.unwrap_or_default();
    related.retain(|entry| is_there(entry));
    Fields { related, ask, ..filled.clone() }
}

/// What was filled in.
pub(super) fn fields(sent: &BTreeMap<String, String>) -> Fields {
    let text = |id: &str| sent.get(id).map(|text| text.trim().to_owned()).unwrap_or_default();
    let lines = |id: &str| text(id).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Fields {
        question: text(QUESTION),
        also: lines(ALSO),
        topic: text(TOPIC),
        source: lines(SOURCE),
        passage: text(PASSAGE),
        ..Fields::default()
    }
}
