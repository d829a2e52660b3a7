//! Refanging: taking back what people do to a link so that nobody clicks on it.
//!
//! `hxxp`, `[.]`, `(.)`, `{.}`, `[dot]`, `[at]`, `[:]`, `[://]`, `[/]` in any case. Left out on
//! purpose: the bare words ` dot ` and ` at `, which stand in ordinary sentences too.

use std::borrow::Cow;

/// What stands between brackets, and what it means.
const INNER: [(&str, &str); 8] = [
    (".", "."),
    ("dot", "."),
    (",", "."),
    ("at", "@"),
    ("@", "@"),
    (":", ":"),
    ("://", "://"),
    ("/", "/"),
];
const BRACKETS: [(char, char); 3] = [('[', ']'), ('(', ')'), ('{', '}')];
/// The longest text between brackets, in bytes.
const MAX_INNER: usize = 5;

/// Takes the fangs' replacements out again. The input is already folded by `text::clean`.
pub(super) fn refang(text: &str) -> Cow<'_, str> {
    let unbracketed = if text.contains(['[', '(', '{', '\u{3002}']) {
        Cow::Owned(unbracket(text))
    } else {
        Cow::Borrowed(text)
    };
    match refanged_scheme(&unbracketed) {
        Some(fixed) => Cow::Owned(fixed),
        None => unbracketed,
    }
}

fn unbracket(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((meaning, behind)) = bracketed(rest, first) {
            // `example [.] com` is written with blanks round the bracket too.
            out.truncate(out.trim_end().len());
            out.push_str(meaning);
            rest = behind.trim_start();
        } else {
            // The ideographic full stop parts labels as well (UTS 46).
            out.push(if first == '\u{3002}' { '.' } else { first });
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

fn bracketed(text: &str, first: char) -> Option<(&'static str, &str)> {
    let (_, close) = BRACKETS.iter().find(|(open, _)| *open == first)?;
    let rest = text.get(1..)?;
    let end = rest.find(*close).filter(|end| *end <= MAX_INNER)?;
    let inner = rest.get(..end)?;
    let (_, meaning) = INNER.iter().find(|(known, _)| known.eq_ignore_ascii_case(inner.trim()))?;
    Some((meaning, rest.get(end + 1..)?))
}

/// `hxxp`, `hXXps`, `h**p`, `htxp` and the like become `http` or `https`.
fn refanged_scheme(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once(':')?;
    let fixed = match scheme.to_ascii_lowercase().as_str() {
        "hxxp" | "h**p" | "hxtp" | "htxp" | "hxp" => "http",
        "hxxps" | "h**ps" | "hxtps" | "htxps" | "hxps" => "https",
        _ => return None,
    };
    Some(format!("{fixed}:{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        assert_eq!(refang(raw), expected, "{raw}");
    }

    #[test]
    fn brackets_round_dots_go() {
        check("hxxps://bank-vip[.]example", "https://bank-vip.example");
        check("a(.)b{.}c[dot]d[DOT]e", "a.b.c.d.e");
        check("a [.] b", "a.b");
        check("user[at]mail[.]example", "user@mail.example");
        check("hXXp[:]//a[.]example[/]x", "http://a.example/x");
        check("hxxp[://]a.example", "http://a.example");
    }

    #[test]
    fn other_brackets_stay() {
        check("[2001:db8::1]", "[2001:db8::1]");
        check("(+84) 922", "(+84) 922");
        check("a[b", "a[b");
        check("https://a.example/[x]", "https://a.example/[x]");
    }
}
