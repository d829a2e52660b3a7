//! A small check that markup is well formed: for tests, and for what this crate writes.

use std::collections::BTreeSet;

/// Elements that HTML writes without an end.
const EMPTY: [&str; 3] = ["meta", "wbr", "!DOCTYPE"];

/// Panics where the text is no well-formed XML of one element.
#[allow(dead_code, reason = "each test file uses its own part")]
pub(crate) fn check_xml(text: &str) {
    check(text, &[]);
}

/// Panics where the text is no HTML as `maud` writes it.
#[allow(dead_code, reason = "each test file uses its own part")]
pub(crate) fn check_html(text: &str) {
    check(text, &EMPTY);
}

fn check(text: &str, empty: &[&str]) {
    let bad = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    assert!(!text.contains(bad), "a character that XML does not allow");
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start]);
        let end = end_of_tag(&rest[start..]);
        let tag = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> closes something else");
        } else {
            if name != "!DOCTYPE" {
                check_attributes(tag[name.len()..].trim_end_matches('/'));
            }
            if !tag.ends_with('/') && !empty.contains(&name) {
                open.push(name);
            }
            if name == "style" {
                rest = &rest[rest.find("</style>").expect("style ends")..];
            }
        }
    }
    check_text(rest);
    assert!(open.is_empty(), "{open:?} stay open");
}

/// The index of the `>` that ends a tag, attributes' values aside.
fn end_of_tag(tag: &str) -> usize {
    let mut in_value = false;
    let end = tag.char_indices().find(|(_, c)| {
        in_value ^= *c == '"';
        *c == '>' && !in_value
    });
    end.expect("a tag ends").0
}

fn check_attributes(attributes: &str) {
    let mut names = BTreeSet::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, behind) = rest.split_once("=\"").unwrap_or_else(|| panic!("attribute {rest:?}"));
        let (value, behind) = behind.split_once('"').expect("a value ends");
        assert!(!name.contains([' ', '<', '>', '"', '\'']), "attribute {name:?}");
        assert!(names.insert(name), "{name} stands twice");
        check_text(value);
        assert!(!value.contains('<'), "{value}");
        rest = behind.trim_start();
    }
}

/// Every `&` begins an entity.
fn check_text(text: &str) {
    for behind in text.split('&').skip(1) {
        let entity = behind.split(';').next().unwrap_or_default();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&entity), "&{entity}");
    }
}
