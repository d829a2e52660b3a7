//! Lists of hosts: one host, address or URL a line, as blocklists and hosts files write them.
//!
//! Read: `host`, `https://host/path`, `192.0.2.1`, `host:8080`, `0.0.0.0 host other` (hosts file),
//! `||host^$third-party` (filter list), `*.host`; a path without a scheme (`host/path`) is taken
//! for
//! https, as browsers do. Skipped: comments with `#` or `!`, `[Adblock]` heads, exceptions with
//! `@@`, rules that hide parts of pages, and the machine's own names.

use std::borrow::Cow;
use std::io::{BufRead as _, BufReader, Read};
use std::net::IpAddr;

use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::indicator::{Indicator, Tlp};
use model::refusal::RowError;

use crate::error::FileError;
use crate::limits::{MAX_LINES_LOOKED_AT, MAX_RECORD_BYTES};
use crate::open::{Options, Row};
use crate::reason;
use crate::stream::BUFFER_BYTES;

/// Whether nine in ten of the first lines name a host.
pub(crate) fn is_list(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let lines = text.lines().map(values).filter(|line| *line != Line::Nothing);
    let (mut all, mut good) = (0, 0);
    for line in lines.take(MAX_LINES_LOOKED_AT) {
        all += 1;
        good += usize::from(
            matches!(line, Line::Values(values) if values.iter().all(|v| looks_like(v))),
        );
    }
    good > 0 && good * 10 >= all * 9
}

/// Reads the list; a line's number, as an editor shows it, becomes the indicator's id.
pub(crate) fn read<'a>(
    stream: Box<dyn Read + 'a>,
    name: &str,
    options: &Options,
    sink: &mut dyn FnMut(Row),
) -> Result<(), FileError> {
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, stream);
    let (mut line, mut row) = (Vec::new(), 0_u64);
    for number in 1_u64.. {
        line.clear();
        let mut limited = (&mut stream).take(MAX_RECORD_BYTES as u64 + 1);
        let read = limited.read_until(b'\n', &mut line);
        let count = read.map_err(|error| FileError::of_stream(&error, row))?;
        if count == 0 {
            break;
        }
        if count > MAX_RECORD_BYTES {
            return Err(FileError::RecordTooLong(row + 1));
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            row += 1;
            let value = String::from_utf8_lossy(&line);
            sink(Row::Rejected(RowError::new(row, "host", value.trim(), reason::TEXT_NOT_UTF8)));
            continue;
        };
        match values(text) {
            Line::Nothing => {}
            Line::Unreadable => {
                row += 1;
                sink(Row::Rejected(RowError::new(
                    row,
                    "host",
                    text.trim(),
                    reason::LINE_UNREADABLE,
                )));
            }
            Line::Values(values) => {
                for (place, value) in values.into_iter().enumerate() {
                    row += 1;
                    let id = if place == 0 {
                        number.to_string()
                    } else {
                        format!("{number}#{}", place + 1)
                    };
                    sink(indicator(row, &id, value, name, options));
                }
            }
        }
    }
    Ok(())
}

