//! The rules of the conversation: one event, and what is to be done about it.

use super::letters::MOST;
use super::memory::Pace;
use super::state::{Bot, Memory};
use super::work::inert;
use super::{Action, Address, Command, Event, MessageId, On, Scene, topics};
use crate::answer::{
    Body, Brain, Button, Card, Decision, Incoming, Letter, Press, Reply, Surface, card, decide, respond, urgent_card,
};
use crate::safety::Signs;
use crate::search::Index;
use crate::store::ServerSettings;
use crate::words::Language;
use std::sync::{Arc, MutexGuard};
use std::time::Instant;

/// The most choices that autocomplete may show.
pub(super) const CHOICES: usize = 25;

/// An event's turn: the rules with the brain of that moment, so that no answer is of two versions of the files.
pub(super) struct Turn<'t> {
    pub(super) bot: &'t Bot,
    pub(super) brain: &'t Brain,
    /// What the moderators of the server chose.
    pub(super) chosen: Arc<ServerSettings>,
    pub(super) now: Instant,
}

impl<'t> Turn<'t> {
    /// What to do about the event.
    pub(super) fn handle(&self, event: Event) -> Vec<Action> {
        match event {
            Event::Message { scene, id, text, address } => self.message(scene, id, &text, &address),
            Event::Command { scene, command } => vec![Action::Respond(self.command(scene, &command))],
            Event::Menu { scene, text } if text.trim().is_empty() => {
                vec![private(scene, self.language().no_text())]
            }
            // Somebody else's words: nothing of them is held.
            Event::Menu { scene, text } => vec![Action::Respond(self.answer_privately(scene, text, Hold::Nothing))],
            Event::Typing { scene, text } => vec![Action::Choices(self.choices(scene, &text))],
            Event::Naming { scene, by, text, gone } => vec![Action::Choices(self.names(scene, &by, &text, gone))],
            Event::Workshop { scene, by, at, wish } => self.work(scene, &by, at, wish),
            Event::Letter { scene, letter, fields } => {
                vec![Action::Respond(self.look_at(scene, letter, &fields))]
            }
            Event::Press { scene, on, press, may_remove } => {
                self.count_opinion(scene, on.message, &press);
                vec![self.press(scene, &on, press, may_remove)]
            }
            Event::Deleted { channel, message } => {
                let answer = self.memory().answered.deleted(message);
                answer.map(|answer| Action::Delete { channel, answer }).into_iter().collect()
            }
        }
    }

    fn message(&self, scene: Scene, id: MessageId, text: &str, address: &Address) -> Vec<Action> {
        let opening = match address {
            Address::Opening { title } if self.answers_openings(scene) => self.asked_by(scene, title, text),
            _ => None,
        };
        let overheard = opening.is_none() && matches!(address, Address::Overheard | Address::Opening { .. });
        if overheard && !self.listens(scene) || !self.memory().answered.take_up(id) {
            return Vec::new();
        }
        let outcome = match self.index(scene) {
            None if overheard => Outcome::Silence,
            None => self.without_collection(scene, text),
            Some(index) if text.trim().is_empty() => self.empty(scene, index, address),
            Some(index) => {
                let before = match address {
                    Address::Reply { card } => Card::question_in(card).map(str::to_owned),
                    _ => None,
                };
                // Nobody asked for it in a forum: where nothing is to be said, nothing is.
                let unasked = overheard || opening.is_some() && self.held_back(scene).is_some();
                let surface = if unasked { Surface::Overheard } else { Surface::Asked };
                let text = opening.as_deref().unwrap_or(text).to_owned();
                let incoming = Incoming { text, surface, context: before.into_iter().collect() };
                self.reply(scene, index, incoming, (Sight::Channel, Hold::Exchange))
            }
        };
        let mut reply = match outcome {
            Outcome::Reply(reply) => reply,
            Outcome::TooFast(Pace::TooFast) if !overheard && opening.is_none() => Reply::plain(self.too_fast(scene)),
            Outcome::TooFast(_) | Outcome::Silence => return Vec::new(),
        };
        if scene.server.is_some() {
            reply.buttons.push(plain_button(self.language().remove(), Press::Remove));
        }
        vec![Action::Post { channel: scene.channel, question: id, reply }]
    }

    /// What to say to a message that has nothing in it but the mention.
    fn empty(&self, scene: Scene, index: &Index, address: &Address) -> Outcome {
        let reply = match address {
            Address::Overheard | Address::Opening { .. } => return Outcome::Silence,
            Address::Mention { replies_to_member: true } => Reply::plain(self.language().use_the_menu()),
            _ => self.help(index),
        };
        self.paced(scene, reply, Sight::Channel)
    }

    /// What to say where no collection serves. Danger is answered there too.
    fn without_collection(&self, scene: Scene, text: &str) -> Outcome {
        let language = self.language();
        match danger(text, language) {
            Some(reply) => Outcome::Reply(reply),
            None => self.paced(scene, Reply::plain(language.no_collection()), Sight::Channel),
        }
    }

