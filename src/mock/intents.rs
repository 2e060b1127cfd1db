//! Intents: the bits with which a bot says which events it wants.

/// What a bot asked for when it logged in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Intents(pub(crate) u64);

const GUILDS: u64 = 1 << 0;
const GUILD_MEMBERS: u64 = 1 << 1;
const PRESENCES: u64 = 1 << 8;
const GUILD_MESSAGES: u64 = 1 << 9;
const GUILD_REACTIONS: u64 = 1 << 10;
const DIRECT_MESSAGES: u64 = 1 << 12;
const DIRECT_REACTIONS: u64 = 1 << 13;
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

    /// Whether an event reaches the bot; `direct` when it happened in a direct message.
    pub(crate) fn want(self, event: &str, direct: bool) -> bool {
        let needed = match event {
            "GUILD_CREATE" | "THREAD_CREATE" | "THREAD_UPDATE" => GUILDS,
            "GUILD_MEMBER_ADD" => GUILD_MEMBERS,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" if direct => DIRECT_MESSAGES,
            "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => GUILD_MESSAGES,
            "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" if direct => DIRECT_REACTIONS,
            "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" => GUILD_REACTIONS,
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
