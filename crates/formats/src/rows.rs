//! A table's records become transfers, complaints and holdings.
//!
//! A record is rejected at its first bad required field; what is only worth a warning is said
//! after the row that goes in. The numbers of fields below are their places in `columns::FIELDS`.

use compact_str::CompactString;
use model::account::Account;
use model::complaint::Complaint;
use model::country::Country;
use model::holding::{Holding, HoldingKind, MAX_NAME_CHARACTERS};
use model::identifier::{Context, Identifier, Kind as IdentifierKind};
use model::money::{Currency, Money};
use model::refusal::RowError;
use model::transfer::Transfer;

use crate::cells::Cells;
use crate::columns::{Layout, fold};
use crate::kind::Kind;
use crate::limits::{MAX_FIELD_BYTES, MAX_FORMAT_CHARACTERS};
use crate::moment::{self, DayEnd};
use crate::open::{Options, Row};
use crate::reason;
use crate::values::{self, AccountFault, Currencies};

/// Reads the records of one table, one after the other.
pub(crate) struct Reader<'a> {
    layout: &'a Layout,
    options: &'a Options,
    sent: Currencies,
    received: Currencies,
    warnings: Vec<RowError>,
    row: u64,
}

/// Why a record is rejected: field, value, code.
type Fault = (&'static str, CompactString, &'static str);

fn fault(field: &'static str, value: &str, code: &'static str) -> Fault {
    (field, model::refusal::shown(value), code)
}

