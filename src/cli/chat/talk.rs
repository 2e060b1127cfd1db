//! The talk: does what each line wishes for, and shows what came of it.

use super::control::{Control, Done};
use super::offer::{Filling, Offer, Picked};
use super::place::Place;
use super::row::{Command, Completion, Id, Row};
use super::screen::Screen;
use super::wish::{self, Typed, Wish};
use crate::cli::{Failure, print};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How long the bot has to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A member at the terminal: who they are and where, what they have seen, and what a number or a line means to them now.
pub(super) struct Talk {
    control: Control,
    screen: Screen,
    /// Whether members' own messages are shown.
    echo: bool,
    commands: Vec<Command>,
    /// What stands for the mention of an id.
    names: Vec<(String, String)>,
    place: Place,
    /// The last change that was seen.
    seen: Id,
    offer: Offer,
    /// The form that is being filled in.
    filling: Option<Filling>,
}

impl Talk {
    /// A talk in the local Discord at this address, in which a bot is ready.
    ///
    /// # Errors
    /// When the local Discord doesn't answer.
    pub(super) async fn open(url: &str, screen: Screen, echo: bool) -> Result<Self, Failure> {
        let control = Control::new(url)?;
        let world = control.world().await?;
        let bots = world.bots.iter().map(|bot| &bot.named);
        let names = world.members.iter().chain(&world.channels).chain(bots);
        let names = names.map(|named| (named.id.to_string(), named.name.clone())).collect();
        let place = Place::first(&world)?;
        Ok(Self {
            control,
            screen,
            echo,
            commands: world.bots.into_iter().flat_map(|bot| bot.commands).collect(),
            names,
            place,
            seen: Id::default(),
            offer: Offer::Nothing,
            filling: None,
        })
    }

    /// What the next line is asked for with.
    pub(super) fn prompt(&self) -> String {
        match &self.filling {
            Some(filling) => format!("{}: ", filling.field()),
            None => self.place.prompt(),
        }
    }

    /// Does what a line wishes for and shows what came of it. Breaks at the end of the talk.
    ///
    /// # Errors
    /// When the local Discord doesn't answer, or stdout can't take it.
    pub(super) async fn hear(&mut self, line: &str) -> Result<ControlFlow<()>, Failure> {
        if let Some(filling) = self.filling.take() {
            self.fill(filling, line).await?;
            return Ok(ControlFlow::Continue(()));
        }
        match wish::read(line, &self.commands) {
            Ok(Wish::Quit) => return Ok(ControlFlow::Break(())),
            Ok(wish) => self.grant(wish).await?,
            Err(sentence) => tell(&sentence)?,
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn grant(&mut self, wish: Wish) -> Result<(), Failure> {
        match wish {
            Wish::Nothing | Wish::Quit => Ok(()),
            Wish::Ask(text) => {
                self.act("messages", json!({ "content": text, "mention_bot": !self.place.is_direct() })).await
            }
            // A direct message is the bot's in any case.
            Wish::Say(text) if self.place.is_direct() => self.act("messages", json!({ "content": text })).await,
            Wish::Say(text) => match self.deed("messages", json!({ "content": text })).await? {
                Ok(deed) => self.follow(deed, Duration::ZERO).await.map(drop),
                Err(sentence) => tell(&sentence),
            },
            Wish::Pick(number) => match self.offer.pick(number) {
                Ok(Picked::Click(body)) => self.act("clicks", body).await,
                Ok(Picked::Command(typed)) => self.act("commands", spelled(typed)).await,
                Err(sentence) => tell(&sentence),
            },
            Wish::Use(typed) => self.act("commands", spelled(typed)).await,
            Wish::Complete { typed, option, text } => self.complete(typed, option, text).await,
            Wish::Menu(name) => match self.last_of_a_member().await? {
                Some(message) => self.act("commands", json!({ "name": name, "target": message.to_string() })).await,
                None => tell("No member has written anything here yet; :say writes something."),
            },
            Wish::Channel(name) => tell(&self.place.go(&name)),
            Wish::Member(name) => self.be(&name),
            Wish::Transcript => self.transcript().await,
            Wish::Help => tell(&wish::help(&self.commands)),
        }
    }

    /// Does something in the member's name, waits for the bot's answer and shows it.
    async fn act(&mut self, what: &str, body: Value) -> Result<(), Failure> {
        match self.deed(what, body).await? {
            Ok(deed) if self.follow(deed, PATIENCE).await? => Ok(()),
            Ok(_) => tell(&format!("pamphlet didn't answer within {} seconds.", PATIENCE.as_secs())),
            Err(sentence) => tell(&sentence),
        }
    }

    /// Does something in the member's name; gives its id.
    async fn deed(&self, what: &str, mut body: Value) -> Result<Done<Id>, Failure> {
        body["author"] = json!(self.place.member());
        if ["messages", "commands"].contains(&what) {
            body["channel"] = json!(self.place.channel());
        }
        self.control.act(what, &body).await
    }

    /// Shows what the member sees of everything new, until the bot has answered a deed or patience ends; says which.
    async fn follow(&mut self, deed: Id, patience: Duration) -> Result<bool, Failure> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let rows = self.control.rows(Some(self.seen), left).await?;
            if rows.is_empty() {
                return Ok(false);
            }
            let answered = rows.iter().any(|row| row.came_of(deed));
            for row in rows {
                self.seen = self.seen.max(row.changed);
                self.show(row)?;
            }
            if answered {
                return Ok(true);
            }
        }
    }

