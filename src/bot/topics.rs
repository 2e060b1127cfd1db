//! `/topics`: what the FAQ covers, and menus to read from.

use crate::answer::{MenuOption, Offer, Press, Reply, Select};
use crate::faq::{Collection, Entry};

/// The most menus that one message holds.
const MENUS: usize = 5;
/// The most options that one menu holds.
const OPTIONS: usize = 25;
/// The most topics that the text lists, so that it stays under one message.
const LISTED: usize = 12;

/// The overview: every topic with its number of entries, and menus to read from. Where the menus have room for every
/// entry, one choice leads to the card; else the first leads to the topic.
pub(super) fn overview(collection: &Collection) -> Reply {
    let topics = collection.topics();
    let mut text = format!("**What the FAQ “{}” covers**\n", collection.title);
    for (topic, entries) in topics.iter().take(LISTED) {
        text.push_str(&format!("- {topic}: {}\n", count(entries.len(), "entry", "entries")));
    }
    if topics.len() > LISTED {
        text.push_str(&format!("- and {}\n", count(topics.len() - LISTED, "more topic", "more topics")));
    }
    text.push_str("Choose a question to read its answer.");
    let roomy = topics.len() <= MENUS && topics.iter().all(|(_, entries)| entries.len() <= OPTIONS);
    let selects = if roomy {
        topics.iter().map(|(topic, entries)| menu(topic, entries)).collect()
    } else {
        let options = topics.iter().enumerate().take(OPTIONS * MENUS);
        let options: Vec<_> =
            options.map(|(number, (topic, _))| MenuOption::new(*topic, Press::Topic(number))).collect();
        options.chunks(OPTIONS).map(|part| select("Choose a topic", part.to_vec())).collect()
    };
    Reply { selects: numbered(selects), private: true, ..Reply::plain(text) }
}

/// The entries of one topic; none if there is no such topic.
pub(super) fn topic(collection: &Collection, number: usize) -> Option<Reply> {
    let topics = collection.topics();
    let (topic, entries) = topics.get(number)?;
    let mut text = format!("**{topic}**\nChoose a question to read its answer.");
    let room = MENUS * OPTIONS;
    if entries.len() > room {
        text.push_str(&format!(" There are {} more; ask for them with `/ask`.", entries.len() - room));
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

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
