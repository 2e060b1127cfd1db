//! The options of a command: which of them stand in which, and what may be chosen or typed for one.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::command::check_names;
use super::localizations::is_taken;
use super::{Problems, given, items, number, text};

/// Discord's numbers for the kinds of options: those that hold further ones, and those for which something is typed.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const TEXT: u64 = 3;
const WHOLE: u64 = 4;
const NUMBER: u64 = 10;
/// The most options of a command, and the most choices of an option.
const MAX_OPTIONS: usize = 25;
/// The most characters of what is typed for an option.
const MAX_LENGTH: i64 = 6000;
/// The greatest number that JavaScript still counts by ones.
const MAX_NUMBER: i64 = 1 << 53;

/// Where options stand.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Level {
    Command,
    Group,
    Subcommand,
}

/// Checks the options of a command, of a group or of a subcommand.
pub(super) fn check_options(problems: &mut Problems, path: &str, options: &[Value], level: Level) {
    problems.count(path, options.len(), 0..=MAX_OPTIONS);
    check_kinds(problems, path, options, level);
    let mut names = HashSet::new();
    let mut seen_optional = false;
    for (position, option) in options.iter().enumerate() {
        let own = format!("{path}.{position}");
        let at = |part: &str| format!("{own}.{part}");
        check_names(problems, &at(""), option);
        if is_taken(&mut names, 0, option) {
            let name = text(option, "name");
            let words = format!("Option name {name} is already used in these options");
            problems.add(&own, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", words);
        }
        match number(option, "type") {
            SUBCOMMAND => check_options(problems, &at("options"), items(option, "options"), Level::Subcommand),
            GROUP => check_options(problems, &at("options"), items(option, "options"), Level::Group),
            kind => {
                let required = option.get("required") == Some(&Value::Bool(true));
                if required && seen_optional {
                    let words = "Required options must be placed before non-required options";
                    problems.add(&own, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words);
                }
                seen_optional |= !required;
                check_typed(problems, &own, option, kind);
            }
        }
    }
}

/// Subcommands and groups stand beside each other alone; of those a group holds subcommands, and a subcommand none.
fn check_kinds(problems: &mut Problems, path: &str, options: &[Value], level: Level) {
    let kinds = || options.iter().map(|option| number(option, "type"));
    let choices = match level {
        Level::Command => 1..=11,
        Level::Group => SUBCOMMAND..=SUBCOMMAND,
        Level::Subcommand => TEXT..=11,
    };
    for (position, _) in kinds().enumerate().filter(|(_, kind)| !choices.contains(kind)) {
        let choices = choices.clone().map(|kind| kind.to_string()).collect::<Vec<_>>().join(", ");
        problems.not_a_choice(format!("{path}.{position}.type"), &choices);
    }
    let holds = |kind: u64| matches!(kind, SUBCOMMAND | GROUP);
    if level == Level::Command && kinds().any(holds) && !kinds().all(holds) {
        let words = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        problems.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", words);
    }
}

/// Checks what may be chosen or typed for an option.
fn check_typed(problems: &mut Problems, path: &str, option: &Value, kind: u64) {
    let at = |part: &str| format!("{path}.{part}");
    let choices = items(option, "choices");
    check_choices(problems, &at("choices"), choices, kind);
    check_distinct(problems, &at("choices"), choices);
    if option.get("autocomplete") == Some(&Value::Bool(true)) && !choices.is_empty() {
        let words = "Autocomplete and choices cannot be used together";
        problems.add(at("autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES", words);
    }
    match kind {
        TEXT => check_ends(problems, path, option, ["min_length", "max_length"], [0..=MAX_LENGTH, 1..=MAX_LENGTH]),
        WHOLE => {
            let any = || -MAX_NUMBER..=MAX_NUMBER;
            check_ends(problems, path, option, ["min_value", "max_value"], [any(), any()]);
        }
        NUMBER => {
            let most = problems.decimal(at("max_value"), given(option, "max_value"), f64::MAX);
            problems.decimal(at("min_value"), given(option, "min_value"), most.unwrap_or(f64::MAX));
        }
        _ => {}
    }
}

/// Checks the ends of a range: each for itself, and that the lower one isn't above the upper.
fn check_ends(
    problems: &mut Problems,
    path: &str,
    option: &Value,
    keys: [&str; 2],
    [least, most]: [RangeInclusive<i64>; 2],
) {
    let at = |key: &str| format!("{path}.{key}");
    let upper = problems.whole(at(keys[1]), given(option, keys[1]), most);
    let least = *least.start()..=upper.unwrap_or(*least.end());
    problems.whole(at(keys[0]), given(option, keys[0]), least);
}

/// No two choices of an option have one name. What Discord calls the problem it nowhere tells.
fn check_distinct(problems: &mut Problems, path: &str, choices: &[Value]) {
    let mut names = HashSet::new();
    let named = choices.iter().enumerate().filter(|(_, choice)| !text(choice, "name").is_empty());
    for (position, choice) in named {
        if is_taken(&mut names, 0, choice) {
            let name = text(choice, "name");
            let words = format!("Choice name {name} is already used in these choices");
            problems.add(format!("{path}.{position}"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_INVALID", words);
        }
    }
}

/// Checks the choices of an option of this kind, or those offered to complete one.
pub(crate) fn check_choices(problems: &mut Problems, path: &str, choices: &[Value], kind: u64) {
    problems.count(path, choices.len(), 0..=MAX_OPTIONS);
    for (position, choice) in choices.iter().enumerate() {
        problems.text(format!("{path}.{position}.name"), choice.get("name"), 1..=100, true);
        let (own, value) = (format!("{path}.{position}.value"), given(choice, "value"));
        match kind {
            WHOLE if value.is_some() => {
                problems.whole(&own, value, -MAX_NUMBER..=MAX_NUMBER);
            }
            NUMBER if value.is_some() => {
                problems.decimal(&own, value, f64::MAX);
            }
            _ => {
                problems.text(&own, value, 1..=100, true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_with_options_is_named() {
        let check = |options: Value, pointer: &str, code: &str| {
            let mut problems = Problems::default();
            check_options(&mut problems, "o", options.as_array().unwrap(), Level::Command);
            let found = problems.into_result().unwrap_err().errors.unwrap();
            assert_eq!(found.pointer(&format!("/o{pointer}/_errors/0/code")), Some(&json!(code)), "{options}: {found}");
        };
        let option =
            |kind: u64, key: &str, value: Value| json!({ "type": kind, "name": "a", "description": "d", key: value });
        let plain = |kind: u64| option(kind, "required", json!(false));
        let twice = json!([plain(TEXT), plain(TEXT)]);
        check(twice, "/1", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID");
        check(json!([plain(SUBCOMMAND), plain(TEXT)]), "", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID");
        check(json!([option(GROUP, "options", json!([plain(GROUP)]))]), "/0/options/0/type", "BASE_TYPE_CHOICES");
        check(
            json!([option(SUBCOMMAND, "options", json!([plain(SUBCOMMAND)]))]),
            "/0/options/0/type",
            "BASE_TYPE_CHOICES",
        );
        check(json!([plain(12)]), "/0/type", "BASE_TYPE_CHOICES");
        check(json!([option(TEXT, "min_length", json!(6001))]), "/0/min_length", "NUMBER_TYPE_MAX");
        check(json!([option(TEXT, "max_length", json!(0))]), "/0/max_length", "NUMBER_TYPE_MIN");
        let choices = |value: Value| json!([{ "name": "c", "value": value }]);
        check(json!([option(TEXT, "choices", choices(json!(7)))]), "/0/choices/0/value", "STRING_TYPE_CONVERT");
        check(json!([option(WHOLE, "choices", choices(json!("x")))]), "/0/choices/0/value", "NUMBER_TYPE_COERCE");
        check(json!([option(NUMBER, "choices", choices(json!("x")))]), "/0/choices/0/value", "NUMBER_TYPE_COERCE");
        check(json!([option(WHOLE, "choices", choices(Value::Null))]), "/0/choices/0/value", "BASE_TYPE_REQUIRED");
        let twice =
            json!([{ "name": "c", "value": "x" }, { "name": "d", "value": "x" }, { "name": "c", "value": "y" }]);
        let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_INVALID";
        check(json!([option(TEXT, "choices", twice)]), "/0/choices/2", code);
        for (kind, least, most) in [(WHOLE, json!(3), json!(2)), (NUMBER, json!(0.5), json!(0.25))] {
            let mut ends = option(kind, "min_value", least);
            ends["max_value"] = most;
            check(json!([ends]), "/0/min_value", "NUMBER_TYPE_MAX");
        }
        check(json!([option(NUMBER, "max_value", json!("much"))]), "/0/max_value", "NUMBER_TYPE_COERCE");
    }

    #[test]
    fn sound_options_pass() {
        let choice = |value: Value| json!([{ "name": "c", "value": value }]);
        let option = |kind: u64, name: &str, choices: Value| json!({ "type": kind, "name": name, "description": "d", "choices": choices });
        let mut typed = json!([
            option(TEXT, "a", choice(json!("x"))),
            option(WHOLE, "b", choice(json!(7))),
            option(NUMBER, "c", choice(json!(0.5)))
        ]);
        typed[2]["min_value"] = json!(-0.5);
        typed[2]["max_value"] = json!(-0.5);
        let nested = json!([{ "type": GROUP, "name": "g", "description": "d", "options":
            [{ "type": SUBCOMMAND, "name": "s", "description": "d", "options": typed }] }]);
        let mut problems = Problems::default();
        check_options(&mut problems, "o", nested.as_array().unwrap(), Level::Command);
        assert_eq!(problems.into_result(), Ok(()));
    }
}
