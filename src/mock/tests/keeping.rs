//! How bots keep a server: channels and who may do what in them, roles, members, pins, webhooks, files, forums.

use super::bot::Bot;
use super::*;

/// A server's id, the channel `general`, and sam, as bots name them.
struct Here {
    guild: String,
    general: String,
    sam: String,
}

impl Fixture {
    async fn with_bot() -> (Fixture, Here) {
        let fixture = Fixture::new().await;
        fixture.log_in();
        let here = {
            let mut world = fixture.mock.server.world();
            Here {
                guild: world.home.to_string(),
                general: world.text_channel("general").unwrap().to_string(),
                sam: world.member("sam").unwrap().to_string(),
            }
        };
        (fixture, here)
    }

    /// Makes each request in turn, and holds its status to the one that is expected.
    async fn all(&self, requests: &[(&str, &str, Value, u16)]) {
        for (method, path, body, expected) in requests {
            let (status, answer) = self.call(method, &format!("/api/v10{path}"), body.clone()).await;
            assert_eq!(status, *expected, "{method} {path}: {answer}");
        }
    }

    /// What a member's message is answered with.
    async fn says(&self, author: &str, channel: &str) -> u16 {
        let message = json!({ "channel": channel, "author": author, "content": "hello" });
        self.call("POST", "/mock/messages", message).await.0
    }
}

const NONE: Value = Value::Null;

