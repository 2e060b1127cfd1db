//! The guard at the door: a web page from elsewhere may not reach this server through its visitor's browser.

use std::net::IpAddr;

use axum::Json;
use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Refuses requests that name another host, or come from a page of one.
pub(crate) async fn only_this_machine(request: Request, next: Next) -> Response {
    if is_local(request.headers()) {
        return next.run(request).await;
    }
    let error = "This server answers only pages and programs of this machine.";
    (StatusCode::FORBIDDEN, Json(json!({ "error": error }))).into_response()
}

/// Host is checked too: a foreign name that was made to point here would otherwise count as the same site.
fn is_local(headers: &HeaderMap) -> bool {
    let local = |name: HeaderName, prefix: &str| {
        headers
            .get_all(name)
            .iter()
            .all(|value| value.to_str().is_ok_and(|value| names_loopback(&format!("{prefix}{value}"))))
    };
    local(HOST, "http://") && local(ORIGIN, "")
}

fn names_loopback(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or("").trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_pass() {
        let check = |host: &str, origin: Option<&str>, passes: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(is_local(&headers), passes, "{host} {origin:?}");
        };
        check("127.0.0.1:4650", None, true);
        check("localhost:4650", Some("http://localhost:4650"), true);
        check("[::1]:4650", Some("http://[::1]:4650"), true);
        check("127.0.0.1:4650", Some("https://example.org"), false);
        check("127.0.0.1:4650", Some("http://127.0.0.1.example.org"), false);
        check("127.0.0.1:4650", Some("http://user@example.org"), false);
        check("127.0.0.1:4650", Some("null"), false);
        check("example.org", None, false);
    }
}
