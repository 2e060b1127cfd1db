//! The bot of some settings, and what keeps up with the files that it answers from.

use super::{Exit, Failure, counting, shelves};
use crate::answer::{Brain, Serving};
use crate::bot::{Action, Bot, Settings};
use crate::config::{Config, LogFormat};
use crate::faq::Problem;
use crate::live::{self, Gone, Hand, Live, Threads};
use crate::store::{self, Counter};
use crate::workshop::{Workshop, WorkshopError};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many notices may wait to be posted.
const NOTICES: usize = 64;

/// The bot, and what keeps up with the files that it answers from.
pub(super) struct Service {
    bot: Bot,
    pub(super) serving: Arc<Serving>,
    live: Live,
    threads: Threads,
    hand: Hand,
    wishes: mpsc::Receiver<Gone>,
    faq: PathBuf,
    log: LogFormat,
    /// What the moderators are to be told at the start.
    due: Vec<Action>,
    counter: Option<Arc<Counter>>,
}

impl Service {
    /// The service of these settings, which stand in this file.
    ///
    /// # Errors
    /// When there is nothing to serve, or a server is given a collection that isn't there.
    pub(super) fn open(config: &Config, file: Option<&Path>) -> Result<Self, Failure> {
        let threads = Threads::new()?;
        let (settings_of, file) = (config.clone(), file.map(Path::to_owned));
        // The versions to come take the memory that the first one leaves.
        let opened = threads.reading.wait_for(move || shelves::open_live(&settings_of, file.as_deref()));
        let (serving, live) = opened.map_err(|_| Failure::new(Exit::Fault, "the collections can't be opened"))??;
        let settings = settings(&serving.brain(), config)?;
        let (hand, wishes) = live::hand();
        let soon = hand.clone();
        // Who reloads from one server lets go of nothing that serves others.
        let bot = Bot::new(Arc::clone(&serving), settings).with_reload(move || soon.reload(Gone::Served));
        Ok(Self {
            bot,
            serving,
            live,
            threads,
            hand,
            wishes,
            faq: config.faq.clone(),
            log: config.log,
            due: Vec::new(),
            counter: None,
        })
    }

    /// The same with what outlives the process: counts, settings of servers, and a workshop for the moderators. Without a store there
    /// is none of it, and answers go on.
    #[must_use]
    pub(super) fn with_store(self, config: &Config) -> Self {
        match store::open(&config.store) {
            Ok(store) => {
                let counter = Arc::new(Counter::new(Arc::clone(&store)));
                let workshop = Workshop::open(&config.faq, Arc::clone(&store));
                // Each change settles its own entry too, so that a store that is down now is no reason to do without.
                match workshop.settle() {
                    Ok(()) => {}
                    Err(why @ WorkshopError::Unwritable { .. }) => {
                        tracing::warn!(
                            "no entry can be changed there, and what was being saved may not be settled: {why}"
                        );
                    }
                    Err(why) => tracing::warn!("what was being saved when pamphlet ended isn't settled yet: {why}"),
                }
                let bot = self.bot.with_servers(store).with_workshop(workshop).with_counter(Arc::clone(&counter));
                // Asked here, where waiting for the store holds nobody up.
                let today = shelves::today();
                let mut due = bot.keep_up(today);
                // The operator has read them; the moderators haven't.
                let spoilt = by_collection(&config.faq, self.live.told()).into_iter();
                due.extend(
                    spoilt.flat_map(|(collection, problems)| bot.problems_at_a_start(&collection, &problems, today)),
                );
                Self { bot, counter: Some(counter), due, ..self }
            }
            Err(why) => {
                tracing::error!(
                    "nothing is counted, nothing can be changed from Discord, and no server has settings of its own: {why}"
                );
                self
            }
        }
    }

