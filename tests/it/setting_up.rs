//! What the moderators of a server choose for it, on the real binary: where, how and whether pamphlet answers, and whom it tells.

use crate::room::{KEEPER, Room, text};
use crate::stage::Stage;
use serde_json::{Value, json};
use std::fs;

const ROLES: &str = "[[server]]\nname = \"Friends\"\n\
    roles = [{ name = \"Helpers\", permissions = [] }]\n\
    channels = [\"general\", \"questions\", \"staff\", { name = \"help\", kind = \"forum\" }]\n\
    [[member]]\nname = \"sam\"\n\
    [[member]]\nname = \"mo\"\nmoderator = true\n\
    [[member]]\nname = \"ann\"\nroles = [\"Helpers\"]\n";
const URGENT: &str = "I can't breathe and my chest hurts badly";

impl Room {
    /// The next message in a channel that the bot wrote of itself.
    async fn notice(&self, after: &Value, channel: &str) -> Value {
        let after = after["id"].as_str().unwrap().to_owned();
        self.stage.row(&after, |row| row["bot"] == true && row["channel"] == channel).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_refused_with_a_kind_word() {
    let room = Room::open().await;
    for name in ["faq setup", "faq pause", "faq resume"] {
        let answer = room.command("sam", name, json!({})).await;
        let kind = ["is for those who may manage this server", "is for the moderators of this server"];
        assert!(kind.iter().any(|word| text(&answer).contains(word)), "{name}: {answer}");
        assert_eq!(answer["private_to"], "sam", "{name}: {answer}");
    }
    let overview = room.command("mo", "faq setup", json!({})).await;
    assert!(text(&overview).contains("FAQ: Colds") && overview["private_to"] == "mo", "{overview}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_where_the_moderators_want_them() {
    let room = Room::open_in(ROLES, KEEPER).await;
    let panel = room.panel("Channels").await;
    let panel = room.choose(&panel, "mo", "Channels where I may answer; none chosen: all", &["general"]).await;
    assert!(text(&panel).contains("I answer in: <#"), "{panel}");
    let tea = json!({ "question": "Does tea help?" });
    let elsewhere = room.command("sam", "ask", tea.clone()).await;
    assert!(text(&elsewhere).contains("In this server I answer in <#"), "{elsewhere}");
    let elsewhere = room.mention_in("questions", "sam", "Does tea help?").await;
    assert!(text(&elsewhere).contains("In this server I answer in <#"), "{elsewhere}");
    let urgent = room.mention_in("questions", "sam", URGENT).await;
    assert!(text(&urgent).contains("emergency number"), "{urgent}");
    let here = room.command_in("general", "sam", "ask", tea.clone()).await;
    assert!(text(&here).contains("Tea is warm."), "{here}");
    // A thread belongs to its channel.
    for channel in ["general", "questions"] {
        let thread = format!("of {channel}");
        room.stage.act("threads", json!({ "channel": channel, "author": "sam", "name": thread })).await;
        let answer = room.mention_in(&thread, "sam", "Does tea help?").await;
        assert_eq!(text(&answer).contains("Tea is warm."), channel == "general", "{answer}");
        let answer = room.command_in(&thread, "sam", "ask", tea.clone()).await;
        assert_eq!(text(&answer).contains("Tea is warm."), channel == "general", "{answer}");
    }
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_keeps_the_faq_and_a_channel_hears_of_it() {
    let mut room = Room::open_in(ROLES, KEEPER).await;
    let refused = room.command("ann", "faq remove", json!({ "entry": "tea" })).await;
    assert!(text(&refused).contains("is for the moderators"), "{refused}");
    let panel = room.panel("Moderators").await;
    room.choose(&panel, "mo", "The role of those who keep the FAQ", &["Helpers"]).await;
    let greeting = room.keep_moderators_in("staff").await;
    assert!(text(&greeting).contains("From now on I tell the moderators here"), "{greeting}");
    // Who has the role may do it, and the others hear of it.
    let asked = room.command("ann", "faq remove", json!({ "entry": "honey" })).await;
    room.click(&asked, "ann", "Remove it").await;
    let notice = room.notice(&asked, "staff").await;
    assert!(
        text(&notice).contains("`honey` was removed by ann") && text(&notice).contains("-Honey is sweet."),
        "{notice}"
    );
    // What is wrong with a file is told in plain words, and the rest goes on.
    fs::write(room.faq.path().join("colds/milk.md"), "+++\nquestion = \"half of\n").unwrap();
    let notice = room.notice(&notice, "staff").await;
    let is_told = |notice: &Value| text(notice).contains("milk.md") && text(notice).contains("something to mend");
    assert!(is_told(&notice), "{notice}");
    room.check("Does tea help?", "Tea is warm.").await;
    // And again by a bot that starts with it.
    room.stage.end_bot();
    room.stage.begin_bot();
    let notice = room.notice(&notice, "staff").await;
    assert!(is_told(&notice), "{notice}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_can_be_paused_but_for_urgent_signs() {
    let room = Room::open_in(ROLES, KEEPER).await;
    let paused = room.command("mo", "faq pause", json!({})).await;
    assert!(text(&paused).contains("Paused."), "{paused}");
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    assert!(text(&answer).contains("have paused my answers"), "{answer}");
    let answer = room.mention_in("questions", "sam", "Does tea help?").await;
    assert!(text(&answer).contains("have paused my answers"), "{answer}");
    let answer = room.command("sam", "topics", json!({})).await;
    assert!(text(&answer).contains("have paused my answers"), "{answer}");
    let urgent = room.command("sam", "ask", json!({ "question": URGENT })).await;
    assert!(text(&urgent).contains("emergency number") && !text(&urgent).contains("paused"), "{urgent}");
    let resumed = room.command("mo", "faq resume", json!({})).await;
    assert!(text(&resumed).contains("I answer again"), "{resumed}");
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    assert!(text(&answer).contains("Tea is warm."), "{answer}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_an_answer_is_the_servers_choice_and_the_askers() {
    let room = Room::open().await;
    let ask = async |private: Value| {
        let answer = room.command("sam", "ask", json!({ "question": "Does tea help?", "private": private })).await;
        assert!(text(&answer).contains("Tea is warm."), "{answer}");
        answer["private_to"].clone()
    };
    assert_eq!(ask(Value::Null).await, "sam");
    assert_eq!(ask(json!(false)).await, Value::Null);
    let panel = room.panel("Answers").await;
    let option = "everybody, unless the asker wants it private";
    let panel = room.choose(&panel, "mo", "Who sees the answer to /ask", &[option]).await;
    assert!(text(&panel).contains("is seen by: everybody"), "{panel}");
    assert_eq!(ask(Value::Null).await, Value::Null);
    assert_eq!(ask(json!(true)).await, "sam");
    // What is no card stays with its asker.
    let urgent = room.command("sam", "ask", json!({ "question": URGENT })).await;
    assert_eq!(urgent["private_to"], "sam", "{urgent}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_chooses_its_language() {
    let room = Room::open().await;
    let panel = room.panel("Answers").await;
    room.choose(&panel, "mo", "The language that I speak", &["Deutsch"]).await;
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    assert!(text(&answer).contains("Quelle: ") && text(&answer).contains("Tea is warm."), "{answer}");
    let panel = room.panel("Answers").await;
    room.choose(&panel, "mo", "The language that I speak", &["English"]).await;
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    assert!(text(&answer).contains("Source: "), "{answer}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_listens_and_answers_in_forums_where_it_was_asked_to() {
    let room = Room::open_in(ROLES, &format!("message_content = true\n{KEEPER}")).await;
    let overheard = json!({ "channel": "general", "author": "sam", "content": "Does tea help?" });
    let before = room.stage.act("messages", overheard.clone()).await;
    let panel = room.panel("Channels").await;
    let panel = room.choose(&panel, "mo", "Channels where I answer unasked, when I am sure", &["general"]).await;
    room.choose(&panel, "mo", "Forums in which I answer the first post of a thread", &["help"]).await;
    let answer = room.stage.say("messages", overheard).await;
    assert!(text(&answer).contains("Tea is warm.") && answer["channel"] == "general", "{answer}");
    // The title is a part of what is asked.
    let post =
        json!({ "channel": "help", "author": "sam", "name": "Does honey help?", "content": "With a cold, I mean." });
    let id = room.stage.act("threads", post).await;
    let answer = room.stage.reply(&id).await;
    assert!(text(&answer).contains("Honey is sweet."), "{answer}");
    // What follows in the thread is talk.
    let channel = "Does honey help?";
    room.stage.act("messages", json!({ "channel": channel, "author": "sam", "content": "Does tea help?" })).await;
    let last = room.mention_in("questions", "sam", "Does honey help?").await;
    let rows = room.stage.transcript().await;
    let replies = rows.iter().filter(|row| row["bot"] == true && row["channel"] == channel).count();
    assert_eq!(replies, 1, "{last}");
    let unasked = rows.iter().any(|row| row["reply_to"] == before.as_str());
    assert!(!unasked, "it listened before it was asked to");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_intent_there_is_no_listening() {
    let room = Room::open().await;
    let panel = room.panel("Channels").await;
    assert!(text(&panel).contains("`message_content`"), "{panel}");
    assert_eq!(panel["selects"].as_array().unwrap().len(), 1, "{panel}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_has_one_of_the_collections_that_it_was_given() {
    let faq = tempfile::tempdir().unwrap();
    for (name, thing) in [("colds", "tea"), ("burns", "water"), ("secrets", "gold")] {
        fs::create_dir(faq.path().join(name)).unwrap();
        let top = format!("title = \"{name}\"\nreminder = \"General.\"\nask = \"your doctor\"\n");
        fs::write(faq.path().join(name).join("collection.toml"), top).unwrap();
        let entry = format!(
            "+++\nquestion = \"Does {thing} help?\"\ntopic = \"All\"\nsource = \"A book\"\n+++\n\nOnly in {name}.\n"
        );
        fs::write(faq.path().join(name).join("entry.md"), entry).unwrap();
    }
    let settings = KEEPER.replace("\"colds\"", "[\"colds\", \"burns\"]");
    let stage = Stage::open_over(faq.path(), &settings, "info").await;
    let room = Room { faq, stage };
    room.check("Does tea help?", "Only in colds.").await;
    let panel = room.panel("Answers").await;
    let menu = panel["selects"].as_array().unwrap().iter().find(|menu| menu["label"] == "Which FAQ").unwrap();
    let labels: Vec<&Value> = menu["options"].as_array().unwrap().iter().map(|option| &option["label"]).collect();
    assert_eq!(labels, ["colds", "burns"], "{panel}");
    room.choose(&panel, "mo", "Which FAQ", &["burns"]).await;
    room.check("Does water help?", "Only in burns.").await;
    for other in ["tea", "gold"] {
        let question = json!({ "question": format!("Does {other} help?") });
        let answer = room.command("sam", "ask", question).await;
        assert!(!text(&answer).contains("Only in"), "{answer}");
    }
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_collection_can_be_chosen_with_its_regions() {
    let stage = Stage::open(&KEEPER.replace("colds", "dermatomyositis"), "info").await;
    let room = Room { faq: tempfile::tempdir().unwrap(), stage };
    let panel = room.panel("Answers").await;
    let panel = room.choose(&panel, "mo", "Whose help lines an urgent card names", &["DE"]).await;
    assert!(text(&panel).contains("Help lines of an urgent card: DE"), "{panel}");
    let urgent = room.mention_in("questions", "sam", URGENT).await;
    assert!(text(&urgent).contains("112"), "{urgent}");
    // The same number stands wherever one is named.
    room.command("mo", "faq pause", json!({})).await;
    let help = room.command("sam", "help", json!({})).await;
    assert!(text(&help).contains("call 112"), "{help}");
    let paused = room.command("sam", "ask", json!({ "question": "What is methotrexate?" })).await;
    assert!(text(&paused).contains("paused my answers") && text(&paused).contains("call 112"), "{paused}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_and_ends_also_where_nothing_can_be_kept() {
    let room = Room::open_as(&format!("store = \"/proc/nowhere/store.sqlite3\"\n{KEEPER}")).await;
    let ask = async || room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    for (command, word, answered) in [("faq pause", "Paused. But", false), ("faq resume", "I answer again. But", true)]
    {
        let done = room.command("mo", command, json!({})).await;
        assert!(text(&done).contains(word), "{done}");
        let answer = ask().await;
        assert_eq!(text(&answer).contains("Tea is warm."), answered, "{answer}");
    }
    room.stage.close();
}
