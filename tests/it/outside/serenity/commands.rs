//! What the bot registers, and what it does when that is used.

use serenity::Result;
use serenity::all::{
    ActionRowComponent, CommandInteraction, CommandOptionType, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Context, CreateActionRow, CreateAttachment, CreateAutocompleteResponse, CreateButton,
    CreateCommand, CreateCommandOption, CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditInteractionResponse, InputTextStyle, Interaction, ResolvedTarget, ResolvedValue,
};

/// All commands.
pub fn all() -> Vec<CreateCommand> {
    let typed = |name| CreateCommand::new(name).description(format!("Does {name}"));
    let option = |kind, name| CreateCommandOption::new(kind, name, format!("The {name}")).required(true);
    vec![
        typed("ping"),
        typed("ask").add_option(option(CommandOptionType::String, "question").set_autocomplete(true)),
        typed("types")
            .add_option(option(CommandOptionType::Integer, "count"))
            .add_option(option(CommandOptionType::Number, "share"))
            .add_option(option(CommandOptionType::Boolean, "flag"))
            .add_option(option(CommandOptionType::User, "who"))
            .add_option(option(CommandOptionType::Channel, "where"))
            .add_option(option(CommandOptionType::Role, "role")),
        typed("faq").add_option(CreateCommandOption::new(CommandOptionType::SubCommand, "topics", "The topics")),
        typed("choose"),
        typed("form"),
        typed("later"),
        typed("gone"),
        typed("file"),
        CreateCommand::new("Quote").kind(CommandType::Message),
        CreateCommand::new("Greet").kind(CommandType::User),
    ]
}

/// Answers an interaction.
pub async fn answer(context: &Context, interaction: Interaction) -> Result<()> {
    match interaction {
        Interaction::Command(command) => used(context, &command).await,
        Interaction::Autocomplete(typed) => {
            let text = typed.data.autocomplete().map(|option| option.value).unwrap_or_default();
            let choices = [text.to_owned(), format!("{text}?")];
            let choices = choices.into_iter().fold(CreateAutocompleteResponse::new(), |choices, choice| {
                choices.add_string_choice(choice.clone(), choice)
            });
            typed.create_response(context, CreateInteractionResponse::Autocomplete(choices)).await
        }
        Interaction::Component(clicked) => self::clicked(context, &clicked).await,
        Interaction::Modal(form) => {
            let fields = form.data.components.iter().flat_map(|row| &row.components);
            let why = fields.filter_map(|field| match field {
                ActionRowComponent::InputText(field) => field.value.clone(),
                _ => None,
            });
            form.create_response(context, private(&format!("because: {}", why.collect::<String>()))).await
        }
        _ => Ok(()),
    }
}

async fn used(context: &Context, command: &CommandInteraction) -> Result<()> {
    let reply = |answer| command.create_response(context, answer);
    match command.data.name.as_str() {
        "ping" => reply(private("pong")).await,
        "ask" => reply(public(&format!("asked: {}", options(command)))).await,
        "types" => reply(public(&options(command))).await,
        "faq" => reply(public("faq topics")).await,
        "choose" => reply(choose()).await,
        "form" => {
            let why = CreateInputText::new(InputTextStyle::Short, "Why", "why");
            let form = CreateModal::new("report", "Report").components(vec![CreateActionRow::InputText(why)]);
            reply(CreateInteractionResponse::Modal(form)).await
        }
        "later" => {
            command.defer(context).await?;
            command.edit_response(context, EditInteractionResponse::new().content("done")).await?;
            let follow_up = |content| CreateInteractionResponseFollowup::new().content(content);
            let said = command.create_followup(context, follow_up("and this")).await?;
            command.edit_followup(context, said.id, follow_up("and that")).await.map(drop)
        }
        "gone" => {
            reply(public("soon gone")).await?;
            command.delete_response(context).await
        }
        "file" => {
            let file = CreateAttachment::bytes("hello", "notes.txt");
            let answer = CreateInteractionResponseMessage::new().content("a file").add_file(file);
            reply(CreateInteractionResponse::Message(answer)).await
        }
        _ => match command.data.target() {
            Some(ResolvedTarget::Message(message)) => reply(private(&format!("> {}", message.content))).await,
            Some(ResolvedTarget::User(user, _)) => reply(public(&format!("hello {}", user.name))).await,
            _ => Ok(()),
        },
    }
}

async fn clicked(context: &Context, clicked: &ComponentInteraction) -> Result<()> {
    let answer = match &clicked.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => private(&format!("picked {}", values.join(","))),
        _ => {
            let pressed = CreateInteractionResponseMessage::new().content("pressed").components(Vec::new());
            CreateInteractionResponse::UpdateMessage(pressed)
        }
    };
    clicked.create_response(context, answer).await
}

/// What a command was given, in order.
fn options(command: &CommandInteraction) -> String {
    let shown = command.data.options().into_iter().map(|option| match option.value {
        ResolvedValue::String(text) => text.to_owned(),
        ResolvedValue::Integer(number) => number.to_string(),
        ResolvedValue::Number(number) => number.to_string(),
        ResolvedValue::Boolean(flag) => flag.to_string(),
        ResolvedValue::User(user, _) => user.name.clone(),
        ResolvedValue::Channel(channel) => channel.name.clone().unwrap_or_default(),
        ResolvedValue::Role(role) => role.name.clone(),
        other => format!("{other:?}"),
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn choose() -> CreateInteractionResponse {
    let options = vec![CreateSelectMenuOption::new("A", "a"), CreateSelectMenuOption::new("B", "b")];
    let menu = CreateSelectMenu::new("pick", CreateSelectMenuKind::String { options }).placeholder("Pick one");
    let rows = vec![
        CreateActionRow::Buttons(vec![CreateButton::new("press").label("Press me")]),
        CreateActionRow::SelectMenu(menu),
    ];
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content("choose").components(rows))
}

fn public(content: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(content))
}

fn private(content: &str) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().content(content).ephemeral(true);
    CreateInteractionResponse::Message(message)
}
