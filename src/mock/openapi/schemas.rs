//! The schemas, each made ready when it is first needed, and what is wrong with a value by them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::mock::wire::with;

/// The most ways of being wrong that are told of one place where several schemas would do.
const MAX_WAYS: usize = 4;

/// Whose body a schema is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// A bot's. Discord reads digits as a number here, and a number as an id, while the document knows one form of each.
    Request,
    /// This Discord's, which is held to every word.
    Answer,
}

/// What is wrong at one place of a body.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) pointer: String,
    pub(super) what: String,
}

impl Fault {
    /// What is wrong with a body as a whole.
    pub(super) fn of_the_whole(what: &str) -> Fault {
        Fault { pointer: String::new(), what: what.to_owned() }
    }
}

/// Schemas that were needed before, by their text; or why one can't be used.
type Ready = HashMap<(Side, String), Arc<Result<Validator, String>>>;

/// All schemas of a document.
pub(super) struct Schemas {
    components: Value,
    ready: Mutex<Ready>,
}

impl Schemas {
    /// Schemas that refer to these components.
    pub(super) fn new(components: Value) -> Schemas {
        Schemas { components, ready: Mutex::default() }
    }

    /// What is wrong with a body.
    pub(super) fn faults(&self, side: Side, schema: &Value, body: &Value) -> Vec<Fault> {
        match &*self.ready(side, schema) {
            Ok(validator) => validator.iter_errors(body).map(|error| fault(&error)).collect(),
            Err(why) => vec![Fault::of_the_whole(why)],
        }
    }

    fn ready(&self, side: Side, schema: &Value) -> Arc<Result<Validator, String>> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = ready.entry((side, schema.to_string()));
        entry.or_insert_with(|| Arc::new(self.make(side, schema))).clone()
    }

    fn make(&self, side: Side, schema: &Value) -> Result<Validator, String> {
        let mut whole = with(schema.clone(), json!({ "components": self.components }));
        if side == Side::Request {
            admit_both_forms(&mut whole);
        }
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        options.build(&whole).map_err(|why| format!("the document's schema can't be used: {why}"))
    }
}

/// Lets digits pass wherever a schema wants an integer, and integers where it wants an id. Either may then fit another schema
/// too, so that one of several schemas is asked for instead of exactly one.
fn admit_both_forms(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            let mut kinds = match keys.get("type") {
                Some(Value::Array(kinds)) => kinds.clone(),
                Some(kind) => vec![kind.clone()],
                None => Vec::new(),
            };
            if kinds.contains(&json!("integer")) && !kinds.contains(&json!("string")) {
                kinds.push(json!("string"));
                keys.insert("type".to_owned(), Value::Array(kinds));
                keys.insert("pattern".to_owned(), json!("^-?[0-9]+$"));
            } else if keys.get("format") == Some(&json!("snowflake")) {
                kinds.push(json!("integer"));
                keys.insert("type".to_owned(), Value::Array(kinds));
            }
            if let Some(schemas) = keys.remove("oneOf") {
                keys.insert("anyOf".to_owned(), schemas);
            }
            keys.values_mut().for_each(admit_both_forms);
        }
        Value::Array(parts) => parts.iter_mut().for_each(admit_both_forms),
        _ => {}
    }
}

/// The fault that an error tells of. Where none of several schemas fits, it is the one furthest down, of those schemas that
/// are for this kind of thing.
fn fault(error: &ValidationError) -> Fault {
    let own = Fault { pointer: error.instance_path().to_string(), what: error.masked().to_string() };
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = error.kind() else {
        return own;
    };
    let is_other = |way: &&Vec<ValidationError>| way.iter().any(|inner| is_of_another_kind(error, inner));
    let (others, fitting): (Vec<_>, Vec<_>) = context.iter().partition(is_other);
    let ways: Vec<Fault> = if fitting.is_empty() { others } else { fitting }.into_iter().flatten().map(fault).collect();
    let depth = |fault: &Fault| fault.pointer.matches('/').count();
    let Some(deepest) = ways.iter().max_by_key(|fault| depth(fault)) else { return own };
    let mut told: Vec<&str> = Vec::new();
    for way in ways.iter().filter(|way| way.pointer == deepest.pointer) {
        if told.len() < MAX_WAYS && !told.contains(&way.what.as_str()) {
            told.push(&way.what);
        }
    }
    Fault { pointer: deepest.pointer.clone(), what: told.join("; or ") }
}

/// Whether a schema is for another kind of thing: a key of the thing itself has a value that isn't one of its own.
fn is_of_another_kind(whole: &ValidationError, error: &ValidationError) -> bool {
    let depth = |error: &ValidationError| error.instance_path().as_str().matches('/').count();
    let is_choice = matches!(error.kind(), ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. });
    is_choice && depth(error) == depth(whole) + 1
}
