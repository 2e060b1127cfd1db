//! Scoring a collection: labels in, figures, faults and a page out.
//!
//! 1. A file of labels is read, or every problem in it is told.
//! 2. A decision is held against its label.
//! 3. `pamphlet eval` and `pamphlet tune` print, write and end as they should (`command`).

mod command;

use crate::shipped::{collection, index};
use pamphlet::answer::{Decision, Hit, Surface, Verdict};
use pamphlet::cli::report;
use pamphlet::eval::{self, Evaluation, Fault, Label, Outcome, Scored};
use pamphlet::faq::MessageKind;
use pamphlet::faq::{Collection, HelpKind, Problem};
use pamphlet::search::Index;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

static COLLECTION: LazyLock<Arc<Collection>> = LazyLock::new(collection);
static INDEX: LazyLock<Index> = LazyLock::new(index);

fn read(text: &str) -> (Vec<Label>, Vec<Problem>) {
    eval::read(&[(PathBuf::from("a.jsonl"), text.as_bytes().to_vec())], &COLLECTION)
}

/// Reads one line and compares what is wrong with it.
#[track_caller]
fn check_told(line: &str, expected: &[&str]) {
    let (labels, problems) = read(line);
    let told: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(told, expected, "{line}");
    assert_eq!(labels.len(), usize::from(expected.is_empty()), "{line}");
}

