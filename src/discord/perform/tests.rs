//! 1. An interaction gets its first answer in time, also when there is no room for it, or the rules are slow or break
//!    off. 2. A promise is kept in the way that its kind asks for. 3. What is posted can be taken back.

use super::*;
use crate::answer::Reply;
use crate::bot::{Asker, Change, Command, Member, NotFetched, Scene, Upload, Wish};
use crate::discord::lane::Lane;
use crate::discord::render::For;
use crate::discord::rest::Ticket;
use crate::discord::scripted::{Answer, Scripted, Seen};
use serde_json::json;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

/// So slow that nothing is promised.
const PATIENT: Pace = Pace { promise: TEN_SECONDS, first_answer: TEN_SECONDS, give_up: TEN_SECONDS };
/// Everything is promised at once.
const HASTY: Pace = Pace { promise: Duration::ZERO, ..PATIENT };
const TEN_SECONDS: Duration = Duration::from_secs(10);

const SCENE: Scene = Scene { server: Some(20), channel: 30, thread_of: None, asker: Asker(1) };

/// Rules that do as they are told, and not before they are told.
struct Told {
    actions: Mutex<Receiver<Vec<Action>>>,
    late: bool,
}

impl Rules for Told {
    fn handle(&self, _: Event, _: Instant) -> Vec<Action> {
        self.actions.lock().unwrap().recv().expect("rules that nobody tells anything break off")
    }

    fn wonders(&self, event: &Event) -> bool {
        matches!(event, Event::Workshop { by, .. } if by.manages)
    }

    fn posted(&self, channel: ChannelId, _: MessageId, answer: MessageId) -> Option<Action> {
        self.late.then_some(Action::Delete { channel, answer })
    }

    fn language(&self, server: Option<ServerId>) -> Language {
        if server.is_some() { Language::German } else { Language::English }
    }
}

struct Stage {
    discord: Scripted,
    performer: Performer,
    tell: Sender<Vec<Action>>,
}

async fn stage(script: impl IntoIterator<Item = Answer>, late: bool) -> Stage {
    stage_at(PATIENT, script, late).await
}

async fn stage_at(pace: Pace, script: impl IntoIterator<Item = Answer>, late: bool) -> Stage {
    let discord = Scripted::answering(script).await;
    let (tell, actions) = channel();
    let rules = Arc::new(Told { actions: Mutex::new(actions), late });
    let performer = Performer { pace, ..Performer::new(rules, Arc::new(discord.rest())) };
    Stage { discord, performer, tell }
}

fn asked(kind: Kind) -> Job {
    let ticket = Ticket { application: 42, id: 9, token: "t".to_owned() };
    let whom = For { owner: 5, server: Some(20) };
    let event = Event::Command { scene: SCENE, command: Command::Help };
    Job::Interaction { event: Some(event), asked: Asked { ticket, kind, whom, message_owner: Some(6) } }
}

fn written(address: Address) -> Job {
    Job::Message { event: Event::Message { scene: SCENE, id: 1000, text: "Hm".to_owned(), address }, author: 5 }
}

fn hello() -> Reply {
    Reply::plain("Hello")
}

fn shown(seen: &Seen) -> String {
    let data = if seen.body["data"].is_null() { &seen.body } else { &seen.body["data"] };
    let text = data["content"].as_str().unwrap_or_default();
    format!("{} {} {text}", seen.line.replace("/api/v10/", ""), seen.body["type"]).trim_end().to_owned()
}

/// What Discord is sent when the rules answer at once.
async fn check(job: Job, actions: Vec<Action>, wanted: &[&str]) {
    let mut stage = stage([], false).await;
    stage.tell.send(actions).unwrap();
    stage.performer.perform(job, Instant::now()).await;
    for wanted in wanted {
        assert_eq!(shown(&stage.discord.next().await), *wanted);
    }
    assert_eq!(stage.discord.rest_of_lines(), [""; 0]);
}

/// What Discord is sent when the rules answer only after they were promised for.
async fn check_slow(kind: Kind, action: Action, promise: &str, kept: &[&str]) {
    let mut stage = stage_at(HASTY, [], false).await;
    let telling = async {
        assert_eq!(shown(&stage.discord.next().await), promise);
        stage.tell.send(vec![action]).unwrap();
    };
    tokio::join!(stage.performer.perform(asked(kind), Instant::now()), telling);
    for wanted in kept {
        assert_eq!(shown(&stage.discord.next().await), *wanted);
    }
    assert_eq!(stage.discord.rest_of_lines(), [""; 0]);
}

