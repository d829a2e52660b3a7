//! The fonts with which letters are set: those in the binary, and files that are handed in.

use std::fmt;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::error::DocumentError;

/// The faces in the binary; `fonts/README.md` says where they come from.
static BUILT_IN: [&[u8]; 6] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansKhmer-Regular.ttf"),
];
/// At most so many files are handed in.
pub const MAX_FILES: usize = 32;

/// Fonts, in the order in which a character is looked for in them.
pub struct Fonts {
    faces: Vec<Font>,
    book: LazyHash<FontBook>,
    families: Vec<String>,
}

impl Fonts {
    /// Those in the binary: Vietnamese, Latin, Greek, Cyrillic, Hebrew, Thai, Khmer.
    pub fn built_in() -> &'static Fonts {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| {
            let faces = BUILT_IN.iter().flat_map(|data| Font::iter(Bytes::new(*data)));
            Fonts::of(faces.collect())
        })
    }

    /// Those in the binary, and behind them those of font files (TTF, OTF, TTC) as bytes: Chinese,
    /// Korean, Devanagari and others that are too large for every binary.
    pub fn with(files: Vec<Vec<u8>>) -> Result<Fonts, DocumentError> {
        if files.len() > MAX_FILES {
            return Err(DocumentError::TooMany { what: "fonts", count: files.len() });
        }
        let mut faces = Fonts::built_in().faces.clone();
        for (number, file) in files.into_iter().enumerate() {
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(file)));
            if faces.len() == before {
                return Err(DocumentError::BadFont(number));
            }
        }
        Ok(Fonts::of(faces))
    }

    fn of(faces: Vec<Font>) -> Fonts {
        let mut families: Vec<String> = Vec::new();
        for face in &faces {
            let family = face.info().family.to_string();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Fonts { faces, book, families }
    }

    /// Whether one font has all these characters, which stand upon each other.
    pub(crate) fn have(&self, cluster: &[char]) -> bool {
        let has = |info: &FontInfo, c: char| {
            matches!(c, '\u{200C}' | '\u{200D}') || info.coverage.contains(u32::from(c))
        };
        self.faces.iter().any(|face| cluster.iter().all(|c| has(face.info(), *c)))
    }

    /// The names of the families, in order.
    pub(crate) fn families(&self) -> &[String] {
        &self.families
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn face(&self, index: usize) -> Option<Font> {
        self.faces.get(index).cloned()
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fonts").field("families", &self.families).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_has_what_the_neighbours_write() {
        let fonts = Fonts::built_in();
        assert_eq!(fonts.families(), ["Tinos", "Noto Sans Thai", "Noto Sans Khmer"]);
        for c in "ĂẶĐêỹƯợ ñßçšżÆ Ωя ₫€§–“”…กรุงเทพฯภ្នំ".chars()
        {
            assert!(fonts.have(&[c]), "{c}");
        }
        assert!(!fonts.have(&['李']));
    }

    #[test]
    fn a_file_that_is_no_font_is_refused() {
        let good = BUILT_IN[0].to_vec();
        let refused = Fonts::with(vec![good.clone(), b"no font".to_vec()]);
        assert_eq!(refused.err(), Some(DocumentError::BadFont(1)));
        assert!(Fonts::with(vec![good; MAX_FILES + 1]).is_err());
    }
}
