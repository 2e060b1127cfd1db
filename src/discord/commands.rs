//! The commands that pamphlet registers with Discord.

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
/// The most characters that a question may have.
const LONGEST_QUESTION: u16 = 1_000;

/// All of them. They work in servers and in direct messages with the bot.
pub(super) fn all() -> Vec<CreateCommand> {
    let question = CreateCommandOption::new(CommandOptionType::String, QUESTION, "What would you like to know?")
        .required(true)
        .set_autocomplete(true)
        .max_length(LONGEST_QUESTION);
    let private = CreateCommandOption::new(CommandOptionType::Boolean, PRIVATE, "Whether only you see the answer");
    let described = |name, description| CreateCommand::new(name).kind(CommandType::ChatInput).description(description);
    let commands = [
        described(ASK, "Ask the FAQ a question").add_option(question).add_option(private),
        described(TOPICS, "See what the FAQ covers"),
        described(PRIVACY, "See what pamphlet keeps, and what it doesn't"),
        described(HELP, "See how to ask"),
        CreateCommand::new(MENU).kind(CommandType::Message),
    ];
    let everywhere = vec![InteractionContext::Guild, InteractionContext::BotDm];
    let commands = commands.into_iter().map(|command| command.contexts(everywhere.clone()));
    let commands = commands.chain([faq().contexts(vec![InteractionContext::Guild])]);
    commands.map(|command| command.integration_types(vec![InstallationContext::Guild])).collect()
}

/// The moderators' command. Whom it serves is a server's own choice, which Discord doesn't know of: everybody sees it, and
/// others are told kindly.
fn faq() -> CreateCommand {
    let entry = || {
        CreateCommandOption::new(CommandOptionType::String, ENTRY, "Which entry? Type some of its question")
            .required(true)
            .set_autocomplete(true)
    };
    let question =
        CreateCommandOption::new(CommandOptionType::String, QUESTION, "A question, as a member would type it")
            .required(true)
            .max_length(LONGEST_QUESTION);
    let days = || {
        CreateCommandOption::new(CommandOptionType::Integer, DAYS, "How many days back? 30 if you don't say")
            .min_int_value(1)
            .max_int_value(MOST_DAYS)
    };
    let part = |name, description| CreateCommandOption::new(CommandOptionType::SubCommand, name, description);
    let parts = [
        part("new", "Write a new entry"),
        part("edit", "Change an entry").add_sub_option(entry()),
        part("remove", "Take an entry out of the FAQ").add_sub_option(entry()),
        part("undo", "Put back what an entry said before its last change").add_sub_option(entry()),
        part("history", "See who changed an entry, when and how").add_sub_option(entry()),
        part("test", "See what a question would get, and why; only you see it").add_sub_option(question),
        part("stats", "See how much was asked, what was answered, and what helped").add_sub_option(days()),
        part("gaps", "See what members asked that the FAQ has nothing on").add_sub_option(days()),
        part("export", "Get the whole FAQ as a zip of its files"),
        part("reload", "Read the FAQ's files again now"),
        part("setup", "See and change how pamphlet works in this server"),
        part("pause", "Stop all answers in this server, but for urgent signs"),
        part("resume", "Let pamphlet answer again"),
    ];
    CreateCommand::new(FAQ)
        .kind(CommandType::ChatInput)
        .description("Keep the FAQ (for moderators)")
        .set_options(parts.into())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn reads_as_discord_wants_it() {
        let commands = serde_json::to_value(super::all()).unwrap();
        let names: Vec<_> = commands.as_array().unwrap().iter().map(|command| command["name"].clone()).collect();
        assert_eq!(Value::from(names), json!(["ask", "topics", "privacy", "help", "Answer from the FAQ", "faq"]));
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
    }
}
