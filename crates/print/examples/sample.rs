//! Draws made-up rings and a report in both languages into a folder: `cargo run -p print --example
//! sample DIR`.

use std::path::Path;

use i18n::Language;
use model::country::Country;
use model::money::{Currency, Money};
use model::role::Role;
use model::time::Timestamp;
use print::chart::{Chart, Edge, EdgeKind, Node};

#[path = "sample/report.rs"]
mod report;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("give a folder")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for language in Language::all() {
        for (name, chart) in
            [("small", small(language)), ("ring", ring(language)), ("large", large(language, 150))]
        {
            std::fs::write(
                folder.join(format!("{name}.{language}.svg")),
                print::svg::svg(&chart, language),
            )?;
        }
        let report = report::report(language, print::svg::svg(&ring(language), language));
        std::fs::write(
            folder.join(format!("report.{language}.html")),
            print::html::html(&report, language),
        )?;
    }
    let odd = [
        ("empty", Chart::default()),
        ("hostile", hostile()),
        ("wide", large(Language::En, 700)),
        ("chain", chain()),
    ];
    for (name, chart) in odd {
        std::fs::write(folder.join(format!("{name}.svg")), print::svg::svg(&chart, Language::En))?;
    }
    Ok(())
}

/// Makes charts without repeating what does not matter.
struct Sketch(Chart);

impl Sketch {
    fn new(language: Language, title: [&str; 2], subtitle: [&str; 2]) -> Sketch {
        let pick = |texts: [&str; 2]| texts[usize::from(language == Language::En)].to_owned();
        Sketch(Chart {
            title: pick(title),
            subtitle: pick(subtitle),
            handling: "TLP:AMBER".to_owned(),
            made: pick([
                "Lienket · A05, Bộ Công an, Việt Nam · 23-11-2025 09:12 UTC",
                "Lienket · A05, Ministry of Public Security, Viet Nam · 23 Nov 2025 09:12 UTC",
            ]),
            footnotes: vec![pick([
                "Số tiền trên mũi tên là số truy vết được theo quy tắc số dư trung gian thấp nhất. Chưa rõ số dư đầu kỳ của các tài khoản.",
                "Amounts on arrows are those traced under the lowest intermediate balance rule. Opening balances are not known.",
            ])],
            ..Chart::default()
        })
    }

    fn node(
        &mut self,
        country: &str,
        bank: &str,
        number: &str,
        role: Role,
        holder: &str,
        resting: &str,
    ) -> usize {
        self.0.nodes.push(Node {
            bank: bank.to_owned(),
            number: number.to_owned(),
            country: Country::parse(country).ok(),
            role,
            holder: holder.to_owned(),
            resting: amount(resting),
            others: 0,
        });
        self.0.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, money: &str, transfers: usize) -> &mut Edge {
        let day = 86_400 * (self.0.edges.len() as i64 % 9);
        let at = |seconds| {
            Timestamp::from_seconds(1_735_882_858 + day + seconds)
                .unwrap_or_else(|_| unreachable!())
        };
        let money = amount(money).unwrap_or(Money::new(0, Currency::USD));
        let last = if transfers > 1 { at(7_260) } else { at(0) };
        self.0.edges.push(Edge {
            from,
            to,
            money,
            transfers,
            first: at(0),
            last,
            kind: EdgeKind::Money,
        });
        let last = self.0.edges.len() - 1;
        &mut self.0.edges[last]
    }
}

fn amount(text: &str) -> Option<Money> {
    let (digits, code) = text.split_once(' ')?;
    Money::parse(digits, Currency::parse(code).ok()?).ok()
}

