//! Why the bot answers as it does: `POST /mock/explanations`, where somebody can tell.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::request::{ControlError, Given, optional};
use crate::mock::explainer::Question;
use crate::mock::server::Shared;

/// The most bytes of all texts together; a message with what came before it has far fewer.
const MAX_BYTES: usize = 100_000;

/// What was put to the bot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    text: String,
    #[serde(default, deserialize_with = "optional")]
    replied_to: Option<String>,
    #[serde(default, deserialize_with = "optional")]
    before: Vec<String>,
}

/// `POST /mock/explanations`
pub(crate) async fn explain(
    State(server): State<Shared>,
    Given(wish): Given<Wish>,
) -> Result<Json<Value>, ControlError> {
    let nobody = || ControlError::absent("Nobody here can tell why the bot answers as it does; `pamphlet demo` can.");
    let explainer = server.explainer.as_ref().ok_or_else(nobody)?;
    let Wish { text, replied_to, before } = wish;
    let bytes = [&text].into_iter().chain(&replied_to).chain(&before).map(String::len).sum::<usize>();
    if bytes > MAX_BYTES {
        return Err(ControlError::bad(format!("What is to be explained has at most {MAX_BYTES} bytes.")));
    }
    Ok(Json(json!({ "text": explainer.explain(&Question { text, replied_to, before }) })))
}
