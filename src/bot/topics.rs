//! `/topics`: what the FAQ covers, and menus to read from.

use crate::answer::{MenuOption, Offer, Press, Reply, Select};
use crate::faq::{Collection, Entry};
use crate::words::Language;

/// The most menus that one message holds.
const MENUS: usize = 5;
/// The most options that one menu holds.
const OPTIONS: usize = 25;
/// The most topics that the text lists, so that it stays under one message.
const LISTED: usize = 12;

/// The overview: every topic with its number of entries, and menus to read from. Where the menus have room for every
/// entry, one choice leads to the card; else the first leads to the topic.
pub(super) fn overview(collection: &Collection, language: Language) -> Reply {
    let topics = collection.topics();
    let mut lines = vec![language.topics_title(&collection.title)];
    lines.extend(topics.iter().take(LISTED).map(|(topic, entries)| language.topics_line(topic, entries.len())));
    if topics.len() > LISTED {
        lines.push(language.topics_more(topics.len() - LISTED));
    }
    lines.push(language.choose_question());
    let roomy = topics.len() <= MENUS && topics.iter().all(|(_, entries)| entries.len() <= OPTIONS);
    let selects = if roomy {
        topics.iter().map(|(topic, entries)| menu(topic, entries)).collect()
    } else {
        let options = topics.iter().enumerate().take(OPTIONS * MENUS);
        let options: Vec<_> =
            options.map(|(number, (topic, _))| MenuOption::new(*topic, Press::Topic(number))).collect();
        options.chunks(OPTIONS).map(|part| select(&language.choose_topic(), part.to_vec())).collect()
    };
    Reply { selects: numbered(selects), private: true, ..Reply::plain(lines.join("\n")) }
}

/// The entries of one topic; none if there is no such topic.
pub(super) fn topic(collection: &Collection, number: usize, language: Language) -> Option<Reply> {
    let topics = collection.topics();
    let (topic, entries) = topics.get(number)?;
    let mut text = format!("**{topic}**\n{}", language.choose_question());
    let room = MENUS * OPTIONS;
    if entries.len() > room {
        text.push(' ');
        text.push_str(&language.entries_more(entries.len() - room));
    }
    let selects = entries.chunks(OPTIONS).take(MENUS).map(|entries| menu(topic, entries)).collect();
    Some(Reply { selects: numbered(selects), private: true, ..Reply::plain(text) })
}

fn menu(topic: &str, entries: &[&Entry]) -> Select {
    let options = entries.iter().map(|entry| MenuOption::new(&entry.question, Press::Read(entry.id.clone())));
    select(topic, options.collect())
}

fn select(placeholder: &str, options: Vec<MenuOption>) -> Select {
    Select { placeholder: placeholder.to_owned(), number: 0, offer: Offer::One(options) }
}

fn numbered(selects: Vec<Select>) -> Vec<Select> {
    (0..).zip(selects).map(|(number, select)| Select { number, ..select }).collect()
}
