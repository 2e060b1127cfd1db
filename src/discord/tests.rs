//! 1. The bot comes up, answers, and goes down cleanly. 2. What it can't go on with has a name. 3. It asks for no more
//!    than it needs, and connects to nothing but what it was told of.

use super::scripted::{Answer, Scripted};
use super::*;
use crate::answer::{Brain, Serving};
use crate::bot;
use crate::config::Cooldown;
use crate::words::Language;
use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

/// What the gateway does once the bot identified itself.
#[derive(Clone)]
enum Then {
    Close(u16),
    Ready(Vec<(&'static str, Value)>),
}

/// What is to come within ten seconds.
pub(super) async fn soon<T>(coming: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), coming).await.expect("not within ten seconds")
}

/// A gateway, and what it hears: the intents, or 0 of a bot that takes its session up again; then the code that the
/// bot closes with.
async fn gateway(then: Then) -> (Url, mpsc::UnboundedReceiver<u64>) {
    let (tell, heard) = mpsc::unbounded_channel();
    let serve = move |socket: WebSocketUpgrade| {
        let (then, tell) = (then.clone(), tell.clone());
        async move { socket.on_upgrade(move |socket| converse(socket, then, tell)) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(axum::serve(listener, Router::new().route("/", any(serve))).into_future());
    (url, heard)
}

async fn converse(mut socket: WebSocket, then: Then, tell: mpsc::UnboundedSender<u64>) {
    let frame = |op: u8, kind: Option<&str>, data: Value| {
        Message::text(json!({ "op": op, "s": kind.map(|_| 1), "t": kind, "d": data }).to_string())
    };
    socket.send(frame(10, None, json!({ "heartbeat_interval": 40_000 }))).await.unwrap();
    while let Some(Ok(message)) = socket.recv().await {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(Some(close)) => return tell.send(close.code.into()).unwrap(),
            _ => continue,
        };
        let said: Value = serde_json::from_str(&text).unwrap();
        if said["op"] != 2 && said["op"] != 6 {
            continue;
        }
        let ready = json!({
            "v": 10, "user": { "id": "42", "username": "pamphlet" }, "guilds": [], "session_id": "s",
            "resume_gateway_url": "ws://127.0.0.1:1", "application": { "id": "42", "flags": 0 },
        });
        let close = |code| Message::Close(Some(CloseFrame { code, reason: "".into() }));
        let answers = match &then {
            Then::Close(code) => vec![close(*code)],
            Then::Ready(events) => {
                let events = events.iter().map(|(kind, data)| frame(0, Some(kind), data.clone()));
                std::iter::once(frame(0, Some("READY"), ready)).chain(events).collect()
            }
        };
        tell.send(said["d"]["intents"].as_u64().unwrap_or(0)).unwrap();
        for answer in answers {
            socket.send(answer).await.unwrap();
        }
    }
}

pub(super) fn bot() -> Arc<Bot> {
    let settings = bot::Settings {
        servers: Default::default(),
        shared: Vec::new(),
        direct_messages: None,
        region: None,
        language: Language::English,
        listen: Default::default(),
        reads_channels: false,
        cooldown: Cooldown::default(),
    };
    let brain = Brain::new([], jiff::civil::date(2026, 11, 23));
    Arc::new(Bot::new(Arc::new(Serving::new(brain)), settings))
}

pub(super) fn no_notices() -> mpsc::Receiver<Action> {
    mpsc::channel(1).1
}

pub(super) fn settings(discord: &Scripted, listen_everywhere: bool) -> Settings {
    Settings { token: Token::new("NDI.x.y").unwrap(), api: discord.url.clone(), listen_everywhere, shards: None }
}

pub(super) fn at(gateway: &str) -> Answer {
    Some((200, json!({ "url": gateway })))
}

/// How the bot ends when Discord's first answers are these.
async fn ending(script: impl IntoIterator<Item = Answer>) -> Result<(), RunError> {
    ending_with(None, script).await
}

/// How it ends when these shards are wanted.
async fn ending_with(shards: Option<Shards>, script: impl IntoIterator<Item = Answer>) -> Result<(), RunError> {
    let discord = Scripted::answering(script).await;
    let settings = Settings { shards, ..settings(&discord, false) };
    soon(run(settings, bot(), no_notices(), || (), std::future::pending())).await
}

#[tokio::test]
async fn comes_up_answers_and_goes_down() {
    let message = json!({
        "id": "1000", "channel_id": "30", "author": { "id": "5", "username": "sam" }, "content": "does it hurt?",
        "timestamp": "2026-11-23T10:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": false, "type": 0,
    });
    let broken = json!({ "id": "9", "application_id": "42", "token": "t", "type": 2 });
    let (url, mut heard) =
        gateway(Then::Ready(vec![("MESSAGE_CREATE", message), ("INTERACTION_CREATE", broken)])).await;
    let mut discord = Scripted::answering([at(url.as_str())]).await;
    let (ready, is_ready) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let settings = settings(&discord, false);
    let running = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap_or_default() };
        run(settings, bot(), no_notices(), || ready.send(()).unwrap(), stopped).await
    });
    assert_eq!(soon(heard.recv()).await, Some((1 << 9) | (1 << 12)), "the intents");
    soon(is_ready).await.unwrap();
    let mut lines = Vec::new();
    while lines.len() < 4 {
        lines.push(discord.next().await.line);
    }
    lines.sort();
    let wanted = [
        "GET /api/v10/gateway/bot",
        "POST /api/v10/channels/30/messages",
        "POST /api/v10/interactions/9/t/callback",
        "PUT /api/v10/applications/42/commands",
    ];
    assert_eq!(lines, wanted);
    stop.send(()).unwrap();
    assert_eq!(soon(running).await.unwrap(), Ok(()));
    assert_eq!(soon(heard.recv()).await, Some(1000), "the code of the close");
}

