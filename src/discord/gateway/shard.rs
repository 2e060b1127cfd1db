//! One shard: its connections, one after another, and the session that goes on from each to the next.
//!
//! When and where to connect, what a close means and how long to wait is decided here, since twilight would connect
//! again without a pause, resume a session whose numbers Discord refuses, and wait for a READY without end.

use super::close::{self, Then};
use super::connection::{End, listen};
use super::listener::Listener;
use super::usable;
use crate::discord::door::{self, Attempts, Patience};
use crate::discord::{LOG, RunError, dice};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::watch;
use twilight_gateway::{Config, ConfigBuilder, Session, Shard, ShardId};

/// So often in a row may Discord leave the shard out that asks to RESUME; then a new session begins.
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
        for times in 1_u64.. {
            let wait = tokio::time::sleep(attempts.next(Instant::now(), kept.is_none(), dice())?);
            if self.listener.stopping.run_until_cancelled(wait).await.is_none() {
                break;
            }
            let mut shard = self.shard(kept.as_ref());
            // twilight panics where Discord names an interval or an address that is none.
            let listening =
                AssertUnwindSafe(listen(&mut shard, &self.listener, self.patience, connected)).catch_unwind();
            let end = listening.await.unwrap_or(End::Gone);
            let since = connected.send_replace(None);
            if end == End::Unreached {
                attempts.unreached();
            }
            attempts.held(since.map_or_else(Default::default, |since| since.elapsed()));
            let code = match end {
                End::Stopped => break,
                End::Closed(code) => code,
                End::Gone | End::Unreached => Some(BROKEN),
            };
            self.tell(times, code);
            let refusals = match (&kept, since) {
                (Some(kept), None) => kept.refusals + usize::from(end != End::Unreached),
                _ => 0,
            };
            kept = match close::then(code) {
                Then::End(why) => return Err(why),
                Then::Resume if refusals < MOST_REFUSALS => shard.session().cloned().map(|session| {
                    // Where it wasn't let in it need not knock again: the gateway's own address may still do.
                    let address = shard.resume_url().filter(|_| refusals == 0).map(str::to_owned);
                    Kept { session, address, refusals }
                }),
                Then::Resume | Then::Start => None,
            };
        }
        Ok(())
    }

    /// Tells the operator of an end the first, second, fourth, eighth time.
    fn tell(&self, times: u64, code: Option<u16>) {
        let shard = self.id.number();
        if times.is_power_of_two() {
            tracing::info!(target: LOG, shard, code, times, "the connection ended");
        } else {
            tracing::debug!(target: LOG, shard, code, times, "the connection ended");
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
                    let shard = self.id.number();
                    tracing::warn!(
                        target: LOG,
                        shard,
                        "the session is taken up at the gateway's own address: the one that Discord named for it {why}"
                    );
                }
                None => {}
            }
        }
        Shard::with_config(self.id, builder.build())
    }
}
