//! A table's columns: which header of a file stands for which field, and whether any is missing.
//!
//! What a person mapped goes first, then the standard name, then the other words of `headers`. Two
//! columns that could be the same field are refused, since a guess would move money.

use model::money::Currency;

use crate::error::FileError;
use crate::headers::{Field, currency_in, fields, fold, named_field};
use crate::kind::Kind;
use crate::limits::MAX_COLUMNS;
use crate::map::ColumnMap;

/// How one column of a file was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header as it stands.
    pub header: String,
    /// The standard name; `None` where the column is not kept.
    pub field: Option<&'static str>,
    /// The currency a header of an amount names, as in `Số tiền (VND)`.
    pub currency: Option<Currency>,
}

/// A table's columns by the position of their field in `fields(kind)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// What the table holds.
    pub kind: Kind,
    /// Every column, in the file's order.
    pub columns: Vec<Column>,
    at: Vec<Option<usize>>,
}

impl Layout {
    /// The column of a field, by the field's position in its table.
    pub(crate) fn column(&self, field: usize) -> Option<usize> {
        self.at.get(field).copied().flatten()
    }

    /// The currency that the header of this field names.
    pub(crate) fn currency(&self, field: usize) -> Option<Currency> {
        self.column(field).and_then(|column| self.columns.get(column)).and_then(|c| c.currency)
    }
}

