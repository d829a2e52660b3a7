//! How a header names a column: the standard names, and what banks and police call them.
//!
//! A header is folded before it is compared: small letters, no Vietnamese marks, letters and digits
//! alone, so `Số tài khoản`, `so_tai_khoan` and `SO TAI KHOAN` are one. A header in two languages
//! (`Số tiền/Amount`, `Amount (Số tiền)`) is known by any of its parts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::money::Currency;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::error::FileError;
use crate::kind::Kind;
use crate::limits::MAX_COLUMNS;
use crate::map::ColumnMap;

/// One column that a table may have.
#[derive(Debug)]
pub struct Field {
    /// In which table.
    pub kind: Kind,
    /// The standard name.
    pub name: &'static str,
    /// Whether the table cannot be read without it.
    pub required: bool,
    /// What else it is called, `|` between.
    pub words: &'static str,
}

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
        self.column(field)
            .and_then(|column| self.columns.get(column))
            .and_then(|c| c.currency)
    }
}

/// The fields of a table, in the order of interfaces.md.
pub fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.kind == kind)
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
        let found = || {
            self.layout
                .columns
                .iter()
                .map(|column| column.header.clone())
                .collect()
        };
        if self.layout.columns.len() > MAX_COLUMNS {
            return Err(FileError::TooManyColumns(self.layout.columns.len()));
        }
        if let Some((field, headers)) = self.twice {
            return Err(FileError::ColumnTwice { field, headers });
        }
        for field in fields(self.layout.kind) {
            let wanted = map.and_then(|map| map.header(field.name));
            if let Some(header) = wanted
                && !self
                    .layout
                    .columns
                    .iter()
                    .any(|c| fold(&c.header) == fold(header))
            {
                let (field, header) = (field.name.to_owned(), header.to_owned());
                return Err(FileError::MapHeaderMissing {
                    field,
                    header,
                    found: found(),
                });
            }
        }
        if self.missing.is_empty() {
            return Ok(self.layout);
        }
        let found = found();
        Err(FileError::MissingColumns {
            kind: self.layout.kind,
            missing: self.missing,
            found,
        })
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
    let mut at: Vec<Option<usize>> = known
        .iter()
        .map(|field| wanted(field).and_then(place))
        .collect();
    let mut owner: Vec<Option<usize>> = looked_at
        .iter()
        .map(|header| named_field(kind, header))
        .collect();
    for (column, slot) in owner.iter_mut().enumerate() {
        let mapped = at.iter().position(|place| *place == Some(column));
        let is_mapped_elsewhere = |index: &usize| {
            known
                .get(*index)
                .is_some_and(|field| wanted(field).is_some())
        };
        *slot = mapped.or(slot.filter(|index| !is_mapped_elsewhere(index)));
    }
    let mut twice = None;
    for (index, (field, place)) in known.iter().zip(at.iter_mut()).enumerate() {
        let columns = (0..owner.len()).filter(|column| owner.get(*column) == Some(&Some(index)));
        let columns: Vec<usize> = columns.collect();
        let standard = fold(field.name);
        let exact = columns
            .iter()
            .copied()
            .find(|column| folded.get(*column) == Some(&standard));
        let chosen = place.or(exact).or(columns.first().copied());
        if columns.len() > 1 && exact.is_none() && twice.is_none() {
            let headers = columns
                .iter()
                .filter_map(|c| looked_at.get(*c).cloned())
                .collect();
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
    let field_of = |column: usize| {
        owner
            .get(column)
            .copied()
            .flatten()
            .and_then(|i| known.get(i))
    };
    let columns: Vec<Column> = headers
        .iter()
        .enumerate()
        .map(|(column, header)| {
            let field = field_of(column).map(|field| field.name);
            let is_amount = field.is_some_and(|name| name.starts_with("amount"));
            let currency = if is_amount { currency_in(header) } else { None };
            Column {
                header: header.clone(),
                field,
                currency,
            }
        })
        .collect();
    let has_currency = columns
        .iter()
        .any(|c| c.field == Some("amount") && c.currency.is_some());
    let can_do_without =
        |name| (name == "currency" && has_currency) || (name == "agency" && has_agency);
    let missing = known
        .iter()
        .zip(&at)
        .filter(|(field, place)| field.required && place.is_none() && !can_do_without(field.name))
        .map(|(field, _)| field.name)
        .collect();
    let matched = at.iter().flatten().count();
    Fit {
        matched,
        layout: Layout { kind, columns, at },
        missing,
        twice,
    }
}

/// Which field of a table a header names.
fn named_field(kind: Kind, header: &str) -> Option<usize> {
    readings(header)
        .into_iter()
        .find_map(|folded| WORDS.get(&(kind, folded)).copied())
}

/// Every folded word of every table, and the place of its field.
static WORDS: LazyLock<BTreeMap<(Kind, String), usize>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for kind in Kind::ALL {
        for (index, field) in fields(kind).enumerate() {
            let all = field.words.split('|').filter(|word| !word.is_empty());
            for word in all.chain([field.name]) {
                words.insert((kind, fold(word)), index);
            }
        }
    }
    words
});

