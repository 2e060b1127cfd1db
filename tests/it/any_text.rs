//! Whatever anybody types gets a decision: within bounds that are counted, and with a reply that Discord takes.

use crate::shipped::index;
use pamphlet::answer::{Body, Incoming, Surface, decide, respond, story};
use pamphlet::search::Index;
use pamphlet::words::Language;
use proptest::prelude::*;
use std::sync::LazyLock;

static INDEX: LazyLock<Index> = LazyLock::new(index);

/// The most ways in which one message is read: going on from what was before, by itself, and its last three questions.
const MAX_READINGS: usize = 5;
/// The most words of one message for which a repair is looked for.
const MAX_REPAIRS: usize = 2;
/// The most entries that are compared with one reading: what the search gives, and one asked for word for word.
const MAX_CANDIDATES: usize = 9;

/// Any Unicode at all, and what looks like a message: words of the collection with marks, mentions and noise between.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => prop::sample::select(vec![
            "pred", "rituximab", "steriods", "what", "does", "side effects", "weight?", "mum", "myositis.", "\n", "```", "> ",
            "@everyone", "<@123>", "<:sob:1>", "https://example.org", "and", "or\u{202e}", "\u{200b}", "😂", "Ｐｒｅｄ", "5mg",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ];
    let message = prop::collection::vec(word, 0..400).prop_map(|words| words.join(" "));
    prop_oneof![message, prop::collection::vec(any::<char>(), 0..10_000).prop_map(String::from_iter)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gets_a_decision_within_limits(text in text(), context in prop::collection::vec(text(), 0..3), overheard: bool) {
        let surface = if overheard { Surface::Overheard } else { Surface::Asked };
        let verdict = decide(&INDEX, &Incoming { text, surface, context });
        let effort = verdict.effort;
        prop_assert!(effort.readings <= MAX_READINGS);
        prop_assert!(effort.repairs <= MAX_REPAIRS);
        prop_assert!(effort.candidates <= effort.readings * MAX_CANDIDATES);
        story(&INDEX, &verdict);
        if let Some(reply) = respond(INDEX.collection(), &verdict.decision, None, Language::English) {
            let text = reply.text();
            prop_assert!(text.encode_utf16().count() <= 2_000);
            prop_assert!(reply.buttons.len() <= 25 && reply.buttons.iter().all(|button| button.label.chars().count() <= 80));
            prop_assert!(!text.contains("@everyone") && !text.contains("@here") && !text.contains("<@"));
            if let Body::Card(card) = &reply.body {
                prop_assert!(text.contains(card.passage()) && text.contains(card.reminder()));
            }
        }
    }
}
