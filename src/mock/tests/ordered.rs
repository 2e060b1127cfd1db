//! Orders to misbehave: for whom they are, which are refused, and how they are seen and taken back.

use super::bot::{Bot, closed, identify};
use super::gateway_faults::{hear_message, write};
use super::*;

/// A shard of the bot of a token, READY.
async fn shard(fixture: &Fixture, token: &str, shard: u64, of: u64) -> Bot {
    let mut bot = Bot::greeted(fixture).await;
    bot.say(2, identify(json!({ "token": token, "shard": [shard, of] }))).await;
    assert_eq!(bot.hear().await["t"], "READY");
    bot
}

/// Whether a bot's heartbeat is acknowledged before the next payload: an op 8 is answered all the same.
async fn is_acknowledged(fixture: &Fixture, bot: &mut Bot) -> bool {
    let server = fixture.mock.server.world().home;
    bot.say(1, Value::Null).await;
    bot.say(8, json!({ "guild_id": server, "query": "nobody", "limit": 0 })).await;
    let mut acknowledged = false;
    loop {
        let heard = bot.hear().await;
        assert!(heard["op"].is_number(), "{heard}");
        acknowledged |= heard["op"] == 11;
        if heard["t"] == "GUILD_MEMBERS_CHUNK" {
            return acknowledged;
        }
    }
}

