//! What stands beside messages: pins, webhooks, the posts of forums, files, menus of people.

use super::keeping::{Here, NONE};
use super::*;

#[tokio::test]
async fn messages_are_pinned_and_deleted_together() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let messages = format!("/channels/{general}/messages");
    let (one, two) = (fixture.sams_message(), fixture.sams_message());
    fixture
        .all(&[
            ("PUT", &format!("{messages}/pins/{one}"), NONE, 204),
            ("PUT", &format!("/channels/{general}/pins/{two}"), NONE, 204),
        ])
        .await;
    let (_, pins) = fixture.call("GET", &format!("/api/v10{messages}/pins"), NONE).await;
    assert_eq!(pins["items"][0]["message"]["id"], json!(two), "the last pinned first");
    let (_, old) = fixture.call("GET", &format!("/api/v10/channels/{general}/pins"), NONE).await;
    assert_eq!((old.as_array().map(Vec::len), &old[0]["pinned"]), (Some(2), &json!(true)));
    fixture
        .all(&[
            ("DELETE", &format!("{messages}/pins/{one}"), NONE, 204),
            ("POST", &format!("{messages}/bulk-delete"), json!({ "messages": [one] }), 400),
            ("POST", &format!("{messages}/bulk-delete"), json!({ "messages": ["5", one] }), 400),
            ("POST", &format!("{messages}/bulk-delete"), json!({ "messages": [two, one] }), 204),
            ("GET", &format!("{messages}/{one}"), NONE, 404),
        ])
        .await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_webhook_writes_under_any_name() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let (status, made) =
        fixture.call("POST", &format!("/api/v10/channels/{general}/webhooks"), json!({ "name": "News" })).await;
    assert_eq!(status, 200, "{made}");
    let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
    let address = format!("/webhooks/{id}/{token}");
    let said = json!({ "content": "hello", "username": "Herald" });
    let (_, message) = fixture.call("POST", &format!("/api/v10{address}?wait=true"), said).await;
    assert_eq!((&message["author"]["username"], &message["webhook_id"]), (&json!("Herald"), &json!(id)));
    let (_, rows) = fixture.call("GET", "/mock/transcript", NONE).await;
    assert_eq!((&rows[0]["author"], &rows[0]["bot"]), (&json!("Herald"), &json!(true)));
    let written = format!("{address}/messages/{}", message["id"].as_str().unwrap());
    fixture
        .all(&[
            ("POST", &address, json!({ "content": "again" }), 204),
            ("POST", &address, json!({}), 400),
            ("PATCH", &written, json!({ "content": "better" }), 200),
            ("DELETE", &written, NONE, 204),
            ("GET", &format!("/webhooks/{id}"), NONE, 200),
            ("GET", &address, NONE, 200),
            ("PATCH", &format!("/webhooks/{id}"), json!({ "name": "Old news" }), 200),
            ("GET", &format!("/channels/{general}/webhooks"), NONE, 200),
            ("GET", &format!("/guilds/{guild}/webhooks"), NONE, 200),
            ("POST", &format!("/webhooks/{id}/wrong"), json!({ "content": "x" }), 401),
            ("DELETE", &address, NONE, 204),
            ("POST", &address, json!({ "content": "x" }), 404),
        ])
        .await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_forum_holds_posts() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let tags = json!([{ "name": "solved" }]);
    let (status, forum) = fixture
        .call(
            "POST",
            &format!("/api/v10/guilds/{guild}/channels"),
            json!({ "name": "help", "type": 15, "available_tags": tags }),
        )
        .await;
    assert_eq!(status, 201, "{forum}");
    let (id, tag) = (forum["id"].as_str().unwrap(), &forum["available_tags"][0]["id"]);
    let posts = format!("/api/v10/channels/{id}/threads");
    let (status, post) = fixture
        .call("POST", &posts, json!({ "name": "How?", "message": { "content": "like so" }, "applied_tags": [tag] }))
        .await;
    assert_eq!((status, &post["applied_tags"], &post["message"]["id"]), (201, &json!([tag]), &post["id"]), "{post}");
    assert_eq!(fixture.call("POST", &posts, json!({ "name": "empty" })).await.0, 400);
    let of_member =
        json!({ "channel": "help", "author": "sam", "name": "Why?", "content": "tell me", "tags": ["solved"] });
    assert_eq!(fixture.call("POST", "/mock/threads", of_member).await.0, 201);
    let wrong = json!({ "name": "x", "message": { "content": "x" }, "applied_tags": ["5"] });
    assert_eq!(fixture.call("POST", &posts, wrong).await.1["code"], json!(10_087));
    assert_eq!(fixture.says("sam", "help").await, 400, "in a forum itself nobody writes");
    assert_eq!(fixture.says("sam", "Why?").await, 201);
    let thread = format!("/channels/{}", post["id"].as_str().unwrap());
    fixture
        .all(&[
            ("PATCH", &thread, json!({ "archived": true, "locked": true }), 200),
            ("PATCH", &thread, json!({ "name": "else" }), 400),
            ("GET", &format!("/channels/{id}/threads/archived/private"), NONE, 200),
        ])
        .await;
    let (_, over) = fixture.call("GET", &format!("/api/v10/channels/{id}/threads/archived/public"), NONE).await;
    assert_eq!((&over["threads"][0]["id"], &over["has_more"]), (&post["id"], &json!(false)));
    fixture.all(&[("DELETE", &thread, NONE, 200), ("GET", &thread, NONE, 404)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_was_attached_is_served() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let body = "--edge\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"my notes.txt\"\r\n\r\n\
                some words\r\n--edge--\r\n";
    let path = format!("{}/api/v10/channels/{general}/messages", fixture.mock.url());
    let request = fixture.client.post(path).header("authorization", TOKEN).body(body);
    let sent = request.header("content-type", "multipart/form-data; boundary=edge").send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let own = &sent["attachments"][0];
    assert_eq!((&own["filename"], &own["size"]), (&json!("my_notes.txt"), &json!(10)), "{sent}");
    let served = fixture.client.get(own["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(served.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(served.text().await.unwrap(), "some words");
    let with_file = json!({ "channel": "general", "author": "sam", "files": [{ "name": "a.csv", "text": "1,2" }] });
    assert_eq!(fixture.call("POST", "/mock/messages", with_file).await.0, 201);
    let gone = fixture.client.get(format!("{}/attachments/5/a.txt", fixture.mock.url())).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn people_roles_and_channels_are_chosen_from_menus() {
    let (fixture, Here { general, sam, .. }) = Fixture::with_bot().await;
    let menu = |kind: u8| json!({ "type": 1, "components": [{ "type": kind, "custom_id": format!("menu-{kind}") }] });
    let body = json!({ "content": "choose", "components": [menu(5), menu(6), menu(7), menu(8)] });
    let (_, message) = fixture.call("POST", &format!("/api/v10/channels/{general}/messages"), body).await;
    for (kind, chosen, group, value) in
        [(5, "sam", "members", &sam), (7, "sam", "users", &sam), (8, "general", "channels", &general)]
    {
        let click =
            json!({ "message": message["id"], "author": "alex", "label": format!("menu-{kind}"), "values": [chosen] });
        assert_eq!(fixture.call("POST", "/mock/clicks", click).await.0, 201, "{kind}");
        let data = fixture.mock.server.world().interactions.last_key_value().unwrap().1.deed.data.clone();
        assert_eq!(data["values"], json!([value]));
        assert!(data["resolved"][group][value.as_str()].is_object(), "{data}");
    }
    let roles = json!({ "message": message["id"], "author": "alex", "label": "menu-6", "values": ["Moderators"] });
    assert_eq!(fixture.call("POST", "/mock/clicks", roles).await.0, 201);
    let nobody = json!({ "message": message["id"], "author": "alex", "label": "menu-6", "values": ["nobody"] });
    assert_eq!(fixture.call("POST", "/mock/clicks", nobody).await.0, 400);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_menu_of_channels_offers_those_of_its_kinds_that_a_member_sees() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let menu = |kinds: &[u8]| {
        let menu = json!({ "type": 8, "custom_id": format!("{kinds:?}"), "channel_types": kinds });
        json!({ "type": 1, "components": [menu] })
    };
    let body = json!({ "content": "choose", "components": [menu(&[0]), menu(&[4, 15])] });
    let (_, message) = fixture.call("POST", &format!("/api/v10/channels/{general}/messages"), body).await;
    let check = async |menu: &str, channel: &str, status: u16| {
        let click = json!({ "message": message["id"], "author": "sam", "label": menu, "values": [channel] });
        assert_eq!(fixture.call("POST", "/mock/clicks", click).await.0, status, "{menu} {channel}");
    };
    check("[0]", "moderators", 201).await;
    check("[4, 15]", "general", 400).await;
    let (_, rows) = fixture.call("GET", "/mock/transcript", NONE).await;
    let offered = |menu: usize| rows[0]["selects"][menu]["options"].as_array().map(Vec::len);
    assert_eq!((offered(0), offered(1)), (Some(3), Some(0)), "{rows}");
    let hide = json!({ "who": "@everyone", "channel": "moderators", "deny": ["VIEW_CHANNEL"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", hide).await.0, 200);
    check("[0]", "moderators", 400).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_command_for_grown_ups_is_offered_in_their_channels() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let command = json!([{ "name": "dice", "description": "d", "nsfw": true }]);
    assert_eq!(fixture.call("PUT", "/api/v10/applications/1234/commands", command).await.0, 200);
    let used = json!({ "channel": "general", "author": "sam", "name": "dice" });
    assert_eq!(fixture.call("POST", "/mock/commands", used.clone()).await.0, 409);
    fixture.all(&[("PATCH", &format!("/channels/{general}"), json!({ "nsfw": true }), 200)]).await;
    assert_eq!(fixture.call("POST", "/mock/commands", used).await.0, 201);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_no_server_here_has_is_an_empty_list() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let own = |what: &str| format!("/guilds/{guild}/{what}");
    for what in
        ["emojis", "stickers", "scheduled-events", "invites", "integrations", "audit-logs", "auto-moderation/rules"]
    {
        let (status, answer) = fixture.call("GET", &format!("/api/v10{}", own(what)), NONE).await;
        let is_empty = |list: &Value| list.as_array().is_some_and(Vec::is_empty);
        assert!(
            status == 200 && (is_empty(&answer) || answer.as_object().is_some_and(|all| all.values().all(is_empty)))
        );
    }
    fixture
        .all(&[
            ("GET", &format!("/channels/{general}/invites"), NONE, 200),
            ("GET", "/applications/1234/emojis", NONE, 200),
            ("GET", "/applications/1234/entitlements", NONE, 200),
            ("GET", &format!("/applications/1234/guilds/{guild}/commands/permissions"), NONE, 200),
            ("GET", &format!("/applications/1234/guilds/{guild}/commands/5/permissions"), NONE, 404),
            ("GET", "/guilds/5/emojis", NONE, 404),
        ])
        .await;
    fixture.mock.stop().await;
}
