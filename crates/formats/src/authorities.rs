//! A record of a table of authorities; the numbers are the places of its fields in `headers.tsv`.
//!
//! A record without country, role, name, source or day is no fact and is refused; whatever else is
//! bad is a warning, and the row goes in without it.

use model::authority::{AuthorityEntry, AuthorityRole, Channel, is_language};
use model::country::Country;
use model::day::VagueDay;
use model::identifier::{Identifier, Kind as IdentifierKind};
use model::measure::Measure;
use model::request::RequestKind;
use model::text;

use crate::cells::Cells;
use crate::headers::fold;
use crate::reason;
use crate::rows::{Fault, Reader, fault};
use crate::values;

/// A name has at most so many characters: a letter has no room for more.
const MAX_NAME: usize = 140;
/// An address, a source: so many.
const MAX_TEXT: usize = 500;
/// An address has at most so many bytes: a letter has no room for more.
const MAX_ADDRESS_BYTES: usize = 300;
/// So many words of a list are looked at.
const MAX_WORDS: usize = 60;

impl Reader<'_> {
    pub(crate) fn authority<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
    ) -> Result<AuthorityEntry, Fault> {
        let raw = self.cell(cells, 0);
        let country = Country::parse(&text::clean(raw));
        let country = country.map_err(|error| fault("country", raw, error.code()))?;
        let raw = self.cell(cells, 1);
        let role = role(raw).ok_or_else(|| fault("role", raw, reason::ROLE_UNKNOWN))?;
        let name_en = self.needed(cells, (2, "name_en"), MAX_NAME, reason::NAME_MISSING)?;
        let source = self.needed(cells, (12, "source"), MAX_TEXT, reason::SOURCE_MISSING)?;
        let raw = self.cell(cells, 13);
        let as_of = VagueDay::parse(&text::clean(raw));
        let as_of = as_of.map_err(|_| fault("as_of", raw, reason::DAY_UNREADABLE))?;
        let mut address = self.told(cells, (5, "address"), MAX_TEXT);
        if address.len() > MAX_ADDRESS_BYTES {
            address.truncate(address.floor_char_boundary(MAX_ADDRESS_BYTES));
            self.warn("address", self.cell(cells, 5), reason::TEXT_CUT);
        }
        let near = Some(country);
        let mut contact = |field, name, kind| {
            let mut found: Vec<Identifier> = Vec::new();
            self.identifier(cells, (field, name), kind, near, &mut found);
            found.pop()
        };
        let phone = contact(6, "phone", IdentifierKind::Phone);
        let email = contact(7, "email", IdentifierKind::Email);
        Ok(AuthorityEntry {
            country,
            role,
            name_en,
            name_vi: self.told(cells, (3, "name_vi"), MAX_NAME),
            name_local: self.told(cells, (4, "name_local"), MAX_NAME),
            address,
            phone,
            email,
            languages: self.languages(cells),
            channel: self.channel(cells),
            measures: self.measures(cells),
            hours: self.told(cells, (11, "hours"), MAX_NAME),
            source,
            as_of,
            verified: self.verified(cells),
        })
    }

    /// A text that may be empty.
    fn told<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
        (field, name): (usize, &'static str),
        limit: usize,
    ) -> String {
        let raw = self.cell(cells, field);
        let (told, odd) = values::name(raw, limit);
        if let Some(code) = odd {
            self.warn(name, raw, code);
        }
        told.to_string()
    }

    /// A text without which the row is nothing.
    fn needed<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
        (field, name): (usize, &'static str),
        limit: usize,
        missing: &'static str,
    ) -> Result<String, Fault> {
        let raw = self.cell(cells, field);
        let told = self.told(cells, (field, name), limit);
        match told.as_str() {
            "" => Err(fault(name, raw, missing)),
            text if text.starts_with('=') => Err(fault(name, raw, reason::FORMULA_IN_CELL)),
            _ => Ok(told),
        }
    }

    fn languages<C: Cells + ?Sized>(&mut self, cells: &C) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for word in words(self.cell(cells, 8)) {
            let code = word.to_lowercase();
            match is_language(&code) {
                true if languages.contains(&code) => {}
                true => languages.push(code),
                false => self.warn("languages", word, reason::LANGUAGE_UNREADABLE),
            }
        }
        languages
    }

    fn channel<C: Cells + ?Sized>(&mut self, cells: &C) -> Option<Channel> {
        let raw = self.cell(cells, 9);
        match fold(raw).as_str() {
            "" => None,
            "direct" | "tructiep" => Some(Channel::Direct),
            "diplomatic" | "ngoaigiao" => Some(Channel::Diplomatic),
            _ => {
                self.warn("channel", raw, reason::CHANNEL_UNKNOWN);
                None
            }
        }
    }

    /// Measures by their ids, or all that a kind of request carries by the kind's.
    fn measures<C: Cells + ?Sized>(&mut self, cells: &C) -> Vec<Measure> {
        let raw = self.cell(cells, 10);
        let mut measures: Vec<Measure> = Vec::new();
        for word in words(raw) {
            let id = word.to_lowercase();
            match (Measure::parse(&id), RequestKind::parse(&id)) {
                // What is both (extradition) is one measure, as a kind, too.
                (Ok(measure), _) => measures.push(measure),
                (_, Ok(kind)) => measures.extend(kind.measures()),
                _ => self.warn("measures", word, reason::MEASURE_UNKNOWN),
            }
        }
        measures.sort_unstable();
        measures.dedup();
        if measures.is_empty() {
            self.warn("measures", raw, reason::MEASURES_MISSING);
        }
        measures
    }

    fn verified<C: Cells + ?Sized>(&mut self, cells: &C) -> bool {
        let raw = self.cell(cells, 14);
        match fold(raw).as_str() {
            "yes" | "true" | "1" | "x" | "co" | "dung" => true,
            "" | "no" | "false" | "0" | "khong" | "chua" => false,
            _ => {
                self.warn("verified", raw, reason::YES_OR_NO);
                false
            }
        }
    }
}

/// The words of a list, however it is parted.
fn words(raw: &str) -> impl Iterator<Item = &str> {
    let parts = raw.split(|c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace());
    parts.filter(|word| !word.is_empty()).take(MAX_WORDS)
}

/// The words of `model`, and what directories write instead.
fn role(raw: &str) -> Option<AuthorityRole> {
    match fold(raw).as_str() {
        "centralauthority" | "coquantrunguong" => Some(AuthorityRole::CentralAuthority),
        "contactpoint247" | "contactpoint" | "247" | "daumoi247" => {
            Some(AuthorityRole::ContactPoint)
        }
        "fiu" | "financialintelligenceunit" => Some(AuthorityRole::Fiu),
        "prosecution" | "vienkiemsat" | "congto" => Some(AuthorityRole::Prosecution),
        "ministry" | "bo" => Some(AuthorityRole::Ministry),
        "police" | "canhsat" | "congan" => Some(AuthorityRole::Police),
        _ => None,
    }
}
