//! A line that was typed, as what it wishes for.

use super::row::Command;
use serde_json::{Map, Value};

/// Discord's number of a command in the menu of a message.
const OF_A_MESSAGE: u64 = 3;
/// Discord's numbers of a subcommand and of a group of them, among options.
const SUBCOMMANDS: [u64; 2] = [1, 2];

/// What a member wishes to do.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// Nothing: the line was empty.
    Nothing,
    /// Write to the bot.
    Ask(String),
    /// Write something that isn't meant for the bot.
    Say(String),
    /// Take the choice of this number: a button, a menu's option, a completion.
    Pick(usize),
    /// Use a command.
    Use(Typed),
    /// See what completes the last option of a command, and its text so far.
    Complete { typed: Typed, option: String, text: String },
    /// Use a command of a message's menu on the last message of a member.
    Menu(String),
    /// Go to a channel.
    Channel(String),
    /// Be another member.
    Member(String),
    /// See everything that the member sees.
    Transcript,
    /// See what can be typed.
    Help,
    /// End.
    Quit,
}

/// A typed command: its name, with subcommands after it, and its options.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) options: Map<String, Value>,
}

/// Reads a line, where these commands are registered.
///
/// # Errors
/// A sentence for whoever typed what can't be done, and what there is instead.
pub(super) fn read(line: &str, commands: &[Command]) -> Result<Wish, String> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(Wish::Nothing);
    }
    if let Some(rest) = line.strip_prefix('/').filter(|rest| rest.starts_with(char::is_alphabetic)) {
        return command(rest, commands);
    }
    if let Some((word, rest)) = colon_word(line) {
        return colon(&word, rest, commands);
    }
    // Longer numbers are no choice of anything, and may well be a message.
    if line.len() <= 3 && line.bytes().all(|letter| letter.is_ascii_digit()) {
        return Ok(line.parse().map_or(Wish::Nothing, Wish::Pick));
    }
    Ok(Wish::Ask(line.to_owned()))
}

/// What can be typed, for a person.
pub(super) fn help(commands: &[Command]) -> String {
    let described = |command: &Command| {
        let options: String = command.options.iter().map(|option| format!(" {}", option.name)).collect();
        let typed = format!("/{}{options}", command.name);
        format!("  {typed:<18}{}\n", command.description.as_deref().unwrap_or_default())
    };
    let typed: String = commands.iter().filter(|command| command.is_typed()).map(described).collect();
    format!(
        "A line is a message to pamphlet; a number presses the button or takes the option of that number.\n\
         {typed}\x20 /ask ster ?       what completes it, by number\n\
         \x20 :say text         write what isn't meant for pamphlet\n\
         \x20 :menu             have pamphlet answer the last message of a member\n\
         \x20 :dm               write to pamphlet in a direct message\n\
         \x20 :channel general  go to a channel\n\
         \x20 :as alex          be another member\n\
         \x20 :transcript       everything that you see as this member\n\
         \x20 :quit             end; so does Ctrl-D"
    )
}

/// The names of the commands that can be typed, for a person.
fn typed_names(commands: &[Command]) -> String {
    let typed = commands.iter().filter(|command| command.is_typed());
    typed.map(|command| format!("/{}", command.name)).collect::<Vec<_>>().join(", ")
}

/// A colon with letters after it: `:as`, and neither `:)` nor `:pill:`.
fn colon_word(line: &str) -> Option<(String, &str)> {
    let (word, rest) = line.strip_prefix(':').map(first_word)?;
    let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
    is_word.then(|| (word.to_lowercase(), rest))
}