/// A header as it stands, without its bracket, each half of a double name, and its bracket.
fn readings(header: &str) -> Vec<String> {
    let (outside, bracket) = match header.split_once(['(', '[']) {
        Some((outside, rest)) => (outside, rest.split([')', ']']).next().unwrap_or("")),
        None => (header, ""),
    };
    let mut readings = vec![fold(header), fold(outside)];
    readings.extend(outside.split(['/', '\n', '|']).map(fold));
    readings.push(fold(bracket));
    readings
}

/// A header's letters and digits, small and without marks.
pub(crate) fn fold(header: &str) -> String {
    let letters = header
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    letters
        .map(|c| if c == 'đ' { 'd' } else { c })
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// `Số tiền (VND)`, `Amount USD`: the currency named behind the word.
fn currency_in(header: &str) -> Option<Currency> {
    let words: Vec<&str> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let last = words.last().filter(|_| words.len() > 1)?;
    if matches!(fold(last).as_str(), "vnd" | "dong") {
        return Currency::parse("VND").ok();
    }
    // A small word could be anything (all, top, try): codes stand in capitals.
    (**last == last.to_uppercase())
        .then(|| Currency::parse(last).ok())
        .flatten()
}

/// Every column of every table. Within a table no word stands twice.
pub static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let lines = include_str!("../data/headers.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(field).collect()
});

fn field(line: &'static str) -> Option<Field> {
    let mut parts = line.split('\t');
    let kind = Kind::parse(parts.next()?)?;
    let (name, need) = (parts.next()?, parts.next()?);
    Some(Field { kind, name, required: need == "required", words: parts.next().unwrap_or("") })
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
            "Số đơn;Ngày trình báo;Đơn vị;Người bị hại;Ngân hàng nhận;Tài khoản nhận;Số tiền/Amount;Loại tiền",
            "complaint_id;reported_at;agency;-;paid_to_bank;paid_to_account;amount;currency",
        );
    }

    #[test]
    fn a_missing_or_double_column_is_named() {
        check(
            Kind::Accounts,
            "Số TK;Tên",
            "missing_columns bank ← Số TK | Tên",
        );
        check(
            Kind::Accounts,
            "STK;Số tài khoản;Bank",
            "column_twice account ← STK | Số tài khoản",
        );
        check(
            Kind::Accounts,
            "account;Số tài khoản;bank",
            "account;-;bank",
        );
    }

    #[test]
    fn a_map_goes_before_every_guess() {
        let map = ColumnMap::parse("account = Cột 2\nholder_name = Tài khoản").unwrap();
        let headers = ["Tài khoản", "Cột 2", "Bank"].map(str::to_owned);
        let layout = fit(Kind::Accounts, &headers, Some(&map), false)
            .into_layout(Some(&map))
            .unwrap();
        let found: Vec<_> = layout.columns.iter().map(|column| column.field).collect();
        assert_eq!(found, [Some("holder_name"), Some("account"), Some("bank")]);
        let headers = ["account", "bank"].map(str::to_owned);
        let error = fit(Kind::Accounts, &headers, Some(&map), false).into_layout(Some(&map));
        assert_eq!(error.map_err(|e| e.code()), Err("map_header_missing"));
    }

    #[test]
    fn every_line_of_the_table_of_words_is_read() {
        let lines = include_str!("../data/headers.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(FIELDS.len(), lines.count());
        // The readers of rows count on these places.
        let names = |kind| fields(kind).map(|field| field.name).collect::<Vec<_>>().join(",");
        assert_eq!(names(Kind::Complaints), "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,paid_to_account,amount,currency,suspect_phone,suspect_domain,suspect_email,suspect_wallet,device_id");
        assert_eq!(names(Kind::Transfers), "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,amount_received,currency_received,payment_format");
        assert_eq!(names(Kind::Accounts), "account,bank,country,currency,kind,holder_name,phone,email,device_id");
        assert_eq!(names(Kind::Truth), "scope,ring,pattern,item,role,value");
    }

    #[test]
    fn no_word_stands_twice_in_a_table() {
        for kind in [
            Kind::Complaints,
            Kind::Transfers,
            Kind::Accounts,
            Kind::Truth,
        ] {
            let mut seen = std::collections::BTreeSet::new();
            for field in fields(kind) {
                let words = field
                    .words
                    .split('|')
                    .filter(|word| !word.is_empty())
                    .map(fold);
                for word in words.filter(|word| *word != fold(field.name)) {
                    assert!(seen.insert(word.clone()), "{kind} {} {word}", field.name);
                }
            }
        }
    }
}