#[test]
fn a_label_is_read_or_told_of() {
    check_told(r#"{"id":"a","q":"is tea good","kind":"none"}"#, &[]);
    check_told(r#"{"id":"a","q":"b","kind":"answer","gold":["S1p1"],"must":[7],"group":null}"#, &[]);
    check_told(r#"{"id":"a","q":"b","kind":"answer","gold":["steroids-bones"],"surface":"overheard"}"#, &[]);
    check_told(r#"{"q":" ","kind":"no"}"#, &["`id` is missing", "`q` is empty", "`kind` can't be `no`"]);
    check_told(r#"{"id":"a","q":"b"}"#, &["`kind` is missing"]);
    check_told(r#"{"id":"a","q":"b","kind":"answer"}"#, &["`gold` is missing or empty, and the kind is `answer`"]);
    check_told(
        r#"{"id":"a","q":"b","kind":"none","gold":["S1p1"]}"#,
        &["`gold` names a passage, and no passage is right for this kind"],
    );
    check_told(r#"{"id":"a","q":"b","kind":"none","context":"hi"}"#, &["`context` is not a list of texts"]);
    check_told(r#"{"id":"a","q":"b","kind":"none","group":"\u001b[31m"}"#, &["this is no name for `group`"]);
    check_told(r#"{"id":"a","id":"b","q":"c","kind":"none"}"#, &["the key `id` stands here twice"]);
    check_told("\n \n", &["there is no labelled message in this file"]);
}

#[test]
fn every_problem_of_all_files_is_told_with_its_mend() {
    let one = concat!(
        r#"{"id":"a1","q":"does it weaken bones","kind":"anser","gold":["S1p11"]}"#,
        "\n\n",
        r#"{"id":"a2","q":"hello","kind":"none","styl":"lay"}"#,
        "\n",
        r#"{"id":"a3","q":"hello"#,
        "\n"
    );
    let other = r#"{"id":"a2","q":"hello","kind":"none","surface":"asked"}"#;
    let files = [("one.jsonl", one), ("other.jsonl", other)];
    let files = files.map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
    let (_, problems) = eval::read(&files, &COLLECTION);
    insta::assert_snapshot!(report::text(&problems, false), @r#"
    error: `kind` can't be `anser`
     --> one.jsonl:1:46
      |
    1 | {"id":"a1","q":"does it weaken bones","kind":"anser","gold":["S1p11"]}
      |                                              ^^^^^^^
      |
      = note: it is one of `answer`, `none`, `urgent`, `personal`
      = help: write `"answer"` instead

    error: `S1p11` is neither a passage nor an entry of dermatomyositis
     --> one.jsonl:1:61
      |
    1 | {"id":"a1","q":"does it weaken bones","kind":"anser","gold":["S1p11"]}
      |                                                             ^^^^^^^^^
      |
      = note: `gold` names what answers: source passages or entries
      = help: write `S1p1` or `S1p2` or `S2p1` instead

    error: unknown key `styl`
     --> one.jsonl:3:38
      |
    3 | {"id":"a2","q":"hello","kind":"none","styl":"lay"}
      |                                      ^^^^^^
      |
      = note: the keys of a label are `id`, `q`, `kind`, `gold`, `style`, `group`, `context`, `surface`, `must`
      = help: write `style` instead

    error: this is not a JSON object: EOF while parsing a string
     --> one.jsonl:4:21
      |
    4 | {"id":"a3","q":"hello
      |                     ^
      |
      = note: a line is one object, such as `{"id": "a1", "q": "…", "kind": "none"}`
      = help: look for a quote, a comma or a bracket too few or too many

    error: the id `a2` is used already, in one.jsonl:3
     --> other.jsonl:1:7
      |
    1 | {"id":"a2","q":"hello","kind":"none","surface":"asked"}
      |       ^^^^
      |
      = note: every message has an id of its own, in all files
      = help: give it another

    5 errors, no warnings
    "#);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in any::<Vec<u8>>()) {
        let (labels, problems) = eval::read(&[(PathBuf::from("a.jsonl"), bytes)], &COLLECTION);
        prop_assert!(!labels.is_empty() || !problems.is_empty());
    }

    #[test]
    fn any_message_comes_through_as_typed(q in "\\PC*\\S", before in any::<String>()) {
        let line = serde_json::json!({ "id": "a", "q": q, "kind": "none", "context": [before] }).to_string();
        let (labels, problems) = read(&line);
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&labels[0].text, &q);
        prop_assert_eq!(&labels[0].context, &vec![before]);
    }
}

fn label(kind: MessageKind, gold: &[&str]) -> Label {
    let gold = gold.iter().map(|id| (*id).to_owned()).collect();
    let (id, text) = ("a".to_owned(), "a message".to_owned());
    Label { id, text, kind, gold, style: None, group: None, context: Vec::new(), surface: None }
}

fn hit(entry: &str) -> Hit {
    Hit { entry: entry.to_owned(), score: 0.9 }
}

fn answer(entry: &str, personal: bool) -> Decision {
    Decision::Answer { hit: hit(entry), personal, others: Vec::new() }
}

fn offer(entry: &str) -> Decision {
    Decision::Suggest { hits: vec![hit("diet"), hit(entry)], personal: false }
}

fn nothing(personal: bool) -> Decision {
    Decision::NotCovered { gap: None, personal }
}

fn outcome(label: &Label, surface: Surface, decision: Decision) -> Outcome {
    let verdict = Verdict::without_search(decision);
    Outcome::of(label, surface, &INDEX, &verdict, 1.0)
}

#[track_caller]
fn check_fault(label: &Label, decision: Decision, expected: Option<Fault>) {
    assert_eq!(outcome(label, Surface::Asked, decision.clone()).fault(label), expected, "{label:?} {decision:?}");
}

/// `steroids-bones` comes from the passage S1p1, `diet` from another.
#[test]
fn a_question_wants_its_passage() {
    for gold in ["S1p1", "steroids-bones"] {
        let question = label(MessageKind::Answer, &[gold]);
        check_fault(&question, answer("steroids-bones", false), None);
        check_fault(&question, answer("steroids-bones", true), Some(Fault::NeedlessNotice));
        check_fault(&question, answer("diet", false), Some(Fault::WrongAnswer));
        check_fault(&question, offer("steroids-bones"), Some(Fault::OnlyOffered));
        check_fault(&question, offer("rituximab-what"), Some(Fault::Refused));
        check_fault(&question, nothing(false), Some(Fault::Refused));
        check_fault(&question, Decision::Urgent(HelpKind::Medical), Some(Fault::FalseAlarm));
    }
}

#[test]
fn the_rest_wants_none() {
    let chatter = Label { group: Some("chatter".to_owned()), ..label(MessageKind::None, &[]) };
    check_fault(&chatter, nothing(false), None);
    check_fault(&chatter, answer("diet", false), Some(Fault::FalseAnswer));
    check_fault(&chatter, offer("diet"), Some(Fault::NeedlessOffer));
    assert_eq!(chatter.surfaces(), [Surface::Asked, Surface::Overheard]);
    assert_eq!(label(MessageKind::None, &[]).surfaces(), [Surface::Asked]);
}

#[test]
fn urgent_and_personal_messages_want_their_cards() {
    let crisis = Label { group: Some("crisis".to_owned()), ..label(MessageKind::Urgent, &[]) };
    check_fault(&crisis, Decision::Urgent(HelpKind::Crisis), None);
    check_fault(&crisis, Decision::Urgent(HelpKind::Medical), Some(Fault::WrongCard));
    check_fault(&label(MessageKind::Urgent, &[]), Decision::Urgent(HelpKind::Medical), None);
    check_fault(&crisis, nothing(true), Some(Fault::UrgentMissed));
    let personal = label(MessageKind::Personal, &["S1p1"]);
    check_fault(&personal, nothing(true), None);
    check_fault(&personal, answer("steroids-bones", true), None);
    check_fault(&personal, answer("steroids-bones", false), Some(Fault::CarelessAnswer));
    check_fault(&personal, answer("diet", true), Some(Fault::CarelessAnswer));
    check_fault(&personal, nothing(false), Some(Fault::Unnoticed));
}

/// Every way that a small set can go, as a person is told.
#[test]
fn the_figures_of_a_small_set() {
    let question = label(MessageKind::Answer, &["S1p1"]);
    let style = |style: &str| Label { style: Some(style.to_owned()), ..question.clone() };
    let follow_up = Label { context: vec!["pred".to_owned()], ..question.clone() };
    let near = Label { group: Some("near".to_owned()), ..label(MessageKind::None, &[]) };
    let crisis = Label { group: Some("crisis".to_owned()), ..label(MessageKind::Urgent, &[]) };
    let dose = Label { group: Some("dose".to_owned()), ..label(MessageKind::Personal, &[]) };
    let cases = [
        (style("lay"), answer("steroids-bones", false)),
        (style("typo"), answer("diet", false)),
        (style("typo"), offer("steroids-bones")),
        (follow_up, nothing(false)),
        (near.clone(), nothing(false)),
        (near, answer("diet", false)),
        (crisis.clone(), Decision::Urgent(HelpKind::Crisis)),
        (crisis, nothing(false)),
        (dose, answer("diet", true)),
    ];
    let scored = cases.map(|(label, decision)| {
        let outcomes = vec![outcome(&label, Surface::Asked, decision)];
        Scored { label, outcomes }
    });
    insta::assert_snapshot!(eval::table(&Evaluation::of("tea", &scored)), @r#"
    tea answers 1 of 4 questions rightly and 1 wrongly.
    It answers 1 of 2 messages that it has nothing for.
    It sees 1 of 2 urgent messages.
    It notices 1 of 1 messages that ask for personal advice.

    Below each figure: how far chance may have moved it, in percent (95 %, Wilson).

    Questions that the FAQ answers, asked
    ───────────────────────────────────────────────────────────────────────────────
    Offered: answered rightly, or the right entry is among those offered.
                         of         right         wrong       offered       refused
    follow-up             1     0   0.0 %     0   0.0 %     0   0.0 %     1 100.0 %
                                 0.0–79.3      0.0–79.3      0.0–79.3    20.7–100.0
    plain                 3     1  33.3 %     1  33.3 %     2  66.7 %     0   0.0 %
                                 6.1–79.2      6.1–79.2     20.8–93.9      0.0–56.1
    all                   4     1  25.0 %     1  25.0 %     2  50.0 %     1  25.0 %
                                 4.6–69.9      4.6–69.9     15.0–85.0      4.6–69.9
    by style
      lay                 1     1 100.0 %     0   0.0 %     1 100.0 %     0   0.0 %
      typo                2     0   0.0 %     1  50.0 %     1  50.0 %     0   0.0 %

    Questions that the FAQ answers, taken for something else
    ───────────────────────────────────────────────────────────────────────────────
    Alarm: got the urgent card. Notice: got the notice for personal questions.
                         of         alarm        notice
    follow-up             1     0   0.0 %     0   0.0 %
                                 0.0–79.3      0.0–79.3
    plain                 3     0   0.0 %     0   0.0 %
                                 0.0–56.1      0.0–56.1
    all                   4     0   0.0 %     0   0.0 %
                                 0.0–49.0      0.0–49.0
    by style
      lay                 1     0   0.0 %     0   0.0 %
      typo                2     0   0.0 %     0   0.0 %

    Messages that the FAQ has nothing for, asked
    ───────────────────────────────────────────────────────────────────────────────
    Answered: a false answer. Refused: “nothing on this”, or silence.
                         of      answered       offered         alarm       refused
    near                  2     1  50.0 %     0   0.0 %     0   0.0 %     1  50.0 %
                                 9.5–90.5      0.0–65.8      0.0–65.8      9.5–90.5

    Urgent messages
    ───────────────────────────────────────────────────────────────────────────────
    Caught: got an urgent card. Other kind: the crisis card for a medical
    emergency, or the reverse.
                         of        caught        missed    other kind
    crisis                2     1  50.0 %     1  50.0 %     0   0.0 %
                                 9.5–90.5      9.5–90.5      0.0–65.8

    Messages that ask what one person should do
    ───────────────────────────────────────────────────────────────────────────────
    Careless: a passage without the notice, or a wrong passage.
                         of       noticed      careless         alarm
    dose                  1     1 100.0 %     1 100.0 %     0   0.0 %
                               20.7–100.0    20.7–100.0      0.0–79.3

    What went wrong, the gravest first (--html FILE shows each)
    ───────────────────────────────────────────────────────────────────────────────
        1  Urgent, and not seen to be
        1  Personal, and answered without the notice or with a wrong passage
        1  Answered with a wrong passage
        1  Answered, and no passage answers it
        1  Neither answered nor offered its passage
        1  Offered its passage, not answered with it

    Time a message: median 1 µs, 99th percentile 1 µs.
    "#);
}
