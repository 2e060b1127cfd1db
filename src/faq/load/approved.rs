//! What was signed, against what the entries say now. The signed text of each entry is kept as a file in the folder
//! `approved` of its collection: written by `pamphlet review sign`, read here, and worth nothing unless its hash is the one in
//! the entry's front matter.

use super::entries::id_of;
use super::entry;
use super::folder::{APPROVED, Folder};
use super::source::Passages;
use crate::faq::{Edit, Entry, Problem, Serve, Wording};
use std::collections::BTreeSet;
use std::ffi::OsStr;

/// Marks each entry that changed after it was signed, and takes the text that this collection serves.
pub(super) fn compare(
    folder: &Folder,
    passages: &Passages,
    serve: Serve,
    entries: &mut [Entry],
    problems: &mut Vec<Problem>,
) {
    let copies = match folder.approved() {
        Some(Ok(copies)) => Some(copies),
        Some(Err(problem)) => {
            problems.push(*problem);
            None
        }
        None => None,
    };
    for entry in entries.iter_mut().filter(|entry| entry.review.is_signed()) {
        let now = entry.wording();
        let has_changed = entry.review.approved.as_ref() != Some(&now.hash());
        let needs_copy = has_changed && serve == Serve::Approved;
        let copy = copy(folder, copies.as_ref(), passages, entry, needs_copy, problems);
        entry.edit = match (copy, serve) {
            _ if !has_changed => None,
            (Some(signed), Serve::Approved) => {
                Wording { question: entry.question, source: entry.source, passage: entry.passage } = signed;
                Some(Edit::Waiting { draft: now })
            }
            (signed, _) => Some(Edit::Served { signed }),
        };
    }
    if let Some(copies) = &copies {
        problems.extend(left_over(folder, copies));
    }
}

/// The text that was signed, from its copy. That it isn't there is an error if the entry can't be served without it.
fn copy(
    folder: &Folder,
    copies: Option<&Folder>,
    passages: &Passages,
    entry: &Entry,
    is_needed: bool,
    problems: &mut Vec<Problem>,
) -> Option<Wording> {
    let name = format!("{}.md", entry.id);
    let mut tell = |what: &str| {
        let path = folder.path(APPROVED).join(&name);
        let mend = "take it out of your backups, or have the entry signed again";
        problems.push(match is_needed {
            true => Problem::error(&path, what, "the entry changed since, and isn't served without this text", mend),
            false => Problem::warning(&path, what, "it shows a reviewer what changed since", mend),
        });
    };
    let Some(copies) = copies.filter(|copies| copies.has(&name)) else {
        tell("there is no copy of the text that was signed");
        return None;
    };
    let reading = copies.read(OsStr::new(&name));
    let read = reading.sheet.map(|sheet| entry::read_signed(&sheet, passages));
    let (wording, found) = read.unwrap_or_default();
    if let Some(wording) = &wording
        && entry.review.approved.as_ref() != Some(&wording.hash())
    {
        tell("this is not the text that was signed: its hash is not the one in `approved`");
        return None;
    }
    problems.extend(reading.problems.into_iter().chain(found));
    wording
}

/// A warning for each copy without an entry.
fn left_over(folder: &Folder, copies: &Folder) -> Vec<Problem> {
    let ids: BTreeSet<String> = folder.entries().map(|name| id_of(name)).collect();
    let orphans = copies.entries().filter(|name| !ids.contains(&id_of(name)));
    let told = orphans.map(|name| {
        let what = format!("there is no entry `{}` to this signed text", id_of(name));
        let valid = "a copy is named as its entry, which holds who signed it";
        Problem::warning(&copies.path(name), what, valid, "move it with its entry, or remove it")
    });
    told.collect()
}