impl<'a> Reader<'a> {
    pub(crate) fn new(layout: &'a Layout, options: &'a Options) -> Reader<'a> {
        let (sent, received) = (Currencies::default(), Currencies::default());
        Reader {
            layout,
            options,
            sent,
            received,
            warnings: Vec::new(),
            row: 0,
        }
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
            Kind::Complaints => self
                .complaint(cells)
                .map(|row| Row::Complaint(self.row, row)),
            Kind::Accounts => self.holding(cells).map(|row| Row::Holding(self.row, row)),
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
            return Err(fault(
                "",
                &format!("{count}/{width}"),
                reason::WRONG_FIELD_COUNT,
            ));
        }
        // Nearly every record ends this search at its first field.
        if (0..count).all(|column| cells.cell(column).trim().is_empty()) {
            return Err(fault("", "", reason::ROW_EMPTY));
        }
        Ok(())
    }

    fn cell<'c, C: Cells + ?Sized>(&self, cells: &'c C, field: usize) -> &'c str {
        self.layout
            .column(field)
            .map_or("", |column| cells.cell(column))
    }

    fn warn(&mut self, field: &'static str, value: &str, code: &str) {
        self.warnings
            .push(RowError::new(self.row, field, value, code));
    }

    fn account<C: Cells + ?Sized>(
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

    fn transfer<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Transfer, Fault> {
        let raw = self.cell(cells, 0);
        let id = values::id(raw).map_err(|code| fault("tx_id", raw, code))?;
        let raw = self.cell(cells, 1);
        let read = moment::read(raw, self.options.map.as_ref(), DayEnd::First);
        let (at, day_only) = read.map_err(|code| fault("timestamp", raw, code))?;
        let from = self.account(cells, (2, "from_bank"), (3, "from_account"))?;
        let to = self.account(cells, (4, "to_bank"), (5, "to_account"))?;
        let sent_currency = self.currency(cells, 6, 7)?;
        let sent_raw = self.cell(cells, 6);
        let sent = amount(sent_raw, sent_currency, "amount")?;
        let currency_raw = self.cell(cells, 9);
        let received_currency = match (self.layout.currency(8), currency_raw.trim().is_empty()) {
            (Some(currency), true) => currency,
            (None, true) => sent_currency,
            (_, false) => {
                let read = self.received.read(currency_raw);
                read.map_err(|code| fault("currency_received", currency_raw, code))?
            }
        };
        let received_raw = self.cell(cells, 8);
        let received = if received_raw.trim().is_empty() && received_currency == sent_currency {
            sent
        } else {
            amount(received_raw, received_currency, "amount_received")?
        };
        let (format, cut) = values::name(self.cell(cells, 10), MAX_FORMAT_CHARACTERS);
        if let Some(code) = day_only {
            self.warn("timestamp", self.cell(cells, 1), code);
        }
        if from == to {
            self.warn("to_account", to.number(), reason::TRANSFER_TO_SELF);
        }
        if sent.amount_minor == 0 {
            self.warn("amount", sent_raw, reason::AMOUNT_ZERO);
        } else if received.amount_minor == 0 {
            self.warn("amount_received", received_raw, reason::AMOUNT_ZERO);
        }
        if let Some(code) = cut {
            self.warn("payment_format", self.cell(cells, 10), code);
        }
        Ok(Transfer {
            id,
            at,
            from,
            to,
            sent,
            received,
            format,
        })
    }

    /// The currency a row names, or else the header of its amount.
    fn currency<C: Cells + ?Sized>(
        &mut self,
        cells: &C,
        amount: usize,
        currency: usize,
    ) -> Result<Currency, Fault> {
        let raw = self.cell(cells, currency);
        match self.layout.currency(amount) {
            Some(known) if raw.trim().is_empty() => Ok(known),
            _ => self
                .sent
                .read(raw)
                .map_err(|code| fault("currency", raw, code)),
        }
    }

    fn complaint<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Complaint, Fault> {
        let raw = self.cell(cells, 0);
        let id = values::id(raw).map_err(|code| fault("complaint_id", raw, code))?;
        let raw = self.cell(cells, 1);
        let read = moment::read(raw, self.options.map.as_ref(), DayEnd::Last);
        let (reported_at, day_only) = read.map_err(|code| fault("reported_at", raw, code))?;
        if let Some(code) = day_only {
            self.warn("reported_at", raw, code);
        }
        // The agency is half of the complaint's key.
        let raw = self.cell(cells, 2);
        let agency = match (&self.options.agency, raw.trim().is_empty()) {
            (Some(own), true) => own.clone(),
            _ => values::id(raw).map_err(|code| fault("agency", raw, code))?,
        };
        let paid_to = self.account(cells, (5, "paid_to_bank"), (6, "paid_to_account"))?;
        let currency = self.currency(cells, 7, 8)?;
        let raw = self.cell(cells, 7);
        let amount = amount(raw, currency, "amount")?;
        if amount.amount_minor == 0 {
            return Err(fault("amount", raw, reason::AMOUNT_ZERO));
        }
        let is_silent = |field: usize| self.cell(cells, field).trim().is_empty();
        let victim = if is_silent(3) && is_silent(4) {
            None
        } else {
            let read = self.account(cells, (3, "victim_bank"), (4, "victim_account"));
            read.map_err(|(field, value, code)| self.warn(field, &value, code))
                .ok()
        };
        let mut suspects = Vec::new();
        for (field, name, kind) in [
            (9, "suspect_phone", IdentifierKind::Phone),
            (10, "suspect_domain", IdentifierKind::Domain),
            (11, "suspect_email", IdentifierKind::Email),
            (12, "suspect_wallet", IdentifierKind::Wallet),
            (13, "device_id", IdentifierKind::Device),
        ] {
            self.identifier(
                cells,
                (field, name),
                kind,
                self.options.country,
                &mut suspects,
            );
        }
        Ok(Complaint {
            id,
            agency,
            reported_at,
            victim,
            paid_to,
            amount,
            suspects,
        })
    }

    fn identifier<C: Cells + ?Sized>(
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
        match Identifier::parse(
            kind,
            raw,
            Context { country },
        ) {
            Ok(identifier) if into.contains(&identifier) => {}
            Ok(identifier) => into.push(identifier),
            Err(error) => self.warn(name, raw, error.code()),
        }
    }

    fn holding<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Holding, Fault> {
        let account = self.account(cells, (1, "bank"), (0, "account"))?;
        let raw = self.cell(cells, 2);
        let country = match raw.trim() {
            "" => None,
            text => Country::parse(text)
                .map_err(|error| self.warn("country", raw, error.code()))
                .ok(),
        };
        let raw = self.cell(cells, 3);
        let currency = match raw.trim() {
            "" => None,
            _ => match self.sent.read(raw) {
                Ok(currency) => Some(currency),
                Err(code) => {
                    self.warn("currency", raw, code);
                    None
                }
            },
        };
        let raw = self.cell(cells, 4);
        let kind = holding_kind(raw).unwrap_or_else(|| {
            self.warn("kind", raw, reason::KIND_UNKNOWN);
            HoldingKind::Unknown
        });
        let raw = self.cell(cells, 5);
        let (holder_name, cut) = values::name(raw, MAX_NAME_CHARACTERS);
        if let Some(code) = cut {
            self.warn("holder_name", raw, code);
        }
        let mut identifiers = Vec::new();
        let near = country.or(self.options.country);
        for (field, name, kind) in [
            (6, "phone", IdentifierKind::Phone),
            (7, "email", IdentifierKind::Email),
            (8, "device_id", IdentifierKind::Device),
        ] {
            self.identifier(cells, (field, name), kind, near, &mut identifiers);
        }
        Ok(Holding {
            account,
            country,
            currency,
            kind,
            holder_name,
            identifiers,
        })
    }
}

/// Whether a field of this record is beyond the limit.
pub(crate) fn too_long<C: Cells + ?Sized>(cells: &C) -> Option<usize> {
    (0..cells.count()).find(|column| cells.cell(*column).len() > MAX_FIELD_BYTES)
}

fn amount(raw: &str, currency: Currency, field: &'static str) -> Result<Money, Fault> {
    Money::parse(raw, currency).map_err(|error| fault(field, raw, error.code()))
}

/// The words of interfaces.md and what banks say instead; `None` for a word that is not known.
fn holding_kind(raw: &str) -> Option<HoldingKind> {
    match fold(raw).as_str() {
        "" | "unknown" => Some(HoldingKind::Unknown),
        "personal" | "individual" | "person" | "retail" | "canhan" | "khcn" => {
            Some(HoldingKind::Personal)
        }
        "business" | "company" | "corporate" | "merchant" | "doanhnghiep" | "tochuc" | "congty"
        | "khdn" => Some(HoldingKind::Business),
        "exchange" | "omnibus" | "san" | "sangiaodich" => Some(HoldingKind::Exchange),
        "wallet" | "vi" | "vitienso" | "vitienao" => Some(HoldingKind::Wallet),
        _ => None,
    }
}
