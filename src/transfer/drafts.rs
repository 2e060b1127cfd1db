//! Rows as entries that may come in: each with its id, and nothing in two of them that one alone can have.

use super::entry_file::entry_file;
use super::entry_of::{claims_in_vain, entry_of};
use super::ids::Ids;
use super::key::Key;
use super::owners::Owners;
use super::row::Row;
use super::wording::{count, error, warning};
use crate::faq::{Collection, Entry, Place, Problem};
use crate::text::plain;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What rows are held against.
pub(super) struct Against<'c> {
    /// The collection that they come to.
    pub(super) collection: &'c Collection,
    /// The ids of all its files, those with problems too.
    pub(super) files: HashSet<String>,
    /// The source of rows that name none.
    pub(super) source: Option<&'c str>,
    /// Whether entries that are there with another text are replaced.
    pub(super) replace: bool,
}

impl Against<'_> {
    /// Whether a file of this id is there, and stays whatever comes.
    pub(super) fn stays(&self, id: &str) -> bool {
        self.files.contains(id) && !self.replace
    }
}

/// An entry that may come in.
pub(super) struct Draft {
    pub(super) place: Place,
    pub(super) entry: Entry,
    /// Whether a file of its id is there.
    pub(super) replaces: bool,
}

impl Draft {
    /// Takes related entries out that aren't known, are this one, or stand there twice. Each that isn't known is told.
    pub(super) fn prune(&mut self, known: &HashSet<String>) -> Vec<Problem> {
        let Self { place, entry, .. } = self;
        let mut seen = HashSet::from([entry.id.clone()]);
        let mut told = Vec::new();
        entry.related.retain(|id| {
            let is_known = known.contains(id);
            if !is_known || *id == entry.id {
                let what = format!("`{id}` is left out of `related`");
                let valid = "it names other entries that are there or come in, by their ids";
                told.push(warning(place, what, valid, "bring that entry too, or leave it out"));
            }
            is_known && seen.insert(id.clone())
        });
        told
    }
}

/// What became of rows.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) drafts: Vec<Draft>,
    /// How many say what is there already.
    pub(super) same: usize,
    pub(super) guesses: Vec<String>,
    /// An error for each row that doesn't come in, a warning for each part that is cut and each row that is left.
    pub(super) problems: Vec<Problem>,
}

/// Makes entries of rows.
pub(super) fn drafts(rows: Vec<Row>, against: &Against) -> Drafts {
    let mut done = Drafts::default();
    done.guesses.extend(topics(&rows));
    done.guesses.extend(reviews(&rows));
    let mut drafts = Vec::with_capacity(rows.len());
    for row in rows {
        match entry_of(&row, against.collection, against.source) {
            Ok(entry) => drafts.push(Draft { place: row.place, entry, replaces: false }),
            Err(problem) => done.problems.push(*problem),
        }
    }
    give_ids(&mut drafts, against, &mut done);
    let drafts = without_doubles(drafts, &mut done);

    let mut owners = Owners::of(against, &drafts);
    let mut asked = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match owners.claim_question(&draft) {
            Ok(()) => asked.push(draft),
            Err(problem) => done.problems.push(*problem),
        }
    }
    let there = against.collection.entries.iter().map(|entry| &entry.id);
    let known: HashSet<String> = there.chain(asked.iter().map(|draft| &draft.entry.id)).cloned().collect();
    for mut draft in asked {
        let mut cut = owners.claim_phrasings(&mut draft);
        cut.extend(draft.prune(&known));
        compare(draft, cut, against, &mut done);
    }
    done
}

/// What is told of topics.
fn topics(rows: &[Row]) -> Vec<String> {
    let named: Vec<String> = rows.iter().filter_map(|row| row.line(Key::Topic)).collect();
    let all: BTreeSet<&String> = named.iter().collect();
    let without = rows.len() - named.len();
    let found = (!all.is_empty()).then(|| count(all.len(), "topic", "topics"));
    let lacking =
        (without > 0).then(|| format!("{} without a topic, listed under “Other”", count(without, "row", "rows")));
    found.into_iter().chain(lacking).collect()
}

/// What is told of reviews that are left out.
fn reviews(rows: &[Row]) -> Option<String> {
    let number = rows.iter().filter(|row| claims_in_vain(row)).count();
    let of = count(number, "row", "rows");
    (number > 0).then(|| format!("the review of {of} is left out: `approved` doesn't say which text was signed"))
}

/// Gives an id to each that has none: that of the entry with its question, else one that is made of the question.
fn give_ids(drafts: &mut [Draft], against: &Against, done: &mut Drafts) {
    let mut ids = Ids::new(against.files.clone());
    drafts.iter().filter(|draft| !draft.entry.id.is_empty()).for_each(|draft| ids.take(&draft.entry.id));
    let existing = against.collection.entries.iter().map(|entry| (plain(&entry.question), entry.id.clone()));
    let mut by_question: HashMap<String, String> = existing.collect();
    let mut made = 0;
    for draft in drafts.iter_mut().filter(|draft| draft.entry.id.is_empty()) {
        let entry = &mut draft.entry;
        let id = by_question.entry(plain(&entry.question)).or_insert_with(|| {
            made += 1;
            ids.fresh(&entry.question)
        });
        entry.id.clone_from(id);
    }
    if made > 0 {
        done.guesses.push(format!("{} made from questions", count(made, "id", "ids")));
    }
}

/// Of several rows with one id the first. The others say the same, or are told of.
fn without_doubles(drafts: Vec<Draft>, done: &mut Drafts) -> Vec<Draft> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let at = *first.entry(draft.entry.id.clone()).or_insert(kept.len());
        match kept.get(at) {
            None => kept.push(draft),
            Some(other) if other.entry == draft.entry => done.same += 1,
            Some(other) => {
                let there = match other.place.line {
                    0 | 1 => other.place.file.display().to_string(),
                    line => format!("line {line}"),
                };
                let what = format!("the entry `{}` comes twice, with another text in {there}", draft.entry.id);
                let valid = "a question and an id belong to one entry";
                done.problems.push(error(
                    &draft.place,
                    what,
                    valid,
                    "keep one of the two, or make their questions differ",
                ));
            }
        }
    }
    kept
}

/// Holds a draft against the entry that is there. What was cut from it is told only where it comes in.
fn compare(draft: Draft, cut: Vec<Problem>, against: &Against, done: &mut Drafts) {
    let id = &draft.entry.id;
    // What was edited after it was signed is there twice; a file says the newer.
    let there = against.collection.entry(id);
    if there.is_some_and(|there| entry_file(there) == entry_file(&draft.entry)) {
        done.same += 1;
        return;
    }
    if against.stays(id) {
        let what = format!("the entry `{id}` is there with another text, which stays");
        let mend = "compare the two; with `--replace` this one takes its place";
        done.problems.push(warning(&draft.place, what, "nothing that is there is changed unasked", mend));
        return;
    }
    done.problems.extend(cut);
    done.drafts.push(Draft { replaces: against.files.contains(&draft.entry.id), ..draft });
}
