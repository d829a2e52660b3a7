//! A request on paper: everything that is printed of it, as plain data.
//!
//! Left out on purpose: amounts in another currency than their own (no rates on paper), and
//! whatever a clerk adds by hand (register stamp, seal, handwritten signature).

use i18n::Language;
use model::country::Country;
use model::digest::Digest;
use model::request::RequestKind;
use model::time::Timestamp;

use crate::error::DocumentError;
use crate::plain::{MAX_LINES, count_lines};
use crate::wording::Wording;

/// A single text has at most so many bytes.
pub const MAX_TEXT: usize = 256 * 1024;
/// All texts of a letter together have at most so many bytes.
pub const MAX_LETTER: usize = 2 * 1024 * 1024;
/// A name, a number or a mark has at most so many bytes: they stand on one place of a page.
pub const MAX_NAME: usize = 600;
/// The marks of handling have together at most so many bytes, and so have the lines of an address.
pub const MAX_MARKS: usize = 300;
/// Each list of a letter has at most so many entries.
pub const MAX_ENTRIES: usize = 500;

/// What has the limit of a name.
const NAMES: &[&str] = &["number", "place", "subject", "issuer", "addressee", "signatures"];

/// A request on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whether it may leave the house already.
    pub state: State,
    /// What kind of request it is: gives the title.
    pub kind: RequestKind,
    /// Who asks. Its country gives the form: that of Decree 30/2020/ND-CP for Viet Nam.
    pub issuer: Agency,
    /// `A05/VN-2026-0001`.
    pub number: String,
    /// Where it was issued, as the issuer names the place.
    pub place: Wording,
    /// The issuer's day of issue; the PDF is dated by it too.
    pub day: Day,
    /// Who is asked.
    pub addressee: Agency,
    /// What it is about, beside its kind: a name of the case, the account.
    pub subject: Option<Wording>,
    /// How fast it has to go.
    pub urgency: Urgency,
    /// Who may see and use it; printed at the top and bottom of every page.
    pub handling: Handling,
    /// On which law it rests, the lead first.
    pub bases: Vec<Basis>,
    /// Where there is no sure basis: what is missing.
    pub gap: Option<Wording>,
    /// What it has to say, in order.
    pub elements: Vec<Element>,
    /// What the issuer promises.
    pub undertakings: Vec<Wording>,
    /// What comes with it.
    pub attachments: Vec<Attachment>,
    /// Who signs, the first at the top.
    pub signatures: Vec<Signature>,
    /// Who gets a copy, beside the addressee and the issuer's own files.
    pub copies: Vec<Wording>,
    /// The digest under which the issuer's record holds this request.
    pub record: Option<Digest>,
}

/// Whether a letter may leave the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not approved: every page says so.
    Draft,
    /// Approved.
    Final,
}

/// How fast a letter has to go.
///
/// Source: Decree 30/2020/ND-CP, Annex I, part I, section III(2)(b) has three degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// As letters go.
    Ordinary,
    /// Khẩn.
    Urgent,
    /// Thượng khẩn.
    VeryUrgent,
    /// Hỏa tốc.
    Immediate,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The body directly above it.
    pub superior: Option<Wording>,
    /// Its full name.
    pub name: Wording,
    /// Its country.
    pub country: Country,
    /// Where it is reached, line by line.
    pub address: Vec<Wording>,
    /// The short name of the unit that drafted, for the line "Lưu: VT, …".
    pub unit: Option<String>,
}

/// Who may see and use a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// The codes as they are printed: `TLP:AMBER+STRICT`, `PAP:AMBER`.
    pub codes: Vec<String>,
    /// The limits of use, each a line.
    pub limits: Vec<Wording>,
}

/// A law on which a letter rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The treaty or law.
    pub instrument: Wording,
    /// `18(15)(a)`; `None` where no article was read.
    pub article: Option<String>,
    /// Whether the facts on which it rests were verified.
    pub verified: bool,
}

/// One thing that a letter has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub label: Wording,
    /// What is said.
    pub value: Wording,
    /// What asks for it: `UNTOC 18(15)(a)`.
    pub satisfies: Vec<Wording>,
}

/// A file that comes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub sha256: Digest,
    /// Its size in bytes.
    pub size: u64,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// On whose behalf: `KT. CỤC TRƯỞNG`, `TL. BỘ TRƯỞNG`.
    pub capacity: Option<Wording>,
    /// His office: `PHÓ CỤC TRƯỞNG`.
    pub office: Wording,
    /// His name.
    pub name: String,
    /// When he approved it in his node.
    pub approved: Option<Timestamp>,
}

