//! Gaps, from `gaps.toml`. One with an error is left out, the others stay; one that the question of an entry names is closed.

use super::shapes;
use super::sheet::Findings;
use super::table::Table;
use super::words::{sound, values};
use crate::faq::limits::{MAX_PHRASE, MAX_TOPIC};
use crate::faq::{Entry, Gap, Message};
use crate::text;
use std::collections::HashMap;

/// What `gaps.toml` lists.
#[derive(Default)]
pub(super) struct Gaps {
    /// What no entry is about.
    pub(super) open: Vec<Gap>,
    /// What the question of an entry names by now: a moderator who writes about a gap in Discord can't reach the file, and
    /// members are not to hear any longer that there is nothing on it.
    closed: Vec<Gap>,
}

impl Gaps {
    /// Reads the gaps beside these entries.
    pub(super) fn read(top: &Table, entries: &[Entry], findings: &mut Findings) -> Gaps {
        let questions = Questions::of(entries);
        let mut gaps = Gaps::default();
        for table in top.tables("gap", &shapes::GAP, findings) {
            let Some(gap) = sound(&table, &["topic"], findings, read_gap) else { continue };
            let named = gap.words.iter().find_map(|word| Some((word, questions.naming(word)?)));
            let Some((word, entry)) = named else {
                gaps.open.push(gap);
                continue;
            };
            let what = format!("this is no gap any more: the question of `{}.md` names `{word}`", entry.id);
            let valid =
                "a gap is what no entry is about; this one is left out, so that questions about it can be answered";
            let mend = "take the gap out, or that word of it if the entry is about something else";
            findings.warning(&table.at("topic"), what, valid, mend);
            gaps.closed.push(gap);
        }
        gaps
    }

    /// Takes out the messages without an answer that name what is closed: whether nothing answers them isn't known any more, and
    /// as lessons they would keep the new entry from being found.
    pub(super) fn forget_closed(&self, messages: &mut Vec<Message>) {
        let phrases: Vec<Vec<String>> =
            self.closed.iter().flat_map(|gap| &gap.words).map(|word| text::words(word)).collect();
        if phrases.is_empty() {
            return;
        }
        messages.retain(|message| {
            let words = text::words(&message.text);
            !message.gold.is_empty() || !phrases.iter().any(|phrase| stands_in(phrase, &words))
        });
    }
}

fn read_gap(table: &Table, findings: &mut Findings) -> Option<Gap> {
    let topic = table.text("topic", MAX_TOPIC, findings);
    let words = values(table.texts("words", MAX_PHRASE, findings));
    let also = values(table.texts("also", MAX_PHRASE, findings));
    if words.is_empty() && also.is_empty() {
        let valid = "it is found by the `words` that name it or by questions about it in `also`";
        let mend = "add a line `words = [\"…\"]` or `also = [\"…\"]`";
        findings.error(&table.at("topic"), "this gap can't be found", valid, mend);
    }
    Some(Gap { topic: topic?.value, words, also })
}

/// The questions of all entries, found by their words.
struct Questions<'e> {
    read: Vec<(&'e Entry, Vec<String>)>,
    /// By word, the numbers of the questions that have it.
    having: HashMap<String, Vec<usize>>,
}

impl<'e> Questions<'e> {
    fn of(entries: &'e [Entry]) -> Self {
        let read: Vec<(&Entry, Vec<String>)> =
            entries.iter().map(|entry| (entry, text::words(&entry.question))).collect();
        let mut having: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, (_, words)) in read.iter().enumerate() {
            words.iter().for_each(|word| having.entry(word.clone()).or_default().push(number));
        }
        Self { read, having }
    }

    /// The first entry whose question has the words of this phrase in a row.
    fn naming(&self, phrase: &str) -> Option<&'e Entry> {
        let phrase = text::words(phrase);
        let mut having = self.having.get(phrase.first()?)?.iter().filter_map(|number| self.read.get(*number));
        having.find(|(_, words)| stands_in(&phrase, words)).map(|(entry, _)| *entry)
    }
}

/// Whether the words of a phrase stand in a text in a row.
fn stands_in(phrase: &[String], text: &[String]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|row| row == phrase)
}
