//! Bodies: JSON, alone or beside files in a form.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::watch::Heard;
use crate::mock::files::{File, MAX_FILE};
use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::wire::with;

/// The most bytes of the JSON part of a form.
const MAX_JSON: usize = 1024 * 1024;

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
    let (mut json, mut files) = (json!({}), Vec::new());
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("payload_json") {
            json = read_json(field).await?;
        } else {
            let position = files.len();
            files.push(keep(field, position, server).await?);
        }
    }
    Ok((Some(json), files))
}

async fn read_json(mut field: Field<'_>) -> Result<Value, FormRefused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_JSON {
            return Err(FormRefused(Refusal::unreadable()));
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| FormRefused(Refusal::unreadable()))
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
