//! One bot's connection: HELLO, login or return, heartbeats, and the events of its session as they come.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt as _, stream};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};
use tracing::debug;

use super::close;
use super::encoding::Encoder;
use super::payload::{self, Said};
use crate::mock::recording::{Entry, Way};
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;

/// How long a frame may take to be sent.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long saying farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// How soon after some events others go at the earliest.
const BREATH: Duration = Duration::from_millis(5);
/// How long a heartbeat and its acknowledgement take: clients measure it, and discord.py notes only after sending when it sent.
const ON_THE_WAY: Duration = Duration::from_millis(10);
/// The most payloads that a bot may send in a minute.
const MAX_A_MINUTE: usize = 120;

/// How a connection ends.
pub(super) enum End {
    /// The bot closed it; `true` when it won't come back to this session.
    Left(bool),
    /// The line is dead, or another connection took over.
    Lost,
    /// The server closes it with this code.
    Closed(u16),
}

/// The session that a connection serves.
pub(super) struct Attached {
    pub(super) key: String,
    /// The bot and its shard.
    pub(super) who: (Id, u64),
    /// The number of the last event that was sent.
    pub(super) sent: u64,
    /// After which event a bot that came back is told that it has all that it missed.
    pub(super) told_at: Option<u64>,
}

/// A bot's connection.
pub(crate) struct Connection {
    pub(super) server: Shared,
    /// Its name among the connections, and how it is woken.
    pub(super) line: (Id, Arc<Notify>),
    /// Whether it came to the address that READY names for a return.
    pub(super) at_resume_address: bool,
    socket: WebSocket,
    pub(super) encoder: Encoder,
    pub(super) session: Option<Attached>,
    /// When the bot's last payloads came, for a minute.
    heard: VecDeque<Instant>,
    /// How often the bot is to show that it lives.
    interval: Duration,
    /// When it is taken for dead, unless it shows that it lives.
    pub(super) dead_at: Instant,
    /// Until when the next event is held back, if it was told to come late or comes right after others.
    pub(super) held_until: Option<std::time::Instant>,
    /// When heartbeats are acknowledged that came.
    acks_due: VecDeque<std::time::Instant>,
    /// When events were last delivered.
    pub(super) delivered: Option<std::time::Instant>,
}

impl Connection {
    pub(super) fn new(server: Shared, socket: WebSocket, encoder: Encoder, at_resume_address: bool) -> Connection {
        let (interval, line) = {
            let mut world = server.world();
            (world.terms.heartbeat, world.open_line())
        };
        let dead_at = Instant::now() + patience_for(interval);
        Connection {
            server,
            line,
            at_resume_address,
            socket,
            encoder,
            session: None,
            heard: VecDeque::new(),
            interval,
            dead_at,
            held_until: None,
            acks_due: VecDeque::new(),
            delivered: None,
        }
    }

    /// Closes the connection before a word is spoken.
    pub(super) async fn refuse(self, code: u16) {
        self.end(End::Closed(code)).await;
    }

    /// Serves the bot until one side ends it.
    pub(super) async fn serve(mut self) {
        let Err(end) = self.converse().await;
        self.end(end).await;
    }

    async fn end(mut self, end: End) {
        let goodbye = match end {
            End::Left(goodbye) => goodbye,
            End::Closed(code) => close::ends_session(code),
            End::Lost => false,
        };
        // First of all, so that whoever comes back at once finds the session as it is to be.
        self.leave(goodbye);
        self.server.world().close_line(self.line.0);
        // The line may be gone already; there is nobody left to tell.
        let _ = timeout(FAREWELL, self.part(&end)).await;
        debug!(target: "pamphlet::mock", goodbye, "a gateway connection ended");
    }

    /// Lets go of the session, which ends with this if it is a `goodbye`.
    pub(super) fn leave(&mut self, goodbye: bool) {
        if let Some(session) = self.session.take() {
            self.server.world().detach(&session.key, self.line.0, goodbye);
        }
    }

    /// Says farewell, or answers the bot's.
    async fn part(&mut self, end: &End) -> Result<(), axum::Error> {
        match end {
            // The answer is ready and leaves with the next read, which finds the end. A bot waits for it.
            End::Left(_) => self.socket.recv().await.transpose().map(|_| ()),
            End::Closed(code) => {
                let frame = CloseFrame { code: *code, reason: close::reason(*code).into() };
                self.socket.send(Message::Close(Some(frame))).await?;
                // What is left unread would make a reset of the close, and the bot would never see the code.
                while let Some(Ok(_)) = self.socket.recv().await {}
                Ok(())
            }
            End::Lost => Ok(()),
        }
    }

    async fn converse(&mut self) -> Result<std::convert::Infallible, End> {
        let stop = self.server.stop.clone();
        let interval = u64::try_from(self.interval.as_millis()).unwrap_or(u64::MAX);
        self.send_bare(10, json!({ "heartbeat_interval": interval, "_trace": [] })).await?;
        // Both outlast a turn, and so are entered once.
        let (stopped, dead) = (stop.cancelled(), tokio::time::sleep_until(self.dead_at));
        tokio::pin!(stopped, dead);
        loop {
            if dead.deadline() != self.dead_at {
                dead.as_mut().reset(self.dead_at);
            }
            tokio::select! {
                () = &mut stopped => return Err(End::Closed(close::GOING_AWAY)),
                () = &mut dead => return Err(End::Closed(close::SESSION_TIMED_OUT)),
                () = self.line.1.notified() => match self.due() {
                    Some(due) if due > std::time::Instant::now() => {
                        self.held_until = Some(self.held_until.map_or(due, |held| held.min(due)));
                    }
                    Some(_) => self.deliver().await?,
                    None => {}
                },
                () = reached(self.held_until) => self.deliver().await?,
                () = reached(self.acks_due.front().copied()) => {
                    self.acks_due.pop_front();
                    self.send_bare(11, Value::Null).await?;
                }
                frame = self.socket.recv() => self.hear(frame).await?,
            }
        }
    }