/// Eight accounts in a row and a bit.
fn small(language: Language) -> Chart {
    let mut s = Sketch::new(
        language,
        ["Đường dây R-0003 – dòng tiền", "Ring R-0003 – flow of money"],
        [
            "Chuyên án VN-C-2025-0007 · 03-01-2025 đến 12-01-2025",
            "Case VN-C-2025-0007 · 3 Jan 2025 to 12 Jan 2025",
        ],
    );
    let a = s.node("VN", "VCB", "0071001234567", Role::Victim, "N*** T*** H***", "");
    let b = s.node("VN", "TCB", "19036612345011", Role::Victim, "T*** V*** M***", "");
    let c = s.node("VN", "VNB03", "1000005547", Role::Collector, "Lê Quốc Bảo", "12500000 VND");
    let d = s.node("VN", "VNB11", "1000011802", Role::Mule, "Phạm Thị Ngọc Ánh", "");
    let e = s.node("KH", "KHB02", "2000118840", Role::Mule, "Sok Dara", "3120.50 USD");
    let f = s.node("SG", "SGEX1", "UID88213344", Role::Exchange, "Lim Wei Jie", "");
    let g =
        s.node("", "TRON", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", Role::Wallet, "", "41200 USDT");
    let h = s.node("KH", "KHB02", "2000990017", Role::Boss, "Unknown (“Mr K”)", "18000 USD");
    s.edge(a, c, "450000000 VND", 3);
    s.edge(b, c, "1290000000 VND", 7);
    s.edge(c, d, "980000000 VND", 12);
    s.edge(c, e, "735000000 VND", 5);
    s.edge(d, f, "38900 USD", 9);
    s.edge(e, f, "26100.75 USD", 4);
    s.edge(f, g, "64000 USDT", 6);
    s.edge(g, h, "18000 USD", 1);
    s.edge(h, e, "900 USD", 2);
    s.0
}

/// A ring with long lines, money flowing back, a hook-up and several countries.
fn ring(language: Language) -> Chart {
    let mut s = Sketch::new(
        language,
        [
            "Đường dây R-0007 – dòng tiền qua 5 quốc gia",
            "Ring R-0007 – flow of money through five countries",
        ],
        [
            "Chuyên án VN-C-2025-0001 · 03-01-2025 đến 31-01-2025 · quy tắc: số dư trung gian thấp nhất",
            "Case VN-C-2025-0001 · 3 Jan 2025 to 31 Jan 2025 · rule: lowest intermediate balance",
        ],
    );
    let mut victims = Vec::new();
    for (index, country) in ["VN", "VN", "VN", "TH", "TH", "SG"].into_iter().enumerate() {
        let number = format!("00{}1{:07}", index + 3, 234_517 * (index + 1));
        victims.push(s.node(
            country,
            ["VCB", "BIDV", "ACB", "KBANK", "SCB", "DBS"][index],
            &number,
            Role::Victim,
            "N*** V*** A***",
            "",
        ));
    }
    let more = s.node("VN", "", "", Role::Victim, "", "");
    s.0.nodes[more].others = 12;
    let c1 = s.node("VN", "VNB03", "1000005547", Role::Collector, "Lê Quốc Bảo", "12500000 VND");
    let c2 = s.node("VN", "VNB07", "1000007713", Role::Collector, "Trần Minh Khôi", "");
    let c3 = s.node("TH", "THB01", "4410098821", Role::Collector, "Somchai Prasert", "");
    let m: Vec<usize> = [
        ("VN", "VNB11", "1000011802", "Phạm Thị Ngọc Ánh"),
        ("VN", "VNB11", "1000011944", "Đỗ Hữu Nghĩa"),
        ("KH", "KHB02", "2000118840", "Sok Dara"),
        ("KH", "KHB02", "2000118855", "Chan Vuthy"),
        ("TH", "THB04", "4410112233", "Anong Srisai"),
    ]
    .into_iter()
    .map(|(country, bank, number, holder)| s.node(country, bank, number, Role::Mule, holder, ""))
    .collect();
    let deep = s.node(
        "KH",
        "KHB05",
        "2000200011",
        Role::Mule,
        "Kim Heng Trading Co., Ltd. (Phnom Penh)",
        "3120.50 USD",
    );
    let deep2 = s.node("LA", "LAB01", "5500011177", Role::Mule, "", "");
    let x1 = s.node("SG", "SGEX1", "UID88213344", Role::Exchange, "Lim Wei Jie", "");
    let x2 = s.node("", "GLOBX", "7731200914", Role::Exchange, "", "");
    let launderer =
        s.node("KH", "KHB09", "2000777001", Role::Launderer, "Golden Fish Exchange", "250400 USD");
    let w1 =
        s.node("", "TRON", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", Role::Wallet, "", "141200 USDT");
    let w2 = s.node("", "ETH", "0x24d675d8cf68edb78500aa6ff1214f85bb4040f0", Role::Wallet, "", "");
    let boss = s.node("KH", "KHB02", "2000990017", Role::Boss, "“Mr K”", "18000 USD");
    for (index, (to, money)) in [
        (c1, "450000000 VND"),
        (c1, "1290000000 VND"),
        (c2, "87000000 VND"),
        (c3, "640000 THB"),
        (c3, "1250000 THB"),
        (c2, "48000 SGD"),
    ]
    .into_iter()
    .enumerate()
    {
        s.edge(victims[index], to, money, index % 3 + 1);
    }
    s.edge(more, c1, "3410000000 VND", 31);
    s.edge(more, c2, "905000000 VND", 12);
    s.edge(c1, m[0], "2350000000 VND", 14);
    s.edge(c1, m[1], "1980000000 VND", 11);
    s.edge(c2, m[1], "400000000 VND", 3);
    s.edge(c2, m[2], "990000000 VND", 6);
    s.edge(c3, m[4], "1800000 THB", 8);
    s.edge(c3, c3, "25000 THB", 1);
    s.edge(m[0], deep, "91000 USD", 9);
    s.edge(m[1], m[3], "88000 USD", 5);
    s.edge(m[2], deep, "38000 USD", 4);
    s.edge(m[3], deep2, "61000 USD", 3);
    s.edge(m[4], x2, "50400 USDT", 7);
    s.edge(m[3], x1, "26000 USD", 2);
    s.edge(deep, x1, "120000 USD", 6);
    s.edge(deep2, launderer, "60500 USD", 2);
    s.edge(x1, w1, "143000 USDT", 12);
    s.edge(x2, w1, "50000 USDT", 3);
    s.edge(x2, w2, "12.5 ETH", 1);
    s.edge(w1, boss, "18000 USD", 1);
    s.edge(w2, boss, "9.75 ETH", 1);
    s.edge(boss, m[2], "4500 USD", 3);
    s.edge(w1, x1, "2000 USDT", 1);
    s.edge(launderer, boss, "31000 USD", 2);
    s.edge(x1, launderer, "9000 USD", 1).kind = EdgeKind::HookUp;
    s.0
}

/// Many accounts, thrown with a fixed little generator.
fn large(language: Language, accounts: usize) -> Chart {
    let mut s = Sketch::new(
        language,
        ["Đường dây R-0011 – toàn bộ", "Ring R-0011 – the whole of it"],
        ["Chuyên án VN-C-2025-0001", "Case VN-C-2025-0001"],
    );
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let countries = ["VN", "VN", "VN", "KH", "TH"];
    let mut layers: Vec<Vec<usize>> = Vec::new();
    for (role, part) in [
        (Role::Victim, 45),
        (Role::Collector, 5),
        (Role::Mule, 18),
        (Role::Mule, 16),
        (Role::Mule, 8),
        (Role::Exchange, 3),
        (Role::Wallet, 3),
        (Role::Boss, 2),
    ] {
        let layer = (0..(accounts * part / 100).max(1))
            .map(|index| {
                let country =
                    if role == Role::Wallet { "" } else { countries[next(countries.len())] };
                let bank = format!(
                    "{}B{:02}",
                    if country.is_empty() { "CHAIN" } else { country },
                    next(14)
                );
                let resting =
                    if next(6) == 0 { format!("{} USD", 50 + next(9_000)) } else { String::new() };
                s.node(
                    country,
                    &bank,
                    &format!("10{:08}", index * 7_919 + next(99_999_999) % 50_000),
                    role,
                    if role == Role::Victim { "" } else { "Nguyễn Văn A" },
                    &resting,
                )
            })
            .collect();
        layers.push(layer);
    }
    for pair in layers.windows(2) {
        let (payers, payees) = (&pair[0], &pair[1]);
        for payer in payers {
            for _ in 0..1 + next(2) {
                let payee = payees[next(payees.len())];
                s.edge(
                    *payer,
                    payee,
                    &format!("{} USD", 200 + next(90) * next(90) * 9),
                    1 + next(9),
                );
            }
        }
    }
    for _ in 0..3 {
        let (from, to) = (layers[4][next(layers[4].len())], layers[2][next(layers[2].len())]);
        s.edge(from, to, "1500 USD", 1);
    }
    s.0
}

fn hostile() -> Chart {
    let mut s = Sketch::new(
        Language::En,
        ["", "<script>alert('x')</script> & \"quotes\""],
        ["", "\u{202e}reversed\u{0}\u{7}"],
    );
    let a = s.node(
        "VN",
        "<b>",
        "<script>alert(1)</script>",
        Role::Victim,
        &"very long name ".repeat(20),
        "",
    );
    let b = s.node(
        "KH",
        &"BANK".repeat(10),
        &"9".repeat(200),
        Role::Mule,
        "\u{202e}محمد عبد الله\u{202c} \u{0}\u{1b}[31m",
        "9223372036854775807 VND",
    );
    let c = s.node(
        "TH",
        "กสิกร",
        "ธนาคาร กสิกรไทย",
        Role::Exchange,
        "株式会社 東京 取引所 株式会社 東京 取引所",
        "1 USD",
    );
    s.0.nodes[b].resting = Some(Money::new(i64::MAX, Currency::USD));
    s.edge(a, b, "1 USD", 0);
    s.edge(b, c, "99 USD", usize::MAX);
    s.edge(c, a, "5 USD", 1);
    s.edge(c, c, "5 USD", 1);
    s.edge(7, 9, "5 USD", 1);
    s.0.footnotes.push("<img src=x onerror=alert(1)> ".repeat(30));
    s.0
}

fn chain() -> Chart {
    let mut s = Sketch::new(Language::En, ["", "A chain of 90 mules"], ["", ""]);
    let nodes: Vec<usize> = (0..90)
        .map(|i| s.node("VN", "VNB01", &format!("{}", 1_000_000 + i), Role::Mule, "", ""))
        .collect();
    nodes.windows(2).for_each(|pair| {
        s.edge(pair[0], pair[1], "1000 USD", 1);
    });
    s.0
}
