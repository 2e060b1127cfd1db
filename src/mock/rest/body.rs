//! Bodies: JSON, alone or beside files in a form.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

use super::watch::Heard;
use crate::mock::checks::Problems;
use crate::mock::files::{File, MAX_FILE};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::wire::with;

/// The most bytes of a part of a form that isn't a file.
const MAX_TEXT: usize = 1024 * 1024;
/// The fields of a form that say yes or no.
const FLAGS: [&str; 2] = ["tts", "enforce_nonce"];
/// What is more than a text in a body.
const NESTED: [&str; 7] =
    ["allowed_mentions", "applied_tags", "attachments", "components", "data", "embeds", "message_reference"];

/// What a request brings.
pub(crate) struct Body {
    pub(crate) json: Value,
    /// The files, as attachments. The id of each is the number that the form gives it.
    pub(crate) files: Vec<Value>,
}

impl FromRequest<Shared> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, server: &Shared) -> Result<Body, Refusal> {
        let heard = request.extensions().get::<Heard>().cloned();
        let (json, files) = read(request, server).await?;
        if let (Some(heard), Some(json)) = (heard, &json) {
            heard.leave(json);
        }
        Ok(Body { json: json.unwrap_or_else(|| json!({})), files })
    }
}

/// The JSON and the files of a request; no JSON when there is no body.
async fn read(request: Request, server: &Shared) -> Result<(Option<Value>, Vec<Value>), Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, server).await.map_err(|_| Refusal::unreadable())?;
        return read_form(form, server).await.map_err(|FormRefused(refusal)| refusal);
    }
    let bytes = axum::body::Bytes::from_request(request, server).await.map_err(|rejection| {
        let status = rejection.into_response().status();
        if status == StatusCode::PAYLOAD_TOO_LARGE { Refusal::too_large() } else { Refusal::unreadable() }
    })?;
    let json = (!bytes.is_empty()).then(|| serde_json::from_slice(&bytes)).transpose();
    Ok((json.map_err(|_| Refusal::unreadable())?, Vec::new()))
}

async fn read_form(mut form: Multipart, server: &Shared) -> Result<(Option<Value>, Vec<Value>), FormRefused> {
    let (mut payload, mut fields, mut files) = (None, Map::new(), Vec::new());
    while let Some(field) = form.next_field().await? {
        match field.name().map(str::to_owned) {
            Some(name) if name == "payload_json" => payload = Some(parsed(&read_text(field).await?)?),
            Some(name) if field.file_name().is_none() && !name.starts_with("files[") => {
                let value = plain(&name, read_text(field).await?)?;
                fields.insert(name, value);
            }
            _ => files.push(keep(field, files.len(), server).await?),
        }
    }
    // Beside that JSON, Discord takes nothing but files.
    Ok((Some(payload.unwrap_or(Value::Object(fields))), files))
}

fn parsed(json: &[u8]) -> Result<Value, FormRefused> {
    serde_json::from_slice(json).map_err(|_| FormRefused(Refusal::unreadable()))
}

/// A field of a form as a value: a text, which stands for a number, too, or one of few words for yes and no.
fn plain(name: &str, text: Vec<u8>) -> Result<Value, FormRefused> {
    let text = String::from_utf8(text).map_err(|_| FormRefused(Refusal::unreadable()))?;
    if NESTED.contains(&name) {
        let mut problems = Problems::default();
        problems.add(name, "UNSUPPORTED_HERE", "The local Discord reads lists and objects of a form in payload_json.");
        problems.into_result().map_err(FormRefused)?;
    }
    match text.as_str() {
        "true" | "True" | "1" if FLAGS.contains(&name) => Ok(true.into()),
        "false" | "False" | "0" if FLAGS.contains(&name) => Ok(false.into()),
        _ => Ok(text.into()),
    }
}

async fn read_text(mut field: Field<'_>) -> Result<Vec<u8>, FormRefused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_TEXT {
            return Err(FormRefused(Refusal::unreadable()));
        }
    }
    Ok(bytes)
}

/// An attachment for a file, which is kept.
async fn keep(field: Field<'_>, position: usize, server: &Shared) -> Result<Value, FormRefused> {
    let given = field.name().and_then(|name| name.strip_prefix("files[")?.strip_suffix(']')?.parse::<usize>().ok());
    let name = field.file_name().unwrap_or("file").to_owned();
    let kind = field.content_type().map(str::to_owned);
    let bytes = field.bytes().await?;
    if bytes.len() > MAX_FILE {
        return Err(FormRefused(Refusal::too_large()));
    }
    let attachment = server.attach(File { name, kind, bytes });
    Ok(with(attachment, json!({ "id": given.unwrap_or(position).to_string() })))
}

/// Why a form can't be read.
struct FormRefused(Refusal);

impl From<MultipartError> for FormRefused {
    fn from(error: MultipartError) -> FormRefused {
        let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        FormRefused(if too_large { Refusal::too_large() } else { Refusal::unreadable() })
    }
}
