//! The settings file and the environment, as plain values.

use crate::store::Location;
use crate::words::Language;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// The settings file that is read when none is named.
pub const DEFAULT_FILE: &str = "config.toml";

/// Every setting, with its default where the file says nothing. Paths are absolute or relative to the working folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder of collections.
    pub faq: PathBuf,
    /// The folder in which the search index is kept.
    pub index: PathBuf,
    /// Where counts, revisions and the settings of servers are kept.
    pub store: Location,
    /// The file that holds the token; the variable `DISCORD_TOKEN` wins over it.
    pub token_file: Option<PathBuf>,
    /// Which collections a server keeps and may choose among, by the server's id; until it does, it has the first.
    pub servers: BTreeMap<u64, Vec<String>>,
    /// Which collections every other server may choose among; none stands for the only one, if there is but one.
    pub shared: Vec<String>,
    /// Which collection answers direct messages, if there are several.
    pub direct_messages: Option<String>,
    /// The region whose help lines an urgent card names: an ISO 3166-1 alpha-2 code in capitals.
    pub region: Option<String>,
    /// The language in which members are spoken to.
    pub language: Language,
    /// Channels in which pamphlet answers unasked when it is sure. Any entry needs the message content intent.
    pub listen: BTreeSet<u64>,
    /// Whether to ask for the message content intent, so that servers can choose channels in which pamphlet answers unasked.
    pub message_content: bool,
    /// How often one may ask.
    pub cooldown: Cooldown,
    /// How logs look.
    pub log: LogFormat,
}

/// How often one may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cooldown {
    /// Questions of one person in one channel within a minute.
    #[serde(deserialize_with = "one_at_least")]
    pub person_per_minute: NonZeroU32,
    /// Questions of everybody in one channel within a minute.
    #[serde(deserialize_with = "one_at_least")]
    pub channel_per_minute: NonZeroU32,
}

fn one_at_least<'d, D: Deserializer<'d>>(number: D) -> Result<NonZeroU32, D::Error> {
    let number = u32::deserialize(number)?;
    NonZeroU32::new(number).ok_or_else(|| D::Error::custom("with 0 nobody gets an answer; 1 is the least"))
}

impl Default for Cooldown {
    fn default() -> Self {
        const PERSON: NonZeroU32 = NonZeroU32::new(5).unwrap();
        const CHANNEL: NonZeroU32 = NonZeroU32::new(20).unwrap();
        Self { person_per_minute: PERSON, channel_per_minute: CHANNEL }
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line, for programs.
    Json,
}

/// Why the settings can't be used. The text says where and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error(
        "{file}: can't be read: {why}\nhint: name a settings file with --config, or leave it out to use the defaults"
    )]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// The file says something that isn't a setting.
    #[error("{file}: {why}\nhint: config.example.toml lists every setting")]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Line, column, and what is wrong.
        why: String,
    },
}

/// One name, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "the id of a collection is meant, or a list of ids: \"one\" or [\"one\", \"other\"]")]
enum Names {
    One(String),
    Some(Vec<String>),
}

impl From<Names> for Vec<String> {
    fn from(names: Names) -> Self {
        match names {
            Names::One(name) => vec![name],
            Names::Some(names) => names,
        }
    }
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    faq: Option<PathBuf>,
    index: Option<PathBuf>,
    store: Option<String>,
    token_file: Option<PathBuf>,
    servers: BTreeMap<String, Names>,
    shared: Vec<String>,
    direct_messages: Option<String>,
    region: Option<String>,
    language: Language,
    listen: Vec<String>,
    message_content: bool,
    cooldown: Cooldown,
    log: LogFormat,
}

impl Config {
    /// Whether to read messages that aren't meant for pamphlet.
    pub fn reads_channels(&self) -> bool {
        self.message_content || !self.listen.is_empty()
    }

