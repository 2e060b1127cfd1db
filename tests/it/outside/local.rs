//! The local Discord on its own, for bots that aren't pamphlet.

use crate::stage::{Discord, pamphlet};
use serde_json::Value;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How long anything may take on a busy machine; longer than what is asked of the local Discord below.
const PATIENCE: Duration = Duration::from_secs(40);
/// How long a row may take to become what it should.
const SOON: Duration = Duration::from_secs(30);

/// The process `pamphlet mock`.
pub struct Local {
    discord: Discord,
    http: reqwest::Client,
}

impl Local {
    /// Starts it on a free port.
    pub fn open() -> Self {
        let discord = Discord::start(pamphlet().args(["mock", "--listen", "127.0.0.1:0"]), Stdio::null());
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        Self { discord, http }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.discord.url
    }

    /// The id of the last thing that happened.
    pub async fn newest(&self) -> String {
        let rows = self.get("/mock/transcript?after=0").await;
        rows.as_array().and_then(|rows| rows.last()).and_then(|row| row["changed"].as_str()).unwrap_or("0").to_owned()
    }

    /// A row, once it is as wanted; as it is when the patience ends.
    pub async fn row_until(&self, id: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let (until, mut row, mut after) = (Instant::now() + SOON, Value::Null, "0".to_owned());
        while Instant::now() < until {
            let rows = self.get(&format!("/mock/transcript?after={after}&wait_ms=2000")).await;
            for found in rows.as_array().into_iter().flatten() {
                after = found["changed"].as_str().unwrap_or_default().to_owned();
                if found["id"] == id {
                    row = found.clone();
                }
            }
            if wanted(&row) {
                break;
            }
        }
        row
    }

    /// Waits until no bot is served by this connection any more, and one by another.
    pub async fn back(&self, connection: &Value) {
        let gone = connection.as_str().unwrap_or_default();
        self.get(&format!("/mock/condition?connected=1&gone={gone}&wait_ms=30000")).await;
    }

    /// The logins of bots, once so many are connected; those that there are when the patience ends.
    pub async fn connected(&self, count: usize) -> Vec<Value> {
        let condition = self.get(&format!("/mock/condition?connected={count}&wait_ms=30000")).await;
        condition["sessions"].as_array().cloned().unwrap_or_default()
    }

    /// Orders a fault.
    pub async fn order(&self, fault: Value) {
        let answer =
            self.http.post(format!("{}/mock/faults", self.url())).json(&fault).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{fault}: {}", answer.text().await.unwrap_or_default());
    }

    /// The answer to a question on the control interface.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.url())).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Acts on the control interface and gives the id of what came of it.
    pub async fn act(&self, what: &str, body: Value) -> String {
        let answer = self.send(what, body.clone()).await;
        answer["id"].as_str().unwrap_or_else(|| panic!("{what} {body}: {answer}")).to_owned()
    }

    /// Acts on the control interface and gives its answer.
    pub async fn send(&self, what: &str, body: Value) -> Value {
        let answer = self.http.post(format!("{}/mock/{what}", self.url())).json(&body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }
}
