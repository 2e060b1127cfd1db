//! The connection: lost in every way that Discord can lose one, and in several shards.

use super::{List, each};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What ends a connection and lets the bot go on where it was. What is said meanwhile reaches it.
fn resumable() -> [(&'static str, Value); 6] {
    [
        ("close 4000 (unknown error)", json!({ "close": 4000 })),
        ("close 4001 (unknown opcode)", json!({ "close": 4001 })),
        ("close 4002 (decode error)", json!({ "close": 4002 })),
        ("cut off", json!({ "drop": true })),
        ("asked to reconnect", json!({ "reconnect": true })),
        ("invalid session that may be resumed", json!({ "invalidate": true })),
    ]
}

/// After these one may come back, and libraries differ in whether they resume. What is said before, nobody may hear.
const REOPENED: [(u16, &str); 7] = [
    (1001, "going away"),
    (4003, "not authenticated"),
    (4005, "already authenticated"),
    (4007, "invalid sequence"),
    (4008, "rate limited"),
    (4009, "session timed out"),
    (4000, "unknown error, after all the others"),
];

pub(super) async fn check(list: &mut List<'_>, gives_up_on: &[u16]) {
    // Logins are held five seconds apart, and a bot that waits for them is no slower bot.
    list.local.order(json!({ "login_limits": false })).await;
    let mut numbers = 100..;
    let mut next = || numbers.next().unwrap_or_default();
    for (name, fault) in resumable() {
        let before = login(list).await;
        list.local.order(fault).await;
        let asked = list.write("general", &format!("number {}", next())).await;
        let rows = list.rows(&asked, |rows| !rows.is_empty()).await;
        list.point(name, &json!(rows.len()), &json!(1));
        list.local.back(&before["connection"]).await;
        let after = login(list).await;
        list.point(&format!("resumes after: {name}"), &after["session"], &before["session"]);
    }
    let closes = REOPENED.into_iter().filter(|(code, _)| !gives_up_on.contains(code));
    let closes = closes.map(|(code, meaning)| (format!("close {code} ({meaning})"), json!({ "close": code })));
    let invalid = ("invalid session".to_owned(), json!({ "invalidate": false }));
    for (name, fault) in closes.chain([invalid]) {
        let connection = login(list).await["connection"].clone();
        list.local.order(fault).await;
        list.local.back(&connection).await;
        let rows =
            list.rows(&list.write("general", &format!("number {}", next())).await, |rows| !rows.is_empty()).await;
        list.point(&name, &json!(rows.len()), &json!(1));
    }
    let last = next();
    let rows = list.local.get("/mock/transcript?after=0").await;
    let mut replies: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.as_array().into_iter().flatten().filter(|row| row["bot"] == true) {
        let content = row["content"].as_str().unwrap_or_default();
        if content.starts_with("number ") {
            *replies.entry(content.to_owned()).or_default() += 1;
        }
    }
    let once: BTreeMap<String, usize> = (100..last).map(|number| (format!("number {number}"), 1)).collect();
    list.point("nothing is lost or answered twice", &json!(replies), &json!(once));
}

/// The bot with its shards in two processes.
pub(super) async fn check_shards(list: &mut List<'_>) {
    list.local.get("/mock/ready?wait_ms=30000").await;
    let sessions = list.local.connected(4).await;
    let mut shards: Vec<Value> = sessions.iter().map(|login| login["shard"].clone()).collect();
    shards.sort_by_key(Value::to_string);
    list.point("four shards in two processes", &json!(shards), &json!([[0, 4], [1, 4], [2, 4], [3, 4]]));
    let heard = list.rows(&list.write("general", "hello").await, |rows| !rows.is_empty()).await;
    list.point("one of them hears the server", &each(&heard, "content"), &json!(["heard hello"]));
    let heard = list.rows(&list.write("dm", "a secret").await, |rows| !rows.is_empty()).await;
    list.point("the first hears direct messages", &each(&heard, "content"), &json!(["heard a secret"]));
    let pong = list.command("ping", json!({})).await;
    list.point("one of them is given the command", &pong["content"], &json!("pong"));
}

/// The login that is served by a connection.
async fn login(list: &List<'_>) -> Value {
    let logins = list.local.connected(1).await;
    logins.into_iter().find(|login| !login["connection"].is_null()).unwrap_or_default()
}
