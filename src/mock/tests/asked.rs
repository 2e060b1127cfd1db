//! Members that a bot asks for over the gateway: all of a server with the intent for them and seldom, some at any time.

use super::bot::{Bot, acknowledged, identify};
use super::*;

/// A bot with these intents, READY.
async fn ready(fixture: &Fixture, intents: u64) -> Bot {
    let mut bot = Bot::greeted(fixture).await;
    bot.say(2, identify(json!({ "intents": intents }))).await;
    assert_eq!(bot.hear().await["t"], "READY");
    bot
}

/// What a bot hears when it asks a server for members.
async fn ask(fixture: &Fixture, bot: &mut Bot, wish: Value) -> Value {
    let guild = fixture.mock.server.world().home;
    bot.say(8, crate::mock::wire::with(json!({ "guild_id": guild }), wish)).await;
    bot.hear().await
}

/// How many members a chunk holds.
fn members(heard: &Value) -> Option<usize> {
    assert_eq!(heard["t"], "GUILD_MEMBERS_CHUNK", "{heard}");
    heard["d"]["members"].as_array().map(Vec::len)
}

#[tokio::test]
async fn all_members_are_told_once_in_a_while_and_some_at_any_time() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "rate_limits": true })).await;
    let mut bot = ready(&fixture, 1 << 1).await;
    let all = json!({ "query": "", "limit": 0 });
    assert_eq!(members(&ask(&fixture, &mut bot, all.clone()).await), Some(4));
    let again = json!({ "query": "", "limit": 0, "nonce": "n" });
    for (wish, nonce) in [(all.clone(), None), (again, Some("n"))] {
        let refused = ask(&fixture, &mut bot, wish).await;
        assert_eq!((&refused["t"], &refused["d"]["opcode"]), (&json!("RATE_LIMITED"), &json!(8)), "{refused}");
        let left = refused["d"]["retry_after"].as_f64().unwrap();
        assert!((1.0..=30.0).contains(&left), "{left}");
        let meta = &refused["d"]["meta"];
        assert_eq!(meta["guild_id"], json!(fixture.mock.server.world().home));
        assert_eq!(meta.get("nonce").and_then(Value::as_str), nonce);
    }
    for some in [json!({ "query": "s", "limit": 0 }), json!({ "user_ids": ["1234"] })] {
        assert_eq!(members(&ask(&fixture, &mut bot, some).await), Some(1));
    }
    assert_eq!(members(&ask(&fixture, &mut bot, json!({ "query": "", "limit": 2 })).await), Some(2));
    fixture.order(json!({ "rate_limits": false })).await;
    assert_eq!(members(&ask(&fixture, &mut bot, all).await), Some(4));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_server_comes_with_its_members_where_presences_are_asked_for() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "login_limits": false })).await;
    for (intents, told) in [(1, 1), (1 | 1 << 1, 1), (1 | 1 << 8, 4)] {
        let mut bot = ready(&fixture, intents).await;
        let heard = bot.hear().await;
        let members = heard["d"]["members"].as_array().unwrap();
        assert_eq!((members.len(), &heard["d"]["member_count"]), (told, &json!(4)), "{intents:b}");
        assert!(members.iter().any(|member| member["user"]["id"] == "1234"), "{intents:b}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn without_the_intent_for_members_only_some_are_told() {
    let fixture = Fixture::new().await;
    let mut bot = ready(&fixture, 0).await;
    let guild = fixture.mock.server.world().home;
    for limit in [0, 5] {
        bot.say(8, json!({ "guild_id": guild, "query": "", "limit": limit })).await;
    }
    bot.say(1, Value::Null).await;
    // Had there been an answer, it would be next.
    assert_eq!(bot.hear().await, acknowledged());
    assert_eq!(members(&ask(&fixture, &mut bot, json!({ "query": "sam", "limit": 1 })).await), Some(1));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_answer_has_the_nonce_that_was_given_if_it_is_short() {
    let fixture = Fixture::new().await;
    let mut bot = ready(&fixture, 0).await;
    let (short, long) = ("n".repeat(32), "n".repeat(33));
    for (nonce, told) in [(json!(short), Some(&json!(short))), (json!(long), None), (Value::Null, None)] {
        let heard = ask(&fixture, &mut bot, json!({ "user_ids": ["1234"], "nonce": nonce })).await;
        assert_eq!((members(&heard), heard["d"].get("nonce")), (Some(1), told));
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_asks_for_nobody_is_told_nothing() {
    let fixture = Fixture::new().await;
    let mut bot = ready(&fixture, 1 << 1).await;
    let guild = fixture.mock.server.world().home;
    bot.say(8, json!({ "guild_id": guild, "limit": 0 })).await;
    bot.say(1, Value::Null).await;
    assert_eq!(bot.hear().await, acknowledged());
    fixture.mock.stop().await;
}
