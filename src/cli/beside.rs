//! Building indexes in a process beside this one: learning takes much memory for a moment, which a process that stays would keep.

use super::run::TOKEN_VARIABLE;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use wait_timeout::ChildExt;

/// How long all of it may take: a collection takes seconds, and there may be many on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20 * 60);

/// Builds every index that is missing, by `pamphlet index` with this settings file. Where that can't be, nothing is lost: whoever
/// needs an index builds it.
pub(super) fn build(config: Option<&Path>) {
    if let Err(why) = index(config) {
        tracing::warn!(%why, "no index can be built in a process of its own; this one does it, and keeps the memory");
    }
}

fn index(config: Option<&Path>) -> io::Result<()> {
    let mut command = Command::new(this_program()?);
    command.args(["index", "--beside"]).env_remove(TOKEN_VARIABLE);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // It ends when its stdin does, and so with this process, however that ends. Who waits for it would close that.
    let _stdin = child.stdin.take();
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

/// The program that runs. On Linux that is itself, also where its file was replaced by another version meanwhile.
fn this_program() -> io::Result<PathBuf> {
    match cfg!(target_os = "linux") {
        true => Ok(PathBuf::from("/proc/self/exe")),
        false => std::env::current_exe(),
    }
}
