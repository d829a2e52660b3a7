//! Whether a word could be a Vietnamese syllable: beginning, vowels, end, and a tone that fits.
//!
//! Written Vietnamese has one syllable a word, at most one tone mark in it, and a closed list of
//! beginnings, vowel groups and ends; a stop at the end (c, ch, p, t) only bears the acute or the
//! dot. Bytes read in a wrong encoding break these rules almost at once.

use unicode_normalization::UnicodeNormalization as _;

/// Whether the word is a possible Vietnamese syllable.
pub(crate) fn is_vietnamese(word: &str) -> bool {
    let Some((plain, tone)) = without_tone(word) else {
        return false;
    };
    BEGINNINGS.iter().filter_map(|beginning| plain.strip_prefix(beginning)).any(|rest| {
        ENDS.iter().any(|end| {
            let vowels = rest.strip_suffix(end).unwrap_or("");
            let is_stop = matches!(*end, "c" | "ch" | "p" | "t");
            VOWELS.contains(&vowels) && (!is_stop || matches!(tone, Some(ACUTE | DOT_BELOW)))
        })
    })
}

/// Whether the word is one of the most frequent in names and in headers of tables.
pub(crate) fn is_common(word: &str) -> bool {
    let small = word.to_lowercase();
    COMMON.contains(&small.as_str())
}

const ACUTE: char = '\u{301}';
const DOT_BELOW: char = '\u{323}';

/// The word in small letters without its tone, and the tone; `None` for two tones or odd signs.
fn without_tone(word: &str) -> Option<(String, Option<char>)> {
    let mut tone = None;
    let mut plain = String::with_capacity(word.len());
    for c in word.to_lowercase().nfd() {
        match c {
            '\u{300}' | '\u{309}' | '\u{303}' | ACUTE | DOT_BELOW if tone.is_some() => return None,
            '\u{300}' | '\u{309}' | '\u{303}' | ACUTE | DOT_BELOW => tone = Some(c),
            _ => plain.push(c),
        }
    }
    Some((plain.nfc().collect(), tone))
}

const BEGINNINGS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x",
];

const ENDS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

const VOWELS: [&str; 56] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây",
    "eo", "êu", "ia", "iê", "iêu", "iu", "oa", "oă", "oai", "oao", "oay", "oe", "oeo", "oi", "oo",
    "ôi", "ơi", "ua", "uă", "uâ", "uai", "uay", "uây", "uê", "ue", "ui", "uô", "uôi", "uơ", "uy",
    "uya", "uyê", "uyu", "ưa", "ưi", "ươ", "ưu", "yê",
];

const COMMON: [&str; 44] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô",
    "dương", "lý", "thị", "văn", "đức", "hữu", "quốc", "số", "tài", "khoản", "ngân", "hàng",
    "tiền", "giao", "dịch", "mã", "ngày", "thời", "chuyển", "nhận", "nội", "loại", "tên", "họ",
    "chủ", "bị", "hại", "điện", "thoại", "đơn", "vị",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known() {
        for word in
            ["Nguyễn", "TRẦN", "quyền", "gì", "giết", "nghĩa", "Đặng", "ươm", "khuỷu", "ý", "thuế"]
        {
            assert!(is_vietnamese(word), "{word}");
        }
    }

    #[test]
    fn what_a_wrong_encoding_gives_is_not() {
        for word in ["NguyÔn", "Trõèn", "cöa", "TrÇn", "café", "ngäc", "hàt", "ữữ", "t\u{fffd}i"]
        {
            assert!(!is_vietnamese(word), "{word}");
        }
    }
}
