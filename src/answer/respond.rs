//! From a decision to what a person is shown.

use super::{Body, Button, Card, Decision, Hit, Press, Reply, wording};
use crate::faq::{Collection, Entry, HelpKind, HelpLine};
use crate::words::Language;

/// The most related entries that a card offers.
const RELATED: usize = 2;

/// The reply to a decision; none for silence. `region` picks the numbers on an urgent card.
pub fn respond(
    collection: &Collection,
    decision: &Decision,
    region: Option<&str>,
    language: Language,
) -> Option<Reply> {
    match decision {
        Decision::Answer { hit, personal, others } => {
            let mut reply = card(collection, collection.entry(&hit.entry)?, *personal, language);
            reply.buttons.extend(others.iter().filter_map(|hit| read_button(collection, hit)));
            Some(reply)
        }
        Decision::Suggest { hits, personal } => {
            let mut reply = Reply::plain(with_notice(*personal, language.did_you_mean(), language));
            reply.buttons = hits.iter().filter_map(|hit| read_button(collection, hit)).collect();
            Some(reply)
        }
        Decision::NotCovered { gap, personal } => {
            let text = wording::not_covered(gap.as_deref(), &collection.ask, language);
            Some(Reply::plain(with_notice(*personal, text, language)))
        }
        Decision::Urgent(kind) => Some(urgent_card(*kind, &collection.help_lines, region, language)),
        Decision::Help => {
            let emergency = wording::emergency(&collection.help_lines, region, language);
            Some(Reply::plain(language.help(&collection.title, &emergency)))
        }
        Decision::Silent(_) => None,
    }
}

/// The card that says who can help now, with the numbers of this region.
pub fn urgent_card(kind: HelpKind, lines: &[HelpLine], region: Option<&str>, language: Language) -> Reply {
    Reply::plain(wording::urgent(kind, lines, region, language))
}

/// The card of an entry with its buttons, as the asker sees it. Of one that is withheld it says just that.
pub fn card(collection: &Collection, entry: &Entry, personal: bool, language: Language) -> Reply {
    if entry.standing.is_withheld() {
        let ask = entry.ask.as_deref().unwrap_or(&collection.ask);
        return Reply::plain(language.withheld(&entry.question, ask));
    }
    let card = Card::of(collection, entry, language);
    let card = if personal { card.with_personal_notice() } else { card };
    let button = |label: String, press: Press| Button { label, press, primary: false };
    let mut buttons = vec![
        button(language.helpful(), Press::Helpful(entry.id.clone())),
        button(language.not_helpful(), Press::NotHelpful(entry.id.clone())),
    ];
    let related = entry.related.iter().filter_map(|id| collection.entry(id));
    let related = related.filter(|related| !related.standing.is_withheld()).take(RELATED);
    buttons.extend(related.map(|related| button(related.question.clone(), Press::Read(related.id.clone()))));
    Reply { buttons, ..Reply::of(Body::Card(card)) }
}

fn read_button(collection: &Collection, hit: &Hit) -> Option<Button> {
    let entry = collection.entry(&hit.entry)?;
    Some(Button { label: entry.question.clone(), press: Press::Read(entry.id.clone()), primary: true })
}

fn with_notice(personal: bool, text: String, language: Language) -> String {
    if personal { format!("{}\n\n{text}", language.personal_notice()) } else { text }
}
