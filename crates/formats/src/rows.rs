//! A table's records become transfers, complaints and holdings.
//!
//! A record is rejected at its first bad required field; what is only worth a warning is said
//! after the row that goes in.

use compact_str::CompactString;
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::money::{Currency, Money};
use model::refusal::RowError;

use crate::cells::Cells;
use crate::columns::Layout;
use crate::kind::Kind;
use crate::limits::MAX_FIELD_BYTES;
use crate::open::{Options, Row};
use crate::reason;
use crate::values::{self, AccountFault, Currencies};

/// Reads the records of one table, one after the other.
pub(crate) struct Reader<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) options: &'a Options,
    pub(crate) sent: Currencies,
    pub(crate) received: Currencies,
    pub(crate) warnings: Vec<RowError>,
    pub(crate) row: u64,
}

/// Why a record is rejected: field, value, code.
pub(crate) type Fault = (&'static str, CompactString, &'static str);

pub(crate) fn fault(field: &'static str, value: &str, code: &'static str) -> Fault {
    (field, model::refusal::shown(value), code)
}

impl<'a> Reader<'a> {
    pub(crate) fn new(layout: &'a Layout, options: &'a Options) -> Reader<'a> {
        let (sent, received) = (Currencies::default(), Currencies::default());
        Reader { layout, options, sent, received, warnings: Vec::new(), row: 0 }
    }

    /// How many records were read.
    pub(crate) fn rows(&self) -> u64 {
        self.row
    }

    /// Counts a record that cannot even be taken apart.
    pub(crate) fn reject(
        &mut self,
        field: &str,
        value: &str,
        code: &str,
        sink: &mut dyn FnMut(Row),
    ) {
        self.row += 1;
        sink(Row::Rejected(RowError::new(self.row, field, value, code)));
    }

    /// Takes the next record.
    pub(crate) fn take<C: Cells + ?Sized>(&mut self, cells: &C, sink: &mut dyn FnMut(Row)) {
        self.row += 1;
        self.warnings.clear();
        let read = self.check(cells).and_then(|()| match self.layout.kind {
            Kind::Transfers => self.transfer(cells).map(|row| Row::Transfer(self.row, row)),
            Kind::Complaints => self.complaint(cells).map(|row| Row::Complaint(self.row, row)),
            Kind::Accounts => self.holding(cells).map(|row| Row::Holding(self.row, row)),
            Kind::Authorities => {
                self.authority(cells).map(|row| Row::Authority(self.row, Box::new(row)))
            }
            _ => Ok(Row::Truth(self.row)),
        });
        match read {
            Ok(row) => {
                sink(row);
                self.warnings.drain(..).map(Row::Warning).for_each(sink);
            }
            Err((field, value, code)) => {
                sink(Row::Rejected(RowError::new(self.row, field, &value, code)));
            }
        }
    }

    fn check<C: Cells + ?Sized>(&self, cells: &C) -> Result<(), Fault> {
        let (count, width) = (cells.count(), self.layout.columns.len());
        if count != width {
            return Err(fault("", &format!("{count}/{width}"), reason::WRONG_FIELD_COUNT));
        }
        // Nearly every record ends this search at its first field.
        if (0..count).all(|column| cells.cell(column).trim().is_empty()) {
            return Err(fault("", "", reason::ROW_EMPTY));
        }
        Ok(())
    }

    pub(crate) fn cell<'c, C: Cells + ?Sized>(&self, cells: &'c C, field: usize) -> &'c str {
        self.layout.column(field).map_or("", |column| cells.cell(column))
    }

    pub(crate) fn warn(&mut self, field: &'static str, value: &str, code: &str) {
        self.warnings.push(RowError::new(self.row, field, value, code));
    }

    pub(crate) fn account<C: Cells + ?Sized>(
        &self,
        cells: &C,
        (bank, bank_name): (usize, &'static str),
        (number, number_name): (usize, &'static str),
    ) -> Result<Account, Fault> {
        let (bank, number) = (self.cell(cells, bank), self.cell(cells, number));
        values::account(bank, number).map_err(|found| match found {
            AccountFault::Bank(code) => fault(bank_name, bank, code),
            AccountFault::Number(code) => fault(number_name, number, code),
        })
    }

    /// The currency a row names, or else the header of its amount.
    pub(crate) fn currency<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
        amount: usize,
        currency: usize,
    ) -> Result<Currency, Fault> {
        let raw = self.cell(cells, currency);
        match self.layout.currency(amount) {
            Some(known) if raw.trim().is_empty() => Ok(known),
            _ => self.sent.read(raw).map_err(|code| fault("currency", raw, code)),
        }
    }

    pub(crate) fn identifier<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
        (field, name): (usize, &'static str),
        kind: IdentifierKind,
        country: Option<Country>,
        into: &mut Vec<Identifier>,
    ) {
        let raw = self.cell(cells, field);
        if raw.trim().is_empty() {
            return;
        }
        match Identifier::parse(kind, raw, Context { country }) {
            Ok(identifier) if into.contains(&identifier) => {}
            Ok(identifier) => into.push(identifier),
            Err(error) => self.warn(name, raw, error.code()),
        }
    }
}

/// Whether a field of this record is beyond the limit.
pub(crate) fn too_long<C: Cells + ?Sized>(cells: &C) -> Option<usize> {
    (0..cells.count()).find(|column| cells.cell(*column).len() > MAX_FIELD_BYTES)
}

pub(crate) fn amount(raw: &str, currency: Currency, field: &'static str) -> Result<Money, Fault> {
    Money::parse(raw, currency).map_err(|error| fault(field, raw, error.code()))
}
