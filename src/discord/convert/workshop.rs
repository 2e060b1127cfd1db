//! The moderators' commands and forms.

use crate::answer::Task;
use crate::bot::{Change, NotFetched, Upload, Wish};
use crate::discord::commands::{DAYS, ENTRY, FILE, QUESTION, USUAL_DAYS};
use crate::discord::uploads::Attached;
use serenity::model::application::{
    ActionRowComponent, CommandData, CommandDataOption, CommandDataOptionValue, ComponentInteraction,
    ComponentInteractionDataKind, ModalInteraction,
};
use serenity::model::channel::Attachment;
use std::collections::BTreeMap;

/// What is wanted by a subcommand; none if pamphlet doesn't know it (any more).
pub(super) fn wish(data: &CommandData) -> Option<Wish> {
    let part = data.options.first()?;
    let CommandDataOptionValue::SubCommand(options) = &part.value else { return None };
    let entry = || text(options, ENTRY);
    Some(match part.name.as_str() {
        "new" => Wish::Change(Change::New),
        "edit" => Wish::Change(Change::Edit(entry())),
        "remove" => Wish::Change(Change::Remove(entry())),
        "undo" => Wish::Change(Change::Undo(entry())),
        "history" => Wish::Change(Change::History(entry())),
        "test" => Wish::Test(text(options, QUESTION)),
        "stats" => Wish::Stats(days(options)),
        "gaps" => Wish::Gaps(days(options)),
        "reload" => Wish::Reload,
        "upload" => {
            let name = attachment(data).map(|file| file.filename.clone()).unwrap_or_default();
            Wish::Change(Change::Upload(Upload { name, bytes: Err(NotFetched::Lost) }))
        }
        "export" => Wish::Change(Change::Export),
        "setup" => Wish::Setup,
        "pause" => Wish::Pause,
        "resume" => Wish::Resume,
        _ => return None,
    })
}

/// The file that came with a subcommand.
pub(super) fn attached(data: &CommandData) -> Option<Attached> {
    let file = attachment(data)?;
    Some(Attached { size: file.size.into(), address: file.url.clone() })
}

fn attachment(data: &CommandData) -> Option<&Attachment> {
    let CommandDataOptionValue::SubCommand(options) = &data.options.first()?.value else { return None };
    match options.iter().find(|option| option.name == FILE)?.value {
        CommandDataOptionValue::Attachment(id) => data.resolved.attachments.get(&id),
        _ => None,
    }
}

/// What is wanted by a control.
pub(super) fn used(task: Task, used: &ComponentInteraction) -> Wish {
    match &used.data.kind {
        ComponentInteractionDataKind::ChannelSelect { values } => {
            Wish::Chosen(task, values.iter().map(|id| id.get()).collect())
        }
        ComponentInteractionDataKind::RoleSelect { values } => {
            Wish::Chosen(task, values.iter().map(|id| id.get()).collect())
        }
        _ => Wish::Pressed(task, used.message.content.clone()),
    }
}

/// Whether a subcommand also takes an entry that was removed.
pub(super) fn may_be_gone(data: &CommandData) -> bool {
    data.options.first().is_some_and(|part| matches!(part.name.as_str(), "undo" | "history"))
}

/// What was filled in, by the ids of the fields.
pub(super) fn fields(used: &ModalInteraction) -> BTreeMap<String, String> {
    let parts = used.data.components.iter().flat_map(|row| &row.components);
    let fields = parts.filter_map(|part| match part {
        ActionRowComponent::InputText(field) => {
            Some((field.custom_id.clone(), field.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    fields.collect()
}

/// How many days are meant.
fn days(options: &[CommandDataOption]) -> u16 {
    match options.iter().find(|option| option.name == DAYS).map(|option| &option.value) {
        Some(CommandDataOptionValue::Integer(days)) => u16::try_from(*days).unwrap_or(USUAL_DAYS),
        _ => USUAL_DAYS,
    }
}

fn text(options: &[CommandDataOption], name: &str) -> String {
    match options.iter().find(|option| option.name == name).map(|option| &option.value) {
        Some(CommandDataOptionValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}
