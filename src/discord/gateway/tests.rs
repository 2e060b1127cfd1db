//! Against a gateway that fails in the ways it can: 1. what happens in a session is heard once, however its connection
//! ends; 2. a session that is gone is followed by a new one; 3. nothing is connected to without end, or in the clear.

use super::*;
use crate::discord::askers::Askers;
use crate::discord::perform::Performer;
use crate::discord::scripted::Scripted;
use crate::discord::tests::{at, bot, no_notices, settings, soon};
use crate::discord::{RunError, run};
use axum::Router;
use axum::extract::OriginalUri;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::{mpsc, oneshot};

/// What the gateway does on a connection, once the bot asked to be let in.
#[derive(Clone)]
enum Step {
    /// Lets the bot in, and names the address to take its session up at.
    Ready,
    /// Tells of a direct message in this channel, as the event of this number.
    Told(u64, u64),
    Say(Value),
    Close(Option<u16>),
    Drop,
}
use Step::{Close, Drop, Ready, Say, Told};

/// How the bot asked to be let in: where, from which number of its session on, and as which shard of how many.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    path: String,
    resumes_after: Option<u64>,
    shard: Option<Value>,
}

/// A gateway with something to do on each connection, and nothing on those after.
struct Failing {
    url: Url,
    asked: mpsc::UnboundedReceiver<Asked>,
}

impl Failing {
    async fn doing(plays: impl IntoIterator<Item = Vec<Step>>) -> Self {
        let plays: Arc<Mutex<VecDeque<Vec<Step>>>> = Arc::new(Mutex::new(plays.into_iter().collect()));
        let (tell, asked) = mpsc::unbounded_channel();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("ws://{}", listener.local_addr().unwrap()).parse().unwrap();
        let address = url.join("again").unwrap();
        let serve = move |OriginalUri(uri): OriginalUri, socket: WebSocketUpgrade| {
            let (plays, tell, address) = (Arc::clone(&plays), tell.clone(), address.clone());
            let play = async move |socket| {
                let mut socket: WebSocket = socket;
                let Some(asked) = hello(&mut socket, uri.path()).await else { return };
                tell.send(asked).unwrap();
                let play = plays.lock().unwrap().pop_front().unwrap_or_default();
                do_all(&mut socket, play, &address).await;
            };
            async move { socket.on_upgrade(play) }
        };
        tokio::spawn(axum::serve(listener, Router::new().fallback(serve)).into_future());
        Self { url, asked }
    }

    async fn asked(&mut self) -> Asked {
        soon(self.asked.recv()).await.unwrap()
    }
}

/// Says HELLO, and waits for IDENTIFY or RESUME.
async fn hello(socket: &mut WebSocket, path: &str) -> Option<Asked> {
    let hello = json!({ "t": null, "s": null, "op": 10, "d": { "heartbeat_interval": 40_000 } });
    socket.send(Message::text(hello.to_string())).await.ok()?;
    while let Message::Text(text) = socket.recv().await?.ok()? {
        let said: Value = serde_json::from_str(&text).unwrap();
        let path = path.to_owned();
        match said["op"].as_u64() {
            Some(2) => return Some(Asked { path, resumes_after: None, shard: Some(said["d"]["shard"].clone()) }),
            Some(6) => return Some(Asked { path, resumes_after: said["d"]["seq"].as_u64(), shard: None }),
            _ => {}
        }
    }
    None
}

async fn do_all(socket: &mut WebSocket, play: Vec<Step>, address: &Url) {
    for step in play {
        let said = match step {
            Ready => event(
                1,
                "READY",
                json!({
                    "v": 10, "user": { "id": "42", "username": "pamphlet" }, "guilds": [], "session_id": "s",
                    "resume_gateway_url": address, "application": { "id": "42", "flags": 0 },
                }),
            ),
            Told(number, channel) => event(number, "MESSAGE_CREATE", message(channel)),
            Say(said) => said,
            Close(code) => {
                let frame = code.map(|code| CloseFrame { code, reason: "".into() });
                let _ = socket.send(Message::Close(frame)).await;
                break;
            }
            Drop => return,
        };
        if socket.send(Message::text(said.to_string())).await.is_err() {
            return;
        }
    }
    while let Some(Ok(_)) = socket.recv().await {}
}

fn event(number: u64, kind: &str, payload: Value) -> Value {
    json!({ "t": kind, "s": number, "op": 0, "d": payload })
}

/// A direct message whose id is its channel's.
fn message(channel: u64) -> Value {
    json!({
        "id": channel.to_string(), "channel_id": channel.to_string(), "content": "does it hurt?",
        "author": { "id": channel.to_string(), "username": "sam" },
        "timestamp": "2026-11-23T10:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": false, "type": 0,
    })
}

fn resumed(number: u64) -> Step {
    Say(event(number, "RESUMED", json!({})))
}

