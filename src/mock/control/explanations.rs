//! Why the bot answers as it does: `POST /mock/explanations`, where somebody can tell.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{ControlError, Given, optional};
use crate::mock::explainer::{Earlier, Question};
use crate::mock::server::Shared;

/// The most bytes of all texts together; a message with what came before it has far fewer.
const MAX_BYTES: usize = 100_000;
/// The most messages before it: as many as the page tells of.
const MAX_BEFORE: usize = 50;

/// What was put to the bot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    text: String,
    #[serde(default, deserialize_with = "optional")]
    replied_to: Option<String>,
    #[serde(default, deserialize_with = "optional")]
    before: Vec<WishEarlier>,
}

/// What the same member put to the bot before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WishEarlier {
    text: String,
    #[serde(default, deserialize_with = "optional")]
    ago_ms: u64,
    #[serde(default, deserialize_with = "optional")]
    by_menu: bool,
}

/// `POST /mock/explanations`
pub(crate) async fn explain(
    State(server): State<Shared>,
    Given(wish): Given<Wish>,
) -> Result<Json<Value>, ControlError> {
    let nobody = || ControlError::absent("Nobody here can tell why the bot answers as it does; `pamphlet demo` can.");
    let explainer = server.explainer.clone().ok_or_else(nobody)?;
    let Wish { text, replied_to, before } = wish;
    let texts = [&text].into_iter().chain(&replied_to).chain(before.iter().map(|earlier| &earlier.text));
    if texts.map(String::len).sum::<usize>() > MAX_BYTES || before.len() > MAX_BEFORE {
        let words =
            format!("What is to be explained has at most {MAX_BYTES} bytes and {MAX_BEFORE} messages before it.");
        return Err(ControlError::bad(words));
    }
    let before = before.into_iter().map(|WishEarlier { text, ago_ms, by_menu }| {
        let ago = Duration::from_millis(ago_ms);
        Earlier { text, ago, by_menu }
    });
    let question = Question { text, replied_to, before: before.collect() };
    // It searches, once for each message; whoever is served by this thread doesn't wait for that.
    let told = tokio::task::spawn_blocking(move || explainer.explain(&question)).await;
    Ok(Json(json!({ "text": told.unwrap_or_default() })))
}
