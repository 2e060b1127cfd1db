//! The commands that pamphlet registers with Discord. What they are called stands in the files of words.

use crate::words::{Language, Named};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType, InstallationContext, InteractionContext};

/// The command that asks a question.
pub(super) const ASK: &str = "ask";
/// The option of [`ASK`] that holds the question.
pub(super) const QUESTION: &str = "question";
/// The option of [`ASK`] that says who sees the answer.
pub(super) const PRIVATE: &str = "private";
/// The command that lists what the FAQ covers.
pub(super) const TOPICS: &str = "topics";
/// The command that says what is kept.
pub(super) const PRIVACY: &str = "privacy";
/// The command that explains pamphlet.
pub(super) const HELP: &str = "help";
/// The entry in a message's menu.
pub(super) const MENU: &str = "Answer from the FAQ";
/// The moderators' command.
pub(super) const FAQ: &str = "faq";
/// The option of the moderators' subcommands that names an entry.
pub(super) const ENTRY: &str = "entry";
/// The option of the moderators' subcommands that says how many days are meant.
pub(super) const DAYS: &str = "days";
/// How many days are meant where nobody says.
pub(super) const USUAL_DAYS: u16 = 30;
/// The most days that can be meant.
const MOST_DAYS: u64 = 365;
/// The option of the moderators' subcommand that takes a file.
pub(super) const FILE: &str = "file";
/// The most characters that a question may have.
const LONGEST_QUESTION: u16 = 1_000;

/// All of them. They work in servers and in direct messages with the bot.
pub(super) fn all() -> Vec<CreateCommand> {
    let question = option(CommandOptionType::String, Language::command_ask_question)
        .required(true)
        .set_autocomplete(true)
        .max_length(LONGEST_QUESTION);
    let private = option(CommandOptionType::Boolean, Language::command_ask_private);
    let commands = [
        command(Language::command_ask).add_option(question).add_option(private),
        command(Language::command_topics),
        command(Language::command_privacy),
        command(Language::command_help),
        menu(Language::menu_answer),
    ];
    let everywhere = vec![InteractionContext::Guild, InteractionContext::BotDm];
    let commands = commands.into_iter().map(|command| command.contexts(everywhere.clone()));
    let commands = commands.chain([faq().contexts(vec![InteractionContext::Guild])]);
    commands.map(|command| command.integration_types(vec![InstallationContext::Guild])).collect()
}

/// The moderators' command. Whom it serves is a server's own choice, which Discord doesn't know of: everybody sees it, and
/// others are told kindly.
fn faq() -> CreateCommand {
    let entry = || option(CommandOptionType::String, Language::command_faq_entry).required(true).set_autocomplete(true);
    let question =
        option(CommandOptionType::String, Language::command_faq_question).required(true).max_length(LONGEST_QUESTION);
    let file = option(CommandOptionType::Attachment, Language::command_faq_file).required(true);
    let days =
        || option(CommandOptionType::Integer, Language::command_faq_days).min_int_value(1).max_int_value(MOST_DAYS);
    let part = |words| option(CommandOptionType::SubCommand, words);
    let parts = [
        part(Language::command_faq_new),
        part(Language::command_faq_edit).add_sub_option(entry()),
        part(Language::command_faq_remove).add_sub_option(entry()),
        part(Language::command_faq_undo).add_sub_option(entry()),
        part(Language::command_faq_history).add_sub_option(entry()),
        part(Language::command_faq_test).add_sub_option(question),
        part(Language::command_faq_stats).add_sub_option(days()),
        part(Language::command_faq_gaps).add_sub_option(days()),
        part(Language::command_faq_upload).add_sub_option(file),
        part(Language::command_faq_export),
        part(Language::command_faq_reload),
        part(Language::command_faq_setup),
        part(Language::command_faq_pause),
        part(Language::command_faq_resume),
    ];
    command(Language::command_faq).set_options(parts.into())
}

/// A command that is typed. Discord tells of it by its English name, whatever name it showed.
fn command(words: fn(Language) -> Named) -> CreateCommand {
    let Named { name, description } = words(Language::English);
    let command = CreateCommand::new(name).kind(CommandType::ChatInput).description(description);
    translations().fold(command, |command, language| {
        let Named { name, description } = words(language);
        command.name_localized(language.locale(), name).description_localized(language.locale(), description)
    })
}

/// An option of a command that is typed.
fn option(kind: CommandOptionType, words: fn(Language) -> Named) -> CreateCommandOption {
    let Named { name, description } = words(Language::English);
    translations().fold(CreateCommandOption::new(kind, name, description), |option, language| {
        let Named { name, description } = words(language);
        option.name_localized(language.locale(), name).description_localized(language.locale(), description)
    })
}

/// An entry in the menu of a message.
fn menu(words: fn(Language) -> String) -> CreateCommand {
    let command = CreateCommand::new(words(Language::English)).kind(CommandType::Message);
    translations().fold(command, |command, language| command.name_localized(language.locale(), words(language)))
}

/// The languages beside English, which whoever has another one sees.
fn translations() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|language| *language != Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn reads_as_discord_wants_it() {
        let commands = serde_json::to_value(super::all()).unwrap();
        let names: Vec<_> = commands.as_array().unwrap().iter().map(|command| command["name"].clone()).collect();
        assert_eq!(Value::from(names), json!([ASK, TOPICS, PRIVACY, HELP, MENU, FAQ]));
        for command in commands.as_array().unwrap() {
            let contexts = if command["name"] == "faq" { json!([0]) } else { json!([0, 1]) };
            assert_eq!(command["contexts"], contexts);
            assert_eq!(command["integration_types"], json!([0]));
        }
        let question = &commands[0]["options"][0];
        assert_eq!(question["type"], 3);
        assert_eq!(question["required"], true);
        assert_eq!(question["autocomplete"], true);
        assert_eq!(question["max_length"], 1_000);
        assert_eq!(commands[4]["type"], 3);
        assert_eq!(commands[4].get("description"), None);
        assert_eq!(commands[4]["name_localizations"], json!({ "de": "Antwort aus der FAQ" }));
        assert_eq!(question["name"], QUESTION);
        assert_eq!(question["name_localizations"], json!({ "de": "frage" }));
        assert_eq!(question["description_localizations"], json!({ "de": "Was möchtest du wissen?" }));
    }
}
