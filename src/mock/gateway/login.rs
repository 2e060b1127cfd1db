//! The ways into a session: login, and the return to an earlier one.

use serde_json::json;
use tracing::info;

use super::close;
use super::connection::{Attached, Connection, End};
use super::payload::{Identify, Resume};
use crate::mock::snowflake::Id;
use crate::mock::world::Start;

impl Connection {
    /// Opens a session, or says why there is none.
    pub(super) async fn log_in(&mut self, identify: Identify) -> Result<(), End> {
        let Some(key) = self.open_session(&identify)? else { return self.refuse_session().await };
        if identify.compress {
            self.encoder.compress_large();
        }
        self.attach(key, 0)?;
        self.deliver().await
    }

    /// The name of a new session; `None` when the bot is to try again later.
    fn open_session(&self, identify: &Identify) -> Result<Option<String>, End> {
        let refused = |code| Err(End::Closed(code));
        let (intents, shard) = (identify.intents(), identify.shard.unwrap_or((0, 1)));
        let mut world = self.server.world();
        let Some(bot) = world.admit(&identify.token) else { return refused(close::AUTHENTICATION_FAILED) };
        if shard.0 >= shard.1 {
            return refused(close::INVALID_SHARD);
        }
        if world.terms.are_too_few(shard.1) {
            return refused(close::SHARDING_REQUIRED);
        }
        if !intents.are_known() {
            return refused(close::INVALID_INTENTS);
        }
        if intents.privileged().overlap(world.faults.disallowed) {
            return refused(close::DISALLOWED_INTENTS);
        }
        if world.faults.refused_logins.take() {
            return Ok(None);
        }
        match world.ask_to_start(bot, shard.0) {
            Start::TooSoon => Ok(None),
            Start::TooOften => {
                world.reset_token(bot, &identify.token);
                refused(close::AUTHENTICATION_FAILED)
            }
            Start::Granted => {
                info!(target: "pamphlet::mock", application = bot.0, intents = intents.0, "a bot logged in");
                Ok(Some(world.log_in(bot, intents, shard)))
            }
        }
    }

    /// Takes up an earlier session, or says that it can't be.
    pub(super) async fn resume(&mut self, resume: Resume) -> Result<(), End> {
        let admitted = self.server.world().admit(&resume.token);
        let bot = admitted.ok_or(End::Closed(close::AUTHENTICATION_FAILED))?;
        if !self.may_resume(bot, &resume)? {
            return self.refuse_session().await;
        }
        info!(target: "pamphlet::mock", application = bot.0, "a bot resumed its session");
        self.server.world().resumed(&resume.session_id);
        self.attach(resume.session_id, resume.sequence)?;
        self.deliver().await
    }

    /// Whether a session is still there with all that the bot missed.
    fn may_resume(&self, bot: Id, resume: &Resume) -> Result<bool, End> {
        let mut world = self.server.world();
        let Some(session) = world.sessions.get(&resume.session_id).filter(|session| session.bot == bot) else {
            return Ok(false);
        };
        if resume.sequence > session.sequence {
            world.end_session(&resume.session_id);
            return Err(End::Closed(close::INVALID_SEQUENCE));
        }
        let complete = session.has_all_after(resume.sequence);
        let refused = world.faults.refused_resumes.take();
        if refused {
            world.end_session(&resume.session_id);
        }
        Ok(complete && !refused)
    }

    /// Says that there is no session to be had.
    async fn refuse_session(&mut self) -> Result<(), End> {
        self.send(json!({ "op": 9, "d": false })).await
    }

    fn attach(&mut self, key: String, sent: u64) -> Result<(), End> {
        let (connection, wake) = self.server.world().attach(&key).ok_or(End::Lost)?;
        self.session = Some(Attached { key, connection, wake, sent });
        Ok(())
    }
}
