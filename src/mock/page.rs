//! The page on which one chats, and the gateway, which shares its address.

use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::Uri;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::mock::gateway::{self, Manner};
use crate::mock::server::Shared;

/// The page may load its own files, talk to its own server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files of the page beside its skeleton.
const FILES: [(&str, &str, &str); 14] = [
    ("/page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/panels.css", "text/css; charset=utf-8", include_str!("page/panels.css")),
    ("/page.js", SCRIPT, include_str!("page/page.js")),
    ("/transcript.js", SCRIPT, include_str!("page/transcript.js")),
    ("/composer.js", SCRIPT, include_str!("page/composer.js")),
    ("/typed.js", SCRIPT, include_str!("page/typed.js")),
    ("/server.js", SCRIPT, include_str!("page/server.js")),
    ("/frame.js", SCRIPT, include_str!("page/frame.js")),
    ("/waiting.js", SCRIPT, include_str!("page/waiting.js")),
    ("/put.js", SCRIPT, include_str!("page/put.js")),
    ("/reasons.js", SCRIPT, include_str!("page/reasons.js")),
    ("/faults.js", SCRIPT, include_str!("page/faults.js")),
    ("/form.js", SCRIPT, include_str!("page/form.js")),
    ("/dom.js", SCRIPT, include_str!("page/dom.js")),
];

pub(crate) fn router() -> Router<Shared> {
    let router = Router::new()
        .route("/", get(page_or_gateway))
        .route("/gateway", get(page_or_gateway))
        .route("/gateway/", get(page_or_gateway))
        .route("/resume", get(page_or_gateway))
        .route("/resume/", get(page_or_gateway));
    FILES
        .into_iter()
        .fold(router, |router, (path, kind, text)| router.route(path, get(move || async move { asset(kind, text) })))
}

/// A WebSocket is a bot, anything else a browser.
async fn page_or_gateway(
    State(server): State<Shared>,
    uri: Uri,
    Query(manner): Query<Manner>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    match upgrade {
        Ok(upgrade) => gateway::accept(server, upgrade, manner, uri.path().starts_with("/resume")),
        Err(_) => asset("text/html; charset=utf-8", include_str!("page/index.html")),
    }
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}
