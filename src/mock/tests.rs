//! The local Discord from outside, over HTTP: what it refuses, and that its transcript waits.

mod asked;
mod behind;
mod beside;
mod bot;
mod crowd;
mod escaped;
mod gateway;
mod gateway_faults;
mod hanging;
mod keeping;
mod members;
mod ordered;
mod refusals;
mod rest_faults;
mod returns;
mod settings;
mod tried;
mod writing;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::intents::Intents;
use super::snowflake::Id;
use super::world::{Deed, Draft, Envelope, Kind};
use super::*;

/// `base64("1234").x.y`
const TOKEN: &str = "Bot MTIzNA.x.y";

/// A local Discord and a bot's client to it.
struct Fixture {
    mock: Mock,
    client: reqwest::Client,
    _watch: Watch,
}

/// At the end of a test nothing may have broken Discord's OpenAPI document, if PAMPHLET_OPENAPI names one.
struct Watch(Shared);

impl Drop for Watch {
    fn drop(&mut self) {
        let breaches = self.0.openapi.as_ref().map(Openapi::breaches).unwrap_or_default();
        assert!(std::thread::panicking() || breaches.is_empty(), "{breaches:#?}");
    }
}

impl Fixture {
    async fn new() -> Fixture {
        Fixture::of_servers(1).await
    }

    async fn of_servers(servers: usize) -> Fixture {
        let openapi = std::env::var_os("PAMPHLET_OPENAPI").filter(|path| !path.is_empty()).map(PathBuf::from);
        let mock = start(Options { openapi, servers, ..Options::new("127.0.0.1:0".parse().unwrap()) }).await.unwrap();
        mock.server.world().terms.rate_limits = false;
        let watch = Watch(mock.server.clone());
        Fixture { mock, client: reqwest::Client::builder().no_proxy().build().unwrap(), _watch: watch }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.mock.url()));
        let request = request.header("authorization", TOKEN).timeout(Duration::from_secs(20));
        let response = if body.is_null() { request } else { request.json(&body) }.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    /// Orders faults, or other terms.
    async fn order(&self, faults: Value) {
        let (status, answer) = self.call("POST", "/mock/faults", faults.clone()).await;
        assert_eq!(status, 204, "{faults}: {answer}");
    }

    /// The id of the channel `general`.
    fn general(&self) -> String {
        self.mock.server.world().text_channel("general").unwrap().to_string()
    }

    /// A message by sam.
    fn sams_message(&self) -> String {
        let mut world = self.mock.server.world();
        let (channel, author) = (world.text_channel("general").unwrap(), world.member("sam").unwrap());
        let draft = Draft { content: Some("hello".to_owned()), ..Draft::default() };
        world.post(Envelope::new(channel, author), draft).unwrap().to_string()
    }

    /// Logs a bot in.
    fn log_in(&self) -> Id {
        let mut world = self.mock.server.world();
        let bot = Id(1234);
        world.admit_bot(bot);
        world.log_in(bot, Intents(0), (0, 1));
        bot
    }

    /// Logs a bot in, lets sam use a command of it, and gives back where its first response goes.
    fn command(&self) -> String {
        let bot = self.log_in();
        let mut world = self.mock.server.world();
        let (channel, member) = (world.text_channel("general").unwrap(), world.member("sam").unwrap());
        world.interact(Deed {
            kind: Kind::Command,
            bot,
            member,
            channel,
            data: json!({ "name": "ask" }),
            command: Some("ask".to_owned()),
            menu: false,
            about: None,
            trigger: None,
        });
        drop(world);
        let (id, token) = self.interaction();
        format!("/api/v10/interactions/{id}/{token}/callback")
    }

    /// The id and token of the last interaction.
    fn interaction(&self) -> (String, String) {
        let world = self.mock.server.world();
        let (id, interaction) = world.interactions.last_key_value().unwrap();
        (id.to_string(), interaction.token.clone())
    }
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let refused = start(Options::new("0.0.0.0:0".parse().unwrap())).await;
    assert!(matches!(refused, Err(StartError::NotLoopback(_))));
}