#[tokio::test]
async fn answers_interactions() {
    check(asked(Kind::Command), vec![Action::Respond(hello())], &["POST interactions/9/t/callback 4 Hello"]).await;
    check(asked(Kind::Control), vec![Action::Update(hello())], &["POST interactions/9/t/callback 7 Hello"]).await;
    check(asked(Kind::Typing), vec![Action::Choices(vec![])], &["POST interactions/9/t/callback 8"]).await;
    let deleted = ["POST interactions/9/t/callback 6", "DELETE webhooks/42/t/messages/@original null"];
    check(asked(Kind::Control), vec![Action::DeleteOwn], &deleted).await;
}

#[tokio::test]
async fn posts_and_deletes() {
    let post = Action::Post { channel: 30, question: 1000, reply: hello() };
    check(written(Address::Direct), vec![post], &["POST channels/30/messages null Hello"]).await;
    let delete = Action::Delete { channel: 30, answer: 77 };
    check(written(Address::Overheard), vec![delete], &["DELETE channels/30/messages/77 null"]).await;
}

#[tokio::test]
async fn takes_an_answer_back_whose_question_is_gone() {
    let mut stage = stage([], true).await;
    stage.tell.send(vec![Action::Post { channel: 30, question: 1000, reply: hello() }]).unwrap();
    stage.performer.perform(written(Address::Direct), Instant::now()).await;
    let lines = ["POST /api/v10/channels/30/messages", "DELETE /api/v10/channels/30/messages/77"];
    assert_eq!(stage.discord.rest_of_lines(), lines);
}

#[tokio::test]
async fn promises_when_the_rules_are_slow_and_keeps_it() {
    let callback = |kind: u8| format!("POST interactions/9/t/callback {kind}");
    let (respond, update) = (|| Action::Respond(hello()), || Action::Update(hello()));
    let edited = "PATCH webhooks/42/t/messages/@original null Hello";
    check_slow(Kind::Command, respond(), &callback(5), &[edited]).await;
    check_slow(Kind::Control, update(), &callback(6), &[edited]).await;
    check_slow(Kind::Control, respond(), &callback(6), &["POST webhooks/42/t null Hello"]).await;
    check_slow(Kind::Typing, Action::Choices(vec![]), &callback(8), &[]).await;
    let deleted = "DELETE webhooks/42/t/messages/@original null";
    check_slow(Kind::Control, Action::DeleteOwn, &callback(6), &[deleted]).await;
}

/// What Discord is sent when the rules break off.
async fn check_broken(job: Job, wanted: &[&str]) {
    let mut stage = stage([], false).await;
    drop(stage.tell);
    stage.performer.perform(job, Instant::now()).await;
    let trouble = Bot::trouble(Language::German).text();
    for wanted in wanted {
        let seen = shown(&stage.discord.next().await);
        assert_eq!(seen.replace(&trouble, "TROUBLE"), *wanted);
    }
    assert_eq!(stage.discord.rest_of_lines(), [""; 0]);
}

#[tokio::test]
async fn says_so_when_the_rules_break_off() {
    check_broken(asked(Kind::Command), &["POST interactions/9/t/callback 4 TROUBLE"]).await;
    check_broken(asked(Kind::Control), &["POST interactions/9/t/callback 4 TROUBLE"]).await;
    check_broken(asked(Kind::Typing), &["POST interactions/9/t/callback 8"]).await;
    check_broken(written(Address::Direct), &["POST channels/30/messages null TROUBLE"]).await;
    check_broken(written(Address::Overheard), &[]).await;
}

#[tokio::test]
async fn says_so_when_discord_refuses_the_answer() {
    let mut stage = stage([Some((400, json!({ "code": 50035 })))], false).await;
    stage.tell.send(vec![Action::Respond(hello())]).unwrap();
    stage.performer.perform(asked(Kind::Command), Instant::now()).await;
    stage.discord.next().await;
    let second = stage.discord.next().await;
    assert_eq!(second.body["data"]["content"], Bot::trouble(Language::German).text());
    assert_eq!(second.body["data"]["flags"], 64 | 4);
}

