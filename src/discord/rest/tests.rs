//! 1. What may be repeated is, what could post twice isn't. 2. A refused token stops everything. 3. Nothing outlasts
//!    its deadline. 4. Errors hold no text of a person and no address.

use super::*;
use crate::discord::scripted::{Answer, Scripted};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn ticket() -> Ticket {
    Ticket { application: 42, id: 9, token: "secret-ticket".to_owned() }
}

fn message() -> Value {
    json!({ "content": "hello" })
}

/// The message as the first response to an interaction.
fn response() -> Value {
    json!({ "type": 4, "data": message() })
}

fn fault(status: u16, code: u64) -> Answer {
    Some((status, json!({ "code": code, "message": "secret words" })))
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

/// Sends a call to a Discord that answers so; gives the outcome and how many requests there were.
async fn check(call: Call, script: impl IntoIterator<Item = Answer>) -> (Result<Value, RestError>, usize) {
    let mut discord = Scripted::answering(script).await;
    let outcome = discord.rest().send(call).await;
    if let Err(error) = &outcome {
        assert!(!format!("{error:?} {error}").contains("secret"), "{error:?}");
    }
    (outcome, discord.rest_of_lines().len())
}

fn done() -> Result<Value, RestError> {
    Ok(json!({ "id": "77" }))
}

#[tokio::test]
async fn waits_and_repeats_after_a_limit() {
    let limited = || Some((429, json!({ "retry_after": 0.01, "global": false })));
    assert_eq!(check(Call::post(1, &message()), [limited()]).await, (done(), 2));
    assert_eq!(check(Call::follow_up(&ticket(), &message()), [limited()]).await, (done(), 2));
}

#[tokio::test]
async fn repeats_a_post_with_a_nonce_after_a_bad_gateway() {
    assert_eq!(check(Call::post(1, &message()), [fault(502, 0), fault(502, 0)]).await, (done(), 3));
}

#[tokio::test]
async fn never_repeats_what_could_post_twice() {
    let (outcome, requests) = check(Call::follow_up(&ticket(), &message()), [fault(502, 0)]).await;
    assert_eq!((outcome.is_err(), requests), (true, 1));
}

#[tokio::test]
async fn outlasts_an_outage_of_seconds() {
    assert_eq!(check(Call::post(1, &message()), (0..4).map(|_| fault(503, 0))).await, (done(), 5));
}

#[tokio::test]
async fn gives_up_at_its_deadline() {
    let call = Call { deadline: Instant::now() + Duration::from_secs(1), ..Call::gateway() };
    let (outcome, requests) = check(call, (0..99).map(|_| fault(500, 0))).await;
    assert!(outcome.is_err() && (2..=5).contains(&requests), "{outcome:?} after {requests}");
}

#[tokio::test]
async fn a_second_answer_after_doubt_counts_as_the_first() {
    let call = || Call::answer(&ticket(), soon(), &response());
    assert_eq!(check(call(), [fault(500, 0), fault(400, 40060)]).await, (Ok(Value::Null), 2));
    let (outcome, _) = check(call(), [fault(400, 40060)]).await;
    assert_eq!(outcome, Err(RestError::Rejected { status: 400, code: 40060, faults: String::new() }));
}

#[tokio::test]
async fn what_is_gone_counts_as_deleted() {
    assert_eq!(check(Call::delete(1, 2), [fault(404, 10008)]).await, (Ok(Value::Null), 1));
}

#[tokio::test]
async fn a_refused_token_stops_everything() {
    let mut discord = Scripted::answering([fault(401, 0)]).await;
    let rest = discord.rest();
    assert_eq!(rest.send(Call::post(1, &message())).await, Err(RestError::TokenRefused));
    rest.refused().await;
    assert_eq!(rest.send(Call::gateway()).await, Err(RestError::TokenRefused));
    assert_eq!(discord.rest_of_lines(), ["POST /api/v10/channels/1/messages"]);
}

#[tokio::test]
async fn an_interaction_that_ran_out_stops_nothing() {
    let mut discord = Scripted::answering([fault(401, 50027)]).await;
    let rest = discord.rest();
    assert!(rest.send(Call::edit_original(&ticket(), &message())).await.is_err());
    assert!(rest.send(Call::gateway()).await.is_ok());
    assert_eq!(discord.rest_of_lines().len(), 2);
}

#[tokio::test]
async fn names_the_missing_permission() {
    let (outcome, requests) = check(Call::post(1, &message()), [fault(403, 50001)]).await;
    assert_eq!(outcome, Err(RestError::Forbidden { code: 50001, missing: "View Channel" }));
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn spares_a_channel_that_allows_nothing() {
    let mut discord = Scripted::answering([fault(403, 50013)]).await;
    let rest = discord.rest();
    assert!(rest.send(Call::post(1, &message())).await.is_err());
    assert_eq!(rest.send(Call::post(1, &message())).await, Err(RestError::Spared));
    assert_eq!(rest.send(Call::post(2, &message())).await, done());
    assert_eq!(discord.rest_of_lines(), ["POST /api/v10/channels/1/messages", "POST /api/v10/channels/2/messages"]);
}

#[tokio::test]
async fn nothing_outlasts_its_deadline() {
    let call = Call { deadline: Instant::now() + Duration::from_millis(50), ..Call::gateway() };
    let (outcome, _) = check(call, [None]).await;
    assert_eq!(outcome, Err(RestError::Deadline { last: "waiting for its turn".to_owned() }));
    let call = Call { deadline: soon(), ..Call::gateway() };
    let (outcome, requests) = check(call, [Some((429, json!({ "retry_after": 60.0 })))]).await;
    assert_eq!((outcome.is_err(), requests), (true, 1));
}

#[tokio::test]
async fn a_stalled_attempt_is_repeated() {
    let call = Call { attempt: Duration::from_millis(500), ..Call::answer(&ticket(), soon(), &response()) };
    assert_eq!(check(call, [None]).await, (done(), 2));
}

#[tokio::test]
async fn nobody_there_is_said_without_the_address() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    let rest = Rest::new(&Token::new("NDI.x.y").unwrap(), &url).unwrap();
    let call = Call { deadline: Instant::now() + Duration::from_secs(1), ..Call::follow_up(&ticket(), &message()) };
    let outcome = rest.send(call).await;
    assert_eq!(outcome, Err(RestError::Unreachable { why: "connection refused".to_owned() }));
}

#[tokio::test]
async fn only_the_bots_own_calls_carry_its_token() {
    let mut discord = Scripted::answering([]).await;
    let rest = discord.rest();
    rest.send(Call::post(1, &message())).await.unwrap();
    rest.send(Call::follow_up(&ticket(), &message())).await.unwrap();
    let post = discord.next().await;
    assert_eq!(post.headers["authorization"], "Bot NDI.x.y");
    assert!(post.headers["user-agent"].to_str().unwrap().starts_with("DiscordBot (https://"));
    let follow_up = discord.next().await;
    assert_eq!(follow_up.line, "POST /api/v10/webhooks/42/secret-ticket");
    assert_eq!(follow_up.headers.get("authorization"), None);
}

#[tokio::test]
async fn a_file_is_fetched_without_the_token_and_from_nowhere_else() {
    let mut discord = Scripted::answering([Some((200, json!("Tea."))), Some((200, json!("x".repeat(98))))]).await;
    let (rest, url) = (discord.rest(), discord.url.to_string());
    let file = format!("{url}attachments/1/tea.md?ex=1");
    assert_eq!(rest.fetch(&file, 100).await, Ok(b"\"Tea.\"".to_vec()));
    let seen = discord.next().await;
    assert_eq!((seen.line.as_str(), seen.headers.get(AUTHORIZATION)), ("GET /attachments/1/tea.md?ex=1", None));
    assert_eq!(rest.fetch(&file, 99).await, Err(RestError::TooLarge));
    let port = discord.url.port().unwrap();
    for elsewhere in [
        format!("http://localhost:{port}/attachments/1/tea.md"),
        "http://cdn.discordapp.com/attachments/1/tea.md".to_owned(),
        "https://cdn.discordapp.com:444/attachments/1/tea.md".to_owned(),
        "https://cdn.discordapp.com.example.org/attachments/1/tea.md".to_owned(),
        "https://example.org/cdn.discordapp.com".to_owned(),
        "file:///etc/passwd".to_owned(),
        "attachments/1/tea.md".to_owned(),
    ] {
        assert_eq!(rest.fetch(&elsewhere, 100).await, Err(RestError::Elsewhere), "{elsewhere}");
    }
    assert_eq!(discord.rest_of_lines().len(), 1);
}

#[tokio::test]
async fn a_file_that_is_elsewhere_or_gone_is_not_had() {
    let mut discord = Scripted::answering([fault(302, 0), fault(404, 0)]).await;
    let (rest, file) = (discord.rest(), format!("{}attachments/1/secret.md", discord.url));
    for _ in 0..2 {
        let error = rest.fetch(&file, 100).await.unwrap_err();
        assert!(!format!("{error:?} {error}").contains("secret"), "{error:?}");
    }
    assert_eq!(discord.rest_of_lines().len(), 2, "it isn't looked for where a redirect leads");
}