#[tokio::test]
async fn a_channel_opens_to_some_and_closes_to_others() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let (status, made) = fixture
        .call(
            "POST",
            &format!("/api/v10/guilds/{guild}/channels"),
            json!({ "name": "Staff Room", "type": 0, "topic": "t" }),
        )
        .await;
    assert_eq!((status, &made["name"]), (201, &json!("staff-room")));
    let room = made["id"].as_str().unwrap();
    assert_eq!(fixture.says("sam", "staff-room").await, 201);
    let send = (1_u64 << 11).to_string();
    let view = (1_u64 << 10).to_string();
    let own = format!("/channels/{room}/permissions/{sam}");
    fixture.all(&[("PUT", &own, json!({ "type": 1, "deny": send }), 204)]).await;
    assert_eq!(fixture.says("sam", "staff-room").await, 409);
    assert_eq!(fixture.says("alex", "staff-room").await, 201);
    fixture.all(&[("PUT", &own, json!({ "type": 1, "deny": view }), 204)]).await;
    assert_eq!(fixture.says("sam", "staff-room").await, 404);
    fixture
        .all(&[
            ("DELETE", &own, NONE, 204),
            ("PUT", &format!("/channels/{room}/permissions/5"), json!({ "type": 0 }), 404),
            ("PATCH", &format!("/channels/{room}"), json!({ "name": "x", "parent_id": room }), 400),
            ("PATCH", &format!("/channels/{room}"), json!({ "name": "helpers", "rate_limit_per_user": 5 }), 200),
            ("GET", &format!("/channels/{room}"), NONE, 200),
        ])
        .await;
    assert_eq!(fixture.says("sam", "helpers").await, 201);
    fixture
        .all(&[
            ("DELETE", &format!("/channels/{room}"), NONE, 200),
            ("GET", &format!("/channels/{room}"), NONE, 404),
            ("POST", &format!("/guilds/{guild}/channels"), json!({ "type": 0 }), 400),
        ])
        .await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_bot_does_what_its_role_lets_it() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let deny = json!({ "who": "bot-1234", "deny": ["MANAGE_MESSAGES", "MANAGE_CHANNELS", "PIN_MESSAGES"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    let sams = fixture.sams_message();
    let messages = format!("/channels/{general}/messages");
    fixture
        .all(&[
            ("DELETE", &format!("{messages}/{sams}"), NONE, 403),
            ("PUT", &format!("{messages}/pins/{sams}"), NONE, 403),
            ("POST", &messages, json!({ "content": "plain" }), 200),
            ("POST", &format!("/guilds/{guild}/channels"), json!({ "name": "x" }), 403),
        ])
        .await;
    let allow = json!({ "who": "bot-1234", "channel": "general", "allow": ["MANAGE_MESSAGES"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", allow).await.0, 200);
    fixture.all(&[("DELETE", &format!("{messages}/{sams}"), NONE, 204)]).await;
    let embed = json!({ "embeds": [{ "title": "t" }] });
    for (who, status) in [("bot-1234", 200), ("@everyone", 403)] {
        let deny = json!({ "who": who, "deny": ["EMBED_LINKS"] });
        assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
        fixture.all(&[("POST", &messages, embed.clone(), status)]).await;
    }
    let wrong = [json!({ "who": "nobody", "deny": [] }), json!({ "who": "Moderators", "deny": ["FLY"] })];
    for (wrong, status) in wrong.into_iter().zip([404, 400]) {
        assert_eq!(fixture.call("POST", "/mock/permissions", wrong).await.0, status);
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn roles_are_made_given_and_taken() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let roles = format!("/api/v10/guilds/{guild}/roles");
    let (_, made) =
        fixture.call("POST", &roles, json!({ "name": "Helpers", "permissions": "8192", "color": 255 })).await;
    let role = made["id"].as_str().unwrap();
    let held = format!("/guilds/{guild}/members/{sam}/roles/{role}");
    fixture
        .all(&[
            ("PUT", &held, NONE, 204),
            ("PATCH", &format!("/guilds/{guild}/roles/{role}"), json!({ "hoist": true }), 200),
            ("POST", &format!("/guilds/{guild}/roles"), json!({ "permissions": "8" }), 403),
            ("GET", &format!("/guilds/{guild}/roles/{role}"), NONE, 200),
        ])
        .await;
    let member = format!("/api/v10/guilds/{guild}/members/{sam}");
    assert_eq!(fixture.call("GET", &member, NONE).await.1["roles"], json!([role]));
    fixture
        .all(&[
            ("DELETE", &held, NONE, 204),
            ("PATCH", &format!("/guilds/{guild}/members/{sam}"), json!({ "roles": [role], "nick": "Sammy" }), 200),
            ("DELETE", &format!("/guilds/{guild}/roles/{role}"), NONE, 204),
            ("DELETE", &format!("/guilds/{guild}/roles/5"), NONE, 404),
        ])
        .await;
    let (_, found) = fixture.call("GET", &member, NONE).await;
    assert_eq!((&found["roles"], &found["nick"]), (&json!([]), &json!("Sammy")));
    let own = {
        let world = fixture.mock.server.world();
        world.role(world.home, "bot-1234").unwrap().id
    };
    fixture.all(&[("DELETE", &format!("/guilds/{guild}/roles/{own}"), NONE, 403)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn members_are_timed_out_sent_away_and_banned() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let member = format!("/guilds/{guild}/members/{sam}");
    let mo = fixture.mock.server.world().member("mo").unwrap();
    fixture
        .all(&[
            ("PATCH", &member, json!({ "communication_disabled_until": "2099-01-01T00:00:00Z" }), 200),
            ("PATCH", &member, json!({ "communication_disabled_until": "soon" }), 400),
            ("PATCH", &format!("/guilds/{guild}/members/{mo}"), json!({ "nick": "boss" }), 403),
            ("PATCH", &format!("/guilds/{guild}/members/@me"), json!({ "nick": "Helper" }), 200),
        ])
        .await;
    assert_eq!(fixture.says("sam", "general").await, 409);
    fixture
        .all(&[
            ("PATCH", &member, json!({ "communication_disabled_until": null }), 200),
            ("DELETE", &member, NONE, 204),
            ("GET", &member, NONE, 404),
        ])
        .await;
    assert_eq!(fixture.says("sam", "general").await, 201, "whoever was sent away may come back");
    let ban = format!("/guilds/{guild}/bans/{sam}");
    fixture.all(&[("PUT", &ban, json!({}), 204), ("GET", &ban, NONE, 200)]).await;
    assert_eq!(fixture.says("sam", "general").await, 409);
    fixture.all(&[("DELETE", &ban, json!({}), 204), ("DELETE", &ban, json!({}), 404)]).await;
    assert_eq!(fixture.says("sam", "general").await, 201);
    let leaves = json!({ "name": "alex", "leaves": true });
    assert_eq!(fixture.call("PATCH", "/mock/members", leaves).await.0, 200);
    let (_, members) = fixture.call("GET", &format!("/api/v10/guilds/{guild}/members?limit=100"), NONE).await;
    assert_eq!(members.as_array().map(Vec::len), Some(3));
    fixture.mock.stop().await;
}

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
    assert_eq!(fixture.says("sam", "help").await, 400, "in a forum itself nobody writes");
    assert_eq!(fixture.says("sam", "Why?").await, 201);
    let thread = format!("/channels/{}", post["id"].as_str().unwrap());
    fixture
        .all(&[
            ("PATCH", &thread, json!({ "archived": true, "locked": true }), 200),
            ("GET", &format!("/channels/{id}/threads/archived/public"), NONE, 200),
            ("GET", &format!("/channels/{id}/threads/archived/private"), NONE, 200),
            ("DELETE", &thread, NONE, 200),
            ("GET", &thread, NONE, 404),
        ])
        .await;
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
    let nobody = json!({ "message": message["id"], "author": "alex", "label": "menu-6", "values": ["nobody"] });
    assert_eq!(fixture.call("POST", "/mock/clicks", nobody).await.0, 400);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_no_server_here_has_is_an_empty_list() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let own = |what: &str| format!("/guilds/{guild}/{what}");
    for what in
        ["emojis", "stickers", "scheduled-events", "invites", "integrations", "audit-logs", "auto-moderation/rules"]
    {
        fixture.all(&[("GET", &own(what), NONE, 200)]).await;
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

#[tokio::test]
async fn bots_hear_what_becomes_of_a_server() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let (guild, sam) = {
        let mut world = fixture.mock.server.world();
        (world.home.to_string(), world.member("sam").unwrap().to_string())
    };
    let (_, room) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), json!({ "name": "a" })).await;
    let (_, role) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/roles"), json!({ "name": "b" })).await;
    let [room, role] = [&room, &role].map(|made| made["id"].as_str().unwrap());
    fixture
        .all(&[
            ("PATCH", &format!("/channels/{room}"), json!({ "name": "c" }), 200),
            ("PUT", &format!("/guilds/{guild}/members/{sam}/roles/{role}"), NONE, 204),
            ("POST", &format!("/channels/{room}/webhooks"), json!({ "name": "w" }), 200),
            ("POST", &format!("/channels/{room}/typing"), NONE, 204),
            ("DELETE", &format!("/channels/{room}"), NONE, 200),
            ("DELETE", &format!("/guilds/{guild}/roles/{role}"), NONE, 204),
            ("PUT", &format!("/guilds/{guild}/bans/{sam}"), json!({}), 204),
        ])
        .await;
    for expected in [
        "CHANNEL_CREATE",
        "GUILD_ROLE_CREATE",
        "CHANNEL_UPDATE",
        "GUILD_MEMBER_UPDATE",
        "WEBHOOKS_UPDATE",
        "TYPING_START",
        "CHANNEL_DELETE",
        "GUILD_ROLE_DELETE",
        "GUILD_BAN_ADD",
        "GUILD_MEMBER_REMOVE",
    ] {
        let heard = bot.hear().await;
        assert_eq!((&heard["t"], &heard["d"]["guild_id"]), (&json!(expected), &json!(guild)), "{heard}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_channel_that_is_closed_to_a_bot_is_silent_for_it() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let close = json!({ "who": "@everyone", "channel": "questions", "deny": ["VIEW_CHANNEL"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", close).await.0, 200);
    assert_eq!(fixture.says("mo", "questions").await, 201, "the owner sees everything");
    assert_eq!(fixture.says("mo", "general").await, 201);
    assert_eq!(bot.hear().await["t"], "CHANNEL_UPDATE");
    let heard = bot.hear().await;
    assert_eq!((&heard["t"], &heard["d"]["channel_id"]), (&json!("MESSAGE_CREATE"), &json!(fixture.general())));
    fixture.mock.stop().await;
}
