//! One connection of a shard, until it ends. twilight speaks the protocol on it: heartbeats, RESUME, compression.

use super::listener::Listener;
use crate::discord::door::Patience;
use futures_util::StreamExt as _;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};
use twilight_gateway::error::{ReceiveMessageError, ReceiveMessageErrorType};
use twilight_gateway::{CloseFrame, Message, Session, Shard, ShardState};

/// How a connection ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// pamphlet is to stop.
    Stopped,
    /// Discord closed it, maybe with a code.
    Closed(Option<u16>),
    /// It broke, nothing was heard on it for too long, or Discord asked for another one.
    Gone,
    /// There was no connection to be had.
    Unreached,
}

/// Listens on the connection that this shard is about to make, until it ends. `connected` is told since when Discord has
/// let the shard in.
pub(super) async fn listen(
    shard: &mut Shard,
    listener: &Arc<Listener>,
    patience: Patience,
    connected: &watch::Sender<Option<std::time::Instant>>,
) -> End {
    let (mut was_up, mut heard_up_to) = (false, None);
    let mut next_by = Instant::now() + patience.answer;
    loop {
        let next = timeout_at(next_by, next(shard, &mut was_up));
        let Some(next) = listener.stopping.run_until_cancelled(next).await else {
            say_goodbye(shard).await;
            return End::Stopped;
        };
        match next {
            Ok(Some(Ok(Message::Text(text)))) => listener.hear(&text),
            Ok(Some(Ok(Message::Close(frame)))) => return End::Closed(frame.map(|frame| frame.code)),
            Ok(Some(Err(error))) => match error.kind() {
                ReceiveMessageErrorType::Deserializing { .. } => listener.unreadable("payload"),
                ReceiveMessageErrorType::Reconnect => return End::Unreached,
                _ => return End::Gone,
            },
            Ok(None) | Err(_) => return End::Gone,
        }
        // Discord asked for another connection (op 7), or the session is no longer valid (op 9).
        if is_away(shard) {
            return End::Gone;
        }
        let is_in = shard.state() == ShardState::Active;
        if is_in && connected.borrow().is_none() {
            connected.send_replace(Some(std::time::Instant::now()));
        }
        // Until the shard is in, only HELLO and events bring it nearer to that; acknowledged heartbeats don't.
        let up_to = Some(shard.session().map(Session::sequence));
        if is_in || up_to != heard_up_to {
            (next_by, heard_up_to) = (Instant::now() + within(shard, patience), up_to);
        }
    }
}

/// How long Discord may take to say the next thing, once it said HELLO.
fn within(shard: &Shard, patience: Patience) -> Duration {
    match shard.state() {
        ShardState::Active => patience.silence,
        // A new session waits for its turn.
        ShardState::Identifying if shard.session().is_none() => patience.answer + patience.rounds,
        _ => patience.answer,
    }
}

/// What is said next; none once the connection is gone that was up. Where the other side ends one without a word, twilight
/// would make another by itself, at once and without end. It still does where a connection ends in the moment that it comes
/// up, which can't be seen from here; the time for HELLO ends that.
async fn next(shard: &mut Shard, was_up: &mut bool) -> Option<Result<Message, ReceiveMessageError>> {
    poll_fn(|context| {
        let said = shard.poll_next_unpin(context);
        let is_said = matches!(said, Poll::Ready(Some(Ok(_))));
        if is_away(shard) && *was_up && !is_said {
            return Poll::Ready(None);
        }
        *was_up |= !is_away(shard);
        said
    })
    .await
}

fn is_away(shard: &Shard) -> bool {
    matches!(shard.state(), ShardState::Disconnected { .. })
}

/// Ends the session and the connection, if there is one, and waits for Discord to agree.
async fn say_goodbye(shard: &mut Shard) {
    if is_away(shard) {
        return;
    }
    shard.close(CloseFrame::NORMAL);
    while let Some(Ok(Message::Text(_))) = shard.next().await {
        // A HELLO: Discord went without a word, and twilight connected again.
        if !is_away(shard) {
            return;
        }
    }
}
