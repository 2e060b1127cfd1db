//! Building indexes in a process beside this one: learning takes much memory for a moment, which a process that stays would keep.

use super::run::TOKEN_VARIABLE;
use super::{Exit, Failure};
use crate::faq::Collection;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use wait_timeout::ChildExt;

/// How long it may take: seconds, but for a very slow machine.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Builds the index of a collection by `pamphlet index` with this settings file. The collection is handed over as it was read: its
/// files may say something else by now. Where that can't be, nothing is lost: whoever needs an index builds it.
pub(super) fn build(collection: &Arc<Collection>, config: Option<&Path>) {
    if let Err(why) = index(collection, config) {
        let id = &collection.id;
        tracing::warn!(collection = %id, %why, "the index can't be built in a process of its own; this one does it, and keeps the memory");
    }
}

/// In the process beside: the collection that is to be built. The process ends with its stdin.
///
/// # Errors
/// When none is handed over.
pub(super) fn collection() -> Result<Arc<Collection>, Failure> {
    let taken = Collection::take_over(io::stdin().lock());
    let collection = taken.map_err(|why| {
        let hint = "hint: `pamphlet index` without `--beside` builds every index that is missing";
        Failure::new(Exit::Io, format!("no collection was handed over: {why}\n{hint}"))
    })?;
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        // What is built is put into place whole, so it may end at any moment.
        std::process::exit(Exit::Io as i32);
    });
    Ok(Arc::new(collection))
}

fn index(collection: &Arc<Collection>, config: Option<&Path>) -> io::Result<()> {
    let mut command = this_program()?;
    command.args(["index", "--beside"]).env_remove(TOKEN_VARIABLE);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // It ends when its stdin does, and so with this process, however that ends. What it is handed fits in no pipe: a thread writes
    // it, and gives the pipe back to be kept open.
    let (stdin, collection) = (child.stdin.take(), Arc::clone(collection));
    let _kept_open = thread::spawn(move || {
        let mut stdin = stdin?;
        // Whoever reads no further says why.
        let _ = collection.hand_over(&mut stdin);
        Some(stdin)
    });
    let ended = child.wait_timeout(PATIENCE);
    if !matches!(ended, Ok(Some(_))) {
        child.kill()?;
        child.wait()?;
    }
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
