//! A record of a table of accounts; the numbers are the places of its fields in `headers.tsv`.

use model::country::Country;
use model::holding::{Holding, HoldingKind, MAX_NAME_CHARACTERS};
use model::identifier::Kind as IdentifierKind;

use crate::cells::Cells;
use crate::headers::fold;
use crate::reason;
use crate::rows::{Fault, Reader};
use crate::values;

impl Reader<'_> {
    pub(crate) fn holding<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<Holding, Fault> {
        let account = self.account(cells, (1, "bank"), (0, "account"))?;
        let raw = self.cell(cells, 2);
        let country = match raw.trim() {
            "" => None,
            text => {
                Country::parse(text).map_err(|error| self.warn("country", raw, error.code())).ok()
            }
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
        Ok(Holding { account, country, currency, kind, holder_name, identifiers })
    }
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
