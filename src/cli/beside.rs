//! Building indexes in a process beside this one: learning takes much memory for a moment, which a process that stays would keep.

use std::io;
use std::path::Path;
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
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["index", "--quiet"]);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    match child.wait_timeout(PATIENCE)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(io::Error::other(format!("it ended with {status}"))),
        None => {
            child.kill()?;
            child.wait()?;
            Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("it took more than {} minutes", PATIENCE.as_secs() / 60),
            ))
        }
    }
}
