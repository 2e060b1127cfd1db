//! What moderators are told of what they uploaded.

use crate::bot::work::wording::{self, fenced};
use crate::safety::is_shown;
use crate::transfer::{MAX_UNZIPPED, NotUnzipped};
use crate::workshop::{Bundle, SavedAll};

pub(super) const SAVE_ALL: &str = "Save all";
pub(super) const LOST: &str = "I couldn't get the file from Discord. Nothing was changed. Please upload it again.";
pub(super) const NEITHER: &str = "I can take an entry's file, which ends in `.md`, or several of them in a `.zip`. `/faq export` shows how they look.";

const UNCHANGED: &str = "That is what the FAQ says already. Nothing was changed.";
const NO_ENTRY: &str = "There is no entry's file in this archive, which would end in `.md`. `/faq export` shows how they look. Nothing was changed.";
const UNREADABLE: &str =
    "I can't read this archive. Please zip the files anew, the way `/faq export` gives them, and upload that.";
const SEE_FILE: &str = "Not all of it has room here; the attached file has the whole.";
const TOO_MUCH: &str =
    "Not all of it has room here, and it is too much for a file. In smaller archives you would see all of it.";
const IN_PLACE: &str =
    "Each file takes the place of what the FAQ says now, also of what others changed after it was exported.";
const UNDO: &str = "`/faq undo` takes back one of them, where the others don't need it.";

/// The most characters of a list of names in a sentence.
const MOST_NAMES: usize = 150;

/// What is said of a file that is too large.
pub(super) fn too_large(most: usize) -> String {
    format!(
        "This file is too large: I take up to {} MiB. A `.zip` is smaller than the files in it, and may hold only those that changed.",
        most >> 20
    )
}

/// What is said of an archive that isn't taken.
pub(super) fn not_unzipped(why: &NotUnzipped) -> String {
    let told = match why {
        NotUnzipped::Unreadable => return UNREADABLE.to_owned(),
        NotUnzipped::TooMany => format!("There are more than {MAX_UNZIPPED} files in this archive."),
        NotUnzipped::TooLargeInAll => "There is more in this archive than I can take at once.".to_owned(),
        NotUnzipped::TooLarge(name) => format!("The file {} in this archive is over 1 MiB.", quoted(name)),
        NotUnzipped::Twice(name) => {
            format!("There are two files named {} in this archive, and I can't know which one you mean.", quoted(name))
        }
    };
    format!("{told} {}", wording::AGAIN)
}

/// What is said of files that can't be saved as they are.
pub(super) fn faulty(problems: &str) -> String {
    format!("{}\n{}", wording::faulty(problems), wording::AGAIN)
}

/// What is said where an archive brings nothing new.
pub(super) fn nothing_new(bundle: &Bundle) -> String {
    format!("{}{}", if bundle.same == 0 { NO_ENTRY } else { UNCHANGED }, left_alone(bundle))
}

/// What an archive would change. Where its diff had to be cut, a file may have the whole.
pub(super) fn would_change(bundle: &Bundle, has_file: bool) -> String {
    let new = bundle.new_ones();
    let changed = bundle.leaves.len() - new;
    let file = match (bundle.is_cut, has_file) {
        (false, _) => String::new(),
        (true, true) => format!("\n{SEE_FILE}"),
        (true, false) => format!("\n{TOO_MUCH}"),
    };
    format!(
        "Entries: {new} new, {changed} changed, {} the same. Only you see this, and nothing is saved yet. {IN_PLACE}{}\n{}{file}",
        bundle.same,
        left_alone(bundle),
        fenced(&bundle.diff)
    )
}

/// What is said after several entries were saved, or weren't.
pub(super) fn saved(saved: &SavedAll) -> String {
    let mut told = Vec::new();
    if !saved.done.is_empty() {
        told.push(format!("Saved {}. {UNDO}", revisions(saved)));
    }
    if !saved.overtaken.is_empty() {
        let names = names(saved.overtaken.iter().map(|entry| quoted(entry)));
        told.push(format!(
            "Somebody changed {names} meanwhile, and theirs stays; upload yours again to see the difference."
        ));
    }
    if !saved.left.is_empty() {
        let names = names(saved.left.iter().map(|entry| quoted(entry)));
        told.push(match saved.broke_off {
            Some(_) => format!(
                "Then something went wrong: {names} aren't saved. Please ask whoever runs this bot; their log says why."
            ),
            None => format!("It took too long: {names} aren't saved. Upload the archive again for them."),
        });
    }
    match told.len() {
        0 => UNCHANGED.to_owned(),
        1 if !saved.done.is_empty() => format!("{}\n{}", told.concat(), fenced(&saved.diff)),
        _ => told.join("\n"),
    }
}

/// What the moderators are told of several entries that were saved together.
pub(super) fn saved_by(name: &str, saved: &SavedAll) -> String {
    format!("{name} uploaded changes of {}. {UNDO}\n{}", revisions(saved), fenced(&saved.diff))
}

fn left_alone(bundle: &Bundle) -> String {
    match bundle.left_alone.is_empty() {
        true => String::new(),
        false => format!(
            "\nThese aren't entries and differ from the FAQ's files; I leave them alone: {}.",
            names(bundle.left_alone.iter().map(|name| quoted(name)))
        ),
    }
}

/// The entries that were saved, with their revisions.
fn revisions(saved: &SavedAll) -> String {
    names(saved.done.iter().map(|(entry, number)| format!("{} (revision {})", quoted(entry), number.0)))
}

/// As many names as a sentence has room for, and how many there are besides.
fn names(names: impl ExactSizeIterator<Item = String>) -> String {
    let all = names.len();
    let mut room = MOST_NAMES;
    let shown: Vec<String> = names
        .map_while(|name| {
            room = room.checked_sub(name.chars().count())?;
            Some(name)
        })
        .collect();
    match all - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A name of a file, which may be anything, as it can stand in a sentence.
fn quoted(name: &str) -> String {
    const MOST: usize = 70;
    let harmless = |letter: &char| is_shown(*letter) && !letter.is_control() && *letter != '`';
    format!("`{}`", name.chars().filter(harmless).take(MOST).collect::<String>())
}
