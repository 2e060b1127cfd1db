//! What the bot registers, and what it does when that is used.

use twilight_http::Client;
use twilight_model::application::command::{Command, CommandOptionChoice, CommandOptionChoiceValue, CommandType};
use twilight_model::application::interaction::application_command::{CommandData, CommandOptionValue};
use twilight_model::application::interaction::message_component::MessageComponentInteractionData;
use twilight_model::application::interaction::modal::ModalInteractionComponent;
use twilight_model::application::interaction::{Interaction, InteractionData};
use twilight_model::channel::message::MessageFlags;
use twilight_model::channel::message::component::{ButtonStyle, Component, SelectMenuType, TextInput, TextInputStyle};
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseType};
use twilight_util::builder::command::{
    BooleanBuilder, ChannelBuilder, CommandBuilder, IntegerBuilder, NumberBuilder, RoleBuilder, StringBuilder,
    SubCommandBuilder, UserBuilder,
};
use twilight_util::builder::interaction_response::{
    AutocompleteBuilder, ChannelMessageBuilder, ModalBuilder, UpdateMessageBuilder,
};
use twilight_util::builder::message::{
    ActionRowBuilder, ButtonBuilder, LabelBuilder, SelectMenuBuilder, SelectMenuOptionBuilder,
};

/// All commands.
pub fn all() -> Vec<Command> {
    let typed = |name| CommandBuilder::new(name, format!("Does {name}"), CommandType::ChatInput);
    let types = typed("types")
        .option(IntegerBuilder::new("count", "How many").required(true))
        .option(NumberBuilder::new("share", "How much").required(true))
        .option(BooleanBuilder::new("flag", "Whether").required(true))
        .option(UserBuilder::new("who", "Who").required(true))
        .option(ChannelBuilder::new("where", "Where").required(true))
        .option(RoleBuilder::new("role", "As what").required(true));
    let all = [
        typed("ping"),
        typed("ask").option(StringBuilder::new("question", "What").required(true).autocomplete(true)),
        types,
        typed("faq").option(SubCommandBuilder::new("topics", "The topics")),
        typed("choose"),
        typed("form"),
        typed("later"),
        typed("gone"),
        typed("file"),
        CommandBuilder::new("Quote", "", CommandType::Message),
        CommandBuilder::new("Greet", "", CommandType::User),
    ];
    all.into_iter().map(CommandBuilder::build).collect()
}

/// Answers an interaction.
pub async fn answer(http: &Client, interaction: Interaction) -> super::Result {
    let client = http.interaction(interaction.application_id);
    let token = interaction.token.as_str();
    let response = match &interaction.data {
        Some(InteractionData::ApplicationCommand(command)) => used(command),
        Some(InteractionData::MessageComponent(clicked)) => self::clicked(clicked),
        Some(InteractionData::ModalSubmit(form)) => private(&format!("because: {}", text(&form.components))),
        _ => return Ok(()),
    };
    client.create_response(interaction.id, token, &response).await?;
    let Some(InteractionData::ApplicationCommand(command)) = &interaction.data else { return Ok(()) };
    match command.name.as_str() {
        "later" => {
            client.update_response(token).content(Some("done")).await?;
            let said = client.create_followup(token).content("and this").await?.model().await?;
            client.update_followup(token, said.id).content(Some("and that")).await?;
        }
        "gone" => drop(client.delete_response(token).await?),
        _ => {}
    }
    Ok(())
}

/// The first answer to a command.
fn used(command: &CommandData) -> InteractionResponse {
    let focused = command.options.iter().find_map(|option| match &option.value {
        CommandOptionValue::Focused(typed, _) => Some(typed),
        _ => None,
    });
    if let Some(typed) = focused {
        let choices = [typed.clone(), format!("{typed}?")];
        return AutocompleteBuilder::new(choices.map(choice)).build();
    }
    match command.name.as_str() {
        "ping" => private("pong"),
        "ask" => public(&format!("asked: {}", options(command))),
        "types" => public(&options(command)),
        "faq" => public("faq topics"),
        "choose" => choose(),
        "form" => form(),
        "later" => InteractionResponse { kind: InteractionResponseType::DeferredChannelMessageWithSource, data: None },
        "gone" => public("soon gone"),
        "file" => {
            let file = Attachment::from_bytes("notes.txt".to_owned(), b"hello".to_vec(), 1);
            ChannelMessageBuilder::new().content("a file").attachments([file]).build()
        }
        _ => target(command),
    }
}

