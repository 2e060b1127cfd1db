//! Asks the rules and does what they say: messages are answered at most once, interactions within 3 seconds.

use super::convert::{Asked, Job, Kind};
use super::lane::{Lanes, Turn};
use super::render;
use super::rest::{Call, Rest, RestError};
use super::threads::Threads;
use super::uploads::{self, Attached};
use crate::answer::Reply;
use crate::bot::{Action, Address, Bot, ChannelId, Event, MessageId, ServerId};
use crate::words::Language;
use serde_json::Value;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

/// How many answers are worked out at once.
pub const ANSWERS_AT_ONCE: usize = 2;

/// How long things may take, from the moment that Discord told of them.
pub(super) struct Pace {
    /// After this long an interaction is promised an answer, in place of being given one.
    promise: Duration,
    /// After this long an interaction's first answer comes too late.
    first_answer: Duration,
    /// The longest that a decision may take at all, the wait for its turn included.
    give_up: Duration,
}

impl Pace {
    /// Discord waits 3 seconds for a first answer; some of that is spent on the way.
    const USUAL: Self = Self {
        promise: Duration::from_millis(1_500),
        first_answer: Duration::from_millis(2_500),
        give_up: Duration::from_secs(30),
    };
}

/// What the edge needs of the rules. All of it blocks, and runs on threads made for that.
pub(super) trait Rules: Send + Sync + 'static {
    /// What to do about an event.
    fn handle(&self, event: Event, now: Instant) -> Vec<Action>;
    /// Whether it may matter what the event doesn't say and Discord does. This doesn't block.
    fn wonders(&self, event: &Event) -> bool;
    /// Told that an answer was posted; what to do if its question is gone already.
    fn posted(&self, channel: ChannelId, question: MessageId, answer: MessageId) -> Option<Action>;
    /// The language that is spoken in a server, or in direct messages. This one never blocks.
    fn language(&self, server: Option<ServerId>) -> Language;
}

impl Rules for Bot {
    fn handle(&self, event: Event, now: Instant) -> Vec<Action> {
        self.handle(event, now)
    }

    fn wonders(&self, event: &Event) -> bool {
        self.wonders(event)
    }

    fn posted(&self, channel: ChannelId, question: MessageId, answer: MessageId) -> Option<Action> {
        self.posted(channel, question, answer)
    }

    fn language(&self, server: Option<ServerId>) -> Language {
        self.language(server)
    }
}

/// The rules, the way to them, and the way to Discord.
pub(super) struct Performer {
    rules: Arc<dyn Rules>,
    pub(super) rest: Arc<Rest>,
    lanes: Lanes,
    threads: Threads,
    /// Leave to ask the rules for an answer: so a burst takes no more threads, each with memory of its own, than answer it as fast,
    /// and threads are left for moderators' work.
    answering: Semaphore,
    pace: Pace,
}

impl Performer {
    pub(super) fn new(rules: Arc<dyn Rules>, rest: Arc<Rest>) -> Self {
        let (lanes, threads) = (Lanes::default(), Threads::new());
        Self { rules, rest, lanes, threads, answering: Semaphore::new(ANSWERS_AT_ONCE), pace: Pace::USUAL }
    }

    /// Does one job. `arrived` is when Discord told of it. A thousand messages may wait for their turn, and hold no more meanwhile
    /// than that takes: the rest is boxed.
    pub(super) async fn perform(&self, job: Job, arrived: Instant) {
        match job {
            Job::Message { event, author } => {
                if let Some(_turn) = self.lanes.messages.turn().await {
                    Box::pin(self.message(event, author)).await;
                }
            }
            Job::Deletion(event) => {
                if let Some(_turn) = self.lanes.deletions.turn().await {
                    Box::pin(self.deletion(event)).await;
                }
            }
            Job::Interaction { event: Some(event), asked } => {
                Box::pin(self.interaction(self.ask_in_turn(event), &asked, arrived)).await;
            }
            Job::Upload { event, file, asked } => {
                Box::pin(self.interaction(self.ask_about_file(event, &file), &asked, arrived)).await;
            }
            Job::Interaction { event: None, asked } => {
                tracing::warn!(target: super::LOG, kind = ?asked.kind, "an interaction that pamphlet doesn't know");
                self.trouble(&asked, arrived + self.pace.first_answer).await;
            }
        }
    }

    /// What the rules say; none if they break off.
    async fn ask(&self, event: Event) -> Option<Vec<Action>> {
        let _leave = match is_work(&event) {
            true => None,
            false => Some(self.answering.acquire().await.ok()?),
        };
        let rules = Arc::clone(&self.rules);
        let said = tokio::task::spawn_blocking(move || rules.handle(event, Instant::now())).await;
        if said.is_err() {
            tracing::error!(target: super::LOG, "the rules broke off: this is a fault of pamphlet");
        }
        said.ok()
    }

