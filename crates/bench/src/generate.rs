//! A made-up flow of any size: ordinary transfers of one country, with hubs, written as it is made.
//!
//! Thirty days, one account for ten transfers (0.33 transfers an account and day). One transfer in
//! five goes to a merchant, one in seven comes from a payer of wages or an exchange; both are drawn
//! by Zipf's law with exponent 0.8 among two accounts in a thousand, so that hubs grow with the
//! flow. Of the rest, two in three go to one of twelve neighbours and one anywhere. No rings are
//! planted: this is for speed, not for quality.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::{option, say};

/// 2025-01-01T00:00:00Z.
const START: u64 = 1_735_689_600;
const SECONDS: u64 = 30 * 86_400;
const TRANSFERS_PER_ACCOUNT: u64 = 10;
const ACCOUNTS_PER_HUB: u64 = 500;
/// Every so many transfers one is complained about.
const TRANSFERS_PER_COMPLAINT: u64 = 5_000;
/// The most transfers that can be asked for: account numbers have nine digits.
const MAX_TRANSFERS: u64 = 4_000_000_000;

pub(crate) fn generate(arguments: &[String]) -> Result<(), String> {
    let transfers: u64 = option(arguments, "--transfers")?.ok_or("--transfers N is missing")?;
    let seed: u64 = option(arguments, "--seed")?.unwrap_or(1);
    let folder: PathBuf = option(arguments, "-o")?.ok_or("-o DIR is missing")?;
    if !(1_000..=MAX_TRANSFERS).contains(&transfers) {
        return Err(format!("--transfers: from 1,000 to {MAX_TRANSFERS}"));
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let flow = Flow::new(transfers, seed);
    let written = flow.write(&folder).map_err(|error| format!("{}: {error}", folder.display()));
    written?;
    say(&format!("{transfers} transfers between {} accounts", flow.accounts));
    Ok(())
}

struct Flow {
    transfers: u64,
    accounts: u64,
    hubs: u64,
    seed: u64,
}

impl Flow {
    fn new(transfers: u64, seed: u64) -> Flow {
        let accounts = (transfers / TRANSFERS_PER_ACCOUNT).max(100);
        Flow { transfers, accounts, hubs: (accounts / ACCOUNTS_PER_HUB).max(5), seed }
    }

    fn write(&self, folder: &Path) -> io::Result<()> {
        let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
        let mut draw = Draw(self.seed);
        let (mut out, mut complaints) = (create("transactions.csv")?, create("complaints.csv")?);
        out.write_all(
            b"tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,\
              amount_received,currency_received,payment_format\n",
        )?;
        complaints.write_all(
            b"complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
              paid_to_account,amount,currency\n",
        )?;
        let mut line = String::new();
        for number in 0..self.transfers {
            // Evenly over the month, each anywhere in its own share of it.
            let share = number as f64 + draw.unit();
            let at = START + (share / self.transfers as f64 * SECONDS as f64) as u64;
            let (from, to) = self.ends(&mut draw);
            // From 20,000 to 200 million dong, the logarithm even.
            let amount = (10_f64.powf(4.3 + 4.0 * draw.unit())) as u64;
            let (from, to) = (Named(from), Named(to));
            line.clear();
            let _ = writeln!(line, "{number},{at},{from},{to},{amount},VND,{amount},VND,transfer");
            out.write_all(line.as_bytes())?;
            if draw.below(TRANSFERS_PER_COMPLAINT) == 0 {
                let (id, reported) = (number, at + 86_400);
                writeln!(complaints, "C{id:09},{reported},bench,{from},{to},{amount},VND")?;
            }
        }
        out.flush()?;
        complaints.flush()?;
        let mut accounts = create("accounts.csv")?;
        accounts.write_all(b"bank,account,country,currency,kind,holder_name\n")?;
        for account in 0..self.accounts {
            let kind = if account < 2 * self.hubs { "business" } else { "personal" };
            writeln!(accounts, "{},VN,VND,{kind},Holder {account}", Named(account))?;
        }
        accounts.flush()
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

/// An account in print: bank and number.
#[derive(Clone, Copy)]
struct Named(u64);

impl std::fmt::Display for Named {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "VNB{:02},1{:09}", 1 + self.0 % 12, self.0)
    }
}

/// Numbers that look drawn and are the same for the same seed (SplitMix64).
/// Numbers drawn from a seed.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A place below `count`, the first ones most often: by the inverse of the integral of k^-0.8.
    fn zipf(&mut self, count: u64) -> u64 {
        let last = ((count + 1) as f64).powf(0.2);
        let drawn = (1.0 + self.unit() * (last - 1.0)).powi(5) - 1.0;
        (drawn as u64).min(count - 1)
    }
}
