//! The bot: the settings, and the little that is held in memory between two events.

use super::conversation::Turn;
use super::here;
use super::memory::{Answered, Exchanges, Opinions, Pacer};
use super::servers::Servers;
use super::work::Desk;
use super::{Action, Change, ChannelId, Event, MessageId, ServerId, Wish};
use crate::answer::{Brain, Reply, Serving};
use crate::config::Cooldown;
use crate::store::{Counter, ServerSettings, Store};
use crate::words::Language;
use crate::workshop::Workshop;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What an operator decides.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Which collections a server keeps and may choose among; until it does, it has the first.
    pub servers: BTreeMap<ServerId, Vec<String>>,
    /// Which collections every other server may choose among; none stands for the only one, if there is but one.
    pub shared: Vec<String>,
    /// Which collection answers direct messages, if there are several.
    pub direct_messages: Option<String>,
    /// The region whose help lines an urgent card names, where a server chose none.
    pub region: Option<String>,
    /// The language in which members are spoken to, where a server chose none.
    pub language: Language,
    /// Channels in which pamphlet answers without being asked, when it is sure, beside those that a server chose.
    pub listen: BTreeSet<ChannelId>,
    /// Whether Discord tells what members write in channels.
    pub reads_channels: bool,
    /// How often one may ask.
    pub cooldown: Cooldown,
}

/// The bot: the rules over the settings and the little that is held in memory.
pub struct Bot {
    serving: Arc<Serving>,
    pub(super) settings: Settings,
    pub(super) servers: Servers,
    /// What moderators change the files with, if that can be done here.
    pub(super) workshop: Option<Workshop>,
    /// What counts, if counts can be kept here.
    pub(super) counter: Option<Arc<Counter>>,
    /// Has the files read again soon.
    reload: Box<dyn Fn() + Send + Sync>,
    memory: Mutex<Memory>,
}

/// What is held between two events.
pub(super) struct Memory {
    pub(super) exchanges: Exchanges,
    pub(super) answered: Answered,
    pub(super) pacer: Pacer,
    pub(super) opinions: Opinions,
    pub(super) desk: Desk,
}

impl Bot {
    /// A bot that answers from what is served, with these settings.
    pub fn new(serving: Arc<Serving>, settings: Settings) -> Self {
        let pacer = Pacer::new(settings.cooldown);
        let memory = Memory {
            exchanges: Exchanges::new(),
            answered: Answered::new(),
            pacer,
            opinions: Opinions::new(),
            desk: Desk::new(),
        };
        Self {
            serving,
            settings,
            servers: Servers::none(),
            workshop: None,
            counter: None,
            reload: Box::new(|| ()),
            memory: Mutex::new(memory),
        }
    }

    /// The same bot, which has the files read again soon by calling `reload`.
    #[must_use]
    pub fn with_reload(self, reload: impl Fn() + Send + Sync + 'static) -> Self {
        Self { reload: Box::new(reload), ..self }
    }

    /// The same bot, in which the moderators of servers can choose how it is to be, as this store keeps it. May wait for the store.
    #[must_use]
    pub fn with_servers(self, store: Arc<Store>) -> Self {
        Self { servers: Servers::of(store), ..self }
    }

    /// The same bot, in which moderators can change the files.
    #[must_use]
    pub fn with_workshop(self, workshop: Workshop) -> Self {
        Self { workshop: Some(workshop), ..self }
    }

    /// The same bot, which counts what it does.
    #[must_use]
    pub fn with_counter(self, counter: Arc<Counter>) -> Self {
        Self { counter: Some(counter), ..self }
    }

    /// What to say in a language when something went wrong on pamphlet's side.
    pub fn trouble(language: Language) -> Reply {
        Reply { private: true, ..Reply::plain(language.trouble()) }
    }

    /// What to say in a language when a form would come too late.
    pub fn slow(language: Language) -> Reply {
        Reply { private: true, ..Reply::plain(language.slow()) }
    }

    /// Has the files read again soon.
    pub(super) fn reload(&self) {
        (self.reload)();
    }

    /// What to do about an event. An interaction always gets exactly one response.
    pub fn handle(&self, event: Event, now: Instant) -> Vec<Action> {
        let brain = self.brain();
        self.turn(&brain, event.server(), now).handle(event)
    }

    /// Whether what to do about an event can depend on what the event doesn't say, and Discord does: which channel a message's thread
    /// belongs to, if its channel is a thread, or what stands in an uploaded file.
    pub fn wonders(&self, event: &Event) -> bool {
        let chosen = self.servers.of_server(event.server());
        match event {
            Event::Message { scene, .. } => here::wonders(&chosen, *scene),
            Event::Workshop { scene, by, wish: Wish::Change(Change::Upload(_)), .. } => {
                let keeps = scene.server.is_some_and(|server| self.keeps(server));
                keeps && self.workshop.is_some() && here::moderates(&chosen, by)
            }
            _ => false,
        }
    }

    /// Whether the operator gave the FAQ into this server's keeping.
    pub(super) fn keeps(&self, server: ServerId) -> bool {
        self.settings.servers.contains_key(&server)
    }

    /// What serves at the moment.
    pub(super) fn brain(&self) -> Arc<Brain> {
        self.serving.brain()
    }

    pub(super) fn turn<'t>(&'t self, brain: &'t Brain, server: Option<ServerId>, now: Instant) -> Turn<'t> {
        Turn { bot: self, brain, chosen: self.servers.of_server(server), now }
    }

    /// Serves by the standings of this day, and by what other processes changed: to be called every minute or so. It may wait for
    /// the store. Gives what the moderators are to be told.
    pub fn keep_up(&self, today: Date) -> Vec<Action> {
        self.serving.turn_to(today);
        self.servers.look_again();
        self.overdue(&self.brain(), today)
    }

    /// Notes that an answer was posted. If its question was deleted meanwhile, the answer must go too.
    pub fn posted(&self, channel: ChannelId, question: MessageId, answer: MessageId) -> Option<Action> {
        let too_late = self.memory().answered.posted(question, answer);
        too_late.then_some(Action::Delete { channel, answer })
    }

    /// Drops what is too old to be held. To be called every minute or so.
    pub fn forget(&self, now: Instant) {
        let mut memory = self.memory();
        memory.exchanges.forget(now);
        memory.desk.forget(now);
    }

    /// The language in which members of a server are spoken to: that which its moderators chose, else the operator's, which is
    /// spoken in direct messages too.
    pub fn language(&self, server: Option<ServerId>) -> Language {
        self.language_of(&self.servers.of_server(server))
    }

    pub(super) fn language_of(&self, chosen: &ServerSettings) -> Language {
        chosen.language.as_deref().and_then(Language::of).unwrap_or(self.settings.language)
    }

    /// The memory; a panic elsewhere leaves nothing half done that would matter.
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
