//! Text from outside made fit for paper: what cannot be seen, or has no glyph, is spelled out.
//!
//! A paper must not hide anything (an invisible mark in an account number makes another number)
//! nor show anything in another order than it is stored in (bidirectional overrides). Such
//! characters are printed by number, `[U+202E]`, and named in a warning.
//!
//! Source: Unicode 16, general categories Cc, Cf, Co, Cn; UAX 9 (bidirectional controls); UAX 15.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::Warning;
use crate::fonts::Fonts;

/// A text has at most so many lines.
pub(crate) const MAX_LINES: usize = 4_000;
/// Words up to this length are left whole.
const LONGEST_WORD: usize = 18;
/// Longer ones may be broken after so many characters, and monsters after more: setting a piece
/// costs time.
const PIECE: usize = 4;
const MONSTER: usize = 400;
const MONSTER_PIECE: usize = 12;
/// A character carries at most so many marks; the rest is spelled out.
const MAX_MARKS: usize = 6;

/// One paragraph: the pieces between which a line may be broken, without a sign.
pub(crate) type Line = Vec<String>;

/// What was spelled out so far.
#[derive(Debug, Default)]
pub(crate) struct Spelled {
    no_glyph: BTreeSet<char>,
    invisible: BTreeSet<char>,
}

impl Spelled {
    /// The warnings of it.
    pub(crate) fn warnings(self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if !self.no_glyph.is_empty() {
            warnings.push(Warning::NoGlyph(self.no_glyph.into_iter().collect()));
        }
        if !self.invisible.is_empty() {
            warnings.push(Warning::Invisible(self.invisible.into_iter().collect()));
        }
        warnings
    }
}

/// How many lines a text has on paper, before any is too long for the page.
pub(crate) fn count_lines(text: &str) -> usize {
    text.split(is_line_end).count()
}

/// Where lines may be broken that nothing else breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// In words too long for a column.
    LongWords,
    /// In scripts without spaces too, where the typesetter knows the words of ordinary texts and
    /// breaks between them, but found none: at any character.
    Everywhere,
}

/// The lines of a text, fit for paper; empty ones are left out. Without fonts nobody asks whether
/// there is a glyph: a reader's own machine has others.
pub(crate) fn lines(
    text: &str,
    fonts: Option<&Fonts>,
    breaks: Breaks,
    spelled: &mut Spelled,
) -> Vec<Line> {
    let composed: String = text.nfc().collect();
    let lines = composed.split(is_line_end).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| pieces(&visible(line, fonts, spelled), breaks)).collect()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A line in which every character shows itself. U+200B stands where a line may be broken.
fn visible(line: &str, fonts: Option<&Fonts>, spelled: &mut Spelled) -> String {
    let mut out = String::with_capacity(line.len());
    let characters: Vec<char> = line.chars().collect();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let before = at.checked_sub(1).and_then(|index| characters.get(index)).copied();
        at += 1;
        if first == '\t' || is_space(first) {
            out.push(' ');
            continue;
        }
        if is_hidden(first) && !may_stay(first, before) {
            spelled.invisible.insert(first);
            spell(first, &mut out);
            continue;
        }
        if first == '\u{200B}' {
            out.push(first);
            continue;
        }
        // A character and the marks upon it must come from one font.
        let mut cluster = vec![first];
        while let Some(&mark) = characters.get(at) {
            let joins = mark != '\u{200B}' && may_stay(mark, cluster.last().copied());
            if cluster.len() > MAX_MARKS || !(is_combining_mark(mark) || joins) {
                break;
            }
            cluster.push(mark);
            at += 1;
        }
        push_cluster(&cluster, fonts, spelled, &mut out);
    }
    out
}

