//! What `run`, `demo` and `chat` share: the runtime, the signals that end them, and the way to Discord.

use super::{Exit, Failure};
use crate::config::Config;
use crate::discord::{self, RunError, Token};
use std::future::Future;
use std::time::Duration;

/// Threads for sockets: one would do for most bots, two keep a slow one from holding up the other.
const WORKERS: usize = 2;
/// Threads for answering, which takes microseconds.
const ANSWERING: usize = discord::ANSWERS_AT_ONCE;
/// Threads for what may wait for seconds: moderators' changes, reading the files, learning them, writing counts, and looking
/// names up.
const WAITING: usize = 6;
/// How long work on other threads may take to end by itself.
const LEFT_BEHIND: Duration = Duration::from_millis(200);

/// Runs something with sockets to its end. Work on other threads that doesn't end by itself (a name that is still looked
/// up) is left behind after a moment.
///
/// # Errors
/// Its own, and when the system has no threads left.
pub(super) fn block_on(work: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    block_on_with(tokio::runtime::Builder::new_multi_thread().worker_threads(WORKERS), work)
}

/// The same on one thread, for what waits more than it works.
///
/// # Errors
/// Its own, and when the system has no threads left.
pub(super) fn block_on_one_thread(work: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    block_on_with(&mut tokio::runtime::Builder::new_current_thread(), work)
}

fn block_on_with(
    builder: &mut tokio::runtime::Builder,
    work: impl Future<Output = Result<Exit, Failure>>,
) -> Result<Exit, Failure> {
    let runtime = builder.max_blocking_threads(ANSWERING + WAITING).enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LEFT_BEHIND);
    done
}

/// Ends when the operator asks the process to end: Ctrl-C or SIGTERM. Listening starts at once, so that no signal
/// between now and the first wait is lost.
///
/// # Errors
/// When the system can't tell of signals.
#[cfg(unix)]
pub(super) fn shutdown() -> Result<impl Future<Output = ()> + Send, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the operator asks the process to end with Ctrl-C.
///
/// # Errors
/// When the system can't tell of it.
#[cfg(windows)]
pub(super) fn shutdown() -> Result<impl Future<Output = ()> + Send, Failure> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// How to reach Discord at this address.
///
/// # Errors
/// When the address isn't one.
pub(super) fn way(api: &str, token: Token, config: &Config) -> Result<discord::Settings, Failure> {
    let wrong = || {
        let hint = format!("hint: write it like {} or http://127.0.0.1:4650", discord::DISCORD);
        Failure::new(Exit::Usage, format!("--api `{api}` is not an address\n{hint}"))
    };
    let api: reqwest::Url = api.parse().map_err(|_| wrong())?;
    if !matches!(api.scheme(), "http" | "https") || !api.has_host() {
        return Err(wrong());
    }
    Ok(discord::Settings { token, api, listen_everywhere: config.reads_channels(), shards: None })
}

impl From<RunError> for Failure {
    fn from(why: RunError) -> Self {
        let exit = match &why {
            RunError::TokenRefused => Exit::TokenRefused,
            RunError::IntentMissing => Exit::IntentMissing,
            RunError::Unreachable { .. }
            | RunError::NotReady { .. }
            | RunError::Gateway { .. }
            | RunError::Outdated => Exit::Unreachable,
            RunError::InsecureGateway { .. } | RunError::Shards { .. } => Exit::Usage,
            RunError::BrokeOff | RunError::System { .. } => Exit::Fault,
        };
        Self::new(exit, why)
    }
}
