//! Work on several things, done side by side where that is worth its while.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::num::NonZero;

/// [`map`] does fewer things than this one after the other: threads would cost more than they save.
const MANY: usize = 1_000;
/// The most threads, however many cores there are: whoever else runs on this machine wants some, too.
const MOST_THREADS: usize = 4;

/// How many threads are worth their while here.
pub fn threads() -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
