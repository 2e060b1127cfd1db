//! Whatever way a text is typed, it is found only where its writer sent it: in their own messages, in what they alone see, in a
//! letter to the moderators, and, if a moderator saved it, in the FAQ.

use super::{PLAIN, SECRET, check_absent};
use crate::room::{KEEPER, Room, text};
use crate::uploading::zip_of;
use serde_json::{Value, json};
use std::fs;

const ROOMS: &str = "[[server]]\nname = \"Friends\"\n\
    channels = [\"general\", \"questions\", \"staff\", { name = \"help\", kind = \"forum\" }]\n\
    [[member]]\nname = \"sam\"\n[[member]]\nname = \"mo\"\nmoderator = true\n";
/// What a moderator saves: it is meant to be in files.
const SAVED: &str = "quibbleflaxenmorrowdapple";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_in_any_way_is_found_only_where_its_writer_sent_it() {
    let settings = format!("message_content = true\n{KEEPER}");
    let mut room = Room::open_logging(ROOMS, &settings, "trace").await;
    let panel = room.panel("Channels").await;
    let menu = "Channels where I answer unasked, when I am sure";
    let panel = room.choose(&panel, "mo", menu, &["general"]).await;
    room.choose(&panel, "mo", "Forums in which I answer the first post of a thread", &["help"]).await;
    room.keep_moderators_in("staff").await;

    room.ask_everywhere().await;
    room.write_letters().await;
    room.work_and_discard().await;
    room.save().await;

    // Whoever was served last: all before it is through.
    room.check("Does soup help?", SAVED).await;
    room.stage.end_bot();
    let mut is_saved = false;
    let of_faq = fs::read_dir(room.faq.path().join("colds")).unwrap().flatten().map(|file| file.path());
    for file in room.stage.files().into_iter().chain(of_faq) {
        let content = fs::read(&file).unwrap();
        check_absent(&file.display().to_string(), &content);
        is_saved |= String::from_utf8_lossy(&content).contains(SAVED);
    }
    assert!(is_saved, "what was saved is nowhere, so nothing would have been found");
    for row in room.stage.transcript().await {
        let is_theirs = row["private_to"].is_string() || row["channel"] == "staff" || row["form"].is_object();
        if row["bot"] == true && !is_theirs && row["channel"] != "dm" {
            check_absent("a message that others see", row.to_string().as_bytes());
        }
    }
    let log = room.stage.end();
    assert!(log.contains("pamphlet::discord"), "a log that holds nothing proves nothing");
    assert!(!log.contains(SAVED), "what a moderator writes is no log's");
}

impl Room {
    /// Every way to ask.
    async fn ask_everywhere(&self) {
        let asked = format!("does {SECRET} cure a cold?");
        self.command("sam", "ask", json!({ "question": asked })).await;
        self.command("sam", "ask", json!({ "question": format!("i want to die {SECRET}") })).await;
        let answer = self.mention_in("questions", "sam", &asked).await;
        let reply = json!({ "channel": "questions", "author": "sam", "content": asked, "reply_to": answer["id"], "mention_bot": true });
        self.stage.say("messages", reply).await;
        self.stage.say("messages", json!({ "channel": "dm", "author": "sam", "content": asked })).await;
        let overheard = json!({ "channel": "general", "author": SECRET, "content": asked });
        let overheard = self.stage.act("messages", overheard).await;
        let menu = json!({ "channel": "general", "author": "mo", "name": "Answer from the FAQ", "target": overheard });
        self.stage.say("commands", menu).await;
        // In a title and in the post.
        let post = json!({ "channel": "help", "author": "sam", "name": format!("about {SECRET}"), "content": asked });
        self.stage.act("threads", post).await;
        for (command, option) in [("ask", "question"), ("faq edit", "entry"), ("faq undo", "entry")] {
            for typed in [SECRET, PLAIN] {
                let typing =
                    json!({ "channel": "questions", "author": "mo", "name": command, "option": option, "text": typed });
                self.stage.post("autocomplete", typing).await;
            }
        }
    }

