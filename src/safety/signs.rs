//! The signs that a message shows: of danger, and of a wish for advice on one's own treatment.

use super::danger::{self, Danger};
use crate::faq::UrgentPhrase;
use crate::kinds::{Kind, Kinds};
use crate::learn::{Features, Tokens};
use crate::text;

/// From here on, a message asks for advice.
const ADVICE: f32 = 0.12;

/// What a message shows.
#[derive(Debug, Clone)]
pub struct Signs {
    /// What of it is its author's own words.
    pub own: String,
    /// The features of these words.
    pub features: Features,
    /// What kind of message it is.
    pub kinds: Kinds,
    /// The danger that it shows.
    pub danger: Option<Danger>,
}

impl Signs {
    /// The signs of a message, of which at most [`text::MAX_READ`] characters are read. `asked` says whether it was put to
    /// pamphlet; `added` are the collection's own urgent phrases.
    pub fn of(message: &str, asked: bool, added: &[UrgentPhrase]) -> Self {
        let mut own = text::own_words(message);
        own.truncate(text::as_read(&own).len());
        let tokens = Tokens::of(&own);
        let features = tokens.all_features();
        let kinds = Kinds::of(&features);
        let danger = danger::danger(&own, &tokens, &kinds, asked, added);
        Self { own, features, kinds, danger }
    }

    /// Whether the message asks what one person should do: dose, stop, start, switch, interaction, result, diagnosis, missed
    /// dose, where to get a prescription medicine. A single word, such as the name of a medicine, asks for no advice.
    pub fn personal(&self) -> bool {
        self.own.split_whitespace().nth(1).is_some() && self.kinds.chance(Kind::Personal) >= ADVICE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_wish_for_advice_is_noticed() {
        let personal = |message: &str| Signs::of(message, true, &[]).personal();
        for message in [
            "should i stop my methotrexate",
            "missed two azathioprine, double up tonight?",
            "my ck is 3400 is that bad",
            "anyone sell me leftover imuran?",
            "cellcept to mtx bc skin is going nuts, do it?",
        ] {
            assert!(personal(message), "{message}");
        }
        for message in ["what does rituximab do", "why did they put me on methotrexate", "where do i find a trial"] {
            assert!(!personal(message), "{message}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_signs(text in any::<String>(), asked: bool) {
            Signs::of(&text, asked, &[]).personal();
        }
    }
}