#[tokio::test]
async fn a_fault_befalls_the_bot_and_the_shard_that_it_names() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "login_limits": false })).await;
    let mut first = shard(&fixture, super::bot::TOKEN, 0, 2).await;
    let mut second = shard(&fixture, super::bot::TOKEN, 1, 2).await;
    let mut other = shard(&fixture, "NTY3OA.x.y", 0, 1).await;
    fixture.order(json!({ "withhold_ack": 1, "bot": "1234", "shard": 1 })).await;
    assert!(is_acknowledged(&fixture, &mut first).await && is_acknowledged(&fixture, &mut other).await);
    assert!(!is_acknowledged(&fixture, &mut second).await);
    assert!(is_acknowledged(&fixture, &mut second).await);
    fixture.order(json!({ "close": 4000, "shard": 0, "bot": 5678 })).await;
    assert_eq!(other.hear().await, closed(4000));
    assert!(is_acknowledged(&fixture, &mut first).await);
    fixture.order(json!({ "close": 4001, "bot": "1234" })).await;
    assert_eq!([first.hear().await, second.hear().await], [closed(4001), closed(4001)]);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn requests_are_chosen_by_bot_and_method_and_route() {
    let fixture = Fixture::new().await;
    let path = format!("/api/v10/channels/{}/messages", fixture.general());
    let sams = format!("{path}/{}", fixture.sams_message());
    fixture.order(json!({ "status": 500, "bot": "5678", "path": "/messages" })).await;
    let fault = json!({ "status": 502, "method": "get", "path": "/channels/{channel}/messages/{message}" });
    fixture.order(fault).await;
    assert_eq!(fixture.call("POST", &path, json!({ "content": "well" })).await.0, 200);
    assert_eq!(fixture.call("GET", &path, Value::Null).await.0, 200);
    assert_eq!(fixture.call("PATCH", &sams, json!({ "content": "x" })).await.0, 403);
    assert_eq!(fixture.call("GET", &sams, Value::Null).await.0, 502);
    let others = fixture.client.get(format!("{}{sams}", fixture.mock.url())).header("authorization", "Bot NTY3OA.x.y");
    assert_eq!(others.send().await.unwrap().status(), 500);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_connection_can_be_ended_before_its_login() {
    let fixture = Fixture::new().await;
    let mut bot = Bot::greeted(&fixture).await;
    fixture.order(json!({ "close": 4000 })).await;
    assert_eq!(bot.hear().await, closed(4000));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn orders_that_a_connection_cannot_follow_have_an_end() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    fixture.order(json!({ "freeze_ms": 120_000 })).await;
    let malformed = || fixture.call("POST", "/mock/faults", json!({ "malformed": true }));
    let mut accepted = 0;
    while malformed().await.0 == 204 {
        accepted += 1;
        assert!(accepted < 200, "orders without end");
    }
    assert_eq!(malformed().await.0, 409);
    // It ends all the same when the server does.
    let heard = async {
        let mut heard = bot.hear().await;
        while heard.get("unreadable").is_some() {
            heard = bot.hear().await;
        }
        heard
    };
    let (heard, ()) = tokio::join!(heard, fixture.mock.stop());
    assert_eq!(heard, closed(1001));
}

#[tokio::test]
async fn what_was_ordered_is_listed_and_taken_back() {
    let fixture = Fixture::new().await;
    let faults = async || fixture.call("GET", "/mock/faults", Value::Null).await.1;
    let usual = faults().await;
    assert_eq!(usual["waiting"], json!([]));
    let (mut bot, _) = Bot::ready(&fixture).await;
    let orders = [
        json!({ "status": 500, "times": 2, "path": "/users/", "method": "GET" }),
        json!({ "status": 429, "retry_after": 60.0, "path": "/users/" }),
        json!({ "withhold_ack": 2, "shard": 0 }),
        json!({ "delay_events_ms": 60_000, "times": 5 }),
        json!({ "reorder": true }),
        json!({ "servers": 5000, "heartbeat_ms": 2000, "clock_jump_s": 3600, "disallow_intents": 2 }),
    ];
    for fault in orders {
        fixture.order(fault).await;
    }
    let listed = faults().await;
    assert_eq!(listed["waiting"].as_array().map(Vec::len), Some(5), "{listed:#}");
    let first = json!({ "status": 500, "code": 0, "message": "500: Internal Server Error", "times": 2,
                        "path": "/users/", "method": "GET" });
    assert_eq!(listed["waiting"][0], first);
    assert_eq!(listed["terms"]["servers"], 5000);
    assert_eq!(listed["terms"]["clock_jump_s"], 3600);
    for _ in 0..2 {
        assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 500);
    }
    assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 429);
    write(&fixture, "held").await;
    assert_eq!(fixture.call("DELETE", "/mock/faults", Value::Null).await.0, 204);
    fixture.mock.server.world().terms.rate_limits = false;
    assert_eq!(faults().await, usual);
    assert_eq!(hear_message(&mut bot).await, "held");
    assert!(is_acknowledged(&fixture, &mut bot).await);
    assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 200);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused() {
    let fixture = Fixture::new().await;
    for fault in [
        json!({}),
        json!({ "times": 3 }),
        json!({ "for_ms": 1000 }),
        json!({ "path": "/x", "code": 5 }),
        json!({ "message": "m" }),
        json!({ "method": "GET" }),
        json!({ "bot": "1234" }),
        json!({ "drop": false }),
        json!({ "after": true }),
        json!({ "status": 500, "after": true }),
        json!({ "status": 500, "method": "a b" }),
        json!({ "status": 500, "shard": 0 }),
        json!({ "status": 500, "times": 10_001 }),
        json!({ "status": 500, "delay_events_ms": 5 }),
        json!({ "status": 429, "code": 5 }),
        json!({ "delay_ms": 5, "message": "m" }),
        json!({ "delay_events_ms": 5, "for_ms": 1000 }),
        json!({ "withhold_ack": 10_001 }),
        json!({ "reconnect": true, "times": 2 }),
        json!({ "disallow_intents": 1 }),
        json!({ "servers": 1_000_001 }),
        json!({ "servers": 2, "bot": "1234" }),
        json!({ "resumable_ms": 120_001 }),
        json!({ "close": 1005 }),
        json!({ "close": 5000 }),
        json!({ "scope": "user" }),
        json!({ "status": 500, "retry_after": 1 }),
        json!({ "status": 429, "retry_after": -1 }),
        json!({ "status": 429, "scope": "mine" }),
        json!({ "status": 500, "times": 1, "for_ms": 1000 }),
        json!({ "status": 500, "cut": true }),
        json!({ "freeze_ms": 1_000_000 }),
        json!({ "max_concurrency": 0 }),
        json!({ "heartbeat_ms": 999 }),
    ] {
        assert_eq!(fixture.call("POST", "/mock/faults", fault.clone()).await.0, 400, "{fault}");
    }
    fixture.mock.stop().await;
}
