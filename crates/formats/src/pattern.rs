//! STIX patterns of plain comparisons: `[domain-name:value = 'a' OR url:value IN ('b', 'c')]`.
//!
//! Source: STIX 2.1 section 9. Left out on purpose: every other operator (`!=`, `LIKE`, `MATCHES`,
//! `<`, `NOT`, `EXISTS`), constants that are no strings, steps into lists and qualifiers (`WITHIN`,
//! `REPEATS`, `START`): such a pattern says something else than "this value", so it is not read.

use crate::limits::MAX_COMPARISONS;

/// One comparison of a path with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison<'a> {
    /// The type of object, `domain-name`.
    pub(crate) object: &'a str,
    /// The path inside it, `value`.
    pub(crate) path: &'a str,
    /// What it is compared with.
    pub(crate) value: String,
}

/// The comparisons of each observation (`[…]`), or `None` where the pattern says more.
pub(crate) fn read(pattern: &str) -> Option<Vec<Vec<Comparison<'_>>>> {
    let tokens = tokens(pattern)?;
    let mut tokens = tokens.into_iter().peekable();
    let mut observations = Vec::new();
    let mut depth = 0_usize;
    loop {
        while tokens.next_if_eq(&Token::Open).is_some() {
            depth += 1;
        }
        if tokens.next()? != Token::Observe {
            return None;
        }
        observations.push(observation(&mut tokens)?);
        while tokens.next_if_eq(&Token::Close).is_some() {
            depth = depth.checked_sub(1)?;
        }
        match tokens.next() {
            None => return (depth == 0).then_some(observations),
            Some(Token::Word("AND" | "OR" | "FOLLOWEDBY")) => {}
            Some(_) => return None,
        }
    }
}

type Tokens<'a> = std::iter::Peekable<std::vec::IntoIter<Token<'a>>>;

fn observation<'a>(tokens: &mut Tokens<'a>) -> Option<Vec<Comparison<'a>>> {
    let mut comparisons = Vec::new();
    let mut depth = 0_usize;
    loop {
        while tokens.next_if_eq(&Token::Open).is_some() {
            depth += 1;
        }
        let Token::Word(path) = tokens.next()? else {
            return None;
        };
        let (object, path) = path.split_once(':')?;
        match (tokens.next()?, tokens.next()?) {
            (Token::Equals, Token::Text(value)) => {
                comparisons.push(Comparison { object, path, value })
            }
            (Token::Word("IN"), Token::Open) => loop {
                let Token::Text(value) = tokens.next()? else {
                    return None;
                };
                comparisons.push(Comparison { object, path, value });
                match tokens.next()? {
                    Token::Comma => {}
                    Token::Close => break,
                    _ => return None,
                }
            },
            _ => return None,
        }
        if comparisons.len() > MAX_COMPARISONS {
            return None;
        }
        while tokens.next_if_eq(&Token::Close).is_some() {
            depth = depth.checked_sub(1)?;
        }
        match tokens.next()? {
            Token::Observed => return (depth == 0).then_some(comparisons),
            Token::Word("AND" | "OR") => {}
            _ => return None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Observe,
    Observed,
    Open,
    Close,
    Comma,
    Equals,
    Word(&'a str),
    Text(String),
}

fn tokens(pattern: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = pattern.trim_start();
    while let Some(first) = rest.chars().next() {
        if tokens.len() > 8 * MAX_COMPARISONS {
            return None;
        }
        let single = match first {
            '[' => Some(Token::Observe),
            ']' => Some(Token::Observed),
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            ',' => Some(Token::Comma),
            '=' => Some(Token::Equals),
            _ => None,
        };
        let behind = match single {
            Some(token) => {
                tokens.push(token);
                let behind = rest.get(1..)?;
                if first == '=' { behind.strip_prefix('=').unwrap_or(behind) } else { behind }
            }
            None if first == '\'' => {
                let (text, behind) = quoted(rest.get(1..)?)?;
                tokens.push(Token::Text(text));
                behind
            }
            None => {
                let length = word_length(rest)?;
                tokens.push(Token::Word(rest.get(..length)?));
                rest.get(length..)?
            }
        };
        rest = behind.trim_start();
    }
    Some(tokens)
}

/// The text up to the closing quotation mark, `\'` and `\\` resolved, and what follows.
fn quoted(rest: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = rest.char_indices();
    while let Some((place, c)) = characters.next() {
        match c {
            '\'' => return Some((text, rest.get(place + 1..)?)),
            '\\' => match characters.next()?.1 {
                escaped @ ('\'' | '\\') => text.push(escaped),
                _ => return None,
            },
            _ => text.push(c),
        }
    }
    None
}

/// A word or a path, with quoted keys as in `file:hashes.'SHA-256'`.
fn word_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut length = 0;
    while let Some(byte) = bytes.get(length) {
        let is_key = *byte == b'\'' && length > 0 && bytes.get(length - 1) == Some(&b'.');
        if is_key {
            let key = bytes.get(length + 1..)?;
            length += key.iter().position(|byte| *byte == b'\'')? + 2;
        } else if byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'_' | b'-') {
            length += 1;
        } else {
            break;
        }
    }
    (length > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &str) {
        let found = read(pattern).map(|observations| {
            let one = |c: &Comparison<'_>| format!("{} {} {}", c.object, c.path, c.value);
            let each =
                observations.iter().map(|o| o.iter().map(one).collect::<Vec<_>>().join(", "));
            each.collect::<Vec<_>>().join("; ")
        });
        assert_eq!(found.as_deref().unwrap_or("not read"), expected, "{pattern}");
    }

    #[test]
    fn plain_comparisons_are_read() {
        check("[domain-name:value = 'a.example']", "domain-name value a.example");
        check("[ ipv4-addr:value='192.0.2.1' ]", "ipv4-addr value 192.0.2.1");
        check(
            "[domain-name:value = 'a' OR ipv4-addr:value = 'b' AND url:value == 'c']",
            "domain-name value a, ipv4-addr value b, url value c",
        );
        check("[url:value IN ('a', 'b')]", "url value a, url value b");
        check("([a:b = 'c'] FOLLOWEDBY [d:e = 'f']) OR [g:h = 'i']", "a b c; d e f; g h i");
        check("[(a:b = 'c' OR a:b = 'd') AND e:f = 'g']", "a b c, a b d, e f g");
        check(r"[a:b = 'it\'s \\ x']", r"a b it's \ x");
        check("[file:hashes.'SHA-256' = 'aa']", "file hashes.'SHA-256' aa");
    }

    #[test]
    fn anything_else_is_not_guessed_at() {
        for pattern in [
            "",
            "[",
            "[]",
            "[a:b = 'c'",
            "[a:b = 'c']]",
            "([a:b = 'c']",
            "[a:b = 'c'])",
            "[a:b != 'c']",
            "[a:b LIKE 'c%']",
            "[NOT a:b = 'c']",
            "[a:b = 5]",
            "[a:b = h'ff']",
            "[a:b[*].c = 'd']",
            "[a:b = 'c'] WITHIN 5 SECONDS",
            "[a:b = 'c'] [d:e = 'f']",
            "[a = 'c']",
            "[a:b = 'c\\n']",
            "[a:b = 'c' FOLLOWEDBY d:e = 'f']",
            "[a:b IN ()]",
        ] {
            check(pattern, "not read");
        }
    }
}
