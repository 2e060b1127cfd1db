//! Answers that are written out already.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// JSON in text; `None` if it couldn't be written.
pub(crate) struct Written(pub(crate) Option<String>);

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        match self.0 {
            Some(text) => ([(CONTENT_TYPE, "application/json")], text).into_response(),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
