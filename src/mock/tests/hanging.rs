//! What hangs on messages and channels: threads and reactions.

use super::bot::Bot;
use super::keeping::{Here, NONE};
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
async fn threads_of_announcements_are_of_a_kind_of_their_own() {
    let fixture = Fixture::new().await;
    let room = format!("/api/v10/channels/{}", fixture.general());
    let start = async |kind: Value| {
        let wish = json!({ "name": "aside", "type": kind });
        let (status, answer) = fixture.call("POST", &format!("{room}/threads"), wish).await;
        if status == 201 { answer["type"].as_u64() } else { answer["code"].as_u64() }
    };
    assert_eq!(start(json!(10)).await, Some(50_024));
    fixture.call("PATCH", &room, json!({ "type": 5 })).await;
    for (kind, made) in [(json!(10), 10), (json!(11), 10), (Value::Null, 10), (json!(12), 50_024)] {
        assert_eq!(start(kind.clone()).await, Some(made), "{kind}");
    }
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

#[tokio::test]
async fn a_private_thread_says_who_lets_others_in() {
    let (fixture, Here { general, sam, .. }) = Fixture::with_bot().await;
    let start = json!({ "name": "aside", "type": 12, "invitable": false });
    let (_, thread) = fixture.call("POST", &format!("/api/v10/channels/{general}/threads"), start).await;
    assert_eq!(thread["thread_metadata"]["invitable"], json!(false), "{thread}");
    let path = format!("/api/v10/channels/{}", thread["id"].as_str().unwrap());
    let (_, thread) = fixture.call("PATCH", &path, json!({ "invitable": true })).await;
    assert_eq!(thread["thread_metadata"]["invitable"], json!(true), "{thread}");
    let add = async |token: &str| {
        let request = fixture.client.put(format!("{}{path}/thread-members/{sam}", fixture.mock.url()));
        request.header("authorization", token).send().await.unwrap().status().as_u16()
    };
    let deny = json!({ "who": "bot-5678", "deny": ["MANAGE_THREADS"] });
    let other = "Bot NTY3OA.x.y";
    assert_eq!(add(other).await, 204, "who manages threads may");
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    assert_eq!(fixture.call("PUT", &format!("{path}/thread-members/5678"), NONE).await.0, 204);
    assert_eq!(add(other).await, 204, "who is in it may");
    fixture.call("PATCH", &path, json!({ "invitable": false })).await;
    assert_eq!((add(other).await, add(TOKEN).await), (403, 204));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_thread_tells_a_bot_that_it_is_in_it() {
    let fixture = Fixture::new().await;
    let thread = thread(&fixture).await;
    assert_eq!(fixture.call("GET", &thread, NONE).await.1["member"]["user_id"], json!("1234"));
    assert_eq!(fixture.call("DELETE", &format!("{thread}/thread-members/@me"), NONE).await.0, 204);
    assert_eq!(fixture.call("GET", &thread, NONE).await.1["member"], NONE);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_forum_has_one_pinned_post_and_counts_no_first_message() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let forum = json!({ "name": "help", "type": 15 });
    let (_, forum) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), forum).await;
    let posts = format!("/api/v10/channels/{}/threads", forum["id"].as_str().unwrap());
    let mut made = Vec::new();
    for name in ["first", "second"] {
        let (_, post) = fixture.call("POST", &posts, json!({ "name": name, "message": { "content": "x" } })).await;
        assert_eq!((&post["message_count"], &post["total_message_sent"]), (&json!(0), &json!(0)), "{post}");
        made.push(format!("/api/v10/channels/{}", post["id"].as_str().unwrap()));
    }
    fixture.call("POST", &format!("{}/messages", made[0]), json!({ "content": "more" })).await;
    let (status, pinned) = fixture.call("PATCH", &made[0], json!({ "flags": 2 })).await;
    assert_eq!((status, &pinned["flags"], &pinned["message_count"]), (200, &json!(2), &json!(1)), "{pinned}");
    let (status, refused) = fixture.call("PATCH", &made[1], json!({ "flags": 2 })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(30_047)));
    assert_eq!(fixture.call("PATCH", &made[0], json!({ "flags": 0 })).await.1["flags"], json!(0));
    assert_eq!(fixture.call("PATCH", &made[1], json!({ "flags": 2 })).await.0, 200);
    let (status, refused) = fixture.call("PATCH", &made[1], json!({ "applied_tags": ["abc"] })).await;
    let code = &refused["errors"]["applied_tags"]["0"]["_errors"][0]["code"];
    assert_eq!((status, code), (400, &json!("NUMBER_TYPE_COERCE")), "{refused}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn messages_in_a_thread_have_a_place_there_and_others_have_none() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let thread = thread(&fixture).await;
    assert_eq!(bot.hear().await["t"], "THREAD_CREATE");
    for position in 0..3 {
        let (_, message) = fixture.call("POST", &format!("{thread}/messages"), json!({ "content": "x" })).await;
        assert_eq!(message["position"], json!(position));
        let event = bot.hear().await;
        assert_eq!((&event["t"], &event["d"]["position"]), (&json!("MESSAGE_CREATE"), &json!(position)));
        let stands = format!("{thread}/messages/{}", message["id"].as_str().unwrap());
        let (_, edited) = fixture.call("PATCH", &stands, json!({ "content": "y" })).await;
        assert_eq!(edited["position"], json!(position));
        assert_eq!(bot.hear().await["d"]["position"], json!(position));
        // The place of one that is gone is given to no other.
        assert_eq!(fixture.call("DELETE", &stands, NONE).await.0, 204);
        assert_eq!(bot.hear().await["t"], "MESSAGE_DELETE");
    }
    let (_, shown) = fixture.call("GET", &thread, NONE).await;
    assert_eq!((&shown["message_count"], &shown["total_message_sent"]), (&json!(0), &json!(3)));
    let elsewhere = format!("/api/v10/channels/{}/messages", fixture.general());
    let (_, message) = fixture.call("POST", &elsewhere, json!({ "content": "x" })).await;
    assert_eq!(message.get("position"), None);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_forum_names_its_newest_post_and_a_post_begins_at_0() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let forum = json!({ "name": "help", "type": 15 });
    let (_, forum) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), forum).await;
    let forum = format!("/api/v10/channels/{}", forum["id"].as_str().unwrap());
    let last = async || fixture.call("GET", &forum, NONE).await.1["last_message_id"].clone();
    assert_eq!(last().await, NONE);
    for name in ["first", "second"] {
        let body = json!({ "name": name, "message": { "content": "x" } });
        let (_, post) = fixture.call("POST", &format!("{forum}/threads"), body).await;
        assert_eq!((&last().await, &post["message"]["position"]), (&post["id"], &json!(0)), "{post}");
        let messages = format!("/api/v10/channels/{}/messages", post["id"].as_str().unwrap());
        for position in 0..2 {
            let (_, message) = fixture.call("POST", &messages, json!({ "content": "more" })).await;
            assert_eq!(message["position"], json!(position));
        }
        assert_eq!(last().await, post["id"]);
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_channel_begins_with_what_its_category_opens_and_closes() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let make = async |wish: Value| {
        let (status, made) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), wish).await;
        assert_eq!(status, 201, "{made}");
        made
    };
    let closed = json!([{ "id": guild, "type": 0, "allow": "0", "deny": "1024" }]);
    let heading = make(json!({ "name": "staff", "type": 4, "permission_overwrites": closed })).await;
    for own in [json!({}), json!({ "permission_overwrites": [] }), json!({ "permission_overwrites": null })] {
        let wish = crate::mock::wire::with(json!({ "name": "room", "parent_id": heading["id"] }), own);
        assert_eq!(make(wish).await["permission_overwrites"], closed);
    }
    let open = json!([{ "id": guild, "type": 0, "allow": "1024", "deny": "0" }]);
    let wish = json!({ "name": "open", "parent_id": heading["id"], "permission_overwrites": open });
    assert_eq!(make(wish).await["permission_overwrites"], open);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_follows_an_answer_replies_to_it() {
    let fixture = Fixture::new().await;
    let callback = fixture.command();
    assert_eq!(fixture.call("POST", &callback, json!({ "type": 4, "data": { "content": "first" } })).await.0, 204);
    let address = format!("/api/v10/webhooks/1234/{}", fixture.interaction().1);
    let (_, first) = fixture.call("GET", &format!("{address}/messages/@original"), NONE).await;
    let (_, then) = fixture.call("POST", &address, json!({ "content": "then" })).await;
    assert_eq!((&first["type"], &first["message_reference"]), (&json!(20), &NONE));
    assert_eq!((&then["type"], &then["message_reference"]["message_id"]), (&json!(19), &first["id"]), "{then}");
    assert_eq!(then["referenced_message"]["content"], json!("first"));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_webhooks_message_is_found_where_it_stands() {
    let fixture = Fixture::new().await;
    let thread = thread(&fixture).await;
    let id = thread.rsplit('/').next().unwrap();
    let webhooks = format!("/api/v10/channels/{}/webhooks", fixture.general());
    let (_, webhook) = fixture.call("POST", &webhooks, json!({ "name": "w" })).await;
    let [own, token] = ["id", "token"].map(|key| webhook[key].as_str().unwrap());
    let address = format!("/api/v10/webhooks/{own}/{token}");
    let write = format!("{address}?wait=true&thread_id={id}");
    let (_, written) = fixture.call("POST", &write, json!({ "content": "x" })).await;
    let message = format!("{address}/messages/{}", written["id"].as_str().unwrap());
    let (there, elsewhere) =
        (format!("{message}?thread_id={id}"), format!("{message}?thread_id={}", fixture.general()));
    for (path, status) in [(&message, 404), (&elsewhere, 404), (&there, 200)] {
        assert_eq!(fixture.call("GET", path, NONE).await.0, status, "{path}");
        assert_eq!(fixture.call("PATCH", path, json!({ "content": "y" })).await.0, status, "{path}");
    }
    assert_eq!(fixture.call("DELETE", &message, NONE).await.1["code"], json!(10_008));
    assert_eq!(fixture.call("DELETE", &there, NONE).await.0, 204);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_is_in_a_thread_is_told_with_when_they_came_and_what_they_are() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let thread = thread(&fixture).await;
    assert_eq!(bot.hear().await["t"], "THREAD_CREATE");
    fixture.order(json!({ "clock_jump_s": 3600 })).await;
    let sam = fixture.mock.server.world().member("sam").unwrap().to_string();
    let members = format!("{thread}/thread-members");
    assert_eq!(fixture.call("PUT", &format!("{members}/{sam}"), NONE).await.0, 204);
    let event = bot.hear().await;
    let added = &event["d"]["added_members"][0];
    assert_eq!((&added["member"]["user"]["id"], added.get("presence")), (&json!(sam), Some(&NONE)), "{event}");
    let (_, all) = fixture.call("GET", &members, NONE).await;
    assert_eq!((all.as_array().map(Vec::len), all[0].get("member")), (Some(2), None));
    let [first, second] = [0, 1].map(|place| all[place]["join_timestamp"].as_str().unwrap().parse().unwrap());
    let apart: jiff::SignedDuration = jiff::Timestamp::duration_until(first, second);
    assert!(apart.abs() >= jiff::SignedDuration::from_mins(59), "{all}");
    let (_, one) = fixture.call("GET", &format!("{members}?with_member=true&limit=1&after=1234"), NONE).await;
    assert_eq!((one.as_array().map(Vec::len), &one[0]["member"]["user"]["id"]), (Some(1), &json!(sam)));
    let (_, own) = fixture.call("GET", &format!("{members}/1234?with_member=true"), NONE).await;
    assert_eq!(own["member"]["user"]["id"], json!("1234"));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn private_threads_that_are_over_are_listed_for_who_is_in_them() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let deny = json!({ "who": "bot-1234", "deny": ["MANAGE_THREADS"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    let channel = format!("/channels/{general}");
    let mut ids = Vec::new();
    for name in ["first", "second", "third"] {
        let start = json!({ "name": name, "type": 12 });
        let (_, thread) = fixture.call("POST", &format!("/api/v10{channel}/threads"), start).await;
        let id = thread["id"].as_str().unwrap().to_owned();
        fixture.all(&[("PATCH", &format!("/channels/{id}"), json!({ "archived": true }), 200)]).await;
        ids.push(id);
    }
    fixture.all(&[("GET", &format!("{channel}/threads/archived/private"), NONE, 403)]).await;
    let own = format!("/api/v10{channel}/users/@me/threads/archived/private");
    let check = async |query: &str, expected: &[&String], more: bool| {
        let (_, told) = fixture.call("GET", &format!("{own}?{query}"), NONE).await;
        let found: Vec<&str> =
            told["threads"].as_array().unwrap().iter().flat_map(|thread| thread["id"].as_str()).collect();
        assert_eq!(
            (found, &told["has_more"]),
            (expected.iter().map(|id| id.as_str()).collect(), &json!(more)),
            "{query}"
        );
    };
    check("", &[&ids[2], &ids[1], &ids[0]], false).await;
    check("limit=2", &[&ids[2], &ids[1]], true).await;
    check(&format!("before={}", ids[1]), &[&ids[0]], false).await;
    fixture.mock.stop().await;
}
