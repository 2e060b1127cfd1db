//! A bounded way in: so many jobs at a time, so many waiting, and the rest turned away and counted.

use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Jobs that run at once.
const AT_ONCE: usize = 64;
/// Jobs that may wait for their turn.
const WAITING: usize = 1_024;
/// The same of moderators' changes: few, so that threads are left for answers whatever they wait for.
const WORK_AT_ONCE: usize = 2;
const WORK_WAITING: usize = 32;

/// The ways in: one for each kind of job, so that none holds up another.
pub(super) struct Lanes {
    pub(super) messages: Lane,
    pub(super) deletions: Lane,
    pub(super) interactions: Lane,
    /// Moderators' changes, which may wait for disks and the store.
    pub(super) work: Lane,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            messages: Lane::new("messages"),
            deletions: Lane::new("deletions"),
            interactions: Lane::new("interactions"),
            work: Lane::with("work", WORK_AT_ONCE, WORK_WAITING),
        }
    }
}

/// A way in for one kind of job.
pub(super) struct Lane {
    name: &'static str,
    room: Semaphore,
    turns: Semaphore,
    turned_away: AtomicU64,
}

/// Leave to run one job; it ends when this is dropped.
pub(super) struct Turn<'a> {
    _room: SemaphorePermit<'a>,
    _turn: SemaphorePermit<'a>,
}

impl Lane {
    fn new(name: &'static str) -> Self {
        Self::with(name, AT_ONCE, WAITING)
    }

    pub(super) fn with(name: &'static str, at_once: usize, waiting: usize) -> Self {
        let room = Semaphore::new(at_once + waiting);
        Self { name, room, turns: Semaphore::new(at_once), turned_away: AtomicU64::new(0) }
    }

    /// Waits for a turn; none if too many wait already.
    pub(super) async fn turn(&self) -> Option<Turn<'_>> {
        let Ok(room) = self.room.try_acquire() else {
            let turned_away = self.turned_away.fetch_add(1, Ordering::Relaxed) + 1;
            if turned_away.is_power_of_two() {
                tracing::warn!(target: super::LOG, lane = self.name, turned_away, "too much at once: turned away");
            }
            return None;
        };
        let turn = self.turns.acquire().await.ok()?;
        Some(Turn { _room: room, _turn: turn })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[tokio::test]
    async fn runs_some_lets_some_wait_and_turns_the_rest_away() {
        let lane = Lane::with("test", 1, 1);
        let first = lane.turn().await;
        assert!(first.is_some());
        let mut second = Box::pin(lane.turn());
        assert!((&mut second).now_or_never().is_none(), "the second waits");
        assert!(lane.turn().await.is_none(), "the third is turned away");
        assert_eq!(lane.turned_away.load(Ordering::Relaxed), 1);
        drop(first);
        assert!(second.await.is_some());
    }
}
