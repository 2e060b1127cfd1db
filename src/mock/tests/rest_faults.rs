//! The faults of requests from a bot's end, and jumps of the clock.

use super::*;

const ME: &str = "/api/v10/users/@me";

/// A 429 as ordered has these headers beside its body, in which `retry_after` and `global` stand.
async fn check_limit(fault: Value, global: bool, headers: &[(&str, Option<&str>)]) {
    let fixture = Fixture::new().await;
    let fault = crate::mock::wire::with(json!({ "status": 429, "retry_after": 1.5, "path": "/users/" }), fault);
    fixture.order(fault.clone()).await;
    let request = fixture.client.get(format!("{}{ME}", fixture.mock.url())).header("authorization", TOKEN);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 429);
    for (name, expected) in headers {
        let found = answer.headers().get(*name).and_then(|value| value.to_str().ok());
        assert_eq!(found, *expected, "{name} of {fault}");
    }
    let body: Value = answer.json().await.unwrap();
    assert_eq!((&body["retry_after"], &body["global"]), (&json!(1.5), &json!(global)), "{fault}");
    assert_eq!(fixture.call("GET", ME, Value::Null).await.0, 200);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_limit_is_told_in_each_scope_with_headers_and_without() {
    let of_bucket = |scope| [("x-ratelimit-scope", Some(scope)), ("x-ratelimit-remaining", Some("0"))];
    check_limit(json!({}), false, &of_bucket("user")).await;
    check_limit(json!({ "scope": "shared" }), false, &of_bucket("shared")).await;
    let of_all = [
        ("retry-after", Some("2")),
        ("x-ratelimit-scope", Some("global")),
        ("x-ratelimit-global", Some("true")),
        ("x-ratelimit-remaining", None),
    ];
    check_limit(json!({ "scope": "global" }), true, &of_all).await;
    let none = ["retry-after", "x-ratelimit-scope", "x-ratelimit-global", "x-ratelimit-remaining"];
    check_limit(json!({ "scope": "global", "headers": false }), true, &none.map(|name| (name, None))).await;
}

#[tokio::test]
async fn a_fault_may_last_a_time() {
    let fixture = Fixture::new().await;
    let start = std::time::Instant::now();
    fixture.order(json!({ "status": 503, "for_ms": 1500, "path": "/users/" })).await;
    for _ in 0..3 {
        assert_eq!(fixture.call("GET", ME, Value::Null).await.0, 503);
    }
    while fixture.call("GET", ME, Value::Null).await.0 == 503 {}
    assert!(start.elapsed() >= Duration::from_millis(1500));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_cut_connection_brings_nothing() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "cut": true, "path": "/gateway" })).await;
    let mut line = TcpStream::connect(fixture.mock.addr).await.unwrap();
    line.write_all(b"GET /api/v10/gateway HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut heard = Vec::new();
    // Whether the line ends or is reset, nothing comes over it.
    let _ = line.read_to_end(&mut heard).await;
    assert_eq!(String::from_utf8_lossy(&heard), "");
    assert_eq!(fixture.call("GET", "/api/v10/gateway", Value::Null).await.0, 200);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_jump_of_the_clock_moves_ids_and_deadlines() {
    let fixture = Fixture::new().await;
    let id = || fixture.sams_message().parse::<u64>().unwrap();
    let before = id();
    fixture.order(json!({ "clock_jump_s": 3600 })).await;
    let after = id();
    assert!((after >> 22) - (before >> 22) >= 3_600_000);
    fixture.order(json!({ "clock_jump_s": -7200 })).await;
    assert!(id() > after, "ids rise all the same");

    let (callback, promise) = (fixture.command(), json!({ "type": 5 }));
    fixture.order(json!({ "clock_jump_s": 4 })).await;
    assert_eq!(fixture.call("POST", &callback, promise.clone()).await.1["code"], 10062);

    assert_eq!(fixture.call("POST", &fixture.command(), promise).await.0, 204);
    let original = format!("/api/v10/webhooks/1234/{}/messages/@original", fixture.interaction().1);
    fixture.order(json!({ "clock_jump_s": 901 })).await;
    assert_eq!(fixture.call("PATCH", &original, json!({ "content": "late" })).await.1["code"], 50027);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_jump_of_a_day_brings_fresh_logins() {
    let fixture = Fixture::new().await;
    fixture.order(json!({ "logins_a_day": 1 })).await;
    let left = async || fixture.call("GET", "/api/v10/gateway/bot", Value::Null).await.1["session_start_limit"].clone();
    drop(super::bot::Bot::ready(&fixture).await);
    assert_eq!(left().await["remaining"], 0);
    fixture.order(json!({ "clock_jump_s": 86_400 })).await;
    assert_eq!(left().await["remaining"], 1);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused() {
    let fixture = Fixture::new().await;
    for fault in [
        json!({ "scope": "user" }),
        json!({ "status": 500, "retry_after": 1 }),
        json!({ "status": 429, "retry_after": -1 }),
        json!({ "status": 429, "scope": "mine" }),
        json!({ "status": 500, "times": 1, "for_ms": 1000 }),
        json!({ "status": 500, "cut": true }),
        json!({ "freeze_ms": 1_000_000 }),
        json!({ "max_concurrency": 0 }),
        json!({ "heartbeat_ms": 1 }),
    ] {
        assert_eq!(fixture.call("POST", "/mock/faults", fault.clone()).await.0, 400, "{fault}");
    }
    fixture.mock.stop().await;
}
