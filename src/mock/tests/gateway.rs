//! The gateway from a bot's end: close codes, logins, shards and compression.

use std::io::Read as _;

use super::bot::{Bot, acknowledged, bare, closed, identify, resume};
use super::*;

/// Orders `terms` if there are any, lets a new bot say `words`, and expects it to be closed with the code.
async fn check_close(code: u16, terms: Value, words: &[(u8, Value)]) {
    let fixture = Fixture::new().await;
    if terms != json!({}) {
        fixture.order(terms).await;
    }
    let mut bot = Bot::greeted(&fixture).await;
    for (op, d) in words {
        bot.say(*op, d.clone()).await;
    }
    let mut heard = bot.hear().await;
    while heard.get("closed").is_none() {
        heard = bot.hear().await;
    }
    assert_eq!(heard, closed(code), "{words:?}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn each_fault_of_a_bot_has_its_close_code() {
    let none = || json!({});
    check_close(4001, none(), &[(99, none())]).await;
    check_close(4002, none(), &[(2, json!({ "token": 7 }))]).await;
    check_close(4002, none(), &[(2, json!({ "token": "a".repeat(100_000) }))]).await;
    check_close(4002, none(), &[(2, identify(json!({ "properties": null })))]).await;
    check_close(4003, none(), &[(3, none())]).await;
    check_close(4003, none(), &[(8, none())]).await;
    check_close(4004, none(), &[(2, identify(json!({ "token": "nonsense" })))]).await;
    check_close(4005, none(), &[(2, identify(none())), (2, identify(none()))]).await;
    check_close(4008, none(), &vec![(1, Value::Null); 121]).await;
    check_close(4009, json!({ "heartbeat_ms": 1000 }), &[(2, identify(none()))]).await;
    check_close(4010, none(), &[(2, identify(json!({ "shard": [1, 1] })))]).await;
    check_close(4011, json!({ "servers": 5001 }), &[(2, identify(json!({ "shard": [0, 2] })))]).await;
    check_close(4013, none(), &[(2, identify(json!({ "intents": 1_u64 << 40 })))]).await;
    check_close(4014, json!({ "disallow_intents": 1 << 15 }), &[(2, identify(none()))]).await;
}

#[tokio::test]
async fn another_version_is_refused_before_a_word() {
    let fixture = Fixture::new().await;
    let mut bot = Bot::connect(&fixture, "v=6&encoding=json").await;
    assert_eq!(bot.hear().await, closed(4012));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_return_after_what_never_was_ends_the_session() {
    let fixture = Fixture::new().await;
    let (bot, ready) = Bot::ready(&fixture).await;
    drop(bot);
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 999)).await;
    assert_eq!(bot.hear().await, closed(4007));
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(6, resume(&ready, 2)).await;
    assert_eq!(bot.hear().await, bare(9, false));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn heartbeats_keep_a_connection() {
    let fixture = Fixture::new().await;
    fixture.mock.server.world().terms.heartbeat = Duration::from_millis(200);
    let mut bot = Bot::greeted(&fixture).await;
    let start = tokio::time::Instant::now();
    while start.elapsed() < Duration::from_millis(600) {
        bot.say(1, Value::Null).await;
        assert_eq!(bot.hear().await, acknowledged());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(bot.hear().await, closed(4009));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn logins_are_held_apart_unless_it_is_switched_off() {
    let fixture = Fixture::new().await;
    let heard_by = async |shard: [u64; 2]| {
        let mut bot = Bot::greeted(&fixture).await;
        bot.say(2, identify(json!({ "shard": shard }))).await;
        bot.hear().await
    };
    let too_soon = bare(9, false);
    assert_eq!(heard_by([0, 2]).await["t"], "READY");
    assert_eq!(heard_by([1, 2]).await, too_soon);
    fixture.order(json!({ "max_concurrency": 2 })).await;
    assert_eq!(heard_by([0, 2]).await, too_soon);
    assert_eq!(heard_by([1, 2]).await["t"], "READY");
    fixture.order(json!({ "login_limits": false })).await;
    assert_eq!(heard_by([1, 2]).await["t"], "READY");
    let (_, told) = fixture.call("GET", "/api/v10/gateway/bot", Value::Null).await;
    let limit = &told["session_start_limit"];
    assert_eq!([&limit["remaining"], &limit["total"], &limit["max_concurrency"]], [998, 1000, 2]);
    assert!(limit["reset_after"].as_u64().is_some_and(|rest| (1..=86_400_000).contains(&rest)), "{told}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn one_login_too_many_costs_the_token() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "logins_a_day": 1, "max_concurrency": 2 })).await;
    let (mut first, _) = Bot::ready(&fixture).await;
    let mut second = Bot::greeted(&fixture).await;
    second.say(2, identify(json!({ "shard": [1, 2] }))).await;
    assert_eq!(second.hear().await, closed(4004));
    assert_eq!(first.hear().await, closed(4004));
    assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 401);
    fixture.order(json!({ "logins_a_day": 2 })).await;
    let mut third = Bot::greeted(&fixture).await;
    third.say(2, identify(json!({ "token": "MTIzNA.x.new", "shard": [1, 2] }))).await;
    assert_eq!(third.hear().await["t"], "READY");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn each_shard_hears_what_is_its_own() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "login_limits": false, "servers": 1500 })).await;
    let (_, told) = fixture.call("GET", "/api/v10/gateway/bot", Value::Null).await;
    assert_eq!(told["shards"], 2);
    let guild = fixture.mock.server.world().home.0;
    let mine = (guild >> 22) % 2;
    for shard in [0, 1] {
        let mut bot = Bot::greeted(&fixture).await;
        bot.say(2, identify(json!({ "shard": [shard, 2] }))).await;
        let ready = bot.hear().await;
        assert_eq!(ready["d"]["guilds"].as_array().map(Vec::len), Some(usize::from(shard == mine)));
        if shard == mine {
            assert_eq!(bot.hear().await["t"], "GUILD_CREATE");
        }
        for channel in ["general", "dm"] {
            let message = json!({ "channel": channel, "author": "sam", "content": channel });
            assert_eq!(fixture.call("POST", "/mock/messages", message).await.0, 201);
        }
        let expected: &[&str] = match (shard == mine, shard) {
            (true, 0) => &["general", "dm"],
            (true, _) => &["general"],
            (false, 0) => &["dm"],
            (false, _) => &[],
        };
        for content in expected {
            assert_eq!(bot.hear().await["d"]["content"], *content, "shard {shard}");
        }
        bot.say(1, Value::Null).await;
        assert_eq!(bot.hear().await, acknowledged(), "shard {shard} heard more than its own");
    }
    fixture.mock.stop().await;
}