fn clicked(clicked: &MessageComponentInteractionData) -> InteractionResponse {
    match clicked.custom_id.as_str() {
        "pick" => private(&format!("picked {}", clicked.values.join(","))),
        _ => UpdateMessageBuilder::new().content("pressed").components(Vec::<Component>::new()).build(),
    }
}

/// What a menu was used on.
fn target(command: &CommandData) -> InteractionResponse {
    let resolved = command.resolved.as_ref().zip(command.target_id);
    let message = resolved.and_then(|(resolved, id)| resolved.messages.get(&id.cast()));
    let user = resolved.and_then(|(resolved, id)| resolved.users.get(&id.cast()));
    match (message, user) {
        (Some(message), _) => private(&format!("> {}", message.content)),
        (None, user) => public(&format!("hello {}", user.map_or("", |user| &user.name))),
    }
}

/// What a command was given, in order.
fn options(command: &CommandData) -> String {
    let resolved = command.resolved.as_ref();
    let shown = command.options.iter().map(|option| match &option.value {
        CommandOptionValue::String(text) => text.clone(),
        CommandOptionValue::Integer(number) => number.to_string(),
        CommandOptionValue::Number(number) => number.to_string(),
        CommandOptionValue::Boolean(flag) => flag.to_string(),
        CommandOptionValue::User(id) => {
            resolved.and_then(|all| all.users.get(id)).map(|it| it.name.clone()).unwrap_or_default()
        }
        CommandOptionValue::Channel(id) => {
            resolved.and_then(|all| all.channels.get(id)).map(|it| it.name.clone()).unwrap_or_default()
        }
        CommandOptionValue::Role(id) => {
            resolved.and_then(|all| all.roles.get(id)).map(|it| it.name.clone()).unwrap_or_default()
        }
        other => format!("{other:?}"),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// What was written into a form.
fn text(components: &[ModalInteractionComponent]) -> String {
    let text = |component: &ModalInteractionComponent| match component {
        ModalInteractionComponent::Label(label) => text(std::slice::from_ref(&*label.component)),
        ModalInteractionComponent::TextInput(input) => input.value.clone(),
        _ => String::new(),
    };
    components.iter().map(text).collect()
}

fn choose() -> InteractionResponse {
    let button = ButtonBuilder::new(ButtonStyle::Primary).custom_id("press").label("Press me").build();
    let menu = SelectMenuBuilder::new("pick", SelectMenuType::Text)
        .placeholder("Pick one")
        .option(SelectMenuOptionBuilder::new("A", "a"))
        .option(SelectMenuOptionBuilder::new("B", "b"))
        .build();
    let rows = [ActionRowBuilder::new().component(button), ActionRowBuilder::new().component(menu)];
    ChannelMessageBuilder::new().content("choose").components(rows.map(ActionRowBuilder::build)).build()
}

fn form() -> InteractionResponse {
    #[expect(deprecated, reason = "the label is the one of the component around it")]
    let why = TextInput {
        custom_id: "why".to_owned(),
        id: None,
        label: None,
        max_length: None,
        min_length: None,
        placeholder: None,
        required: Some(true),
        style: TextInputStyle::Short,
        value: None,
    };
    ModalBuilder::new("report", "Report", [LabelBuilder::new("Why", Component::TextInput(why)).build()]).build()
}

fn choice(text: String) -> CommandOptionChoice {
    CommandOptionChoice { name: text.clone(), name_localizations: None, value: CommandOptionChoiceValue::String(text) }
}

fn public(content: &str) -> InteractionResponse {
    ChannelMessageBuilder::new().content(content).build()
}

fn private(content: &str) -> InteractionResponse {
    ChannelMessageBuilder::new().content(content).flags(MessageFlags::EPHEMERAL).build()
}