/// Has a bot live through these connections, until it answered in these channels. Gives how it asked to be let in.
async fn live(plays: impl IntoIterator<Item = Vec<Step>>, channels: &[u64]) -> Vec<Asked> {
    let mut gateway = Failing::doing(plays).await;
    let mut discord = Scripted::answering([at(gateway.url.as_str())]).await;
    let (stop, stopped) = oneshot::channel::<()>();
    let settings = settings(&discord, false);
    let running = tokio::spawn(async move {
        run(settings, bot(), no_notices(), || (), async { stopped.await.unwrap_or_default() }).await
    });
    let mut answered = Vec::new();
    while answered.len() < channels.len() {
        let line = discord.next().await.line;
        answered.extend(line.strip_prefix("POST /api/v10/channels/").map(str::to_owned));
    }
    answered.sort();
    assert_eq!(answered, channels.iter().map(|channel| format!("{channel}/messages")).collect::<Vec<_>>());
    stop.send(()).unwrap();
    assert_eq!(soon(running).await.unwrap(), Ok(()));
    assert!(!discord.rest_of_lines().iter().any(|line| line.starts_with("POST")), "answered twice");
    std::iter::from_fn(|| gateway.asked.try_recv().ok()).collect()
}

fn start() -> Asked {
    Asked { path: "/".to_owned(), resumes_after: None, shard: Some(json!([0, 1])) }
}

fn resume(after: u64) -> Asked {
    Asked { path: "/again/".to_owned(), resumes_after: Some(after), shard: None }
}

/// At the gateway's own address.
fn resume_at_the_door(after: u64) -> Asked {
    Asked { path: "/".to_owned(), ..resume(after) }
}

#[tokio::test]
async fn takes_its_session_up_where_it_broke_off() {
    let again = Say(json!({ "t": null, "s": null, "op": 7, "d": null }));
    let still_valid = Say(json!({ "t": null, "s": null, "op": 9, "d": true }));
    let ends = [Close(None), Drop, again, still_valid].into_iter();
    let codes = [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4008, 4999].map(|code| Close(Some(code)));
    let check = async |end| {
        let first = vec![Ready, Told(2, 30), end];
        let second = vec![Told(2, 30), Told(3, 31), resumed(4)];
        assert_eq!(live([first, second], &[30, 31]).await, [start(), resume(2)]);
    };
    futures_util::future::join_all(ends.chain(codes).map(check)).await;
}

#[tokio::test]
async fn starts_anew_when_its_session_is_gone() {
    let gone = || Say(json!({ "t": null, "s": null, "op": 9, "d": false }));
    let first = |end| vec![Ready, Told(2, 30), end];
    let second = || vec![Ready, Told(2, 31)];
    let check = async |end| assert_eq!(live([first(end), second()], &[30, 31]).await, [start(), start()]);
    let refused = async || {
        let plays = [first(Drop), vec![gone()], second()];
        assert_eq!(live(plays, &[30, 31]).await, [start(), resume(2), start()]);
    };
    tokio::join!(check(Close(Some(4007))), check(Close(Some(4009))), check(gone()), refused());
}

#[tokio::test]
async fn hears_what_comes_twice_once_and_passes_over_what_it_can_not_read() {
    let odd = [
        Told(2, 30),
        Told(2, 30),
        Say(json!({ "op": 0, "s": 3, "t": "MESSAGE_CREATE", "d": { "id": [] } })),
        Say(json!({ "op": 0, "s": 4, "t": "MESSAGE_CREATE" })),
        Say(json!({ "op": 0, "t": "MESSAGE_CREATE", "d": message(32) })),
        Say(json!({ "op": 0, "s": 5, "t": "NOBODY_KNOWS", "d": 7 })),
        Say(json!({ "op": 99, "d": {} })),
        Say(json!([])),
        Say(json!("op")),
        Told(6, 31),
    ];
    let early = [Told(1, 29), Ready].into_iter().chain(odd);
    assert_eq!(live([early.collect()], &[29, 30, 31]).await, [start()]);
}

/// In the first case twilight panics; in the second nobody acknowledges a heartbeat.
#[tokio::test]
async fn loses_nothing_where_heartbeats_fail() {
    for interval in [0, 100] {
        let hello = Say(json!({ "t": null, "s": null, "op": 10, "d": { "heartbeat_interval": interval } }));
        let plays = [vec![Ready, Told(2, 30), hello], vec![Told(3, 31), resumed(4)]];
        assert_eq!(live(plays, &[30, 31]).await, [start(), resume(2)], "{interval}");
    }
}

/// What keeps the only shard, with this patience.
fn keeper(discord: &Scripted, gateway: &Failing, patience: Patience) -> Keeper {
    let performer = Performer::new(bot(), Arc::new(discord.rest()));
    let listener = Arc::new(Listener::new(performer, Askers::with_key([1; 16])));
    let found = Gateway {
        url: gateway.url.clone(),
        shards: Shards::all(1),
        at_once: 1,
        starts_left: 1_000,
        starts: 1_000,
        starts_reset: STARTS_RESET,
    };
    let keeper = found.keepers(&settings(discord, false), &listener).next().unwrap();
    Keeper { patience, ..keeper }
}

