//! Nothing that a member wrote reaches a log line or a file, whatever RUST_LOG asks for and whatever goes wrong.

mod every_way;

use crate::stage::Stage;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::json;
use std::fs;

/// A word that nobody writes by chance, with letters that are escaped in many ways.
const SECRET: &str = "Zyq\"ö\u{1f9ec}xplumbusquivertanglewick";
/// Its part that no escaping changes.
const PLAIN: &str = "xplumbusquivertanglewick";

/// The forms in which the secret could hide.
fn disguises() -> Vec<String> {
    let bytes = |text: &str| text.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut forms = vec![PLAIN.to_owned(), bytes(PLAIN), bytes(PLAIN).replace(' ', ""), hex(PLAIN)];
    // In base64 a text looks different at each of three offsets; the ends depend on the neighbours and are left out.
    for offset in 0..3 {
        let shifted = [" ".repeat(offset), PLAIN.to_owned()].concat();
        let encoded = STANDARD_NO_PAD.encode(shifted);
        forms.push(encoded[4..encoded.len() - 4].to_owned());
    }
    forms
}

#[track_caller]
fn check_absent(place: &str, content: &[u8]) {
    let text = String::from_utf8_lossy(content);
    for form in disguises() {
        assert!(!text.contains(&form), "{form:?} stands in {place}");
    }
}

#[test]
fn the_search_for_the_secret_would_find_it() {
    let found = |content: String| std::panic::catch_unwind(move || check_absent("a test", content.as_bytes())).is_err();
    let base64 = STANDARD_NO_PAD.encode(format!("some {SECRET} text"));
    for content in [SECRET.to_owned(), format!("{SECRET:?}"), base64, format!("{:?}", SECRET.as_bytes())] {
        assert!(found(content.clone()), "{content}");
    }
}

#[tokio::test]
async fn no_log_line_and_no_file_holds_what_members_wrote() {
    let stage = Stage::open("[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n", "trace").await;
    let text = format!("will {SECRET} wreck my bones?");
    stage.ask("sam", &text).await;
    let asked = stage.mention("sam", &text).await;
    stage.say("messages", json!({ "channel": "questions", "author": "sam", "content": text, "reply_to": asked["id"], "mention_bot": true })).await;
    stage.say("messages", json!({ "channel": "dm", "author": "sam", "content": text })).await;
    let overheard = stage.act("messages", json!({ "channel": "general", "author": SECRET, "content": text })).await;
    stage
        .say(
            "commands",
            json!({ "channel": "general", "author": "mo", "name": "Answer from the FAQ", "target": overheard }),
        )
        .await;
    stage
        .post(
            "autocomplete",
            json!({ "channel": "questions", "author": "sam", "name": "ask", "option": "question", "text": text }),
        )
        .await;
    stage.mention("sam", &format!("i want to die {SECRET}")).await;

    // Errors: Discord fails and refuses.
    for status in [500, 400, 403, 404, 429] {
        stage.post("faults", json!({ "status": status, "times": 1, "path": "/messages" })).await;
        stage
            .act("messages", json!({ "channel": "questions", "author": "sam", "content": text, "mention_bot": true }))
            .await;
        stage.post("faults", json!({ "status": status, "times": 1, "path": "/callback" })).await;
        stage
            .act(
                "commands",
                json!({ "channel": "questions", "author": "sam", "name": "ask", "options": { "question": text } }),
            )
            .await;
    }
    stage.post("faults", json!({ "close": 4000 })).await;
    // After a resume everything is still answered, so all before it is through.
    stage.get("/mock/ready?wait_ms=30000").await;
    stage.mention("alex", &text).await;

    for file in stage.files() {
        let content = fs::read(&file).unwrap();
        assert!(
            file.file_name().is_none_or(|name| name != "log") || !content.is_empty(),
            "a log that holds nothing proves nothing"
        );
        check_absent(&file.display().to_string(), &content);
    }
    let log = stage.close();
    assert!(log.contains("pamphlet::discord"), "{log}");
    check_absent("the log", log.as_bytes());
}