/// A day of the calendar, as a letter is dated.
/// Invariant: the day exists, from 1970 to 2099.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// Reads `2026-11-26`.
    pub fn parse(raw: &str) -> Result<Day, DocumentError> {
        let error = || DocumentError::BadDay(raw.chars().take(40).collect());
        // The calendar is asked by way of a moment of that day.
        let moment = Timestamp::parse(&format!("{raw}T00:00:00Z")).map_err(|_| error())?;
        if raw.len() != 10 || moment.to_string().get(..10) != Some(raw) {
            return Err(error());
        }
        let number = |range| raw.get(range).and_then(|text: &str| text.parse::<u16>().ok());
        match (number(0..4), number(5..7), number(8..10)) {
            (Some(year), Some(month), Some(day)) => {
                Ok(Day { year, month: month as u8, day: day as u8 })
            }
            _ => Err(error()),
        }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl Letter {
    /// Holds a letter to the limits of its texts and lists.
    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        let lists = [
            ("bases", self.bases.len()),
            ("elements", self.elements.len()),
            ("undertakings", self.undertakings.len()),
            ("attachments", self.attachments.len()),
            ("signatures", self.signatures.len()),
            ("copies", self.copies.len()),
            ("handling", self.handling.codes.len() + self.handling.limits.len()),
            ("address", self.issuer.address.len() + self.addressee.address.len()),
            ("satisfies", self.elements.iter().map(|e| e.satisfies.len()).max().unwrap_or(0)),
        ];
        if let Some((what, count)) = lists.into_iter().find(|(_, count)| *count > MAX_ENTRIES) {
            return Err(DocumentError::TooMany { what, count });
        }
        let lines = |texts: &mut dyn Iterator<Item = usize>| texts.sum::<usize>();
        let sums = [
            ("handling", lines(&mut self.handling.codes.iter().map(String::len))),
            ("issuer", lines(&mut self.issuer.address.iter().map(Wording::size))),
            ("addressee", lines(&mut self.addressee.address.iter().map(Wording::size))),
            ("number", self.number.len()),
        ];
        if let Some((what, bytes)) = sums.into_iter().find(|(_, bytes)| *bytes > MAX_MARKS) {
            return Err(DocumentError::TooLong { what, bytes, limit: MAX_MARKS });
        }
        let sizes = self.sizes();
        let is_name = |what: &str| NAMES.contains(&what);
        if let Some((what, bytes)) = sizes.iter().find(|(w, b)| is_name(w) && *b > MAX_NAME) {
            return Err(DocumentError::TooLong { what, bytes: *bytes, limit: MAX_NAME });
        }
        if let Some((what, bytes)) = sizes.iter().find(|(_, bytes)| *bytes > MAX_TEXT) {
            return Err(DocumentError::TooLong { what, bytes: *bytes, limit: MAX_TEXT });
        }
        if let Some((what, count)) = self.lines().find(|(_, count)| *count > MAX_LINES) {
            return Err(DocumentError::TooMany { what, count });
        }
        let bytes = sizes.iter().map(|(_, bytes)| bytes).sum();
        if bytes > MAX_LETTER {
            return Err(DocumentError::TooLong { what: "letter", bytes, limit: MAX_LETTER });
        }
        Ok(())
    }

    /// How many lines its long texts have.
    fn lines(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let values = self.elements.iter().flat_map(|element| [&element.label, &element.value]);
        let texts = values.chain(&self.gap).chain(&self.undertakings).chain(&self.handling.limits);
        let given = texts.flat_map(|text| Language::all().map(|l| text.given(l)));
        given.flatten().map(|text| ("lines", count_lines(text)))
    }

    /// Each text of the letter: where it stands, and how many bytes it has.
    fn sizes(&self) -> Vec<(&'static str, usize)> {
        let mut sizes = vec![("number", self.number.len()), ("place", self.place.size())];
        sizes.extend(self.subject.iter().map(|text| ("subject", text.size())));
        sizes.extend(self.gap.iter().map(|text| ("gap", text.size())));
        for (what, agency) in [("issuer", &self.issuer), ("addressee", &self.addressee)] {
            let texts = agency.superior.iter().chain([&agency.name]).chain(&agency.address);
            sizes.extend(texts.map(|text| (what, text.size())));
            sizes.extend(agency.unit.iter().map(|text| (what, text.len())));
        }
        sizes.extend(self.handling.codes.iter().map(|text| ("handling", text.len())));
        sizes.extend(self.handling.limits.iter().map(|text| ("handling", text.size())));
        for basis in &self.bases {
            sizes.push(("bases", basis.instrument.size()));
            sizes.extend(basis.article.iter().map(|text| ("bases", text.len())));
        }
        for element in &self.elements {
            let texts = [&element.label, &element.value].into_iter().chain(&element.satisfies);
            sizes.extend(texts.map(|text| ("elements", text.size())));
        }
        sizes.extend(self.undertakings.iter().map(|text| ("undertakings", text.size())));
        sizes.extend(self.attachments.iter().map(|file| ("attachments", file.name.len())));
        for signature in &self.signatures {
            let texts = signature.capacity.iter().chain([&signature.office]);
            sizes.extend(texts.map(|text| ("signatures", text.size())));
            sizes.push(("signatures", signature.name.len()));
        }
        sizes.extend(self.copies.iter().map(|text| ("copies", text.size())));
        sizes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_must_exist() {
        let day = Day::parse("2028-02-29").unwrap();
        assert_eq!((day.year(), day.month(), day.day()), (2028, 2, 29));
        for raw in ["2027-02-29", "2026-13-01", "2026-1-1", "26-11-2026", "", "2026-11-26T01"] {
            assert_eq!(Day::parse(raw), Err(DocumentError::BadDay(raw.to_owned())), "{raw}");
        }
    }
}
