//! JSON as the vectors are written: fields in the order in which they are put, bytes as hex digits.

/// A value.
#[derive(Clone)]
pub(crate) enum Json {
    Text(String),
    Number(u64),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

/// An object of some fields.
pub(crate) fn object<const N: usize>(fields: [(&'static str, Json); N]) -> Json {
    Json::Object(fields.into())
}

/// A list of values.
pub(crate) fn list<T: Into<Json>>(values: impl IntoIterator<Item = T>) -> Json {
    Json::List(values.into_iter().map(Into::into).collect())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Json {
        Json::Number(number)
    }
}

impl From<&[u8]> for Json {
    fn from(bytes: &[u8]) -> Json {
        Json::Text(hex(bytes))
    }
}

impl Json {
    /// Puts a field behind the others.
    pub(crate) fn with(self, name: &'static str, value: impl Into<Json>) -> Json {
        match self {
            Json::Object(mut fields) => {
                fields.push((name, value.into()));
                Json::Object(fields)
            }
            other => other,
        }
    }

    /// The text of a file.
    pub(crate) fn write(&self) -> String {
        let mut text = String::new();
        self.put(&mut text, 0);
        text.push('\n');
        text
    }

    fn put(&self, text: &mut String, depth: usize) {
        match self {
            Json::Text(value) => quote(text, value),
            Json::Number(value) => text.push_str(&value.to_string()),
            Json::List(values) => {
                between(text, "[]", depth, values, |text, one| one.put(text, depth + 1));
            }
            Json::Object(fields) => between(text, "{}", depth, fields, |text, (name, value)| {
                quote(text, name);
                text.push_str(": ");
                value.put(text, depth + 1);
            }),
        }
    }
}

/// Values between two brackets, each on a line of its own.
fn between<T>(
    text: &mut String,
    brackets: &str,
    depth: usize,
    values: &[T],
    put: impl Fn(&mut String, &T),
) {
    let (open, close) = brackets.split_at(1);
    text.push_str(open);
    for (number, value) in values.iter().enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(depth + 1));
        put(text, value);
    }
    if !values.is_empty() {
        text.push('\n');
        text.push_str(&" ".repeat(depth));
    }
    text.push_str(close);
}

fn quote(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            c if c < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}
