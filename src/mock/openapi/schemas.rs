//! The schemas, each made ready when it is first needed, and what is wrong with a value by them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{Method, StatusCode};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use crate::mock::wire::with;

/// The most ways of being wrong that are told of one place where several schemas would do.
const MAX_WAYS: usize = 4;

/// The most flaws of one body that are told: in a list of thousands, each may have the same.
const MAX_FLAWS: usize = 100;

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
pub(super) struct Flaw {
    pub(super) pointer: String,
    pub(super) what: String,
}

impl Flaw {
    /// What is wrong with a body as a whole.
    pub(super) fn of_the_whole(what: &str) -> Flaw {
        Flaw { pointer: String::new(), what: what.to_owned() }
    }
}

/// Where a schema stands in the document: whose body it is for, of which request, and under which status of an answer.
pub(super) type Place = (Side, Method, String, Option<StatusCode>);

/// Schemas that were needed before; or why one can't be used.
type Ready = HashMap<Place, Arc<Result<Validator, String>>>;

/// All schemas of a document.
pub(super) struct Schemas {
    /// What schemas refer to, as requests are held to it.
    of_requests: Value,
    /// The same, as answers are.
    of_answers: Value,
    /// The keys that schemas name.
    keys: HashSet<String>,
    ready: Mutex<Ready>,
}

impl Schemas {
    /// Schemas that refer to these components and name these keys.
    pub(super) fn new(components: Value, keys: HashSet<String>) -> Schemas {
        let mut of_requests = components.clone();
        admit_both_forms(&mut of_requests);
        Schemas { of_requests, of_answers: components, keys, ready: Mutex::default() }
    }

    /// What is wrong with a body, in a hundred places at most.
    pub(super) fn flaws(&self, place: Place, schema: &Value, body: &Value) -> Vec<Flaw> {
        match &*self.ready(place, schema) {
            Ok(validator) => validator.iter_errors(body).take(MAX_FLAWS).map(|error| self.told(flaw(&error))).collect(),
            Err(why) => vec![Flaw::of_the_whole(why)],
        }
    }

    /// A flaw as it is told: without places in lists, which would make many of one, and without keys that were made up.
    fn told(&self, Flaw { pointer, what }: Flaw) -> Flaw {
        let part =
            |part: &str| if part.is_empty() || self.keys.contains(part) { part.to_owned() } else { "*".to_owned() };
        Flaw { pointer: pointer.split('/').map(part).collect::<Vec<_>>().join("/"), what }
    }

    /// The lock isn't held while a schema is made, which takes its time; one that is made twice does no harm.
    fn ready(&self, place: Place, schema: &Value) -> Arc<Result<Validator, String>> {
        let known = self.known().get(&place).cloned();
        known.unwrap_or_else(|| {
            let made = Arc::new(self.make(place.0, schema));
            self.known().entry(place).or_insert(made).clone()
        })
    }

    fn known(&self) -> MutexGuard<'_, Ready> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make(&self, side: Side, schema: &Value) -> Result<Validator, String> {
        let mut schema = schema.clone();
        let components = match side {
            Side::Request => {
                admit_both_forms(&mut schema);
                &self.of_requests
            }
            Side::Answer => &self.of_answers,
        };
        let whole = with(schema, json!({ "components": components }));
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        options.build(&whole).map_err(|why| format!("the document's schema can't be used: {why}"))
    }
}

/// Lets digits pass wherever a schema wants an integer (but for one of several constants), and integers where it wants an id.
/// Either may then fit another schema too, so that one of several schemas is asked for instead of exactly one.
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

/// The flaw that an error tells of. Where none of several schemas fits, it is the one furthest down, of those schemas that
/// are for this kind of thing.
fn flaw(error: &ValidationError) -> Flaw {
    let own = Flaw { pointer: error.instance_path().to_string(), what: words(error) };
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = error.kind() else {
        return own;
    };
    let is_other = |way: &&Vec<ValidationError>| way.iter().any(|inner| is_of_another_kind(error, inner));
    let (others, fitting): (Vec<_>, Vec<_>) = context.iter().partition(is_other);
    let ways: Vec<Flaw> = if fitting.is_empty() { others } else { fitting }.into_iter().flatten().map(flaw).collect();
    let depth = |flaw: &Flaw| flaw.pointer.matches('/').count();
    let Some(deepest) = ways.iter().max_by_key(|flaw| depth(flaw)) else { return own };
    let mut told: Vec<&str> = Vec::new();
    for way in ways.iter().filter(|way| way.pointer == deepest.pointer) {
        if told.len() < MAX_WAYS && !told.contains(&way.what.as_str()) {
            told.push(&way.what);
        }
    }
    Flaw { pointer: deepest.pointer.clone(), what: told.join("; or ") }
}

/// What an error says, without what stands there.
fn words(error: &ValidationError) -> String {
    match error.kind() {
        // Its own words would quote the key.
        ValidationErrorKind::AdditionalProperties { .. } | ValidationErrorKind::UnevaluatedProperties { .. } => {
            "there is a key that may not be there".to_owned()
        }
        _ => error.masked().to_string(),
    }
}

/// Whether a schema is for another kind of thing: a key of the thing itself has a value that isn't one of its own.
fn is_of_another_kind(whole: &ValidationError, error: &ValidationError) -> bool {
    let depth = |error: &ValidationError| error.instance_path().as_str().matches('/').count();
    let is_choice = matches!(error.kind(), ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. });
    is_choice && depth(error) == depth(whole) + 1
}
