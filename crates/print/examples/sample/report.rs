//! The made-up report of the sample.

use i18n::Language;
use model::country::Country;
use model::digest::Digest;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::role::Role;
use model::time::Timestamp;
use print::report::{
    AccountRow, ComplaintRow, HookupRow, RangeRow, RatesNote, Report, RestingRow, RuleTable,
    ShareRow, SourceRow,
};

use super::amount;

/// A line of `ACCOUNTS`.
type Row = (&'static str, &'static str, &'static str, Role, &'static str, &'static str, [i64; 6]);

/// Account, country, role, holder, and what rests there under each rule.
const ACCOUNTS: [Row; 9] = [
    (
        "VNB03",
        "1000005547",
        "VN",
        Role::Collector,
        "Lê Quốc Bảo",
        "VND",
        [412_500_000, 61_300_000, 12_500_000, 48_000_000, 12_500_000, 77_250_000],
    ),
    (
        "VNB07",
        "1000007713",
        "VN",
        Role::Collector,
        "Trần Minh Khôi",
        "VND",
        [8_120_000, 2_110_000, 0, 4_300_000, 0, 8_120_000],
    ),
    (
        "THB01",
        "4410098821",
        "TH",
        Role::Collector,
        "Somchai Prasert",
        "THB",
        [19_087_544, 1_023_310, 0, 944_120, 310_000, 1_920_055],
    ),
    (
        "KHB02",
        "2000118840",
        "KH",
        Role::Mule,
        "Sok Dara",
        "USD",
        [1_220_450, 310_122, 280_000, 322_090, 271_500, 450_000],
    ),
    (
        "KHB05",
        "2000200011",
        "KH",
        Role::Mule,
        "Kim Heng Trading Co., Ltd. (Phnom Penh)",
        "USD",
        [4_410_990, 912_250, 312_050, 700_000, 312_050, 1_200_400],
    ),
    (
        "SGEX1",
        "UID88213344",
        "SG",
        Role::Exchange,
        "Lim Wei Jie",
        "USDT",
        [
            91_200_000_000,
            12_400_000_000,
            9_120_000_000,
            10_000_000_000,
            9_000_000_000,
            16_700_450_000,
        ],
    ),
    (
        "TRON",
        "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
        "",
        Role::Wallet,
        "",
        "USDT",
        [
            141_200_000_000,
            139_870_000_000,
            141_200_000_000,
            138_000_000_000,
            136_250_000_000,
            141_200_000_000,
        ],
    ),
    (
        "KHB09",
        "2000777001",
        "KH",
        Role::Launderer,
        "Golden Fish Exchange",
        "USD",
        [88_120_400, 25_040_000, 25_040_000, 21_900_000, 19_440_000, 31_000_000],
    ),
    (
        "KHB02",
        "2000990017",
        "KH",
        Role::Boss,
        "“Mr K”",
        "USD",
        [2_210_000, 1_800_000, 1_800_000, 1_800_000, 1_640_000, 2_210_000],
    ),
];

/// The made-up report.
pub(crate) fn report(language: Language, chart_svg: String) -> Report {
    let vi = language == Language::Vi;
    let pick = |vi_text: &str, en_text: &str| (if vi { vi_text } else { en_text }).to_owned();
    let summary = [
        ("Tổng số tiền bị chiếm đoạt", "Stolen in all", "368,420.50 USD", "368.420,50 USD"),
        (
            "Còn đọng lại (số dư trung gian thấp nhất)",
            "Still resting (lowest intermediate balance)",
            "352,815.52 USD",
            "352.815,52 USD",
        ),
        ("Tài khoản của đường dây", "Accounts in the ring", "18", "18"),
        ("Bị hại", "Victims", "18", "18"),
        (
            "Khoảng giữa các quy tắc",
            "Span over the rules",
            "352,815.52 – 504,661.67 USD",
            "352.815,52 – 504.661,67 USD",
        ),
        ("Quốc gia", "Countries", "5", "5"),
        ("Số tố giác", "Complaints", "31", "31"),
        ("Giao dịch đã truy vết", "Transfers traced", "1,204", "1.204"),
        ("Khoảng thời gian", "Span of time", "3 Jan 2025 – 31 Jan 2025", "03-01-2025 – 31-01-2025"),
        ("Có thể phong tỏa ngay", "Can be frozen now", "9 accounts", "9 tài khoản"),
    ];
    let names = ["proceeds-first", "poison", "haircut", "fifo", "lifo", "libr"];
    let order = [5, 0, 1, 2, 3, 4];
    Report {
        title: pick("Đường dây R-0007", "Ring R-0007"),
        agency: pick("A05, Bộ Công an, Việt Nam", "A05, Ministry of Public Security, Viet Nam"),
        case: pick("VN-C-2025-0001 – Lừa đảo đầu tư “Sông Xanh”", "VN-C-2025-0001 – investment fraud “Green River”"),
        handling: "TLP:AMBER".to_owned(),
        made_at: at("2025-11-23T09:12:00Z"),
        summary: summary.iter().map(|(v, e, en, vi)| (pick(v, e), pick(vi, en))).collect(),
        chart_svg,
        accounts: ACCOUNTS.iter().enumerate().map(|(index, a)| AccountRow {
            bank: a.0.to_owned(),
            number: a.1.to_owned(),
            country: Country::parse(a.2).ok(),
            role: a.3,
            holder: a.4.to_owned(),
            score: 0.99 - index as f64 * 0.037,
            evidence: vec![
                pick("Nhận 7 khoản chuyển của bị hại trong 36 giờ, tổng 1.740.000.000 VND (T-000114, T-000120, T-000131 và 4 giao dịch khác).", "Took seven payments of victims within 36 hours, 1,740,000,000 VND in all (T-000114, T-000120, T-000131 and four more)."),
                pick("Chuyển đi 96% số tiền nhận được trong vòng 41 phút (T-000115 → T-000119).", "Passed on 96% of what it took within 41 minutes (T-000115 → T-000119)."),
                pick("Cùng thiết bị 3f9a-77 với tài khoản VNB11/1000011802.", "Shares the device 3f9a-77 with the account VNB11/1000011802."),
            ][..1 + index % 3].to_vec(),
        }).collect(),
        rules: names.iter().zip(order).map(|(rule, column)| rule_table(rule, column)).collect(),
        ranges: ACCOUNTS.iter().map(|a| {
            let sums: Vec<i64> = a.6[1..].iter().map(|sum| usd(*sum, a.5)).collect();
            let money = |cents: Option<&i64>| Money::new(cents.copied().unwrap_or(0), Currency::USD);
            RangeRow { bank: a.0.to_owned(), number: a.1.to_owned(), low: money(sums.iter().min()), high: money(sums.iter().max()) }
        }).collect(),
        shares: [(8, 0.42, 0.47), (7, 0.21, 0.25), (4, 0.08, 0.11), (3, 0.05, 0.05), (0, 0.02, 0.06)].iter().map(|(index, low, high)| {
            let a = &ACCOUNTS[*index];
            ShareRow { bank: a.0.to_owned(), number: a.1.to_owned(), role: a.3, holder: a.4.to_owned(), low: *low, high: *high }
        }).collect(),
        complaints: (0..31).map(|index: usize| ComplaintRow {
            id: format!("TG-2025-{:04}", 117 + index * 3),
            agency: if index % 4 == 3 { "CCIB Bangkok".to_owned() } else { "PA05 Hà Nội".to_owned() },
            reported_at: at(&format!("2025-01-{:02}T02:30:00Z", 4 + index % 27)),
            victim: ["N*** T*** H***", "T*** V*** M***", "S*** P***"][index % 3].to_owned(),
            paid_to: format!("{}/{}", ACCOUNTS[index % 3].0, ACCOUNTS[index % 3].1),
            amount: amount(&format!("{} {}", 4_500 * (index + 3) * 1_000, "VND")).unwrap_or(Money::new(0, Currency::USD)),
            transfer: (index % 7 != 6).then(|| format!("T-{:06}", 114 + index * 17)),
        }).collect(),
        hookups: vec![HookupRow { ring: "R-0007".to_owned(), other: "R-0012".to_owned(), bank: "KHB09".to_owned(), number: "2000777001".to_owned(), money: amount("31000 USD") }],
        sources: ["complaints_2025-01.csv", "statement_VNB03_202501.xlsx", "statement_KHB02_202501.mt940", "chain_TRON.csv", "holdings.json"].iter().enumerate().map(|(index, name)| SourceRow {
            name: (*name).to_owned(),
            kind: pick("sao kê tài khoản", "bank statement"),
            rows: 31 + index * 12_407,
            digest: Digest::of(name.as_bytes()),
        }).collect(),
        rates: Some(RatesNote { as_of: Rates::default().as_of, source: Rates::default().source }),
        notes: vec![pick("Sao kê của ngân hàng LAB01 chưa nhận được; dòng tiền qua ngân hàng này dựa vào dữ liệu của KHB02.", "The statement of bank LAB01 has not been received; what passed through it rests on the data of KHB02.")],
    }
}

fn rule_table(rule: &str, column: usize) -> RuleTable {
    let row = |a: &Row| {
        let currency = Currency::parse(a.5).unwrap_or(Currency::USD);
        RestingRow {
            bank: a.0.to_owned(),
            number: a.1.to_owned(),
            country: Country::parse(a.2).ok(),
            tainted: Money::new(a.6[column], currency),
            tainted_usd: Some(Money::new(usd(a.6[column], a.5), Currency::USD)),
            since: Some(at("2025-01-05T08:00:00Z")),
        }
    };
    let rows: Vec<RestingRow> = ACCOUNTS.iter().filter(|a| a.6[column] > 0).map(row).collect();
    let sum = rows.iter().filter_map(|row| row.tainted_usd).map(|money| money.amount_minor).sum();
    RuleTable {
        rule: rule.to_owned(),
        resting_usd: Some(Money::new(sum, Currency::USD)),
        rows,
        truncated: rule == "poison",
    }
}

fn usd(minor: i64, code: &str) -> i64 {
    let currency = Currency::parse(code).unwrap_or(Currency::USD);
    Rates::default().usd_cents(minor, currency).unwrap_or(0)
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|_| unreachable!())
}
