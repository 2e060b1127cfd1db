//! What members see in another language than English, through the real binary.
//!
//! 1. Everything around a passage is in the language of the settings, on every way to ask; the passage stays as it is.
//! 2. A reply to a card goes on from it, whatever its language.
//! 3. Commands are called what each client's language calls them, and answered in the language of the settings.

use crate::shipped::{indexes, root};
use crate::stage::{Stage, pamphlet};
use serde_json::{Value, json};
use std::fs;

const GERMAN: &str =
    "language = \"de\"\nregion = \"GB\"\n[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n";

/// What English interfaces say, of which nothing may be left.
const ENGLISH: [&str; 12] = [
    "You may be asking",
    "Source:",
    "Not yet reviewed",
    "For your own case",
    "Helpful",
    "Not helpful",
    "Show in channel",
    "Remove",
    "Choose",
    "FAQ covers",
    "Please call",
    "Thank you",
];

/// Texts of a row, its controls among them.
fn texts(row: &Value) -> Vec<&str> {
    let labels = |key: &str| row[key].as_array().into_iter().flatten();
    let buttons = labels("buttons").filter_map(Value::as_str);
    let menus = labels("selects").filter_map(|menu| menu["label"].as_str());
    row["content"].as_str().into_iter().chain(buttons).chain(menus).collect()
}

#[track_caller]
fn check(row: &Value, parts: &[&str]) {
    let texts = texts(row);
    for part in parts {
        assert!(texts.iter().any(|text| text.contains(part)), "expected {part:?} in {row:#}");
    }
    for english in ENGLISH {
        assert!(!texts.iter().any(|text| text.contains(english)), "{english:?} in {row:#}");
    }
}

#[track_caller]
fn check_card(row: &Value, question: &str) {
    let title = format!("**Du fragst vielleicht: {question}**");
    check(
        row,
        &[
            &title,
            "*Quelle: Dermatomyositis Treatment Advancements",
            "Noch von keiner medizinischen Fachperson geprüft.*",
            "Zu deinem eigenen Fall frag your",
            "Hilfreich",
            "Nicht hilfreich",
        ],
    );
}

/// A command without options.
async fn command(stage: &Stage, name: &str) -> Value {
    stage.say("commands", json!({ "channel": "questions", "author": "sam", "name": name })).await
}

#[tokio::test]
async fn every_way_to_ask_is_answered_in_the_language_of_the_settings() {
    let stage = Stage::open_abroad("de", GERMAN, "info").await;

    let options = json!({ "frage": "will prednisone wreck my bones?" });
    let asked = json!({ "channel": "questions", "author": "sam", "name": "frage", "options": options });
    let private = stage.say("commands", asked).await;
    check_card(&private, "Does prednisone weaken bones?");
    assert_eq!(private["private_to"], "sam", "{private:#}");
    let shown = stage.say("clicks", Stage::click(&private, "sam", "Im Kanal zeigen")).await;
    check_card(&shown, "Does prednisone weaken bones?");
    check(&shown, &["Entfernen"]);

    let public = stage.mention("alex", "xeljanz").await;
    check_card(&public, "What is tofacitinib?");
    // Somebody who asked nothing before: only the card says what "it" is.
    let reply = json!({ "channel": "questions", "author": "mo", "content": "is it a pill?", "reply_to": public["id"] });
    check_card(&stage.say("messages", reply).await, "Is tofacitinib a pill?");
    for (label, said) in [
        ("Hilfreich", "Danke für die Rückmeldung."),
        ("Nicht hilfreich", "Danke, dass du das sagst."),
        ("Entfernen", "Das kann nur entfernen, wer gefragt hat"),
    ] {
        check(&stage.say("clicks", Stage::click(&public, "sam", label)).await, &[said]);
    }

    for (question, parts) in [
        ("best pizza in Rome", ["Diese FAQ hat darauf keine Antwort", "`/themen` zeigt, was in der FAQ steht."]),
        ("should i take rituximab or abatacept", ["Zu deiner eigenen Behandlung kann ich nichts raten.", "Quelle:"]),
        ("my dad cant breathe and his lips are blue", ["Bitte ruf 999 an.**", "die nächste Notaufnahme."]),
        ("i want to kill myself", ["sprechen: Samaritans: 116 123.\nWenn gerade", "ruf bitte 999 an."]),
        ("", ["Ich bin ein Bot.", "Frag mich mit `/frage`"]),
    ] {
        check(&stage.mention("alex", question).await, &parts);
    }

    for (name, parts) in [
        ("hilfe", ["Ich bin ein Bot.", "Ruf im Notfall 999 an."]),
        ("datenschutz", ["**Was ich von dir behalte: nichts.**", "„Antwort aus der FAQ“ anwendet"]),
        ("themen", ["**Was in der FAQ „Dermatomyositis treatments“ steht**", "Einträge\n"]),
        ("faq neu", ["`/faq` ist für die Moderation dieses Servers", "sie freut sich darüber."]),
    ] {
        check(&command(&stage, name).await, &parts);
    }
    stage.close();
}

#[tokio::test]
async fn commands_are_called_what_the_client_calls_them_and_answered_in_the_language_of_the_settings() {
    let stage = Stage::open_abroad("de", "", "info").await;
    let world = stage.get("/mock/world").await;
    let commands = world["bots"][0]["commands"].as_array().unwrap();
    let names: Vec<_> = commands.iter().map(|command| command["name"].clone()).collect();
    assert_eq!(Value::from(names), json!(["frage", "themen", "datenschutz", "hilfe", "Antwort aus der FAQ", "faq"]));
    assert_eq!(commands[1]["description"], "Sieh, was in der FAQ steht");
    assert_eq!(commands[5]["options"][1]["name"], "ändern");

    let typing = json!({ "channel": "questions", "author": "sam", "name": "frage", "option": "frage", "text": "Is tofacitinib a p" });
    assert_eq!(stage.post("autocomplete", typing).await[0]["value"], "Is tofacitinib a pill?");
    for name in ["hilfe", "help"] {
        let row = command(&stage, name).await;
        assert!(texts(&row)[0].starts_with("I'm a bot."), "{row:#}");
    }
    stage.close();
}

#[test]
fn whoever_asks_at_a_terminal_is_answered_in_the_language_of_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let (faq, index) = (root().join("faq"), indexes());
    let settled = |language: &str| {
        fs::write(&config, format!("faq = {faq:?}\nindex = {index:?}\nlanguage = {language:?}\n")).unwrap();
        let ran = pamphlet().args(["ask", "does diet help", "--config"]).arg(&config).output().unwrap();
        let told = [ran.stdout, ran.stderr].map(|told| String::from_utf8(told).unwrap());
        (ran.status.code(), told.concat())
    };
    let (code, told) = settled("de");
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("**Du fragst vielleicht: Does diet help") && told.contains("[ Nicht hilfreich ]"), "{told}");
    let (code, told) = settled("fr");
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("pamphlet doesn't speak `fr`, but: en, de"), "{told}");
}
