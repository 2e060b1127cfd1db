//! Delivery: the events of a session as they come, and what the server orders beside them.

use serde_json::json;

use super::close;
use super::connection::{Connection, End};
use crate::mock::world::Order;

impl Connection {
    /// Sends what has happened since the last delivery, then does what the server ordered.
    pub(super) async fn deliver(&mut self) -> Result<(), End> {
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
        let session = world.sessions.get_mut(&attached.key).ok_or(End::Closed(close::SESSION_TIMED_OUT))?;
        if session.connection.as_ref().is_none_or(|(current, _)| *current != attached.connection) {
            return Err(End::Lost);
        }
        if !session.has_all_after(attached.sent) {
            return Err(End::Closed(close::UNKNOWN_ERROR));
        }
        let frames = session.after(attached.sent).cloned().collect();
        attached.sent = session.sequence;
        Ok((frames, session.orders.drain(..).collect()))
    }
}
