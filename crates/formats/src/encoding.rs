//! Which encoding a text is in, learned from the whole stream and decided by how Vietnamese it is.
//!
//! Source: Unicode Standard, section 23.8 (byte order mark); WHATWG Encoding Standard
//! (Windows-1258); TCVN 5712:1993 (its upper half, of which the fonts called ABC or TCVN3 use the
//! small letters). Left out on purpose: VNI, VISCII and VPS, and the capitals that .VnTimeH fonts
//! only draw.

use std::io::{self, Read};

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::error::FileError;
use crate::limits::{HEAD_BYTES, MAX_WORDS_SCORED};
use crate::stream;
use crate::syllable;

/// How a text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// The Windows code page of Viet Nam, with combining tone marks.
    Windows1258,
    /// TCVN 5712, as the ABC fonts use it.
    Tcvn3,
}

impl Encoding {
    /// The name in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Tcvn3 => "tcvn3",
        }
    }
}

/// A text in Unicode's composed form, so that one word is one word.
pub(crate) fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        std::borrow::Cow::Borrowed(text)
    } else {
        std::borrow::Cow::Owned(text.nfc().collect())
    }
}

/// UTF-16 by its mark or by where its zero bytes stand; `None` for anything of single bytes.
pub(crate) fn of_wide_head(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let pairs = head.chunks_exact(2);
    let count = pairs.len();
    let zeros = |place: usize| pairs.clone().filter(|pair| pair.get(place) == Some(&0)).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    // Vietnamese has few letters above U+00FF, separators and digits are all below.
    match count >= 4 {
        true if low_first * 10 >= count * 4 && high_first * 50 <= count => Some(Encoding::Utf16Le),
        true if high_first * 10 >= count * 4 && low_first * 50 <= count => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Which single-byte or UTF-8 encoding the whole stream is in. `again` opens it from the start.
pub(crate) fn learn<'a>(
    again: &dyn Fn() -> Result<Box<dyn Read + 'a>, FileError>,
) -> Result<Encoding, FileError> {
    if is_utf8(&mut *again()?)? {
        return Ok(Encoding::Utf8);
    }
    let score = Score::of(&mut *again()?)?;
    if let Some(encoding) = score.verdict() {
        return Ok(encoding);
    }
    // A few broken rows in a long file are rejected one by one, not the file.
    let is_almost_utf8 = score.lines >= 100 && score.bad_lines * 100 <= score.lines;
    if is_almost_utf8 { Ok(Encoding::Utf8) } else { Err(FileError::EncodingUnknown) }
}

/// Gives every piece of a stream to `take`; a cut gzip file simply ends (its reader says so later).
fn each_piece(
    stream: &mut dyn Read,
    take: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<bool, FileError> {
    let mut buffer = vec![0_u8; HEAD_BYTES];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(count) => {
                if !take(buffer.get(..count).unwrap_or_default()) {
                    return Ok(false);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if stream::is_cut(&error) => return Ok(false),
            Err(error) => return Err(FileError::of_stream(&error, 0)),
        }
    }
}

fn is_utf8(stream: &mut dyn Read) -> Result<bool, FileError> {
    let mut kept: Vec<u8> = Vec::with_capacity(8);
    let mut good = true;
    let is_whole = each_piece(stream, &mut |piece| {
        let mut rest = piece;
        // A character may lie across two pieces: it is finished byte by byte.
        while !kept.is_empty() {
            let Some((first, behind)) = rest.split_first() else {
                return true;
            };
            kept.push(*first);
            rest = behind;
            match std::str::from_utf8(&kept) {
                Ok(_) => kept.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    good = false;
                    return false;
                }
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            good = error.error_len().is_none();
            kept.extend_from_slice(rest.get(error.valid_up_to()..).unwrap_or_default());
        }
        good
    })?;
    Ok(good && (kept.is_empty() || !is_whole))
}

/// What a second look at a stream that is no UTF-8 tells.
#[derive(Default)]
struct Score {
    lines: u64,
    bad_lines: u64,
    words: u64,
    windows1258: Count,
    tcvn3: Count,
}

#[derive(Default, Clone, Copy)]
struct Count {
    good: u64,
    all: u64,
    common: u64,
}

impl Score {
    fn of(stream: &mut dyn Read) -> Result<Score, FileError> {
        let mut score = Score::default();
        let mut line: Vec<u8> = Vec::new();
        each_piece(stream, &mut |piece| {
            for part in piece.split_inclusive(|byte| *byte == b'\n') {
                line.extend_from_slice(part);
                if part.ends_with(b"\n") || line.len() > HEAD_BYTES {
                    score.take(&line);
                    line.clear();
                }
            }
            true
        })?;
        score.take(&line);
        Ok(score)
    }

    fn take(&mut self, line: &[u8]) {
        self.lines += u64::from(!line.is_empty());
        self.bad_lines += u64::from(std::str::from_utf8(line).is_err());
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80;
        for word in line.split(|byte| !is_letter(byte)).filter(|word| !word.is_ascii()) {
            if self.words >= MAX_WORDS_SCORED {
                return;
            }
            self.words += 1;
            self.windows1258.take(&windows1258(word));
            self.tcvn3.take(&word.iter().copied().map(tcvn3).collect::<String>());
        }
    }

    fn verdict(&self) -> Option<Encoding> {
        let (a, b) = (self.windows1258, self.tcvn3);
        let rank =
            |count: Count| (count.good.saturating_mul(1000) / count.all.max(1), count.common);
        let convinces = |count: Count| count.good > 0 && count.good * 10 >= count.all * 6;
        match rank(a).cmp(&rank(b)) {
            std::cmp::Ordering::Greater if convinces(a) => Some(Encoding::Windows1258),
            std::cmp::Ordering::Less if convinces(b) => Some(Encoding::Tcvn3),
            _ => None,
        }
    }
}

impl Count {
    fn take(&mut self, word: &str) {
        let composed: String = word.nfc().collect();
        let is_word = |c: char| c.is_alphabetic() || !c.is_ascii();
        for part in composed.split(|c| !is_word(c)).filter(|part| !part.is_ascii()) {
            self.all += 1;
            self.good += u64::from(syllable::is_vietnamese(part));
            self.common += u64::from(syllable::is_common(part));
        }
    }
}

fn windows1258(word: &[u8]) -> String {
    encoding_rs::WINDOWS_1258.decode_without_bom_handling(word).0.into_owned()
}

/// One byte of TCVN 5712 as a character; `U+FFFD` never arises, its upper half is full.
pub(crate) fn tcvn3(byte: u8) -> char {
    let place = usize::from(byte).checked_sub(0x80);
    place.and_then(|place| TCVN3.get(place)).copied().unwrap_or(char::from(byte))
}

/// The upper half of TCVN 5712-1 (VN1), bytes 0x80 to 0xff. VN3, which the ABC fonts use, is the
/// same without the capitals that carry a tone and without the five combining marks.
const TCVN3: [char; 128] = [
    'À', 'Ả', 'Ã', 'Á', 'Ạ', 'Ặ', 'Ậ', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ', 'Ệ', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị', 'Ò',
    'Ỏ', 'Õ', 'Ó', 'Ọ', 'Ộ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ', 'Ù', 'Ủ', 'Ũ', '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô',
    'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ', '\u{300}', '\u{309}', '\u{303}',
    '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ', 'Ắ', 'Ầ', 'Ẩ',
    'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', 'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế',
    'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', 'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố',
    'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', 'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ',
    'ỹ', 'ý', 'ỵ', 'Ố',
];
