//! Reading: which messages a bot may read without the intent for message contents.

use crate::mock::snowflake::Id;
use crate::mock::world::{Message, Reader, World};

/// What matters for the question whether a bot may read a message.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Circumstances {
    /// The bot asked for message contents at its login.
    pub(crate) intent: bool,
    /// The bot wrote the message.
    pub(crate) own: bool,
    /// It stands in a direct message with the bot.
    pub(crate) direct: bool,
    /// Its text mentions the bot.
    pub(crate) mentioned: bool,
    /// It replies to a message of the bot, with a ping.
    pub(crate) replied: bool,
    /// The message that it replies to was the answer to an interaction.
    pub(crate) replied_to_answer: bool,
}

/// Whether the bot may read it. (The message that a menu command is used on is always readable; see `wire::interaction`.)
pub(crate) fn is_readable(seen: Circumstances) -> bool {
    seen.intent || seen.own || seen.direct || seen.mentioned || (seen.replied && !seen.replied_to_answer)
}

/// The circumstances of a reader before a message.
pub(crate) fn circumstances(world: &World, message: &Message, reader: Reader) -> Circumstances {
    let replied_to = message.reference.and_then(|id| world.message(id)).filter(|replied| replied.author == reader.bot);
    let own = message.author == reader.bot;
    Circumstances {
        intent: reader.content,
        own,
        direct: world.channels.get(&message.channel).is_some_and(|channel| channel.is_direct()),
        // Every message passes here; it is searched only where that may decide.
        mentioned: !own && !reader.content && mentions(&message.content, reader.bot),
        replied: replied_to.is_some() && message.pings.users.contains(&reader.bot),
        replied_to_answer: replied_to.is_some_and(|replied| replied.answers.is_some()),
    }
}

fn mentions(content: &str, user: Id) -> bool {
    let named = |rest: &str| rest.split_once('>').map(|(marker, _)| marker.strip_prefix('!').unwrap_or(marker).parse());
    content.split("<@").skip(1).any(|rest| named(rest) == Some(Ok(user)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_names_somebody_in_either_form() {
        let check = |content: &str, expected: bool| assert_eq!(mentions(content, Id(42)), expected, "{content}");
        check("<@42> does diet help?", true);
        check("<@7>, <@&42> and <@!42>", true);
        check("<@&42> <@421> <@4>2> <@42", false);
        check("42", false);
    }

    #[test]
    fn the_table_of_exceptions() {
        let none = Circumstances::default();
        for (seen, readable) in [
            (none, false),
            (Circumstances { intent: true, ..none }, true),
            (Circumstances { own: true, ..none }, true),
            (Circumstances { direct: true, ..none }, true),
            (Circumstances { mentioned: true, ..none }, true),
            (Circumstances { replied: true, ..none }, true),
            (Circumstances { replied: true, replied_to_answer: true, ..none }, false),
            (Circumstances { replied: true, replied_to_answer: true, mentioned: true, ..none }, true),
        ] {
            assert_eq!(is_readable(seen), readable, "{seen:?}");
        }
    }
}
