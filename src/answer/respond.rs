//! From a decision to what a person is shown.

use super::{Body, Button, Card, Decision, Hit, Press, Reply, wording};
use crate::faq::{Collection, Entry, HelpKind, HelpLine};

/// The most related entries that a card offers.
const RELATED: usize = 2;

/// The reply to a decision; none for silence. `region` picks the numbers on an urgent card.
pub fn respond(collection: &Collection, decision: &Decision, region: Option<&str>) -> Option<Reply> {
    match decision {
        Decision::Answer { hit, personal, others } => {
            let mut reply = card(collection, collection.entry(&hit.entry)?, *personal);
            reply.buttons.extend(others.iter().filter_map(|hit| read_button(collection, hit)));
            Some(reply)
        }
        Decision::Suggest { hits, personal } => {
            let mut reply = Reply::plain(with_notice(*personal, wording::DID_YOU_MEAN));
            reply.buttons = hits.iter().filter_map(|hit| read_button(collection, hit)).collect();
            Some(reply)
        }
        Decision::NotCovered { gap, personal } => {
            let text = with_notice(*personal, &wording::not_covered(gap.as_deref(), &collection.ask));
            Some(Reply::plain(text))
        }
        Decision::Urgent(kind) => Some(urgent_card(*kind, &collection.help_lines, region)),
        Decision::Help => Some(Reply::plain(wording::help(&collection.title))),
        Decision::Silent(_) => None,
    }
}

/// The card that says who can help now, with the numbers of this region.
pub fn urgent_card(kind: HelpKind, lines: &[HelpLine], region: Option<&str>) -> Reply {
    Reply::plain(wording::urgent(kind, lines, region))
}

/// The card of an entry with its buttons, as the asker sees it. Of one that is withheld it says just that.
pub fn card(collection: &Collection, entry: &Entry, personal: bool) -> Reply {
    if entry.standing.is_withheld() {
        return Reply::plain(wording::withheld(&entry.question, entry.ask.as_deref().unwrap_or(&collection.ask)));
    }
    let card = Card::of(collection, entry);
    let card = if personal { card.with_personal_notice() } else { card };
    let button = |label: &str, press: Press| Button { label: label.to_owned(), press, primary: false };
    let mut buttons = vec![
        button(wording::HELPFUL, Press::Helpful(entry.id.clone())),
        button(wording::NOT_HELPFUL, Press::NotHelpful(entry.id.clone())),
    ];
    let related = entry.related.iter().filter_map(|id| collection.entry(id));
    let related = related.filter(|related| !related.standing.is_withheld()).take(RELATED);
    buttons.extend(related.map(|related| button(&related.question, Press::Read(related.id.clone()))));
    Reply { buttons, ..Reply::of(Body::Card(card)) }
}

fn read_button(collection: &Collection, hit: &Hit) -> Option<Button> {
    let entry = collection.entry(&hit.entry)?;
    Some(Button { label: entry.question.clone(), press: Press::Read(entry.id.clone()), primary: true })
}

fn with_notice(personal: bool, text: &str) -> String {
    if personal { format!("{}\n\n{text}", wording::PERSONAL_NOTICE) } else { text.to_owned() }
}
