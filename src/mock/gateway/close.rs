//! Close codes: why the gateway ends a connection, in Discord's numbers and words.

/// The server ends.
pub(super) const GOING_AWAY: u16 = 1001;
/// Something went wrong here; the bot may resume.
pub(super) const UNKNOWN_ERROR: u16 = 4000;
/// A number stands for no operation.
pub(super) const UNKNOWN_OPCODE: u16 = 4001;
/// The payload can't be read.
pub(super) const DECODE_ERROR: u16 = 4002;
/// A bot spoke before it logged in.
pub(super) const NOT_AUTHENTICATED: u16 = 4003;
/// The token isn't one, or isn't one any more.
pub(super) const AUTHENTICATION_FAILED: u16 = 4004;
/// A bot logged in twice.
pub(super) const ALREADY_AUTHENTICATED: u16 = 4005;
/// A bot wants to resume after an event that never was.
pub(super) const INVALID_SEQUENCE: u16 = 4007;
/// A bot sent too much in a minute.
pub(super) const RATE_LIMITED: u16 = 4008;
/// No heartbeat came, or the session is gone.
pub(super) const SESSION_TIMED_OUT: u16 = 4009;
/// There is no such shard.
pub(super) const INVALID_SHARD: u16 = 4010;
/// One shard would have to carry too many servers.
pub(super) const SHARDING_REQUIRED: u16 = 4011;
/// The version asked for isn't spoken.
pub(super) const INVALID_VERSION: u16 = 4012;
/// A bit stands for no intent.
pub(super) const INVALID_INTENTS: u16 = 4013;
/// The bot's portal page doesn't allow an intent.
pub(super) const DISALLOWED_INTENTS: u16 = 4014;

/// Whether a session ends with the connection that is closed so: the bot has to log in anew, or may not at all.
pub(super) fn ends_session(code: u16) -> bool {
    matches!(code, AUTHENTICATION_FAILED | INVALID_SEQUENCE | SESSION_TIMED_OUT..=DISALLOWED_INTENTS)
}

/// What stands beside the code in a close frame.
pub(super) fn reason(code: u16) -> &'static str {
    match code {
        UNKNOWN_ERROR => "Unknown error.",
        UNKNOWN_OPCODE => "Unknown opcode.",
        DECODE_ERROR => "Error while decoding payload.",
        NOT_AUTHENTICATED => "Not authenticated.",
        AUTHENTICATION_FAILED => "Authentication failed.",
        ALREADY_AUTHENTICATED => "Already authenticated.",
        INVALID_SEQUENCE => "Invalid seq.",
        RATE_LIMITED => "Rate limited.",
        SESSION_TIMED_OUT => "Session timed out.",
        INVALID_SHARD => "Invalid shard.",
        SHARDING_REQUIRED => "Sharding required.",
        INVALID_VERSION => "Invalid API version.",
        INVALID_INTENTS => "Invalid intent(s).",
        DISALLOWED_INTENTS => "Disallowed intent(s).",
        _ => "",
    }
}
