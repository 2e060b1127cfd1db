//! Whatever Discord offers in a server shows its own collection alone.

use super::{BURNS, COLDS, both};
use crate::room::{Room, text};
use crate::stage::Stage;
use serde_json::{Value, json};
use std::path::Path;

/// The third server has no collection.
const SETTINGS: &str = "[servers]\n\"{server}\" = \"colds\"\n\"{server-2}\" = \"burns\"\n\
    [cooldown]\nperson_per_minute = 100000\nchannel_per_minute = 100000\n";

async fn open() -> Room {
    let faq = both();
    let stage = Stage::open_among("3", (faq.path(), Path::new("index")), SETTINGS).await;
    stage.post("faults", json!({ "rate_limits": false })).await;
    Room { faq, stage }
}

impl Room {
    /// What is offered while somebody types an option.
    async fn offered(&self, channel: &str, (command, option): (&str, &str), typed: &str) -> Value {
        let typing = json!({ "channel": channel, "author": "mo", "name": command, "option": option, "text": typed });
        self.stage.post("autocomplete", typing).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_shown_its_own_collection_alone() {
    let room = open().await;
    for (channel, own, other) in [("questions", COLDS, BURNS), ("server-2/questions", BURNS, COLDS)] {
        let (entry, question) = other.own;
        let mut shown = Vec::new();
        // Both have an entry of this id and question: each server gets its own.
        for asked in ["Does rest help?", own.own.1] {
            let answer = room.command_in(channel, "mo", "ask", json!({ "question": asked })).await;
            assert!(text(&answer).contains(&own.mark()), "{channel}: {answer}");
            shown.push(answer);
            let answer = room.mention_in(channel, "mo", asked).await;
            assert!(text(&answer).contains(&own.mark()), "{channel}: {answer}");
            shown.push(answer);
        }
        shown.push(room.command_in(channel, "mo", "ask", json!({ "question": question })).await);
        shown.push(room.mention_in(channel, "mo", question).await);
        let message = json!({ "channel": channel, "author": "sam", "content": question });
        let message = room.stage.act("messages", message).await;
        let menu = json!({ "channel": channel, "author": "mo", "name": "Answer from the FAQ", "target": message });
        shown.push(room.stage.say("commands", menu).await);
        for option in [("ask", "question"), ("faq edit", "entry"), ("faq undo", "entry")] {
            for typed in ["", "does", entry, question] {
                shown.push(room.offered(channel, option, typed).await);
            }
        }
        for name in ["topics", "help", "faq setup"] {
            shown.push(room.command_in(channel, "mo", name, json!({})).await);
        }
        for name in ["faq edit", "faq remove", "faq undo", "faq history"] {
            shown.push(room.command_in(channel, "mo", name, json!({ "entry": entry })).await);
        }
        shown.push(room.command_in(channel, "mo", "faq test", json!({ "question": question })).await);
        let exported = room.command_in(channel, "mo", "faq export", json!({})).await;
        assert_eq!(exported["files"], json!([format!("{}.zip", own.id)]), "{exported}");
        for row in shown {
            // A question that somebody typed may come back to them; a passage, an id or a title of another's never does.
            let row = row.to_string().replace(question, "");
            assert!(!other.is_in(&row), "{channel}: {row}");
        }
    }
    for channel in ["server-3/questions", "dm"] {
        let answer = room.command_in(channel, "sam", "ask", json!({ "question": "Does rest help?" })).await;
        assert!(text(&answer).contains("no FAQ for this place"), "{channel}: {answer}");
    }
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_saves_or_chooses_changes_no_other() {
    let room = open().await;
    let form = room.command_in("questions", "mo", "faq edit", json!({ "entry": "rest" })).await;
    let preview = room.fill(&form, "mo", json!({ "The answer, word for word": "Only in colds. In bed." })).await;
    room.click(&preview, "mo", "Save").await;
    room.check("Does rest help?", "In bed.").await;
    room.command_in("questions", "mo", "faq pause", json!({})).await;
    let paused = room.command_in("questions", "sam", "ask", json!({ "question": "Does rest help?" })).await;
    assert!(text(&paused).contains("have paused my answers"), "{paused}");
    let answer = room.command_in("server-2/questions", "sam", "ask", json!({ "question": "Does rest help?" })).await;
    assert!(text(&answer).contains(&BURNS.mark()) && !text(&answer).contains("In bed."), "{answer}");
    let history = room.command_in("server-2/questions", "mo", "faq history", json!({ "entry": "rest" })).await;
    assert!(!text(&history).contains("In bed."), "{history}");
    let undone = room.command_in("server-2/questions", "mo", "faq undo", json!({ "entry": "rest" })).await;
    assert!(!text(&undone).contains("In bed."), "{undone}");
    assert!(room.file("rest.md").unwrap().contains("In bed."));
    room.stage.close();
}
