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
        self.column(field).and_then(|column| self.columns.get(column)).and_then(|c| c.currency)
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
pub(crate) fn fit(kind: Kind, headers: &[String], map: Option<&ColumnMap>, has_agency: bool) -> Fit {
    let looked_at = headers.get(..MAX_COLUMNS).unwrap_or(headers);
    let folded: Vec<String> = looked_at.iter().map(|header| fold(header)).collect();
    let known: Vec<&Field> = fields(kind).collect();
    // What a person mapped goes first and takes its column away from everything else.
    let wanted = |field: &&Field| map.and_then(|map| map.header(field.name)).map(fold);
    let place = |wanted: String| folded.iter().position(|header| *header == wanted);
    let mut at: Vec<Option<usize>> = known.iter().map(|field| wanted(field).and_then(place)).collect();
    let mut owner: Vec<Option<usize>> = looked_at.iter().map(|header| named_field(kind, header)).collect();
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
    let can_do_without = |name| (name == "currency" && has_currency) || (name == "agency" && has_agency);
    let missing = known
        .iter()
        .zip(&at)
        .filter(|(field, place)| field.required && place.is_none() && !can_do_without(field.name))
        .map(|(field, _)| field.name)
        .collect();
    let matched = at.iter().flatten().count();
    Fit { matched, layout: Layout { kind, columns, at }, missing, twice }
}

/// Which field of a table a header names.
fn named_field(kind: Kind, header: &str) -> Option<usize> {
    readings(header).into_iter().find_map(|folded| WORDS.get(&(kind, folded)).copied())
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
    let letters = header.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).filter(|c| c.is_alphanumeric()).collect()
}

/// `Số tiền (VND)`, `Amount USD`: the currency named behind the word.
fn currency_in(header: &str) -> Option<Currency> {
    let words: Vec<&str> =
        header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.last().filter(|_| words.len() > 1)?;
    if matches!(fold(last).as_str(), "vnd" | "dong") {
        return Currency::parse("VND").ok();
    }
    // A small word could be anything (all, top, try): codes stand in capitals.
    (**last == last.to_uppercase()).then(|| Currency::parse(last).ok()).flatten()
}

const fn field(kind: Kind, name: &'static str, required: bool, words: &'static str) -> Field {
    Field { kind, name, required, words }
}

const CURRENCY: &str = "ccy|currency code|loại tiền|loại tiền tệ|đơn vị tiền|đơn vị tiền tệ|tiền tệ|\
nguyên tệ|mã tiền tệ|loại ngoại tệ";

