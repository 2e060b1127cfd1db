//! Where a process that stays has its indexes, which another one beside it builds: learning takes much memory for a moment, which it
//! would keep.

use super::run::TOKEN_VARIABLE;
use super::{Exit, Failure};
use crate::faq::Collection;
use crate::search;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;
use wait_timeout::ChildExt;

/// How long it may take: seconds, but for a very slow machine.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Where indexes are kept for a process that stays, and built if they are missing.
pub(super) struct Homes {
    named: PathBuf,
    /// Another folder, where none can be kept in the one that is named; it goes with this.
    spare: Option<TempDir>,
    /// The settings file.
    config: Option<PathBuf>,
}

impl Homes {
    /// The folder that these settings name. Where it can't be written, what is there is used, and what isn't is kept in a temporary
    /// folder, which takes less memory than to hold it there.
    pub(super) fn open(named: &Path, config: Option<&Path>) -> Self {
        let spare = search::keep_in(named).err().and_then(|why| {
            let spare = tempfile::Builder::new().prefix("pamphlet-").tempdir().ok();
            let kept = spare.as_ref().map_or("in memory", |_| "in a temporary folder");
            tracing::warn!(
                folder = %named.display(), %why,
                "no index can be kept here: what is missing is learned at each start, and kept {kept} until pamphlet ends"
            );
            spare
        });
        Self { named: named.to_owned(), spare, config: config.map(Path::to_owned) }
    }

    /// The folder in which the index of a collection is kept. If it is missing, it is built by `pamphlet index`. The collection is
    /// handed over as it was read: its files may say something else by now. Where that can't be, nothing is lost: whoever needs an
    /// index builds it.
    pub(super) fn of(&self, collection: &Arc<Collection>) -> PathBuf {
        let is_kept = |home: &Path| search::is_kept(collection, home);
        let home = match &self.spare {
            Some(spare) if !is_kept(&self.named) => spare.path(),
            _ => &self.named,
        };
        if !is_kept(home)
            && search::keep_in(home).is_ok()
            && let Err(why) = build(collection, home, self.config.as_deref())
        {
            let id = &collection.id;
            tracing::warn!(collection = %id, %why, "the index can't be built in a process of its own; this one does it, and keeps the memory");
        }
        home.to_owned()
    }
}

/// In the process beside: the collection that is to be built. The process ends with its stdin.
///
/// # Errors
/// When none is handed over.
pub(super) fn taken_over() -> Result<Arc<Collection>, Failure> {
    let failed = |why: io::Error| {
        let hint = "hint: `pamphlet index` without `--beside` builds every index that is missing";
        Failure::new(Exit::Io, format!("no collection was handed over: {why}\n{hint}"))
    };
    let collection = Collection::take_over(io::stdin().lock()).map_err(failed)?;
    let end_with_stdin = || {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        // What is built is put into place whole, so it may end at any moment.
        std::process::exit(Exit::Io as i32);
    };
    thread::Builder::new().spawn(end_with_stdin).map_err(failed)?;
    Ok(Arc::new(collection))
}

fn build(collection: &Arc<Collection>, home: &Path, config: Option<&Path>) -> io::Result<()> {
    let mut command = this_program()?;
    command.args(["index", "--beside"]).arg(home).env_remove(TOKEN_VARIABLE);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // It ends when its stdin does, and so with this process, however that ends. What it is handed fits in no pipe: a thread writes
    // it, and gives the pipe back to be kept open.
    let (stdin, collection) = (child.stdin.take(), Arc::clone(collection));
    // Where it breaks off the pipe is closed, and whoever reads it says why.
    let hand_over = move || {
        let mut stdin = stdin?;
        collection.hand_over(&mut stdin).ok().map(|()| stdin)
    };
    let kept_open = thread::Builder::new().spawn(hand_over);
    let ended = kept_open.as_ref().map_or_else(|_| Ok(None), |_| child.wait_timeout(PATIENCE));
    if !matches!(ended, Ok(Some(_))) {
        child.kill()?;
        child.wait()?;
    }
    kept_open?;
    match ended? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(io::Error::other(format!("it ended with {status}"))),
        None => {
            let why = format!("it took more than {} minutes", PATIENCE.as_secs() / 60);
            Err(io::Error::new(io::ErrorKind::TimedOut, why))
        }
    }
}

/// The program that runs, under its name. On Linux that is itself, also where its file was replaced by another version meanwhile.
#[cfg(target_os = "linux")]
fn this_program() -> io::Result<Command> {
    let mut command = Command::new("/proc/self/exe");
    std::os::unix::process::CommandExt::arg0(&mut command, env!("CARGO_PKG_NAME"));
    Ok(command)
}

/// The program that runs.
#[cfg(not(target_os = "linux"))]
fn this_program() -> io::Result<Command> {
    std::env::current_exe().map(Command::new)
}
