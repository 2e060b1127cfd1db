//! One bot's connection: HELLO, login or return, heartbeats, and the events of its session as they come.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};
use tracing::{debug, info};

use super::encoding::Encoder;
use super::payload::{self, Identify, RequestMembers, Resume, Said};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::Order;
use crate::mock::{token, wire};

/// How often a bot is to show that it lives.
const HEARTBEAT: Duration = Duration::from_millis(41_250);
/// How long a bot may be silent, and how long a frame may take to be sent.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long saying farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// The most payloads that a bot may send in a minute.
const MAX_A_MINUTE: usize = 120;

const GOING_AWAY: u16 = 1001;
const UNKNOWN_ERROR: u16 = 4000;
const RATE_LIMITED: u16 = 4008;
const TIMED_OUT: u16 = 4009;
const INVALID_SHARD: u16 = 4010;
const INVALID_INTENTS: u16 = 4013;
const DISALLOWED_INTENTS: u16 = 4014;

/// How a connection ends.
enum End {
    /// The bot closed it; `true` when it won't come back to this session.
    Left(bool),
    /// The line is dead, or another connection took over.
    Lost,
    /// The server closes it with this code.
    Closed(u16),
}

/// The session that a connection serves.
struct Attached {
    key: String,
    connection: Id,
    wake: Arc<Notify>,
    /// The number of the last event that was sent.
    sent: u64,
}

/// A bot's connection.
pub(crate) struct Connection {
    server: Shared,
    socket: WebSocket,
    encoder: Encoder,
    session: Option<Attached>,
    /// When the bot's last payloads came, for a minute.
    heard: VecDeque<Instant>,
}

impl Connection {
    pub(crate) fn new(server: Shared, socket: WebSocket, encoder: Encoder) -> Connection {
        Connection { server, socket, encoder, session: None, heard: VecDeque::new() }
    }

    /// Serves the bot until one side ends it.
    pub(crate) async fn serve(mut self) {
        let Err(end) = self.converse().await;
        let goodbye = matches!(end, End::Left(true));
        // The line may be gone already; there is nobody left to tell.
        let _ = timeout(FAREWELL, self.part(&end)).await;
        if let Some(session) = &self.session {
            self.server.world().detach(&session.key, session.connection, goodbye);
        }
        debug!(target: "pamphlet::mock", goodbye, "a gateway connection ended");
    }

    /// Says farewell, or answers the bot's.
    async fn part(&mut self, end: &End) -> Result<(), axum::Error> {
        match end {
            // The answer is ready and leaves with the next read, which finds the end. A bot waits for it.
            End::Left(_) => self.socket.recv().await.transpose().map(|_| ()),
            End::Closed(code) => {
                let frame = CloseFrame { code: *code, reason: "".into() };
                self.socket.send(Message::Close(Some(frame))).await
            }
            End::Lost => Ok(()),
        }
    }

