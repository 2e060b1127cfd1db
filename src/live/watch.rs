//! When to look: soon after something changed, and when somebody asks.

use super::eyes::Eyes;
use super::told::Told;
use super::{Change, Gone, Live};
use crate::faq::Problem;
use crate::parallel::Apart;
use crate::search::{Index, OpenError};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

/// How long nothing must have changed before the files are read: who saves one file touches it several times.
const QUIET: Duration = Duration::from_millis(100);
/// How long reading is put off at most while files keep changing.
const PATIENCE: Duration = Duration::from_millis(400);
/// How long the files must have stayed as they are before problems are told and what is new is learned: a file that is half
/// written is nobody's fault.
const SETTLED: Duration = Duration::from_millis(1_500);
/// How many wishes to read the files wait at once.
const WISHES: usize = 8;

/// Asks for the files to be read again.
#[derive(Debug, Clone)]
pub struct Hand(mpsc::Sender<Gone>);

impl Hand {
    /// Has the files read again soon, and says what becomes of a collection whose folder is gone.
    pub fn reload(&self, gone: Gone) {
        // When there is no room, those who wait will be served.
        let _ = self.0.try_send(gone);
    }
}

/// A hand, and what [`watch`] is to hear it by.
pub fn hand() -> (Hand, mpsc::Receiver<Gone>) {
    let (sender, receiver) = mpsc::channel(WISHES);
    (Hand(sender), receiver)
}

/// The threads on which files are read, and what they say is learned.
pub struct Threads {
    /// Where files are read, made searchable, and opened once they are learned.
    pub reading: Apart,
    /// Where what takes seconds is done or waited for.
    pub learning: Apart,
}

impl Threads {
    /// Begins both.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn new() -> io::Result<Self> {
        Ok(Self { reading: Apart::new("reading")?, learning: Apart::new("learning")? })
    }
}

/// Keeps what is served as the files are, for as long as it is polled. `tell` is told problems that are new, and how many were mended,
/// once the files have settled.
pub async fn watch(
    mut live: Live,
    threads: Threads,
    mut by_hand: mpsc::Receiver<Gone>,
    tell: impl Fn(&[Problem], usize),
) {
    let changed = Arc::new(Notify::new());
    let folder = live.library.folder().to_owned();
    let mut eyes = Eyes::open(&folder, &changed)
        .inspect_err(|why| {
            tracing::warn!(folder = %folder.display(), %why, "the files can't be watched; changes are seen when you ask (SIGHUP)");
        })
        .ok();
    // What changed since the files were read for the start, before anybody watched, is seen now.
    if live.library.has_changed() {
        changed.notify_one();
    }
    let told = Told::of(std::mem::take(&mut live.told));
    let mut watch = Watch {
        live: Some(live),
        told,
        problems: None,
        settled: None,
        again: None,
        lesson: None,
        reading: Arc::new(threads.reading),
        learning: Arc::new(threads.learning),
    };
    loop {
        tokio::select! {
            () = changed.notified() => {
                quiet(&changed).await;
                // A folder that took the place of another is watched before it is read, so that no change falls between.
                let is_seen = eyes.as_mut().is_none_or(|eyes| eyes.look().is_ok());
                watch.reload(Gone::Served).await;
                watch.again = (!is_seen).then(|| Instant::now() + SETTLED);
            }
            Some(gone) = by_hand.recv() => watch.reload(gone).await,
            () = settled(watch.settled) => watch.settle(&tell),
            () = settled(watch.again) => {
                watch.again = None;
                changed.notify_one();
            }
            learned = learned(&mut watch.lesson) => watch.finish(learned),
        }
    }
}

/// Waits until nothing has changed for a while.
async fn quiet(changed: &Notify) {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end && timeout(QUIET, changed.notified()).await.is_ok() {}
}

async fn settled(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// What comes of work that is done apart; an error where it broke off.
fn done<T: Send + 'static>(apart: &Apart, work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
    let (tell, told) = oneshot::channel();
    // Whoever asked may be gone.
    apart.begin(move || drop(tell.send(work())));
    told
}

