//! What the bot does with what happens, over the shipped collection: events in, actions out.
//!
//! 1. Every reply that shows a passage shows its source and the reminder.
//! 2. A command's answer is private and can be shown; a public answer can be removed.
//! 3. A message is answered once, and its answer goes when it goes.
//! 4. Urgent signs are answered whatever the pace; other messages have a cooldown, told once.

use jiff::civil::date;
use pamphlet::answer::{Body, Brain, Offer, Press, Reply, Select, Serving};
use pamphlet::bot::{Action, Address, Asker, Bot, Command, Event, On, Scene, Settings};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SCENE: Scene = Scene { server: Some(1), channel: 2, thread_of: None, asker: Asker(3) };

fn bot() -> Bot {
    bot_with(crate::shipped::brain())
}

fn bot_with(brain: Brain) -> Bot {
    let settings = Settings { region: Some("GB".to_owned()), ..Settings::default() };
    Bot::new(Arc::new(Serving::new(brain)), settings)
}

fn mention(id: u64, text: &str) -> Event {
    let address = Address::Mention { replies_to_member: false };
    Event::Message { scene: SCENE, id, text: text.to_owned(), address }
}

fn ask(question: &str) -> Event {
    Event::Command { scene: SCENE, command: Command::Ask { question: question.to_owned(), private: None } }
}

fn press(press: Press, may_remove: bool) -> Event {
    Event::Press { scene: SCENE, on: On::default(), press, may_remove }
}

/// An action as one line: what is done, who sees it, the beginning of the text, the controls.
fn line(action: &Action) -> String {
    match action {
        Action::Post { question, reply, .. } => format!("post to {question}: {}", shown(reply)),
        Action::Respond(reply) => format!("respond: {}", shown(reply)),
        Action::Update(reply) => format!("update: {}", shown(reply)),
        Action::Choices(choices) => format!("choices: {}", choices.join(" | ")),
        Action::Form(form) => format!("form: {}", form.title),
        Action::DeleteOwn => "delete own".to_owned(),
        Action::Forward(forward) => format!("forward to {}: {}", forward.channel, shown(&forward.letter)),
        Action::Tell { channel, reply } => format!("tell {channel}: {}", shown(reply)),
        Action::Delete { answer, .. } => format!("delete {answer}"),
    }
}

fn shown(reply: &Reply) -> String {
    let text = reply.text();
    assert!(text.encode_utf16().count() <= 2_000, "too long for one message: {text}");
    if let Body::Card(card) = &reply.body {
        for part in
            [card.passage(), card.reminder(), "Source: Dermatomyositis Treatment Advancements", "Not yet reviewed"]
        {
            assert!(text.contains(part), "a card without {part:?}: {text}");
        }
    }
    let privacy = if reply.private { "private " } else { "" };
    let buttons: Vec<&str> = reply.buttons.iter().map(|button| button.label.as_str()).collect();
    let menus: Vec<String> = reply.selects.iter().map(menu).collect();
    let first = text.lines().next().unwrap_or_default();
    format!("{privacy}{first} [{}]{}", buttons.join("] ["), menus.concat())
}

fn menu(select: &Select) -> String {
    match &select.offer {
        Offer::One(options) => format!("<{}>", options.len()),
        Offer::Channels { chosen, .. } => format!("<channels {chosen:?}>"),
        Offer::Role { chosen, .. } => format!("<role {chosen:?}>"),
    }
}

/// What the bot does about an event, as lines that begin with what is expected.
#[track_caller]
fn check(bot: &Bot, event: Event, now: Instant, expected: &[&str]) {
    let done: Vec<String> = bot.handle(event, now).iter().map(line).collect();
    let fits = done.len() == expected.len() && done.iter().zip(expected).all(|(done, start)| done.starts_with(start));
    assert!(fits, "expected {expected:#?}\n     got {done:#?}");
}

#[test]
fn a_command_is_answered_in_private_and_can_be_shown() {
    let (bot, now) = (bot(), Instant::now());
    check(
        &bot,
        ask("will prednisone wreck my bones?"),
        now,
        &["respond: private **You may be asking: Does prednisone weaken bones?** [Helpful] [Not helpful]"],
    );
    let done = bot.handle(ask("will prednisone wreck my bones?"), now);
    assert!(line(&done[0]).ends_with("[Show in channel]"), "{}", line(&done[0]));
    check(
        &bot,
        press(Press::Show("steroids-bones".to_owned()), false),
        now,
        &["respond: **You may be asking: Does prednisone weaken bones?**"],
    );
    let done = bot.handle(press(Press::Show("steroids-bones".to_owned()), false), now);
    assert!(line(&done[0]).ends_with("[Remove]"), "{}", line(&done[0]));
}

