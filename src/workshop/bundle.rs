//! Several files at once, as an archive brings them: what they would change together, and what would be wrong with it. Nothing is
//! saved here.

use super::Workshop;
use super::diff::{Revised, diff_of_all, patch};
use super::draft::{in_place_of, problems_of, text_of};
use super::error::WorkshopError;
use super::place::{self, Place};
use super::sheet::version;
use crate::faq::{self, Problem, Severity};
use std::path::Path;

/// Files of a collection as they would be.
#[derive(Debug)]
pub struct Bundle {
    /// The collection's id.
    pub collection: String,
    /// The entries that would be new or changed.
    pub leaves: Vec<Leaf>,
    /// How many of the files are entries that are the same already.
    pub same: usize,
    /// The files that are no entries and differ from those of the collection. They are left alone.
    pub left_alone: Vec<String>,
    /// What changes, as [`diff`](super::diff()) tells it, each file under its name; empty where it can't be saved.
    pub diff: String,
    /// Whether the diff had to be cut.
    pub is_cut: bool,
    /// What changes, whole, where the diff had to be cut and it isn't too much. Saving doesn't need it, so it needn't be kept.
    pub patch: Option<String>,
    /// What is wrong with the files, and what they bring to others.
    pub problems: Vec<Problem>,
}

/// The file of an entry in a bundle.
#[derive(Debug)]
pub struct Leaf {
    /// The entry's id.
    pub entry: String,
    /// The version of the text that this one is to follow; none where there is no file.
    pub base: Option<String>,
    /// The whole file.
    pub text: String,
}

impl Bundle {
    /// Whether it can be saved.
    pub fn is_sound(&self) -> bool {
        !self.problems.iter().any(Problem::is_error)
    }

    /// How many entries would be new.
    pub fn new_ones(&self) -> usize {
        self.leaves.iter().filter(|leaf| leaf.base.is_none()).count()
    }
}

impl Workshop {
    /// Files that somebody uploaded together, by their names. They are checked as they would stand beside each other.
    ///
    /// # Errors
    /// When there is no such collection, or a file of it can't be read.
    pub fn bundle(&self, collection: &str, files: &[(String, Vec<u8>)]) -> Result<Bundle, WorkshopError> {
        let folder = place::folder(&self.faq, collection)?;
        let (mut leaves, mut before, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        let (mut same, mut left_alone) = (0, Vec::new());
        for (name, bytes) in files {
            if !is_entry(name) {
                if !place::holds(&folder, name, bytes) {
                    left_alone.push(name.clone());
                }
                continue;
            }
            let place = match Place::of_file(&self.faq, collection, name) {
                Err(WorkshopError::BadName { better, .. }) => {
                    problems.push(misnamed(name, &better));
                    continue;
                }
                place => place?,
            };
            let old = match place.read() {
                Err(WorkshopError::Unreadable { why, .. }) => {
                    problems.push(unreadable(name, &why));
                    continue;
                }
                old => old?,
            };
            match text_of(name, bytes).map(|text| in_place_of(old.as_deref(), text)) {
                Ok(text) if old.as_ref() == Some(&text) => same += 1,
                Ok(text) => {
                    leaves.push(Leaf { entry: place.entry, base: old.as_deref().map(version), text });
                    before.push(old);
                }
                Err(problem) => problems.push(*problem),
            }
        }
        let texts: Vec<(&str, &str)> = leaves.iter().map(|leaf| (leaf.entry.as_str(), leaf.text.as_str())).collect();
        problems.extend(problems_of(&folder, &texts).1);
        let revised = || {
            let pairs = texts.iter().zip(&before);
            pairs.map(|((entry, after), before)| Revised { entry, before: before.as_deref(), after })
        };
        let is_sound = !problems.iter().any(Problem::is_error);
        let (diff, is_whole) = if is_sound { diff_of_all(revised()) } else { (String::new(), true) };
        let patch = if is_whole { None } else { patch(revised()) };
        let collection = collection.to_owned();
        Ok(Bundle { collection, leaves, same, left_alone, diff, is_cut: !is_whole, patch, problems })
    }
}

/// Whether a file of this name is meant for an entry.
fn is_entry(name: &str) -> bool {
    let path = Path::new(name);
    path.components().count() == 1 && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

fn misnamed(name: &str, better: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        place: faq::Place::whole(Path::new(name)),
        what: "no entry's file can have this name".to_owned(),
        valid: "a name has small letters a to z, digits and hyphens, and ends in `.md`".to_owned(),
        mend: format!("name it `{better}.md`, or leave it out"),
    }
}

fn unreadable(name: &str, why: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        place: faq::Place::whole(Path::new(name)),
        what: format!("the FAQ's own file of this name can't be read: {why}"),
        valid: "an entry is a plain file of UTF-8 text".to_owned(),
        mend: "ask whoever runs this bot to mend it, or leave this file out".to_owned(),
    }
}
