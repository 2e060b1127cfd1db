//! What a document of a few lines allows, and what it doesn't.

use serde_json::json;

use super::*;

fn openapi() -> Openapi {
    let thing = json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "maxLength": 3 },
            "count": { "type": ["integer", "null"], "minimum": 0 },
            "parts": { "type": "array", "items": { "type": "string" } },
            "words": { "type": "object", "additionalProperties": { "type": "string" } },
            "owner": { "type": "string", "format": "snowflake" },
        },
        "required": ["name"],
    });
    let content = |schema: Value| json!({ "application/json": { "schema": schema } });
    let reference = content(json!({ "$ref": "#/components/schemas/Thing" }));
    let either = content(json!({ "anyOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Thing" }] }));
    let document = json!({
        "openapi": "3.1.0",
        "paths": { "/things/{thing_id}": {
            "put": {
                "requestBody": { "required": true, "content": reference },
                "responses": {
                    "200": { "content": either },
                    "204": {},
                    "4XX": { "$ref": "#/components/responses/Refusal" },
                },
            },
        } },
        "components": {
            "schemas": { "Thing": thing },
            "responses": { "Refusal": { "content": content(json!({ "required": ["code"] })) } },
        },
    });
    let document = Document::new(document).unwrap();
    let schemas = Schemas::new(document.components(), document.keys());
    Openapi { document, schemas, breaches: Mutex::default() }
}

/// The breaches of one exchange, each as part, pointer and what is wrong.
fn breaches(body: Value, status: u16, answer: Value) -> Vec<(String, String, String)> {
    let openapi = openapi();
    let answer = if answer.is_null() { Bytes::new() } else { answer.to_string().into() };
    openapi.check(&Exchange {
        method: Method::PUT,
        path: "/things/5".to_owned(),
        route: "/api/things/{thing}".to_owned(),
        body: (!body.is_null()).then_some(body),
        status: StatusCode::from_u16(status).unwrap(),
        answer,
    });
    let noted = openapi.breaches();
    assert!(noted.iter().all(|breach| breach.path == "/things/{thing_id}"), "{noted:?}");
    noted.into_iter().map(|breach| (breach.part, breach.pointer, breach.what)).collect()
}

#[test]
fn what_the_document_allows_is_no_breach() {
    let thing = json!({ "name": "abc", "count": 7 });
    assert_eq!(breaches(thing.clone(), 200, thing.clone()), []);
    assert_eq!(breaches(thing.clone(), 204, Value::Null), []);
    assert_eq!(breaches(thing.clone(), 404, json!({ "code": 0 })), []);
    assert_eq!(breaches(thing, 500, json!("anything")), []);
}

#[test]
fn a_request_may_write_numbers_as_digits_and_ids_as_numbers_and_an_answer_may_not() {
    let digits = json!({ "name": "abc", "count": "8192" });
    assert_eq!(breaches(digits.clone(), 204, Value::Null), []);
    let noted = breaches(digits.clone(), 200, digits);
    assert!(matches!(&noted[..], [(part, at, _)] if part == "answer 200" && at == "/count"), "{noted:?}");
    let id = json!({ "name": "abc", "owner": 5 });
    assert_eq!(breaches(id.clone(), 204, Value::Null), []);
    let noted = breaches(id.clone(), 200, id);
    assert!(matches!(&noted[..], [(part, at, _)] if part == "answer 200" && at == "/owner"), "{noted:?}");
    let noted = breaches(json!({ "name": "abc", "count": "8k" }), 204, Value::Null);
    assert!(matches!(&noted[..], [(part, at, _)] if part == "request" && at == "/count"), "{noted:?}");
}

#[test]
fn a_breach_says_where_and_never_what_was_written() {
    let noted = breaches(json!({ "name": "private" }), 200, json!({ "name": "secret" }));
    let parts: Vec<(&str, &str)> = noted.iter().map(|(part, at, _)| (part.as_str(), at.as_str())).collect();
    assert_eq!(parts, [("request", "/name"), ("answer 200", "/name")]);
    assert!(noted.iter().all(|(.., what)| !what.contains("private") && !what.contains("secret")), "{noted:?}");
}

#[test]
fn one_flaw_in_many_places_is_one_breach_and_no_made_up_key_is_told() {
    let noted = breaches(json!({ "name": "abc", "parts": [1, 2, 3], "words": { "private": 5 } }), 204, Value::Null);
    let places: Vec<&str> = noted.iter().map(|(_, at, _)| at.as_str()).collect();
    assert_eq!(places, ["/parts/*", "/words/*"], "{noted:?}");
    let openapi = openapi();
    openapi.check_request(&Method::PUT, "/things/5", Some(&json!({ "name": "abc", "parts": [1, 2, 3] })));
    assert!(matches!(&openapi.breaches()[..], [breach] if breach.count == 3));
}

#[test]
fn a_request_that_is_refused_is_no_breach_but_its_answer_can_be() {
    let noted = breaches(json!({ "name": 5 }), 400, json!({ "message": "no" }));
    assert!(matches!(&noted[..], [(part, at, _)] if part == "answer 400" && at.is_empty()), "{noted:?}");
}

#[test]
fn what_the_document_does_not_know_is_a_breach_once_it_is_accepted() {
    let wholes = |noted: Vec<(String, String, String)>| noted.into_iter().map(|(.., what)| what).collect::<Vec<_>>();
    assert_eq!(wholes(breaches(Value::Null, 204, Value::Null)), ["a body is required"]);
    assert_eq!(wholes(breaches(json!({ "name": "abc" }), 201, json!({}))), ["the document knows no such answer"]);
    assert_eq!(wholes(breaches(json!({ "name": "abc" }), 204, json!({}))), ["there may be no body"]);

    let openapi = openapi();
    let unknown = |status| Exchange {
        method: Method::GET,
        path: "/people/5".to_owned(),
        route: "/api/people/{person}".to_owned(),
        body: None,
        status,
        answer: Bytes::new(),
    };
    openapi.check(&unknown(StatusCode::NOT_FOUND));
    assert_eq!(openapi.breaches(), []);
    openapi.check(&unknown(StatusCode::OK));
    openapi.check(&unknown(StatusCode::OK));
    assert!(matches!(&openapi.breaches()[..], [breach] if breach.path == "/api/people/{person}"));
}

#[tokio::test]
async fn a_file_that_is_no_such_document_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    assert!(matches!(Openapi::open(&path).await, Err(OpenapiError::Unreadable(_))));
    std::fs::write(&path, "openapi: 3.1.0").unwrap();
    assert!(matches!(Openapi::open(&path).await, Err(OpenapiError::NotJson(_))));
    for other in ["{}", r#"{"openapi":"3.0.3","paths":{}}"#, r#"{"openapi":"3.1.0"}"#, "[]"] {
        std::fs::write(&path, other).unwrap();
        assert!(matches!(Openapi::open(&path).await, Err(OpenapiError::NotOpenapi)), "{other}");
    }
    std::fs::write(&path, r#"{"openapi":"3.1.1","paths":{}}"#).unwrap();
    assert!(Openapi::open(&path).await.is_ok());
}
