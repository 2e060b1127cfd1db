//! The steps of the work, as controls and forms carry them.

use crate::answer::Task;

/// A step of the work, as controls and forms carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A new entry is written.
    New,
    /// A new entry is written that answers a member's letter.
    Answer,
    /// An entry is changed, of which this version was seen.
    Edit { entry: String, version: String },
    /// A draft is changed again.
    Redo(u64),
    /// A draft is saved.
    Save(u64),
    /// Several entries that came together are saved.
    SaveAll(u64),
    /// A draft, or several entries that came together, are thrown away.
    Discard(u64),
    /// Nothing is changed.
    Keep,
    /// An entry is removed, of which this version was seen.
    Remove { entry: String, version: String },
    /// A question that was tried becomes a phrasing of an entry.
    Add { number: u64, entry: String },
}

impl Step {
    /// The step as it travels.
    pub(super) fn task(&self) -> Task {
        match self {
            Self::New => Task::new("new", ""),
            Self::Answer => Task::new("answer", ""),
            Self::Edit { entry, version } => Task::new("edit", format!("{entry}/{version}")),
            Self::Redo(number) => Task::new("redo", number.to_string()),
            Self::Save(number) => Task::new("save", number.to_string()),
            Self::SaveAll(number) => Task::new("save-all", number.to_string()),
            Self::Discard(number) => Task::new("discard", number.to_string()),
            Self::Keep => Task::new("keep", ""),
            Self::Remove { entry, version } => Task::new("remove", format!("{entry}/{version}")),
            Self::Add { number, entry } => Task::new("add", format!("{number}/{entry}")),
        }
    }

    /// Reads a step back; none if there is no such step (any more).
    pub(super) fn of(task: &Task) -> Option<Self> {
        let number = || task.what.parse().ok();
        let pair = || task.what.split_once('/').map(|(one, other)| (one.to_owned(), other.to_owned()));
        match task.verb.as_str() {
            "new" => Some(Self::New),
            "answer" => Some(Self::Answer),
            "edit" => pair().map(|(entry, version)| Self::Edit { entry, version }),
            "redo" => number().map(Self::Redo),
            "save" => number().map(Self::Save),
            "save-all" => number().map(Self::SaveAll),
            "discard" => number().map(Self::Discard),
            "keep" => Some(Self::Keep),
            "remove" => pair().map(|(entry, version)| Self::Remove { entry, version }),
            "add" => pair().and_then(|(number, entry)| Some(Self::Add { number: number.parse().ok()?, entry })),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_read_back_and_fit_an_id() {
        let (entry, version) = ("e".repeat(crate::faq::MAX_ID), "0123456789abcdef".to_owned());
        for step in [
            Step::New,
            Step::Answer,
            Step::Edit { entry: entry.clone(), version: version.clone() },
            Step::Redo(u64::MAX),
            Step::Save(1),
            Step::SaveAll(u64::MAX),
            Step::Discard(0),
            Step::Keep,
            Step::Remove { entry: entry.clone(), version },
            Step::Add { number: u64::MAX, entry },
        ] {
            let id = step.task().id();
            assert!(id.len() <= 100, "{id}");
            assert_eq!(Task::parse(&id).and_then(|task| Step::of(&task)), Some(step));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_id_is_read_without_a_panic(id: String) {
            Task::parse(&id).and_then(|task| Step::of(&task));
            Task::parse(&format!("work:{id}")).and_then(|task| Step::of(&task));
        }
    }
}
