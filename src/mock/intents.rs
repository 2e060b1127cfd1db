//! Intents: the bits with which a bot says which events it wants.

/// What a bot asked for when it logged in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Intents(pub(crate) u64);

const GUILDS: u64 = 1 << 0;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_MODERATION: u64 = 1 << 2;
const GUILD_WEBHOOKS: u64 = 1 << 5;
const PRESENCES: u64 = 1 << 8;
const GUILD_MESSAGES: u64 = 1 << 9;
const GUILD_REACTIONS: u64 = 1 << 10;
const GUILD_TYPING: u64 = 1 << 11;
const DIRECT_MESSAGES: u64 = 1 << 12;
const DIRECT_REACTIONS: u64 = 1 << 13;
const DIRECT_TYPING: u64 = 1 << 14;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// Every bit that Discord knows: 0 to 16, 20, 21, 24 and 25.
const KNOWN: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

impl Intents {
    /// Whether Discord knows every bit.
    pub(crate) fn are_known(self) -> bool {
        self.0 & !KNOWN == 0
    }

    /// Those that a bot may use only when its portal page allows them.
    pub(crate) fn privileged(self) -> Intents {
        Intents(self.0 & (GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT))
    }

    /// Whether any bit is in both.
    pub(crate) fn overlap(self, other: Intents) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the bot may read messages that don't concern it.
    pub(crate) fn content(self) -> bool {
        self.0 & MESSAGE_CONTENT != 0
    }

    /// Whether the bot hears what becomes of members.
    pub(crate) fn members(self) -> bool {
        self.0 & GUILD_MEMBERS != 0
    }

    /// Whether the bot hears who is there, and so of all members when it hears of a server.
    pub(crate) fn presences(self) -> bool {
        self.0 & PRESENCES != 0
    }

    /// Whether an event reaches the bot; `direct` when it happened in a direct message.
    pub(crate) fn want(self, event: &str, direct: bool) -> bool {
        let needed = match event {
            "GUILD_CREATE"
            | "GUILD_UPDATE"
            | "GUILD_DELETE"
            | "GUILD_ROLE_CREATE"
            | "GUILD_ROLE_UPDATE"
            | "GUILD_ROLE_DELETE"
            | "CHANNEL_CREATE"
            | "CHANNEL_UPDATE"
            | "CHANNEL_DELETE"
            | "CHANNEL_PINS_UPDATE"
            | "THREAD_CREATE"
            | "THREAD_UPDATE"
            | "THREAD_DELETE"
            | "THREAD_MEMBERS_UPDATE"
                if !direct =>
            {
                GUILDS
            }
            "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE" => GUILD_MEMBERS,
            "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE" => GUILD_MODERATION,
            "WEBHOOKS_UPDATE" => GUILD_WEBHOOKS,
            "TYPING_START" if direct => DIRECT_TYPING,
            "TYPING_START" => GUILD_TYPING,
            "CHANNEL_PINS_UPDATE" => DIRECT_MESSAGES,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" if direct => DIRECT_MESSAGES,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => GUILD_MESSAGES,
            _ if event.starts_with("MESSAGE_REACTION_") => {
                if direct {
                    DIRECT_REACTIONS
                } else {
                    GUILD_REACTIONS
                }
            }
            _ => return true,
        };
        self.0 & needed != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_reach_those_who_asked() {
        let check = |bits: u64, event: &str, direct: bool, wanted: bool| {
            assert_eq!(Intents(bits).want(event, direct), wanted, "{bits:b} {event} direct: {direct}");
        };
        check(0, "GUILD_CREATE", false, false);
        check(GUILDS, "GUILD_CREATE", false, true);
        check(GUILD_MESSAGES, "MESSAGE_CREATE", false, true);
        check(GUILD_MESSAGES, "MESSAGE_CREATE", true, false);
        check(DIRECT_MESSAGES, "MESSAGE_DELETE", true, true);
        check(DIRECT_MESSAGES, "MESSAGE_DELETE", false, false);
        check(GUILDS, "GUILD_MEMBER_ADD", false, false);
        check(0, "INTERACTION_CREATE", false, true);
    }

    #[test]
    fn only_discords_bits_are_known() {
        assert!(Intents(0).are_known());
        assert!(Intents(1 << 25 | 1 << 15 | 1).are_known());
        assert!(!Intents(1 << 17).are_known());
        assert!(!Intents(1 << 40).are_known());
    }
}
