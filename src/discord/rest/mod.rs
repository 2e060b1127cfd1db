//! The one way to Discord's HTTP, real or local: deadlines, rate limits, and repeats that can't post twice.
//!
//! serenity's own client knows no deadline and no repeats, and its rate limiter ignores a proxy and never forgets an
//! interaction; so pamphlet does without it.

mod call;
mod error;
mod fetch;
mod limits;
mod retry;
#[cfg(test)]
mod tests;

use super::dice;
use super::token::Token;
use crate::answer::File;
pub(crate) use call::{Call, Ticket};
pub(crate) use error::RestError;
use limits::Limits;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{StatusCode, Url};
use retry::Fault;
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How pamphlet names itself, in the form that Discord asks for. It has no public address yet, so the one here is of
/// the kind that never leads anywhere.
const USER_AGENT: &str = concat!("DiscordBot (https://pamphlet.invalid, ", env!("CARGO_PKG_VERSION"), ")");
const CONNECT: Duration = Duration::from_secs(3);
/// More than Discord ever sends in answer to pamphlet's calls.
const LONGEST_BODY: usize = 1 << 20;

/// A client of Discord's HTTP.
pub(crate) struct Rest {
    client: reqwest::Client,
    api: Url,
    base: String,
    authorization: HeaderValue,
    limits: Limits,
    refused: CancellationToken,
}

/// One attempt that failed: the error to report, and whether sending again may help.
struct Failure {
    error: RestError,
    fault: Option<Fault>,
}

impl Rest {
    /// A client of the Discord at this address, without its `/api`. Needs a tokio runtime.
    ///
    /// # Errors
    /// When no TLS or no resolver is to be had.
    pub(crate) fn new(token: &Token, api: &Url) -> Result<Self, RestError> {
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {}", token.reveal())).map_err(|_| RestError::TokenRefused)?;
        authorization.set_sensitive(true);
        let base = format!("{}/api/v10/", api.as_str().trim_end_matches('/'));
        let (limits, refused) = (Limits::new(), CancellationToken::new());
        Ok(Self { client: client(api)?, api: api.clone(), base, authorization, limits, refused })
    }

    /// Comes to an end once Discord refused the token.
    pub(crate) async fn refused(&self) {
        self.refused.cancelled().await;
    }

    /// Sends a call, again if need be and harmless, until its deadline. Gives the answer's JSON, null if it has none.
    ///
    /// # Errors
    /// When it didn't succeed. After a refused token nothing is sent any more.
    pub(crate) async fn send(&self, call: Call) -> Result<Value, RestError> {
        let mut last = "waiting for its turn".to_owned();
        let mut unsure = false;
        let mut repeats = 0;
        loop {
            if self.refused.is_cancelled() {
                return Err(RestError::TokenRefused);
            }
            // Boxed, so that a call that isn't sent yet takes little room wherever it waits.
            let attempt = Box::pin(self.attempt(&call));
            let Ok(outcome) = tokio::time::timeout_at(call.deadline.into(), attempt).await else {
                return Err(RestError::Deadline { last });
            };
            let Failure { error, fault } = match outcome {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if let RestError::Rejected { code, .. } = error
                && call.done_before == Some(code)
                && (unsure || call.method == reqwest::Method::DELETE)
            {
                return Ok(Value::Null);
            }
            let left = call.deadline.saturating_duration_since(Instant::now());
            let wait = fault.and_then(|fault| retry::wait(repeats, fault, call.repeat, dice(), left));
            let Some(wait) = wait else { return Err(error) };
            tracing::debug!(call = call.name, %error, ?wait, "sending again");
            tokio::time::sleep(wait).await;
            unsure |= fault == Some(Fault::Ambiguous);
            last = error.to_string();
            repeats += 1;
        }
    }

    async fn attempt(&self, call: &Call) -> Result<Value, Failure> {
        let permit = match &call.bucket {
            Some(bucket) => Some(self.limits.permit(&call.method, bucket).await),
            None => None,
        };
        if call.bucket.as_ref().is_some_and(|bucket| self.limits.spares(bucket)) {
            return Err(Failure { error: RestError::Spared, fault: None });
        }
        let mut request = self.client.request(call.method.clone(), format!("{}{}", self.base, call.path));
        if call.bucket.is_some() {
            request = request.header(AUTHORIZATION, self.authorization.clone());
        }
        if let Some(body) = &call.body {
            request = match call.files.is_empty() {
                true => request.header(CONTENT_TYPE, "application/json").body(body.clone()),
                false => request.multipart(with_files(body, &call.files)),
            };
        }
        let answer = request.timeout(call.attempt).send().await.map_err(|error| unanswered(&error))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        if let Some(permit) = permit {
            permit.complete(limits::told(&headers));
        }
        let body = read(answer, LONGEST_BODY).await?;
        self.judge(call, status, &headers, &body)
    }

    /// What an answer means.
    fn judge(&self, call: &Call, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<Value, Failure> {
        if status.is_success() {
            return match body {
                [] => Ok(Value::Null),
                body => serde_json::from_slice(body).map_err(|_| Failure { error: RestError::Unreadable, fault: None }),
            };
        }
        // An interaction whose token ran out is answered with 401 as well; that says nothing about the bot's token.
        if status == StatusCode::UNAUTHORIZED && call.bucket.is_some() {
            self.refused.cancel();
            return Err(Failure { error: RestError::TokenRefused, fault: None });
        }
        let fault = match status {
            StatusCode::TOO_MANY_REQUESTS => {
                let asked = headers.get("retry-after").and_then(|text| text.to_str().ok());
                let wait = retry::asked_wait(asked, body);
                if limits::means_the_whole_bot(headers) {
                    self.limits.pause(wait);
                }
                Some(Fault::Limited(wait))
            }
            status if status.is_server_error() => Some(Fault::Ambiguous),
            _ => None,
        };
        let error = error::of_answer(status, body);
        if let (RestError::Forbidden { .. }, Some(bucket)) = (&error, &call.bucket) {
            self.limits.spare(bucket);
        }
        Err(Failure { error, fault })
    }
}

/// An HTTP client with a deadline for each connection. A local Discord is never looked for through a proxy.
fn client(api: &Url) -> Result<reqwest::Client, RestError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT)
        .timeout(Duration::from_secs(10))
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none());
    if super::is_loopback(api) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| RestError::Unreachable { why: error::why(&error) })
}

/// A body with files, in the form that Discord takes them.
fn with_files(body: &[u8], files: &[File]) -> Form {
    let json = Part::bytes(body.to_vec());
    let json = json.mime_str("application/json").unwrap_or_else(|_| Part::bytes(body.to_vec()));
    let parts = files.iter().enumerate().map(|(number, file)| {
        (format!("files[{number}]"), Part::bytes(file.bytes.clone()).file_name(file.name.clone()))
    });
    parts.fold(Form::new().part("payload_json", json), |form, (name, part)| form.part(name, part))
}

fn unanswered(error: &reqwest::Error) -> Failure {
    let fault = if error.is_connect() { Fault::Unsent } else { Fault::Ambiguous };
    Failure { error: RestError::Unreachable { why: error::why(error) }, fault: Some(fault) }
}

/// Reads an answer's body, which may have so many bytes.
async fn read(mut answer: reqwest::Response, most: usize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| unanswered(&error))? {
        if body.len() + piece.len() > most {
            return Err(Failure { error: RestError::TooLarge, fault: None });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