#[test]
fn a_mention_is_answered_once_for_all_to_see() {
    let (bot, now) = (bot(), Instant::now());
    check(
        &bot,
        mention(10, "what does rituximab do"),
        now,
        &["post to 10: **You may be asking: What does rituximab do?**"],
    );
    check(&bot, mention(10, "what does rituximab do"), now, &[]);
    check(&bot, mention(11, ""), now, &["post to 11: I'm a bot."]);
    check(&bot, mention(12, "hello"), now, &["post to 12: I'm a bot."]);
    check(&bot, mention(13, "thanks!"), now, &[]);
}

#[test]
fn a_mention_on_another_members_post_answers_its_own_text() {
    let (bot, now) = (bot(), Instant::now());
    let address = || Address::Mention { replies_to_member: true };
    let event = |id, text: &str| Event::Message { scene: SCENE, id, text: text.to_owned(), address: address() };
    check(&bot, event(20, ""), now, &["post to 20: To answer somebody else's message"]);
    check(&bot, event(21, "xeljanz"), now, &["post to 21: **You may be asking: What is tofacitinib?**"]);
}

#[test]
fn a_reply_to_a_card_goes_on_from_its_question() {
    let (bot, now) = (bot(), Instant::now());
    let card = "**You may be asking: What is tofacitinib?**\n\nIt is".to_owned();
    let event =
        Event::Message { scene: SCENE, id: 30, text: "is it a pill?".to_owned(), address: Address::Reply { card } };
    check(&bot, event, now, &["post to 30: **You may be asking: Is tofacitinib a pill?**"]);
}

#[test]
fn the_last_question_is_context_for_ten_minutes() {
    let (bot, now) = (bot(), Instant::now());
    bot.handle(ask("xeljanz"), now);
    check(&bot, ask("is it a pill?"), now, &["respond: private **You may be asking: Is tofacitinib a pill?**"]);
    check(&bot, ask("is ivig any good"), now, &["respond: private This FAQ has nothing on IVIG yet."]);
    bot.handle(ask("xeljanz"), now);
    let later = now + Duration::from_secs(601);
    bot.forget(later);
    let done = line(&bot.handle(ask("is it a pill?"), later)[0]);
    assert!(!done.contains("Is tofacitinib a pill?**"), "{done}");
}

#[test]
fn talk_that_is_not_for_pamphlet_is_left_alone() {
    let (bot, now) = (bot(), Instant::now());
    let event =
        Event::Message { scene: SCENE, id: 40, text: "what does rituximab do".to_owned(), address: Address::Overheard };
    check(&bot, event, now, &[]);
}

#[test]
fn a_direct_message_needs_no_privacy() {
    let (bot, now) = (bot(), Instant::now());
    let scene = Scene { server: None, ..SCENE };
    let event = Event::Message { scene, id: 50, text: "does diet help".to_owned(), address: Address::Direct };
    check(&bot, event, now, &["post to 50: **You may be asking: Does diet help with dermatomyositis?**"]);
    let command = Event::Command { scene, command: Command::Privacy };
    check(&bot, command, now, &["respond: **What I keep of you: nothing.**"]);
}

#[test]
fn the_message_menu_answers_whoever_used_it() {
    let (bot, now) = (bot(), Instant::now());
    let menu = |text: &str| Event::Menu { scene: SCENE, text: text.to_owned() };
    check(&bot, menu("does diet help"), now, &["respond: private **You may be asking: Does diet help"]);
    check(&bot, menu(" "), now, &["respond: private That message has no text"]);
    check(&bot, menu("thanks"), now, &["respond: private I'm a bot."]);
}

#[test]
fn topics_lead_to_cards() {
    let (bot, now) = (bot(), Instant::now());
    let topics = Event::Command { scene: SCENE, command: Command::Topics };
    check(&bot, topics, now, &["respond: private **What the FAQ “Dermatomyositis treatments” covers**"]);
    check(&bot, press(Press::Topic(0), false), now, &["update: private **"]);
    check(&bot, press(Press::Topic(99), false), now, &["respond: private That entry is no longer"]);
    check(
        &bot,
        press(Press::Read("diet".to_owned()), false),
        now,
        &["respond: private **You may be asking: Does diet"],
    );
    check(&bot, press(Press::Read("gone".to_owned()), false), now, &["respond: private That entry is no longer"]);
}