    /// Shows a row that is new, if the member sees it and doesn't see it already.
    fn show(&mut self, row: Row) -> Result<(), Failure> {
        let typed = row.author == self.place.member() && !self.echo;
        // A form goes when it is sent in, which needs no telling.
        if !row.shows_to(self.place.member()) || typed || row.deleted && row.form.is_some() {
            return Ok(());
        }
        print(&self.screen.row(&row, &self.names, true))?;
        if let Some(form) = &row.form {
            self.filling = Filling::new(form.clone());
        }
        match &self.offer {
            Offer::Card(card) if card.id == row.id && row.deleted => self.offer = Offer::Nothing,
            _ if row.deleted || row.buttons.is_empty() && row.selects.is_empty() => {}
            _ => self.offer = Offer::Card(Box::new(row)),
        }
        Ok(())
    }

    async fn fill(&mut self, mut filling: Filling, line: &str) -> Result<(), Failure> {
        if line.trim() == ":cancel" {
            return tell("The form is left as it is.");
        }
        match filling.take(line) {
            Some(body) => self.act("forms", body).await,
            None => {
                self.filling = Some(filling);
                Ok(())
            }
        }
    }

    async fn complete(&mut self, typed: Typed, option: String, text: String) -> Result<(), Failure> {
        let mut body = spelled(typed.clone());
        body["author"] = json!(self.place.member());
        body["channel"] = json!(self.place.channel());
        body["option"] = json!(option);
        body["text"] = json!(text);
        match self.control.post::<Vec<Completion>>("autocomplete", &body).await? {
            Ok(texts) => {
                print(&self.screen.completions(&texts))?;
                self.offer = Offer::Completions { typed, option, texts };
                Ok(())
            }
            Err(sentence) => tell(&sentence),
        }
    }

    /// The last message that a member wrote in this channel.
    async fn last_of_a_member(&self) -> Result<Option<Id>, Failure> {
        let rows = self.control.rows(None, Duration::ZERO).await?;
        let here = rows
            .iter()
            .filter(|row| !row.bot && row.channel == self.place.channel() && row.shows_to(self.place.member()));
        Ok(here.map(|row| row.id).max())
    }

    /// Becomes a member, to whom a card that another one alone sees offers nothing.
    fn be(&mut self, name: &str) -> Result<(), Failure> {
        let told = self.place.become_member(name);
        if let Offer::Card(card) = &self.offer
            && !card.shows_to(self.place.member())
        {
            self.offer = Offer::Nothing;
        }
        tell(&told)
    }

    /// Shows everything that the member sees, in all channels.
    async fn transcript(&self) -> Result<(), Failure> {
        let rows = self.control.rows(None, Duration::ZERO).await?;
        let seen = rows.iter().filter(|row| row.shows_to(self.place.member()));
        let text: String = seen.map(|row| self.screen.row(row, &self.names, false)).collect();
        if text.is_empty() { tell("There is nothing yet.") } else { print(&text) }
    }
}

/// A command as the control interface takes it.
fn spelled(Typed { name, options }: Typed) -> Value {
    json!({ "name": name, "options": options })
}

/// Says something of the chat's own, and not of anybody in it.
fn tell(text: &str) -> Result<(), Failure> {
    print(&format!("{text}\n\n"))
}
