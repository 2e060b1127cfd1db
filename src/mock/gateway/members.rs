//! Members that a bot asks for over the gateway.

use std::time::Instant;

use super::close;
use super::connection::{Connection, End};
use super::payload::RequestMembers;
use crate::mock::snowflake::Id;
use crate::mock::wire;

impl Connection {
    /// Sends the members that were asked for, if the bot may know them. All of a server may be asked for seldom.
    pub(super) fn send_members(&mut self, request: &RequestMembers) -> Result<(), End> {
        let session = self.session.as_ref().ok_or(End::Closed(close::NOT_AUTHENTICATED))?;
        let (bot, key) = (session.who.0, &session.key);
        let mut world = self.server.world();
        let known = request.guild_id.filter(|guild| world.is_member(*guild, bot));
        let Some(guild) = known else { return Ok(()) };
        let knows_members = world.sessions.get(key).is_some_and(|session| session.intents.members());
        let (for_any, limit, nonce) = (request.is_for_any(), request.limit(), request.nonce());
        if !request.is_for_somebody() || for_any && !knows_members {
            return Ok(());
        }
        let for_all = for_any && limit.is_none();
        let allowed = if for_all { world.ask_for_all(bot, guild, Instant::now()) } else { Ok(()) };
        let (event, told) = match allowed {
            Err(wait) => ("RATE_LIMITED", wire::guild::members_refused(guild, wait, nonce)),
            Ok(()) => {
                let by_id = request.ids().unwrap_or_default();
                let wanted = |id: Id, name: &str| request.wants(id, name);
                let most = limit.unwrap_or(usize::MAX);
                ("GUILD_MEMBERS_CHUNK", wire::guild::members_chunk(&world, guild, wanted, most, &by_id, nonce))
            }
        };
        world.tell(key, event, &told);
        Ok(())
    }
}