#[tokio::test]
async fn does_not_take_a_session_up_without_end() {
    let check = async |end: fn() -> Step| {
        let refusals = std::iter::repeat_n(vec![end()], 9);
        let mut gateway = Failing::doing(std::iter::once(vec![Ready, end()]).chain(refusals)).await;
        let discord = Scripted::answering([]).await;
        let ended = soon(keeper(&discord, &gateway, Patience::hasty(7)).keep()).await;
        assert_eq!(ended, Err(RunError::Gateway { why: "it had to be taken up again too often" }));
        assert_eq!([gateway.asked().await, gateway.asked().await], [start(), resume(1)]);
        for _ in 0..4 {
            assert_eq!(gateway.asked().await, resume_at_the_door(1), "the address for it is left");
        }
        assert_eq!(gateway.asked().await, start(), "a session that is refused so often is given up");
        assert!(gateway.asked.try_recv().is_err());
    };
    tokio::join!(check(|| Close(Some(4000))), check(|| Drop));
}

#[tokio::test]
async fn does_not_wait_for_somebody_who_says_nothing() {
    let check = async |patience: Patience, plays: [Vec<Step>; 3], wanted: [Asked; 3]| {
        let mut gateway = Failing::doing(plays).await;
        let discord = Scripted::answering([]).await;
        let keeping = tokio::spawn(keeper(&discord, &gateway, patience).keep());
        for asked in wanted {
            assert_eq!(gateway.asked().await, asked);
        }
        keeping.abort();
    };
    let moment = Duration::from_secs(1);
    let answers = Patience::hasty(9).for_answers(moment);
    let plays = [vec![Ready, Drop], vec![], vec![resumed(2)]];
    let silence = Patience::hasty(9).for_silence(moment);
    let both = [vec![Ready], vec![resumed(2)], vec![]];
    tokio::join!(
        check(answers, plays, [start(), resume(1), resume_at_the_door(1)]),
        check(silence, both, [start(), resume(1), resume(2)]),
    );
}

#[tokio::test]
async fn leaves_some_starts_unused() {
    let find = async |left: u64| {
        let limit = json!({ "remaining": left, "total": 1_000, "reset_after": 1_000, "max_concurrency": 1 });
        let found = Some((200, json!({ "url": "wss://discord.example", "session_start_limit": limit })));
        let discord = Scripted::answering([found]).await;
        super::find(&discord.rest(), &discord.url, None).await.map(|found| found.starts_left)
    };
    assert_eq!(find(21).await, Ok(1));
    assert!(find(20).await.is_err(), "the only one would cost the reserve");
}

#[tokio::test]
async fn takes_its_session_up_at_the_door_where_its_own_address_is_of_no_use() {
    for address in ["ws://127.0.0.1:1", "ws://discord.example", "not an address", "http://127.0.0.1:1", ""] {
        let ready = json!({
            "user": { "id": "42" }, "application": { "id": "42" }, "session_id": "s", "resume_gateway_url": address,
        });
        let plays = [vec![Say(event(1, "READY", ready)), Told(2, 30), Drop], vec![Told(3, 31), resumed(4)]];
        let asked = live(plays, &[30, 31]).await;
        assert_eq!(asked[1], resume_at_the_door(2), "{address}");
    }
}

#[tokio::test]
async fn serves_the_shards_it_is_given_or_all() {
    let check = async |wanted: Option<&str>, shards: &[[u64; 2]]| {
        let mut gateway = Failing::doing(vec![vec![Ready]; 4]).await;
        let limit = json!({ "max_concurrency": 4, "remaining": 900, "total": 1_000, "reset_after": 1_000 });
        let found = json!({ "url": gateway.url, "shards": 3, "session_start_limit": limit });
        let discord = Scripted::answering([Some((200, found))]).await;
        let settings = Settings { shards: wanted.map(|wanted| wanted.parse().unwrap()), ..settings(&discord, false) };
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            run(settings, bot(), no_notices(), || (), async { stopped.await.unwrap_or_default() }).await
        });
        let mut started = Vec::new();
        for _ in shards {
            started.push(gateway.asked().await.shard.unwrap());
        }
        started.sort_by_key(ToString::to_string);
        assert_eq!(json!(started), json!(shards));
        stop.send(()).unwrap();
        assert_eq!(soon(running).await.unwrap(), Ok(()));
        assert!(gateway.asked.try_recv().is_err());
    };
    check(None, &[[0, 3], [1, 3], [2, 3]]).await;
    check(Some("1-2/4"), &[[1, 4], [2, 4]]).await;
}
