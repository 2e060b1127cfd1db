//! The gateway: the WebSocket over which bots log in and get their events.

mod close;
mod connection;
mod delivery;
mod encoding;
mod login;
mod members;
mod payload;

use axum::extract::ws::WebSocketUpgrade;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::mock::server::Shared;
use connection::Connection;
use encoding::Encoder;

/// The most bytes of one message from a bot that are read at all. Far more than a payload may have, so that a bot is told of
/// one that is too long; only past this its connection is cut.
const MAX_INCOMING: usize = 1024 * 1024;

/// The most bytes that are read at once: what bots say is short, and the room for it is cleared each time.
const READ_AT_ONCE: usize = 8 * 1024;

/// The version of Discord's interface that is spoken here.
const VERSION: &str = "10";

/// How a bot wants to be spoken to.
#[derive(Deserialize, Default)]
pub(crate) struct Manner {
    /// The version of the interface; this one if it isn't said.
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

/// Takes a bot's connection, or says which manner of speaking is known.
/// `at_resume_address` tells whether it came where READY sends those who return.
pub(crate) fn accept(server: Shared, upgrade: WebSocketUpgrade, manner: Manner, at_resume_address: bool) -> Response {
    if manner.encoding.as_deref().is_some_and(|encoding| encoding != "json") {
        return (StatusCode::BAD_REQUEST, "The encoding known here is json.").into_response();
    }
    let encoder = match manner.compress.as_deref() {
        None | Some("") => Encoder::plain(),
        Some("zlib-stream") => Encoder::zlib(),
        Some("zstd-stream") => match Encoder::zstd() {
            Ok(encoder) => encoder,
            Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        Some(_) => {
            return (StatusCode::BAD_REQUEST, "The compressions known here are zlib-stream and zstd-stream.")
                .into_response();
        }
    };
    let known = manner.v.is_none_or(|version| version == VERSION);
    let tasks = server.tasks.clone();
    upgrade.max_message_size(MAX_INCOMING).read_buffer_size(READ_AT_ONCE).on_upgrade(move |socket| {
        tasks.track_future(async move {
            let connection = Connection::new(server, socket, encoder, at_resume_address);
            if known { connection.serve().await } else { connection.refuse(close::INVALID_VERSION).await }
        })
    })
}