/// What Discord is sent when an interaction gets no turn.
async fn check_crowded(kind: Kind, pace: Pace, waiting: usize, wanted: &[&str]) {
    let mut stage = stage_at(pace, [], false).await;
    stage.performer.lanes.interactions = Lane::with("test", 0, waiting);
    stage.performer.perform(asked(kind), Instant::now()).await;
    let trouble = Bot::trouble(Language::German).text();
    for wanted in wanted {
        assert_eq!(shown(&stage.discord.next().await).replace(&trouble, "TROUBLE"), *wanted);
    }
    assert_eq!(stage.discord.rest_of_lines(), [""; 0]);
}

#[tokio::test]
async fn answers_at_once_when_there_is_no_room() {
    let check = async |kind, wanted| check_crowded(kind, PATIENT, 0, &[wanted]).await;
    check(Kind::Command, "POST interactions/9/t/callback 4 TROUBLE").await;
    check(Kind::Control, "POST interactions/9/t/callback 4 TROUBLE").await;
    check(Kind::Typing, "POST interactions/9/t/callback 8").await;
}

#[tokio::test]
async fn promises_while_the_turn_is_long_in_coming_and_says_so_when_it_never_comes() {
    let pace = || Pace { give_up: Duration::from_millis(50), ..HASTY };
    let check = async |kind, wanted: &[&str]| check_crowded(kind, pace(), 1, wanted).await;
    let edited = "PATCH webhooks/42/t/messages/@original null TROUBLE";
    check(Kind::Command, &["POST interactions/9/t/callback 5", edited]).await;
    check(Kind::Control, &["POST interactions/9/t/callback 6", "POST webhooks/42/t null TROUBLE"]).await;
    check(Kind::Typing, &["POST interactions/9/t/callback 8"]).await;
}

#[tokio::test]
async fn a_file_is_fetched_only_for_who_may_bring_it_and_where_it_is_small_enough() {
    let check = async |manages: bool, size: u64, fetched: &[&str]| {
        let mut stage = stage([], false).await;
        let by = Member { id: 5, name: "mo".to_owned(), manages, roles: Vec::new() };
        let upload = Upload { name: "tea.md".to_owned(), bytes: Err(NotFetched::Lost) };
        let wish = Wish::Change(Change::Upload(upload));
        let event = Event::Workshop { scene: SCENE, by, at: jiff::Timestamp::UNIX_EPOCH, wish };
        let Job::Interaction { asked, .. } = asked(Kind::Command) else { panic!("no interaction") };
        let file = Attached { size, address: format!("{}attachments/1/tea.md", stage.discord.url) };
        stage.tell.send(vec![Action::Respond(hello())]).unwrap();
        stage.performer.perform(Job::Upload { event, file, asked }, Instant::now()).await;
        let lines = [fetched, &["POST /api/v10/interactions/9/t/callback"]].concat();
        assert_eq!(stage.discord.rest_of_lines(), lines, "{manages} {size}");
    };
    check(true, 12, &["GET /attachments/1/tea.md"]).await;
    check(false, 12, &[]).await;
    check(true, (2 << 20) + 1, &[]).await;
}

#[tokio::test]
async fn keeps_its_place_while_it_waits() {
    let mut stage = stage_at(HASTY, [], false).await;
    stage.performer.lanes.interactions = Lane::with("test", 1, 1);
    stage.tell.send(vec![Action::Respond(hello())]).unwrap();
    let turn = stage.performer.lanes.interactions.turn().await;
    let ending_the_turn = async {
        assert_eq!(shown(&stage.discord.next().await), "POST interactions/9/t/callback 5");
        drop(turn);
    };
    tokio::join!(stage.performer.perform(asked(Kind::Command), Instant::now()), ending_the_turn);
    assert_eq!(shown(&stage.discord.next().await), "PATCH webhooks/42/t/messages/@original null Hello");
}

#[tokio::test]
async fn a_job_that_waits_for_its_turn_takes_little_room() {
    let stage = stage([], false).await;
    let waiting = stage.performer.perform(written(Address::Direct), Instant::now());
    assert!(size_of_val(&waiting) <= 3_072, "{} bytes, and a thousand may wait", size_of_val(&waiting));
}
