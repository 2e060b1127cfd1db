//! The scenario: a file that says which servers and members there are, and what happens once a bot is there.
//!
//! | module | what it is |
//! |---|---|
//! | `cast` | servers and members |
//! | `steps` | what happens, step by step |

mod cast;
mod steps;

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

pub(crate) use cast::{Cast, ChannelPlan, MemberPlan, ServerPlan};
pub(crate) use steps::{Step, play};

/// Why a file can't be used as a scenario.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The file can't be read.
    #[error("{0}")]
    Unreadable(#[from] std::io::Error),
    /// It isn't TOML, or has what no scenario has.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// What it says can't be, a sentence each.
    #[error("{}", .0.join("\n"))]
    Impossible(Vec<String>),
}

/// A scenario, read and found possible.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) cast: Cast,
    pub(crate) steps: Vec<Step>,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// When the file can't be read, or what it says can't be.
    pub(crate) fn open(path: &Path) -> Result<Scenario, ScenarioError> {
        Scenario::read(&std::fs::read_to_string(path)?)
    }

    fn read(text: &str) -> Result<Scenario, ScenarioError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[serde(rename = "server", default)]
            servers: Vec<ServerPlan>,
            #[serde(rename = "member", default)]
            members: Vec<MemberPlan>,
            #[serde(default)]
            bots: cast::BotsPlan,
            #[serde(default = "cast::usual_locale")]
            locale: String,
            #[serde(rename = "step", default)]
            steps: Vec<Step>,
        }

        let File { servers, members, bots, locale, steps } = toml::from_str(text)?;
        let cast = Cast { servers, members, bots, locale }.or_usual();
        let mut problems = cast.problems();
        let mut names: HashSet<&str> = HashSet::new();
        for (number, step) in (1..).zip(&steps) {
            problems.extend(step.problems(&names).map(|problem| format!("step {number}: {problem}")));
            names.extend(step.name());
        }
        if problems.is_empty() { Ok(Scenario { cast, steps }) } else { Err(ScenarioError::Impossible(problems)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::world::RoomKind;

    fn check(text: &str, expected: Result<(usize, usize, usize), &[&str]>) {
        let read = Scenario::read(text);
        let read = read.map(|read| (read.cast.servers.len(), read.cast.members.len(), read.steps.len()));
        match (read, expected) {
            (Ok(read), Ok(expected)) => assert_eq!(read, expected, "{text}"),
            (Err(why), Err(words)) => {
                let why = why.to_string();
                assert!(words.iter().all(|words| why.contains(words)), "{text}\n{why}");
            }
            (read, _) => panic!("{text}\n{read:?}"),
        }
    }

    #[test]
    fn a_scenario_says_who_is_there_and_what_happens() {
        check("", Ok((1, 3, 0)));
        check("[[server]]\nname = \"Friends\"\n[[server]]\nname = \"Family\"\nchannels = [\"hall\"]\n", Ok((2, 3, 0)));
        check("[[member]]\nname = \"ann\"\nmoderator = true\n", Ok((1, 1, 0)));
        check(
            "[[step]]\ndo = \"messages\"\nas = \"hello\"\nwith = { channel = \"general\", author = \"sam\", content = \"hi\" }\n\
             [[step]]\nafter_ms = 5\ndo = \"clicks\"\nwith = { message = \"@hello.reply\", author = \"sam\", label = \"Yes\" }\n",
            Ok((1, 3, 2)),
        );
    }

    #[test]
    fn channels_have_kinds_and_permissions() {
        let text = "[bots]\npermissions = [\"SEND_MESSAGES\"]\n[[server]]\nname = \"Friends\"\nroles = [{ name = \"Helpers\" }]\n\
                    channels = [\"a\", { name = \"Help here\", kind = \"category\" }, { name = \"b\", kind = \"forum\", \
                    category = \"Help here\", tags = [\"solved\"], permissions = [{ who = \"Helpers\", deny = [\"VIEW_CHANNEL\"] }] }]\n";
        let read = Scenario::read(text).unwrap();
        let rooms = &read.cast.servers[0].channels;
        let kinds: Vec<RoomKind> = rooms.iter().map(|room| room.kind).collect();
        assert_eq!(kinds, [RoomKind::Text, RoomKind::Category, RoomKind::Forum]);
        let again: Cast = serde_json::from_value(serde_json::to_value(&read.cast).unwrap()).unwrap();
        assert_eq!(again, read.cast, "as a recording keeps it");
        let world = crate::mock::world::World::new(None, "ws://127.0.0.1:1".to_owned(), &read.cast);
        let forum =
            world.channels_of(world.home).find_map(|channel| channel.room().filter(|room| room.name == "b")).unwrap();
        assert_eq!((forum.parent.is_some(), forum.overwrites.len(), forum.tags.len()), (true, 1, 1));
    }

    #[test]
    fn all_that_cannot_be_is_told_at_once() {
        check("[[server]]\nnam = \"Friends\"\n", Err(&["line 2", "unknown field `nam`"]));
        check(
            "[[server]]\nname = \"a/b\"\nchannels = [\"No Good\", \"x\", \"x\"]\n[[member]]\nname = \"\"\n[[member]]\nname = \"\"\n",
            Err(&["\"a/b\"", "\"No Good\"", "two channels \"x\"", "two members", "1 to 32"]),
        );
        check(
            "[bots]\npermissions = [\"FLY\"]\n[[server]]\nname = \"a\"\nroles = [{ name = \"Moderators\" }]\n\
             channels = [{ name = \"b\", category = \"none\", permissions = [{ who = \"nobody\" }] }]\n",
            Err(&["\"FLY\" isn't a permission", "the role \"Moderators\"", "the category", "no member \"nobody\""]),
        );
        check(
            "[[step]]\ndo = \"dance\"\nwith = {}\n[[step]]\ndo = \"clicks\"\nwith = { message = \"@never.reply\" }\n",
            Err(&["step 1: ", "dance", "step 2: ", "@never"]),
        );
        check(
            "[[step]]\ndo = \"clicks\"\nas = \"a\"\nwith = {}\n[[step]]\ndo = \"faults\"\nas = \"a\"\nwith = {}\n",
            Err(&["step 2: an earlier step", "step 2: \"faults\" makes nothing"]),
        );
    }
}
