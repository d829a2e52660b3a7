//! A record of a table of transfers; the numbers are the places of its fields in `headers.tsv`.

use model::transfer::Transfer;

use crate::cells::Cells;
use crate::limits::MAX_FORMAT_CHARACTERS;
use crate::moment::{self, DayEnd};
use crate::reason;
use crate::rows::{Fault, Reader, amount, fault};
use crate::values;

impl Reader<'_> {
    pub(crate) fn transfer<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Transfer, Fault> {
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
        Ok(Transfer { id, at, from, to, sent, received, format })
    }
}
