//! The way to the local Discord: its control interface, over HTTP.

use super::row::{Id, Row, World};
use crate::cli::{Exit, Failure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// How much longer than what it was asked to wait an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was done, or why it can't be, in a sentence of the local Discord's.
pub(super) type Done<T> = Result<T, String>;

/// A client of the control interface.
pub(super) struct Control {
    url: String,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Made {
    id: Id,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

impl Control {
    /// A client of the local Discord at this address.
    ///
    /// # Errors
    /// When the system can't make one.
    pub(super) fn new(url: &str) -> Result<Self, Failure> {
        let http = reqwest::Client::builder().no_proxy().build();
        Ok(Self { url: url.to_owned(), http: http.map_err(|why| Failure::new(Exit::Fault, why))? })
    }

    /// Acts as a member; gives the id of what was done.
    ///
    /// # Errors
    /// When the local Discord doesn't answer.
    pub(super) async fn act(&self, what: &str, body: &Value) -> Result<Done<Id>, Failure> {
        Ok(self.post(what, body).await?.map(|Made { id }| id))
    }

    /// Asks for something where the answer is the point.
    ///
    /// # Errors
    /// When the local Discord doesn't answer.
    pub(super) async fn post<T: DeserializeOwned>(&self, what: &str, body: &Value) -> Result<Done<T>, Failure> {
        let request = self.http.post(format!("{}/mock/{what}", self.url)).json(body).timeout(PATIENCE);
        let answer = request.send().await.map_err(lost)?;
        if answer.status().is_success() {
            return Ok(Ok(answer.json().await.map_err(lost)?));
        }
        Ok(Err(answer.json().await.map(|Refused { error }| error).map_err(lost)?))
    }

    /// The rows that changed after an id, waited for; those that are there now without one.
    ///
    /// # Errors
    /// When the local Discord doesn't answer.
    pub(super) async fn rows(&self, after: Option<Id>, patience: Duration) -> Result<Vec<Row>, Failure> {
        let after = after.map(|id| format!("after={id}&")).unwrap_or_default();
        self.get(&format!("transcript?{after}wait_ms={}", patience.as_millis()), patience).await
    }

    /// Who and what is there.
    ///
    /// # Errors
    /// When the local Discord doesn't answer.
    pub(super) async fn world(&self) -> Result<World, Failure> {
        self.get("world", Duration::ZERO).await
    }

    async fn get<T: DeserializeOwned>(&self, what: &str, patience: Duration) -> Result<T, Failure> {
        let request = self.http.get(format!("{}/mock/{what}", self.url)).timeout(patience + PATIENCE);
        request.send().await.map_err(lost)?.json().await.map_err(lost)
    }
}

fn lost(why: reqwest::Error) -> Failure {
    Failure::new(Exit::Unreachable, format!("the local Discord doesn't answer: {why}"))
}
