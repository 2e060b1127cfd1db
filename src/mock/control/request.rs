//! What members and tests ask for: bodies and queries read kindly, and refusals in a plain sentence.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Why something can't be done here, in a plain sentence.
#[derive(Debug)]
pub(crate) struct ControlError {
    status: StatusCode,
    sentence: String,
}

impl ControlError {
    /// What was asked for makes no sense.
    pub(crate) fn bad(sentence: impl Into<String>) -> ControlError {
        ControlError { status: StatusCode::BAD_REQUEST, sentence: sentence.into() }
    }

    /// What it is about isn't there, or isn't the member's to see.
    pub(crate) fn absent(sentence: impl Into<String>) -> ControlError {
        ControlError { status: StatusCode::NOT_FOUND, sentence: sentence.into() }
    }

    /// It can't be done as things stand.
    pub(crate) fn conflict(sentence: impl Into<String>) -> ControlError {
        ControlError { status: StatusCode::CONFLICT, sentence: sentence.into() }
    }

    /// The bot didn't answer in time.
    pub(crate) fn late(sentence: impl Into<String>) -> ControlError {
        ControlError { status: StatusCode::GATEWAY_TIMEOUT, sentence: sentence.into() }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.sentence }))).into_response()
    }
}

/// A JSON body of a known form, whatever its content type says.
pub(crate) struct Given<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Given<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, state: &S) -> Result<Given<T>, ControlError> {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| ControlError::bad(rejection.body_text()))?;
        serde_json::from_slice(&bytes)
            .map(Given)
            .map_err(|error| ControlError::bad(format!("The body can't be read: {error}")))
    }
}

/// What a query asks for, with its refusal in a plain sentence.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ControlError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, ControlError> {
        let query = Query::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Asked(asked)).map_err(|rejection| ControlError::bad(rejection.body_text()))
    }
}

/// Reads a field that may be left out: null and an empty text say no more than its absence. (For the absence itself,
/// `serde(default)` stands beside it.) Numbers and truths may be written as text, as in a query they always are.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(deserializer)?;
    match value.as_str() {
        Some("") => Ok(T::default()),
        None if value.is_null() => Ok(T::default()),
        None => T::deserialize(value).map_err(D::Error::custom),
        Some(text) => {
            T::deserialize(&value).or_else(|error| serde_json::from_str(text).map_err(|_| D::Error::custom(error)))
        }
    }
}

/// A text, which may be written as a number or a truth: `7` for `"7"`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Debug)]
pub(crate) struct Text(pub(crate) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        let value = Value::deserialize(deserializer)?;
        as_text(&value).map(Text).ok_or_else(|| D::Error::custom("a text was expected"))
    }
}

/// What a text, a number or a truth says; `None` for anything else.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::snowflake::Id;

    #[derive(Deserialize, PartialEq, Debug, Default)]
    #[serde(default)]
    struct Wish {
        #[serde(deserialize_with = "optional")]
        after: Option<Id>,
        #[serde(deserialize_with = "optional")]
        wait_ms: u64,
        #[serde(deserialize_with = "optional")]
        label: String,
        #[serde(deserialize_with = "optional")]
        mention: bool,
        #[serde(deserialize_with = "optional")]
        values: Option<Vec<Text>>,
    }

    #[test]
    fn absent_null_and_empty_are_the_same() {
        let check = |body: &str, expected: Wish| {
            assert_eq!(serde_json::from_str::<Wish>(body).unwrap(), expected, "{body}");
        };
        let none = Wish::default;
        check("{}", none());
        check(r#"{"after":null,"wait_ms":null,"label":null,"mention":null,"values":null}"#, none());
        check(r#"{"after":"","wait_ms":"","label":"","mention":"","values":""}"#, none());
        check(r#"{"after":7}"#, Wish { after: Some(Id(7)), ..none() });
        check(r#"{"after":"7"}"#, Wish { after: Some(Id(7)), ..none() });
        check(r#"{"wait_ms":"50"}"#, Wish { wait_ms: 50, ..none() });
        check(r#"{"label":"7"}"#, Wish { label: "7".to_owned(), ..none() });
        check(r#"{"mention":"true"}"#, Wish { mention: true, ..none() });
        let texts = ["a", "7", "true"].map(|text| Text(text.to_owned())).to_vec();
        check(r#"{"values":["a",7,true]}"#, Wish { values: Some(texts), ..none() });
        assert!(serde_json::from_str::<Wish>(r#"{"after":"soon"}"#).is_err());
        assert!(serde_json::from_str::<Wish>(r#"{"values":[[]]}"#).is_err());
    }
}