fn colon(word: &str, rest: &str, commands: &[Command]) -> Result<Wish, String> {
    let text = rest.to_owned();
    match word {
        "say" if rest.is_empty() => Err("Write what to say after :say.".to_owned()),
        "say" => Ok(Wish::Say(text)),
        "dm" => Ok(Wish::Channel(word.to_owned())),
        "channel" => Ok(Wish::Channel(rest.trim_start_matches('#').to_owned())),
        "as" => Ok(Wish::Member(rest.trim_start_matches('@').to_owned())),
        "menu" => menu(rest, commands),
        "transcript" => Ok(Wish::Transcript),
        "help" => Ok(Wish::Help),
        "quit" => Ok(Wish::Quit),
        _ => Err(format!(
            "There is no :{word}. There are :dm, :channel, :as, :say, :menu, :transcript, :help and :quit."
        )),
    }
}

/// The command of a message's menu that is named, or the first.
fn menu(wanted: &str, commands: &[Command]) -> Result<Wish, String> {
    let menu: Vec<&str> =
        commands.iter().filter(|command| command.kind == OF_A_MESSAGE).map(|command| command.name.as_str()).collect();
    let found = menu.iter().find(|name| wanted.is_empty() || name.eq_ignore_ascii_case(wanted));
    found.map(|name| Wish::Menu((*name).to_owned())).ok_or_else(|| match menu.as_slice() {
        [] => "The menu of a message is empty here.".to_owned(),
        all => format!("The menu of a message has no “{wanted}”. It has: {}.", all.join(", ")),
    })
}

fn command(line: &str, commands: &[Command]) -> Result<Wish, String> {
    // A question mark that stands alone: one that ends a question stands at its last word.
    let (line, complete) = match line.strip_suffix(" ?") {
        Some(line) => (line, true),
        None => (line, false),
    };
    let (first, mut rest) = first_word(line);
    let typed = commands.iter().find(|command| command.is_typed() && command.name == first);
    let mut found = typed.ok_or_else(|| format!("There is no /{first}. There are {}.", typed_names(commands)))?;
    let mut name = first.to_owned();
    loop {
        let (word, after) = first_word(rest);
        let subcommand = found.options.iter().find(|one| SUBCOMMANDS.contains(&one.kind) && one.name == word);
        let Some(subcommand) = subcommand else { break };
        name = format!("{name} {word}");
        (found, rest) = (subcommand, after);
    }
    let given = options(rest, &found.options).ok_or_else(|| format!("/{name} takes nothing after it."))?;
    let last = match given.last() {
        Some((option, text)) => Some((option.clone(), text.clone())),
        None => found.options.first().map(|option| (option.name.clone(), String::new())),
    };
    let typed = |given: Vec<(String, String)>| Typed {
        name: name.clone(),
        options: given.into_iter().map(|(option, text)| (option, Value::String(text))).collect(),
    };
    match (complete, last) {
        (false, _) => Ok(Wish::Use(typed(given))),
        (true, Some((option, text))) => {
            let before = given.into_iter().filter(|(name, _)| *name != option).collect();
            Ok(Wish::Complete { typed: typed(before), option, text })
        }
        (true, None) => Err(format!("/{name} has nothing to complete.")),
    }
}

/// What stands for each option: `option:value option:value`, or else all of it for the first. `None` where a command without
/// options is given some.
fn options(text: &str, known: &[Command]) -> Option<Vec<(String, String)>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let named = |word: &str| {
        let (name, value) = word.split_once(':')?;
        known.iter().find(|option| option.name == name).map(|option| (option.name.clone(), value.to_owned()))
    };
    let first = known.first()?;
    let mut given: Vec<(String, String)> = Vec::new();
    for word in text.split(' ') {
        match (named(word), given.last_mut()) {
            (Some(option), _) => given.push(option),
            (None, Some((_, value))) => *value = format!("{value} {word}"),
            (None, None) => return Some(vec![(first.name.clone(), text.to_owned())]),
        }
    }
    Some(given.into_iter().map(|(name, value)| (name, value.trim().to_owned())).collect())
}

/// The first word, and what comes after it without the space between.
fn first_word(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

#[cfg(test)]
mod tests;