fn push_cluster(cluster: &[char], fonts: Option<&Fonts>, spelled: &mut Spelled, out: &mut String) {
    let is_alone = cluster.first().is_some_and(|c| is_combining_mark(*c));
    if is_alone {
        // A mark upon nothing: a space of fixed width carries it.
        out.push('\u{A0}');
    }
    if fonts.is_none_or(|fonts| fonts.have(cluster)) {
        out.extend(cluster);
        return;
    }
    for (index, c) in cluster.iter().enumerate() {
        let can = fonts.is_none_or(|fonts| fonts.have(&[*c]));
        if can && index == 0 && !is_combining_mark(*c) {
            out.push(*c);
        } else {
            spelled.no_glyph.insert(*c);
            spell(*c, out);
        }
    }
}

fn spell(c: char, out: &mut String) {
    out.push_str(&format!("[U+{:04X}]", u32::from(c)));
}

/// Spaces of all widths; the one that does not break is left as it is.
fn is_space(c: char) -> bool {
    matches!(c, '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// What does not show, acts on what stands around it, or has no meaning that others know.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
            | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF
            | 0x110BD | 0x110CD | 0x13430..=0x1345F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
            | 0xE0000.. )
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Joiners, and the space of no width, belong to the spelling of these scripts.
fn may_stay(c: char, before: Option<char>) -> bool {
    let Some(before) = before.map(u32::from) else { return false };
    match c {
        '\u{200B}' => is_without_spaces(before),
        '\u{200C}' | '\u{200D}' => {
            matches!(before, 0x620..=0x6D3 | 0x900..=0xDFF) || is_without_spaces(before)
        }
        _ => false,
    }
}

/// Lao, Thai, Myanmar and Khmer write no spaces between words.
fn is_without_spaces(c: u32) -> bool {
    matches!(c, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF)
}

/// Whether a line may be broken beside it anyway.
fn breaks_anyway(c: char, breaks: Breaks) -> bool {
    let code = u32::from(c);
    let is_known = is_without_spaces(code) && breaks == Breaks::LongWords;
    c == ' ' || is_known || matches!(code, 0x2E80..=0x9FFF | 0xAC00..=0xD7A3)
}

/// How far it is to the next place where a line may be broken, at least one character.
fn word_length(rest: &[char], breaks: Breaks) -> usize {
    let behind_hyphen = |at: &usize| {
        let pair = (rest.get(at - 1), rest.get(*at));
        matches!(pair, (Some('-'), Some(next)) if next.is_alphabetic())
    };
    let ends = |at: &usize| {
        rest.get(*at).is_none_or(|c| breaks_anyway(*c, breaks) || *c == '\u{200B}')
            || behind_hyphen(at)
    };
    if rest.first().is_none_or(|c| breaks_anyway(*c, breaks)) {
        return 1;
    }
    (1..=rest.len()).find(ends).unwrap_or(1)
}

/// Cuts a line where it may be broken though nothing shows it: in words too long for a column.
fn pieces(line: &str, breaks: Breaks) -> Line {
    let characters: Vec<char> = line.chars().collect();
    let mut pieces = vec![String::new()];
    let mut start = 0;
    while start < characters.len() {
        let rest = characters.get(start..).unwrap_or_default();
        let length = word_length(rest, breaks);
        let mut since = 0;
        for (offset, c) in characters.iter().skip(start).take(length).enumerate() {
            let piece = if length > MONSTER { MONSTER_PIECE } else { PIECE };
            let may_break = length > LONGEST_WORD && since >= piece && !is_combining_mark(*c);
            // Joiners, and Khmer's sign for a letter below another, bind their two sides.
            let binds = |c: Option<&char>| {
                matches!(c, Some('\u{200C}' | '\u{200D}' | '\u{A0}' | '\u{17D2}'))
            };
            let before = (start + offset).checked_sub(1).and_then(|index| characters.get(index));
            if *c == '\u{200B}' || (may_break && !binds(Some(c)) && !binds(before)) {
                pieces.push(String::new());
                since = 0;
            }
            if *c != '\u{200B}' {
                since += 1;
                if let Some(last) = pieces.last_mut() {
                    last.push(*c);
                }
            }
        }
        start += length;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut spelled = Spelled::default();
        let found: Vec<String> =
            lines(text, Some(Fonts::built_in()), Breaks::LongWords, &mut spelled)
                .iter()
                .map(|line| line.concat())
                .collect();
        assert_eq!(found.join("/"), expected, "{text:?}");
    }

    fn check_pieces(text: &str, expected: &str) {
        let found =
            lines(text, Some(Fonts::built_in()), Breaks::LongWords, &mut Spelled::default());
        assert_eq!(found.concat().join("|"), expected, "{text:?}");
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        check("Nguyễn Văn A, 0754 632 131", "Nguyễn Văn A, 0754 632 131");
        check(
            "#read(\"/etc/passwd\") $x$ \\ *b* _i_ <a> @b `c`",
            "#read(\"/etc/passwd\") $x$ \\ *b* _i_ <a> @b `c`",
        );
        check("กรุงเทพ ភ្នំពេញ", "กรุงเทพ ភ្នំពេញ");
    }

    #[test]
    fn what_is_written_apart_is_put_together() {
        check("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "Tiếng Việt");
    }

    #[test]
    fn lines_are_lines_and_empty_ones_go() {
        check("a\r\n\r\n b \nc\u{2028}d", "a/b/c/d");
        check(" \n\t\n", "");
    }

    #[test]
    fn what_does_not_show_is_spelled_out() {
        check("a\0b\u{7}c", "a[U+0000]b[U+0007]c");
        check("0754\u{202E}131\u{2066}x", "0754[U+202E]131[U+2066]x");
        check("a\u{200B}b\u{AD}c\u{FEFF}", "a[U+200B]b[U+00AD]c[U+FEFF]");
        check("\u{E000}\u{10FFFF}", "[U+E000][U+10FFFF]");
    }

    #[test]
    fn what_no_font_has_is_spelled_out_and_named() {
        let mut spelled = Spelled::default();
        let found = lines(
            "李 \u{1F600} x\u{20E3}",
            Some(Fonts::built_in()),
            Breaks::LongWords,
            &mut spelled,
        );
        assert_eq!(found, [["[U+674E] [U+1F600] x[U+20E3]"]]);
        assert_eq!(spelled.warnings(), [Warning::NoGlyph(vec!['\u{20E3}', '李', '\u{1F600}'])]);
    }

    #[test]
    fn a_space_of_no_width_lets_khmer_and_thai_break() {
        check_pieces("ភ្នំ\u{200B}ពេញ", "ភ្នំ|ពេញ");
        check_pieces("กรุง\u{200B}เทพ", "กรุง|เทพ");
        let thai = "กรุงเทพมหานครอมรรัตนโกสินทร์";
        check_pieces(thai, thai);
        let found = lines(thai, None, Breaks::Everywhere, &mut Spelled::default()).concat();
        assert!(found.len() > 5 && found.concat() == thai, "{found:?}");
        assert!(!found.iter().any(|piece| piece.starts_with(is_combining_mark)), "{found:?}");
    }

    #[test]
    fn long_words_may_be_broken_and_lose_nothing() {
        check_pieces("telecommunications", "telecommunications");
        check_pieces("x 0123456789abcdef0123456", "x 0123|4567|89ab|cdef|0123|456");
        check_pieces("a-name-with-many-hyphens-in-it", "a-name-with-many-hyphens-in-it");
        let word = "9".repeat(100_000);
        let mut spelled = Spelled::default();
        let found = lines(&word, Some(Fonts::built_in()), Breaks::LongWords, &mut spelled);
        assert_eq!(found.concat().concat(), word);
    }

    #[test]
    fn heaps_of_marks_are_spelled_out_beyond_a_few() {
        let mut spelled = Spelled::default();
        let heap = format!("x{}", "\u{301}".repeat(200));
        let found = lines(&heap, None, Breaks::LongWords, &mut spelled).concat().concat();
        assert_eq!(found.matches('\u{301}').count(), 200, "{found}");
    }
}
