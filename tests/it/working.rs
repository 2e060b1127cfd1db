//! The moderators' commands on the real binary: each works for a moderator, and a member is refused with a kind word.

use crate::room::{Room, TEA, text};
use serde_json::json;
use std::fs;

/// The field of the form in which the passage stands.
const PASSAGE: &str = "The answer, word for word";

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_refused_with_a_kind_word() {
    let room = Room::open().await;
    let before = room.file("tea.md");
    for (name, options) in [
        ("faq new", json!({})),
        ("faq edit", json!({ "entry": "tea" })),
        ("faq remove", json!({ "entry": "tea" })),
        ("faq undo", json!({ "entry": "tea" })),
        ("faq history", json!({ "entry": "tea" })),
        ("faq test", json!({ "question": "does tea help?" })),
        ("faq reload", json!({})),
        ("faq export", json!({})),
    ] {
        let answer = room.command("sam", name, options).await;
        assert!(text(&answer).contains("is for the moderators"), "{name}: {answer}");
        assert_eq!(answer["private_to"], "sam", "{name}: {answer}");
    }
    assert_eq!(room.file("tea.md"), before);
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_not_given_the_faq_changes_nothing_of_it() {
    let room = Room::open_as("").await;
    for (name, options) in
        [("faq new", json!({})), ("faq remove", json!({ "entry": "tea" })), ("faq export", json!({}))]
    {
        let answer = room.command("mo", name, options).await;
        assert!(text(&answer).contains("isn't in the keeping of this server"), "{name}: {answer}");
    }
    let tried = room.command("mo", "faq test", json!({ "question": "Does tea help?" })).await;
    assert!(text(&tried).contains("Answered with"), "{tried}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_writes_changes_removes_and_undoes_an_entry() {
    let room = Room::open().await;
    // A new entry, by a form, with a look at it before it is saved.
    let form = room.command("mo", "faq new", json!({})).await;
    let fields = json!({
        "The question, as the card shows it": "Does soup help?",
        "Other ways people ask it, one a line": "is soup good\nsoup for a cold",
        "The answer, word for word": "Soup is food.",
        "Where it comes from, one or two, one a line": "A book on colds",
        "Topic": "Food",
    });
    let preview = room.fill(&form, "mo", fields).await;
    assert!(text(&preview).contains("Soup is food.") && text(&preview).contains("nothing is saved yet"), "{preview}");
    assert_eq!(preview["private_to"], "mo", "{preview}");
    assert_eq!(room.file("does-soup-help.md"), None, "nothing is saved before it is said");
    let saved = room.click(&preview, "mo", "Save").await;
    assert!(text(&saved).contains("revision 1") && text(&saved).contains("+Soup is food."), "{saved}");
    room.check("Does soup help?", "Soup is food.").await;
    // A change keeps what the form doesn't show.
    let form = room.command("mo", "faq edit", json!({ "entry": "Does tea help?" })).await;
    let preview = room.fill(&form, "mo", json!({ PASSAGE: "Tea is hot." })).await;
    room.click(&preview, "mo", "Save").await;
    assert_eq!(room.file("tea.md").unwrap(), TEA.replace("Tea is warm.", "Tea is hot."));
    room.check("Does tea help?", "Tea is hot.").await;
    // Undone, and undone again.
    let undone = room.command("mo", "faq undo", json!({ "entry": "tea" })).await;
    assert!(text(&undone).contains("+Tea is warm."), "{undone}");
    assert_eq!(room.file("tea.md").unwrap(), TEA);
    let history = room.command("mo", "faq history", json!({ "entry": "tea" })).await;
    assert!(text(&history).contains("put back by mo") && text(&history).contains("changed by mo"), "{history}");
    // Removed, and brought back.
    let asked = room.command("mo", "faq remove", json!({ "entry": "tea" })).await;
    assert!(room.file("tea.md").is_some());
    room.click(&asked, "mo", "Remove it").await;
    assert_eq!(room.file("tea.md"), None);
    let typing = json!({ "channel": "questions", "author": "mo", "name": "faq undo", "option": "entry", "text": "te" });
    assert_eq!(room.stage.post("autocomplete", typing).await, json!([{ "name": "tea", "value": "tea" }]));
    room.command("mo", "faq undo", json!({ "entry": "tea" })).await;
    assert_eq!(room.file("tea.md").unwrap(), TEA);
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_in_place_and_can_be_mended() {
    let room = Room::open().await;
    let form = room.command("mo", "faq edit", json!({ "entry": "tea" })).await;
    let faulty = room.fill(&form, "mo", json!({ PASSAGE: "Ask @everyone." })).await;
    assert!(text(&faulty).contains("can't be saved like this") && text(&faulty).contains("mention"), "{faulty}");
    let form = room.click(&faulty, "mo", "Change it").await;
    let preview = room.fill(&form, "mo", json!({ PASSAGE: "Ask anybody." })).await;
    assert!(text(&preview).contains("Ask anybody."), "{preview}");
    let gone = room.click(&preview, "mo", "Discard").await;
    assert!(text(&gone).contains("Nothing was changed"), "{gone}");
    assert_eq!(room.file("tea.md").unwrap(), TEA);
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_moderators_sees_what_the_first_saved_and_chooses() {
    let room = Room::open().await;
    let form = room.command("mo", "faq edit", json!({ "entry": "tea" })).await;
    let mine = room.fill(&form, "mo", json!({ PASSAGE: "Tea is mine." })).await;
    fs::write(room.faq.path().join("colds/tea.md"), TEA.replace("warm", "theirs")).unwrap();
    let overtaken = room.click(&mine, "mo", "Save").await;
    assert!(text(&overtaken).contains("-Tea is theirs.") && text(&overtaken).contains("+Tea is mine."), "{overtaken}");
    assert!(room.file("tea.md").unwrap().contains("theirs"));
    room.click(&overtaken, "mo", "Save mine in its place").await;
    assert!(room.file("tea.md").unwrap().contains("Tea is mine."));
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_names_a_removed_one_can_still_be_changed() {
    let room = Room::open().await;
    let asked = room.command("mo", "faq remove", json!({ "entry": "honey" })).await;
    room.click(&asked, "mo", "Remove it").await;
    let form = room.command("mo", "faq edit", json!({ "entry": "tea" })).await;
    let preview = room.fill(&form, "mo", json!({ PASSAGE: "Tea is hot." })).await;
    let saved = room.click(&preview, "mo", "Save").await;
    assert!(text(&saved).contains("+Tea is hot.") && text(&saved).contains("-related"), "{saved}");
    assert!(!room.file("tea.md").unwrap().contains("honey"));
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_test_bench_tells_why_and_adds_a_phrasing() {
    let room = Room::open().await;
    let tried = room.command("mo", "faq test", json!({ "question": "Does tea help?" })).await;
    assert!(text(&tried).contains("Answered with 'tea'"), "{tried}");
    let tried = room.command("mo", "faq test", json!({ "question": "tea with a cold help" })).await;
    let preview = room.click(&tried, "mo", "Add to: Does tea help?").await;
    room.click(&preview, "mo", "Save").await;
    assert!(room.file("tea.md").unwrap().contains("tea with a cold help"));
    room.check("tea with a cold help", "Tea is warm.").await;
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_reloads_the_files_and_takes_them_home() {
    let room = Room::open().await;
    let told = room.command("mo", "faq reload", json!({})).await;
    assert!(text(&told).contains("reading the FAQ's files again") && !text(&told).contains("milk.md"), "{told}");
    fs::write(room.faq.path().join("colds/milk.md"), "+++\nquestion = \"half of\n").unwrap();
    let told = room.command("mo", "faq reload", json!({})).await;
    assert!(text(&told).contains("to be looked at") && text(&told).contains("milk.md, line 1"), "{told}");
    let spoilt = room.command("mo", "faq edit", json!({ "entry": "milk" })).await;
    assert!(text(&spoilt).contains("has a fault") && text(&spoilt).contains("/faq upload"), "{spoilt}");
    let exported = room.command("mo", "faq export", json!({})).await;
    assert_eq!(exported["files"], json!(["colds.zip"]), "{exported}");
    room.stage.close();
}
