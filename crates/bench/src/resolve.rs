//! `bench resolve N|DIR`: who is the same person, from values as people write them.
//!
//! N made-up records: persons with one to twelve accounts at banks and with complaints about them.
//! Names are drawn by Vietnamese habit (few family names, so namesakes abound); families share a
//! phone and sometimes an e-mail; shops open accounts for strangers on their own handset and phone;
//! people change numbers, slip a digit, leave fields out; complaints name hot lines and platforms.
//! DIR holds a flow with its planted truth. Precision and recall count pairs of records.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use graph::resolve::{Record, Resolver};
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind};

use crate::features::{cpu_seconds, peak_mebibytes};
use crate::generate::draw::Draw;
use crate::{flows, option, say};

const FAMILY_NAMES: [(&str, u64); 12] = [
    ("Nguyễn", 38),
    ("Trần", 12),
    ("Lê", 10),
    ("Phạm", 7),
    ("Hoàng", 5),
    ("Phan", 5),
    ("Vũ", 4),
    ("Đặng", 4),
    ("Bùi", 4),
    ("Đỗ", 4),
    ("Hồ", 4),
    ("Ngô", 3),
];
const MIDDLE_NAMES: [&str; 12] =
    ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Hữu", "Quang", "Thu", "Xuân", "Kim", "Anh"];
const GIVEN_NAMES: [&str; 28] = [
    "Hùng", "Lan", "Dũng", "Hương", "Tuấn", "Hoa", "Nam", "Linh", "Sơn", "Mai", "Hải", "Trang",
    "Long", "Thảo", "Bình", "Hà", "Cường", "Nga", "Phúc", "Yến", "Khánh", "Vy", "Đạt", "Ngân",
    "Tâm", "Quỳnh", "Thắng", "Oanh",
];
/// How many records are added one by one behind the others.
const ADDED: usize = 2_000;

/// A record as it was written down.
#[derive(Default)]
struct Raw {
    number: u64,
    person: u64,
    is_claim: bool,
    holder: String,
    said: Vec<(Kind, String)>,
}

/// Measures.
#[expect(clippy::disallowed_methods, reason = "this measures how long it takes")]
pub(crate) fn resolve(arguments: &[String]) -> Result<(), String> {
    let what = arguments.first().map_or("", String::as_str);
    let raws = match what.parse::<u64>() {
        Ok(count) => Maker::new(option(arguments, "--seed")?.unwrap_or(1)).records(count),
        Err(_) => of_flow(Path::new(what))?,
    };
    let added = if raws.len() > 10 * ADDED { ADDED } else { 0 };
    let (first, last) = raws.split_at(raws.len() - added);
    let begun = cpu_seconds()?;
    let mut resolver = Resolver::default();
    let mut reading = 0.0;
    for part in first.chunks(50_000) {
        let start = cpu_seconds()?;
        let records: Vec<Record> = part.iter().map(Raw::record).collect();
        reading += cpu_seconds()? - start;
        records.iter().for_each(|record| resolver.take(record));
    }
    let taken = cpu_seconds()?;
    resolver.settle(&[]);
    let settled = cpu_seconds()?;
    say(&format!(
        "{{\"records\": {}, \"cpu_seconds\": {:.2}, \"reading\": {reading:.2}, \"numbering\": \
         {:.2}, \"joining\": {:.2}, \"peak_mebibytes\": {}}}",
        first.len(),
        settled - begun,
        taken - begun - reading,
        settled - taken,
        peak_mebibytes()?
    ));
    let mut spent: Vec<u128> = Vec::new();
    for raw in last {
        let record = raw.record();
        let start = Instant::now();
        resolver.add(&record);
        spent.push(start.elapsed().as_micros());
    }
    spent.sort_unstable();
    if let (Some(middle), Some(high)) = (spent.get(added / 2), spent.get(added * 99 / 100)) {
        say(&format!("{{\"added\": {added}, \"p50_us\": {middle}, \"p99_us\": {high}}}"));
    }
    let firsts = resolver.firsts();
    pairs("banks' records", &raws, &firsts, |raw| !raw.is_claim);
    if raws.iter().any(|raw| raw.is_claim) {
        pairs("all records", &raws, &firsts, |_| true);
    }
    match option::<PathBuf>(arguments, "--write")? {
        Some(path) => write(&path, &raws, &firsts),
        None => Ok(()),
    }
}

