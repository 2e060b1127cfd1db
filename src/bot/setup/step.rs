//! The steps of setting a server up, as controls carry them.

use super::panel::Panel;
use crate::answer::Task;
use crate::store::ServerSettings;
use crate::words::Language;

/// A step of setting a server up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A part of the settings is shown.
    Show(Panel),
    /// A setting is changed.
    Set(Setting),
}

/// A setting, with what it is to be unless that comes as ids of channels or a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    Collection(String),
    AnswerIn,
    Listen,
    Forums,
    ModeratorRole,
    ModeratorChannel,
    PublicAsk(bool),
    Region(Option<String>),
    Language(Option<Language>),
}

impl Step {
    /// The step as it travels.
    pub(super) fn task(&self) -> Task {
        match self {
            Self::Show(panel) => Task::new("setup", panel.name()),
            Self::Set(setting) => setting.task(),
        }
    }

    /// Reads a step back; none if it is no step of these.
    pub(super) fn of(task: &Task) -> Option<Self> {
        match task.verb.as_str() {
            "setup" => Panel::of(&task.what).map(Self::Show),
            _ => Setting::of(task).map(Self::Set),
        }
    }
}

impl Setting {
    /// The setting as it travels.
    pub(super) fn task(&self) -> Task {
        match self {
            Self::Collection(id) => Task::new("set-faq", id),
            Self::AnswerIn => Task::new("set-answer-in", ""),
            Self::Listen => Task::new("set-listen", ""),
            Self::Forums => Task::new("set-forums", ""),
            Self::ModeratorRole => Task::new("set-role", ""),
            Self::ModeratorChannel => Task::new("set-channel", ""),
            Self::PublicAsk(public) => Task::new("set-public", public.to_string()),
            Self::Region(region) => Task::new("set-region", region.as_deref().unwrap_or_default()),
            Self::Language(language) => Task::new("set-language", language.map_or("", Language::code)),
        }
    }

    fn of(task: &Task) -> Option<Self> {
        let what = || task.what.clone();
        Some(match task.verb.as_str() {
            "set-faq" => Self::Collection(what()),
            "set-answer-in" => Self::AnswerIn,
            "set-listen" => Self::Listen,
            "set-forums" => Self::Forums,
            "set-role" => Self::ModeratorRole,
            "set-channel" => Self::ModeratorChannel,
            "set-public" => Self::PublicAsk(task.what.parse().ok()?),
            "set-language" if task.what.is_empty() => Self::Language(None),
            "set-language" => Self::Language(Some(Language::of(&task.what)?)),
            "set-region" => Self::Region(Some(what()).filter(|region| !region.is_empty())),
            _ => return None,
        })
    }

    /// Puts it in the place of what was chosen before.
    pub(super) fn put(&self, settings: &mut ServerSettings, ids: &[u64]) {
        let all = || ids.iter().copied().collect();
        match self {
            Self::Collection(id) => settings.collection = Some(id.clone()),
            Self::AnswerIn => settings.answer_in = all(),
            Self::Listen => settings.listen = all(),
            Self::Forums => settings.forums = all(),
            Self::ModeratorRole => settings.moderator_role = ids.first().copied(),
            Self::ModeratorChannel => settings.moderator_channel = ids.first().copied(),
            Self::PublicAsk(public) => settings.public_ask = *public,
            Self::Region(region) => settings.region.clone_from(region),
            Self::Language(language) => settings.language = language.map(|language| language.code().to_owned()),
        }
    }

    /// The part of the settings that it stands in.
    pub(super) fn panel(&self) -> Panel {
        match self {
            Self::AnswerIn | Self::Listen | Self::Forums => Panel::Channels,
            Self::ModeratorRole | Self::ModeratorChannel => Panel::Moderators,
            Self::Collection(_) | Self::PublicAsk(_) | Self::Region(_) | Self::Language(_) => Panel::Answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_read_back_and_fit_an_id() {
        let settings = [
            Setting::Collection("c".repeat(crate::faq::MAX_ID)),
            Setting::AnswerIn,
            Setting::Listen,
            Setting::Forums,
            Setting::ModeratorRole,
            Setting::ModeratorChannel,
            Setting::PublicAsk(true),
            Setting::Region(None),
            Setting::Region(Some("GB".to_owned())),
            Setting::Language(None),
            Setting::Language(Some(Language::German)),
        ];
        let panels = Panel::ALL.into_iter().map(Step::Show);
        for step in settings.into_iter().map(Step::Set).chain(panels) {
            let id = step.task().id();
            assert!(id.len() <= 100, "{id}");
            assert_eq!(Task::parse(&id).and_then(|task| Step::of(&task)), Some(step));
        }
        assert_eq!(Step::of(&Task::new("save", "1")), None);
    }
}
