//! The bot's token, and what can be read from it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fmt;

/// A bot token. It can be sent but not shown: `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Text that can't be a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is nothing in it.
    #[error("the token is empty")]
    Empty,
    /// It holds spaces, line breaks or letters that no token has.
    #[error("the token holds a character that no token has (a space, a quote or a line break?)")]
    Characters,
}

impl Token {
    /// Takes a token as it was pasted: blanks around it and a leading `Bot ` are dropped.
    ///
    /// # Errors
    /// When it is empty or can't be sent in a header.
    pub fn new(pasted: &str) -> Result<Self, TokenError> {
        let trimmed = pasted.trim();
        let bare = trimmed.strip_prefix("Bot ").unwrap_or(trimmed).trim_start();
        if bare.is_empty() {
            return Err(TokenError::Empty);
        }
        let plain = bare.chars().all(|letter| letter.is_ascii_graphic() && !matches!(letter, '"' | '\''));
        if plain { Ok(Self(bare.to_owned())) } else { Err(TokenError::Characters) }
    }

    /// The token itself, for a header.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(hidden)")
    }
}

/// The application's id, which is the first part of its bot's token; none if it can't be read there.
pub fn application_id(token: &Token) -> Option<u64> {
    let first = token.reveal().split('.').next()?.trim_end_matches('=');
    let bytes = STANDARD_NO_PAD.decode(first).or_else(|_| URL_SAFE_NO_PAD.decode(first)).ok()?;
    String::from_utf8(bytes).ok()?.parse().ok().filter(|id| *id != 0)
}

/// The address that adds the bot to a server, with the fewest permissions: see channels, write in them and in their
/// threads, and read earlier messages (a reply needs it).
pub fn invite_url(application_id: u64) -> String {
    const VIEW_CHANNEL: u64 = 1 << 10;
    const SEND_MESSAGES: u64 = 1 << 11;
    const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    let permissions = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS;
    format!(
        "https://discord.com/oauth2/authorize?client_id={application_id}&permissions={permissions}\
         &scope=bot%20applications.commands"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_application_id() {
        let check = |token: &str, id| assert_eq!(application_id(&Token::new(token).unwrap()), id, "{token}");
        check("MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y", Some(123_456_789_012_345_678));
        check("Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y", Some(123_456_789_012_345_678));
        check("NDI=.x.y", Some(42));
        check("bm8gbnVtYmVy.x.y", None);
        check("not-base64-!", None);
    }

    #[test]
    fn refuses_what_no_token_is() {
        assert_eq!(Token::new("  \n"), Err(TokenError::Empty));
        assert_eq!(Token::new("\"abc.d.e\""), Err(TokenError::Characters));
        assert_eq!(Token::new("abc\u{0}def"), Err(TokenError::Characters));
    }

    #[test]
    fn never_shows_itself() {
        assert_eq!(format!("{:?}", Token::new("abc.d.e").unwrap()), "Token(hidden)");
    }

    #[test]
    fn asks_for_the_fewest_permissions() {
        assert_eq!(
            invite_url(42),
            "https://discord.com/oauth2/authorize?client_id=42&permissions=274877975552&scope=bot%20applications.commands"
        );
    }
}
