//! Returns to a session from a bot's end: what is heard anew, and what becomes of a session that is gone.

use super::bot::{Bot, bare, closed, identify, lost, resume};
use super::gateway_faults::{hear_message, write};
use super::*;

/// A new connection that wants to go on after this event.
async fn back(fixture: &Fixture, ready: &Value, after: u64) -> Bot {
    let mut bot = Bot::greeted(fixture).await;
    bot.say(6, resume(ready, after)).await;
    bot
}

fn no_session() -> Value {
    bare(9, false)
}

#[tokio::test]
async fn each_return_brings_what_was_missed_and_says_so_once_at_the_end() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    write(&fixture, "one").await;
    write(&fixture, "two").await;
    assert_eq!([hear_message(&mut bot).await, hear_message(&mut bot).await], ["one", "two"]);
    for _ in 0..3 {
        fixture.order(json!({ "drop": true })).await;
        assert_eq!(bot.hear().await, lost());
        bot = back(&fixture, &ready, 2).await;
        assert_eq!([hear_message(&mut bot).await, hear_message(&mut bot).await], ["one", "two"]);
        let told = bot.hear().await;
        assert_eq!((&told["t"], &told["s"]), (&json!("RESUMED"), &json!(4)));
    }
    write(&fixture, "three").await;
    assert_eq!(bot.hear().await["s"], 5);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_waits_late_or_held_or_doubled_comes_over_the_new_connection() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "delay_events_ms": 200, "times": 3, "reorder": true })).await;
    fixture.order(json!({ "repeat": 1 })).await;
    write(&fixture, "first").await;
    fixture.order(json!({ "drop": true })).await;
    assert_eq!(bot.hear().await, lost());
    write(&fixture, "second").await;
    let mut bot = back(&fixture, &ready, 2).await;
    // The doubled one is both of those that change places.
    for content in ["first", "first", "second"] {
        assert_eq!(hear_message(&mut bot).await, content);
    }
    assert_eq!(bot.hear().await["t"], "RESUMED");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn more_than_is_sent_at_once_is_all_sent_before_the_bot_is_told() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "drop": true })).await;
    assert_eq!(bot.hear().await, lost());
    (0..250).for_each(|_| drop(fixture.sams_message()));
    let mut bot = back(&fixture, &ready, 2).await;
    for number in 3..253 {
        assert_eq!(bot.hear().await["s"], number);
    }
    assert_eq!(bot.hear().await["t"], "RESUMED");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_session_can_be_resumed_only_for_a_time() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "resumable_ms": 0, "drop": true })).await;
    assert_eq!(bot.hear().await, lost());
    let mut bot = back(&fixture, &ready, 2).await;
    assert_eq!(bot.hear().await, no_session());
    let message = json!({ "channel": "general", "author": "sam", "content": "anybody there?" });
    assert_eq!(fixture.call("POST", "/mock/messages", message).await.0, 409);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_is_closed_for_good_finds_no_session_however_soon_it_comes_back() {
    let fixture = Fixture::new().await;
    for code in [4007, 4009] {
        fixture.mock.server.world().terms.login_limits = false;
        let (mut bot, ready) = Bot::ready(&fixture).await;
        fixture.order(json!({ "close": code })).await;
        assert_eq!(bot.hear().await, closed(code));
        assert_eq!(back(&fixture, &ready, 2).await.hear().await, no_session(), "{code}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_closes_the_connection_that_serves_it() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "login_limits": false })).await;
    let (mut first, ready) = Bot::ready(&fixture).await;
    assert_eq!(back(&fixture, &ready, 999).await.hear().await, closed(4007));
    assert_eq!(first.hear().await, closed(4009));
    let (mut first, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "refuse_resume": 1 })).await;
    assert_eq!(back(&fixture, &ready, 2).await.hear().await, no_session());
    assert_eq!(first.hear().await, closed(4009));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_session_that_was_said_to_be_invalid_can_be_resumed_on_the_same_connection() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    fixture.order(json!({ "invalidate": true })).await;
    assert_eq!(bot.hear().await, bare(9, true));
    write(&fixture, "meanwhile").await;
    bot.say(6, resume(&ready, 2)).await;
    assert_eq!(hear_message(&mut bot).await, "meanwhile");
    assert_eq!(bot.hear().await["t"], "RESUMED");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn bots_are_told_another_address_for_their_return() {
    let fixture = Fixture::new().await;
    let (bot, ready) = Bot::ready(&fixture).await;
    drop(bot);
    let address = ready["resume_gateway_url"].as_str().unwrap();
    assert_ne!(address, fixture.call("GET", "/api/v10/gateway", Value::Null).await.1["url"]);
    for form in ["?v=10&encoding=json", "/?v=10&encoding=json"] {
        let mut bot = Bot::connect_to(&format!("{address}{form}")).await;
        assert_eq!(bot.hear().await["op"], 10);
        bot.say(6, resume(&ready, 2)).await;
        assert_eq!(bot.hear().await["t"], "RESUMED");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn the_close_code_arrives_though_the_bot_went_on_speaking() {
    let fixture = Fixture::new().await;
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(99, identify(json!({}))).await;
    for _ in 0..50 {
        bot.say(1, json!("a".repeat(4000))).await;
    }
    assert_eq!(bot.hear().await, closed(4001));
    fixture.mock.stop().await;
}
