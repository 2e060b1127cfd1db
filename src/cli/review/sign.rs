//! `pamphlet review sign`: records what a person signed.

use super::super::staged::{self, Staged};
use super::super::{Exit, Failure, print, report::harmless};
use super::Desk;
use crate::faq::{self, Entry, Wording};
use crate::review::{self, Signature};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The fewest letters of a hash that name a text.
const SHORTEST_MARK: usize = 8;

/// Record that a person reviewed entries and signed them. pamphlet reviews nothing by itself.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What is signed is the question, the source and the passage, as they stand in the file. A pack prints \
    ENTRY@HASH for each entry, where the hash begins that of the text that was read: nothing is signed that nobody read, or \
    that changed since.\n\nExamples:\n  \
    pamphlet review sign steroids-bones@3f2a9c1b77e0 --as rheumatologist\n  \
    pamphlet review sign diet@90c1d2aa03be exercise@5b7e00f1c2d4 --as \"specialist nurse\" --on 2026-11-20 --until 2027-06-01"
)]
pub(super) struct Arguments {
    /// The entries, each by its id and the hash of the text that was read
    #[arg(required = true, value_name = "ENTRY@HASH")]
    entries: Vec<String>,
    /// Who reviewed them: a role, never a name
    #[arg(long = "as", value_name = "ROLE")]
    role: String,
    /// The collection, if there are several
    #[arg(long, value_name = "ID")]
    collection: Option<String>,
    /// The day of the review [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// The day by which they are to be looked at again [default: a year after the review]
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let desk = Desk::open(config, arguments.collection.as_deref())?;
    let on = arguments.on.unwrap_or(desk.today);
    let (signature, mut wrong) = match Signature::new(&arguments.role, on, arguments.until, desk.today) {
        Ok(signature) => (Some(signature), Vec::new()),
        Err(wrong) => (None, wrong),
    };
    let mut signed: Vec<(&Entry, Wording)> = Vec::new();
    for named in arguments.entries.iter().collect::<BTreeSet<_>>() {
        match meant(named, &desk) {
            Ok(entry) if signed.iter().any(|(other, _)| other.id == entry.id) => {}
            Ok(entry) => signed.push((entry, entry.newest())),
            Err(why) => wrong.push(why),
        }
    }
    let Some(signature) = signature.filter(|_| wrong.is_empty()) else {
        return Err(Failure::new(Exit::Usage, format!("nothing was signed:\n{}", wrong.join("\n"))));
    };
    let failed = |why: String| Failure::new(Exit::Io, format!("nothing was signed: {why}"));
    let staged = stage(&desk, &signed, &signature).map_err(failed)?;
    staged::commit(staged).map_err(|why| failed(why.to_string()))?;
    print(&told(&signed, &signature))?;
    Ok(Exit::Ok)
}

/// The entry that is named, if its text is the one that was read.
fn meant<'d>(named: &str, desk: &'d Desk) -> Result<&'d Entry, String> {
    let (id, mark) = named.split_once('@').map_or((named, None), |(id, mark)| (id, Some(mark)));
    let collection = &desk.collection;
    let Some(entry) = collection.entry(id) else {
        let near = faq::near(id, collection.entries.iter().map(|entry| entry.id.as_str()));
        let hint = match near.as_slice() {
            [] => "`pamphlet review list` names them; `pamphlet check` tells which are left out, and why".to_owned(),
            near => format!("did you mean {}?", near.join(" or ")),
        };
        return Err(harmless(&format!("there is no entry `{id}` in {}\nhint: {hint}", collection.id)));
    };
    let hash = entry.newest().hash();
    match mark {
        None => {
            let hint =
                "`pamphlet review pack` prints ENTRY@HASH for each entry, so that what is signed is what was read";
            Err(harmless(&format!("`{id}` doesn't say which text was read\nhint: {hint}")))
        }
        Some(mark) if mark.len() < SHORTEST_MARK => {
            let hint = format!("a pack shows enough of it; {SHORTEST_MARK} letters are the fewest");
            Err(harmless(&format!("`{named}` names too little of the hash\nhint: {hint}")))
        }
        Some(mark) if !hash.starts_with(&mark.to_ascii_lowercase()) => {
            let hint = "print a new pack of it, and have it read again";
            Err(harmless(&format!("the text of `{id}` is not the one that was read: it changed since\nhint: {hint}")))
        }
        Some(_) => Ok(entry),
    }
}

/// Every file with its new text: the entries before their copies, so that an end in between leaves signed entries whose copies
/// are old, which the loader tells of, and never entries whose signed text is lost.
fn stage(desk: &Desk, signed: &[(&Entry, Wording)], signature: &Signature) -> Result<Vec<Staged>, String> {
    let copies = desk.folder.join(faq::APPROVED);
    fs::create_dir_all(&copies).map_err(|why| format!("{}: can't be made: {why}", copies.display()))?;
    let mut staged = Vec::new();
    for (entry, wording) in signed {
        let file = desk.folder.join(format!("{}.md", entry.id));
        let text = fs::read_to_string(&file).map_err(|why| format!("{}: can't be read: {why}", file.display()))?;
        let text = review::sign(&text, &wording.hash(), signature);
        let text = text.map_err(|why| format!("{}: {why}", file.display()))?;
        staged.push((file, text));
    }
    let kept = signed.iter().map(|(entry, wording)| (copies.join(format!("{}.md", entry.id)), review::copy(wording)));
    staged.extend(kept);
    let stage = |(file, text): (PathBuf, String)| {
        Staged::new(&file, &text).map_err(|why| format!("{}: can't be written: {why}", file.display()))
    };
    staged.into_iter().map(stage).collect()
}

fn told(signed: &[(&Entry, Wording)], signature: &Signature) -> String {
    let Signature { role, on, until } = signature;
    let count = if signed.len() == 1 { "1 entry is".to_owned() } else { format!("{} entries are", signed.len()) };
    let mut text =
        format!("{count} recorded as reviewed on {on} by the role “{role}”, to be looked at again by {until}:\n");
    for (entry, wording) in signed {
        let was = review::worded(entry);
        text.push_str(&format!("  {}  {}  (before: {was})\n", entry.id, &wording.hash()));
    }
    text.push_str("This is the record of a review that a person made; pamphlet reviews nothing by itself.\n");
    text
}
