//! `pamphlet chat`: the real binary, lines in over a pipe and what a person reads out.

use crate::shipped::{indexes, root};
use crate::stage::{Process, pamphlet};
use std::fs::{self, File};
use std::io::{PipeWriter, Write};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The command in a folder of its own, and the end of the pipe that its lines go into.
fn chat() -> (TempDir, Command, PipeWriter) {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let (faq, index) = (root().join("faq"), indexes());
    let settings = "region = \"GB\"\n[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n";
    fs::write(&config, format!("faq = {faq:?}\nindex = {index:?}\n{settings}")).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    let mut command = pamphlet();
    command.args(["chat", "--config"]).arg(config).current_dir(folder.path()).stdin(reader).stderr(Stdio::null());
    (folder, command, writer)
}

/// What a person reads who types these lines and then ends their input.
fn read(lines: &[&str]) -> String {
    let (folder, mut command, mut input) = chat();
    let output = folder.path().join("output");
    let mut process = Process::start(command.stdout(File::create(&output).unwrap()));
    input.write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
    drop(input);
    let ended = process.ended();
    let read = fs::read_to_string(&output).unwrap();
    assert_eq!(ended.code(), Some(0), "{read}");
    read
}

/// The parts of a text, in this order.
#[track_caller]
fn check(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} isn't in\n{rest}\nof\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

/// What stands between two parts of a text.
#[track_caller]
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before:?} isn't in\n{text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("{after:?} isn't in\n{rest}")).0
}

#[test]
fn questions_are_answered_in_order_and_buttons_are_pressed_by_number() {
    let text = read(&[
        "will prednisone wreck my bones?",
        "1",
        "/ask does diet help?",
        "1",
        "/topics",
        "999",
        "/ask Is tofacitinib a p ?",
        "1",
        "my dad cant breathe and his lips are blue",
        "best pizza in Rome",
    ]);
    check(
        &text,
        &[
            "on this machine alone",
            "Nothing of it is kept",
            ":help",
            " sam in #general\n  @pamphlet will prednisone wreck my bones?\n",
            " pamphlet in #general\n  **You may be asking: Does prednisone weaken bones?**\n",
            "Source: Dermatomyositis Treatment Advancements",
            "For your own case, ask your",
            "[1] Helpful  [2] Not helpful",
            "] Remove\n",
            " pamphlet in #general (only you see this)\n  Thank you for telling me.\n",
            " pamphlet in #general (only you see this)\n  **You may be asking: Does diet help",
            "] Show in channel\n",
            "(only you see this)\n  Thank you for telling me.\n",
            "  JAK inhibitors:\n",
            "] Is tofacitinib a pill?\n",
            "There is no [999]; there are [1] to [",
            "  [1] Is tofacitinib a pill?\n",
            "(only you see this)\n  **You may be asking: Is tofacitinib a pill?**\n",
            " pamphlet in #general\n  **This may need help right now. Please call 999.**\n",
            "`/topics` shows what the FAQ covers.\n",
        ],
    );
}

#[test]
fn a_line_can_not_steer_the_terminal() {
    let text = read(&["a &#27;]0;mine&#7; &#27;[2J"]);
    check(&text, &[" sam in #general\n  @pamphlet a ?]0;mine? ?[2J\n"]);
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
}

#[test]
fn members_and_places_change_and_private_replies_stay_with_their_reader() {
    let text = read(&[
        ":say what does rituximab do",
        "does diet help",
        "/ask will prednisone wreck my bones?",
        ":as Alex",
        ":transcript",
        "1",
        ":menu",
        ":channel questions",
        ":menu",
        ":dm",
        "is tofacitinib a pill",
        ":as mo",
        ":transcript",
        ":as sam",
        ":channel nowhere",
        ":nonsense",
        "/nonsense",
        ":quit",
        "never read",
    ]);
    let alex = between(&text, "You are alex, in #general.", "There is nothing to choose from yet.");
    check(alex, &["sam in #general\n  what does rituximab do\n", "does diet help", "[Helpful]  [Not helpful]"]);
    assert!(!alex.contains("prednisone weaken bones") && !alex.contains("only you see this"), "{alex}");
    check(
        &text,
        &[
            "There is nothing to choose from yet.",
            "(only you see this)\n  **You may be asking: Does diet help",
            "You are alex, in #questions.",
            "No member has written anything here yet",
            "You are alex, in a direct message with pamphlet.",
            " alex in a direct message\n  is tofacitinib a pill\n",
            " pamphlet in a direct message\n  **You may be asking: Is tofacitinib a pill?**\n",
            "You are mo, in a direct message with pamphlet.",
            "You are sam, in a direct message with pamphlet.",
            "Go to one of these channels: general, questions, moderators, dm.",
            "There is no :nonsense. There are :dm,",
            "There is no /nonsense. There are /ask, /topics, /privacy, /help, /faq.",
        ],
    );
    let mo = between(&text, "You are mo,", "You are sam,");
    assert!(!mo.contains("in a direct message\n") && !mo.contains("only you see this"), "{mo}");
    assert!(text.ends_with("/faq.\n\n"), "{text}");
}

#[test]
fn a_chat_that_waits_for_a_line_ends_when_it_is_asked_to() {
    let (_folder, mut command, input) = chat();
    let mut process = Process::start(command.stdout(Stdio::piped()));
    assert!(process.first_line().starts_with("This is a small Discord"));
    assert_eq!(process.stop().code(), Some(0));
    drop(input);
}