/// Of the pairs that were joined how many are right, and of the right ones how many were joined.
fn pairs(of: &str, raws: &[Raw], firsts: &[u32], is_counted: impl Fn(&Raw) -> bool) {
    let (mut joined, mut right, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (raw, first) in raws.iter().zip(firsts).filter(|(raw, _)| is_counted(raw)) {
        *joined.entry(*first).or_insert(0_u64) += 1;
        *right.entry(raw.person).or_insert(0_u64) += 1;
        *both.entry((*first, raw.person)).or_insert(0_u64) += 1;
    }
    let count = |sizes: &mut dyn Iterator<Item = u64>| sizes.map(|n| n * (n - 1) / 2).sum::<u64>();
    let joined = count(&mut joined.into_values());
    let right = count(&mut right.into_values());
    let both = count(&mut both.into_values());
    say(&format!(
        "{{\"of\": \"{of}\", \"pairs\": {right}, \"joined\": {joined}, \"precision\": {:.4}, \
         \"recall\": {:.4}}}",
        both as f64 / joined.max(1) as f64,
        both as f64 / right.max(1) as f64
    ));
}

impl Raw {
    fn record(&self) -> Record {
        let vietnam = Context { country: Some(Country::VN) };
        let read = |(kind, text): &(Kind, String)| Identifier::parse(*kind, text, vietnam).ok();
        Record {
            name: format!("{}", self.number).into(),
            holder: self.holder.as_str().into(),
            identifiers: self.said.iter().filter_map(read).collect(),
            is_claim: self.is_claim,
        }
    }
}

/// The records as a peer may read them: values in canonical form, the first of each kind.
fn write(path: &Path, raws: &[Raw], firsts: &[u32]) -> Result<(), String> {
    let mut text = "unique_id,person,found,is_claim,name,phone,email,device,document\n".to_owned();
    for (raw, first) in raws.iter().zip(firsts) {
        let record = raw.record();
        let first_of = |kind| record.identifiers.iter().find(|known| known.kind() == kind);
        let value = |kind| first_of(kind).map_or("", Identifier::value);
        let _ = writeln!(
            text,
            "{},{},{first},{},{},{},{},{},{}",
            raw.number,
            raw.person,
            u8::from(raw.is_claim),
            model::text::fold(&raw.holder),
            value(Kind::Phone),
            value(Kind::Email),
            value(Kind::Device),
            value(Kind::Document)
        );
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Accounts and complaints of a flow; who is not named by `same_person` stands alone.
fn of_flow(folder: &Path) -> Result<Vec<Raw>, String> {
    let mut persons: BTreeMap<String, u64> = BTreeMap::new();
    let mut person_of: BTreeMap<String, u64> = BTreeMap::new();
    flows::rows(folder, "truth.csv", |row| {
        if let ["entity", ring, _, account, "same_person", person] = row {
            let next = persons.len() as u64;
            let person = *persons.entry(format!("{ring} {person}")).or_insert(next);
            person_of.insert((*account).to_owned(), person);
        }
        Ok(())
    })?;
    let mut raws = Vec::new();
    flows::rows(folder, "accounts.csv", |row| {
        let [account, bank, _, _, _, holder, phone, email, device] = row else { return Ok(()) };
        let number = raws.len() as u64;
        let is_known = Account::parse(bank, account).is_ok();
        let person = person_of.get(*account).copied().filter(|_| is_known);
        let fields = [(Kind::Phone, phone), (Kind::Email, email), (Kind::Device, device)];
        raws.push(Raw {
            number,
            person: person.unwrap_or(1_000_000 + number),
            holder: (*holder).to_owned(),
            said: fields.map(|(kind, text)| (kind, (*text).to_owned())).to_vec(),
            is_claim: false,
        });
        Ok(())
    })?;
    flows::rows(folder, "complaints.csv", |row| {
        let [.., phone, domain, email, wallet, device] = row else { return Ok(()) };
        let fields = [
            (Kind::Phone, phone),
            (Kind::Domain, domain),
            (Kind::Email, email),
            (Kind::Wallet, wallet),
            (Kind::Device, device),
        ];
        let number = raws.len() as u64;
        // Complaints are there as a disturbance: what they say of whom is not in the truth.
        raws.push(Raw {
            number,
            person: 1_000_000 + number,
            is_claim: true,
            holder: String::new(),
            said: fields.map(|(kind, text)| (kind, (*text).to_owned())).to_vec(),
        });
        Ok(())
    })?;
    Ok(raws)
}

/// A person as the generator knows him.
struct Person {
    name: String,
    phones: [u64; 2],
    email: String,
    device: u64,
    document: u64,
    site: u64,
}

struct Maker {
    draw: Draw,
    people: u64,
}

impl Maker {
    fn new(seed: u64) -> Maker {
        Maker { draw: Draw(seed), people: 0 }
    }

    fn chance(&mut self, percent: f64) -> bool {
        self.draw.unit() * 100.0 < percent
    }

    fn records(&mut self, count: u64) -> Vec<Raw> {
        let mut raws: Vec<Raw> = Vec::new();
        while (raws.len() as u64) < count {
            let (home, shared_mail) = (self.phone(), self.draw.below(1 << 40));
            let family = if self.chance(15.0) { 2 + self.draw.below(3) } else { 1 };
            let shares_mail = family > 1 && self.chance(20.0);
            for _ in 0..family {
                let mut person = self.person();
                if family > 1 {
                    person.phones[0] = home;
                }
                if shares_mail {
                    person.email = format!("giadinh{shared_mail:x}@mail.example");
                }
                self.people += 1;
                let mut accounts = 1;
                while accounts < 12 && self.chance(38.0) {
                    accounts += 1;
                }
                for _ in 0..accounts {
                    let number = raws.len() as u64;
                    raws.push(self.account(number, &person));
                }
                while self.chance(12.0) {
                    let number = raws.len() as u64;
                    raws.push(self.claim(number, &person));
                }
            }
        }
        // In no order: persons' records come from many banks at many times.
        for at in (1..raws.len()).rev() {
            raws.swap(at, self.draw.below(at as u64 + 1) as usize);
        }
        raws.truncate(count as usize);
        raws.iter_mut().zip(0..).for_each(|(raw, number)| raw.number = number);
        raws
    }

    fn phone(&mut self) -> u64 {
        // 090 to 098 without 095.
        [90, 91, 93, 94, 96, 97, 98][self.draw.below(7) as usize] * 10_000_000
            + self.draw.below(10_000_000)
    }

    fn person(&mut self) -> Person {
        let mut left = self.draw.below(100);
        let family = FAMILY_NAMES.iter().find(|(_, share)| match left < *share {
            true => true,
            false => {
                left -= share;
                false
            }
        });
        let middle = MIDDLE_NAMES[self.draw.below(MIDDLE_NAMES.len() as u64) as usize];
        let given = GIVEN_NAMES[self.draw.below(GIVEN_NAMES.len() as u64) as usize];
        Person {
            name: format!("{} {middle} {given}", family.map_or("Lý", |(name, _)| name)),
            phones: [self.phone(), self.phone()],
            email: format!("u{:x}@mail.example", self.draw.below(1 << 40)),
            device: self.draw.next(),
            document: self.draw.below(2_000_000_000),
            site: self.draw.below(3_000),
        }
    }

    /// What a bank holds of a customer.
    fn account(&mut self, number: u64, person: &Person) -> Raw {
        let mut said = Vec::new();
        let phone = person.phones[usize::from(self.chance(10.0))];
        // One shop in a while opens accounts for everybody who comes in.
        let shop = self.chance(1.0).then(|| self.draw.below(60));
        if !self.chance(4.0) {
            let phone = shop.map_or(phone, |shop| 901_000_000 + shop);
            said.push((Kind::Phone, self.written_phone(phone)));
        }
        if !self.chance(25.0) {
            let email = if self.chance(0.5) {
                person.email.replace('u', "v")
            } else {
                person.email.clone()
            };
            let email = if self.chance(20.0) { email.to_uppercase() } else { email };
            said.push((Kind::Email, email));
        }
        if !self.chance(30.0) {
            let device = shop.map_or(person.device, |shop| 0xabcd_0000_0000_0000 + shop);
            said.push((Kind::Device, format!("{device:016x}")));
        }
        if self.chance(45.0) {
            // Province, sex and century, year of birth, number.
            let (place, number) = (person.document % 20, person.document / 20);
            let province = ["001", "026", "031", "038", "048", "079", "092"][place as usize % 7];
            let digits = format!("{province}{}{:08}", place % 2, number);
            let blanks = format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..]);
            said.push((Kind::Document, if self.chance(30.0) { blanks } else { digits }));
        }
        let holder = match self.draw.below(10) {
            0..4 => model::text::fold(&person.name).to_uppercase(),
            4 => person.name.replacen('n', "m", 1),
            _ => person.name.clone(),
        };
        Raw { number, person: self.people, is_claim: false, holder, said }
    }

    /// What a victim says of somebody.
    fn claim(&mut self, number: u64, person: &Person) -> Raw {
        let mut said = Vec::new();
        let phone = person.phones[usize::from(self.chance(30.0))];
        said.push((Kind::Phone, self.written_phone(phone)));
        if self.chance(50.0) {
            said.push((Kind::Email, person.email.clone()));
        }
        if self.chance(15.0) {
            said.push((Kind::Device, format!("{:016X}", person.device)));
        }
        match self.draw.below(10) {
            0..3 => said.push((Kind::Domain, format!("hxxps://SITE{}[.]example", person.site))),
            3 => said.push((Kind::Domain, "t.me".to_owned())),
            4 => said.push((Kind::Phone, "19001234".to_owned())),
            _ => {}
        }
        Raw { number, person: self.people, is_claim: true, holder: String::new(), said }
    }

    fn written_phone(&mut self, phone: u64) -> String {
        let phone = if self.chance(0.7) { phone - phone % 10 + self.draw.below(10) } else { phone };
        let digits = format!("{phone:09}");
        let parts = [&digits[..3], &digits[3..6], &digits[6..]];
        match self.draw.below(6) {
            0 => format!("+84{digits}"),
            1 => format!("(+84) {}-{}{}", parts[0], parts[1], parts[2]),
            2 => format!("0{} {} {}", parts[0], parts[1], parts[2]),
            3 => format!("0084 {}.{}.{}", parts[0], parts[1], parts[2]),
            _ => format!("0{digits}"),
        }
    }
}
