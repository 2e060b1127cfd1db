//! One shard: its connections, one after another, and the session that goes on from each to the next.
//!
//! twilight speaks the protocol of one connection: heartbeats, RESUME, compression. When and where to connect, what a
//! close means and how long to wait is decided here, since twilight would connect again without a pause, resume a session
//! whose numbers Discord refuses, and wait for a READY without end.

use super::close::{self, Then};
use super::listener::Listener;
use super::usable;
use crate::discord::door::{self, Attempts, Patience};
use crate::discord::{LOG, RunError};
use futures_util::{FutureExt as _, StreamExt as _};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::watch;
use tokio::time::timeout_at;
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::{CloseFrame, Config, ConfigBuilder, Message, Session, Shard, ShardId, ShardState};

/// So often in a row may Discord close the connection in answer to RESUME; then a new session begins.
const MOST_REFUSALS: usize = 5;
/// What twilight calls a connection that broke without a close.
const BROKEN: u16 = 1006;

/// What keeps a shard connected.
pub(in crate::discord) struct Keeper {
    pub(in crate::discord) id: ShardId,
    pub(in crate::discord) config: Config,
    pub(in crate::discord) listener: Arc<Listener>,
    pub(in crate::discord) patience: Patience,
}

/// A session to take up again, and where; without an address at the gateway's own.
struct Kept {
    session: Session,
    address: Option<String>,
    refusals: usize,
}

/// How a connection ended.
enum End {
    /// pamphlet is to stop.
    Stopped,
    /// Discord closed it, maybe with a code.
    Closed(Option<u16>),
    /// It broke, or Discord asked for another one.
    Gone,
}

impl Keeper {
    /// Keeps the shard connected until pamphlet stops.
    ///
    /// # Errors
    /// When it can't go on.
    pub(in crate::discord) async fn keep(self) -> Result<(), RunError> {
        let connected = watch::Sender::new(None);
        tokio::select! {
            ended = self.connect_on_and_on(&connected) => ended,
            error = door::watch(self.id.number(), connected.subscribe(), self.patience) => Err(error),
        }
    }

    async fn connect_on_and_on(&self, connected: &watch::Sender<Option<Instant>>) -> Result<(), RunError> {
        let mut attempts = Attempts::new(self.patience);
        let mut kept: Option<Kept> = None;
        loop {
            let wait = tokio::time::sleep(attempts.next(Instant::now(), kept.is_none())?);
            if self.listener.stopping.run_until_cancelled(wait).await.is_none() {
                return Ok(());
            }
            let mut shard = self.shard(kept.as_ref());
            // twilight panics where Discord names an interval or an address that is none.
            let conversing = AssertUnwindSafe(self.converse(&mut shard, connected)).catch_unwind();
            let end = conversing.await.unwrap_or(End::Gone);
            let since = connected.send_replace(None);
            attempts.held(since.map_or_else(Default::default, |since| since.elapsed()));
            let code = match end {
                End::Stopped => return Ok(()),
                End::Closed(code) => code,
                End::Gone => Some(BROKEN),
            };
            tracing::debug!(target: LOG, shard = self.id.number(), code, "the connection ended");
            let refused = kept.is_some() && since.is_none() && code != Some(BROKEN);
            let refusals = kept.filter(|_| refused).map_or(0, |kept| kept.refusals + 1);
            kept = match close::then(code) {
                Then::End(why) => return Err(why),
                Then::Resume if refusals < MOST_REFUSALS => shard.session().cloned().map(|session| {
                    let address = shard.resume_url().map(str::to_owned);
                    Kept { session, address, refusals }
                }),
                Then::Resume | Then::Start => None,
            };
        }
    }

    /// A shard that connects to the gateway, or to where the session wants to be taken up again.
    fn shard(&self, kept: Option<&Kept>) -> Shard {
        let mut builder = ConfigBuilder::from(self.config.clone());
        if let Some(Kept { session, address, .. }) = kept {
            builder = builder.session(session.clone());
            match address.as_deref().map(usable) {
                Some(Ok(address)) => builder = builder.resume_url(address),
                Some(Err(why)) => {
                    tracing::warn!(target: LOG, shard = self.id.number(), "not taken up at the address for it: {why}");
                }
                None => {}
            }
        }
        Shard::with_config(self.id, builder.build())
    }

    /// Listens on one connection until it ends.
    async fn converse(&self, shard: &mut Shard, connected: &watch::Sender<Option<Instant>>) -> End {
        let deadline = || tokio::time::Instant::now() + self.patience.let_in;
        let (mut let_in_by, mut sequence) = (deadline(), shard.session().map(Session::sequence));
        loop {
            let is_in = shard.state() == ShardState::Active;
            if is_in && connected.borrow().is_none() {
                connected.send_replace(Some(Instant::now()));
            }
            let next =
                async { if is_in { Some(shard.next().await) } else { timeout_at(let_in_by, shard.next()).await.ok() } };
            let Some(next) = self.listener.stopping.run_until_cancelled(next).await else {
                say_goodbye(shard).await;
                return End::Stopped;
            };
            match next {
                Some(Some(Ok(Message::Text(text)))) => self.listener.hear(&text),
                Some(Some(Ok(Message::Close(frame)))) => return End::Closed(frame.map(|frame| frame.code)),
                Some(Some(Err(error))) if matches!(error.kind(), ReceiveMessageErrorType::Deserializing { .. }) => {
                    self.listener.unreadable("payload");
                }
                Some(Some(Err(_)) | None) | None => return End::Gone,
            }
            // Discord asked for another connection (op 7), or the session is no longer valid (op 9).
            if matches!(shard.state(), ShardState::Disconnected { .. }) {
                return End::Gone;
            }
            // While a session is taken up again, each event that comes after all is a sign of life.
            let now_at = shard.session().map(Session::sequence);
            if now_at != sequence {
                (let_in_by, sequence) = (deadline(), now_at);
            }
        }
    }
}

/// Ends the session and the connection, if there is one, and waits for Discord to agree.
async fn say_goodbye(shard: &mut Shard) {
    let is_closing = |shard: &Shard| matches!(shard.state(), ShardState::Disconnected { .. });
    if is_closing(shard) {
        return;
    }
    shard.close(CloseFrame::NORMAL);
    while let Some(Ok(Message::Text(_))) = shard.next().await {
        // A HELLO: Discord went without a word, and twilight connected again.
        if !is_closing(shard) {
            return;
        }
    }
}
