//! A record of a table of complaints; the numbers are the places of its fields in `headers.tsv`.

use model::complaint::Complaint;
use model::identifier::Kind as IdentifierKind;

use crate::cells::Cells;
use crate::moment::{self, DayEnd};
use crate::reason;
use crate::rows::{Fault, Reader, amount, fault};
use crate::values;

impl Reader<'_> {
    pub(crate) fn complaint<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Complaint, Fault> {
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
            read.map_err(|(field, value, code)| self.warn(field, &value, code)).ok()
        };
        let mut suspects = Vec::new();
        for (field, name, kind) in [
            (9, "suspect_phone", IdentifierKind::Phone),
            (10, "suspect_domain", IdentifierKind::Domain),
            (11, "suspect_email", IdentifierKind::Email),
            (12, "suspect_wallet", IdentifierKind::Wallet),
            (13, "device_id", IdentifierKind::Device),
        ] {
            self.identifier(cells, (field, name), kind, self.options.country, &mut suspects);
        }
        Ok(Complaint { id, agency, reported_at, victim, paid_to, amount, suspects })
    }
}
