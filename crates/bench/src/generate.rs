//! `bench generate`: a made-up flow of any size, with planted rings where they are asked for.
//!
//! Ordinary transfers of one country: 0.33 an account and day for thirty days, unless asked for
//! otherwise. One transfer in five goes to a merchant, one in seven comes from a payer of wages or
//! an exchange; both are drawn by Zipf's law with exponent 0.8 among two accounts in a thousand, so
//! that hubs grow with the flow. Of the rest, two in three go to one of twelve neighbours and one
//! anywhere. Rings differ in their habits (`habits.rs`), and with them lawful look-alikes are
//! planted; `truth.csv` says what is what.

mod decoys;
pub(crate) mod draw;
mod habits;
mod party;
mod plant;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use draw::Draw;
use habits::Habits;
use party::{Accounts, Party};
use plant::{Complaint, Planted, World};

use crate::{option, say};

/// 2025-01-01T00:00:00Z.
const START: u64 = 1_735_689_600;
const DAY: u64 = 86_400;
const ACCOUNTS_PER_HUB: u64 = 500;
/// Every so many transfers one is complained about that is no ring's.
const TRANSFERS_PER_COMPLAINT: u64 = 5_000;
/// The most transfers that can be asked for: account numbers have nine digits.
const MAX_TRANSFERS: u64 = 4_000_000_000;
const MAX_RINGS: u32 = 10_000;

pub(crate) fn generate(arguments: &[String]) -> Result<(), String> {
    let transfers: u64 = option(arguments, "--transfers")?.ok_or("--transfers N is missing")?;
    let seed: u64 = option(arguments, "--seed")?.unwrap_or(1);
    let rings: u32 = option(arguments, "--rings")?.unwrap_or(0);
    let days: u64 = option(arguments, "--days")?.unwrap_or(30);
    let density: f64 = option(arguments, "--density")?.unwrap_or(1.0 / 3.0);
    let folder: PathBuf = option(arguments, "-o")?.ok_or("-o DIR is missing")?;
    if !(1_000..=MAX_TRANSFERS).contains(&transfers) {
        return Err(format!("--transfers: from 1,000 to {MAX_TRANSFERS}"));
    }
    if rings > MAX_RINGS || !(1..=1_000).contains(&days) || !(0.001..=100.0).contains(&density) {
        return Err(format!(
            "--rings: up to {MAX_RINGS}; --days: 1 to 1000; --density: 0.001 to 100"
        ));
    }
    let habits = chosen(option::<String>(arguments, "--habits")?.as_deref())?;
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let background = Background::new(transfers, days, density);
    let mut draw = Draw(seed ^ 0x5eed_0f71);
    let mut world = World {
        draw: &mut draw,
        accounts: Accounts::default(),
        planted: Vec::new(),
        complaints: Vec::new(),
        roles: Default::default(),
        shares: Vec::new(),
        launderers: Vec::new(),
        people: (2 * background.hubs, background.accounts),
        time: (START as f64, (days * DAY) as f64),
    };
    for (ring, habits) in (0..rings).zip(habits.iter().cycle()) {
        world.ring(ring, habits);
        world.decoys();
    }
    let names: Vec<&str> = habits.iter().map(|habits| habits.name).collect();
    let flow = Flow { background, world };
    flow.write(&folder, seed).map_err(|error| format!("{}: {error}", folder.display()))?;
    let accounts = flow.background.accounts;
    let with = format!("{rings} rings of the habits {}", names.join(", "));
    say(&format!("{transfers} ordinary transfers between {accounts} accounts, {with}"));
    Ok(())
}

/// The habits asked for by name; without a name all of them in turn.
fn chosen(name: Option<&str>) -> Result<Vec<Habits>, String> {
    let all = habits::all();
    let names: Vec<&str> = all.iter().map(|habits| habits.name).collect();
    let unknown = format!("--habits: one of {}", names.join(", "));
    let chosen: Vec<Habits> =
        all.into_iter().filter(|habits| name.is_none_or(|name| name == habits.name)).collect();
    if chosen.is_empty() { Err(unknown) } else { Ok(chosen) }
}

/// The ordinary transfers.
struct Background {
    transfers: u64,
    accounts: u64,
    hubs: u64,
    seconds: u64,
}

