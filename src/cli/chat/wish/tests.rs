//! What each way of typing a line wishes for.

use super::*;
use serde_json::json;

fn commands() -> Vec<Command> {
    let commands = json!([
        { "name": "ask", "type": 1, "description": "Ask", "options": [{ "name": "question", "type": 3 }] },
        { "name": "topics", "type": 1, "description": "See", "options": [] },
        { "name": "faq", "type": 1, "options": [
            { "name": "find", "type": 1, "options": [{ "name": "word", "type": 3 }, { "name": "most", "type": 4 }] },
        ] },
        { "name": "Answer from the FAQ", "type": 3, "description": null, "options": [] },
    ]);
    serde_json::from_value(commands).unwrap()
}

#[track_caller]
fn check(line: &str, expected: Wish) {
    assert_eq!(read(line, &commands()), Ok(expected), "{line:?}");
}

#[track_caller]
fn check_refused(line: &str, expected: &str) {
    assert_eq!(read(line, &commands()), Err(expected.to_owned()), "{line:?}");
}

fn typed(name: &str, options: Value) -> Typed {
    Typed { name: name.to_owned(), options: options.as_object().unwrap().clone() }
}

#[test]
fn a_plain_line_is_for_the_bot() {
    check("", Wish::Nothing);
    check("  \t", Wish::Nothing);
    check(" does diet help? ", Wish::Ask("does diet help?".to_owned()));
    check("say i miss a dose, what then?", Wish::Ask("say i miss a dose, what then?".to_owned()));
    for smile in [":)", ":-( it hurts", ":pill: every day", "/", "/5 mg", "1.", "2000"] {
        check(smile, Wish::Ask(smile.to_owned()));
    }
}

#[test]
fn a_number_is_a_choice() {
    check("1", Wish::Pick(1));
    check(" 12 ", Wish::Pick(12));
    check("0", Wish::Pick(0));
}

#[test]
fn a_word_after_a_colon_is_for_the_chat() {
    check(":say what does rituximab do", Wish::Say("what does rituximab do".to_owned()));
    check(":dm", Wish::Channel("dm".to_owned()));
    check(":channel #questions", Wish::Channel("questions".to_owned()));
    check(":channel", Wish::Channel(String::new()));
    check(":as alex", Wish::Member("alex".to_owned()));
    check(":AS @alex", Wish::Member("alex".to_owned()));
    check(":menu", Wish::Menu("Answer from the FAQ".to_owned()));
    check(":menu answer from the faq", Wish::Menu("Answer from the FAQ".to_owned()));
    check(":transcript", Wish::Transcript);
    check(":help", Wish::Help);
    check(":quit", Wish::Quit);
    check_refused(
        ":exit now",
        "There is no :exit. There are :dm, :channel, :as, :say, :menu, :transcript, :help and :quit.",
    );
    check_refused(":say", "Write what to say after :say.");
    check_refused(":menu pin", "The menu of a message has no “pin”. It has: Answer from the FAQ.");
    assert_eq!(read(":menu", &[]), Err("The menu of a message is empty here.".to_owned()));
}

#[test]
fn a_command_has_options() {
    check("/topics", Wish::Use(typed("topics", json!({}))));
    check("/ask", Wish::Use(typed("ask", json!({}))));
    check("/ask does diet help?", Wish::Use(typed("ask", json!({ "question": "does diet help?" }))));
    check("/ask question:does diet: help", Wish::Use(typed("ask", json!({ "question": "does diet: help" }))));
    check("/faq find most:3 word:a b", Wish::Use(typed("faq find", json!({ "most": "3", "word": "a b" }))));
    check("/faq find bones", Wish::Use(typed("faq find", json!({ "word": "bones" }))));
    check_refused("/topics all", "/topics takes nothing after it.");
    check_refused("/quit", "There is no /quit. There are /ask, /topics, /faq.");
}

#[test]
fn a_question_mark_alone_asks_for_completions() {
    let complete = |name: &str, options: Value, option: &str, text: &str| Wish::Complete {
        typed: typed(name, options),
        option: option.to_owned(),
        text: text.to_owned(),
    };
    check("/ask ste ?", complete("ask", json!({}), "question", "ste"));
    check("/ask ?", complete("ask", json!({}), "question", ""));
    check("/ask question:ste ?", complete("ask", json!({}), "question", "ste"));
    check("/faq find word:a most:1 ?", complete("faq find", json!({ "word": "a" }), "most", "1"));
    check_refused("/topics ?", "/topics has nothing to complete.");
    check("/ask xeljanz?", Wish::Use(typed("ask", json!({ "question": "xeljanz?" }))));
}

#[test]
fn the_help_names_what_there_is() {
    let help = help(&commands());
    let lines: Vec<&str> = help.lines().collect();
    assert!(lines.contains(&"  /ask question     Ask"), "{help}");
    assert!(lines.contains(&"  :as alex          be another member"), "{help}");
    for line in lines.iter().filter_map(|line| line.trim().split_once("  ")) {
        assert!(read(line.0, &commands()).is_ok(), "{line:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_line_is_read(line: String) {
        let _ = read(&line, &commands());
    }
}
