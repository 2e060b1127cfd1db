//! What a file would be, and what would be wrong with it. Nothing is saved here.

use super::Workshop;
use super::diff::diff;
use super::error::WorkshopError;
use super::fields::Fields;
use super::place::{self, Place};
use super::sheet::{plain, typed_like, version};
use super::writing::{BLANK, write};
use crate::faq::{self, Collection, Problem};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// The most that the id of a new entry has, before a number tells it from others.
const MAX_NEW_ID: usize = 48;

/// The file of an entry as it would be.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The collection's id.
    pub collection: String,
    /// The entry's id; of a new entry it is made from the question, and no other file has it.
    pub entry: String,
    /// The version of the text that this one is to follow; none where there is no file.
    pub base: Option<String>,
    /// The whole file.
    pub text: String,
    /// What changes, as [`diff`] tells it.
    pub diff: String,
    /// What is wrong with the file, and what it brings to others, such as a phrasing that two entries would share.
    pub problems: Vec<Problem>,
    /// The collection as it would be served, to show the card; none where it has no good `collection.toml`. Saving doesn't need
    /// it, so it needn't be kept.
    pub preview: Option<Collection>,
}

impl Draft {
    /// Whether it can be saved.
    pub fn is_sound(&self) -> bool {
        !self.problems.iter().any(Problem::is_error)
    }

    /// The same draft, to follow the version that stood when its form was opened: then it is told if somebody changed the entry
    /// while the form was filled.
    #[must_use]
    pub fn based_on(self, version: &str) -> Self {
        Self { base: Some(version.to_owned()), ..self }
    }

    /// What a form shows of it; none where a form would lose something.
    pub fn fields(&self) -> Option<Fields> {
        Fields::read(&plain(&self.text))
    }
}

impl Workshop {
    /// The file of an entry with these fields, or of a new entry. What a form doesn't ask for, comments and line ends stay as they
    /// were typed.
    ///
    /// # Errors
    /// When there is no such collection, the id is none, or a form can't show the file.
    pub fn draft(&self, collection: &str, wish: &Fields, entry: Option<&str>) -> Result<Draft, WorkshopError> {
        let wish = wish.tidied();
        let place = match entry {
            Some(entry) => Place::of(&self.faq, collection, entry)?,
            None => {
                let folder = place::folder(&self.faq, collection)?;
                Place::of(&self.faq, collection, &new_id(&folder, &wish.question)?)?
            }
        };
        let old = place.read()?;
        let typed = old.as_deref().unwrap_or(BLANK);
        let text = write(&wish, &plain(typed)).ok_or_else(|| WorkshopError::NotAForm(place.file()))?;
        Ok(drafted(place, old.as_deref(), typed_like(&text, typed)))
    }

    /// The same draft with these fields in the place of its own. A new entry that was named after its question is named after the
    /// one that it has now.
    ///
    /// # Errors
    /// When there is no such collection any more, or a form can't show the draft.
    pub fn redraft(&self, draft: &Draft, wish: &Fields) -> Result<Draft, WorkshopError> {
        let wish = wish.tidied();
        let mut place = Place::of(&self.faq, &draft.collection, &draft.entry)?;
        let before = draft.fields().map(|fields| fields.question).unwrap_or_default();
        if draft.base.is_none() && draft.entry == new_id(&place.folder, &before)? {
            place.entry = new_id(&place.folder, &wish.question)?;
        }
        let text = write(&wish, &plain(&draft.text)).ok_or_else(|| WorkshopError::NotAForm(place.file()))?;
        let old = place.read()?;
        let text = typed_like(&text, &draft.text);
        Ok(Draft { base: draft.base.clone(), ..drafted(place, old.as_deref(), text) })
    }

    /// A whole file that somebody uploaded under a name such as `steroids-bones.md`. Its lines end as those do that it takes the place
    /// of: many programs change all of them unasked.
    ///
    /// # Errors
    /// When there is no such collection, no entry's file can have that name, or it isn't text.
    pub fn upload(&self, collection: &str, name: &str, bytes: &[u8]) -> Result<Draft, WorkshopError> {
        let place = Place::of_file(&self.faq, collection, name)?;
        let text = text_of(name, bytes).map_err(|problem| WorkshopError::Faulty { problems: vec![*problem] })?;
        let old = place.read()?;
        Ok(drafted(place, old.as_deref(), in_place_of(old.as_deref(), text)))
    }
}

/// An uploaded text with the line ends of the one that it takes the place of, if there is one.
pub(super) fn in_place_of(old: Option<&str>, text: String) -> String {
    match old {
        Some(old) => typed_like(&plain(&text), old),
        None => text,
    }
}

/// The text of a file that somebody uploaded, as it was typed.
pub(super) fn text_of(name: &str, bytes: &[u8]) -> Result<String, Box<Problem>> {
    faq::read_text(Path::new(name), bytes.to_vec())?;
    // It is UTF-8, as the loader saw, and keeps the line ends that the loader does without.
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// The draft of a text in the place of another.
fn drafted(place: Place, old: Option<&str>, text: String) -> Draft {
    let (preview, problems) = problems_of(&place.folder, &[(&place.entry, &text)]);
    Draft {
        base: old.map(version),
        diff: diff(old, Some(&text)),
        problems,
        preview,
        text,
        collection: place.collection,
        entry: place.entry,
    }
}

/// The collection with these texts in the places of the files of entries, and the problems that it wouldn't have without those
/// files.
pub(super) fn problems_of(folder: &Path, texts: &[(&str, &str)]) -> (Option<Collection>, Vec<Problem>) {
    let loaded = faq::load_with(folder, texts.iter().map(|(entry, text)| (faq::file_of(entry), Some(*text))));
    let mut problems = loaded.problems;
    if !problems.is_empty() {
        let without = faq::load_with(folder, texts.iter().map(|(entry, _)| (faq::file_of(entry), None))).problems;
        let known: HashSet<_> = without.iter().map(key).collect();
        problems.retain(|problem| !known.contains(&key(problem)));
    }
    (loaded.collection, problems)
}

/// What tells a problem from others.
fn key(problem: &Problem) -> (&Path, usize, usize, &str) {
    (&problem.place.file, problem.place.line, problem.place.column, &problem.what)
}

/// An id for a new entry that no file of the folder has, whatever its case.
fn new_id(folder: &Path, question: &str) -> Result<String, WorkshopError> {
    let unreadable = |why: std::io::Error| WorkshopError::Unreadable { file: folder.to_owned(), why: why.to_string() };
    let mut taken = HashSet::new();
    for file in fs::read_dir(folder).map_err(unreadable)? {
        taken.insert(file.map_err(unreadable)?.file_name().to_string_lossy().to_lowercase());
    }
    let first = place::id_of(question, MAX_NEW_ID);
    let others = (2..).map(|number: u32| format!("{first}-{number}"));
    let free = std::iter::once(first.clone()).chain(others).find(|id| !taken.contains(&faq::file_of(id)));
    Ok(free.unwrap_or(first))
}
