//! Escapes: bytes that clients write as `%` and two digits, in paths and in reasons.

use axum::extract::{OriginalUri, Request};
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::Response;

/// How clients that escape all of a path write `@`.
const AT: &str = "%40";

/// Hands a request on with each `@` of its path written plainly, since routes and faults are found by how `@me` is written.
/// discord.js escapes it, for one.
pub(crate) async fn with_plain_at(mut request: Request, next: Next) -> Response {
    if let Some(plain) = plain(request.uri()) {
        request.extensions_mut().insert(OriginalUri(plain.clone()));
        *request.uri_mut() = plain;
    }
    next.run(request).await
}

/// The address with each `@` of its path written plainly, if one isn't.
fn plain(uri: &Uri) -> Option<Uri> {
    let path = Some(uri.path()).filter(|path| path.contains(AT))?.replace(AT, "@");
    let path = uri.query().map_or(path.clone(), |query| format!("{path}?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path).ok()?);
    Uri::from_parts(parts).ok()
}

/// What escaped bytes say; a `%` without two digits behind it stands for itself.
pub(super) fn unescaped(mut rest: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        let escaped = Some(after).filter(|_| *first == b'%').and_then(byte);
        let (byte, behind) = escaped.unwrap_or((*first, after));
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that two digits at the beginning stand for, and what is behind them.
fn byte(escaped: &[u8]) -> Option<(u8, &[u8])> {
    let ([high, low], behind) = escaped.split_first_chunk()?;
    let digit = |letter: &u8| char::from(*letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(high)? << 4 | digit(low)?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_at_in_the_path_is_written_plainly() {
        let check = |uri: &str, expected: Option<&str>| {
            let found = plain(&uri.parse().unwrap()).map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), expected, "{uri}");
        };
        check("/users/%40me?after=%40", Some("/users/@me?after=%40"));
        check("/reactions/%F0%9F%91%8D/%40me", Some("/reactions/%F0%9F%91%8D/@me"));
        check("/users/@me", None);
        check("/reactions/%2540me", None);
    }

    #[test]
    fn escaped_bytes_are_read_and_lone_marks_stay() {
        let check = |text: &str, expected: &str| assert_eq!(unescaped(text.as_bytes()), expected, "{text}");
        check("too%20loud%20%F0%9F%91%8D", "too loud 👍");
        check("1+1 at 100%", "1+1 at 100%");
        check("%zz%4", "%zz%4");
        check("früh", "früh");
    }
}
