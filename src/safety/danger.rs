//! Danger in a message.
//!
//! It is seen by two that look in different ways. Lists of signs (`urgent/`) find what was thought of, and say what it is;
//! what was learned from thousands of messages (`kinds`) finds what nobody thought of, and doubts what is only a figure of
//! speech. Each makes up for the other: a sign of the lists needs less of what was learned, and with enough of that no list
//! is needed.

use super::urgent;
use crate::faq::{HelpKind, UrgentPhrase};
use crate::kinds::{Kind, Kinds};
use crate::learn::Tokens;
use std::ops::Range;

/// From here on, a message shows a medical emergency though no list has a sign of it.
const SURE_OF_EMERGENCY: f32 = 0.55;
/// The same for despair, which people word less plainly and joke of less.
const SURE_OF_DESPAIR: f32 = 0.35;
/// The same for a message of few words, which say little of what is meant.
const SURE_IF_SHORT: f32 = 0.8;
/// So few words. One alone is no danger unless a list has it.
const SHORT: usize = 4;
/// From here on, a message shows danger where a list has a sign of it.
const SURE_WITH_SIGN: f32 = 0.3;
/// From here on, one part of a message shows it where a list has a sign: a part by itself lacks what else is said.
const SURE_IN_PART: f32 = 0.95;
/// Under this, a list's sign is of another danger than the message.
const UNLIKELY: f32 = 0.03;
/// What is sure enough without a sign where nobody asked pamphlet: talk is full of such words.
const SURE_UNASKED: f32 = 0.98;
/// The same as [`SURE_WITH_SIGN`] where nobody asked pamphlet.
const SURE_UNASKED_WITH_SIGN: f32 = 0.9;
/// Of a message that is less familiar than this, only the lists know something. How familiar messages are depends on what is
/// learned: where a feature of one lesson counts, as in `build.rs`, one in forty urgent messages is less so.
const FAMILIAR: f32 = 0.7;
/// The same for one part of a message: few words are soon unfamiliar.
const FAMILIAR_PART: f32 = 0.64;
/// What joins the parts of a sentence, besides its marks.
const JOINING: [&str; 3] = ["and", "but", "also"];
/// The most parts that are looked at by themselves: the last ones, more than the longest message of a member has in earnest.
const MAX_PARTS: usize = 64;
/// Longer messages than the lessons are looked at piece by piece, too: so many words and marks at a time, half of them anew.
const PIECE: usize = 120;
/// The most words and marks of a message that needs no cutting.
const WHOLE: usize = 180;

/// A danger that a message shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Danger {
    /// Which card it brings.
    pub kind: HelpKind,
    /// What threatens, in plain words and never the person's: "trouble breathing".
    pub because: &'static str,
}

/// The danger in a message. Despair comes first: its card names help for both.
pub(super) fn danger(own: &str, tokens: &Tokens, kinds: &Kinds, asked: bool, added: &[UrgentPhrase]) -> Option<Danger> {
    let (learned, kind) = gravest(tokens, kinds);
    let words: usize = tokens.stretches().map(|(_, words)| words.len()).sum();
    let (alone, with_sign) = match kind {
        _ if !asked => (SURE_UNASKED, SURE_UNASKED_WITH_SIGN),
        _ if words <= 1 => (f32::INFINITY, SURE_WITH_SIGN),
        _ if words <= SHORT => (SURE_IF_SHORT, SURE_WITH_SIGN),
        HelpKind::Medical => (SURE_OF_EMERGENCY, SURE_WITH_SIGN),
        HelpKind::Crisis => (SURE_OF_DESPAIR, SURE_WITH_SIGN),
    };
    let enough = learned >= with_sign || kinds.familiar() < FAMILIAR;
    // A cry for help at the end of a plain question is outweighed by the question, but not in its own part of the message.
    let enough = enough || (asked && has_grave_part(tokens));
    let listed = if enough { urgent::listed(own) } else { None };
    let worded =
        (learned >= alone).then_some(Danger { kind, because: "it is worded as people word it who are in danger" });
    let seen = match (listed, worded) {
        // Where the two see another danger, despair comes first, unless only hints of it add up in a cry for a doctor.
        (Some(sign), Some(worded)) if sign.kind != kind && kinds.chance(of(sign.kind)) < UNLIKELY => Some(worded),
        (Some(sign), Some(worded)) if worded.kind == HelpKind::Crisis && sign.kind != kind => Some(worded),
        (listed, worded) => listed.or(worded),
    };
    if seen.is_some_and(|danger| danger.kind == HelpKind::Crisis) {
        return seen;
    }
    let by_collection = |kind| urgent::added(own, added, kind);
    by_collection(HelpKind::Crisis).or(seen).or_else(|| by_collection(HelpKind::Medical))
}