    /// The reply, unless too many were asked for.
    fn paced(&self, scene: Scene, reply: Reply, sight: Sight) -> Outcome {
        let channel = (sight == Sight::Channel).then_some(scene.channel);
        match self.memory().pacer.count(scene.asker, channel, self.now) {
            Pace::Fine => Outcome::Reply(reply),
            pace => Outcome::TooFast(pace),
        }
    }

    fn command(&self, scene: Scene, command: &Command) -> Reply {
        let language = self.language();
        let reply = match (command, self.index(scene)) {
            (Command::Ask { question, private }, _) => {
                let private = private.unwrap_or(!self.chosen.public_ask);
                let reply = self.answer_privately(scene, question.clone(), Hold::Exchange);
                return if private { reply } else { shown(scene, reply, language) };
            }
            (Command::Privacy, _) => Reply::plain(language.privacy()),
            (_, None) => Reply::plain(language.no_collection()),
            (Command::Topics, Some(index)) => match self.held_back(scene) {
                Some(word) => Reply::plain(word),
                None => topics::overview(index.collection(), language),
            },
            (Command::Help, Some(index)) => self.help(index),
        };
        Reply { private: scene.server.is_some(), ..reply }
    }

    /// Answers so that only the asker sees it. In a server, a card can then be shown to all.
    fn answer_privately(&self, scene: Scene, text: String, hold: Hold) -> Reply {
        let language = self.language();
        let Some(index) = self.index(scene) else {
            let reply = danger(&text, language).unwrap_or_else(|| Reply::plain(language.no_collection()));
            return self.in_private(scene, reply);
        };
        let incoming = Incoming { text, surface: Surface::Asked, context: Vec::new() };
        let reply = match self.reply(scene, index, incoming, (Sight::Asker, hold)) {
            Outcome::Reply(reply) => reply,
            Outcome::TooFast(_) => Reply::plain(self.too_fast(scene)),
            // Somebody who uses a command is never left without a word.
            Outcome::Silence => self.help(index),
        };
        self.in_private(scene, reply)
    }

    /// Decides on a message and makes the reply. Danger comes before the cooldown; nothing else does.
    fn reply(&self, scene: Scene, index: &Index, mut incoming: Incoming, (sight, hold): (Sight, Hold)) -> Outcome {
        if incoming.context.is_empty() && hold == Hold::Exchange {
            incoming.context.extend(self.memory().exchanges.last(scene.asker, self.now).map(str::to_owned));
        }
        let decision = decide(index, &incoming).decision;
        let (region, language) = (self.region(index), self.language());
        let Some(mut reply) = respond(index.collection(), &decision, region, language) else {
            self.count_decision(index.collection(), &decision);
            return Outcome::Silence;
        };
        if matches!(decision, Decision::Urgent(_)) {
            self.count_decision(index.collection(), &decision);
            return Outcome::Reply(reply);
        }
        if let Some(word) = self.held_back(scene) {
            return match incoming.surface {
                Surface::Overheard => Outcome::Silence,
                Surface::Asked => self.paced(scene, Reply::plain(word), sight),
            };
        }
        if let (Decision::NotCovered { .. }, Some(ask)) = (&decision, self.to_moderators(scene, Letter::Question)) {
            // Somebody else's words are no letter of theirs.
            if sight == Sight::Asker && hold == Hold::Exchange {
                let asked: String = incoming.text.chars().take(usize::from(MOST)).collect();
                reply = reply.quoting(&inert(&asked));
            }
            reply.buttons.push(ask);
        }
        let outcome = self.paced(scene, reply, sight);
        // What the cooldown refused was not answered.
        if !matches!(outcome, Outcome::TooFast(_)) {
            self.count_decision(index.collection(), &decision);
        }
        if let (Outcome::Reply(_), Hold::Exchange) = (&outcome, hold)
            && let Some(said) = decision.talked_about(index.collection(), &incoming.text)
        {
            self.memory().exchanges.hold(scene.asker, said, self.now);
        }
        outcome
    }

    fn choices(&self, scene: Scene, typed: &str) -> Vec<String> {
        let Some(index) = self.index(scene) else { return Vec::new() };
        let found = index.completions(typed, CHOICES);
        if found.is_empty() && typed.trim().is_empty() {
            // Nothing typed yet: something of every topic.
            let topics = index.collection().topics();
            let deepest = topics.iter().map(|(_, entries)| entries.len()).max().unwrap_or(0);
            let in_turn = (0..deepest).flat_map(|row| topics.iter().filter_map(move |(_, entries)| entries.get(row)));
            return in_turn.take(CHOICES).map(|entry| entry.question.clone()).collect();
        }
        found.into_iter().map(|entry| entry.question.clone()).collect()
    }

