//! For tests: a Discord that answers as it is told and shows what it was sent.

use super::rest::Rest;
use super::token::Token;
use crate::mock::openapi::Openapi;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use reqwest::Url;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OnceCell, mpsc};

/// A request as it came in.
#[derive(Debug)]
pub(super) struct Seen {
    /// Method and path.
    pub(super) line: String,
    /// The body, null if it had none.
    pub(super) body: Value,
    pub(super) headers: HeaderMap,
}

/// What a request is answered with; none leaves it without an answer.
pub(super) type Answer = Option<(u16, Value)>;

/// The Discord.
pub(super) struct Scripted {
    pub(super) url: Url,
    seen: mpsc::UnboundedReceiver<Seen>,
    breaches: Arc<Mutex<String>>,
}

/// Discord's OpenAPI document, if PAMPHLET_OPENAPI names one.
async fn openapi() -> Option<&'static Openapi> {
    static READ: OnceCell<Option<Openapi>> = OnceCell::const_new();
    let read = READ.get_or_init(|| async {
        let path = std::env::var_os("PAMPHLET_OPENAPI").filter(|path| !path.is_empty())?;
        Some(Openapi::open(Path::new(&path)).await.unwrap())
    });
    read.await.as_ref()
}

/// At the end of a test no request may have broken the document.
impl Drop for Scripted {
    fn drop(&mut self) {
        let breaches = self.breaches.lock().unwrap();
        assert!(std::thread::panicking() || breaches.is_empty(), "{breaches}");
    }
}

impl Scripted {
    /// One that gives these answers in turn, and then says that all went well.
    pub(super) async fn answering(script: impl IntoIterator<Item = Answer>) -> Self {
        let script: Arc<Mutex<VecDeque<Answer>>> = Arc::new(Mutex::new(script.into_iter().collect()));
        let (sender, seen) = mpsc::unbounded_channel();
        let breaches = Arc::new(Mutex::new(String::new()));
        let (openapi, noted) = (openapi().await, Arc::clone(&breaches));
        let answer = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let next = script.lock().unwrap().pop_front().unwrap_or(Some((200, json!({ "id": "77" }))));
            let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
            // Files stand beside the API.
            if let (Some(openapi), Some(path)) = (openapi, uri.path().strip_prefix("/api/v10")) {
                noted.lock().unwrap().push_str(&openapi.against(&method, path, (!body.is_null()).then_some(&body)));
            }
            sender.send(Seen { line: format!("{method} {uri}"), body, headers }).unwrap();
            async move {
                match next {
                    Some((status, body)) => respond(status, body),
                    None => std::future::pending().await,
                }
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
        Self { url, seen, breaches }
    }

    /// A client of it.
    pub(super) fn rest(&self) -> Rest {
        Rest::new(&Token::new("NDI.x.y").unwrap(), &self.url).unwrap()
    }

    /// The next request.
    pub(super) async fn next(&mut self) -> Seen {
        tokio::time::timeout(Duration::from_secs(10), self.seen.recv()).await.expect("a request in time").unwrap()
    }

    /// The requests so far that nobody looked at.
    pub(super) fn rest_of_lines(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.seen.try_recv().ok()).map(|seen| seen.line).collect()
    }
}

fn respond(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    if status == StatusCode::NO_CONTENT { status.into_response() } else { (status, Json(body)).into_response() }
}
