//! What the page shows behind the scenes: who writes, how bots and faults stand, and the reasons for an answer.

use super::bot::{Bot, closed};
use super::*;
use crate::mock::world::World;

#[tokio::test]
async fn a_bot_that_types_is_seen_where_it_types() {
    let fixture = Fixture::new().await;
    fixture.log_in();
    assert_eq!(fixture.call("GET", "/mock/typing", Value::Null).await, (200, json!([])));
    let place = format!("/api/v10/channels/{}/typing", fixture.general());
    let waiting = fixture.call("GET", "/mock/typing?wait_ms=20000", Value::Null);
    let typing = fixture.call("POST", &place, json!({}));
    let ((_, seen), (status, _)) = tokio::join!(waiting, typing);
    assert_eq!(status, 204);
    assert_eq!(seen[0]["channel"], "general", "{seen}");
    assert_eq!(seen[0]["author"], "bot-1234", "{seen}");
    let after = format!("/mock/typing?after={}", seen[0]["id"].as_str().unwrap());
    assert_eq!(fixture.call("GET", &after, Value::Null).await, (200, json!([])), "each is told once");
}

#[tokio::test]
async fn the_condition_tells_who_is_there_and_what_is_still_to_go_wrong() {
    let fixture = Fixture::new().await;
    let (mut bot, ready) = Bot::ready(&fixture).await;
    let condition = || fixture.call("GET", "/mock/condition", Value::Null);
    let (_, before) = condition().await;
    assert_eq!(before["sessions"][0]["session"], ready["session_id"], "{before}");
    assert!(before["sessions"][0]["connection"].is_string(), "{before}");
    assert_eq!([&before["requests"], &before["repeat"]], [&json!(0), &json!(0)]);
    fixture.order(json!({ "status": 500, "times": 2, "repeat": 3, "close": 4000 })).await;
    assert_eq!(bot.hear().await, closed(4000));
    let gone = |world: &World| world.ready_bots(false).is_empty().then_some(());
    fixture.mock.server.wait_for(Duration::from_secs(20), gone).await.unwrap();
    let (_, after) = condition().await;
    assert!(after["sessions"][0]["connection"].is_null(), "{after}");
    assert_eq!([&after["requests"], &after["repeat"]], [&json!(2), &json!(3)]);
}

#[tokio::test]
async fn reasons_are_told_by_whoever_knows_them() {
    let fixture = Fixture::new().await;
    let asked = json!({ "text": "why", "replied_to": "a card", "before": [{ "text": "first", "ago_ms": 2000 }] });
    let (status, refusal) = fixture.call("POST", "/mock/explanations", asked.clone()).await;
    assert_eq!(status, 404, "{refusal}");
    assert_eq!(fixture.call("GET", "/mock/world", Value::Null).await.1["explains"], false);

    let explainer = Explainer::new(|question: &Question| format!("{question:?}"));
    let options = Options { explainer: Some(explainer), ..Options::new("127.0.0.1:0".parse().unwrap()) };
    let knowing = start(options).await.unwrap();
    let ask = |body: Value| fixture.client.post(format!("{}/mock/explanations", knowing.url())).json(&body).send();
    let told: Value = ask(asked).await.unwrap().json().await.unwrap();
    let before = vec![Earlier { text: "first".to_owned(), ago: Duration::from_secs(2), by_menu: false }];
    let question = Question { text: "why".to_owned(), replied_to: Some("a card".to_owned()), before };
    assert_eq!(told, json!({ "text": format!("{question:?}") }));
    let long = ask(json!({ "text": "x".repeat(100_001) })).await.unwrap();
    assert_eq!(long.status(), 400);
    let many = ask(json!({ "text": "x", "before": vec![json!({ "text": "" }); 51] })).await.unwrap();
    assert_eq!(many.status(), 400);
    knowing.stop().await;
}
