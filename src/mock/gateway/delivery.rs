//! Delivery: the events of a session as they come, and what the server orders beside them.

use std::time::{Duration, Instant};

use serde_json::json;

use super::close;
use super::connection::{Connection, End};
use crate::mock::world::Order;

/// An event that breaks off.
const MALFORMED: &str = r#"{"op":0,"t":"MESSAGE_CREATE","d":{"id":"1","content":"this breaks o"#;
/// Bytes that begin no stream and belong to none.
const GARBAGE: &[u8] = b"\xde\xad\xbe\xef\x00 neither zlib nor zstd nor JSON \xff\xff";

impl Connection {
    /// Sends what has happened since the last delivery, then does what the server ordered.
    pub(super) async fn deliver(&mut self) -> Result<(), End> {
        let (frames, orders) = self.take_waiting()?;
        for frame in frames {
            self.send_text(frame).await?;
        }
        for order in orders {
            self.obey(order).await?;
        }
        Ok(())
    }

    async fn obey(&mut self, order: Order) -> Result<(), End> {
        match order {
            Order::Close(code) => Err(End::Closed(code)),
            Order::Drop => Err(End::Lost),
            Order::Reconnect => self.send(json!({ "op": 7, "d": null })).await,
            Order::Invalidate(resumable) => {
                if let Some(session) = self.session.take_if(|_| !resumable) {
                    self.server.world().end_session(&session.key);
                }
                self.send(json!({ "op": 9, "d": resumable })).await
            }
            Order::Freeze(long) => {
                self.freeze(long).await;
                Ok(())
            }
            Order::Malformed => self.send_text(MALFORMED.to_owned()).await,
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
    }

    /// The events that may be sent now, and the orders. An event that comes late holds up those behind it.
    fn take_waiting(&mut self) -> Result<(Vec<String>, Vec<Order>), End> {
        self.held_until = None;
        let Some(attached) = &mut self.session else { return Ok((Vec::new(), Vec::new())) };
        let mut world = self.server.world();
        let session = world.sessions.get_mut(&attached.key).ok_or(End::Closed(close::SESSION_TIMED_OUT))?;
        if session.connection.as_ref().is_none_or(|(current, _)| *current != attached.connection) {
            return Err(End::Lost);
        }
        if !session.has_all_after(attached.sent) {
            return Err(End::Closed(close::UNKNOWN_ERROR));
        }
        let now = Instant::now();
        let (mut frames, mut sent) = (Vec::new(), attached.sent);
        for event in session.after(attached.sent) {
            self.held_until = event.not_before.filter(|time| *time > now);
            if self.held_until.is_some() {
                break;
            }
            frames.push(event.frame.clone());
            sent = event.number;
        }
        attached.sent = sent;
        Ok((frames, session.orders.drain(..).collect()))
    }
}
