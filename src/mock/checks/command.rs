//! Commands: what a bot may register.

use std::collections::HashSet;

use serde_json::Value;

use super::localizations::{is_taken, localizations, longest};
use super::options::{Level, check_options};
use super::{Problems, items, number, text};
use crate::mock::refusal::Refusal;

/// The kind of command that is typed, and the most that a bot may have of each kind.
pub(crate) const TYPED: u64 = 1;
const MAX_TYPED: usize = 100;
const MAX_MENUS: usize = 15;
/// The most characters of a command's names, descriptions and values together.
const MAX_SIZE: usize = 8000;

/// Checks one command; its problems are named without a position.
pub(crate) fn check_one(command: &Value) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    check(&mut problems, "", command);
    problems.into_result()
}

/// Checks the whole set of a bot's commands.
pub(crate) fn check_set(commands: &[Value]) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    let mut names = HashSet::new();
    for (position, command) in commands.iter().enumerate() {
        check(&mut problems, &format!("{position}."), command);
        if is_taken(&mut names, kind(command), command) {
            let words = "Application command names must be unique";
            problems.add(format!("{position}"), "APPLICATION_COMMANDS_DUPLICATE_NAME", words);
        }
    }
    problems.into_result()?;
    check_counts(commands)
}

/// Checks how many commands there are of each kind.
pub(crate) fn check_counts(commands: &[Value]) -> Result<(), Refusal> {
    let too_many = |wanted: u64, most: usize| commands.iter().filter(|command| kind(command) == wanted).count() > most;
    if too_many(TYPED, MAX_TYPED) || too_many(2, MAX_MENUS) || too_many(3, MAX_MENUS) {
        let status = axum::http::StatusCode::BAD_REQUEST;
        return Err(Refusal::new(status, 30032, "Maximum number of application commands reached"));
    }
    Ok(())
}

/// A command's kind: typed (1), a person's menu (2) or a message's menu (3).
pub(crate) fn kind(command: &Value) -> u64 {
    if command.get("type").is_none_or(Value::is_null) { TYPED } else { number(command, "type") }
}

fn check(problems: &mut Problems, before: &str, command: &Value) {
    let at = |part: &str| format!("{before}{part}");
    match kind(command) {
        TYPED => {
            check_names(problems, before, command);
            check_options(problems, &at("options"), items(command, "options"), Level::Command);
        }
        2 | 3 => {
            problems.text(at("name"), command.get("name"), 1..=32, true);
            for (path, name) in localizations(problems, before, command, "name_localizations") {
                problems.text(&path, name, 1..=32, true);
            }
            if !text(command, "description").is_empty() {
                let words = "Context menu commands cannot have description";
                problems.add(at("description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", words);
            }
        }
        _ => problems.not_a_choice(at("type"), "1, 2, 3"),
    }
    if size(command) > MAX_SIZE {
        let words = format!("Command exceeds maximum size ({MAX_SIZE})");
        problems.add(before.trim_end_matches('.'), "APPLICATION_COMMAND_TOO_LARGE", words);
    }
}

/// Checks what a command that is typed, or an option of one, is called and how it is described, in every language.
pub(super) fn check_names(problems: &mut Problems, before: &str, named: &Value) {
    check_name(problems, &format!("{before}name"), named.get("name"));
    for (path, name) in localizations(problems, before, named, "name_localizations") {
        check_name(problems, &path, name);
    }
    problems.text(format!("{before}description"), named.get("description"), 1..=100, true);
    for (path, description) in localizations(problems, before, named, "description_localizations") {
        problems.text(&path, description, 1..=100, true);
    }
}

fn check_name(problems: &mut Problems, path: &str, name: Option<&Value>) {
    let Some(name) = problems.text(path, name, 1..=32, true) else { return };
    let fits = |letter: char| {
        let word = letter.is_alphanumeric() || matches!(letter, '-' | '_' | '\'') || is_mark(letter);
        word && !letter.is_uppercase()
    };
    if !name.chars().all(fits) {
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// Vowel signs of Devanagari and Thai, which Discord allows beside letters.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{900}'..='\u{97f}' | '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}')
}

/// Characters of names, descriptions and choices, options included; of several languages the longest counts.
fn size(command: &Value) -> usize {
    let own = ["name", "description", "value"].into_iter().map(|key| longest(command, key)).sum::<usize>();
    let parts = items(command, "options").iter().chain(items(command, "choices"));
    own + parts.map(size).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn code_of(command: Value, pointer: &str) -> Option<String> {
        let errors = check_one(&command).err()?.errors?;
        errors.pointer(&format!("{pointer}/_errors/0/code"))?.as_str().map(str::to_owned)
    }

    #[test]
    fn bad_commands_are_named() {
        let check = |command: Value, pointer: &str, code: &str| {
            assert_eq!(code_of(command, pointer).as_deref(), Some(code), "{pointer}");
        };
        let option =
            |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "d", "required": required });
        check(json!({ "name": "Ask", "description": "d" }), "/name", "APPLICATION_COMMAND_INVALID_NAME");
        check(json!({ "name": "two words", "description": "d" }), "/name", "APPLICATION_COMMAND_INVALID_NAME");
        check(json!({ "name": "a".repeat(33), "description": "d" }), "/name", "BASE_TYPE_BAD_LENGTH");
        check(json!({ "name": "ask" }), "/description", "BASE_TYPE_REQUIRED");
        check(json!({ "name": "ask", "description": "d".repeat(101) }), "/description", "BASE_TYPE_BAD_LENGTH");
        let late = json!({ "name": "ask", "description": "d", "options": [option("a", false), option("b", true)] });
        check(late, "/options/1", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID");
        let many: Vec<Value> = (0..26).map(|n| option(&format!("o{n}"), true)).collect();
        check(json!({ "name": "ask", "description": "d", "options": many }), "/options", "BASE_TYPE_MAX_LENGTH");
        check(json!({ "name": "x", "type": 9 }), "/type", "BASE_TYPE_CHOICES");
        let abroad =
            |key: &str, locale: &str, text: &str| json!({ "name": "a", "description": "d", key: { locale: text } });
        let (name, described) = ("name_localizations", "description_localizations");
        check(abroad(name, "de", "Frage"), "/name_localizations/de", "APPLICATION_COMMAND_INVALID_NAME");
        check(abroad(name, "german", "frage"), "/name_localizations/german", "BASE_TYPE_CHOICES");
        check(abroad(described, "de", ""), "/description_localizations/de", "BASE_TYPE_BAD_LENGTH");
    }

    #[test]
    fn good_commands_pass() {
        assert!(check_one(&json!({ "name": "ask", "description": "Ask a question" })).is_ok());
        assert!(check_one(&json!({ "name": "Answer from the FAQ", "type": 3 })).is_ok());
        let twice = json!({ "name": "ask", "description": "d" });
        assert!(check_set(&[twice.clone(), twice]).is_err());
        let abroad = |own: &str| json!({ "name": own, "description": "d", "name_localizations": { "de": "ändern" } });
        assert!(check_one(&abroad("a")).is_ok());
        assert!(check_set(&[abroad("a"), abroad("b")]).is_err(), "one name in German for two");
    }
}