    /// When the next events or orders may go; `None` if there are none, since what happened while the connection was waking
    /// wakes it once more. What a bot's own answers make comes in quick succession, and goes together. Orders wait for nothing, nor
    /// does what a member waits for an answer to.
    fn due(&self) -> Option<std::time::Instant> {
        let now = std::time::Instant::now();
        let world = self.server.world();
        if world.lines.get(&self.line.0).is_none_or(|line| !line.orders.is_empty()) {
            return Some(now);
        }
        let attached = self.session.as_ref()?;
        let Some(session) = world.sessions.get(&attached.key) else { return Some(now) };
        let breath = if session.prompt > attached.sent { Duration::ZERO } else { BREATH };
        let news = session.concerns(self.line.0, attached.sent);
        news.then(|| self.delivered.map_or(now, |delivered| delivered + breath))
    }

    async fn hear(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let said = match frame {
            Some(Ok(Message::Text(text))) => self.read(text.as_bytes()),
            Some(Ok(Message::Binary(bytes))) => self.read(&bytes),
            Some(Ok(Message::Close(frame))) => {
                return Err(End::Left(frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001))));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Err(_)) | None => return Err(End::Lost),
        };
        self.count()?;
        match said.map_err(End::Closed)? {
            Said::Heartbeat => {
                self.dead_at = Instant::now() + patience_for(self.interval);
                let who = self.session.as_ref().map(|session| session.who);
                let withheld = self.server.world().faults.withheld_acks.take(who);
                self.acks_due.extend((!withheld).then(|| std::time::Instant::now() + ON_THE_WAY));
                Ok(())
            }
            Said::Identify(_) if self.session.is_some() => Err(End::Closed(close::ALREADY_AUTHENTICATED)),
            Said::Resume(_) if self.session.is_some() => Err(End::Closed(close::ALREADY_AUTHENTICATED)),
            Said::Identify(identify) => self.log_in(identify).await,
            Said::Resume(resume) => self.resume(resume).await,
            Said::RequestMembers(request) => self.send_members(&request),
            Said::Nothing if self.session.is_none() => Err(End::Closed(close::NOT_AUTHENTICATED)),
            Said::Nothing => Ok(()),
        }
    }

    /// Reads what a bot says; the error is the code to close with.
    fn read(&self, text: &[u8]) -> Result<Said, u16> {
        self.note(Way::FromBot, &String::from_utf8_lossy(text));
        payload::read(text)
    }

    /// Notes a payload, if there is a recording.
    fn note(&self, way: Way, text: &str) {
        let who = self.session.as_ref().map(|session| session.who);
        self.server.note(|| Entry::frame(way, self.line.0, who, text));
    }

    /// Forgets how much the bot said before a freeze, so that what piled up meanwhile has all the room.
    pub(super) fn forgive(&mut self) {
        self.heard.clear();
    }

    /// Counts a payload; too many in a minute end the connection.
    fn count(&mut self) -> Result<(), End> {
        let now = Instant::now();
        self.heard.push_back(now);
        self.heard.retain(|heard| now.duration_since(*heard) < Duration::from_secs(60));
        if self.heard.len() > MAX_A_MINUTE { Err(End::Closed(close::RATE_LIMITED)) } else { Ok(()) }
    }

    /// Sends what is no event: without a name, and without a number in the sequence.
    pub(super) async fn send_bare(&mut self, op: u8, d: Value) -> Result<(), End> {
        self.send(json!({ "op": op, "s": null, "t": null, "d": d })).await
    }

    pub(super) async fn send(&mut self, payload: Value) -> Result<(), End> {
        self.send_text(payload.to_string().into()).await
    }

    pub(super) async fn send_text(&mut self, text: Utf8Bytes) -> Result<(), End> {
        self.send_texts(vec![text]).await
    }

    /// Sends several at once.
    pub(super) async fn send_texts(&mut self, texts: Vec<Utf8Bytes>) -> Result<(), End> {
        texts.iter().for_each(|text| self.note(Way::ToBot, text));
        let frames: io::Result<Vec<Message>> = texts.into_iter().map(|text| self.encoder.encode(text)).collect();
        self.send_frames(frames.map_err(|_| End::Lost)?).await
    }

    /// Sends bytes as they are.
    pub(super) async fn send_bytes(&mut self, bytes: &'static [u8]) -> Result<(), End> {
        self.note(Way::ToBot, &String::from_utf8_lossy(bytes));
        self.send_frames(vec![Message::Binary(bytes.into())]).await
    }

    async fn send_frames(&mut self, frames: Vec<Message>) -> Result<(), End> {
        let mut frames = stream::iter(frames.into_iter().map(Ok));
        tokio::select! {
            sent = timeout(PATIENCE, self.socket.send_all(&mut frames)) => {
                if matches!(sent, Ok(Ok(()))) { Ok(()) } else { Err(End::Lost) }
            }
            () = self.server.stop.cancelled() => Err(End::Closed(close::GOING_AWAY)),
        }
    }
}

/// How long a bot may go without a heartbeat: half an interval longer than it should.
fn patience_for(interval: Duration) -> Duration {
    interval + interval / 2
}

/// Returns at this time; never when there is none.
async fn reached(time: Option<std::time::Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time.into()).await,
        None => std::future::pending().await,
    }
}
