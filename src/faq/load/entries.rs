//! All entries of a folder: each read by itself, then all checked together.

use super::across;
use super::entry::{self, Draft};
use super::folder::{Folder, Reading};
use super::source::Passages;
use crate::faq::{Entry, Problem};
use crate::parallel;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

/// Reads all entries and checks them against each other. Those that are served, ordered by id.
pub(super) fn read(folder: &Folder, passages: &Passages, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let names: Vec<_> = folder.entries().collect();
    let ids: Vec<String> = names.iter().map(|name| id_of(name)).collect();
    let files: Vec<_> = names.iter().zip(&ids).collect();
    let readings = parallel::map(&files, |(name, id)| {
        let Reading { sheet, problems } = folder.read(name);
        (sheet.map(|sheet| entry::read(sheet, (*id).clone(), passages)), problems)
    });
    let mut drafts: Vec<Draft> = Vec::with_capacity(names.len());
    for (draft, found) in readings {
        problems.extend(found);
        drafts.extend(draft);
    }
    for draft in &mut drafts {
        problems.append(&mut draft.problems);
    }
    for (number, other) in across::same_but_for_case(&ids) {
        let (Some(name), Some(id)) = (names.get(number), ids.get(number)) else { continue };
        // A file that is refused for its name takes nothing from the one that keeps it.
        drafts.retain(|draft| draft.id != *id);
        let what = format!("duplicate id: case apart it is that of `{other}.md`");
        let mend = "give this file another name";
        problems.push(Problem::error(&folder.path(name), what, "ids differ in more than case", mend));
    }
    problems.extend(across::check_phrasings(&mut drafts));
    problems.extend(across::check_related(&mut drafts, &ids.into_iter().collect::<BTreeSet<_>>()));
    let mut entries: Vec<Entry> = drafts.into_iter().filter_map(Draft::finish).collect();
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    entries
}

/// The id of the entry in a file of this name.
pub(super) fn id_of(name: &OsStr) -> String {
    Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