    /// Keeps up with the files, and writes what is counted, until the work is done. It is given the bot and what the moderators are to
    /// be told.
    ///
    /// # Errors
    /// Those of the work.
    pub(super) async fn run<Work, T>(
        self,
        work: impl FnOnce(Arc<Bot>, mpsc::Receiver<Action>) -> Work,
    ) -> Result<T, Failure>
    where
        Work: Future<Output = Result<T, Failure>>,
    {
        let bot = Arc::new(self.bot);
        let (notify, notices) = mpsc::channel(NOTICES);
        let (at_once, due) = (notify.clone(), self.due);
        let tell_what_is_due = async move {
            for notice in due {
                // Whoever would hear it is gone with the work.
                let _ = at_once.send(notice).await;
            }
            std::future::pending::<Infallible>().await
        };
        let (faq, teller) = (self.faq, Arc::clone(&bot));
        let log = self.log;
        let tell = move |new: &[Problem], mended| {
            tell(new, mended, log);
            for (collection, problems) in by_collection(&faq, new) {
                // What there is no room for, the log holds.
                teller.problems(&collection, &problems).into_iter().for_each(|notice| drop(notify.try_send(notice)));
            }
        };
        let done = tokio::select! {
            done = work(bot, notices) => done,
            () = live::watch(self.live, self.threads, self.wishes, tell) => Err(Failure::new(Exit::Fault, "nobody watches the files any more")),
            never = tell_what_is_due => match never {},
            never = on_hangup(self.hand) => match never {},
            never = write_counts(self.counter.clone()) => match never {},
        };
        if let Some(counter) = &self.counter {
            counting::write_the_last(counter).await;
        }
        done
    }
}

/// Problems by the collection that their file belongs to.
fn by_collection(faq: &Path, problems: &[Problem]) -> BTreeMap<String, Vec<Problem>> {
    let mut all: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    for problem in problems {
        let inside = problem.place.file.strip_prefix(faq).ok().and_then(|file| file.iter().next());
        if let Some(collection) = inside.and_then(|folder| folder.to_str()) {
            all.entry(collection.to_owned()).or_default().push(problem.clone());
        }
    }
    all
}

/// Tells the operator of problems in files that have changed.
fn tell(new: &[Problem], mended: usize, log: LogFormat) {
    shelves::complain(new, log);
    if mended > 0 {
        tracing::info!(mended, "problems of the files were mended");
    }
}

/// Writes what is counted, where anything is.
async fn write_counts(counter: Option<Arc<Counter>>) -> Infallible {
    match counter {
        Some(counter) => counting::write_now_and_then(counter).await,
        None => std::future::pending().await,
    }
}

/// Has the files read again whenever the operator sends SIGHUP.
#[cfg(unix)]
async fn on_hangup(hand: Hand) -> Infallible {
    use tokio::signal::unix::{SignalKind, signal};
    // A system that can't tell of it does without.
    if let Ok(mut hangup) = signal(SignalKind::hangup()) {
        while hangup.recv().await.is_some() {
            tracing::info!("reads the files again, as asked");
            hand.reload(Gone::LetGo);
        }
    }
    std::future::pending().await
}

/// There is no such signal.
#[cfg(windows)]
async fn on_hangup(_: Hand) -> Infallible {
    std::future::pending().await
}

/// What the operator decided, held against what there is.
fn settings(brain: &Brain, config: &Config) -> Result<Settings, Failure> {
    let all: Vec<&str> = brain.collections().collect();
    for named in config.servers.values().flatten().chain(&config.shared).chain(&config.direct_messages) {
        if !all.contains(&named.as_str()) {
            let hint = format!("hint: the collections are: {}", all.join(", "));
            return Err(Failure::new(
                Exit::Config,
                format!("the settings name a collection `{named}` that isn't there\n{hint}"),
            ));
        }
    }
    if let Some(region) = &config.region {
        check_region(brain, region)?;
    }
    Ok(Settings {
        servers: config.servers.clone(),
        shared: config.shared.clone(),
        direct_messages: config.direct_messages.clone(),
        region: config.region.clone(),
        language: config.language,
        listen: config.listen.clone(),
        reads_channels: config.reads_channels(),
        cooldown: config.cooldown,
    })
}

/// An urgent card without numbers is no small thing: a region that no collection lists is refused.
///
/// # Errors
/// When no collection has help lines for the region.
pub(super) fn check_region(brain: &Brain, region: &str) -> Result<(), Failure> {
    let lines = brain.collections().filter_map(|id| brain.index(id)).flat_map(|index| &index.collection().help_lines);
    let known: BTreeSet<&str> = lines.map(|line| line.region.as_str()).collect();
    if known.contains(region) {
        return Ok(());
    }
    let known = Vec::from_iter(known).join(", ");
    let hint =
        format!("hint: take one of: {known}; or add [[help]] lines for it to collection.toml; or leave `region` out");
    Err(Failure::new(Exit::Config, format!("no collection lists help lines for the region `{region}`\n{hint}")))
}
