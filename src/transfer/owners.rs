//! Which entry each way of asking leads to: no two entries may share one.

use super::drafts::{Against, Draft};
use super::wording::{error, warning};
use crate::faq::{Entry, Problem};
use crate::text::plain;
use std::collections::{HashMap, HashSet};

/// The entry of each way of asking, in plain words, by its id.
pub(super) struct Owners<'a> {
    ids: HashMap<String, String>,
    against: &'a Against<'a>,
}

impl<'a> Owners<'a> {
    /// Those of the entries that stay when these drafts come in.
    pub(super) fn of(against: &'a Against<'a>, drafts: &[Draft]) -> Self {
        let come: HashSet<&str> = drafts.iter().map(|draft| draft.entry.id.as_str()).collect();
        let entries = against.collection.entries.iter();
        let stay = entries.filter(|entry| against.stays(&entry.id) || !come.contains(entry.id.as_str()));
        let mut owners = Self { ids: HashMap::new(), against };
        stay.for_each(|entry| owners.keep(entry));
        owners
    }

    /// Gives an entry that stays its ways of asking.
    fn keep(&mut self, entry: &Entry) {
        for text in std::iter::once(&entry.question).chain(&entry.also) {
            self.claim(text, &entry.id);
        }
    }

    /// The other entry that has this way of asking; if there is none, it is this entry's from now on.
    fn claim(&mut self, text: &str, id: &str) -> Option<&str> {
        let owner = self.ids.entry(plain(text)).or_insert_with(|| id.to_owned());
        (owner != id).then_some(owner.as_str())
    }

    /// The same of a phrasing. A draft that doesn't come in, since another text of it stays, keeps none from the others.
    fn claim_phrasing(&mut self, text: &str, id: &str) -> Option<&str> {
        if self.against.stays(id) {
            return self.ids.get(&plain(text)).map(String::as_str).filter(|owner| *owner != id);
        }
        self.claim(text, id)
    }

    /// Claims the question. Where that can't be, an entry that the draft was to replace stays as it is.
    ///
    /// # Errors
    /// When another entry has it: an entry without its question is none.
    pub(super) fn claim_question(&mut self, draft: &Draft) -> Result<(), Box<Problem>> {
        let Some(owner) = self.claim(&draft.entry.question, &draft.entry.id) else { return Ok(()) };
        let what = format!("the question leads to the entry `{owner}` already");
        let stays = self.against.collection.entry(&draft.entry.id);
        stays.into_iter().for_each(|entry| self.keep(entry));
        let valid = "a question or a phrasing leads to one entry";
        Err(Box::new(error(&draft.place, what, valid, "ask it in another way, or take it out of that entry")))
    }

    /// Claims the phrasings, and takes those out that are another entry's, stand there twice, or have no word.
    pub(super) fn claim_phrasings(&mut self, draft: &mut Draft) -> Vec<Problem> {
        let entry = &mut draft.entry;
        let mut problems = Vec::new();
        let mut forms = vec![plain(&entry.question)];
        let mut kept = Vec::with_capacity(entry.also.len());
        for text in std::mem::take(&mut entry.also) {
            let form = plain(&text);
            let why = if form.is_empty() {
                "has no word".to_owned()
            } else if forms.contains(&form) {
                "stands there twice, but for case and punctuation".to_owned()
            } else if let Some(owner) = self.claim_phrasing(&text, &entry.id) {
                format!("leads to the entry `{owner}` already")
            } else {
                forms.push(form);
                kept.push(text);
                continue;
            };
            let what = format!("the phrasing `{text}` is left out: it {why}");
            problems.push(warning(
                &draft.place,
                what,
                "a phrasing leads to one entry",
                "leave it so, or ask it in another way",
            ));
        }
        entry.also = kept;
        problems
    }
}