fn indicator(row: u64, id: &str, value: &str, name: &str, options: &Options) -> Row {
    let (mut text, mut kind) = (Cow::Borrowed(value), IdentifierKind::Domain);
    if value.contains("://") {
        kind = IdentifierKind::Url;
    } else if value.contains('/') {
        text = Cow::Owned(format!("https://{value}"));
        kind = IdentifierKind::Url;
    } else if value.parse::<IpAddr>().is_ok() {
        kind = IdentifierKind::Ip;
    }
    match Identifier::parse(kind, &text, Context { country: options.country }) {
        Ok(identifier) => {
            let (id, bulletin, title) = (id.into(), name.into(), "".into());
            Row::Indicator(
                row,
                Indicator { id, identifier, bulletin, title, at: None, tlp: Tlp::Unmarked },
            )
        }
        Err(error) => Row::Rejected(RowError::new(row, "host", value, error.code())),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Nothing,
    Unreadable,
    Values(Vec<&'a str>),
}

/// What stands on one line.
fn values(line: &str) -> Line<'_> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let is_rule_for_pages = line.contains("##") || line.contains("#@#") || line.contains("#?#");
    let is_head = line.starts_with('[') && line.ends_with(']') && !line.contains(':');
    if line.is_empty()
        || line.starts_with(['#', '!'])
        || line.starts_with("@@")
        || is_rule_for_pages
        || is_head
    {
        return Line::Nothing;
    }
    // A `#` inside a URL is part of it; behind a blank it begins a comment.
    let line =
        line.split_once(" #").or_else(|| line.split_once("\t#")).map_or(line, |(line, _)| line);
    if let Some(rule) = line.strip_prefix("||") {
        let host = rule.split(['^', '$']).next().unwrap_or("");
        let host = bare(host);
        return if host.is_empty() || host.contains('*') {
            Line::Unreadable
        } else {
            Line::Values(vec![host])
        };
    }
    let mut words = line.split_whitespace();
    let (first, rest) = (words.next().unwrap_or(""), words.collect::<Vec<_>>());
    let is_sink = first.parse::<IpAddr>().is_ok_and(|ip| ip.is_unspecified() || ip.is_loopback());
    match rest.is_empty() {
        true => Line::Values(vec![bare(first)]),
        false if is_sink => {
            let hosts: Vec<&str> =
                rest.into_iter().map(bare).filter(|host| !is_own(host)).collect();
            if hosts.is_empty() { Line::Nothing } else { Line::Values(hosts) }
        }
        false => Line::Unreadable,
    }
}

/// A value without wildcard, leading dot and port.
fn bare(value: &str) -> &str {
    let value = value.strip_prefix("*.").unwrap_or(value);
    let value = value.strip_prefix('.').unwrap_or(value);
    match value.split_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => value,
    }
}

fn is_own(host: &str) -> bool {
    matches!(host, "localhost" | "localhost.localdomain" | "local" | "broadcasthost" | "0.0.0.0")
        || host.starts_with("ip6-")
}

/// A rough look for telling lists from other texts; the parsers of `model` judge later.
fn looks_like(value: &str) -> bool {
    if value.parse::<IpAddr>().is_ok() {
        return true;
    }
    let rest = ["http://", "https://", "hxxp://", "hxxps://", "ftp://"]
        .iter()
        .find_map(|scheme| {
            value.get(..scheme.len()).filter(|head| head.eq_ignore_ascii_case(scheme))
        })
        .map_or(value, |scheme| value.get(scheme.len()..).unwrap_or(""));
    let host = rest.split(['/', '?']).next().unwrap_or("").replace("[.]", ".").replace("(.)", ".");
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '@');
    let last = host.rsplit('.').next().unwrap_or("");
    host.contains('.')
        && host.chars().all(is_host)
        && !last.is_empty()
        && !last.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found = match values(line) {
            Line::Nothing => "-".to_owned(),
            Line::Unreadable => "?".to_owned(),
            Line::Values(values) => values.join(" "),
        };
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn lines_of_all_sorts_of_lists_are_read() {
        check("vay-nhanh.example", "vay-nhanh.example");
        check("https://a.example/login#x  # seen today", "https://a.example/login#x");
        check("0.0.0.0 a.example b.example # two", "a.example b.example");
        check("127.0.0.1\tlocalhost", "-");
        check("||a.example^$third-party", "a.example");
        check("*.a.example", "a.example");
        check("192.0.2.1:8080", "192.0.2.1");
        check("2001:db8::1", "2001:db8::1");
        check("  # comment", "-");
        check("! Title: list", "-");
        check("a.example##.banner", "-");
        check("two words", "?");
    }

    #[test]
    fn a_list_is_told_from_other_texts() {
        for (text, expected) in [
            ("a.example\nb.example\n# c\n", true),
            ("||a.example^\n||b.example^\n", true),
            ("1.2.3.4\nhxxps://a[.]example/x\n", true),
            ("name,amount\nx,1\n", false),
            ("Dear Sir\nplease pay\n", false),
            ("1.5\n2.5\n", false),
            ("# nothing\n", false),
        ] {
            assert_eq!(is_list(text.as_bytes()), expected, "{text}");
        }
    }
}