#[tokio::test]
async fn refusals_have_discords_codes() {
    let fixture = Fixture::new().await;
    let messages = format!("/api/v10/channels/{}/messages", fixture.general());
    let sams = format!("{messages}/{}", fixture.sams_message());
    for (method, path, body, status, code) in [
        ("POST", messages.as_str(), json!({ "content": "a".repeat(2001) }), 400, 50035),
        ("POST", &messages, json!({ "content": "  " }), 400, 50006),
        ("POST", &messages, json!({ "content": "x", "message_reference": { "message_id": "5" } }), 400, 50035),
        ("POST", "/api/v10/channels/5/messages", json!({ "content": "x" }), 404, 10003),
        ("GET", "/api/v10/channels/five", Value::Null, 400, 50035),
        ("GET", &format!("{messages}/5"), Value::Null, 404, 10008),
        ("DELETE", "/api/v10/channels/5", Value::Null, 404, 10003),
        ("PATCH", &sams, json!({ "content": "x" }), 403, 50005),
        ("POST", "/api/v10/interactions/5/x/callback", json!({ "type": 4 }), 404, 10062),
        ("PATCH", "/api/v10/webhooks/1234/x/messages/@original", json!({ "content": "x" }), 404, 10015),
        ("POST", "/api/v10/applications/1234/commands", json!({ "name": "Ask", "description": "d" }), 400, 50035),
        ("GET", "/api/v10/nothing/here", Value::Null, 404, 0),
    ] {
        let (found, answer) = fixture.call(method, path, body).await;
        assert_eq!((found, &answer["code"]), (status, &json!(code)), "{method} {path}: {answer}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_bad_token_is_unauthorized() {
    let fixture = Fixture::new().await;
    // At the gateway a token stands alone, and over HTTP it doesn't.
    for (token, status) in [("Bot nonsense", 401), ("MTIzNA.x.y", 401), (TOKEN, 200)] {
        let request = fixture.client.get(format!("{}/api/v10/users/@me", fixture.mock.url()));
        assert_eq!(request.header("authorization", token).send().await.unwrap().status(), status, "{token}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_enforced_nonce_posts_once() {
    let fixture = Fixture::new().await;
    let path = format!("/api/v10/channels/{}/messages", fixture.general());
    let body = json!({ "content": "x", "nonce": "7", "enforce_nonce": true });
    let (_, first) = fixture.call("POST", &path, body.clone()).await;
    let (_, second) = fixture.call("POST", &path, body).await;
    assert_eq!(first["id"], second["id"]);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_transcript_waits_until_there_is_a_row() {
    let fixture = Fixture::new().await;
    let waiting = fixture.call("GET", "/mock/transcript?after=0&wait_ms=20000", Value::Null);
    let posting = async {
        tokio::task::yield_now().await;
        fixture.sams_message()
    };
    let ((status, rows), id) = tokio::join!(waiting, posting);
    assert_eq!((status, &rows[0]["id"]), (200, &json!(id)));
    let (_, none) = fixture.call("GET", &format!("/mock/transcript?after={id}"), Value::Null).await;
    assert_eq!(none, json!([]));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn who_follows_hears_of_a_deleted_message_and_who_looks_anew_does_not() {
    let fixture = Fixture::new().await;
    let id = fixture.sams_message();
    assert_eq!(fixture.call("DELETE", &format!("/mock/messages/{id}"), Value::Null).await.0, 200);
    let (_, rows) = fixture.call("GET", "/mock/transcript?after=0", Value::Null).await;
    assert_eq!((&rows[0]["deleted"], &rows[0]["content"]), (&json!(true), &json!("")));
    for anew in ["/mock/transcript", "/mock/transcript?after=&wait_ms=&html="] {
        assert_eq!(fixture.call("GET", anew, Value::Null).await, (200, json!([])));
    }
    assert_eq!(fixture.call("DELETE", &format!("/mock/messages/{id}"), Value::Null).await.0, 404);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn without_a_bot_nothing_is_kept() {
    let fixture = Fixture::new().await;
    let (channel, author) = ("general", "stranger");
    for (what, body) in [
        ("messages", json!({ "channel": channel, "author": author, "content": "hello" })),
        ("commands", json!({ "channel": channel, "author": author, "name": "ask" })),
        (
            "autocomplete",
            json!({ "channel": channel, "author": author, "name": "ask", "option": "question", "text": "d" }),
        ),
        ("clicks", json!({ "message": "5", "author": author, "label": "Helpful" })),
        ("forms", json!({ "form": "5", "author": author, "fields": {} })),
    ] {
        assert_eq!(fixture.call("POST", &format!("/mock/{what}"), body).await.0, 409, "{what}");
    }
    assert_eq!(fixture.call("GET", "/mock/ready", Value::Null).await.0, 408);
    assert_eq!(fixture.call("GET", "/mock/transcript", Value::Null).await.1, json!([]));
    let (_, world) = fixture.call("GET", "/mock/world", Value::Null).await;
    assert_eq!(world["members"].as_array().map(Vec::len), Some(3));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_is_refused_leaves_no_trace() {
    let fixture = Fixture::new().await;
    fixture.log_in();
    let menu = json!([{ "type": 3, "name": "Look" }]);
    assert_eq!(fixture.call("PUT", "/api/v10/applications/1234/commands", menu).await.0, 200);
    let (_, before) = fixture.call("GET", "/mock/world", Value::Null).await;
    let sams = fixture.sams_message();
    for channel in ["general", "dm"] {
        let reply = json!({ "channel": channel, "author": "stranger", "content": "hello", "reply_to": 5 });
        assert_eq!(fixture.call("POST", "/mock/messages", reply).await.0, 404);
        let used = json!({ "channel": channel, "author": "stranger", "name": "Look", "target": 5 });
        assert_eq!(fixture.call("POST", "/mock/commands", used).await.0, 404);
    }
    let closed = json!({ "who": "@everyone", "channel": "general", "deny": ["SEND_MESSAGES"] });
    assert_eq!(fixture.call("POST", "/mock/permissions", closed).await.0, 200);
    let refused = json!({ "channel": "general", "author": "stranger", "content": "hello" });
    assert_eq!(fixture.call("POST", "/mock/messages", refused).await.0, 409);
    let elsewhere = json!({ "channel": "dm", "author": "sam", "name": "Look", "target": sams });
    assert_eq!(fixture.call("POST", "/mock/commands", elsewhere).await.0, 404);
    assert_eq!(fixture.call("GET", "/mock/world", Value::Null).await.1, before);
    assert!(fixture.mock.server.world().channels.values().all(|channel| !channel.is_direct()));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn what_is_left_out_may_be_null_and_what_is_text_may_be_a_number() {
    let fixture = Fixture::new().await;
    fixture.log_in();
    let option = |kind: u8, name: &str| json!({ "type": kind, "name": name, "description": "d" });
    let options = json!([option(3, "text"), option(4, "count"), option(5, "loud"), option(6, "who")]);
    let commands = json!([{ "name": "ask", "description": "d", "options": options }]);
    assert_eq!(fixture.call("PUT", "/api/v10/applications/1234/commands", commands).await.0, 200);

    let id: u64 = fixture.sams_message().parse().unwrap();
    let mut reply = json!({ "channel": "general", "author": "alex", "content": "hello", "reply_to": id, "bot": null });
    assert_eq!(fixture.call("POST", "/mock/messages", reply.clone()).await.0, 201);
    reply["reply_to"] = Value::Null;
    reply["mention_bot"] = Value::Null;
    assert_eq!(fixture.call("POST", "/mock/messages", reply).await.0, 201);

    let mut used = json!({ "channel": "general", "author": "alex", "name": "ask", "options": null, "target": null });
    assert_eq!(fixture.call("POST", "/mock/commands", used.clone()).await.0, 201);
    used["options"] = json!({ "text": 7, "count": "7", "loud": "true", "who": null });
    assert_eq!(fixture.call("POST", "/mock/commands", used.clone()).await.0, 201);
    let given = fixture.mock.server.world().interactions.last_key_value().unwrap().1.deed.data["options"].clone();
    let values: Vec<&Value> = given.as_array().unwrap().iter().map(|option| &option["value"]).collect();
    assert_eq!(values, [&json!("7"), &json!(7), &json!(true)]);
    used["options"] = json!({ "count": "many" });
    assert_eq!(fixture.call("POST", "/mock/commands", used).await.0, 400);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_farewell_on_the_gateway_is_answered() {
    let fixture = Fixture::new().await;
    let mut line = TcpStream::connect(fixture.mock.addr).await.unwrap();
    let hello = "GET /?v=10&encoding=json HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    line.write_all(hello.as_bytes()).await.unwrap();
    // A close frame with the code 1000, masked with zeros.
    line.write_all(&[0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]).await.unwrap();
    let mut heard = Vec::new();
    line.read_to_end(&mut heard).await.unwrap();
    assert!(heard.ends_with(&[0x88, 0x02, 0x03, 0xe8]), "{}", String::from_utf8_lossy(&heard));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_fault_is_answered_as_ordered() {
    let fixture = Fixture::new().await;
    let fault = json!({ "status": 500, "times": 1, "path": "/users/" });
    assert_eq!(fixture.call("POST", "/mock/faults", fault).await.0, 204);
    assert_eq!(fixture.call("GET", "/api/v10/gateway", Value::Null).await.0, 200);
    assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 500);
    assert_eq!(fixture.call("GET", "/api/v10/users/@me", Value::Null).await.0, 200);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn pages_from_elsewhere_are_refused() {
    let fixture = Fixture::new().await;
    let request = fixture.client.get(format!("{}/mock/world", fixture.mock.url()));
    assert_eq!(request.header("origin", "https://example.org").send().await.unwrap().status(), 403);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_promised_answer_is_a_row_once_it_is_written() {
    let fixture = Fixture::new().await;
    let callback = fixture.command();
    let promise = json!({ "type": 5, "data": { "flags": 64 } });
    assert_eq!(fixture.call("POST", &callback, promise.clone()).await.0, 204);
    assert_eq!(fixture.call("POST", &callback, promise).await.1["code"], json!(40060));
    assert_eq!(fixture.call("GET", "/mock/transcript", Value::Null).await.1, json!([]));

    let (interaction, token) = fixture.interaction();
    let original = format!("/api/v10/webhooks/1234/{token}/messages/@original");
    let components =
        json!([{ "type": 1, "components": [{ "type": 2, "style": 1, "label": "Show", "custom_id": "s" }] }]);
    let written = json!({ "content": "the answer", "components": components });
    assert_eq!(fixture.call("PATCH", &original, written).await.0, 200);
    let (_, rows) = fixture.call("GET", "/mock/transcript?html=1", Value::Null).await;
    assert_eq!(rows[0]["content"], json!("the answer"));
    assert_eq!(rows[0]["html"], json!("<p>the answer</p>"));
    assert_eq!(rows[0]["private_to"], json!("sam"));
    assert_eq!(rows[0]["buttons"], json!(["Show"]));
    assert_eq!(rows[0]["reply_to"], json!(interaction));

    let click = |author: &str, label: &str| json!({ "message": rows[0]["id"], "author": author, "label": label });
    assert_eq!(fixture.call("POST", "/mock/clicks", click("alex", "Show")).await.0, 404);
    assert_eq!(fixture.call("POST", "/mock/clicks", click("sam", "Hide")).await.0, 404);
    assert_eq!(fixture.call("POST", "/mock/clicks", click("sam", "Show")).await.0, 201);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_form_goes_to_its_member_and_back_once() {
    let fixture = Fixture::new().await;
    let input = json!({ "type": 4, "style": 1, "custom_id": "why", "label": "Why", "max_length": 10 });
    let form = json!({ "custom_id": "f", "title": "Report", "components": [{ "type": 1, "components": [input] }] });
    assert_eq!(fixture.call("POST", &fixture.command(), json!({ "type": 9, "data": form })).await.0, 204);
    let (_, rows) = fixture.call("GET", "/mock/transcript", Value::Null).await;
    assert_eq!(rows[0]["form"]["fields"], json!(["Why"]));

    let id = &rows[0]["form"]["id"];
    let filled = |author: &str, text: &str| json!({ "form": id, "author": author, "fields": { "Why": text } });
    assert_eq!(fixture.call("POST", "/mock/forms", filled("alex", "because")).await.0, 404);
    assert_eq!(fixture.call("POST", "/mock/forms", filled("sam", "")).await.0, 400);
    assert_eq!(fixture.call("POST", "/mock/forms", filled("sam", "far too long")).await.0, 400);
    assert_eq!(fixture.call("POST", "/mock/forms", filled("sam", "because")).await.0, 201);
    assert_eq!(fixture.call("POST", "/mock/forms", filled("sam", "because")).await.0, 409);
    fixture.mock.stop().await;
}
