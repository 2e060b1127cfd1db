//! What it means that Discord closed a connection.

use crate::discord::RunError;

/// What to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Take the session up again: Discord kept what happens meanwhile.
    Resume,
    /// Begin a new one: this one is gone.
    Start,
    /// Nothing helps but a change by the operator.
    End(RunError),
}

/// What a close code asks for; it may be absent.
pub(super) fn then(code: Option<u16>) -> Then {
    match code {
        Some(4004) => Then::End(RunError::TokenRefused),
        // The session's numbers are wrong, or it ran out.
        Some(4007 | 4009) => Then::Start,
        Some(4010) => Then::End(RunError::Shards { why: "it knows no such shard" }),
        Some(4011) => Then::End(RunError::Shards { why: "the bot is in more servers than so few shards may serve" }),
        Some(4012) => Then::End(RunError::Outdated),
        Some(4013 | 4014) => Then::End(RunError::IntentMissing),
        _ => Then::Resume,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_can_not_be_mended_by_trying_again() {
        for code in [4004, 4010, 4011, 4012, 4013, 4014] {
            assert!(matches!(then(Some(code)), Then::End(_)), "{code}");
        }
        for code in [4007, 4009] {
            assert_eq!(then(Some(code)), Then::Start, "{code}");
        }
        for code in [1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4008, 4999] {
            assert_eq!(then(Some(code)), Then::Resume, "{code}");
        }
        assert_eq!(then(None), Then::Resume);
    }
}