impl Background {
    fn new(transfers: u64, days: u64, density: f64) -> Background {
        let accounts = (transfers as f64 / (days as f64 * density)).round().max(100.0) as u64;
        let hubs = (accounts / ACCOUNTS_PER_HUB).max(5);
        Background { transfers, accounts, hubs, seconds: days * DAY }
    }

    /// The next transfer: when, from whom, to whom and how many dong.
    fn next(&self, draw: &mut Draw, number: u64) -> (u64, u64, u64, u64) {
        // Evenly over the days, each anywhere in its own share of them.
        let share = number as f64 + draw.unit();
        let at = START + (share / self.transfers as f64 * self.seconds as f64) as u64;
        let (from, to) = self.ends(draw);
        // From 20,000 to 200 million dong, the logarithm even.
        (at, from, to, (10_f64.powf(4.3 + 4.0 * draw.unit())) as u64)
    }

    /// Merchants have the lowest numbers, payers the next; every tenth hub is both: an exchange.
    fn ends(&self, draw: &mut Draw) -> (u64, u64) {
        let kind = draw.below(1_000);
        let own = draw.below(self.accounts);
        let other = match kind {
            0..200 => return apart(own, draw.zipf(self.hubs), self.accounts),
            200..343 => {
                let hub = draw.zipf(self.hubs);
                let payer = if hub.is_multiple_of(10) { hub } else { self.hubs + hub };
                return apart(payer, own, self.accounts);
            }
            343..780 => (own + 1 + draw.below(12)) % self.accounts,
            _ => draw.below(self.accounts),
        };
        apart(own, other, self.accounts)
    }
}

/// Nobody pays himself.
fn apart(from: u64, to: u64, accounts: u64) -> (u64, u64) {
    if from == to { (from, (to + 1) % accounts) } else { (from, to) }
}

struct Flow<'w> {
    background: Background,
    world: World<'w>,
}

/// The files of a flow.
struct Files {
    transfers: BufWriter<File>,
    complaints: BufWriter<File>,
    truth: BufWriter<File>,
    /// How many transfers are written; the next one's id.
    written: u64,
    line: String,
}