    /// What the rules say about an interaction once it is its turn, and the turn; none if there is no room for it.
    async fn ask_in_turn(&self, event: Event) -> Option<(Turn<'_>, Vec<Action>)> {
        let lane = if is_work(&event) { &self.lanes.work } else { &self.lanes.interactions };
        let turn = lane.turn().await?;
        Some((turn, self.ask(event).await?))
    }

    /// The same about an uploaded file, which is fetched once it is its turn.
    async fn ask_about_file(&self, event: Event, file: &Attached) -> Option<(Turn<'_>, Vec<Action>)> {
        let turn = self.lanes.work.turn().await?;
        let event = match self.rules.wonders(&event) {
            true => uploads::told(event, file, &self.rest).await,
            false => event,
        };
        Some((turn, self.ask(event).await?))
    }

    /// A decision, unless it takes too long.
    async fn in_time<T>(&self, since: Instant, deciding: impl Future<Output = Option<T>>) -> Option<T> {
        let decided = timeout_at((since + self.pace.give_up).into(), deciding).await;
        if decided.is_err() {
            tracing::error!(target: super::LOG, "no decision in time");
        }
        decided.ok().flatten()
    }

    async fn message(&self, event: Event, author: u64) {
        let event = match self.rules.wonders(&event) {
            true => self.threads.told(event, &self.rest).await,
            false => event,
        };
        let trouble = match &event {
            Event::Message { scene, id, address, .. } if is_meant(address) => {
                let reply = Bot::trouble(self.rules.language(scene.server));
                vec![Action::Post { channel: scene.channel, question: *id, reply }]
            }
            _ => Vec::new(),
        };
        let actions = self.in_time(Instant::now(), self.ask(event)).await;
        self.all(actions.unwrap_or(trouble), author).await;
    }

    async fn deletion(&self, event: Event) {
        let actions = self.in_time(Instant::now(), self.ask(event)).await;
        self.all(actions.unwrap_or_default(), 0).await;
    }

    /// The first answer needs no turn: when there is no room, or it takes long, the interaction is told so at once.
    async fn interaction(
        &self,
        deciding: impl Future<Output = Option<(Turn<'_>, Vec<Action>)>>,
        asked: &Asked,
        arrived: Instant,
    ) {
        let mut deciding = pin!(deciding);
        let at_once = timeout_at((arrived + self.pace.promise).into(), &mut deciding).await;
        let deadline = arrived + self.pace.first_answer;
        if let Ok(decided) = at_once {
            let (_turn, actions) = decided.unzip();
            return self.answer(actions.unwrap_or_default(), asked, deadline).await;
        }
        tracing::warn!(target: super::LOG, kind = ?asked.kind, "slow to decide");
        let promise = match asked.kind {
            Kind::Typing => render::choices(&[]),
            Kind::Command => render::promise(asked.whom.server.is_some()),
            Kind::Control => render::acknowledgement(),
        };
        let promised = self.send(Call::answer(&asked.ticket, deadline, &promise)).await.is_some();
        if promised && asked.kind != Kind::Typing {
            let (_turn, actions) = self.in_time(arrived, deciding).await.unzip();
            self.keep_promise(actions.unwrap_or_default(), asked).await;
        }
    }

    /// Gives an interaction its first answer, then does the rest.
    async fn answer(&self, actions: Vec<Action>, asked: &Asked, deadline: Instant) {
        let (answer, others) = apart(actions);
        match answer {
            Some(action) => self.first_answer(&action, asked, deadline).await,
            None => self.trouble(asked, deadline).await,
        }
        self.all(others, asked.whom.owner).await;
    }

    async fn first_answer(&self, action: &Action, asked: &Asked, deadline: Instant) {
        let response = match action {
            Action::Respond(reply) => render::response(reply, asked.whom),
            Action::Update(reply) => render::update(reply, kept_owner(asked)),
            Action::Choices(choices) => render::choices(choices),
            Action::Form(form) => render::form(form),
            _ => render::acknowledgement(),
        };
        let files = match action {
            Action::Respond(reply) | Action::Update(reply) => reply.files.as_slice(),
            _ => &[],
        };
        match self.try_send(Call::answer(&asked.ticket, deadline, &response).carrying(files)).await {
            Ok(_) if *action == Action::DeleteOwn => {
                self.send(Call::delete_original(&asked.ticket)).await;
            }
            Ok(_) => self.forward(action, asked).await,
            Err(RestError::Rejected { status: 400, .. }) => self.trouble(asked, deadline).await,
            Err(_) => {}
        }
    }

    /// Posts a letter, and tells its writer what became of it in the place of the message whose control was used.
    async fn forward(&self, action: &Action, asked: &Asked) {
        let Action::Forward(forward) = action else { return };
        let posted = self.send(Call::post(forward.channel, &render::notice(&forward.letter, forward.key))).await;
        let outcome = if posted.is_some() { &forward.sent } else { &forward.lost };
        self.send(Call::edit_original(&asked.ticket, &render::edit(outcome, kept_owner(asked)))).await;
    }

    /// Answers an interaction that was promised an answer.
    async fn keep_promise(&self, actions: Vec<Action>, asked: &Asked) {
        let (answer, others) = apart(actions);
        let (ticket, language) = (&asked.ticket, self.rules.language(asked.whom.server));
        let call = match (answer.unwrap_or_else(|| Action::Respond(Bot::trouble(language))), asked.kind) {
            // A control's promise stands for the message that the control is on; a new message has to follow it.
            (Action::Respond(reply), Kind::Control) => {
                Call::follow_up(ticket, &render::follow_up(&reply, asked.whom)).carrying(&reply.files)
            }
            (Action::Respond(reply), _) => {
                Call::edit_original(ticket, &render::edit(&reply, asked.whom.owner)).carrying(&reply.files)
            }
            (Action::Update(reply), _) => Call::edit_original(ticket, &render::edit(&reply, kept_owner(asked))),
            // A form can only be a first answer.
            (Action::Form(_), Kind::Control) => {
                Call::follow_up(ticket, &render::follow_up(&Bot::slow(language), asked.whom))
            }
            (Action::Form(_), _) => Call::edit_original(ticket, &render::edit(&Bot::slow(language), asked.whom.owner)),
            (forward @ Action::Forward(_), _) => return self.forward(&forward, asked).await,
            (_, _) => Call::delete_original(ticket),
        };
        self.send(call).await;
        self.all(others, asked.whom.owner).await;
    }

    async fn trouble(&self, asked: &Asked, deadline: Instant) {
        let response = match asked.kind {
            Kind::Typing => render::choices(&[]),
            _ => render::response(&Bot::trouble(self.rules.language(asked.whom.server)), asked.whom),
        };
        self.send(Call::answer(&asked.ticket, deadline, &response)).await;
    }

    /// Does what needs no interaction: posts and deletes.
    pub(super) async fn all(&self, actions: Vec<Action>, owner: u64) {
        for action in actions {
            match action {
                Action::Tell { channel, reply } => self.tell(channel, &reply).await,
                Action::Post { channel, question, reply } => self.post(channel, question, &reply, owner).await,
                Action::Delete { channel, answer } => {
                    self.send(Call::delete(channel, answer)).await;
                }
                _ => tracing::error!(target: super::LOG, "an interaction's answer without an interaction"),
            }
        }
    }

    async fn post(&self, channel: u64, question: u64, reply: &Reply, owner: u64) {
        let call = Call::post(channel, &render::message(reply, channel, question, owner));
        let answer = match self.rest.send(call).await {
            Ok(posted) => posted.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()),
            Err(RestError::Spared) => return,
            Err(error) => return tracing::warn!(target: super::LOG, channel, %error, "an answer could not be posted"),
        };
        let Some(answer) = answer else { return };
        let rules = Arc::clone(&self.rules);
        let told = tokio::task::spawn_blocking(move || rules.posted(channel, question, answer));
        if let Ok(Some(Action::Delete { channel, answer })) = told.await {
            self.send(Call::delete(channel, answer)).await;
        }
    }