    fn press(&self, scene: Scene, on: &On, press: Press, may_remove: bool) -> Action {
        let language = self.language();
        let Some(index) = self.index(scene) else { return private(scene, language.no_collection()) };
        let collection = index.collection();
        if let Some(word) = self.held_back(scene)
            && matches!(press, Press::Read(_) | Press::Show(_) | Press::Topic(_))
        {
            return private(scene, word);
        }
        let entry_card = |id: &str| collection.entry(id).map(|entry| card(collection, entry, false, language));
        match press {
            Press::Read(entry) => match entry_card(&entry) {
                Some(reply) => Action::Respond(self.in_private(scene, reply)),
                None => private(scene, language.gone()),
            },
            Press::Show(entry) => match entry_card(&entry) {
                Some(_) if self.memory().pacer.count(scene.asker, Some(scene.channel), self.now) != Pace::Fine => {
                    private(scene, self.too_fast(scene))
                }
                // Withdrawn meanwhile: that is for who pressed it.
                Some(reply) if matches!(reply.body, Body::Plain(_)) => Action::Respond(self.in_private(scene, reply)),
                Some(mut reply) => {
                    reply.buttons.push(plain_button(language.remove(), Press::Remove));
                    Action::Respond(reply)
                }
                None => private(scene, language.gone()),
            },
            Press::Helpful(_) => private(scene, language.thank_you()),
            Press::NotHelpful(entry) => {
                let report = self.to_moderators(scene, Letter::Problem(entry));
                let sorry = if report.is_some() { language.sorry_report() } else { language.sorry() };
                Action::Respond(Reply { buttons: report.into_iter().collect(), ..private_reply(scene, sorry) })
            }
            Press::Write(letter) => self.form_of(scene, letter, on),
            Press::Send(letter) => self.send(scene, &letter, on),
            Press::Remove if may_remove => Action::DeleteOwn,
            Press::Remove => private(scene, language.not_yours()),
            // What begins at a moderator's hand comes as their wish.
            Press::Work(_) => private(scene, language.gone()),
            Press::Topic(number) => match topics::topic(collection, number, language) {
                Some(reply) => Action::Update(Reply { private: scene.server.is_some(), ..reply }),
                None => private(scene, language.gone()),
            },
        }
    }

    /// The language that is spoken in this place: an answer's own words stand among the FAQ's, so it is the FAQ's language and not
    /// that of whoever reads.
    pub(super) fn language(&self) -> Language {
        self.bot.language_of(&self.chosen)
    }

    fn help(&self, index: &Index) -> Reply {
        let language = self.language();
        respond(index.collection(), &Decision::Help, self.region(index), language)
            .unwrap_or_else(|| Bot::trouble(language))
    }

    /// Makes a reply private, with a way to show a card to the channel. A direct message is private by itself.
    fn in_private(&self, scene: Scene, mut reply: Reply) -> Reply {
        if scene.server.is_none() {
            return reply;
        }
        let shown = reply.buttons.iter().find_map(|button| match &button.press {
            Press::Helpful(entry) => Some(entry.clone()),
            _ => None,
        });
        if let (Body::Card(_), Some(entry)) = (&reply.body, shown) {
            let label = self.language().show();
            reply.buttons.push(Button { label, press: Press::Show(entry), primary: true });
        }
        Reply { private: true, ..reply }
    }

    pub(super) fn memory(&self) -> MutexGuard<'t, Memory> {
        self.bot.memory()
    }
}

/// Who sees a reply.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    Channel,
    Asker,
}

/// Whether an exchange is held for a follow-up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Exchange,
    Nothing,
}

/// What became of a message.
enum Outcome {
    Reply(Reply),
    TooFast(Pace),
    Silence,
}

/// The urgent card where no collection says whom to call.
fn danger(text: &str, language: Language) -> Option<Reply> {
    Signs::of(text, true, &[]).danger.map(|danger| urgent_card(danger.kind, &[], None, language))
}

pub(super) fn plain_button(label: impl Into<String>, press: Press) -> Button {
    Button { label: label.into(), press, primary: false }
}

/// A card that its asker wants everybody to see, with a way to take it away. What isn't one stays with its asker.
fn shown(scene: Scene, reply: Reply, language: Language) -> Reply {
    if scene.server.is_none() || !matches!(reply.body, Body::Card(_)) {
        return reply;
    }
    let mut buttons = reply.buttons;
    buttons.retain(|button| !matches!(button.press, Press::Show(_)));
    buttons.push(plain_button(language.remove(), Press::Remove));
    Reply { buttons, private: false, ..reply }
}

pub(super) fn private_reply(scene: Scene, text: impl Into<String>) -> Reply {
    Reply { private: scene.server.is_some(), ..Reply::plain(text) }
}

pub(super) fn private(scene: Scene, text: impl Into<String>) -> Action {
    Action::Respond(private_reply(scene, text))
}
