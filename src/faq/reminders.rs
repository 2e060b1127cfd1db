//! What a collection's keepers are to be reminded of on a day: reviews that are due, and texts that changed after one.

use super::{Collection, Edit, Entry, Problem, Standing};
use jiff::ToSpan;
use jiff::civil::Date;
use std::path::Path;

/// So many days before its `review_by` an entry is called to mind.
const SOON: i32 = 30;

/// A warning for each review that is due soon or overdue, each entry that is withheld, and each text that changed after it was
/// signed, in the order of the entries. `folder` is the collection's.
pub fn reminders(folder: &Path, collection: &Collection, today: Date) -> Vec<Problem> {
    let of_entry = |entry: &Entry| {
        let told = [of_date(entry, collection, today), of_edit(entry)];
        let file = folder.join(format!("{}.md", entry.id));
        let mend = format!(
            "have a `pamphlet review pack` read; it ends on `pamphlet review sign {}@HASH --as ROLE`",
            entry.id
        );
        told.into_iter().flatten().map(|(what, valid)| Problem::warning(&file, what, valid, &mend)).collect::<Vec<_>>()
    };
    collection.entries.iter().flat_map(of_entry).collect()
}

/// What is wrong, and what holds.
type Told = (String, String);

fn of_date(entry: &Entry, collection: &Collection, today: Date) -> Option<Told> {
    let rules = collection.review;
    let standing = Standing::of(entry, rules, today);
    if standing == Standing::Unsigned {
        let valid = "this collection serves signed texts alone (`serve = \"approved\"` in collection.toml)";
        return Some(("withheld: nobody signed this text".to_owned(), valid.to_owned()));
    }
    let due = entry.review.review_by?;
    let grace = format!("an entry is withdrawn {} days after its `review_by`", rules.grace_days);
    match standing {
        Standing::Withdrawn => Some((format!("withdrawn: its review was due on {due}"), grace)),
        Standing::Overdue => {
            let last = rules.last_day(due);
            Some((format!("overdue: its review was due on {due}, and {last} is its last day"), grace))
        }
        _ if due <= today.saturating_add(SOON.days()) => Some((format!("due soon: its review is due on {due}"), grace)),
        _ => None,
    }
}

fn of_edit(entry: &Entry) -> Option<Told> {
    let day = entry.review.reviewed_on?;
    let changed = format!("changed since its last review on {day}");
    let (what, valid) = match entry.edit.as_ref()? {
        Edit::Served { signed: Some(_) } => (changed, "the card says so, until the new text is signed"),
        Edit::Served { signed: None } => (
            format!("its review on {day} is of another text"),
            "that text isn't kept, so the card says “not yet reviewed”",
        ),
        Edit::Waiting { .. } => (changed, "the text that was signed is served on, until the new one is signed"),
    };
    Some((what, valid.to_owned()))
}