    async fn converse(&mut self) -> Result<std::convert::Infallible, End> {
        let stop = self.server.stop.clone();
        let interval = HEARTBEAT.as_millis();
        self.send(json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": interval, "_trace": [] } }))
            .await?;
        let mut deadline = Instant::now() + PATIENCE;
        loop {
            let wake = self.session.as_ref().map(|session| Arc::clone(&session.wake));
            tokio::select! {
                () = stop.cancelled() => return Err(End::Closed(GOING_AWAY)),
                () = tokio::time::sleep_until(deadline) => return Err(End::Closed(TIMED_OUT)),
                () = woken(wake) => self.deliver().await?,
                frame = self.socket.recv() => {
                    deadline = Instant::now() + PATIENCE;
                    self.hear(frame).await?;
                }
            }
        }
    }

    async fn hear(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let said = match frame {
            Some(Ok(Message::Text(text))) => payload::read(text.as_bytes()),
            Some(Ok(Message::Binary(bytes))) => payload::read(&bytes),
            Some(Ok(Message::Close(frame))) => {
                return Err(End::Left(frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001))));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Err(_)) | None => return Err(End::Lost),
        };
        self.count()?;
        match said.map_err(End::Closed)? {
            Said::Heartbeat => self.send(json!({ "op": 11 })).await,
            Said::Identify(_) if self.session.is_some() => Err(End::Closed(payload::ALREADY_AUTHENTICATED)),
            Said::Resume(_) if self.session.is_some() => Err(End::Closed(payload::ALREADY_AUTHENTICATED)),
            Said::Identify(identify) => self.log_in(identify).await,
            Said::Resume(resume) => self.resume(resume).await,
            Said::RequestMembers(request) => self.send_members(&request),
            Said::Nothing if self.session.is_none() => Err(End::Closed(payload::NOT_AUTHENTICATED)),
            Said::Nothing => Ok(()),
        }
    }

    async fn log_in(&mut self, identify: Identify) -> Result<(), End> {
        let intents = identify.intents();
        let shard = identify.shard.unwrap_or((0, 1));
        let bot = token::application(&identify.token).ok_or(End::Closed(payload::AUTHENTICATION_FAILED))?;
        if shard.0 >= shard.1 {
            return Err(End::Closed(INVALID_SHARD));
        }
        if !intents.are_known() {
            return Err(End::Closed(INVALID_INTENTS));
        }
        let key = {
            let mut world = self.server.world();
            if intents.privileged().overlap(world.faults.disallowed) {
                return Err(End::Closed(DISALLOWED_INTENTS));
            }
            if !world.admit_bot(bot) {
                return Err(End::Closed(payload::AUTHENTICATION_FAILED));
            }
            world.log_in(bot, intents, shard)
        };
        if identify.compress {
            self.encoder.compress_large();
        }
        info!(target: "pamphlet::mock", application = bot.0, intents = intents.0, "a bot logged in");
        self.attach(key, 0)?;
        self.deliver().await
    }

    async fn resume(&mut self, resume: Resume) -> Result<(), End> {
        let bot = token::application(&resume.token).ok_or(End::Closed(payload::AUTHENTICATION_FAILED))?;
        let possible = {
            let world = self.server.world();
            let session = world.sessions.get(&resume.session_id);
            session.is_some_and(|session| session.bot == bot && session.has_all_after(resume.sequence))
        };
        if !possible {
            return self.send(json!({ "op": 9, "d": false })).await;
        }
        info!(target: "pamphlet::mock", application = bot.0, "a bot resumed its session");
        self.server.world().resumed(&resume.session_id);
        self.attach(resume.session_id, resume.sequence)?;
        self.deliver().await
    }

    fn attach(&mut self, key: String, sent: u64) -> Result<(), End> {
        let (connection, wake) = self.server.world().attach(&key).ok_or(End::Lost)?;
        self.session = Some(Attached { key, connection, wake, sent });
        Ok(())
    }

    fn send_members(&mut self, request: &RequestMembers) -> Result<(), End> {
        let session = self.session.as_ref().ok_or(End::Closed(payload::NOT_AUTHENTICATED))?;
        let mut world = self.server.world();
        let wanted = |id: Id, name: &str| request.wants(&id.to_string(), name);
        let chunk = wire::guild::members_chunk(&world, wanted, request.nonce.as_ref());
        world.tell(&session.key, "GUILD_MEMBERS_CHUNK", &chunk);
        Ok(())
    }

    /// Sends what has happened since the last delivery, then does what the server ordered.
    async fn deliver(&mut self) -> Result<(), End> {
        let (frames, orders) = self.take_waiting()?;
        for frame in frames {
            self.send_text(frame).await?;
        }
        for order in orders {
            match order {
                Order::Close(code) => return Err(End::Closed(code)),
                Order::Reconnect => self.send(json!({ "op": 7, "d": null })).await?,
                Order::Invalidate(resumable) => {
                    self.send(json!({ "op": 9, "d": resumable })).await?;
                    if let Some(session) = self.session.take_if(|_| !resumable) {
                        self.server.world().end_session(&session.key);
                    }
                }
            }
        }
        Ok(())
    }

    fn take_waiting(&mut self) -> Result<(Vec<String>, Vec<Order>), End> {
        let Some(attached) = &mut self.session else { return Ok((Vec::new(), Vec::new())) };
        let mut world = self.server.world();
        let session = world.sessions.get_mut(&attached.key).ok_or(End::Closed(TIMED_OUT))?;
        if session.connection.as_ref().is_none_or(|(current, _)| *current != attached.connection) {
            return Err(End::Lost);
        }
        if !session.has_all_after(attached.sent) {
            return Err(End::Closed(UNKNOWN_ERROR));
        }
        let frames = session.after(attached.sent).cloned().collect();
        attached.sent = session.sequence;
        Ok((frames, session.orders.drain(..).collect()))
    }

    /// Counts a payload; too many in a minute end the connection.
    fn count(&mut self) -> Result<(), End> {
        let now = Instant::now();
        self.heard.push_back(now);
        self.heard.retain(|heard| now.duration_since(*heard) < Duration::from_secs(60));
        if self.heard.len() > MAX_A_MINUTE { Err(End::Closed(RATE_LIMITED)) } else { Ok(()) }
    }

    async fn send(&mut self, payload: Value) -> Result<(), End> {
        self.send_text(payload.to_string()).await
    }

    async fn send_text(&mut self, text: String) -> Result<(), End> {
        let frame = self.encoder.encode(text).map_err(|_| End::Lost)?;
        match timeout(PATIENCE, self.socket.send(frame)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Lost),
        }
    }
}

/// Returns when the session has something to send; never without a session.
async fn woken(wake: Option<Arc<Notify>>) {
    match wake {
        Some(wake) => wake.notified().await,
        None => std::future::pending().await,
    }
}
