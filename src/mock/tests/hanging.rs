//! What hangs on messages and channels: threads and reactions.

use super::*;

/// A thread of the bot's own in #general.
async fn thread(fixture: &Fixture) -> String {
    let path = format!("/api/v10/channels/{}/threads", fixture.general());
    let (status, thread) = fixture.call("POST", &path, json!({ "name": "aside", "type": 11 })).await;
    assert_eq!(status, 201, "{thread}");
    format!("/api/v10/channels/{}", thread["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_message_has_one_thread() {
    let fixture = Fixture::new().await;
    let (general, message) = (fixture.general(), fixture.sams_message());
    let stands = format!("/api/v10/channels/{general}/messages/{message}");
    let start = json!({ "name": "aside" });
    let (status, thread) = fixture.call("POST", &format!("{stands}/threads"), start.clone()).await;
    assert_eq!(
        (status, &thread["id"], &thread["type"], &thread["parent_id"]),
        (201, &json!(message), &json!(11), &json!(general))
    );
    let (_, shown) = fixture.call("GET", &stands, Value::Null).await;
    assert_eq!((&shown["flags"], &shown["thread"]["name"]), (&json!(32), &json!("aside")));

    let refused = |path: String, body: Value, code: u64| {
        let fixture = &fixture;
        async move {
            let (status, answer) = fixture.call("POST", &path, body).await;
            assert_eq!((status, &answer["code"]), (400, &json!(code)), "{path}");
        }
    };
    refused(format!("{stands}/threads"), start.clone(), 160_004).await;
    refused(format!("/api/v10/channels/{message}/threads"), start, 50_024).await;
    refused(format!("/api/v10/channels/{general}/threads"), json!({ "name": "" }), 50_035).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_writes_in_an_archived_thread_takes_it_up_again_unless_it_is_locked() {
    let fixture = Fixture::new().await;
    let thread = thread(&fixture).await;
    let archived = async || {
        let (_, shown) = fixture.call("GET", &thread, Value::Null).await;
        shown["thread_metadata"]["archived"].as_bool()
    };
    let messages = format!("{thread}/messages");
    assert_eq!(fixture.call("PATCH", &thread, json!({ "archived": true })).await.0, 200);
    assert_eq!(archived().await, Some(true));
    assert_eq!(fixture.call("POST", &messages, json!({ "content": "hello" })).await.0, 200);
    assert_eq!(archived().await, Some(false));
    fixture.call("PATCH", &thread, json!({ "archived": true, "locked": true })).await;
    let deny = json!({ "who": "bot-1234", "deny": ["MANAGE_THREADS"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    let (status, answer) = fixture.call("POST", &messages, json!({ "content": "hello" })).await;
    assert_eq!((status, &answer["code"]), (400, &json!(50_083)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn active_threads_are_told_with_where_the_bot_is() {
    let fixture = Fixture::new().await;
    let thread = thread(&fixture).await;
    let active = format!("/api/v10/guilds/{}/threads/active", fixture.mock.server.world().home);
    let counts = async || {
        let (_, told) = fixture.call("GET", &active, Value::Null).await;
        ["threads", "members"].map(|key| told[key].as_array().map(Vec::len))
    };
    assert_eq!(counts().await, [Some(1), Some(1)]);
    let own = format!("{thread}/thread-members/@me");
    assert_eq!(fixture.call("DELETE", &own, Value::Null).await.0, 204);
    assert_eq!(counts().await, [Some(1), Some(0)]);
    assert_eq!(fixture.call("PUT", &own, Value::Null).await.0, 204);
    assert_eq!(counts().await, [Some(1), Some(1)]);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_bot_puts_each_emoji_once() {
    let fixture = Fixture::new().await;
    let stands = format!("/api/v10/channels/{}/messages/{}", fixture.general(), fixture.sams_message());
    let own = |emoji: &str| format!("{stands}/reactions/{emoji}/@me");
    for _ in 0..2 {
        assert_eq!(fixture.call("PUT", &own("%F0%9F%91%80"), Value::Null).await.0, 204);
    }
    let (_, shown) = fixture.call("GET", &stands, Value::Null).await;
    let reaction = &shown["reactions"][0];
    assert_eq!(
        (&reaction["emoji"]["name"], &reaction["count"], &reaction["me"]),
        (&json!("👀"), &json!(1), &json!(true))
    );
    assert_eq!(fixture.call("DELETE", &own("%F0%9F%91%80"), Value::Null).await.0, 204);
    let (_, shown) = fixture.call("GET", &stands, Value::Null).await;
    assert_eq!(shown["reactions"], Value::Null);
    for number in 0..20 {
        fixture.call("PUT", &own(&format!("%F0%9F%98%{:02X}", 0x80 + number)), Value::Null).await;
    }
    let (status, answer) = fixture.call("PUT", &own("%F0%9F%91%80"), Value::Null).await;
    assert_eq!((status, &answer["code"]), (403, &json!(30_010)));
    let (status, answer) = fixture.call("PUT", &own("thumbsup"), Value::Null).await;
    assert_eq!((status, &answer["code"]), (400, &json!(10_014)));
    fixture.mock.stop().await;
}
