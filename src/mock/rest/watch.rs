//! The layer around Discord's routes that shows each request and its answer to those who look: the OpenAPI document, and the
//! recording.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::mock::openapi::Exchange;
use crate::mock::recording::Entry;
use crate::mock::server::Shared;

/// Where a route that reads a body leaves its JSON for the layer around it, so that no body is read twice.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Option<Value>>>);

impl Heard {
    /// Leaves what a request brought.
    pub(crate) fn leave(&self, json: &Value) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(json.clone());
    }

    /// Takes it; none when there was no body.
    pub(crate) fn take(&self) -> Option<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Holds a request and its answer against the document, and notes both: whichever of them there is. Where neither is, this
/// layer is left out.
pub(crate) async fn watch(
    State(server): State<Shared>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    // HEAD is GET without its answer; the document doesn't speak of it.
    let openapi = server.openapi.as_ref().filter(|_| request.method() != Method::HEAD);
    let heard = Heard::default();
    request.extensions_mut().insert(heard.clone());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (parts, body) = next.run(request).await.into_parts();
    // The answer was made here and is in memory already.
    let Ok(answer) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let route = matched.map(|matched| matched.as_str().to_owned()).unwrap_or_default();
    let exchange = Exchange { method, path, route, body: heard.take(), status: parts.status, answer: answer.clone() };
    openapi.iter().for_each(|openapi| openapi.check(&exchange));
    server.note(|| noted(exchange));
    Response::from_parts(parts, Body::from(answer))
}

fn noted(exchange: Exchange) -> Entry {
    let Exchange { method, path, body, status, answer, .. } = exchange;
    let answer = serde_json::from_slice(&answer).unwrap_or_default();
    Entry::Request { method: method.to_string(), path, body, status: Some(status.as_u16()), answer }
}
