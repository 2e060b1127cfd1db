//! Bodies: JSON, alone or beside files in a form.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::watch::Heard;
use crate::mock::refusal::Refusal;

/// The most bytes of the JSON part of a form.
const MAX_JSON: usize = 1024 * 1024;

/// What a request brings.
pub(crate) struct Body {
    pub(crate) json: Value,
    /// The files, as attachments. They are measured and not kept.
    pub(crate) files: Vec<Value>,
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Body, Refusal> {
        let heard = request.extensions().get::<Heard>().cloned();
        let (json, files) = read(request, state).await?;
        if let (Some(heard), Some(json)) = (heard, &json) {
            heard.leave(json);
        }
        Ok(Body { json: json.unwrap_or_else(|| json!({})), files })
    }
}

/// The JSON and the files of a request; no JSON when there is no body.
async fn read(request: Request, state: &(impl Send + Sync)) -> Result<(Option<Value>, Vec<Value>), Refusal> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, state).await.map_err(|_| Refusal::unreadable())?;
        return read_form(form).await.map_err(|FormRefused(refusal)| refusal);
    }
    let bytes = axum::body::Bytes::from_request(request, state).await.map_err(|rejection| {
        let status = rejection.into_response().status();
        if status == StatusCode::PAYLOAD_TOO_LARGE { Refusal::too_large() } else { Refusal::unreadable() }
    })?;
    let json = (!bytes.is_empty()).then(|| serde_json::from_slice(&bytes)).transpose();
    Ok((json.map_err(|_| Refusal::unreadable())?, Vec::new()))
}

async fn read_form(mut form: Multipart) -> Result<(Option<Value>, Vec<Value>), FormRefused> {
    let (mut json, mut files) = (json!({}), Vec::new());
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("payload_json") {
            json = read_json(field).await?;
        } else {
            let position = files.len();
            files.push(measure(field, position).await?);
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

/// An attachment for a file, whose bytes are counted and let go.
async fn measure(mut field: Field<'_>, position: usize) -> Result<Value, FormRefused> {
    let given = field.name().and_then(|name| name.strip_prefix("files[")?.strip_suffix(']')?.parse::<usize>().ok());
    let filename = field.file_name().unwrap_or("file").to_owned();
    let kind = field.content_type().unwrap_or("application/octet-stream").to_owned();
    let mut size = 0;
    while let Some(chunk) = field.chunk().await? {
        size += chunk.len();
    }
    let url = format!("attachment://{filename}");
    Ok(json!({
        "id": given.unwrap_or(position).to_string(),
        "filename": filename,
        "size": size,
        "url": url,
        "proxy_url": url,
        "content_type": kind,
    }))
}

/// Why a form can't be read.
struct FormRefused(Refusal);

impl From<MultipartError> for FormRefused {
    fn from(error: MultipartError) -> FormRefused {
        let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        FormRefused(if too_large { Refusal::too_large() } else { Refusal::unreadable() })
    }
}
