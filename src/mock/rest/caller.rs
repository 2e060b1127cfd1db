//! The caller of a route: the bot whose token a request carries.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::world::{Reader, World};

/// The bot that makes a request.
#[derive(Clone, Copy)]
pub(crate) struct Caller(pub(crate) Id);

impl Caller {
    /// The bot as a reader of messages, with the intents of its last login.
    pub(crate) fn reader(self, world: &World) -> Reader {
        reader(world, self.0)
    }
}

/// A bot as a reader of messages.
pub(crate) fn reader(world: &World, bot: Id) -> Reader {
    Reader { bot, content: world.bots.get(&bot).is_some_and(|bot| bot.reads_content) }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, server: &Shared) -> Result<Caller, Refusal> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        // At the gateway a token stands alone, here behind this word.
        let token = header.and_then(|header| header.strip_prefix("Bot "));
        token.and_then(|token| server.world().admit(token)).map(Caller).ok_or_else(Refusal::unauthorized)
    }
}