impl Flow<'_> {
    fn write(&self, folder: &Path, seed: u64) -> io::Result<()> {
        let mut files = Files::create(folder)?;
        let mut order: Vec<usize> = (0..self.world.planted.len()).collect();
        let at = |place: &usize| self.world.planted.get(*place).map_or(0.0, |planted| planted.at);
        order.sort_by(|a, b| at(a).total_cmp(&at(b)));
        let mut waiting = order.into_iter().peekable();
        let complained: BTreeMap<usize, &Complaint> =
            self.world.complaints.iter().map(|complaint| (complaint.payment, complaint)).collect();
        let mut draw = Draw(seed);
        for number in 0..self.background.transfers {
            let (at, from, to, amount) = self.background.next(&mut draw, number);
            while let Some(place) = waiting.next_if(|p| at_of(&self.world.planted, *p) <= at) {
                self.planted(&mut files, place, &complained)?;
            }
            self.ordinary(&mut files, &mut draw, (at, from, to, amount))?;
        }
        for place in waiting {
            self.planted(&mut files, place, &complained)?;
        }
        self.finish(files, folder)
    }

    fn ordinary(
        &self,
        files: &mut Files,
        draw: &mut Draw,
        (at, from, to, amount): (u64, u64, u64, u64),
    ) -> io::Result<()> {
        let accounts = &self.world.accounts;
        let (from, to) = (Party::Person(from), Party::Person(to));
        let amounts = format!("{amount},VND,{amount},VND");
        let id = files.transfer(at, accounts, (from, to), &amounts)?;
        if draw.below(TRANSFERS_PER_COMPLAINT) == 0 {
            let (from, to, reported) = (accounts.named(from), accounts.named(to), at + DAY);
            writeln!(files.complaints, "C{id:09},{reported},bench,{from},{to},{amount},VND,,")?;
            writeln!(files.truth, "complaint,,,C{id:09},noise,")?;
        }
        Ok(())
    }

    fn planted(
        &self,
        files: &mut Files,
        place: usize,
        complained: &BTreeMap<usize, &Complaint>,
    ) -> io::Result<()> {
        let Some(planted) = self.world.planted.get(place) else { return Ok(()) };
        let accounts = &self.world.accounts;
        let (from, to) = (accounts.place(planted.from), accounts.place(planted.to));
        let sent = from.minor(planted.usd);
        let amount = from.written(sent);
        let received = match from.currency == to.currency {
            true => amount.clone(),
            false => to.written(to.minor(planted.usd)),
        };
        let amounts = format!("{amount},{},{received},{}", from.currency, to.currency);
        let at = planted.at as u64;
        let id = files.transfer(at, accounts, (planted.from, planted.to), &amounts)?;
        match planted.ring {
            Some(ring) => writeln!(
                files.truth,
                "tx,R{ring:05},{},{id},{},{:.2}",
                planted.pattern, planted.role, planted.usd
            )?,
            None => writeln!(files.truth, "decoy,,,{id},{},", planted.pattern)?,
        }
        if let Some(complaint) = complained.get(&place) {
            let (payer, payee) = (accounts.named(planted.from), accounts.named(planted.to));
            let (phone, domain) = (&complaint.phone, &complaint.domain);
            let reported = at + DAY / 2;
            writeln!(
                files.complaints,
                "C{id:09},{reported},bench,{payer},{payee},{amount},{},{phone},{domain}",
                from.currency
            )?;
            writeln!(files.truth, "complaint,R{:05},,C{id:09},ring,", complaint.ring)?;
        }
        Ok(())
    }

    /// Accounts, and what is true of rings.
    fn finish(&self, mut files: Files, folder: &Path) -> io::Result<()> {
        let made = &self.world.accounts;
        for (ring, party, role) in &self.world.roles {
            writeln!(files.truth, "account,R{ring:05},,{},{role},", made.number(*party))?;
        }
        for (ring, party, part) in &self.world.shares {
            writeln!(files.truth, "share,R{ring:05},,{},,{part:.4}", made.number(*party))?;
        }
        for (launderer, rings) in &self.world.launderers {
            let via = made.number(*launderer);
            for (index, left) in rings.iter().enumerate() {
                for right in rings.iter().skip(index + 1) {
                    writeln!(
                        files.truth,
                        "hookup,R{left:05},,R{left:05}|R{right:05},shared_launderer,{via}"
                    )?;
                }
            }
        }
        let mut accounts = BufWriter::new(File::create(folder.join("accounts.csv"))?);
        accounts.write_all(b"bank,account,country,currency,kind,holder_name\n")?;
        for account in 0..self.background.accounts {
            let kind = if account < 2 * self.background.hubs { "business" } else { "personal" };
            let named = made.named(Party::Person(account));
            writeln!(accounts, "{named},VN,VND,{kind},Holder {account}")?;
        }
        for (number, account) in made.0.iter().enumerate() {
            let party = Party::Made(number as u32);
            let (place, named) = (made.place(party), made.named(party));
            let (country, currency) = (place.country, place.currency);
            writeln!(accounts, "{named},{country},{currency},{},Holder M{number}", account.kind)?;
        }
        accounts.flush()?;
        files.transfers.flush()?;
        files.complaints.flush()?;
        files.truth.flush()
    }
}

fn at_of(planted: &[Planted], place: usize) -> u64 {
    planted.get(place).map_or(0, |planted| planted.at as u64)
}

impl Files {
    fn create(folder: &Path) -> io::Result<Files> {
        let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
        let mut files = Files {
            transfers: create("transactions.csv")?,
            complaints: create("complaints.csv")?,
            truth: create("truth.csv")?,
            written: 0,
            line: String::new(),
        };
        files.transfers.write_all(
            b"tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,\
              amount_received,currency_received,payment_format\n",
        )?;
        files.complaints.write_all(
            b"complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
              paid_to_account,amount,currency,suspect_phone,suspect_domain\n",
        )?;
        files.truth.write_all(b"scope,ring,pattern,item,role,value\n")?;
        Ok(files)
    }

    /// Writes a transfer and returns its id.
    fn transfer(
        &mut self,
        at: u64,
        accounts: &Accounts,
        (from, to): (Party, Party),
        amounts: &str,
    ) -> io::Result<u64> {
        let (id, from, to) = (self.written, accounts.named(from), accounts.named(to));
        self.line.clear();
        let _ = writeln!(self.line, "{id},{at},{from},{to},{amounts},transfer");
        self.transfers.write_all(self.line.as_bytes())?;
        self.written += 1;
        Ok(id)
    }
}
