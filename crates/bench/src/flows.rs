//! Reads a folder of flows with their planted truth: transactions.csv, accounts.csv, truth.csv.
//!
//! The files are made up by a generator and hold no quotes, so a line is split at its commas.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use graph::intake::Intake;
use model::account::Account;
use model::money::{Currency, Money};
use model::time::Timestamp;
use model::transfer::Transfer;

/// A line of `truth.csv`.
pub(crate) struct Truth {
    pub(crate) scope: String,
    pub(crate) ring: String,
    pub(crate) pattern: String,
    pub(crate) item: String,
    pub(crate) role: String,
    pub(crate) value: String,
}

/// The transfers as a segment.
pub(crate) fn segment(folder: &Path) -> Result<Vec<u8>, String> {
    let mut intake = Intake::new(Vec::new());
    rows(folder, "transactions.csv", |row| {
        intake.take(&transfer(row)?);
        Ok(())
    })?;
    Ok(intake.finish())
}

/// The transfers as that many segments, cut where the file is; each is handed on when it is full.
pub(crate) fn segments(
    folder: &Path,
    files: usize,
    mut take: impl FnMut(Vec<u8>) -> Result<(), String>,
) -> Result<(), String> {
    let mut count = 0_usize;
    rows(folder, "transactions.csv", |_| {
        count += 1;
        Ok(())
    })?;
    let size = count.div_ceil(files.max(1));
    let (mut intake, mut held) = (Intake::new(Vec::new()), 0);
    rows(folder, "transactions.csv", |row| {
        if held == size {
            let full = std::mem::replace(&mut intake, Intake::new(Vec::new()));
            take(full.finish())?;
            held = 0;
        }
        held += 1;
        intake.take(&transfer(row)?);
        Ok(())
    })?;
    take(intake.finish())
}

fn transfer(row: &[&str]) -> Result<Transfer, String> {
    let [id, at, from_bank, from, to_bank, to, amount, currency, received, received_currency, ..] =
        row
    else {
        return Err(format!("{row:?}: too few fields"));
    };
    let (from, to) = (Account::parse(from_bank, from), Account::parse(to_bank, to));
    let at = at.parse().ok().and_then(|seconds| Timestamp::from_seconds(seconds).ok());
    Ok(Transfer {
        id: (*id).into(),
        at: at.ok_or_else(|| format!("{id}: no time"))?,
        from: from.map_err(|error| format!("{id}: {error}"))?,
        to: to.map_err(|error| format!("{id}: {error}"))?,
        sent: money(amount, currency)?,
        received: money(received, received_currency)?,
        format: "".into(),
    })
}

/// Each account's country by its bank's code and number.
pub(crate) fn countries(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    rows(folder, "accounts.csv", |row| {
        if let [number, bank, country, ..] = row
            && let Ok(account) = Account::parse(bank, number)
        {
            found.insert(account.to_string(), (*country).to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// What was planted.
pub(crate) fn truth(folder: &Path) -> Result<Vec<Truth>, String> {
    let mut found = Vec::new();
    rows(folder, "truth.csv", |row| {
        if let [scope, ring, pattern, item, role, value, ..] = row {
            let [scope, ring, pattern, item, role, value] =
                [scope, ring, pattern, item, role, value].map(|t| (*t).to_owned());
            found.push(Truth { scope, ring, pattern, item, role, value });
        }
        Ok(())
    })?;
    Ok(found)
}

fn money(amount: &str, currency: &str) -> Result<Money, String> {
    let currency = Currency::parse(currency).map_err(|error| format!("{currency}: {error}"))?;
    Money::parse(amount, currency).map_err(|error| format!("{amount}: {error}"))
}

/// Calls `take` with the fields of each line below the header; the file may be packed with gzip.
pub(crate) fn rows(
    folder: &Path,
    name: &str,
    mut take: impl FnMut(&[&str]) -> Result<(), String>,
) -> Result<(), String> {
    let plain = folder.join(name);
    let packed = folder.join(format!("{name}.gz"));
    let open =
        |path: &Path| File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    let bytes: Box<dyn Read> = if plain.is_file() {
        Box::new(open(&plain)?)
    } else {
        Box::new(GzDecoder::new(open(&packed)?))
    };
    for line in BufReader::with_capacity(1 << 20, bytes).lines().skip(1) {
        let line = line.map_err(|error| format!("{name}: {error}"))?;
        take(&line.split(',').collect::<Vec<&str>>())?;
    }
    Ok(())
}
