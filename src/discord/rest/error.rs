//! Why a call to Discord failed, told without a word that a person wrote.

use reqwest::StatusCode;
use serde_json::Value;

/// A failed call. It holds statuses, Discord's codes and the names of fields; never a body, an address or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RestError {
    /// The token isn't valid; nothing more is sent.
    #[error("Discord refused the token")]
    TokenRefused,
    /// The channel or server doesn't allow it.
    #[error("not allowed (code {code}): missing {missing}")]
    Forbidden {
        /// Discord's code.
        code: u64,
        /// The permission, as Discord's settings call it.
        missing: &'static str,
    },
    /// Not sent: the channel didn't allow it a moment ago.
    #[error("not sent: it wasn't allowed a moment ago")]
    Spared,
    /// Discord understood and said no.
    #[error("Discord said no: status {status}, code {code}, at [{faults}]")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// Discord's code; 0 if it gave none.
        code: u64,
        /// Which fields of the request are at fault, and how.
        faults: String,
    },
    /// No success before the deadline, rate limits included.
    #[error("no success before the deadline ({last})")]
    Deadline {
        /// What happened last.
        last: String,
    },
    /// Discord can't be reached.
    #[error("not reachable: {why}")]
    Unreachable {
        /// Why.
        why: String,
    },
    /// The answer has more bytes than are read.
    #[error("the answer is too large")]
    TooLarge,
    /// Not asked: the address isn't one of Discord's.
    #[error("not asked: the address isn't Discord's")]
    Elsewhere,
    /// The answer wasn't what Discord sends.
    #[error("the answer can't be read")]
    Unreadable,
}

/// Discord's code for "this interaction was answered already".
pub(super) const ALREADY_ANSWERED: u64 = 40060;
/// Discord's code for "there is no such message".
pub(super) const UNKNOWN_MESSAGE: u64 = 10008;

/// The error that an answer with this status and body means.
pub(super) fn of_answer(status: StatusCode, body: &[u8]) -> RestError {
    let json: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let code = json.get("code").and_then(Value::as_u64).unwrap_or(0);
    let missing = match code {
        50001 => Some("View Channel"),
        50013 => Some("Send Messages (in a thread: Send Messages in Threads)"),
        160_002 => Some("Read Message History"),
        _ => None,
    };
    if let Some(missing) = missing {
        return RestError::Forbidden { code, missing };
    }
    let mut faults = Vec::new();
    if let Some(tree) = json.get("errors") {
        gather(tree, "", &mut faults);
    }
    RestError::Rejected { status: status.as_u16(), code, faults: faults.join(", ") }
}

/// Walks Discord's tree of faults to `path (CODE)`, at most five.
fn gather(tree: &Value, path: &str, faults: &mut Vec<String>) {
    let Some(branches) = tree.as_object() else { return };
    for (name, branch) in branches {
        if faults.len() >= 5 {
            return;
        }
        if name == "_errors" {
            let codes = branch.as_array().into_iter().flatten().filter_map(|fault| fault.get("code")?.as_str());
            faults.extend(codes.take(1).map(|code| format!("{path} ({})", plain(code))));
        } else {
            let name = plain(name);
            let path = if path.is_empty() { name } else { format!("{path}.{name}") };
            gather(branch, &path, faults);
        }
    }
}

/// Names of fields and codes are made of these letters; anything else is not repeated.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(40).collect()
}

/// Why a request got no answer, in the system's words, without the address (it may hold an interaction's token).
pub(super) fn why(error: &reqwest::Error) -> String {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(system) = cause.downcast_ref::<std::io::Error>() {
            return system.kind().to_string();
        }
        source = cause.source();
    }
    let kind = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "no connection"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the request failed"
    };
    kind.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, told: &str) {
        assert_eq!(of_answer(StatusCode::from_u16(status).unwrap(), body.as_bytes()).to_string(), told);
    }

    #[test]
    fn tells_what_is_missing_or_at_fault() {
        check(403, r#"{"code":50001,"message":"Missing Access"}"#, "not allowed (code 50001): missing View Channel");
        check(400, r#"{"code":160002,"message":"x"}"#, "not allowed (code 160002): missing Read Message History");
        check(404, r#"{"code":10008,"message":"Unknown Message"}"#, "Discord said no: status 404, code 10008, at []");
        check(
            400,
            r#"{"code":50035,"errors":{"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"secret"}]},
                "components":{"0":{"custom_id":{"_errors":[{"code":"BAD"}]}}}}}"#,
            "Discord said no: status 400, code 50035, at [components.0.custom_id (BAD), content (BASE_TYPE_MAX_LENGTH)]",
        );
        check(502, "<html>secret</html>", "Discord said no: status 502, code 0, at []");
    }
}
