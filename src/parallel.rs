//! Threads for work: several things done side by side where that is worth its while, and one kind of work done apart.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::io;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvError, SyncSender, sync_channel};
use std::thread;

/// [`map`] does fewer things than this one after the other: threads would cost more than they save.
const MANY: usize = 1_000;
/// The most threads, however many cores there are: whoever else runs on this machine wants some, too.
const MOST_THREADS: usize = 4;

/// How many threads are worth their while here.
fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
}

/// What `each` makes of all of them, in their order. The threads end with it. Where the system has none to give, it is done one
/// after the other.
pub fn map<T: Sync, U: Send>(all: &[T], each: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let pool = if all.len() < MANY { None } else { pool(all.len()) };
    match pool {
        Some(pool) => pool.install(|| all.par_iter().map(&each).collect()),
        None => all.iter().map(each).collect(),
    }
}

/// Changes each of them in the same way: for work that takes long, however few they are. Where the system has no threads to give,
/// it is done one after the other.
pub fn change<T: Send>(all: &mut [T], each: impl Fn(&mut T) + Sync) {
    match pool(all.len()) {
        Some(pool) => pool.install(|| all.par_iter_mut().for_each(&each)),
        None => all.iter_mut().for_each(each),
    }
}

/// Threads for so many things; none where one is enough.
fn pool(things: usize) -> Option<ThreadPool> {
    let threads = threads().min(things);
    if threads < 2 { None } else { ThreadPoolBuilder::new().num_threads(threads).build().ok() }
}

/// How much work may wait for a thread that stays.
const WAITING: usize = 8;

type Work = Box<dyn FnOnce() + Send>;

/// A thread that stays, for one kind of work, done in the order in which it was begun. Of what a thread has once had, the system's
/// allocator keeps much for that thread: on the threads of a pool, whichever is free, each would come to keep as much as a whole
/// collection takes. It ends once this is dropped and what was begun is done.
pub struct Apart(SyncSender<Work>);

impl Apart {
    /// Begins the thread.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn new(name: &str) -> io::Result<Self> {
        let (begin, begun) = sync_channel::<Work>(WAITING);
        let work = move || {
            for work in begun {
                // What breaks off breaks off nothing else. Whoever waits for it hears of it.
                let _ = catch_unwind(AssertUnwindSafe(work));
            }
        };
        thread::Builder::new().name(name.to_owned()).spawn(work)?;
        Ok(Self(begin))
    }

    /// Has some work done there. Waits where much waits already.
    pub fn begin(&self, work: impl FnOnce() + Send + 'static) {
        // The thread ends no sooner than this.
        let _ = self.0.send(Box::new(work));
    }

    /// Does some work there while this thread waits.
    ///
    /// # Errors
    /// When it breaks off.
    pub fn wait_for<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, RecvError> {
        let (tell, told) = sync_channel(1);
        self.begin(move || drop(tell.send(work())));
        told.recv()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn few_and_many_keep_their_order() {
        for count in [0, 1, MANY - 1, MANY, 5 * MANY] {
            let all: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = all.iter().map(|number| number * 2).collect();
            assert_eq!(map(&all, |number| number * 2), doubled);
            let mut changed = all;
            change(&mut changed, |number| *number *= 2);
            assert_eq!(changed, doubled);
        }
    }

    #[test]
    fn all_is_done_by_the_same_thread_one_after_the_other_whatever_breaks_off() {
        let apart = Apart::new("apart").unwrap();
        let first = apart.wait_for(|| thread::current().id()).unwrap();
        assert_ne!(first, thread::current().id());
        assert!(apart.wait_for(|| -> u8 { panic!("a fault that this test makes") }).is_err());
        let is_busy = Arc::new(AtomicBool::new(true));
        let busy = Arc::clone(&is_busy);
        // While it waits for others, what comes next isn't begun.
        apart.begin(move || {
            map(&[0; MANY], |_| thread::yield_now());
            busy.store(false, Ordering::SeqCst);
        });
        let next = apart.wait_for(move || (thread::current().id(), is_busy.load(Ordering::SeqCst)));
        assert_eq!(next.unwrap(), (first, false));
    }
}
