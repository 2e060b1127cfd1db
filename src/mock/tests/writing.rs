//! What bots write and change, and how they read it back.

use super::*;

impl Fixture {
    /// Posts a message as the bot and gives where it stands.
    async fn posted(&self, body: Value) -> String {
        let messages = format!("/api/v10/channels/{}/messages", self.general());
        let (status, answer) = self.call("POST", &messages, body).await;
        assert_eq!(status, 200, "{answer}");
        format!("{messages}/{}", answer["id"].as_str().unwrap())
    }
}

#[tokio::test]
async fn a_message_of_components_stays_one() {
    let fixture = Fixture::new().await;
    let text = |words: &str| json!([{ "type": 10, "content": words }]);
    let message = fixture.posted(json!({ "flags": 1 << 15, "components": text("one") })).await;
    let (status, changed) = fixture.call("PATCH", &message, json!({ "components": text("two") })).await;
    assert_eq!((status, &changed["components"][0]["content"]), (200, &json!("two")), "{changed}");
    assert_eq!(changed["flags"], 1 << 15);
    let (status, same) = fixture.call("PATCH", &message, json!({ "flags": 1 << 15 })).await;
    assert_eq!((status, &same["components"][0]["content"]), (200, &json!("two")), "{same}");
    let (status, refused) = fixture.call("PATCH", &message, json!({ "content": "words" })).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50_035)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_message_becomes_one_of_components_without_its_words() {
    let fixture = Fixture::new().await;
    let components = json!([{ "type": 10, "content": "two" }]);
    let becomes =
        |others: Value| crate::mock::wire::with(json!({ "flags": 1 << 15, "components": components }), others);
    for (before, emptied) in [
        (json!({ "content": "one" }), json!({ "content": null })),
        (json!({ "embeds": [{ "title": "one" }] }), json!({ "embeds": [] })),
    ] {
        let message = fixture.posted(before).await;
        let (status, refused) = fixture.call("PATCH", &message, becomes(json!({}))).await;
        assert_eq!((status, &refused["code"]), (400, &json!(50_035)), "{refused}");
        let (status, changed) = fixture.call("PATCH", &message, becomes(emptied)).await;
        assert_eq!((status, &changed["flags"]), (200, &json!(1 << 15)), "{changed}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_message_is_published_once() {
    let fixture = Fixture::new().await;
    let room = format!("/api/v10/channels/{}", fixture.general());
    fixture.call("PATCH", &room, json!({ "type": 5 })).await;
    let crosspost = format!("{}/crosspost", fixture.posted(json!({ "content": "news" })).await);
    assert_eq!(fixture.call("POST", &crosspost, Value::Null).await.1["flags"], json!(1));
    let (status, answer) = fixture.call("POST", &crosspost, Value::Null).await;
    assert_eq!((status, &answer["code"]), (400, &json!(40_033)));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_form_says_what_a_message_is_in_fields_or_in_json() {
    let fixture = Fixture::new().await;
    let path = format!("{}/api/v10/channels/{}/messages", fixture.mock.url(), fixture.general());
    let send = async |fields: &[(&'static str, &'static str)]| {
        let file = reqwest::multipart::Part::text("x").file_name("a.txt");
        let form = reqwest::multipart::Form::new().part("files[0]", file);
        let form = fields.iter().fold(form, |form, (name, text)| form.text(*name, *text));
        let request = fixture.client.post(&path).header("authorization", TOKEN).multipart(form);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let json = ("payload_json", r#"{"content":"of json"}"#);
    for (fields, content, flags) in [
        (&[("content", "true"), ("tts", "false"), ("flags", "4")][..], "true", 4),
        (&[("content", "of fields"), json], "of json", 0),
        (&[json, ("flags", "4")], "of json", 0),
    ] {
        let (status, message) = send(fields).await;
        assert_eq!(
            (status, &message["content"], &message["flags"]),
            (200, &json!(content), &json!(flags)),
            "{message}"
        );
        assert_eq!(message["attachments"].as_array().map(Vec::len), Some(1), "{message}");
    }
    let (_, message) = send(&[("content", "x")]).await;
    let (own, stands) = (&message["attachments"][0]["id"], format!("{path}/{}", message["id"].as_str().unwrap()));
    let stands = stands.trim_start_matches(&fixture.mock.url()).to_owned();
    let wish = |words: String| json!({ "attachments": [{ "id": own, "description": words }] });
    let (status, changed) = fixture.call("PATCH", &stands, wish("a letter".to_owned())).await;
    let file = &changed["attachments"][0];
    assert_eq!(
        (status, &file["description"], &file["filename"]),
        (200, &json!("a letter"), &json!("a.txt")),
        "{changed}"
    );
    assert_eq!(fixture.call("PATCH", &stands, wish("d".repeat(1025))).await.0, 400);
    for refused in [("tts", "maybe"), ("embeds", "[]")] {
        assert_eq!(send(&[refused]).await.0, 400, "{refused:?}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn embeds_can_be_hidden_and_shown_again() {
    let fixture = Fixture::new().await;
    let found_out = json!({ "title": "t", "video": { "url": "https://example.org/a" }, "provider": { "name": "p" } });
    let message = fixture.posted(json!({ "content": "hello", "embeds": [found_out] })).await;
    let embed = fixture.call("GET", &message, Value::Null).await.1["embeds"][0].clone();
    assert_eq!((embed.get("video"), embed.get("provider")), (None, None), "a bot doesn't say what Discord finds out");
    for flags in [4, 0] {
        let (status, changed) = fixture.call("PATCH", &message, json!({ "flags": flags })).await;
        assert_eq!((status, &changed["flags"]), (200, &json!(flags)));
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn the_past_is_read_before_after_and_around_a_message() {
    let fixture = Fixture::new().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let place = fixture.posted(json!({ "content": number.to_string() })).await;
        ids.push(place.rsplit('/').next().unwrap().to_owned());
    }
    let check = async |query: &str, expected: &str| {
        let path = format!("/api/v10/channels/{}/messages?{query}", fixture.general());
        let (_, found) = fixture.call("GET", &path, Value::Null).await;
        let found: String = found.as_array().unwrap().iter().map(|row| row["content"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{query}");
    };
    check("limit=2", "43").await;
    check(&format!("before={}&limit=2", ids[2]), "10").await;
    check(&format!("after={}&limit=2", ids[2]), "43").await;
    check(&format!("around={}&limit=3", ids[2]), "321").await;
    check(&format!("around={}&limit=3", ids[0]), "210").await;
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_a_bot_has_no_permission_for_is_refused_as_such() {
    let fixture = Fixture::new().await;
    fixture.log_in();
    let (general, home) = (fixture.general(), fixture.mock.server.world().home);
    let sam = fixture.mock.server.world().member("sam").unwrap();
    let all = [
        "MANAGE_MESSAGES",
        "PIN_MESSAGES",
        "MANAGE_CHANNELS",
        "MANAGE_NICKNAMES",
        "MANAGE_ROLES",
        "BAN_MEMBERS",
        "KICK_MEMBERS",
        "MANAGE_WEBHOOKS",
    ];
    let deny = json!({ "who": "bot-1234", "deny": all });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    for (method, path) in [
        ("POST", format!("channels/{general}/messages/bulk-delete")),
        ("PUT", format!("channels/{general}/messages/pins/5")),
        ("DELETE", format!("channels/{general}")),
        ("POST", format!("guilds/{home}/channels")),
        ("PUT", format!("channels/{general}/permissions/{sam}")),
        ("PATCH", format!("guilds/{home}/members/{sam}")),
        ("DELETE", format!("guilds/{home}/members/{sam}")),
        ("PUT", format!("guilds/{home}/members/{sam}/roles/5")),
        ("POST", format!("guilds/{home}/roles")),
        ("PUT", format!("guilds/{home}/bans/{sam}")),
        ("GET", format!("guilds/{home}/bans")),
        ("POST", format!("channels/{general}/webhooks")),
    ] {
        let body = if method == "GET" { Value::Null } else { json!({ "nick": "x" }) };
        let (status, answer) = fixture.call(method, &format!("/api/v10/{path}"), body).await;
        assert_eq!((status, &answer["code"]), (403, &json!(50_013)), "{method} {path}");
    }
    let search = format!("/api/v10/guilds/{home}/members/search?query=S&limit=5");
    let (_, found) = fixture.call("GET", &search, Value::Null).await;
    assert_eq!((found.as_array().unwrap().len(), &found[0]["user"]["username"]), (1, &json!("sam")));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_private_thread_is_closed_to_strangers_and_a_locked_one_to_members() {
    let fixture = Fixture::new().await;
    fixture.log_in();
    let threads = format!("/api/v10/channels/{}/threads", fixture.general());
    let (_, private) = fixture.call("POST", &threads, json!({ "name": "ticket", "type": 12 })).await;
    let (_, public) = fixture.call("POST", &threads, json!({ "name": "talk", "type": 11 })).await;
    let thread = |of: &Value| format!("/api/v10/channels/{}", of["id"].as_str().unwrap());
    let says = async |author: &str, channel: &str| {
        let message = json!({ "channel": channel, "author": author, "content": "hello" });
        fixture.call("POST", "/mock/messages", message).await.0
    };
    assert_eq!((says("sam", "ticket").await, says("zoe", "ticket").await), (404, 404));
    let sam = fixture.mock.server.world().member("sam").unwrap();
    let members = format!("{}/thread-members/{sam}", thread(&private));
    assert_eq!(fixture.call("PUT", &members, Value::Null).await.0, 204);
    assert_eq!(says("sam", "ticket").await, 201);
    assert_eq!(fixture.call("DELETE", &members, Value::Null).await.0, 204);
    assert_eq!(says("sam", "ticket").await, 404);
    assert_eq!(fixture.call("PATCH", &thread(&public), json!({ "locked": true })).await.0, 200);
    let deny = json!({ "who": "bot-1234", "deny": ["MANAGE_THREADS"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", deny).await.0, 200);
    assert_eq!((says("sam", "talk").await, says("mo", "talk").await), (409, 201));
    let (status, answer) = fixture.call("PATCH", &thread(&public), json!({ "locked": false })).await;
    assert_eq!((status, &answer["code"]), (403, &json!(50_013)));
    fixture.mock.stop().await;
}
