//! Discord's OpenAPI document, where it is given: what breaks it is noted, and nothing is changed by it.
//!
//! A breach is an answer of this Discord that the document doesn't allow, or a request that it doesn't allow and that was
//! accepted all the same. A request that was refused is none. `GET /mock/breaches` lists them.

mod document;
mod schemas;
mod templates;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::http::{Method, StatusCode};
use serde::Serialize;
use serde_json::Value;
use tracing::error;

use document::{Document, Operation};
use schemas::{Flaw, Schemas, Side};

/// The most breaches that are kept. They are distinct, so that more tell nothing new.
const MAX_BREACHES: usize = 1_000;

/// What is wrong with a request for which there is no path, or no such method.
const UNKNOWN_REQUEST: &str = "the document knows no such request";

/// Why a file can't be used as an OpenAPI document.
#[derive(Debug, thiserror::Error)]
pub enum OpenapiError {
    /// The file can't be read.
    #[error("{0}")]
    Unreadable(#[from] std::io::Error),
    /// It isn't JSON.
    #[error("it is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// It is JSON of another kind.
    #[error("it is not an OpenAPI 3.1 document")]
    NotOpenapi,
}

/// One way in which the document was broken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Breach {
    method: String,
    /// The path with names in place of its ids.
    path: String,
    /// `request`, or `answer` and its status.
    part: String,
    /// Where in the body, as a JSON pointer. `*` stands for a place in a list, and for a key that the document doesn't name.
    pointer: String,
    /// What is wrong there, without what stands there.
    what: String,
    /// How often.
    count: u64,
}

impl Breach {
    /// Whether it is the same but for how often.
    fn is_as(&self, other: &Breach) -> bool {
        let same_request = self.method == other.method && self.path == other.path && self.part == other.part;
        same_request && self.pointer == other.pointer && self.what == other.what
    }
}

/// A request that was answered.
pub(crate) struct Exchange {
    pub(crate) method: Method,
    /// Its path, below the version.
    pub(crate) path: String,
    /// The route that it took here.
    pub(crate) route: String,
    /// What it brought, if anything was read.
    pub(crate) body: Option<Value>,
    pub(crate) status: StatusCode,
    pub(crate) answer: Bytes,
}

/// The document, and what broke it so far.
pub(crate) struct Openapi {
    document: Document,
    schemas: Schemas,
    breaches: Mutex<Vec<Breach>>,
}

impl Openapi {
    /// Reads the document.
    pub(crate) async fn open(path: &Path) -> Result<Openapi, OpenapiError> {
        let document = Document::new(serde_json::from_slice(&tokio::fs::read(path).await?)?)?;
        let schemas = Schemas::new(document.components(), document.keys());
        Ok(Openapi { document, schemas, breaches: Mutex::default() })
    }

    /// What broke the document so far.
    pub(crate) fn breaches(&self) -> Vec<Breach> {
        self.noted().clone()
    }

    /// What the document has against a request, whatever becomes of it, for tests without this Discord.
    #[cfg(test)]
    pub(crate) fn against(&self, method: &Method, path: &str, body: Option<&Value>) -> String {
        let flaws = match self.document.operation(method, path) {
            Some(operation) => self.request_flaws(&operation, body),
            None => vec![Flaw::of_the_whole(UNKNOWN_REQUEST)],
        };
        flaws.iter().map(|Flaw { pointer, what }| format!("{method} {path}: {pointer} {what}\n")).collect()
    }

    /// Notes what the document has against a request that it knows and that isn't carried out.
    pub(crate) fn check_request(&self, method: &Method, path: &str, body: Option<&Value>) {
        let Some(operation) = self.document.operation(method, path) else { return };
        for flaw in self.request_flaws(&operation, body) {
            self.note(method, operation.template, "request", flaw);
        }
    }

    pub(crate) fn check(&self, exchange: &Exchange) {
        let accepted = exchange.status.is_success();
        let Some(operation) = self.document.operation(&exchange.method, &exchange.path) else {
            if accepted {
                self.note(&exchange.method, &exchange.route, "request", Flaw::of_the_whole(UNKNOWN_REQUEST));
            }
            return;
        };
        if accepted {
            for flaw in self.request_flaws(&operation, exchange.body.as_ref()) {
                self.note(&exchange.method, operation.template, "request", flaw);
            }
        }
        let part = format!("answer {}", exchange.status.as_u16());
        for flaw in self.answer_flaws(&operation, exchange) {
            self.note(&exchange.method, operation.template, &part, flaw);
        }
    }

    fn request_flaws(&self, operation: &Operation, body: Option<&Value>) -> Vec<Flaw> {
        match (operation.request_schema(), body) {
            (Some(schema), Some(body)) => {
                let place = (Side::Request, operation.method.clone(), operation.template.to_owned(), None);
                self.schemas.flaws(place, schema, body)
            }
            (_, None) if operation.wants_body() => vec![Flaw::of_the_whole("a body is required")],
            _ => Vec::new(),
        }
    }

    /// Answers of a server in trouble (5xx) stand in no document.
    fn answer_flaws(&self, operation: &Operation, exchange: &Exchange) -> Vec<Flaw> {
        if exchange.status.is_server_error() {
            return Vec::new();
        }
        let Some(answer) = self.document.answer(operation, exchange.status) else {
            return vec![Flaw::of_the_whole("the document knows no such answer")];
        };
        match (Document::answer_schema(answer), serde_json::from_slice::<Value>(&exchange.answer)) {
            (Some(schema), Ok(body)) => {
                let status = Some(exchange.status);
                let place = (Side::Answer, operation.method.clone(), operation.template.to_owned(), status);
                self.schemas.flaws(place, schema, &body)
            }
            (Some(_), Err(_)) => vec![Flaw::of_the_whole("it is not JSON")],
            (None, _) if !exchange.answer.is_empty() => vec![Flaw::of_the_whole("there may be no body")],
            (None, _) => Vec::new(),
        }
    }

    fn note(&self, method: &Method, path: &str, part: &str, Flaw { pointer, what }: Flaw) {
        let (method, path, part) = (method.to_string(), path.to_owned(), part.to_owned());
        let breach = Breach { method, path, part, pointer, what, count: 1 };
        let mut breaches = self.noted();
        if let Some(known) = breaches.iter_mut().find(|known| known.is_as(&breach)) {
            known.count += 1;
        } else if breaches.len() < MAX_BREACHES {
            let Breach { method, path, part, pointer, what, .. } = &breach;
            error!(target: "pamphlet::mock", method, path, part, pointer, what, "Discord's OpenAPI document is broken");
            breaches.push(breach);
            if breaches.len() == MAX_BREACHES {
                error!(target: "pamphlet::mock", "no more breaches of Discord's OpenAPI document are told");
            }
        }
    }

    fn noted(&self) -> MutexGuard<'_, Vec<Breach>> {
        self.breaches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
