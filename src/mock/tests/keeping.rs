//! How bots keep a server: channels and who may do what in them, roles, members, and what becomes of those.

use super::bot::Bot;
use super::*;

/// A server's id, the channel `general`, and sam, as bots name them.
pub(super) struct Here {
    pub(super) guild: String,
    pub(super) general: String,
    pub(super) sam: String,
}

impl Fixture {
    pub(super) async fn with_bot() -> (Fixture, Here) {
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
    pub(super) async fn all(&self, requests: &[(&str, &str, Value, u16)]) {
        for (method, path, body, expected) in requests {
            let (status, answer) = self.call(method, &format!("/api/v10{path}"), body.clone()).await;
            assert_eq!(status, *expected, "{method} {path}: {answer}");
        }
    }

    /// What a member's message is answered with.
    pub(super) async fn says(&self, author: &str, channel: &str) -> u16 {
        let message = json!({ "channel": channel, "author": author, "content": "hello" });
        self.call("POST", "/mock/messages", message).await.0
    }
}

pub(super) const NONE: Value = Value::Null;

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
    fixture
        .all(&[
            ("DELETE", &format!("/guilds/{guild}/roles/{own}"), NONE, 403),
            ("DELETE", &format!("/guilds/{guild}/roles/{guild}"), NONE, 400),
            ("PATCH", &format!("/guilds/{guild}/roles"), json!([{ "id": guild, "position": 1 }]), 400),
            ("PUT", &format!("/guilds/{guild}/members/{sam}/roles/{guild}"), NONE, 400),
        ])
        .await;
    let everyone = format!("/api/v10/guilds/{guild}/roles/{guild}");
    let (_, kept) = fixture.call("PATCH", &everyone, json!({ "name": "all", "mentionable": true })).await;
    assert_eq!((&kept["name"], &kept["mentionable"]), (&json!("@everyone"), &json!(true)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn roles_are_moved_by_a_list_of_all_of_them() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let roles = format!("/api/v10/guilds/{guild}/roles");
    for name in ["a", "b", "c"] {
        assert_eq!(fixture.call("POST", &roles, json!({ "name": name })).await.0, 200);
    }
    let told = async || {
        let (_, roles) = fixture.call("GET", &roles, NONE).await;
        let told = roles.as_array().unwrap().iter().map(|role| (role["name"].clone(), role["id"].clone()));
        told.unzip::<Value, Value, Vec<Value>, Vec<Value>>()
    };
    let (names, ids) = told().await;
    assert_eq!(names, ["@everyone", "c", "b", "a", "Moderators", "bot-1234"]);
    let order = |places: [u8; 6]| {
        let entry = |(id, position): (&Value, u8)| json!({ "id": id, "position": position });
        ids.iter().zip(places).map(entry).collect::<Value>()
    };
    let roles = format!("/guilds/{guild}/roles");
    fixture.all(&[("PATCH", &roles, order([0, 3, 1, 2, 4, 5]), 200)]).await;
    assert_eq!(told().await.0, ["@everyone", "b", "a", "c", "Moderators", "bot-1234"]);
    for refused in [[1, 0, 1, 2, 4, 5], [0, 3, 1, 2, 5, 4]] {
        let (status, _) = fixture.call("PATCH", &format!("/api/v10{roles}"), order(refused)).await;
        assert!(matches!(status, 400 | 403), "{refused:?}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn members_are_timed_out_sent_away_and_banned() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let member = format!("/guilds/{guild}/members/{sam}");
    let mo = fixture.mock.server.world().member("mo").unwrap();
    let now = fixture.mock.server.world().clock.now();
    let [soon, late] = [1, 29].map(|days| (now + jiff::SignedDuration::from_hours(24 * days)).to_string());
    fixture
        .all(&[
            ("PATCH", &member, json!({ "communication_disabled_until": soon }), 200),
            ("PATCH", &member, json!({ "communication_disabled_until": late }), 400),
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
        // Those that were there move up.
        "GUILD_ROLE_UPDATE",
        "GUILD_ROLE_UPDATE",
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

#[tokio::test]
async fn a_direct_message_is_nobodys_to_keep() {
    let (fixture, _) = Fixture::with_bot().await;
    let said = json!({ "channel": "dm", "author": "sam", "content": "hello" });
    let (_, said) = fixture.call("POST", "/mock/messages", said).await;
    let id = said["id"].as_str().unwrap();
    let channel = {
        let world = fixture.mock.server.world();
        world.message(id.parse().unwrap()).unwrap().channel
    };
    let (status, answer) = fixture.call("DELETE", &format!("/api/v10/channels/{channel}/messages/{id}"), NONE).await;
    assert_eq!((status, &answer["code"]), (403, &json!(50_003)));
    fixture.all(&[("DELETE", &format!("/channels/{channel}"), NONE, 200)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_is_banned_does_nothing_more_and_what_they_said_goes() {
    let (fixture, Here { guild, general, sam }) = Fixture::with_bot().await;
    let said = fixture.sams_message();
    let button = json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Go", "custom_id": "go" }] }]);
    let body = json!({ "content": "x", "components": button });
    let (_, message) = fixture.call("POST", &format!("/api/v10/channels/{general}/messages"), body).await;
    fixture
        .all(&[
            ("PUT", &format!("/guilds/{guild}/bans/{sam}"), json!({ "delete_message_seconds": 999_999_999 }), 400),
            ("PUT", &format!("/guilds/{guild}/bans/{sam}"), json!({ "delete_message_seconds": 3600 }), 204),
            ("GET", &format!("/channels/{general}/messages/{said}"), NONE, 404),
        ])
        .await;
    let click = json!({ "message": message["id"], "author": "sam", "label": "Go" });
    assert_eq!(fixture.call("POST", "/mock/clicks", click).await.0, 409);
    let react = json!({ "message": message["id"], "author": "sam", "emoji": "👀" });
    assert_eq!(fixture.call("POST", "/mock/reactions", react).await.0, 409);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_stood_in_a_channel_goes_with_it() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let said = fixture.sams_message();
    fixture.all(&[("DELETE", &format!("/channels/{general}"), NONE, 200)]).await;
    let (_, rows) = fixture.call("GET", "/mock/transcript?after=0", NONE).await;
    assert_eq!((&rows[0]["id"], &rows[0]["deleted"]), (&json!(said), &json!(true)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_bot_that_was_sent_away_hears_nothing_until_it_comes_back() {
    let fixture = Fixture::new().await;
    let (mut bot, _) = Bot::ready(&fixture).await;
    let change = async |leaves: bool| {
        let change = json!({ "name": "bot-1234", "leaves": leaves });
        assert_eq!(fixture.call("PATCH", "/mock/members", change).await.0, 200);
    };
    change(true).await;
    fixture.says("alex", "general").await;
    let guild = fixture.mock.server.world().home;
    let (status, _) = fixture.call("GET", &format!("/api/v10/guilds/{guild}"), NONE).await;
    assert_eq!(status, 403);
    change(false).await;
    fixture.says("alex", "general").await;
    let mut heard: Vec<Value> = Vec::new();
    while heard.last().is_none_or(|last| last["t"] != "MESSAGE_CREATE") {
        heard.push(bot.hear().await);
    }
    let names: Vec<&Value> = heard.iter().map(|event| &event["t"]).collect();
    assert_eq!(names, ["GUILD_DELETE", "GUILD_CREATE", "GUILD_MEMBER_ADD", "MESSAGE_CREATE"]);
    assert_eq!(heard[1]["d"].get("unavailable"), None, "a server that it joins, not one that is back");
    fixture.mock.stop().await;
}
