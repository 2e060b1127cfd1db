//! What all routes and connections share: the world behind its lock, and the signals to wait on.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::mock::explainer::Explainer;
use crate::mock::files::{File, Files};
use crate::mock::openapi::Openapi;
use crate::mock::recording::{Entry, Recorder};
use crate::mock::rest::Limits;
use crate::mock::scenario::Cast;
use crate::mock::typing::Typing;
use crate::mock::world::World;
use crate::mock::{Introduction, Options};

/// The running server, as every handler has it.
pub(crate) type Shared = Arc<Server>;

/// The one world and what keeps it going.
pub(crate) struct Server {
    /// A plain lock: it is held for moments, never while waiting.
    world: Mutex<World>,
    /// What the page says of the bot that is expected.
    pub(crate) introduction: Option<Introduction>,
    /// Who can tell why the bot answers as it does, if anybody.
    pub(crate) explainer: Option<Explainer>,
    pub(crate) typing: Typing,
    /// What was attached to messages.
    pub(crate) files: Files,
    pub(crate) limits: Limits,
    /// What requests and answers are held against, if anything.
    pub(crate) openapi: Option<Openapi>,
    /// Where all that happens is noted, if anywhere.
    pub(crate) recorder: Option<Recorder>,
    /// Given when the server is to end.
    pub(crate) stop: CancellationToken,
    /// What goes on: the gateway connections that are open, a scenario, a recording.
    pub(crate) tasks: TaskTracker,
}

impl Server {
    /// A server that listens here.
    pub(crate) fn new(
        addr: SocketAddr,
        options: Options,
        cast: &Cast,
        openapi: Option<Openapi>,
        recorder: Option<Recorder>,
    ) -> Shared {
        Arc::new(Server {
            world: Mutex::new(World::new(options.bot_name, format!("ws://{addr}"), cast)),
            introduction: options.introduction,
            explainer: options.explainer,
            typing: Typing::default(),
            files: Files::default(),
            limits: Limits::default(),
            openapi,
            recorder,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// The world, locked. A panic elsewhere doesn't take it away.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file, and gives it back as an attachment of a message.
    pub(crate) fn attach(&self, file: File) -> Value {
        let (id, url) = {
            let mut world = self.world();
            (world.new_id(), world.http_url())
        };
        self.files.keep(id, file, &url)
    }

    /// Notes what happens, if there is a recording.
    pub(crate) fn note(&self, entry: impl FnOnce() -> Entry) {
        if let Some(recorder) = &self.recorder {
            recorder.note(entry());
        }
    }

    /// Waits until `look` finds something, looking again at each change; `None` when patience or the server ends.
    pub(crate) async fn wait_for<T>(&self, patience: Duration, look: impl Fn(&World) -> Option<T>) -> Option<T> {
        let mut changes = self.world().changes();
        let patience = tokio::time::sleep(patience);
        tokio::pin!(patience);
        loop {
            changes.mark_unchanged();
            let found = look(&self.world());
            if found.is_some() {
                return found;
            }
            tokio::select! {
                changed = changes.changed() => changed.ok()?,
                () = &mut patience => return None,
                () = self.stop.cancelled() => return None,
            }
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Server").finish_non_exhaustive()
    }
}
