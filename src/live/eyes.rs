//! What the system tells of files. Where it tells nothing, the files are looked at every few seconds.

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How often files are looked at where the system doesn't tell.
const EVERY: Duration = Duration::from_secs(2);

/// Watches a folder, and all below it, for as long as it is held.
pub(super) struct Eyes {
    watcher: Box<dyn Watcher + Send>,
    folder: PathBuf,
}

impl Eyes {
    /// Watches a folder. `changed` is notified of whatever happens to files in it.
    pub(super) fn open(folder: &Path, changed: &Arc<Notify>) -> notify::Result<Self> {
        let folder = &std::path::absolute(folder)?;
        let on = |changed: Arc<Notify>| {
            let folder = folder.clone();
            move |event: notify::Result<Event>| {
                if event.is_ok_and(|event| matters(&event, &folder)) {
                    changed.notify_one();
                }
            }
        };
        let told = RecommendedWatcher::new(on(Arc::clone(changed)), Config::default())
            .map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>)
            .and_then(|watcher| Self::of(watcher, folder));
        told.or_else(|_| {
            let watcher = PollWatcher::new(on(Arc::clone(changed)), Config::default().with_poll_interval(EVERY))?;
            Self::of(Box::new(watcher), folder)
        })
    }

    fn of(watcher: Box<dyn Watcher + Send>, folder: &Path) -> notify::Result<Self> {
        let mut eyes = Self { watcher, folder: folder.to_owned() };
        eyes.look()?;
        Ok(eyes)
    }

    /// Watches what has the folder's name now: a folder that was put in the place of another is another one.
    pub(super) fn look(&mut self) -> notify::Result<()> {
        // What isn't watched any more needs no end.
        let _ = self.watcher.unwatch(&self.folder);
        if let Some(parent) = self.folder.parent().filter(|parent| parent.is_dir()) {
            let _ = self.watcher.unwatch(parent);
            self.watcher.watch(parent, RecursiveMode::NonRecursive)?;
        }
        self.watcher.watch(&self.folder, RecursiveMode::Recursive)
    }
}

/// How the names begin of what pamphlet itself puts into the folder.
const OWN: [&[u8]; 2] = [b".workshop.", b".pamphlet-"];

/// Whether an event may mean other content of the folder. What happens beside it doesn't, nor what is pamphlet's own; nor that a
/// file was read, since pamphlet itself reads them. What is hidden may: links may lead there.
fn matters(event: &Event, folder: &Path) -> bool {
    let is_own = |name: &OsStr| OWN.iter().any(|own| name.as_encoded_bytes().starts_with(own));
    let is_part = |path: &PathBuf| path.strip_prefix(folder).is_ok_and(|inside| !inside.iter().any(is_own));
    let is_inside = event.need_rescan() || event.paths.iter().any(is_part);
    let is_change = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    };
    is_inside && is_change
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, Flag};

    #[test]
    fn what_is_read_or_happens_beside_the_folder_is_no_change() {
        let folder = Path::new("/pamphlet/faq");
        let check = |kind, path: &str, expected| {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(matters(&event, folder), expected, "{event:?}");
        };
        let created = EventKind::Create(CreateKind::File);
        check(created, "/pamphlet/faq/colds/tea.md", true);
        check(created, "/pamphlet/faq", true);
        check(created, "/pamphlet/faq/.workshop.lock", false);
        check(created, "/pamphlet/faq/colds/.workshop.new", false);
        check(created, "/pamphlet/faq/colds/..data", true);
        check(created, "/pamphlet/pamphlet.sqlite3-wal", false);
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/pamphlet/faq/colds/tea.md", true);
        check(EventKind::Access(AccessKind::Read), "/pamphlet/faq/colds/tea.md", false);
        assert!(matters(&Event::new(EventKind::Other).set_flag(Flag::Rescan), folder), "some events were lost");
    }
}