/// How well a record serves as the header of some table.
#[derive(Debug)]
pub(crate) struct Fit {
    pub(crate) matched: usize,
    pub(crate) layout: Layout,
    pub(crate) missing: Vec<&'static str>,
    pub(crate) twice: Option<(&'static str, Vec<String>)>,
}

impl Fit {
    /// Whether the table can be read with this header, as far as the columns go.
    pub(crate) fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// The layout, or why there is none.
    pub(crate) fn into_layout(self, map: Option<&ColumnMap>) -> Result<Layout, FileError> {
        let found = || self.layout.columns.iter().map(|column| column.header.clone()).collect();
        if self.layout.columns.len() > MAX_COLUMNS {
            return Err(FileError::TooManyColumns(self.layout.columns.len()));
        }
        if let Some((field, headers)) = self.twice {
            return Err(FileError::ColumnTwice { field, headers });
        }
        for field in fields(self.layout.kind) {
            let wanted = map.and_then(|map| map.header(field.name));
            if let Some(header) = wanted
                && !self.layout.columns.iter().any(|c| fold(&c.header) == fold(header))
            {
                let (field, header) = (field.name.to_owned(), header.to_owned());
                return Err(FileError::MapHeaderMissing { field, header, found: found() });
            }
        }
        if self.missing.is_empty() {
            return Ok(self.layout);
        }
        let found = found();
        Err(FileError::MissingColumns { kind: self.layout.kind, missing: self.missing, found })
    }
}

/// How well these headers serve for this kind of table.
pub(crate) fn fit(
    kind: Kind,
    headers: &[String],
    map: Option<&ColumnMap>,
    has_agency: bool,
) -> Fit {
    let looked_at = headers.get(..MAX_COLUMNS).unwrap_or(headers);
    let folded: Vec<String> = looked_at.iter().map(|header| fold(header)).collect();
    let known: Vec<&Field> = fields(kind).collect();
    // What a person mapped goes first and takes its column away from everything else.
    let wanted = |field: &&Field| map.and_then(|map| map.header(field.name)).map(fold);
    let place = |wanted: String| folded.iter().position(|header| *header == wanted);
    let mut at: Vec<Option<usize>> =
        known.iter().map(|field| wanted(field).and_then(place)).collect();
    let mut owner: Vec<Option<usize>> =
        looked_at.iter().map(|header| named_field(kind, header)).collect();
    for (column, slot) in owner.iter_mut().enumerate() {
        let mapped = at.iter().position(|place| *place == Some(column));
        let is_mapped_elsewhere =
            |index: &usize| known.get(*index).is_some_and(|field| wanted(field).is_some());
        *slot = mapped.or(slot.filter(|index| !is_mapped_elsewhere(index)));
    }
    let mut twice = None;
    for (index, (field, place)) in known.iter().zip(at.iter_mut()).enumerate() {
        let columns = (0..owner.len()).filter(|column| owner.get(*column) == Some(&Some(index)));
        let columns: Vec<usize> = columns.collect();
        let standard = fold(field.name);
        let exact = columns.iter().copied().find(|column| folded.get(*column) == Some(&standard));
        let chosen = place.or(exact).or(columns.first().copied());
        if columns.len() > 1 && exact.is_none() && twice.is_none() {
            let headers = columns.iter().filter_map(|c| looked_at.get(*c).cloned()).collect();
            twice = Some((field.name, headers));
        }
        *place = chosen;
        for column in columns.into_iter().filter(|column| Some(*column) != chosen) {
            if let Some(slot) = owner.get_mut(column) {
                *slot = None;
            }
        }
    }
    finish(kind, headers, &known, at, &owner, twice, has_agency)
}

fn finish(
    kind: Kind,
    headers: &[String],
    known: &[&'static Field],
    at: Vec<Option<usize>>,
    owner: &[Option<usize>],
    twice: Option<(&'static str, Vec<String>)>,
    has_agency: bool,
) -> Fit {
    let field_of = |column: usize| owner.get(column).copied().flatten().and_then(|i| known.get(i));
    let columns: Vec<Column> = headers
        .iter()
        .enumerate()
        .map(|(column, header)| {
            let field = field_of(column).map(|field| field.name);
            let is_amount = field.is_some_and(|name| name.starts_with("amount"));
            let currency = if is_amount { currency_in(header) } else { None };
            Column { header: header.clone(), field, currency }
        })
        .collect();
    let has_currency = columns.iter().any(|c| c.field == Some("amount") && c.currency.is_some());
    let can_do_without =
        |name| (name == "currency" && has_currency) || (name == "agency" && has_agency);
    let missing = known
        .iter()
        .zip(&at)
        .filter(|(field, place)| field.required && place.is_none() && !can_do_without(field.name))
        .map(|(field, _)| field.name)
        .collect();
    let matched = at.iter().flatten().count();
    Fit { matched, layout: Layout { kind, columns, at }, missing, twice }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, header: &str, expected: &str) {
        let headers: Vec<String> = header.split(';').map(str::to_owned).collect();
        let fit = fit(kind, &headers, None, false);
        let found = match fit.into_layout(None) {
            Ok(layout) => {
                let each = layout.columns.iter().map(|column| {
                    let currency = column.currency.map(|c| format!(" {c}")).unwrap_or_default();
                    format!("{}{currency}", column.field.unwrap_or("-"))
                });
                each.collect::<Vec<_>>().join(";")
            }
            Err(error) => format!("{} {}", error.code(), error.value()),
        };
        assert_eq!(found, expected, "{header}");
    }

    #[test]
    fn headers_are_known_with_and_without_marks_in_any_case() {
        check(
            Kind::Accounts,
            "SỐ TÀI KHOẢN;Ngan-hang;ho_va_ten;Ghi chú",
            "account;bank;holder_name;-",
        );
        check(Kind::Accounts, "Account No;BANK", "account;bank");
        check(
            Kind::Transfers,
            "Mã GD;Ngày giao dịch;NH chuyển;STK chuyển;NH nhận;STK nhận;Số tiền (VNĐ);Nội dung",
            "tx_id;timestamp;from_bank;from_account;to_bank;to_account;amount VND;-",
        );
        check(
            Kind::Complaints,
            "Số đơn;Ngày trình báo;Đơn vị;Người bị hại;Ngân hàng nhận;Tài khoản nhận;Số \
tiền/Amount;Loại tiền",
            "complaint_id;reported_at;agency;-;paid_to_bank;paid_to_account;amount;currency",
        );
    }

    #[test]
    fn a_missing_or_double_column_is_named() {
        check(Kind::Accounts, "Số TK;Tên", "missing_columns bank ← Số TK | Tên");
        check(Kind::Accounts, "STK;Số tài khoản;Bank", "column_twice account ← STK | Số tài khoản");
        check(Kind::Accounts, "account;Số tài khoản;bank", "account;-;bank");
    }

    #[test]
    fn a_map_goes_before_every_guess() {
        let map = ColumnMap::parse("account = Cột 2\nholder_name = Tài khoản").unwrap();
        let headers = ["Tài khoản", "Cột 2", "Bank"].map(str::to_owned);
        let layout =
            fit(Kind::Accounts, &headers, Some(&map), false).into_layout(Some(&map)).unwrap();
        let found: Vec<_> = layout.columns.iter().map(|column| column.field).collect();
        assert_eq!(found, [Some("holder_name"), Some("account"), Some("bank")]);
        let headers = ["account", "bank"].map(str::to_owned);
        let error = fit(Kind::Accounts, &headers, Some(&map), false).into_layout(Some(&map));
        assert_eq!(error.map_err(|e| e.code()), Err("map_header_missing"));
    }
}
