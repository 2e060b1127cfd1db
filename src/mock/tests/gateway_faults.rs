//! The gateway's faults from a bot's end: each does what it was ordered to, and no more.

use super::bot::{Bot, acknowledged, bare, closed, identify, lost, resume};
use super::*;
use crate::mock::world::{Order, Whom};

/// Lets sam write this in `general`.
pub(super) async fn write(fixture: &Fixture, content: &str) {
    let message = json!({ "channel": "general", "author": "sam", "content": content });
    assert_eq!(fixture.call("POST", "/mock/messages", message).await.0, 201);
}

/// The content of the next message that a bot hears.
pub(super) async fn hear_message(bot: &mut Bot) -> Value {
    bot.hear().await["d"]["content"].clone()
}

/// A bot that is READY hears `expected` when `fault` is ordered.
async fn check_heard(fault: Value, expected: Value) {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(fault).await;
    assert_eq!(bot.hear().await, expected);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_fault_is_heard_as_ordered() {
    check_heard(json!({ "close": 4321 }), closed(4321)).await;
    check_heard(json!({ "drop": true }), lost()).await;
    check_heard(json!({ "reconnect": true }), bare(7, Value::Null)).await;
    check_heard(json!({ "invalidate": true }), bare(9, true)).await;
    let broken = r#"{"op":0,"t":"MESSAGE_CREATE","d":{"id":"1","content":"this breaks o"#;
    check_heard(json!({ "malformed": true }), json!({ "unreadable": broken })).await;
    check_heard(json!({ "garbage": true }), json!({ "bytes": 41 })).await;
}

#[tokio::test]
async fn an_unknown_event_has_its_place_in_the_sequence() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "unknown_event": true })).await;
    let event = bot.hear().await;
    assert_eq!((&event["t"], &event["s"]), (&json!("SOMETHING_NEW"), &json!(3)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_dropped_bot_may_resume() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "drop": true })).await;
    assert_eq!(bot.hear().await, lost());
    write(&fixture, "missed").await;
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 2)).await;
    assert_eq!(hear_message(&mut bot).await, "missed");
    assert_eq!(bot.hear().await["t"], "RESUMED");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn refused_returns_and_logins_are_counted() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "login_limits": false, "refuse_identify": 1 })).await;
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(2, identify(json!({}))).await;
    assert_eq!(bot.hear().await, bare(9, false));
    bot.say(2, identify(json!({}))).await;
    let ready = bot.hear().await["d"].clone();
    fixture.order(json!({ "refuse_resume": 1, "drop": true })).await;
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 2)).await;
    assert_eq!(bot.hear().await, bare(9, false));
    bot.say(2, identify(json!({}))).await;
    let ready = bot.hear().await["d"].clone();
    drop(bot);
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 2)).await;
    assert_eq!(bot.hear().await["t"], "RESUMED");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_acknowledgement_is_withheld_as_often_as_ordered() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "withhold_ack": 2 })).await;
    for _ in 0..3 {
        bot.say(1, Value::Null).await;
    }
    // Had there been more than one answer, the message would not be next.
    assert_eq!(bot.hear().await, acknowledged());
    write(&fixture, "next").await;
    assert_eq!(hear_message(&mut bot).await, "next");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_frozen_connection_is_silent_and_then_goes_on() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let start = std::time::Instant::now();
    fixture.order(json!({ "freeze_ms": 300 })).await;
    bot.say(1, Value::Null).await;
    assert_eq!(bot.hear().await, acknowledged());
    assert!(start.elapsed() >= Duration::from_millis(290));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_bot_is_not_taken_for_dead_or_loud_because_it_was_not_heard() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "heartbeat_ms": 2000 })).await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    for _ in 0..100 {
        bot.say(3, json!({})).await;
    }
    bot.say(1, Value::Null).await;
    assert_eq!(bot.hear().await, acknowledged());
    fixture.order(json!({ "freeze_ms": 4000 })).await;
    for _ in 0..100 {
        bot.say(3, json!({})).await;
    }
    bot.say(1, Value::Null).await;
    assert_eq!(bot.hear().await, acknowledged());
    fixture.mock.stop().await;
}

#[tokio::test]
async fn late_events_hold_up_those_behind_them_and_no_heartbeat() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let start = std::time::Instant::now();
    fixture.order(json!({ "delay_events_ms": 2000, "times": 1 })).await;
    write(&fixture, "late").await;
    write(&fixture, "behind").await;
    bot.say(1, Value::Null).await;
    assert_eq!(bot.hear().await, acknowledged());
    assert_eq!(hear_message(&mut bot).await, "late");
    assert!(start.elapsed() >= Duration::from_millis(1990));
    assert_eq!(hear_message(&mut bot).await, "behind");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_order_to_swap_that_comes_twice_loses_nothing() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "reorder": true })).await;
    write(&fixture, "first").await;
    fixture.order(json!({ "reorder": true })).await;
    write(&fixture, "second").await;
    write(&fixture, "third").await;
    for content in ["second", "first", "third"] {
        assert_eq!(hear_message(&mut bot).await, content);
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_event_that_waits_for_its_other_comes_after_a_while_without_it() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "reorder": true })).await;
    write(&fixture, "alone").await;
    assert_eq!(hear_message(&mut bot).await, "alone");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn only_a_members_message_that_reached_a_bot_is_repeated() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "repeat": 1 })).await;
    // Before any bot is there.
    fixture.sams_message();
    let (mut bot, _) = Bot::ready(&fixture).await;
    let path = format!("/api/v10/channels/{}/messages", fixture.general());
    assert_eq!(fixture.call("POST", &path, json!({ "content": "own" })).await.0, 200);
    write(&fixture, "twice").await;
    write(&fixture, "once").await;
    for content in ["own", "twice", "twice", "once"] {
        assert_eq!(hear_message(&mut bot).await, content);
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn two_events_change_places_and_the_sequence_rises() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "reorder": true })).await;
    for content in ["first", "second", "third"] {
        write(&fixture, content).await;
    }
    for (number, content) in [(3, "second"), (4, "first"), (5, "third")] {
        let event = bot.hear().await;
        assert_eq!((&event["s"], &event["d"]["content"]), (&json!(number), &json!(content)));
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_happens_after_a_connection_was_ordered_to_end_waits_for_the_return() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    let said = {
        let mut world = fixture.mock.server.world();
        world.order(Whom::default(), Order::Drop);
        let (channel, author) = (world.text_channel("general").unwrap(), world.member("sam").unwrap());
        let draft = Draft { content: Some("hello".to_owned()), ..Draft::default() };
        world.post(Envelope::new(channel, author), draft).unwrap().to_string()
    };
    assert_eq!(bot.hear().await, lost());
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 2)).await;
    let heard = bot.hear().await;
    assert_eq!((&heard["t"], &heard["d"]["id"]), (&json!("MESSAGE_CREATE"), &json!(said)));
    fixture.mock.stop().await;
}
