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
async fn an_ordered_limit_holds_until_it_is_over() {
    let fixture = Fixture::new().await;
    let path = format!("/api/v10/channels/{}/messages", fixture.general());
    let get = async |path: &str, token: &str| {
        let request = fixture.client.get(format!("{}{path}", fixture.mock.url())).header("authorization", token);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap()["retry_after"].as_f64())
    };
    let other = "Bot NTY3OA.x.y";
    for (scope, on_other_routes, of_other_bots) in [("user", 200, 200), ("global", 429, 200), ("shared", 200, 429)] {
        fixture.order(json!({ "status": 429, "scope": scope, "retry_after": 30, "path": "/messages" })).await;
        assert_eq!(get(&path, TOKEN).await, (429, Some(30.0)), "{scope}");
        let (status, left) = get(&path, TOKEN).await;
        assert!(status == 429 && left.is_some_and(|left| left < 30.0), "{scope}: {status} {left:?}");
        assert_eq!(get(ME, TOKEN).await.0, on_other_routes, "{scope}");
        assert_eq!(get(&path, other).await.0, of_other_bots, "{scope}");
        fixture.mock.server.limits.lift();
    }
    fixture.order(json!({ "status": 429, "retry_after": 0.2, "path": "/messages" })).await;
    let (_, left) = get(&path, TOKEN).await;
    tokio::time::sleep(Duration::from_secs_f64(left.unwrap())).await;
    assert_eq!(get(&path, TOKEN).await.0, 200);
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_limits_headers_are_those_of_its_route() {
    let fixture = Fixture::new().await;
    fixture.mock.server.world().terms.rate_limits = true;
    let headers = async || {
        let request = fixture.client.get(format!("{}{ME}", fixture.mock.url())).header("authorization", TOKEN);
        let answer = request.send().await.unwrap();
        let told = |name: &str| answer.headers().get(name).cloned();
        (answer.status().as_u16(), told("x-ratelimit-bucket"), told("x-ratelimit-limit"))
    };
    let (_, bucket, limit) = headers().await;
    assert!(bucket.is_some() && limit.is_some());
    fixture.order(json!({ "status": 429 })).await;
    assert_eq!(headers().await, (429, bucket, limit));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_fault_may_last_a_time() {
    let fixture = Fixture::new().await;
    let start = std::time::Instant::now();
    fixture.order(json!({ "status": 503, "for_ms": 1500, "path": "/users/" })).await;
    let mut refused = 0;
    loop {
        let status = fixture.call("GET", ME, Value::Null).await.0;
        if status != 503 {
            assert_eq!(status, 200);
            break;
        }
        refused += 1;
        assert!(start.elapsed() < Duration::from_secs(20), "the fault goes on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(refused > 1 && start.elapsed() >= Duration::from_millis(1500), "{refused}");
    fixture.mock.stop().await;
}

/// How often a message is in the channel that a client tried to write while this fault lasts, and gave up after a while.
async fn written_under(fault: Value) -> usize {
    let fixture = Fixture::new().await;
    let path = format!("/api/v10/channels/{}/messages", fixture.general());
    fixture.order(fault.clone()).await;
    let request = fixture.client.post(format!("{}{path}", fixture.mock.url())).header("authorization", TOKEN);
    let request = request.json(&json!({ "content": "x" })).timeout(Duration::from_secs(2));
    assert!(request.send().await.is_err(), "{fault} was answered");
    let (_, messages) = fixture.call("GET", &path, Value::Null).await;
    fixture.mock.stop().await;
    messages.as_array().unwrap().len()
}

#[tokio::test]
async fn an_answer_is_lost_before_the_deed_or_after() {
    assert_eq!(written_under(json!({ "delay_ms": 60_000, "method": "POST" })).await, 1);
    assert_eq!(written_under(json!({ "cut": true, "after": true, "method": "POST" })).await, 1);
    assert_eq!(written_under(json!({ "cut": true, "method": "POST" })).await, 0);
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
    let edit = || fixture.call("PATCH", &original, json!({ "content": "late" }));
    assert_eq!(edit().await.1["code"], 50027);
    fixture.command();
    assert_eq!(edit().await.1["code"], 50027, "another interaction changes nothing");
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
