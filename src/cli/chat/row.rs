//! What the local Discord tells: rows of its transcript, who and what is there. docs/mock.md has the keys.

use serde::Deserialize;
use serde_json::Value;

/// The id of a message, a form, a person or something that was done. A later one is larger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Id(pub(super) u64);

impl TryFrom<String> for Id {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

/// A message or a form, as a member sees it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(Default))]
pub(super) struct Row {
    pub(super) id: Id,
    pub(super) changed: Id,
    pub(super) channel: String,
    pub(super) author: String,
    pub(super) bot: bool,
    pub(super) content: String,
    pub(super) buttons: Vec<String>,
    pub(super) selects: Vec<Menu>,
    pub(super) form: Option<Form>,
    /// The member who alone sees it; none in a direct message.
    pub(super) private_to: Option<String>,
    /// What it answers.
    pub(super) reply_to: Option<Id>,
    /// The member of a direct message.
    pub(super) dm_with: Option<String>,
    #[serde(default)]
    pub(super) deleted: bool,
}

/// A menu under a message.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Menu {
    pub(super) label: String,
    pub(super) options: Vec<MenuOption>,
}

/// One line of a menu.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MenuOption {
    pub(super) label: String,
    pub(super) value: String,
}

/// A form that the bot shows.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Form {
    pub(super) id: Id,
    pub(super) title: String,
    pub(super) fields: Vec<String>,
}

impl Row {
    /// Whether this member sees it.
    pub(super) fn shows_to(&self, member: &str) -> bool {
        [&self.private_to, &self.dm_with].into_iter().flatten().all(|only| only == member)
    }

    /// Whether it is what the bot made of what was done under this id: a new answer, or a change to an earlier one.
    pub(super) fn came_of(&self, deed: Id) -> bool {
        let late = self.id > deed && self.reply_to.is_some_and(|earlier| earlier < deed);
        self.bot && self.changed > deed && !late
    }
}

/// Who and what is there.
#[derive(Debug, Deserialize)]
pub(super) struct World {
    pub(super) members: Vec<Named>,
    pub(super) channels: Vec<Named>,
    pub(super) bots: Vec<Bot>,
}

/// A person or a place.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub(super) id: Id,
    pub(super) name: String,
}

/// A bot and what it has registered.
#[derive(Debug, Deserialize)]
pub(super) struct Bot {
    #[serde(flatten)]
    pub(super) named: Named,
    pub(super) commands: Vec<Command>,
}

/// A command that a bot has registered, or a subcommand of one, or an option: Discord tells them apart by `kind`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Command {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: u64,
    #[serde(default)]
    pub(super) description: Option<String>,
    #[serde(default)]
    pub(super) options: Vec<Command>,
}

impl Command {
    /// Whether it is typed, and not in a menu.
    pub(super) fn is_typed(&self) -> bool {
        self.kind == 1
    }
}

/// A text that completes what is typed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Completion {
    pub(super) name: String,
    pub(super) value: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_came_of_a_deed() {
        let check = |(id, changed, reply_to): (u64, u64, Option<u64>), expected: bool| {
            let row = Row { id: Id(id), changed: Id(changed), reply_to: reply_to.map(Id), bot: true, ..Row::default() };
            assert_eq!(row.came_of(Id(5)), expected, "{row:?}");
            assert!(!Row { bot: false, ..row }.came_of(Id(5)), "a member's");
        };
        check((6, 6, Some(5)), true);
        check((6, 6, None), true);
        check((2, 6, Some(1)), true);
        check((2, 4, Some(1)), false);
        check((6, 6, Some(4)), false);
    }

    #[test]
    fn shows_a_private_row_to_its_reader_alone() {
        let check = |private_to: Option<&str>, dm_with: Option<&str>, expected: [bool; 2]| {
            let [private_to, dm_with] = [private_to, dm_with].map(|name| name.map(str::to_owned));
            let row = Row { private_to, dm_with, ..Row::default() };
            assert_eq!(["sam", "alex"].map(|member| row.shows_to(member)), expected, "{row:?}");
        };
        check(None, None, [true, true]);
        check(Some("sam"), None, [true, false]);
        check(None, Some("alex"), [false, true]);
    }
}
