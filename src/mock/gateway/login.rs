//! The ways into a session: login, and the return to an earlier one.

use tracing::info;

use super::close;
use super::connection::{Attached, Connection, End};
use super::payload::{Identify, Resume};
use crate::mock::world::{Order, Start, Whom};

impl Connection {
    /// Opens a session, or says why there is none.
    pub(super) async fn log_in(&mut self, identify: Identify) -> Result<(), End> {
        let Some(attached) = self.open_session(&identify)? else { return self.refuse_session().await };
        if identify.compress {
            self.encoder.compress_large();
        }
        self.session = Some(attached);
        self.deliver().await
    }

    /// A new session, served by this connection; `None` when the bot is to try again later.
    fn open_session(&self, identify: &Identify) -> Result<Option<Attached>, End> {
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
        if intents.privileged().overlap(world.terms.disallowed) {
            return refused(close::DISALLOWED_INTENTS);
        }
        if world.faults.refused_logins.take(Some((bot, shard.0))) {
            return Ok(None);
        }
        match world.ask_to_start(bot, shard.0) {
            Start::TooSoon => Ok(None),
            Start::TooOften => {
                world.reset_token(bot, &identify.token);
                world.order(Whom { bot: Some(bot), shard: None }, Order::Close(close::AUTHENTICATION_FAILED));
                refused(close::AUTHENTICATION_FAILED)
            }
            Start::Granted => {
                let at_resume_address = self.at_resume_address;
                let (application, intents_asked) = (bot.0, intents.0);
                info!(target: "pamphlet::mock", application, intents = intents_asked, at_resume_address, "a bot logged in");
                let key = world.log_in(bot, intents, shard);
                let attached = world.attach(&key, self.line.0);
                Ok(attached.then_some(Attached { key, who: (bot, shard.0), sent: 0, told_at: None }))
            }
        }
    }

    /// Takes up an earlier session, or says that it can't be.
    pub(super) async fn resume(&mut self, resume: Resume) -> Result<(), End> {
        let Some(attached) = self.take_up(resume)? else { return self.refuse_session().await };
        let (application, at_resume_address) = (attached.who.0.0, self.at_resume_address);
        info!(target: "pamphlet::mock", application, at_resume_address, "a bot resumed its session");
        self.session = Some(attached);
        self.deliver().await
    }

    /// The session that a bot wants to return to, if it is still there with all that the bot missed.
    fn take_up(&self, resume: Resume) -> Result<Option<Attached>, End> {
        let Resume { token, session_id: key, sequence } = resume;
        let mut world = self.server.world();
        let bot = world.admit(&token).ok_or(End::Closed(close::AUTHENTICATION_FAILED))?;
        world.forget_old_sessions();
        let Some(session) = world.sessions.get(&key).filter(|session| session.bot == bot) else { return Ok(None) };
        let (who, last, complete) = ((bot, session.shard.0), session.sequence, session.has_all_after(sequence));
        if sequence > last {
            world.end_session(&key);
            return Err(End::Closed(close::INVALID_SEQUENCE));
        }
        let refused = world.faults.refused_resumes.take(Some(who));
        if refused || !complete {
            world.end_session(&key);
            return Ok(None);
        }
        let attached = world.attach(&key, self.line.0);
        Ok(attached.then_some(Attached { key, who, sent: sequence, told_at: Some(last) }))
    }

    /// Says that there is no session to be had.
    async fn refuse_session(&mut self) -> Result<(), End> {
        self.send_bare(9, false.into()).await
    }
}
