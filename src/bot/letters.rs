//! What members send to the moderators: a question that the FAQ has no answer to, or what is wrong with a passage. It is written
//! in a form, looked at, and sent by its writer; between two steps it stands in Discord's own messages, and nowhere else.

use super::conversation::{Turn, plain_button, private_reply};
use super::memory::Pace;
use super::work::{inert, letter_of, to_entry};
use super::{Action, ChannelId, Forward, On, Scene};
use crate::answer::{Button, Decision, Field, Form, Incoming, Letter, Press, Reply, Surface, decide, respond};
use std::collections::BTreeMap;

const TEXT: &str = "text";
const NAME: &str = "name";
/// The most characters of a letter, so that a message holds it beside an urgent card.
pub(super) const MOST: u16 = 800;
/// The most characters of a name.
const MOST_NAME: u16 = 60;
/// What stands before a name at a letter's end.
const BY: &str = "\n— ";

impl Turn<'_> {
    /// Where letters of this place go, if they go anywhere.
    pub(super) fn letterbox(&self, scene: Scene) -> Option<ChannelId> {
        scene.server.and(self.chosen.moderator_channel)
    }

    /// The way to the moderators, where there is one.
    pub(super) fn to_moderators(&self, scene: Scene, letter: Letter) -> Option<Button> {
        let language = self.language();
        let label = match letter {
            Letter::Question => language.ask_moderators(),
            Letter::Problem(_) => language.report_problem(),
        };
        self.letterbox(scene).map(|_| plain_button(label, Press::Write(letter)))
    }

    /// The form of a letter. A question that the writer asked, and that Discord sent along, stands in it already.
    pub(super) fn form_of(&self, scene: Scene, letter: Letter, on: &On) -> Action {
        let language = self.language();
        if self.letterbox(scene).is_none() {
            return Action::Respond(private_reply(scene, language.no_letterbox()));
        }
        let (title, label, asked) = match &letter {
            Letter::Question => {
                let asked = on.question.as_deref().or_else(|| fenced(&on.text)).unwrap_or_default();
                (language.ask_moderators(), language.your_question(), asked)
            }
            Letter::Problem(_) => (language.report_title(), language.what_is_wrong(), ""),
        };
        let field = |id, label, value: &str, most| Field {
            id,
            label,
            value: value.chars().take(usize::from(most)).collect(),
            long: most == MOST,
            required: most == MOST,
            most,
        };
        let fields = vec![field(TEXT, label, asked, MOST), field(NAME, language.your_name(), "", MOST_NAME)];
        Action::Form(Form { press: Press::Write(letter), title, fields })
    }

    /// A letter as it will be, for its writer to send.
    pub(super) fn look_at(&self, scene: Scene, letter: Letter, fields: &BTreeMap<String, String>) -> Reply {
        let language = self.language();
        let field = |id| fields.get(id).map(|text| text.trim()).filter(|text| !text.is_empty());
        let Some(text) = field(TEXT) else { return private_reply(scene, language.empty_letter()) };
        let name = field(NAME).map(|name| format!("{BY}{}", name.replace('\n', " "))).unwrap_or_default();
        let look = if name.is_empty() { language.look_at_nameless() } else { language.look_at_named() };
        // Only a name that was given looks like one.
        let look = format!("{look}\n{}", inert(&format!("{}{name}", text.replace(BY, "\n- "))));
        // Moderators are no emergency service: who can help comes before all else.
        let look = self.beside_danger(scene, text, look);
        let send = Button { primary: true, ..plain_button(language.send(), Press::Send(letter)) };
        Reply { buttons: vec![send], ..private_reply(scene, look) }
    }

    /// Sends a letter, which stands in the message that its writer looked at.
    pub(super) fn send(&self, scene: Scene, letter: &Letter, on: &On) -> Action {
        let language = self.language();
        let (Some(channel), Some(text)) = (self.letterbox(scene), fenced(&on.text)) else {
            return Action::Respond(private_reply(scene, language.no_letterbox()));
        };
        if self.memory().pacer.count(scene.asker, None, self.now) != Pace::Fine {
            return Action::Respond(private_reply(scene, self.too_fast(scene)));
        }
        let send = plain_button(language.send(), Press::Send(letter.clone()));
        let lost = self.beside_danger(scene, text, format!("{}\n{}", language.letter_lost(), inert(text)));
        Action::Forward(Box::new(Forward {
            channel,
            key: on.message,
            letter: Reply {
                buttons: vec![to_entry(letter)],
                ..Reply::plain(format!("{}\n{}", letter_of(letter, text.contains(BY)), inert(text)))
            },
            sent: private_reply(scene, self.beside_danger(scene, text, language.letter_sent())),
            lost: Reply { buttons: vec![send], ..private_reply(scene, lost) },
        }))
    }

    /// What is said of a letter, below the urgent card if its text needs one. That stays until the letter is gone, and after it.
    fn beside_danger(&self, scene: Scene, text: &str, said: String) -> String {
        let Some(index) = self.index(scene) else { return said };
        let incoming = Incoming { text: text.to_owned(), surface: Surface::Asked, context: Vec::new() };
        let decision = decide(index, &incoming).decision;
        let urgent = matches!(decision, Decision::Urgent(_));
        let card = || respond(index.collection(), &decision, self.region(index), self.language());
        urgent.then(card).flatten().map_or_else(|| said.clone(), |card| format!("{}\n\n{said}", card.text()))
    }
}

/// The text in a message of pamphlet's that somebody typed.
pub(super) fn fenced(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("```\n")?;
    Some(rest.rsplit_once("\n```")?.0)
}

/// What a letter asks, without the name of its writer.
pub(super) fn asked_in(message: &str) -> Option<&str> {
    let letter = fenced(message)?;
    Some(letter.rsplit_once(BY).map_or(letter, |(text, _)| text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::safety::is_shown;
    use proptest::prelude::*;

    #[test]
    fn a_letter_is_read_back_without_its_name() {
        let check = |text: &str, expected: &str| assert_eq!(asked_in(&inert(text)), Some(expected), "{text}");
        check("does it hurt?\nreally?", "does it hurt?\nreally?");
        check("does it hurt?\n— sam", "does it hurt?");
        check("a ``` b", "a ''' b");
        assert_eq!(asked_in("no letter"), None);
    }

    proptest! {
        #[test]
        fn any_letter_is_read_back(text in "\\PC{1,40}\n?\\PC{0,40}[a-z]") {
            let shown: String = text.replace('`', "'").chars().filter(|letter| is_shown(*letter)).collect();
            prop_assert_eq!(fenced(&format!("Look:\n{}", inert(&text))).map(str::to_owned), Some(shown));
        }
    }
}
