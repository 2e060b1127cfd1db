//! How far a long task is, on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

/// A task that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on stderr that shows itself once a task takes long; indicatif hides it where stderr is no terminal.
pub(super) struct Progress {
    doing: String,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// The bar of a task that begins now, under the name of what is done.
    pub(super) fn new(doing: String) -> Self {
        Self { doing, started: Instant::now(), bar: None }
    }

    /// So many of so many parts are done.
    pub(super) fn at(&mut self, done: usize, all: usize) {
        if self.bar.is_none() && self.started.elapsed() > PATIENCE {
            self.bar = Some(bar(&self.doing, all));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
        }
    }

    /// How long the task has taken.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(doing: &str, all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64).with_message(doing.to_owned());
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