    /// Reads the settings. A named file must be there; without one, `config.toml` is read if it is there, and every
    /// default holds if it isn't.
    ///
    /// # Errors
    /// When the file can't be read or says something that isn't a setting.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let file = named.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(why) if named.is_none() && why.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(why) => return Err(ConfigError::Unreadable { file: file.to_owned(), why }),
        };
        Self::parse(&text, file)
    }

    /// Reads the text of a settings file; `file` is where it stands, from whose folder paths are meant.
    ///
    /// # Errors
    /// When the text says something that isn't a setting.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let wrong = |why: String| ConfigError::Wrong { file: file.to_owned(), why };
        let read: File = toml::from_str(text).map_err(|why| wrong(place_and_message(text, &why)))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        let id = |setting: &str, text: &str| {
            let id = text.parse::<u64>().ok().filter(|id| *id > 0);
            id.ok_or_else(|| {
                wrong(format!("`{text}` in `{setting}` is not an id of Discord: copy it with “Copy ID”, digits only"))
            })
        };
        if let Some(region) = &read.region
            && (region.len() != 2 || !region.chars().all(|letter| letter.is_ascii_uppercase()))
        {
            return Err(wrong(format!(
                "`region` is `{region}`, but two capital letters are meant, such as `GB` or `DE`"
            )));
        }
        Ok(Self {
            faq: folder.join(read.faq.unwrap_or_else(|| "faq".into())),
            index: folder.join(read.index.unwrap_or_else(|| "index".into())),
            store: Location::parse(read.store.as_deref().unwrap_or("pamphlet.sqlite3"), folder)
                .map_err(|why| wrong(format!("`store`: {why}")))?,
            token_file: read.token_file.map(|file| folder.join(file)),
            servers: read
                .servers
                .into_iter()
                .map(|(server, names)| match Vec::from(names) {
                    names if names.is_empty() => Err(wrong(format!(
                        "`{server}` in `servers` has an empty list: name a collection, or leave the server out"
                    ))),
                    names if BTreeSet::from_iter(&names).len() < names.len() => {
                        Err(wrong(format!("`{server}` in `servers` names a collection twice: once is enough")))
                    }
                    names => Ok((id("servers", &server)?, names)),
                })
                .collect::<Result<_, _>>()?,
            shared: read.shared,
            direct_messages: read.direct_messages,
            region: read.region,
            language: read.language,
            listen: read.listen.iter().map(|channel| id("listen", channel)).collect::<Result<_, _>>()?,
            message_content: read.message_content,
            cooldown: read.cooldown,
            log: read.log,
        })
    }
}

/// Where and what, without the line itself: it may hold a token that does not belong there.
fn place_and_message(text: &str, why: &toml::de::Error) -> String {
    let Some(before) = why.span().and_then(|span| text.get(..span.start)) else { return why.message().to_owned() };
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
    format!("line {line}, column {column}: {}", why.message())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("/etc/pamphlet/config.toml")).map_err(|why| why.to_string())
    }

    #[test]
    fn every_default_holds_without_a_file() {
        let config = parse("").unwrap();
        assert_eq!(config.faq, Path::new("/etc/pamphlet/faq"));
        assert_eq!(config.index, Path::new("/etc/pamphlet/index"));
        assert_eq!(config.store, Location::File("/etc/pamphlet/pamphlet.sqlite3".into()));
        assert_eq!(config.cooldown, Cooldown::default());
        assert_eq!(config.region, None);
        assert_eq!(config.language, Language::English);
    }

    /// The example shows every setting as a comment; without the comment marks it must be a valid file.
    #[test]
    fn the_example_lists_settings_that_exist() {
        let example = include_str!("../config.example.toml");
        let settings: Vec<&str> = example.lines().filter_map(|line| line.strip_prefix("#: ")).collect();
        let config = parse(&settings.join("\n")).unwrap();
        assert_eq!(config.log, LogFormat::Human);
        assert_eq!(
            settings.iter().filter(|line| line.contains('=')).count(),
            14,
            "a setting is missing from the example"
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let check = |text: &str, expected: &str| {
            let why = parse(text).unwrap_err();
            assert!(why.contains(expected), "{why}");
        };
        check("fag = 'faq'", "unknown field `fag`");
        check("[servers]\nhere = 'x'", "`here` in `servers` is not an id");
        check("[servers]\n'5' = 5", "a list of ids");
        check("[servers]\n'5' = []", "an empty list");
        check("[servers]\n'5' = ['a', 'b', 'a']", "names a collection twice");
        check("region = 'gb'", "two capital letters");
        check("language = 'fr'", "doesn't speak `fr`, but: en, de");
        check("[cooldown]\nperson_per_minute = -1", "line 2, column 21");
        check("[cooldown]\nperson_per_minute = 0", "1 is the least");
        let why = parse("store = 'postgres://bot:a-secret@db/faq'").unwrap_err();
        assert!(why.contains("`store`: ") && !why.contains("a-secret"), "{why}");
        let why = parse("token = \"a-secret\"").unwrap_err();
        assert!(why.contains("unknown field `token`") && !why.contains("a-secret"), "{why}");
    }
}