    /// A letter that is sent, with a name, and a report that isn't.
    async fn write_letters(&self) {
        let answer = self.command("sam", "ask", json!({ "question": format!("does {SECRET} cure a cold?") })).await;
        let form = self.click(&answer, "sam", "Ask the moderators").await;
        let name = "Your name, if it is to be told (optional)";
        let look = self.fill(&form, "sam", json!({ "Your question": SECRET, name: SECRET })).await;
        assert!(text(&look).contains(PLAIN) && look["private_to"] == "sam", "{look}");
        self.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
        let after = look["id"].as_str().unwrap();
        let is_letter = |row: &Value| row["bot"] == true && row["channel"] == "staff" && text(row).contains(PLAIN);
        let letter = self.stage.row(after, is_letter).await;
        // Its writer is told after that, which is no answer to what comes next.
        let is_told = |row: &Value| row["id"] == look["id"] && !row["buttons"].to_string().contains("Send");
        self.stage.row(after, is_told).await;
        let form = self.click(&letter, "mo", "Draft an entry").await;
        let fields = json!({ "The answer, word for word": "It doesn't.", "Where it comes from, one or two, one a line": "A book" });
        let preview = self.fill(&form, "mo", fields).await;
        assert!(text(&preview).contains(PLAIN), "{preview}");
        self.click(&preview, "mo", "Discard").await;

        let answer = self.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
        let sorry = self.click(&answer, "sam", "Not helpful").await;
        let form = self.click(&sorry, "sam", "Report a problem with this passage").await;
        let look = self.fill(&form, "sam", json!({ "What is wrong or missing?": SECRET })).await;
        assert!(text(&look).contains(PLAIN), "{look}");
    }

    /// What a moderator types and doesn't save.
    async fn work_and_discard(&self) {
        let tried =
            self.command("mo", "faq test", json!({ "question": format!("does tea help with {SECRET}?") })).await;
        let preview = self.click(&tried, "mo", "Add to: Does tea help?").await;
        self.click(&preview, "mo", "Discard").await;
        // What can be saved, what can't, and what comes back to be changed.
        for passage in [SECRET.to_owned(), format!("{SECRET} @everyone")] {
            let form = self.command("mo", "faq new", json!({})).await;
            let preview = self.fill(&form, "mo", entry(&format!("Does {SECRET} help?"), &passage)).await;
            assert_eq!(text(&preview).contains(PLAIN), passage == SECRET, "{preview}");
            let form = self.click(&preview, "mo", "Change it").await;
            let preview = self.fill(&form, "mo", json!({ "Topic": SECRET })).await;
            self.click(&preview, "mo", "Discard").await;
            // In the file's name, too.
            let file = entry_file(&passage);
            for name in ["soup.md", &format!("{SECRET}.md")] {
                let preview = self.upload("mo", name, file.as_bytes()).await;
                assert_eq!(preview["private_to"], "mo", "{preview}");
            }
        }
        let (name, text) = (format!("{SECRET}/{SECRET}.md"), entry_file(SECRET));
        let files = [(name, text.clone()), ("soup.md".to_owned(), text), (format!("{SECRET}.txt"), SECRET.to_owned())];
        for files in [&files[..], &files[1..]] {
            let files = files.iter().map(|(name, text)| (name.clone(), text.as_bytes().to_vec()));
            let preview = self.upload("mo", "faq.zip", &zip_of(files)).await;
            assert_eq!(preview["private_to"], "mo", "{preview}");
        }
        for name in ["faq edit", "faq remove", "faq undo", "faq history"] {
            for named in [SECRET, PLAIN] {
                self.command("mo", name, json!({ "entry": named })).await;
            }
        }
    }

    /// What a moderator saves.
    async fn save(&self) {
        let form = self.command("mo", "faq new", json!({})).await;
        let preview = self.fill(&form, "mo", entry("Does soup help?", SAVED)).await;
        self.click(&preview, "mo", "Save").await;
    }
}

/// The fields of a new entry.
fn entry(question: &str, passage: &str) -> Value {
    json!({
        "The question, as the card shows it": question,
        "Other ways people ask it, one a line": question,
        "The answer, word for word": passage,
        "Where it comes from, one or two, one a line": "A book on colds",
        "Topic": "Food",
    })
}

/// The same as a file.
fn entry_file(passage: &str) -> String {
    format!("+++\nquestion = 'Does {SECRET} help?'\ntopic = \"Food\"\nsource = \"A book\"\n+++\n\n{passage}\n")
}
