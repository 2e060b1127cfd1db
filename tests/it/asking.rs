//! What a question gets, over the shipped collection: text in, entry out.
//!
//! 1. A question gets its entry, however it is typed: brands, shorthand, misspellings.
//! 2. What the FAQ has nothing on gets no passage.
//! 3. A name of a medicine is never guessed.
//! 4. An entry about another medicine than the one that is meant is no answer.
//! 5. Why is told in a person's words.

use crate::shipped::index;
use pamphlet::answer::{Decision, Incoming, Surface, decide, story};
use pamphlet::search::Index;
use std::sync::LazyLock;

static INDEX: LazyLock<Index> = LazyLock::new(index);

/// The decision on a question, on one line.
fn decided(incoming: &Incoming) -> String {
    match decide(&INDEX, incoming).decision {
        Decision::Answer { hit, personal, .. } => format!("{}{}", hit.entry, if personal { " (personal)" } else { "" }),
        Decision::Suggest { personal, .. } => format!("suggest{}", if personal { " (personal)" } else { "" }),
        Decision::NotCovered { gap, .. } => format!("nothing on {}", gap.as_deref().unwrap_or("it")),
        Decision::Urgent(kind) => format!("urgent: {}", kind.name()),
        Decision::Help => "help".to_owned(),
        Decision::Silent(why) => format!("silent: {why:?}"),
    }
}

#[track_caller]
fn check(question: &str, expected: &str) {
    assert_eq!(decided(&Incoming::asked(question)), expected, "{question:?}");
}

#[test]
fn a_question_gets_its_entry_however_it_is_typed() {
    check("what does rituximab do", "rituximab-what");
    check("is tofacitinib a pill", "tofacitinib-pill");
    check("where can I find trials", "trials-where");
    check("does diet help", "diet");
    check("xeljanz", "tofacitinib-what");
    check("side efects of predisone", "steroids-side-effects");
    check("does prednisone weaken bones", "steroids-bones");
    check("does prednisone make me gain weight", "steroids-weight");
    check("WILL PREDNISONE WRECK MY BONES???", "steroids-bones");
}

#[test]
fn what_the_faq_has_nothing_on_gets_no_passage() {
    check("best pizza in Rome", "nothing on it");
    check("is IVIG any good", "nothing on IVIG");
    check("tell me a joke", "nothing on it");
}

#[test]
fn what_it_is_is_never_guessed() {
    for question in ["is it a pill?", "is it approved", "does it weaken bones"] {
        check(question, "suggest");
        let before = vec!["hello everyone".to_owned()];
        let after = Incoming { context: before, ..Incoming::asked(question) };
        assert_eq!(decided(&after), "suggest", "{question:?}");
    }
    check("what can you do that isnt a drug", "non-drug-options");
    for before in ["what is rituximab", "how do biologics work"] {
        for question in ["is it a pill?", "pill or jab?", "is it swallowed"] {
            let after = Incoming { context: vec![before.to_owned()], ..Incoming::asked(question) };
            let entry = decided(&after);
            assert!(!entry.contains("-pill"), "{before:?}, {question:?}: {entry} is said of JAK inhibitors");
        }
    }
    let named = decided(&Incoming::asked("rituximb pill or drip"));
    assert!(!named.contains("-pill"), "{named}");
}

#[test]
fn a_name_of_a_medicine_is_never_guessed() {
    let named = |text: &str| INDEX.read(text).reading().named.join(" ");
    assert_eq!(named("rituximabb"), "rituximab");
    assert_eq!(named("methotrexatte"), "methotrexate");
    assert_eq!(named("ritoxymabb"), "", "two edits and more may be another medicine");
    // Two edits from baricitinib, and another medicine.
    assert_eq!(named("abrocitinib"), "abrocitinib");
    assert_eq!(named("prednisolone"), "prednisolone");
    // As near to one medicine as to another: not ours to choose.
    assert_eq!(named("xaricitinib xofacitinib"), "");
}

#[test]
fn an_entry_about_another_medicine_is_never_the_answer() {
    let after = |context: &str, question: &str| {
        decided(&Incoming { context: vec![context.to_owned()], ..Incoming::asked(question) })
    };
    assert_eq!(after("what is rituximab", "is it approved"), "suggest");
    assert_eq!(after("what is rituximab", "is it safe long term"), "suggest");
    assert_eq!(after("what is tofacitinib", "is it approved"), "tofacitinib-approved");
}

#[test]
fn advice_for_one_person_comes_with_the_notice() {
    check("should i take rituximab or abatacept", "rituximab-or-abatacept (personal)");
}

#[test]
fn danger_comes_before_everything() {
    check("what does rituximab do, i cant breathe", "urgent: medical");
    check("xeljanz did nothing and i want to die", "urgent: crisis");
}

#[test]
fn talk_that_is_overheard_is_left_alone_unless_it_is_a_sure_question() {
    let overheard =
        |text: &str| decided(&Incoming { text: text.to_owned(), surface: Surface::Overheard, context: Vec::new() });
    assert_eq!(overheard("hello"), "silent: NotSure");
    assert_eq!(overheard("actemra day, wearing the lucky socks"), "silent: NotSure");
    assert_eq!(overheard("what does rituximab do"), "rituximab-what");
}

/// What `ask --explain` tells of a message.
#[track_caller]
fn check_story(question: &str, expected: &[&str]) {
    let told = story(&INDEX, &decide(&INDEX, &Incoming::asked(question))).join("\n");
    for part in expected {
        assert!(told.contains(part), "{question:?}: no {part:?} in\n{told}");
    }
}

#[test]
fn a_decision_is_explained_in_a_persons_words() {
    check_story(
        "will pred wreck my bones",
        &["Answered with `steroids-bones`", "It names: corticosteroids", "likely to be right"],
    );
    check_story(
        "does ivig help the skin",
        &["the FAQ has nothing on IVIG", "It is worded like a question that an FAQ"],
    );
    check_story("write me a poem about pizza", &["nothing in the FAQ is near enough", "nothing to do with treatment"]);
    check_story("i cant breathe since this morning", &["medical emergency", "The sign: trouble breathing"]);
    check_story("should i stop my methotrexate", &["It asks what one person should do"]);
}
