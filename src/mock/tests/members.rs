//! What becomes of members at a bot's hand: bans with what was said, roles, voice, and timeouts.

use super::keeping::{Here, NONE};
use super::*;

#[tokio::test]
async fn a_ban_takes_what_was_said_as_the_query_says() {
    let (fixture, Here { guild, general, sam }) = Fixture::with_bot().await;
    let said = format!("/channels/{general}/messages/{}", fixture.sams_message());
    let ban = format!("/guilds/{guild}/bans/{sam}");
    fixture
        .all(&[
            ("PUT", &format!("{ban}?delete_message_seconds=604801"), json!({}), 400),
            ("PUT", &format!("{ban}?delete_message_seconds=3600"), json!({}), 204),
            ("GET", &said, NONE, 404),
        ])
        .await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn the_reason_of_a_ban_is_escaped_on_its_way() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let ban = format!("/api/v10/guilds/{guild}/bans/{sam}");
    let request = fixture.client.put(format!("{}{ban}", fixture.mock.url())).header("authorization", TOKEN);
    let request = request.header("x-audit-log-reason", "too%20loud%20%F0%9F%91%8D").json(&json!({}));
    assert_eq!(request.send().await.unwrap().status(), 204);
    assert_eq!(fixture.call("GET", &ban, NONE).await.1["reason"], json!("too loud 👍"));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn several_are_banned_together_but_for_whom_the_bot_may_not() {
    let (fixture, Here { guild, general, sam }) = Fixture::with_bot().await;
    let mo = fixture.mock.server.world().member("mo").unwrap();
    let said = format!("/channels/{general}/messages/{}", fixture.sams_message());
    let path = format!("/api/v10/guilds/{guild}/bulk-ban");
    let wish = json!({ "user_ids": [sam, mo, "1234"], "delete_message_seconds": 60 });
    let (status, answer) = fixture.call("POST", &path, wish).await;
    assert_eq!((status, answer), (200, json!({ "banned_users": [sam], "failed_users": [mo, "1234"] })));
    fixture.all(&[("GET", &said, NONE, 404), ("GET", &format!("/guilds/{guild}/bans/{sam}"), NONE, 200)]).await;
    let (status, answer) = fixture.call("POST", &path, json!({ "user_ids": [mo] })).await;
    assert_eq!((status, &answer["code"]), (400, &json!(500_000)));
    let deny = json!({ "who": "bot-1234", "deny": ["MANAGE_GUILD"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    assert_eq!(fixture.call("POST", &path, json!({ "user_ids": [sam] })).await.0, 403);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_comes_back_joined_anew_and_nobody_gets_the_role_of_a_bot() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let member = format!("/api/v10/guilds/{guild}/members/{sam}");
    let joined = async || fixture.call("GET", &member, NONE).await.1["joined_at"].as_str().map(str::to_owned);
    let first = joined().await;
    for (change, status) in [
        (json!({ "name": "sam", "leaves": true }), 200),
        (json!({ "name": "sam" }), 200),
        (json!({ "name": "sam", "roles": ["bot-1234"] }), 400),
        (json!({ "name": "bot-1234", "roles": ["Moderators"] }), 200),
    ] {
        assert_eq!(fixture.call("PATCH", "/mock/members", change.clone()).await.0, status, "{change}");
    }
    assert!(joined().await > first, "{first:?}");
    let (_, own) = fixture.call("GET", &format!("/api/v10/guilds/{guild}/members/1234"), NONE).await;
    assert_eq!(own["roles"].as_array().map(Vec::len), Some(2), "its own, too: {own}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_role_that_is_no_id_takes_no_roles_away() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let moderators = json!({ "name": "sam", "roles": ["Moderators"] });
    let (_, sam) = fixture.call("PATCH", "/mock/members", moderators).await;
    let member = format!("/api/v10/guilds/{guild}/members/{}", sam["id"].as_str().unwrap());
    let (status, answer) = fixture.call("PATCH", &member, json!({ "roles": ["abc"] })).await;
    let code = &answer["errors"]["roles"]["0"]["_errors"][0]["code"];
    assert_eq!((status, code), (400, &json!("NUMBER_TYPE_COERCE")), "{answer}");
    let (_, found) = fixture.call("GET", &member, NONE).await;
    assert_eq!(found["roles"].as_array().map(Vec::len), Some(1));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn nobody_is_in_voice_and_not_everybody_is_timed_out() {
    let (fixture, Here { guild, sam, .. }) = Fixture::with_bot().await;
    let member = format!("/guilds/{guild}/members/{sam}");
    for change in [json!({ "mute": true }), json!({ "channel_id": "1" }), json!({ "channel_id": null })] {
        let (status, answer) = fixture.call("PATCH", &format!("/api/v10{member}"), change).await;
        assert_eq!((status, &answer["code"]), (400, &json!(40_032)));
    }
    let soon = (fixture.mock.server.world().clock.now() + jiff::SignedDuration::from_mins(1)).to_string();
    let timeout = json!({ "communication_disabled_until": soon });
    let own = format!("/guilds/{guild}/members/1234");
    fixture.all(&[("PATCH", &own, timeout.clone(), 403), ("DELETE", &own, NONE, 403)]).await;
    fixture.all(&[("PATCH", &member, timeout.clone(), 200)]).await;
    let above = json!({ "who": "Moderators", "allow": ["ADMINISTRATOR"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", above).await.0, 200);
    let moderator = json!({ "name": "sam", "roles": ["Moderators"] });
    assert_eq!(fixture.call("PATCH", "/mock/members", moderator).await.0, 200);
    fixture.all(&[("PATCH", &member, timeout, 403)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_is_timed_out_uses_nothing_and_reacts_to_nothing() {
    let (fixture, Here { guild, general, sam }) = Fixture::with_bot().await;
    let button = json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Go", "custom_id": "go" }] }]);
    let body = json!({ "content": "x", "components": button });
    let (_, message) = fixture.call("POST", &format!("/api/v10/channels/{general}/messages"), body).await;
    let click = json!({ "message": message["id"], "author": "sam", "label": "Go" });
    assert_eq!(fixture.call("POST", "/mock/clicks", click.clone()).await.0, 201);
    let soon = (fixture.mock.server.world().clock.now() + jiff::SignedDuration::from_mins(1)).to_string();
    let timeout = json!({ "communication_disabled_until": soon });
    fixture.all(&[("PATCH", &format!("/guilds/{guild}/members/{sam}"), timeout, 200)]).await;
    assert_eq!(fixture.call("POST", "/mock/clicks", click).await.0, 409);
    let emoji = |author: &str| json!({ "message": message["id"], "author": author, "emoji": "👀" });
    assert_eq!(fixture.call("POST", "/mock/reactions", emoji("alex")).await.0, 200);
    assert_eq!(fixture.call("POST", "/mock/reactions", emoji("sam")).await.0, 409);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn members_are_counted_where_that_is_asked_for() {
    let (fixture, Here { guild, .. }) = Fixture::with_bot().await;
    let path = format!("/api/v10/guilds/{guild}");
    assert_eq!(fixture.call("GET", &path, NONE).await.1["approximate_member_count"], NONE);
    let (_, counted) = fixture.call("GET", &format!("{path}?with_counts=true"), NONE).await;
    assert_eq!(counted["approximate_member_count"], json!(4));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_channel_may_go_by_its_roles_again() {
    let (fixture, _) = Fixture::with_bot().await;
    let say = async |change: &str| {
        let change = json!({ "who": "@everyone", "channel": "general", change: ["SEND_MESSAGES"] });
        assert_eq!(fixture.call("POST", "/mock/permissions", change).await.0, 200);
        let world = fixture.mock.server.world();
        let own = world.channels[&world.text_channel("general").unwrap()].room().unwrap().overwrites[0];
        (own.allow.bits(), own.deny.bits())
    };
    let send = 1 << 11;
    assert_eq!(say("deny").await, (0, send));
    assert_eq!(say("neutral").await, (0, 0));
    assert_eq!(say("allow").await, (send, 0));
    assert_eq!(say("neutral").await, (0, 0));
    let of_role = json!({ "who": "@everyone", "neutral": ["SEND_MESSAGES"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", of_role).await.0, 400);
    fixture.mock.stop().await;
}