/// The kind of message that a card is for.
fn of(kind: HelpKind) -> Kind {
    match kind {
        HelpKind::Medical => Kind::Medical,
        HelpKind::Crisis => Kind::Crisis,
    }
}

/// Whether a message of several parts has one that shows danger: what was learned says so or knows nothing of it, and the lists
/// have a sign in the stretch that it stands in.
fn has_grave_part(tokens: &Tokens) -> bool {
    let joins = |token: &usize| JOINING.iter().any(|word| tokens.is(*token, word));
    let parts = tokens.stretches().flat_map(|(stretch, words)| {
        let borders = words.clone().filter(joins).chain([words.end]);
        let parts = borders.scan(words.start, |start, end| Some(std::mem::replace(start, end + 1)..end));
        parts.filter(|part| part.len() > 1).map(move |part| (stretch, part)).collect::<Vec<_>>()
    });
    let mut parts: Vec<(&str, Range<usize>)> = parts.collect();
    parts.drain(..parts.len().saturating_sub(MAX_PARTS));
    if parts.len() < 2 {
        return false;
    }
    parts.retain(|(_, part)| {
        let kinds = Kinds::of(&tokens.features(part.clone()));
        kinds.danger() >= SURE_IN_PART || kinds.familiar() < FAMILIAR_PART
    });
    // However many parts a stretch has, it is read once.
    parts.dedup_by_key(|(stretch, _)| stretch.as_ptr());
    parts.into_iter().any(|(stretch, _)| urgent::listed(stretch).is_some())
}

/// How likely a message shows danger, by what was learned, and which: of the whole and, where that is long, of the gravest
/// piece of it.
fn gravest(tokens: &Tokens, kinds: &Kinds) -> (f32, HelpKind) {
    let of = |kinds: &Kinds| {
        let despairs = kinds.chance(Kind::Crisis) >= kinds.chance(Kind::Medical);
        (kinds.danger(), if despairs { HelpKind::Crisis } else { HelpKind::Medical })
    };
    let all = tokens.len();
    if all <= WHOLE {
        return of(kinds);
    }
    // The last piece is a whole one: a few words that end a long post say little of what is meant.
    let last = all - PIECE;
    let starts = (0..last).step_by(PIECE / 2).chain([last]);
    let pieces = starts.map(|start| of(&Kinds::of(&tokens.features(start..start + PIECE))));
    pieces.fold(of(kinds), |gravest, piece| if piece.0 > gravest.0 { piece } else { gravest })
}

#[cfg(test)]
mod tests {
    use super::super::Signs;
    use super::*;
    use proptest::prelude::*;

    const MEDICAL: Option<HelpKind> = Some(HelpKind::Medical);
    const CRISIS: Option<HelpKind> = Some(HelpKind::Crisis);

    fn danger_in(message: &str) -> Option<HelpKind> {
        Signs::of(message, true, &[]).danger.map(|danger| danger.kind)
    }

    #[track_caller]
    fn check(message: &str, expected: Option<HelpKind>) {
        assert_eq!(danger_in(message), expected, "{message:?}");
    }

