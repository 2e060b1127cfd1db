//! What is shown of the settings: all of them as sentences, and a part of them with menus.

use super::step::{Setting, Step};
use super::wording;
use crate::answer::{ChannelKind, MenuOption, Offer, Press, Reply, Select};
use crate::bot::ServerId;
use crate::bot::conversation::{Turn, plain_button};
use crate::store::ServerSettings;
use crate::words::Language;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most channels that Discord lets choose from one menu.
const MOST_CHANNELS: u8 = 25;
/// The most options of a menu, one of which stands for none.
const MOST_OPTIONS: usize = 25;

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panel {
    All,
    Channels,
    Moderators,
    Answers,
}

impl Panel {
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Channels, Self::Moderators, Self::Answers];

    /// Its name, as controls carry it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Channels => "channels",
            Self::Moderators => "moderators",
            Self::Answers => "answers",
        }
    }

    /// The part of this name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|panel| panel.name() == name)
    }
}

impl Turn<'_> {
    /// A part of the settings of a server, with the way to the others.
    pub(super) fn panel(&self, server: ServerId, panel: Panel, chosen: &Arc<ServerSettings>) -> Reply {
        let index = self.index_of(server, chosen);
        let title = index.map(|index| index.collection().title.as_str());
        let region = index.and_then(|index| self.region_of(index, chosen));
        let language = self.bot.language(Some(server));
        let mut text = wording::overview(title, chosen, region, language);
        if !self.bot.settings.reads_channels {
            text.push_str(wording::CANNOT_LISTEN);
        }
        let selects = match panel {
            Panel::All => Vec::new(),
            Panel::Channels => self.channels(chosen),
            Panel::Moderators => moderators(chosen),
            Panel::Answers => self.answers(server, chosen),
        };
        let selects = (0..).zip(selects).map(|(number, select)| Select { number, ..select }).collect();
        let others = Panel::ALL.into_iter().filter(|other| *other != panel);
        let buttons = others.map(|other| plain_button(wording::name(other), Press::Work(Step::Show(other).task())));
        Reply { selects, buttons: buttons.collect(), private: true, ..Reply::plain(text) }
    }

    fn channels(&self, chosen: &ServerSettings) -> Vec<Select> {
        let mut menus = vec![channels(wording::ANSWER_IN, &Setting::AnswerIn, ChannelKind::Text, &chosen.answer_in)];
        // What Discord doesn't tell can't be listened to.
        if self.bot.settings.reads_channels {
            menus.push(channels(wording::LISTEN, &Setting::Listen, ChannelKind::Text, &chosen.listen));
            menus.push(channels(wording::FORUMS, &Setting::Forums, ChannelKind::Forum, &chosen.forums));
        }
        menus
    }

    fn answers(&self, server: ServerId, chosen: &Arc<ServerSettings>) -> Vec<Select> {
        let option = |label: &str, setting: Setting, is_chosen| MenuOption {
            label: label.to_owned(),
            press: Press::Work(Step::Set(setting).task()),
            chosen: is_chosen,
        };
        let serving = self.index_of(server, chosen).map(|index| index.collection().id.as_str());
        let collections = self.offered(server).into_iter().filter_map(|id| {
            let title = &self.brain.collection(id)?.title;
            Some(option(title, Setting::Collection(id.to_owned()), serving == Some(id)))
        });
        let collections: Vec<_> = collections.take(MOST_OPTIONS).collect();
        let public = |public| option(wording::asks(public), Setting::PublicAsk(public), chosen.public_ask == public);
        let none = option(wording::NO_REGION, Setting::Region(None), chosen.region.is_none());
        let regions = self.regions(server, chosen).into_iter().map(|region| {
            option(region, Setting::Region(Some(region.to_owned())), chosen.region.as_deref() == Some(region))
        });
        let regions: Vec<_> = [none].into_iter().chain(regions).take(MOST_OPTIONS).collect();
        let spoken = chosen.language.as_deref().and_then(Language::of);
        let usual = option(wording::USUAL_LANGUAGE, Setting::Language(None), spoken.is_none());
        let languages = Language::ALL.into_iter().map(|language| {
            option(wording::named(language), Setting::Language(Some(language)), spoken == Some(language))
        });
        let languages = [usual].into_iter().chain(languages).collect();
        let menus = [
            (wording::COLLECTION, collections),
            (wording::PRIVACY_OF_ASK, vec![public(false), public(true)]),
            (wording::REGION, regions),
            (wording::LANGUAGE, languages),
        ];
        // A menu with one option is none.
        let menus = menus.into_iter().filter(|(_, options)| options.len() > 1);
        menus.map(|(placeholder, options)| select(placeholder, Offer::One(options))).collect()
    }
}

fn moderators(chosen: &ServerSettings) -> Vec<Select> {
    let role = Offer::Role { task: Setting::ModeratorRole.task(), chosen: chosen.moderator_role };
    let channel = Offer::Channels {
        task: Setting::ModeratorChannel.task(),
        kind: ChannelKind::Text,
        chosen: chosen.moderator_channel.into_iter().collect(),
        most: 1,
    };
    vec![select(wording::MODERATOR_ROLE, role), select(wording::MODERATOR_CHANNEL, channel)]
}

fn channels(placeholder: &str, setting: &Setting, kind: ChannelKind, chosen: &BTreeSet<u64>) -> Select {
    let chosen = chosen.iter().copied().collect();
    select(placeholder, Offer::Channels { task: setting.task(), kind, chosen, most: MOST_CHANNELS })
}

fn select(placeholder: &str, offer: Offer) -> Select {
    Select { placeholder: placeholder.to_owned(), number: 0, offer }
}