/// Connects with a compression and expects `unpack` to find HELLO in the first frame.
async fn check_compression(name: &str, unpack: impl Fn(&[u8], &mut [u8])) {
    let fixture = Fixture::new().await;
    let mut bot = Bot::connect(&fixture, &format!("v=10&encoding=json&compress={name}")).await;
    let frame = bot.hear_frame().await.unwrap().into_data();
    let mut text = [0; 8];
    unpack(&frame, &mut text);
    assert_eq!(&text, br#"{"d":{"_"#, "{name}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn both_streams_of_compression_are_spoken() {
    let zlib = |frame: &[u8], text: &mut [u8]| flate2::read::ZlibDecoder::new(frame).read_exact(text).unwrap();
    let zstd = |frame: &[u8], text: &mut [u8]| zstd::Decoder::new(frame).unwrap().read_exact(text).unwrap();
    check_compression("zlib-stream", zlib).await;
    check_compression("zstd-stream", zstd).await;
}

#[tokio::test]
async fn a_stream_of_zstd_goes_on_over_a_whole_conversation() {
    let fixture = Fixture::new().await;
    let mut bot = Bot::connect(&fixture, "v=10&encoding=json&compress=zstd-stream").await;
    bot.say(2, identify(json!({}))).await;
    bot.say(1, Value::Null).await;
    let mut wire = Vec::new();
    for _ in 0..4 {
        wire.extend_from_slice(&bot.hear_frame().await.unwrap().into_data());
    }
    let read = serde_json::Deserializer::from_reader(zstd::Decoder::new(wire.as_slice()).unwrap());
    let heard: Vec<Value> = read.into_iter::<Value>().take(4).map(Result::unwrap).collect();
    assert_eq!([&heard[1]["t"], &heard[2]["t"]], ["READY", "GUILD_CREATE"]);
    assert_eq!([&heard[0]["op"], &heard[3]["op"]], [10, 11]);
    fixture.mock.stop().await;
}