/// Every column of every table. Within a table no word stands twice.
pub const FIELDS: &[Field] = &[
    field(Kind::Complaints, "complaint_id", true, "id|complaint no|complaint number|report id|report no|\
case no|mã đơn|số đơn|mã tố giác|số tố giác|mã đơn tố giác|số đơn tố giác|mã trình báo|mã tin báo|số tin báo|\
mã vụ việc|số vụ việc|mã hồ sơ|số hồ sơ|số thụ lý"),
    field(Kind::Complaints, "reported_at", true, "report time|report date|reported|date reported|\
ngày trình báo|thời gian trình báo|thời điểm trình báo|ngày tố giác|thời gian tố giác|thời điểm tố giác|\
ngày tiếp nhận|thời gian tiếp nhận|ngày tin báo|ngày báo|thời gian báo|thời gian|ngày giờ"),
    field(Kind::Complaints, "agency", true, "unit|police unit|reporting agency|received by|đơn vị|cơ quan|\
đơn vị tiếp nhận|cơ quan tiếp nhận|đơn vị thụ lý|cơ quan thụ lý|nơi tiếp nhận|công an|đơn vị công an"),
    field(Kind::Complaints, "victim_bank", false, "from bank|sender bank|payer bank|ngân hàng bị hại|\
ngân hàng người bị hại|ngân hàng của bị hại|ngân hàng nạn nhân|ngân hàng của nạn nhân|ngân hàng người tố giác|\
ngân hàng chuyển|ngân hàng chuyển tiền|ngân hàng gửi|nh bị hại|nh chuyển"),
    field(Kind::Complaints, "victim_account", false, "from account|sender account|payer account|\
tài khoản bị hại|số tài khoản bị hại|tài khoản người bị hại|số tài khoản người bị hại|tài khoản của bị hại|\
số tài khoản của bị hại|tài khoản nạn nhân|số tài khoản nạn nhân|tài khoản người tố giác|\
số tài khoản người tố giác|tài khoản chuyển|số tài khoản chuyển|tài khoản chuyển tiền|stk bị hại|stk chuyển"),
    field(Kind::Complaints, "paid_to_bank", true, "to bank|suspect bank|beneficiary bank|payee bank|\
ngân hàng nhận|ngân hàng nhận tiền|ngân hàng thụ hưởng|ngân hàng đối tượng|ngân hàng của đối tượng|\
ngân hàng nghi vấn|ngân hàng bị tố giác|nh nhận|nh thụ hưởng|nh đối tượng"),
    field(Kind::Complaints, "paid_to_account", true, "to account|suspect account|beneficiary account|\
payee account|tài khoản nhận|số tài khoản nhận|tài khoản nhận tiền|số tài khoản nhận tiền|tài khoản thụ hưởng|\
số tài khoản thụ hưởng|tài khoản đối tượng|số tài khoản đối tượng|tài khoản của đối tượng|\
số tài khoản của đối tượng|tài khoản nghi vấn|số tài khoản nghi vấn|tài khoản lừa đảo|số tài khoản lừa đảo|\
tài khoản bị tố giác|stk nhận|stk thụ hưởng|stk đối tượng|stk lừa đảo"),
    field(Kind::Complaints, "amount", true, "loss|amount lost|amount paid|số tiền|số tiền thiệt hại|\
số tiền bị thiệt hại|số tiền bị chiếm đoạt|số tiền chiếm đoạt|số tiền bị lừa|số tiền đã chuyển|số tiền chuyển|\
thiệt hại|giá trị thiệt hại"),
    field(Kind::Complaints, "currency", true, CURRENCY),
    field(Kind::Complaints, "suspect_phone", false, "suspect phone number|scammer phone|\
số điện thoại đối tượng|số điện thoại của đối tượng|điện thoại đối tượng|sđt đối tượng|sđt của đối tượng|\
số điện thoại nghi vấn|sđt nghi vấn|số điện thoại lừa đảo|sđt lừa đảo"),
    field(Kind::Complaints, "suspect_domain", false, "domain|website|suspect website|url|link|tên miền|\
trang web|địa chỉ web|địa chỉ website|đường link|đường dẫn|website lừa đảo|trang web lừa đảo"),
    field(Kind::Complaints, "suspect_email", false, "scammer email|email đối tượng|email của đối tượng|\
thư điện tử đối tượng|email nghi vấn|email lừa đảo"),
    field(Kind::Complaints, "suspect_wallet", false, "wallet|wallet address|địa chỉ ví|ví tiền số|\
ví tiền ảo|ví tiền điện tử|địa chỉ ví tiền số|địa chỉ ví tiền ảo|ví đối tượng|ví của đối tượng"),
    field(Kind::Complaints, "device_id", false, "device|device fingerprint|mã thiết bị|thiết bị|\
định danh thiết bị"),
    field(Kind::Transfers, "tx_id", true, "transaction id|transaction no|transaction number|transfer id|\
transaction reference|reference|reference no|reference number|ref|ref no|trace no|mã giao dịch|số giao dịch|mã gd|\
số gd|số tham chiếu|mã tham chiếu|số bút toán|mã bút toán|số chứng từ|mã chứng từ|số ct"),
    field(Kind::Transfers, "timestamp", true, "time|date|date time|transaction time|transaction date|\
booking date|posting date|value date|thời gian|thời điểm|ngày giờ|ngày|thời gian giao dịch|thời gian gd|\
thời điểm giao dịch|ngày giao dịch|ngày gd|ngày giờ giao dịch|giờ giao dịch|ngày hạch toán|ngày hiệu lực"),
    field(Kind::Transfers, "from_bank", true, "sender bank|payer bank|debit bank|originating bank|\
ordering bank|ngân hàng chuyển|ngân hàng gửi|ngân hàng nguồn|ngân hàng chuyển tiền|ngân hàng người chuyển|\
ngân hàng người gửi|ngân hàng bên chuyển|mã ngân hàng chuyển|nh chuyển|nh gửi|nh nguồn"),
    field(Kind::Transfers, "from_account", true, "sender account|payer account|debit account|\
originating account|ordering account|from account no|from account number|sender account number|tài khoản chuyển|\
số tài khoản chuyển|tài khoản gửi|số tài khoản gửi|tài khoản nguồn|số tài khoản nguồn|tài khoản chuyển tiền|\
tài khoản người chuyển|số tài khoản người chuyển|tài khoản người gửi|số tài khoản người gửi|tài khoản ghi nợ|\
tài khoản trích nợ|stk chuyển|stk gửi|stk nguồn|tk chuyển|tk gửi|tk nguồn|tk ghi nợ"),
    field(Kind::Transfers, "to_bank", true, "receiver bank|recipient bank|beneficiary bank|payee bank|\
credit bank|ngân hàng nhận|ngân hàng thụ hưởng|ngân hàng hưởng|ngân hàng đích|ngân hàng nhận tiền|\
ngân hàng người nhận|ngân hàng bên nhận|ngân hàng người thụ hưởng|mã ngân hàng nhận|nh nhận|nh thụ hưởng|nh đích"),
    field(Kind::Transfers, "to_account", true, "receiver account|recipient account|beneficiary account|\
payee account|credit account|to account no|to account number|beneficiary account number|tài khoản nhận|\
số tài khoản nhận|tài khoản thụ hưởng|số tài khoản thụ hưởng|tài khoản hưởng|tài khoản đích|số tài khoản đích|\
tài khoản nhận tiền|tài khoản người nhận|số tài khoản người nhận|tài khoản người thụ hưởng|\
số tài khoản người thụ hưởng|tài khoản ghi có|stk nhận|stk thụ hưởng|stk đích|tk nhận|tk thụ hưởng|tk đích|tk ghi có"),
    field(Kind::Transfers, "amount", true, "amount sent|sent amount|transaction amount|transfer amount|\
số tiền|số tiền giao dịch|số tiền gd|số tiền chuyển|số tiền gửi|giá trị|giá trị giao dịch"),
    field(Kind::Transfers, "currency", true, "currency sent|ccy|currency code|loại tiền|loại tiền tệ|\
đơn vị tiền|đơn vị tiền tệ|tiền tệ|nguyên tệ|mã tiền tệ|loại ngoại tệ|loại tiền chuyển"),
    field(Kind::Transfers, "amount_received", false, "received amount|amount credited|số tiền nhận|\
số tiền nhận được|số tiền thực nhận"),
    field(Kind::Transfers, "currency_received", false, "received currency|loại tiền nhận|loại tiền nhận được|\
tiền tệ nhận"),
    field(Kind::Transfers, "payment_format", false, "payment method|payment type|method|channel|\
transfer type|transaction type|hình thức|hình thức thanh toán|hình thức chuyển|hình thức chuyển tiền|\
hình thức giao dịch|phương thức|phương thức thanh toán|kênh|kênh giao dịch|loại giao dịch|loại gd"),
    field(Kind::Accounts, "account", true, "account no|account number|account id|số tài khoản|tài khoản|stk|\
số tk|tk"),
    field(Kind::Accounts, "bank", true, "bank name|bank code|ngân hàng|tên ngân hàng|mã ngân hàng|\
ngân hàng mở tài khoản|nh|mở tại ngân hàng"),
    field(Kind::Accounts, "country", false, "country code|quốc gia|nước|mã quốc gia|mã nước"),
    field(Kind::Accounts, "currency", false, CURRENCY),
    field(Kind::Accounts, "kind", false, "type|account type|customer type|loại tài khoản|loại tk|\
loại khách hàng|loại hình"),
    field(Kind::Accounts, "holder_name", false, "name|holder|account name|account holder|customer name|\
customer|owner|chủ tài khoản|tên chủ tài khoản|tên tài khoản|họ tên|họ và tên|họ tên chủ tài khoản|\
tên khách hàng|khách hàng|chủ tk|tên chủ tk"),
    field(Kind::Accounts, "phone", false, "phone number|mobile|mobile number|telephone|số điện thoại|\
điện thoại|sđt|số đt|số di động|di động"),
    field(Kind::Accounts, "email", false, "email address|thư điện tử|địa chỉ email|hộp thư"),
    field(Kind::Accounts, "device_id", false, "device|device fingerprint|mã thiết bị|thiết bị|\
định danh thiết bị"),
    field(Kind::Truth, "scope", true, ""),
    field(Kind::Truth, "ring", true, ""),
    field(Kind::Truth, "pattern", true, ""),
    field(Kind::Truth, "item", true, ""),
    field(Kind::Truth, "role", true, ""),
    field(Kind::Truth, "value", true, ""),
];

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
        check(Kind::Accounts, "SỐ TÀI KHOẢN;Ngan-hang;ho_va_ten;Ghi chú", "account;bank;holder_name;-");
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
        check(Kind::Accounts, "Số TK;Tên", "missing_columns bank ← Số TK | Tên");
        check(Kind::Accounts, "STK;Số tài khoản;Bank", "column_twice account ← STK | Số tài khoản");
        check(Kind::Accounts, "account;Số tài khoản;bank", "account;-;bank");
    }

    #[test]
    fn a_map_goes_before_every_guess() {
        let map = ColumnMap::parse("account = Cột 2\nholder_name = Tài khoản").unwrap();
        let headers = ["Tài khoản", "Cột 2", "Bank"].map(str::to_owned);
        let layout = fit(Kind::Accounts, &headers, Some(&map), false).into_layout(Some(&map)).unwrap();
        let found: Vec<_> = layout.columns.iter().map(|column| column.field).collect();
        assert_eq!(found, [Some("holder_name"), Some("account"), Some("bank")]);
        let headers = ["account", "bank"].map(str::to_owned);
        let error = fit(Kind::Accounts, &headers, Some(&map), false).into_layout(Some(&map));
        assert_eq!(error.map_err(|e| e.code()), Err("map_header_missing"));
    }

    #[test]
    fn no_word_stands_twice_in_a_table() {
        for kind in [Kind::Complaints, Kind::Transfers, Kind::Accounts, Kind::Truth] {
            let mut seen = std::collections::BTreeSet::new();
            for field in fields(kind) {
                let words = field.words.split('|').filter(|word| !word.is_empty()).map(fold);
                for word in words.filter(|word| *word != fold(field.name)) {
                    assert!(seen.insert(word.clone()), "{kind} {} {word}", field.name);
                }
            }
        }
    }
}
