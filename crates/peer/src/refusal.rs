//! What a node says when it does not do what it was asked: a status, a code, a value.

use std::fmt;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde::{Deserialize, Serialize};

/// A refusal is read up to so many bytes.
pub(crate) const MAX_BYTES: usize = 8 * 1024;
/// A code has at most so many bytes, a value so many characters.
const MAX_CODE: usize = 64;
const MAX_VALUE: usize = 1_024;

/// All codes that the line itself refuses with; the host has its own beside them.
pub const CODES: &[&str] = &[
    "request_bad",
    "path_unknown",
    "method_wrong",
    "body_unwanted",
    "body_slow",
    "body_cut",
    "length_missing",
    "body_large",
    "node_failed",
];

/// Why something is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status: 403 not for you, 409 not as things stand, 413 too large, 429 too much, 507
    /// no room, and so on.
    pub status: u16,
    /// Stable snake_case.
    pub code: String,
    /// What it is about.
    pub value: String,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    code: String,
    value: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(status: u16, code: &str, value: impl fmt::Display) -> Refusal {
        Refusal { status, code: code.to_owned(), value: value.to_string() }
    }

    /// The host failed, or its answer was none.
    pub(crate) fn failed() -> Refusal {
        Refusal::new(500, "node_failed", "")
    }

    /// Reads what another node said. Its text goes to people and into logs: a code is one word, a
    /// value has no control characters.
    pub(crate) fn parse(status: u16, bytes: &[u8]) -> Option<Refusal> {
        let wire: Wire = serde_json::from_slice(bytes).ok()?;
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let fits = !wire.code.is_empty()
            && wire.code.len() <= MAX_CODE
            && wire.code.chars().all(is_word)
            && wire.value.chars().count() <= MAX_VALUE
            && !wire.value.contains(char::is_control);
        fits.then_some(Refusal { status, code: wire.code, value: wire.value })
    }

    pub(crate) fn response(&self) -> Response<Full<Bytes>> {
        let value = self.value.chars().filter(|c| !c.is_control()).take(MAX_VALUE).collect();
        let wire = Wire { code: self.code.clone(), value };
        let body = serde_json::to_vec(&wire).unwrap_or_default();
        let mut response = Response::new(Full::from(body));
        // A host that names no refusing status has failed.
        let status = StatusCode::from_u16(self.status).ok();
        let status = status.filter(|status| status.is_client_error() || status.is_server_error());
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.status, self.code, self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_node_says_is_one_word_and_a_plain_value() {
        let read = |text: &str| Refusal::parse(403, text.as_bytes());
        let right = read(r#"{"code":"partner_unknown","value":"a1"}"#);
        assert_eq!(right, Some(Refusal::new(403, "partner_unknown", "a1")));
        let long = format!(r#"{{"code":"a","value":"{}"}}"#, "x".repeat(MAX_VALUE + 1));
        for text in [
            "",
            "[]",
            r#"{"code":"a"}"#,
            r#"{"code":"","value":""}"#,
            r#"{"code":"Not one word","value":""}"#,
            r#"{"code":"a","value":"\u001b[31m"}"#,
            &long,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
