//! Threads for work: several things done side by side where that is worth its while, and one kind of work done apart.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::num::NonZero;

/// [`map`] does fewer things than this one after the other: threads would cost more than they save.
const MANY: usize = 1_000;
/// The most threads, however many cores there are: whoever else runs on this machine wants some, too.
const MOST_THREADS: usize = 4;

/// How many threads are worth their while here.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS)
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

/// A thread that stays for one kind of work. Of what a thread has once had, the system's allocator keeps much for that thread: on
/// the threads of a pool, whichever is free, each would come to keep as much as a whole collection takes.
pub struct Apart(ThreadPool);

impl Apart {
    /// Begins the thread.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn new(name: &'static str) -> Result<Self, ThreadPoolBuildError> {
        // Work that breaks off breaks off nothing else.
        let builder = ThreadPoolBuilder::new().num_threads(1).thread_name(move |_| name.to_owned()).panic_handler(drop);
        Ok(Self(builder.build()?))
    }

    /// Does some work there while this thread waits.
    pub fn wait_for<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }

    /// Has some work done there, once that before it is done.
    pub fn begin(&self, work: impl FnOnce() + Send + 'static) {
        self.0.spawn(work);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

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
    fn all_is_done_by_the_same_thread_whatever_breaks_off() {
        let apart = Apart::new("apart").unwrap();
        let first = apart.wait_for(|| thread::current().id());
        let (tell, told) = mpsc::channel();
        apart.begin(|| panic!("a fault that this test makes"));
        apart.begin(move || assert!(tell.send(thread::current().id()).is_ok()));
        assert_eq!(told.recv(), Ok(first));
        assert_ne!(first, thread::current().id());
    }
}
