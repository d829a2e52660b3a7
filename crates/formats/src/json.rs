//! JSON from outside: weighed before it is parsed, and told apart by the keys on its top level.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::FileError;
use crate::kind::Kind;
use crate::limits::{
    MAX_JSON_BYTES, MAX_JSON_DEPTH, MAX_JSON_OPENINGS, MAX_JSON_VALUES, MAX_OBJECTS,
};
use crate::loose::{Loose, Maybe, TOO_MANY};
use crate::open;

/// The whole text, within all limits.
pub(crate) fn text(stream: &mut dyn Read) -> Result<String, FileError> {
    let bytes = open::whole(stream, MAX_JSON_BYTES)?;
    weigh(&bytes)?;
    String::from_utf8(bytes).map_err(|_| FileError::EncodingUnknown)
}

/// Counts depth, objects and values outside strings, so that the parser's memory is bounded.
fn weigh(bytes: &[u8]) -> Result<(), FileError> {
    let (mut depth, mut openings, mut values) = (0_usize, 0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in bytes {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                openings += usize::from(*byte == b'{');
                values += 1;
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > MAX_JSON_DEPTH {
            return Err(FileError::JsonTooDeep);
        }
    }
    match (openings > MAX_JSON_OPENINGS, values > MAX_JSON_VALUES) {
        (true, _) => Err(FileError::TooManyObjects(MAX_JSON_OPENINGS)),
        (_, true) => Err(FileError::TooManyObjects(MAX_JSON_VALUES)),
        _ => Ok(()),
    }
}

/// What went wrong in the parser.
pub(crate) fn error(error: &serde_json::Error) -> FileError {
    if error.is_data() && error.to_string().starts_with(TOO_MANY) {
        return FileError::TooManyObjects(MAX_OBJECTS);
    }
    FileError::JsonBad { line: error.line(), column: error.column() }
}

/// Which kind of bulletin a JSON text is, by the keys on its top level.
pub(crate) fn kind(text: &str, asked: Option<Kind>) -> Result<Kind, FileError> {
    let top: Top = serde_json::from_str(text).map_err(|e| error(&e))?;
    let found = top.kind();
    let is_asked = |kind: Kind| match asked {
        None => true,
        Some(Kind::Misp | Kind::MispFeed) => matches!(kind, Kind::Misp | Kind::MispFeed),
        Some(asked) => asked == kind,
    };
    match (found, asked) {
        (Some(kind), _) if is_asked(kind) => Ok(kind),
        (Some(kind), Some(asked)) => Err(FileError::KindMismatch { asked, found: kind.as_str() }),
        (None, Some(asked)) => Err(FileError::KindMismatch { asked, found: "json" }),
        (_, None) => Err(FileError::KindUnknown(top.keys.into_iter().take(20).collect())),
    }
}

/// The top level of a JSON text, or of the first object in its list.
#[derive(Debug, Default)]
struct Top {
    keys: Vec<String>,
    kind: String,
    /// Whether some value below a key has the marks of an event in a feed's manifest.
    is_manifest: bool,
}

impl Top {
    fn kind(&self) -> Option<Kind> {
        let has = |key: &str| self.keys.iter().any(|known| known == key);
        if self.kind == "bundle"
            || has("objects")
            || (has("type") && has("id") && has("spec_version"))
        {
            return Some(Kind::Stix);
        }
        if has("Event") || has("response") || (has("uuid") && (has("Attribute") || has("Object"))) {
            return Some(Kind::Misp);
        }
        self.is_manifest.then_some(Kind::MispFeed)
    }
}

impl<'de> Deserialize<'de> for Top {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Top, D::Error> {
        struct TopVisitor;
        impl<'de> Visitor<'de> for TopVisitor {
            type Value = Top;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list of objects")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Top, M::Error> {
                let mut top = Top::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    if key == "type" {
                        top.kind = map.next_value::<Loose<'de>>()?.text().to_owned();
                    } else if is_uuid(&key) {
                        let entry: Option<ManifestEntry> =
                            map.next_value::<Maybe<ManifestEntry>>()?.0;
                        top.is_manifest |=
                            entry.is_some_and(|e| e.info.is_some() && e.timestamp.is_some());
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                    if top.keys.len() < 100 {
                        top.keys.push(key.chars().take(60).collect());
                    }
                }
                Ok(top)
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Top, S::Error> {
                let first = seq.next_element::<Maybe<Top>>()?.and_then(|maybe| maybe.0);
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first.unwrap_or_default())
            }
        }
        deserializer.deserialize_any(TopVisitor)
    }
}

#[derive(serde::Deserialize)]
struct ManifestEntry {
    info: Option<IgnoredAny>,
    timestamp: Option<IgnoredAny>,
}

/// 8-4-4-4-12 hexadecimal digits.
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = weigh(text.as_bytes()).and_then(|()| kind(text, None));
        let found = found.map_or_else(|error| error.code(), Kind::as_str);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn bulletins_are_told_by_their_keys() {
        check(r#"{"type":"bundle","id":"bundle--1","objects":[]}"#, "stix");
        check(r#"{"more":false,"objects":[]}"#, "stix");
        check(r#"{"type":"url","id":"url--1","spec_version":"2.1"}"#, "stix");
        check(r#"{"Event":{"info":"x"}}"#, "misp");
        check(r#"[{"Event":{"info":"x"}}]"#, "misp");
        check(r#"{"response":[{"Event":{}}]}"#, "misp");
        check(r#"{"uuid":"x","Attribute":[]}"#, "misp");
        let entry = r#"{"5a3c2fcd-8328-42bb-a95e-4f4402de0b81":{"info":"x","timestamp":"1"}}"#;
        check(entry, "misp-feed");
        check(r#"{"a":1}"#, "kind_unknown");
        check("[1,2]", "kind_unknown");
    }

    #[test]
    fn what_is_no_json_or_too_deep_is_refused() {
        check(r#"{"a":"#, "json_bad");
        check("{} x", "json_bad");
        check(&"[".repeat(65), "json_too_deep");
        check(&"[".repeat(3_000_000), "json_too_deep");
        check(&format!("[{}1]", "1,".repeat(MAX_JSON_VALUES)), "too_many_objects");
        check(r#"{"a":"[[[[{{{{\"[["}"#, "kind_unknown");
    }
}
