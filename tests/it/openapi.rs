//! The document that the local Discord is held against: one that can't be used is told of, and what breaks it is listed.

use crate::stage::{Process, TOKEN, pamphlet};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// The local Discord, held against a document. What breaks it is looked at here, and no failure of itself.
struct Held {
    url: String,
    client: reqwest::Client,
    _process: Process,
}

impl Held {
    fn against(document: &Path) -> Self {
        let mut mock = pamphlet();
        mock.args(["mock", "--listen", "127.0.0.1:0", "--openapi"]).arg(document);
        let mut process = Process::start(mock.stdout(Stdio::piped()).stderr(Stdio::null()));
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self { url: process.first_line(), client, _process: process }
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }
}

#[test]
fn a_document_that_cannot_be_used_is_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.json");
    for (text, why) in [(None, "os error"), (Some("[]"), "it is not an OpenAPI 3.1 document")] {
        if let Some(text) = text {
            fs::write(&path, text).expect("a file");
        }
        let mut mock = pamphlet();
        mock.args(["mock", "--listen", "127.0.0.1:0", "--openapi"]).arg(&path);
        let ended = mock.output().expect("the binary starts");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(10), "{told}");
        assert!(told.contains(&path.display().to_string()) && told.contains(why) && told.contains("hint: "), "{told}");
    }
}

#[tokio::test]
async fn what_breaks_the_document_is_listed_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("openapi.json");
    let schema = json!({ "type": "object", "properties": { "url": { "type": "string", "maxLength": 3 } } });
    let answer = json!({ "content": { "application/json": { "schema": schema } } });
    let document =
        json!({ "openapi": "3.1.0", "paths": { "/gateway": { "get": { "responses": { "200": answer } } } } });
    fs::write(&path, document.to_string()).expect("a file");
    let mock = Held::against(&path);
    assert_eq!(mock.get("/mock/breaches").await, json!([]));
    for version in ["v10", "v9"] {
        let gateway = mock.get(&format!("/api/{version}/gateway")).await;
        assert!(gateway["url"].as_str().is_some_and(|url| url.starts_with("ws://")), "{gateway}");
    }
    let breach = json!({ "method": "GET", "path": "/gateway", "part": "answer 200", "pointer": "/url",
                         "what": "value is longer than 3 characters", "count": 2 });
    assert_eq!(mock.get("/mock/breaches").await, json!([breach]));
}

/// Runs where PAMPHLET_OPENAPI names Discord's own document.
#[tokio::test]
async fn discords_own_document_catches_a_broken_request_and_no_sound_one() {
    let Some(path) = std::env::var_os("PAMPHLET_OPENAPI").filter(|path| !path.is_empty()) else { return };
    let mock = Held::against(Path::new(&path));
    let world = mock.get("/mock/world").await;
    let channel = world["channels"][0]["id"].as_str().expect("a channel");
    let post = async |message: Value| {
        let request = mock.client.post(format!("{}/api/v10/channels/{channel}/messages", mock.url)).json(&message);
        request.header("authorization", format!("Bot {TOKEN}")).send().await.expect("an answer").status()
    };
    assert_eq!(post(json!({ "content": "sound" })).await, 200);
    assert_eq!(mock.get("/mock/breaches").await, json!([]));
    assert_eq!(post(json!({ "content": "broken", "enforce_nonce": "surely" })).await, 200);
    let breaches = mock.get("/mock/breaches").await;
    let place = ["method", "path", "part", "pointer"].map(|key| &breaches[0][key]);
    assert_eq!(place, ["POST", "/channels/{channel_id}/messages", "request", "/enforce_nonce"], "{breaches:#}");
    assert_eq!(breaches.as_array().map(Vec::len), Some(1), "{breaches:#}");
}
