//! Folding of text before it is read: what looks the same to a person becomes the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Folds a value as people and forms write it: NFKC (so full-width forms become plain), other
/// scripts' decimal digits become ASCII digits, invisible and directional characters go,
/// surrounding blanks go. Control characters inside stay, for the caller to refuse.
///
/// Source: Unicode Standard Annex 15; general category Nd for the digits listed below.
pub fn clean(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim();
    if trimmed.is_ascii() {
        return Cow::Borrowed(trimmed);
    }
    let folded: String = trimmed.nfkc().filter(|c| !is_invisible(*c)).map(ascii_digit).collect();
    Cow::Owned(folded.trim().to_owned())
}

/// Zero-width, joining, directional and variation characters: they change how a value looks on a
/// screen or make two equal-looking values differ, and never what it means.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Folds a name or heading for comparison: lower case, no marks (`Đặng Thị Ánh` → `dang thi anh`).
/// Never shown, never a key between agencies: it forgets too much.
pub fn fold(raw: &str) -> String {
    let lower = clean(raw).to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    let is_mark = |c: &char| unicode_normalization::char::is_combining_mark(*c);
    lower.nfd().filter(|c| !is_mark(c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// The first digit of each block of ten decimal digits that our partners' scripts use.
const ZEROS: [char; 14] = [
    '\u{660}',  // Arabic-Indic
    '\u{6f0}',  // Extended Arabic-Indic
    '\u{966}',  // Devanagari
    '\u{9e6}',  // Bengali
    '\u{a66}',  // Gurmukhi
    '\u{ae6}',  // Gujarati
    '\u{be6}',  // Tamil
    '\u{c66}',  // Telugu
    '\u{ce6}',  // Kannada
    '\u{d66}',  // Malayalam
    '\u{e50}',  // Thai
    '\u{ed0}',  // Lao
    '\u{1040}', // Myanmar
    '\u{17e0}', // Khmer
];

fn ascii_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    ZEROS
        .iter()
        .find_map(|zero| (u32::from(c)).checked_sub(u32::from(*zero)).filter(|d| *d < 10))
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_become_ascii() {
        assert_eq!(clean("０９２２"), "0922");
        assert_eq!(clean("๐๙๒๒"), "0922");
        assert_eq!(clean("०९२२"), "0922");
        assert_eq!(clean("០៩២២"), "0922");
    }

    #[test]
    fn invisible_characters_go() {
        assert_eq!(clean("\u{feff}09\u{200b}22\u{202c} "), "0922");
        assert_eq!(clean("t\u{ad}.me"), "t.me");
    }

    #[test]
    fn names_are_folded_without_marks() {
        assert_eq!(fold("Đặng Thị ÁNH"), "dang thi anh");
        assert_eq!(fold("สมชาย"), fold("สมชาย"));
    }

    #[test]
    fn vietnamese_marks_are_composed() {
        assert_eq!(clean("Tie\u{302}\u{301}ng"), "Tiếng");
    }
}