#[tokio::test]
async fn names_what_it_cannot_go_on_with() {
    let refused = Some((401, json!({ "code": 0 })));
    assert_eq!(ending([refused]).await, Err(RunError::TokenRefused));
    let no_starts = Some((200, json!({ "url": "wss://x.example", "session_start_limit": { "remaining": 3 } })));
    let Err(RunError::Gateway { why }) = ending([no_starts]).await else { panic!("started") };
    assert!(why.contains("too few starts"), "{why}");
    let nonsense = Some((200, json!("<html>")));
    let Err(RunError::Unreachable { address, why }) = ending([nonsense]).await else { panic!("reachable") };
    assert!(address.starts_with("http://127.0.0.1:"));
    assert_eq!(why, "it doesn't answer as Discord does");
    let address = "ws://discord.example".to_owned();
    assert_eq!(ending([at(&address)]).await, Err(RunError::InsecureGateway { address }));
}

#[tokio::test]
async fn names_what_the_gateway_refuses() {
    let check = async |code, wanted| {
        let (url, _heard) = gateway(Then::Close(code)).await;
        assert_eq!(ending([at(url.as_str())]).await, Err(wanted), "{code}");
    };
    check(4004, RunError::TokenRefused).await;
    check(4012, RunError::Outdated).await;
    check(4013, RunError::IntentMissing).await;
    check(4014, RunError::IntentMissing).await;
}

#[tokio::test]
async fn blames_the_operator_for_shards_that_the_operator_chose() {
    for code in [4010, 4011] {
        let (url, _heard) = gateway(Then::Close(code)).await;
        let chosen = ending_with("0-0/1".parse().ok(), [at(url.as_str())]).await;
        assert!(matches!(chosen, Err(RunError::Shards { .. })), "{code}: {chosen:?}");
        let recommended = ending([at(url.as_str())]).await;
        assert!(matches!(recommended, Err(RunError::Gateway { .. })), "{code}: {recommended:?}");
    }
}

#[tokio::test]
async fn asks_for_message_content_only_to_listen() {
    let (url, mut heard) = gateway(Then::Close(4014)).await;
    let discord = Scripted::answering([at(url.as_str())]).await;
    let outcome = soon(run(settings(&discord, true), bot(), no_notices(), || (), std::future::pending())).await;
    assert_eq!(outcome, Err(RunError::IntentMissing));
    assert_eq!(soon(heard.recv()).await, Some((1 << 9) | (1 << 12) | (1 << 15)));
}

#[tokio::test]
async fn registers_its_commands_until_it_succeeds() {
    let (url, _heard) = gateway(Then::Ready(Vec::new())).await;
    let refused = Some((400, json!({ "code": 50035 })));
    let mut discord = Scripted::answering([at(url.as_str()), refused]).await;
    let (ready, is_ready) = oneshot::channel();
    let shutdown = async { soon(is_ready).await.unwrap() };
    assert_eq!(
        soon(run(settings(&discord, false), bot(), no_notices(), || ready.send(()).unwrap(), shutdown)).await,
        Ok(())
    );
    let register = "PUT /api/v10/applications/42/commands";
    assert_eq!(discord.rest_of_lines()[1..], [register, register]);
}

#[tokio::test]
async fn goes_down_while_it_comes_up() {
    for script in [vec![None], vec![at("ws://127.0.0.1:1")]] {
        let mut discord = Scripted::answering(script.clone()).await;
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async { stopped.await.unwrap_or_default() };
        let running = tokio::spawn(run(settings(&discord, false), bot(), no_notices(), || (), shutdown));
        for _ in script {
            discord.next().await;
        }
        stop.send(()).unwrap();
        assert_eq!(tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap(), Ok(()));
    }
}

#[test]
fn knows_this_machine() {
    let check = |url: &str, wanted| assert_eq!(is_loopback(&url.parse().unwrap()), wanted, "{url}");
    check("http://127.0.0.1:4650", true);
    check("ws://[::1]:1", true);
    check("ws://localhost", true);
    check("https://discord.com", false);
    check("http://127.0.0.1.discord.example", false);
}