    async fn tell(&self, channel: u64, reply: &Reply) {
        // Where the system has no randomness, a notice is rather lost than said twice.
        let Ok(nonce) = getrandom::u64() else { return };
        if let Err(error) = self.rest.send(Call::post(channel, &render::notice(reply, nonce))).await
            && error != RestError::Spared
        {
            tracing::warn!(
                target: super::LOG, channel, %error,
                "the moderators could not be told\nhint: let pamphlet see the channel and write in it, or choose another with /faq setup"
            );
        }
    }

    /// Sends a call whose failure only needs telling.
    async fn send(&self, call: Call) -> Option<Value> {
        self.try_send(call).await.ok()
    }

    async fn try_send(&self, call: Call) -> Result<Value, RestError> {
        let name = call.name();
        let sent = self.rest.send(call).await;
        if let Err(error) = &sent
            && *error != RestError::Spared
        {
            tracing::warn!(target: super::LOG, call = name, %error, "a call failed");
        }
        sent
    }
}

/// Whether a message is meant for pamphlet.
fn is_meant(address: &Address) -> bool {
    !matches!(address, Address::Overheard | Address::Opening { .. })
}

/// Whether an event is moderators' work, which may wait for disks and the store.
fn is_work(event: &Event) -> bool {
    matches!(event, Event::Workshop { .. } | Event::Naming { .. })
}

/// The answer to an interaction among these, and the rest.
fn apart(mut actions: Vec<Action>) -> (Option<Action>, Vec<Action>) {
    let answers =
        |action: &Action| !matches!(action, Action::Post { .. } | Action::Tell { .. } | Action::Delete { .. });
    let answer = actions.iter().position(answers).map(|place| actions.remove(place));
    (answer, actions)
}

/// A message that changes because somebody used a control on it stays removable by the person it was for.
fn kept_owner(asked: &Asked) -> u64 {
    asked.message_owner.unwrap_or(asked.whom.owner)
}

#[cfg(test)]
mod tests;
