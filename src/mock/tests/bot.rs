//! A bot's end of the gateway, for tests: it says what it is told to and tells what it hears.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::*;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The token of the application 1234.
pub(super) const TOKEN: &str = "MTIzNA.x.y";

/// A bot's connection.
pub(super) struct Bot {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What a bot hears when the connection is closed with this code.
pub(super) fn closed(code: u16) -> Value {
    json!({ "closed": code })
}

/// What a bot hears when the connection is gone without a word.
pub(super) fn lost() -> Value {
    json!({ "lost": true })
}

/// What a bot hears that is no event.
pub(super) fn bare(op: u8, d: impl Into<Value>) -> Value {
    json!({ "t": null, "s": null, "op": op, "d": d.into() })
}

/// What a bot hears when its heartbeat arrived.
pub(super) fn acknowledged() -> Value {
    bare(11, Value::Null)
}

impl Bot {
    /// Connects, with these words in the address.
    pub(super) async fn connect(fixture: &Fixture, query: &str) -> Bot {
        Bot::connect_to(&format!("ws://{}/?{query}", fixture.mock.addr)).await
    }

    /// Connects to this address.
    pub(super) async fn connect_to(address: &str) -> Bot {
        let (socket, _) = connect_async(address).await.unwrap();
        Bot { socket }
    }

    /// Connects and hears HELLO.
    pub(super) async fn greeted(fixture: &Fixture) -> Bot {
        let mut bot = Bot::connect(fixture, "v=10&encoding=json").await;
        let hello = bot.hear().await;
        assert_eq!(hello, bare(10, hello["d"].clone()));
        bot
    }

    /// Logs in as the only shard and hears READY, which it gives back, and the server.
    pub(super) async fn ready(fixture: &Fixture) -> (Bot, Value) {
        let mut bot = Bot::greeted(fixture).await;
        bot.say(2, identify(json!({}))).await;
        let ready = bot.hear().await;
        assert_eq!(ready["t"], "READY", "{ready}");
        assert_eq!(bot.hear().await["t"], "GUILD_CREATE");
        (bot, ready["d"].clone())
    }

    /// Says something of this operation.
    pub(super) async fn say(&mut self, op: u8, d: Value) {
        self.say_raw(&json!({ "op": op, "d": d }).to_string()).await;
    }

    /// Says just this.
    pub(super) async fn say_raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// The next thing that arrives: a payload, or how the connection ended.
    pub(super) async fn hear(&mut self) -> Value {
        match self.hear_frame().await {
            Some(Message::Text(text)) => {
                serde_json::from_str(text.as_str()).unwrap_or_else(|_| json!({ "unreadable": text.as_str() }))
            }
            Some(Message::Close(frame)) => closed(frame.map_or(0, |frame| frame.code.into())),
            Some(other) => json!({ "bytes": other.len() }),
            None => lost(),
        }
    }

    /// The next frame; `None` when the connection is gone.
    pub(super) async fn hear_frame(&mut self) -> Option<Message> {
        let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("nothing came");
        frame.and_then(Result::ok)
    }
}

/// The content of an IDENTIFY for all that this Discord tells, with other keys as given.
pub(super) fn identify(others: Value) -> Value {
    crate::mock::wire::with(json!({ "token": TOKEN, "intents": 0xffff, "properties": {} }), others)
}

/// The content of a RESUME of the session that READY told.
pub(super) fn resume(ready: &Value, sequence: u64) -> Value {
    json!({ "token": TOKEN, "session_id": ready["session_id"], "seq": sequence })
}
