//! What is withheld is not there: it answers nothing, is offered nowhere, and what leads to it says so. The day turns while the
//! bot runs.

use super::{DUE, PASSAGE, SIGNED, entry, folder, served, signature};
use jiff::ToSpan;
use jiff::civil::Date;
use pamphlet::answer::{Brain, Decision, Incoming, Press, Reply, Serving, decide};
use pamphlet::bot::{Action, Asker, Bot, Command, Event, On, Scene, Settings};
use pamphlet::config::Cooldown;
use pamphlet::search::{self, Index};
use pamphlet::store::{self, Location};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Instant;

const SCENE: Scene = Scene { server: Some(1), channel: 2, thread_of: None, asker: Asker(3) };

const HONEY: &str = "\
+++
question = \"Does honey help?\"
also = [\"is honey good\", \"honey for a cold\", \"honey?\"]
topic = \"Food\"
source = \"A book on colds\"
related = [\"tea\"]
+++

Honey is sweet.
";

fn withdrawn() -> Date {
    DUE.saturating_add(91.days())
}

fn index() -> Index {
    let folder = folder("", &[("tea.md", &entry(&signature(), PASSAGE)), ("honey.md", HONEY)]);
    let collection = served(&folder, SIGNED);
    search::open_index(&collection, &folder.path().join("index"), false, &mut |_, _| ()).unwrap().0
}

fn bot() -> Bot {
    let cooldown = Cooldown { person_per_minute: NonZeroU32::MAX, channel_per_minute: NonZeroU32::MAX };
    let settings = Settings { cooldown, ..Settings::default() };
    Bot::new(Arc::new(Serving::new(Brain::new([index()], SIGNED))), settings)
}

fn said(bot: &Bot, event: Event) -> Reply {
    match bot.handle(event, Instant::now()).pop() {
        Some(Action::Respond(reply) | Action::Update(reply)) => reply,
        other => panic!("{other:?}"),
    }
}

fn labels(reply: &Reply) -> Vec<&str> {
    reply.buttons.iter().map(|button| button.label.as_str()).collect()
}

#[test]
fn a_withdrawn_entry_is_found_by_no_question() {
    let (before, after) = (index().on(SIGNED), index().on(withdrawn()));
    for question in ["Does tea help?", "is tea good", "tea for a cold", "should i drink tea when i have a cold", "tea"]
    {
        let names_tea =
            |index: &Index| format!("{:?}", decide(index, &Incoming::asked(question)).decision).contains("\"tea\"");
        assert!(names_tea(&before), "{question:?}");
        assert!(!names_tea(&after), "{question:?}");
        assert!(names_tea(&after.on(SIGNED)), "{question:?}");
    }
    let honey = decide(&after, &Incoming::asked("is honey good")).decision;
    assert!(matches!(honey, Decision::Answer { hit, .. } if hit.entry == "honey"), "the others are found as before");
}

#[test]
fn the_day_turns_while_the_bot_runs() {
    let bot = bot();
    let ask = |question: &str| Event::Command {
        scene: SCENE,
        command: Command::Ask { question: question.to_owned(), private: None },
    };
    let press = |press: Press| Event::Press { scene: SCENE, on: On::default(), press, may_remove: false };
    let topics = || Event::Command { scene: SCENE, command: Command::Topics };
    let typed =
        |text: &str| match bot.handle(Event::Typing { scene: SCENE, text: text.to_owned() }, Instant::now()).pop() {
            Some(Action::Choices(choices)) => choices,
            other => panic!("{other:?}"),
        };
    let tea = || "tea".to_owned();

    assert!(said(&bot, ask("is tea good")).text().contains(PASSAGE));
    assert!(labels(&said(&bot, ask("is honey good"))).contains(&"Does tea help?"));
    assert!(said(&bot, topics()).text().contains("Drinks"));
    assert_eq!(typed("does t"), ["Does tea help?"]);

    bot.keep_up(withdrawn());
    assert!(!said(&bot, ask("is tea good")).text().contains("Tea is warm"));
    assert!(!labels(&said(&bot, ask("is honey good"))).contains(&"Does tea help?"));
    assert!(!said(&bot, topics()).text().contains("Drinks"));
    assert_eq!(typed("does t"), Vec::<String>::new());
    assert_eq!(typed(""), ["Does honey help?"]);
    for press in [press(Press::Read(tea())), press(Press::Show(tea()))] {
        let reply = said(&bot, press);
        assert!(reply.text().starts_with("The answer to “Does tea help?” is withdrawn"), "{}", reply.text());
        assert!(reply.private);
    }

    bot.keep_up(SIGNED);
    assert!(said(&bot, press(Press::Show(tea()))).text().contains(PASSAGE));
}

#[test]
fn the_moderators_are_told_once_a_week_what_is_due() {
    let place = tempfile::tempdir().unwrap();
    let store = store::open(&Location::File(place.path().join("store.sqlite3"))).unwrap();
    for server in [1, 2] {
        store.change_settings(server, |chosen| chosen.moderator_channel = Some(6 + server)).unwrap();
    }
    let told = |bot: &Bot, day: Date| match bot.keep_up(day).as_slice() {
        [Action::Tell { channel: 7, reply }] => Some(reply.text()),
        [] => None,
        other => panic!("{other:?}"),
    };
    let bot = || {
        let index = index();
        // The second server doesn't keep the FAQ.
        let servers = [(1, vec![index.collection().id.clone()])].into();
        let settings = Settings { servers, ..Settings::default() };
        Bot::new(Arc::new(Serving::new(Brain::new([index], SIGNED))), settings)
    };
    let ours = bot().with_servers(Arc::clone(&store));
    let due = DUE.saturating_add(1.day());
    assert_eq!(told(&ours, DUE), None);
    let notice = told(&ours, due).unwrap();
    assert!(notice.contains("`tea`") && !notice.contains("honey"), "{notice}");
    assert_eq!(told(&ours, due), None);
    // A restart doesn't tell it again, and a week later it is still due.
    let again = bot().with_servers(store);
    assert_eq!(told(&again, due.saturating_add(6.days())), None);
    assert!(told(&again, due.saturating_add(7.days())).is_some());
    assert!(told(&again, withdrawn().saturating_add(7.days())).unwrap().contains("withdrawn until then"));
}
