//! The document itself: its operations, and the schemas of their requests and answers.

use std::collections::HashSet;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::OpenapiError;
use super::templates::Templates;

/// The version of OpenAPI that is understood: its schemas are JSON Schema of 2020-12.
const VERSION: &str = "3.1";
/// The errors of one field in a refusal. Here the document errs: it says that their codes are numbers, while Discord
/// writes names (`BASE_TYPE_REQUIRED`), which its guide shows and its clients expect.
const FIELD_ERROR: &str = "/schemas/InnerErrors/properties/_errors/items";
/// The only kind of content that is looked at.
const JSON: &str = "application/json";

/// An OpenAPI document.
pub(super) struct Document {
    json: Value,
    templates: Templates,
}

/// One request that the document knows.
pub(super) struct Operation<'a> {
    pub(super) template: &'a str,
    pub(super) method: &'a Method,
    json: &'a Value,
}

impl Document {
    pub(super) fn new(json: Value) -> Result<Document, OpenapiError> {
        let version = json.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let paths = json.get("paths").and_then(Value::as_object).ok_or(OpenapiError::NotOpenapi)?;
        if version != VERSION && !version.starts_with(&format!("{VERSION}.")) {
            return Err(OpenapiError::NotOpenapi);
        }
        let templates = Templates::new(paths.keys().cloned());
        Ok(Document { json, templates })
    }

    /// What the schemas of the document refer to, put right.
    pub(super) fn components(&self) -> Value {
        let mut components = self.json.get("components").cloned().unwrap_or_default();
        if let Some(error) = components.pointer_mut(FIELD_ERROR) {
            let text = json!({ "type": "string" });
            let keys = json!({ "code": text, "message": text });
            *error = json!({ "type": "object", "properties": keys, "required": ["code", "message"] });
        }
        components
    }

    /// Every key that a schema of the document names.
    pub(super) fn keys(&self) -> HashSet<String> {
        let mut keys = HashSet::new();
        gather_keys(&self.json, &mut keys);
        keys
    }

    /// What the document knows of requests with this method to this path.
    pub(super) fn operation<'a>(&'a self, method: &'a Method, path: &str) -> Option<Operation<'a>> {
        let template = self.templates.find(path)?;
        let json = self.json.get("paths")?.get(template)?.get(method.as_str().to_ascii_lowercase())?;
        Some(Operation { template, method, json })
    }

    /// What the document knows of answers with this status: under the number, else under its hundred.
    pub(super) fn answer<'a>(&'a self, operation: &Operation<'a>, status: StatusCode) -> Option<&'a Value> {
        let answers = operation.json.get("responses")?;
        let hundred = format!("{}XX", status.as_u16() / 100);
        let found = answers.get(status.as_str()).or_else(|| answers.get(hundred))?;
        match found.get("$ref").and_then(Value::as_str) {
            Some(place) => self.json.pointer(place.strip_prefix('#')?),
            None => Some(found),
        }
    }

    /// The schema of an answer's body; an answer without one has no body.
    pub(super) fn answer_schema(answer: &Value) -> Option<&Value> {
        answer.get("content")?.get(JSON)?.get("schema")
    }
}

impl<'a> Operation<'a> {
    /// The schema of the body, which is JSON's in a form too: that of `payload_json`.
    pub(super) fn request_schema(&self) -> Option<&'a Value> {
        self.json.get("requestBody")?.get("content")?.get(JSON)?.get("schema")
    }

    /// Whether there must be a body.
    pub(super) fn wants_body(&self) -> bool {
        self.json.pointer("/requestBody/required").and_then(Value::as_bool).unwrap_or(false)
    }
}

fn gather_keys(json: &Value, keys: &mut HashSet<String>) {
    match json {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| gather_keys(value, keys));
        }
        Value::Array(parts) => parts.iter().for_each(|value| gather_keys(value, keys)),
        _ => {}
    }
}