#[test]
fn typing_is_met_with_questions_of_the_faq() {
    let (bot, now) = (bot(), Instant::now());
    let typing = |text: &str| Event::Typing { scene: SCENE, text: text.to_owned() };
    let choices = |text: &str| match bot.handle(typing(text), now).pop() {
        Some(Action::Choices(choices)) => choices,
        other => panic!("{other:?}"),
    };
    assert_eq!(choices("").len(), 25);
    assert_eq!(choices("Is tofacitinib a p")[0], "Is tofacitinib a pill?");
    assert!(choices("predni")[0].contains("prednisone"), "{:?}", choices("predni"));
    assert_eq!(choices("zzzz qqqq"), Vec::<String>::new());
}

#[test]
fn buttons_are_always_acknowledged() {
    let (bot, now) = (bot(), Instant::now());
    check(&bot, press(Press::Helpful("diet".to_owned()), false), now, &["respond: private Thank you for telling me."]);
    check(
        &bot,
        press(Press::NotHelpful("diet".to_owned()), false),
        now,
        &["respond: private Thank you for saying so."],
    );
    check(&bot, press(Press::Remove, true), now, &["delete own"]);
    check(&bot, press(Press::Remove, false), now, &["respond: private Only the person who asked"]);
}

#[test]
fn an_answer_goes_when_its_question_goes() {
    let (bot, now) = (bot(), Instant::now());
    bot.handle(mention(60, "does diet help"), now);
    assert_eq!(bot.posted(2, 60, 61), None);
    check(&bot, Event::Deleted { channel: 2, message: 60 }, now, &["delete 61"]);
    check(&bot, Event::Deleted { channel: 2, message: 60 }, now, &[]);
    bot.handle(mention(62, "does diet help"), now);
    check(&bot, Event::Deleted { channel: 2, message: 62 }, now, &[]);
    assert_eq!(bot.posted(2, 62, 63), Some(Action::Delete { channel: 2, answer: 63 }));
}

#[test]
fn a_sixth_question_in_a_minute_waits_but_danger_does_not() {
    let (bot, now) = (bot(), Instant::now());
    for id in 70..75 {
        check(&bot, mention(id, "does diet help"), now, &["post to"]);
    }
    check(&bot, mention(75, "does diet help"), now, &["post to 75: That was a lot at once."]);
    check(&bot, mention(76, "does diet help"), now, &[]);
    check(
        &bot,
        mention(77, "my dad cant breathe and his lips are blue"),
        now,
        &["post to 77: **This may need help right now. Please call 999"],
    );
    check(&bot, mention(78, "i want to kill myself"), now, &["post to 78: **I'm sorry that it is this hard."]);
    check(&bot, mention(79, "does diet help"), now + Duration::from_secs(61), &["post to 79: **You may be asking"]);
}

#[test]
fn danger_is_answered_where_no_collection_serves() {
    let (bot, now) = (bot_with(Brain::new([], date(2026, 11, 23))), Instant::now());
    check(&bot, mention(80, "does diet help"), now, &["post to 80: There is no FAQ for this place yet."]);
    check(&bot, mention(81, "i want to die"), now, &["post to 81: **I'm sorry that it is this hard."]);
    check(&bot, ask("i cant breathe"), now, &["respond: private **This may need help right now."]);
}

#[test]
fn private_questions_weigh_on_nobody_else() {
    let (bot, now) = (bot(), Instant::now());
    for person in 0..25 {
        let scene = Scene { asker: Asker(100 + person), ..SCENE };
        let event = Event::Message {
            scene,
            id: 200 + person,
            text: "does diet help".to_owned(),
            address: Address::Mention { replies_to_member: false },
        };
        bot.handle(event, now);
    }
    check(&bot, ask("does diet help"), now, &["respond: private **You may be asking: Does diet help"]);
    check(&bot, mention(300, "does diet help"), now, &["post to 300: That was a lot at once."]);
}

#[test]
fn an_urgent_card_shows_no_passage_and_no_way_to_show_it() {
    let (bot, now) = (bot(), Instant::now());
    let done = bot.handle(ask("took rituximab and now my throat is closing"), now);
    assert_eq!(line(&done[0]), "respond: private **This may need help right now. Please call 999.** []");
}