    #[test]
    fn an_emergency_is_seen_in_any_wording() {
        check("I can't breathe properly since this morning", MEDICAL);
        check("my mum has crushing chest pain", MEDICAL);
        check("i took my methotrexate every day this week", MEDICAL);
        check("does xeljanz cause clots. one calf is massive hot and red", MEDICAL);
        check("dad sounds like a percolator when he breathes", MEDICAL);
        check("her lips are going blue", MEDICAL);
        for elsewhere in ["no puedo respirar", "я не могу дышать", "我喘不过气来", "息ができない", "nie mogę oddychać"]
        {
            check(elsewhere, MEDICAL);
        }
        check("i cant breeth", MEDICAL);
        check("I can't breathe!", MEDICAL);
        check("I think I'm having a heart attack", MEDICAL);
        check("my brother has just had a stroke", MEDICAL);
        check("The weather is lovely today. I can't swallow. We might go to the beach.", MEDICAL);
    }

    #[test]
    fn despair_is_seen_in_any_wording() {
        check("I want to die", CRISIS);
        check("everyone would be better off without me", CRISIS);
        check("i wont be here to bother anyone much longer", CRISIS);
        check("kms", CRISIS);
        for elsewhere in ["我想死", "死にたい", "хочу умереть", "أريد أن أموت", "죽고 싶어요", "मैं मरना चाहता हूँ"]
        {
            check(elsewhere, CRISIS);
        }
        check("i cant breathe and i want to die", CRISIS);
    }

    #[test]
    fn few_words_are_no_danger_by_themselves() {
        for message in
            ["last", "next", "tomorrow", "please", "sorry", "when", "bye", "tell me more", "and if that fails"]
        {
            check(message, None);
        }
        check("suicidal", CRISIS);
        check("cant breathe", MEDICAL);
    }

    #[test]
    fn a_cry_for_help_is_seen_behind_a_plain_question() {
        check("how does methotrexate work and what are its side effects, is it a pill. i want to die", CRISIS);
        check(
            "what does rituximab do, how is it given, is it a pill or an infusion? crushing chest pain since an hour",
            MEDICAL,
        );
        check("does rituximab lower the immune system and how long does it take to work? no puedo respirar", MEDICAL);
    }

    #[test]
    fn a_figure_of_speech_a_memory_and_a_question_are_no_danger() {
        check("dying of laughter", None);
        for harmless in
            ["made myself a cup of tea", "i taught myself to knit", "what can i do myself?", "what would it take"]
        {
            check(harmless, None);
        }
        check("had a heart attack in 2015, fine now", None);
        check("does prednisone cause chest pain?", None);
        check("dysphagia", None);
        check("> i want to die\nwho wrote that?", None);
        check("will prednisone wreck my bones?", None);
        check("", None);
    }

    #[test]
    fn danger_is_seen_in_the_midst_of_a_long_post() {
        let story =
            "we went to the market and bought apples for the pie that my aunt likes so much on sundays. ".repeat(12);
        check(&story, None);
        check(&format!("{story} i cant breathe, my lips are blue, please help. {story}"), MEDICAL);
        for end in ["i dont know", "alone", "goodbye all", "tomorrow"] {
            check(&format!("{} {end}", story.trim_end_matches(". ")), None);
        }
    }

    #[test]
    fn a_collections_own_phrase_is_enough() {
        let added = [UrgentPhrase { kind: HelpKind::Medical, phrase: "purple spots".to_owned() }];
        assert!(Signs::of("he has purple spots on the knee", true, &added).danger.is_some());
    }

    proptest! {
        #[test]
        fn a_clear_sign_is_seen_beside_any_letters(text in "[b-z ]{0,200}") {
            prop_assert_eq!(danger_in(&format!("{text}\ni am going to kill myself tonight")), CRISIS);
            let beside = format!("{text}\nhelp, i cant breathe right now");
            prop_assert!(danger_in(&beside).is_some());
        }
    }
}
