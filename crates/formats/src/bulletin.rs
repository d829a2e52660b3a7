//! What MISP and STIX have in common: values become indicators, and what is left out is counted.

use std::collections::BTreeMap;

use compact_str::{CompactString, format_compact};
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::indicator::{Indicator, Tlp};
use model::refusal::RowError;
use model::time::Timestamp;

use crate::error::FileError;
use crate::limits::{MAX_OBJECTS, MAX_TYPES_COUNTED};
use crate::open::{Options, Row};
use crate::reason;

/// A value that was read, or the code of why it was not.
pub(crate) type Reading = Result<Identifier, &'static str>;

/// What a bulletin says about all values of one of its entries.
pub(crate) struct Entry<'a> {
    /// The entry's id; its second value gets `#2` behind it, and so on.
    pub(crate) id: &'a str,
    /// What the entry is, for the one who has to mend it.
    pub(crate) field: &'a str,
    pub(crate) bulletin: &'a str,
    pub(crate) title: CompactString,
    pub(crate) at: Option<Timestamp>,
    pub(crate) tlp: Tlp,
}

/// Hands out the rows of one bulletin.
pub(crate) struct Reader<'s> {
    country: Option<Country>,
    sink: &'s mut dyn FnMut(Row),
    row: u64,
    not_kept: BTreeMap<CompactString, u64>,
    odd: u64,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(options: &Options, sink: &'s mut dyn FnMut(Row)) -> Reader<'s> {
        Reader { country: options.country, sink, row: 0, not_kept: BTreeMap::new(), odd: 0 }
    }

    /// Reads one value of a known kind.
    pub(crate) fn parse(&self, kind: IdentifierKind, value: &str) -> Reading {
        let context = Context { country: self.country };
        Identifier::parse(kind, value, context).map_err(|error| error.code())
    }

    /// Hands out the values of one entry, each with its text.
    pub(crate) fn take(
        &mut self,
        entry: &Entry<'_>,
        values: Vec<(&str, Reading)>,
    ) -> Result<(), FileError> {
        for (place, (value, reading)) in (1..).zip(values) {
            self.row += 1;
            if self.row > MAX_OBJECTS as u64 {
                return Err(FileError::TooManyObjects(MAX_OBJECTS));
            }
            let row = match reading {
                Ok(identifier) => {
                    let id = match place {
                        1 => entry.id.into(),
                        _ => format_compact!("{}#{place}", entry.id),
                    };
                    let (bulletin, title) = (entry.bulletin.into(), entry.title.clone());
                    let (at, tlp) = (entry.at, entry.tlp);
                    Row::Indicator(self.row, Indicator { id, identifier, bulletin, title, at, tlp })
                }
                Err(code) => Row::Rejected(RowError::new(self.row, entry.field, value, code)),
            };
            (self.sink)(row);
        }
        Ok(())
    }

    /// Says something about the file, without a row.
    pub(crate) fn warn(&mut self, field: &str, value: &str, code: &str) {
        (self.sink)(Row::Warning(RowError::new(0, field, value, code)));
    }

    /// Counts elements that are no objects.
    pub(crate) fn odd(&mut self, count: u64) {
        self.odd += count;
    }

    /// Counts a value of a type that holds no identifier.
    pub(crate) fn not_kept(&mut self, kind: &str) {
        let kind: CompactString = kind.chars().take(60).collect();
        // Types are a small set; a file with more of them invents them.
        if self.not_kept.len() < MAX_TYPES_COUNTED || self.not_kept.contains_key(&kind) {
            *self.not_kept.entry(kind).or_default() += 1;
        }
    }

    /// Says what was counted.
    pub(crate) fn finish(mut self) {
        if self.odd > 0 {
            self.warn("type", &format!("×{}", self.odd), reason::OBJECT_UNREADABLE);
        }
        for (kind, count) in std::mem::take(&mut self.not_kept) {
            self.warn("type", &format!("{kind} ×{count}"), reason::TYPE_NOT_KEPT);
        }
    }
}

/// A bank and a number as other agencies know them; a BIC tells the country where none is given.
pub(crate) fn account(bank: &str, number: &str, country: Option<Country>) -> Reading {
    let account = Account::parse(bank, number).map_err(|error| error.code())?;
    Ok(Identifier::of_account(&account, country))
}
