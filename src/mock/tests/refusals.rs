//! What bots are refused: values in paths, queries and bodies that aren't what they are to be, each named.

use super::keeping::{Here, NONE};
use super::*;

impl Fixture {
    /// A request is refused as an invalid form, for this one reason at this place.
    async fn refuses(&self, (method, path): (&str, &str), body: Value, pointer: &str, code: &str) {
        let (status, answer) = self.call(method, &format!("/api/v10{path}"), body).await;
        let found = answer["errors"].pointer(&format!("{pointer}/_errors/0/code"));
        assert_eq!((status, &answer["code"], found), (400, &json!(50_035), Some(&json!(code))), "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_value_in_a_path_that_is_no_id_is_named() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    for (path, named) in [
        ("/channels/abc", "/channel_id"),
        (&format!("/channels/{general}/messages/abc"), "/message_id"),
        ("/guilds/abc", "/guild_id"),
        ("/guilds/abc/emojis", "/guild_id"),
        ("/users/abc", "/user_id"),
        (&format!("/guilds/{guild}/members/abc"), "/user_id"),
        ("/webhooks/abc", "/webhook_id"),
        ("/webhooks/abc/token/messages/@original", "/webhook_id"),
    ] {
        fixture.refuses(("GET", path), NONE, named, "NUMBER_TYPE_COERCE").await;
    }
    let (_, answer) = fixture.call("GET", "/api/v10/channels/abc", NONE).await;
    assert_eq!(answer["errors"]["channel_id"]["_errors"][0]["message"], "Value \"abc\" is not snowflake.");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_named_and_limits_hold() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let (messages, guild) = (format!("/channels/{general}/messages"), format!("/guilds/{guild}"));
    let reactions = format!("{messages}/{}/reactions/%F0%9F%91%80", fixture.sams_message());
    for (list, most) in [
        (messages.clone(), 100),
        (format!("{messages}/pins"), 50),
        (format!("{guild}/members"), 1000),
        (format!("{guild}/bans"), 1000),
        (reactions, 100),
        ("/users/@me/guilds".to_owned(), 200),
    ] {
        let at_most = |limit: &str| format!("{list}?limit={limit}");
        fixture.all(&[("GET", &at_most(&most.to_string()), NONE, 200)]).await;
        fixture.refuses(("GET", &at_most(&(most + 1).to_string())), NONE, "/limit", "NUMBER_TYPE_MAX").await;
        fixture.refuses(("GET", &at_most("0")), NONE, "/limit", "NUMBER_TYPE_MIN").await;
        fixture.refuses(("GET", &at_most("-1")), NONE, "/limit", "NUMBER_TYPE_MIN").await;
        fixture.refuses(("GET", &at_most("abc")), NONE, "/limit", "NUMBER_TYPE_COERCE").await;
    }
    fixture.refuses(("GET", &format!("{guild}/members?after=abc")), NONE, "/after", "NUMBER_TYPE_COERCE").await;
    fixture.refuses(("GET", &format!("{guild}/members/search?limit=5")), NONE, "/query", "BASE_TYPE_REQUIRED").await;
    fixture.refuses(("GET", &format!("{messages}/pins?before=soon")), NONE, "/before", "DATE_TIME_TYPE_PARSE").await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_reply_to_nothing_is_refused_and_an_empty_field_is_not() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let messages = format!("/channels/{general}/messages");
    let reply = json!({ "content": "x", "message_reference": { "message_id": "5" } });
    let code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE";
    fixture.refuses(("POST", &messages), reply, "/message_reference", code).await;
    let field = json!({ "embeds": [{ "fields": [{ "name": "", "value": "" }] }] });
    fixture.all(&[("POST", &messages, field, 200)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_message_is_named_once_where_several_are_deleted() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let together = format!("/channels/{general}/messages/bulk-delete");
    let (one, two) = (fixture.sams_message(), fixture.sams_message());
    let code = "SET_TYPE_ALREADY_CONTAINS_VALUE";
    fixture.refuses(("POST", &together), json!({ "messages": [one, two, one] }), "/messages/2", code).await;
    fixture.refuses(("POST", &together), json!({ "messages": [one, one] }), "/messages/1", code).await;
    fixture.all(&[("POST", &together, json!({ "messages": [one, two] }), 204)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn only_texts_and_announcements_change_their_kind() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let room = format!("/channels/{general}");
    for kind in [5, 5, 0] {
        let (status, changed) = fixture.call("PATCH", &format!("/api/v10{room}"), json!({ "type": kind })).await;
        assert_eq!((status, &changed["type"]), (200, &json!(kind)), "{changed}");
    }
    for kind in [2, 4, 15, 99] {
        fixture.refuses(("PATCH", &room), json!({ "type": kind }), "/type", "BASE_TYPE_CHOICES").await;
    }
    fixture.refuses(("PATCH", &room), json!({ "type": "text" }), "/type", "NUMBER_TYPE_COERCE").await;
    let forum = json!({ "name": "help", "type": 15 });
    let (_, forum) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), forum).await;
    let forum = format!("/channels/{}", forum["id"].as_str().unwrap());
    fixture.refuses(("PATCH", &forum), json!({ "type": 0 }), "/type", "BASE_TYPE_CHOICES").await;
    fixture.all(&[("PATCH", &forum, json!({ "type": 15, "name": "help-us" }), 200)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_name_has_nothing_of_discords_in_it() {
    let (fixture, _) = Fixture::with_bot().await;
    for name in ["My Discord bot", "a@b", "a#1"] {
        let (path, code) = (("PATCH", "/users/@me"), "USERNAME_INVALID_CONTAINS");
        fixture.refuses(path, json!({ "username": name }), "/username", code).await;
    }
    fixture.all(&[("PATCH", "/users/@me", json!({ "username": "helper" }), 200)]).await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_completes_an_option_is_of_its_kind() {
    let (fixture, Here { general, sam, .. }) = Fixture::with_bot().await;
    let callback = |kind: u64| {
        let option = json!({ "name": "o", "type": kind, "value": "", "focused": true });
        let within = json!({ "name": "s", "type": 1, "options": [option] });
        fixture.mock.server.world().interact(Deed {
            kind: Kind::Autocomplete,
            bot: Id(1234),
            member: sam.parse().unwrap(),
            channel: general.parse().unwrap(),
            data: json!({ "name": "ask", "options": [within] }),
            command: Some("ask".to_owned()),
            menu: false,
            about: None,
            trigger: None,
        });
        let (id, token) = fixture.interaction();
        format!("/interactions/{id}/{token}/callback")
    };
    let offer = |value: Value| json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": value }] } });
    for (kind, right, wrong, code) in [
        (3, json!("x"), json!(7), "STRING_TYPE_CONVERT"),
        (4, json!(7), json!("x"), "NUMBER_TYPE_COERCE"),
        (10, json!(0.5), json!("x"), "NUMBER_TYPE_COERCE"),
    ] {
        let path = callback(kind);
        fixture.refuses(("POST", &path), offer(wrong), "/data/choices/0/value", code).await;
        fixture.all(&[("POST", &path, offer(right), 204)]).await;
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_overwrite_is_taken_away_once() {
    let (fixture, Here { general, sam, .. }) = Fixture::with_bot().await;
    let own = format!("/channels/{general}/permissions/{sam}");
    let set = json!({ "type": 1, "deny": "2048" });
    fixture.all(&[("PUT", &own, set, 204), ("DELETE", &own, NONE, 204)]).await;
    let (status, answer) = fixture.call("DELETE", &format!("/api/v10{own}"), NONE).await;
    assert_eq!((status, &answer["code"]), (404, &json!(10_009)), "{answer}");
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_file_has_ten_megabytes_at_most() {
    let (fixture, Here { general, .. }) = Fixture::with_bot().await;
    let path = format!("{}/api/v10/channels/{general}/messages", fixture.mock.url());
    let send = async |bytes: usize| {
        let head = "--edge\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.bin\"\r\n\r\n";
        let body = format!("{head}{}\r\n--edge--\r\n", "a".repeat(bytes));
        let request = fixture.client.post(&path).header("authorization", TOKEN).body(body);
        let answer = request.header("content-type", "multipart/form-data; boundary=edge").send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["code"].clone())
    };
    let most = 10 * 1024 * 1024;
    assert_eq!(send(most).await, (200, Value::Null));
    assert_eq!(send(most + 1).await, (413, json!(40_005)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn breaches_are_told_only_where_there_is_a_document() {
    let mock = start(Options::new("127.0.0.1:0".parse().unwrap())).await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("{}/mock/breaches", mock.url())).send().await.unwrap();
    assert_eq!(answer.status(), 409);
    mock.stop().await;
}