/// What came of a lesson; never when there is none.
async fn learned(lesson: &mut Option<Learning>) -> Learned {
    match lesson {
        Some(lesson) => lesson.await,
        None => std::future::pending().await,
    }
}

/// A collection, and what came of learning it: nothing if that broke off.
type Learned = (String, Option<Result<Index, OpenError>>);
type Learning = Pin<Box<dyn Future<Output = Learned> + Send>>;

struct Watch {
    /// None only while it is being read.
    live: Option<Live>,
    told: Told,
    /// The problems that stand, until they are told.
    problems: Option<Vec<Problem>>,
    /// When the files will have settled.
    settled: Option<Instant>,
    /// When to look again, where nothing could be watched.
    again: Option<Instant>,
    lesson: Option<Learning>,
    reading: Arc<Apart>,
    learning: Arc<Apart>,
}

impl Watch {
    /// Reads the files.
    async fn reload(&mut self, gone: Gone) {
        let Some(mut live) = self.live.take() else { return };
        let started = Instant::now();
        let read = done(&self.reading, move || {
            let change = live.reload(gone);
            (live, change)
        });
        let Ok((live, change)) = read.await else {
            tracing::error!(
                "reading the files failed, which is a fault of pamphlet; what is served stays until the next start"
            );
            return;
        };
        self.live = Some(live);
        log(&change, started.elapsed(), gone);
        self.problems = Some(change.problems);
        self.settled = Some(Instant::now() + SETTLED);
    }

    /// Tells what is new and begins to learn what changed.
    fn settle(&mut self, tell: impl Fn(&[Problem], usize)) {
        self.settled = None;
        if let Some(problems) = self.problems.take() {
            let news = self.told.news(&problems);
            if !news.new.is_empty() || news.mended > 0 {
                tell(&news.new, news.mended);
            }
        }
        self.begin_lesson();
    }

    fn begin_lesson(&mut self) {
        let lesson = self.live.as_ref().and_then(Live::lesson).filter(|_| self.lesson.is_none());
        if let Some(lesson) = lesson {
            let collection = lesson.collection().to_owned();
            let (reading, learning) = (Arc::clone(&self.reading), Arc::clone(&self.learning));
            self.lesson = Some(Box::pin(async move {
                let Ok(built) = done(&learning, move || lesson.build()).await else { return (collection, None) };
                // What is built takes its memory where the files are read, from what the version before it leaves. To build it
                // here takes seconds, which reading the files can't wait for.
                let apart = if built.is_there() { reading } else { learning };
                let learned = done(&apart, move || built.open().map(|(index, _)| index)).await;
                (collection, learned.ok())
            }));
        }
    }

    /// Serves what was learned and goes on to the next.
    fn finish(&mut self, (collection, learned): Learned) {
        self.lesson = None;
        let Some(live) = &mut self.live else { return };
        match learned {
            Some(Ok(index)) => {
                // Where it has changed since, its turn comes again.
                if live.learned(index) {
                    tracing::info!(%collection, "learned the collection as it is now");
                }
            }
            Some(Err(why)) => {
                tracing::warn!(%collection, %why, "the collection is served without being learned");
                live.give_up(&collection);
            }
            None => {
                tracing::error!(%collection, "learning broke off, which is a fault of pamphlet");
                live.give_up(&collection);
            }
        }
        // Unless it goes on changing.
        if self.settled.is_none() {
            self.begin_lesson();
        }
    }
}

fn log(change: &Change, took: Duration, gone: Gone) {
    let ms = took.as_millis() as u64;
    for collection in &change.served {
        tracing::info!(%collection, ms, "serves the collection as it is now");
    }
    for collection in &change.gone {
        let until = match gone {
            Gone::Served => "until SIGHUP",
            Gone::LetGo => "since no other is left",
        };
        tracing::warn!(%collection, "the collection's folder is gone; it is served as it was, {until}");
    }
    for collection in &change.let_go {
        tracing::warn!(%collection, "the collection's folder is gone; it is served no longer");
    }
    for why in &change.failed {
        tracing::error!(%why, "a collection is served as it was");
    }
}
