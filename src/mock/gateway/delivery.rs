//! Delivery: the events of a session as they come, and what the server orders beside them.

use std::time::{Duration, Instant};

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};

use super::close;
use super::connection::{Connection, End};
use crate::mock::world::Order;

/// An event that breaks off.
const MALFORMED: &str = r#"{"op":0,"t":"MESSAGE_CREATE","d":{"id":"1","content":"this breaks o"#;
/// Bytes that begin no stream and belong to none. They end as a payload of a zlib stream does, until which a bot gathers bytes.
const GARBAGE: &[u8] = b"\xde\xad\xbe\xef\x00 neither zlib nor zstd nor JSON \x00\x00\xff\xff";
/// The most events that are taken from a session at once.
const AT_ONCE: usize = 100;

impl Connection {
    /// Sends what has happened since the last delivery, then does what the server ordered.
    pub(super) async fn deliver(&mut self) -> Result<(), End> {
        let (frames, orders) = self.take_waiting()?;
        if !frames.is_empty() {
            self.delivered = Some(Instant::now());
        }
        self.send_texts(frames).await?;
        self.tell_resumed().await?;
        for order in orders {
            self.obey(order).await?;
        }
        Ok(())
    }

    /// Tells a bot that came back that it has all that it missed. That is no event of the session and isn't kept with them:
    /// another return brings it anew.
    async fn tell_resumed(&mut self) -> Result<(), End> {
        let Some(attached) = &mut self.session else { return Ok(()) };
        if attached.told_at.take_if(|last| *last <= attached.sent).is_none() {
            return Ok(());
        }
        let sequence = attached.sent;
        self.send(json!({ "op": 0, "s": sequence, "t": "RESUMED", "d": { "_trace": [] } })).await
    }

    async fn obey(&mut self, order: Order) -> Result<(), End> {
        match order {
            Order::Close(code) => Err(End::Closed(code)),
            Order::Drop => Err(End::Lost),
            Order::Reconnect => self.send_bare(7, Value::Null).await,
            Order::Invalidate(resumable) => {
                self.leave(!resumable);
                self.send_bare(9, resumable.into()).await
            }
            Order::Freeze(long) => {
                self.freeze(long).await;
                Ok(())
            }
            Order::Malformed => self.send_text(MALFORMED.into()).await,
            Order::Garbage => self.send_bytes(GARBAGE).await,
        }
    }

    /// Neither reads nor sends for so long; that the bot wasn't heard meanwhile isn't held against it.
    async fn freeze(&mut self, long: Duration) {
        tokio::select! {
            () = tokio::time::sleep(long) => {}
            () = self.server.stop.cancelled() => {}
        }
        self.dead_at += long;
        self.forgive();
    }

    /// The events that may be sent now, and the orders. An event that comes late holds up those behind it.
    fn take_waiting(&mut self) -> Result<(Vec<Utf8Bytes>, Vec<Order>), End> {
        self.held_until = None;
        let mut world = self.server.world();
        let world = &mut *world;
        let mut frames = Vec::new();
        if let Some(attached) = &mut self.session {
            let session = world.sessions.get_mut(&attached.key).ok_or(End::Closed(close::SESSION_TIMED_OUT))?;
            if session.connection.as_ref().is_none_or(|(current, _)| *current != self.line.0) {
                return Err(End::Lost);
            }
            if !session.has_all_after(attached.sent) {
                return Err(End::Closed(close::UNKNOWN_ERROR));
            }
            let until = world.lines.get(&self.line.0).and_then(|line| line.until).unwrap_or(u64::MAX);
            let now = Instant::now();
            let swapped = session.held_until(now);
            let mut more = false;
            for event in session.after(attached.sent).take_while(|event| event.number <= until) {
                self.held_until = event.not_before.filter(|time| *time > now);
                if self.held_until.is_some() {
                    break;
                }
                if frames.len() == AT_ONCE {
                    more = true;
                    break;
                }
                frames.push(event.frame.clone());
                attached.sent = event.number;
            }
            session.sent = session.sent.max(attached.sent);
            if more {
                // The rest comes next, when this is gone, and the orders after it.
                self.line.1.notify_one();
                return Ok((frames, Vec::new()));
            }
            self.held_until = self.held_until.or(swapped);
        }
        let Some(line) = world.lines.get_mut(&self.line.0) else { return Ok((frames, Vec::new())) };
        line.until = None;
        Ok((frames, line.orders.drain(..).collect()))
    }
}
