//! `bench live DIR [--last N]`: the last N transfers of a flow come one by one; how long each takes
//! until its shapes and what it carried under six rules are told; then complaints about earlier
//! payments.

use std::path::Path;
use std::time::{Duration, Instant};

use formats::open::{self, Options, Row};
use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::live::Live;
use graph::patterns::WINDOWS;
use graph::seeds;
use graph::segment::Segment;
use model::complaint::Complaint;
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;

use crate::features::OnDisk;
use crate::{flows, option, say};

/// One complaint in so many comes late.
const LATE: usize = 10;

#[expect(clippy::disallowed_methods, reason = "this measures how long it takes")]
pub(crate) fn live(arguments: &[String]) -> Result<(), String> {
    let folder = arguments.first().map(Path::new).ok_or("which folder?")?;
    let last: usize = option(arguments, "--last")?.unwrap_or(10_000);
    let bytes = flows::segment(folder)?;
    let segment = Segment::parse(&bytes).map_err(|error| error.to_string())?;
    let rates = Rates::default();
    let whole = Ledger::new(vec![segment], &rates).map_err(|error| error.to_string())?;
    let mut payments: Vec<u32> =
        seeds::payments(&whole, &complaints(folder)?, &rates).into_iter().flatten().collect();
    payments.sort_unstable();
    payments.dedup();
    let first = whole.len().saturating_sub(last) as u32;
    let mut intake = Intake::new(Vec::new());
    for number in 0..first {
        intake.take(&transfer(&whole, number)?);
    }
    let begun = intake.finish();
    let segment = Segment::parse(&begun).map_err(|error| error.to_string())?;
    let base = Ledger::new(vec![segment], &rates).map_err(|error| error.to_string())?;
    let known = payments.iter().copied().filter(|one| *one < first);
    // Some come only after all transfers.
    let (late, known): (Vec<_>, Vec<_>) = (0..).zip(known).partition(|(n, _)| n % LATE == LATE - 1);
    let known: Vec<u32> = known.into_iter().map(|(_, payment): (usize, u32)| payment).collect();
    let countries = flows::countries(folder)?;
    let border = move |ledger: &Ledger<'_>, account: u32| {
        let country = countries.get(&ledger.account(account).to_string())?;
        Some(country.bytes().fold(0, |number, byte| number << 8 | u32::from(byte)))
    };
    let clock = Instant::now();
    let mut live = Live::new(base, &known, Box::new(border), &rates, WINDOWS[3]);
    say(&format!("{first} transfers and {} complaints read in {:?}", known.len(), clock.elapsed()));
    let (mut spent, mut shapes, mut touched) = (Vec::new(), 0, 0);
    for number in first..whole.len() as u32 {
        let (transfer, is_complained) =
            (transfer(&whole, number)?, payments.binary_search(&number).is_ok());
        let clock = Instant::now();
        let news = live.take(&transfer, is_complained).map_err(|error| error.to_string())?;
        spent.push(clock.elapsed());
        shapes += news.sightings.len();
        touched += usize::from(!news.carried.is_empty());
    }
    say(&format!("{} transfers one by one: {}", spent.len(), told(&mut spent)));
    say(&format!("{shapes} shapes seen, {touched} carried victims' money"));
    spent.clear();
    for (_, payment) in late {
        let clock = Instant::now();
        live.complain(payment);
        spent.push(clock.elapsed());
    }
    say(&format!("{} complaints of earlier payments: {}", spent.len(), told(&mut spent)));
    Ok(())
}

fn told(spent: &mut [Duration]) -> String {
    spent.sort_unstable();
    let at = |part: f64| {
        let place = ((spent.len() as f64 * part) as usize).min(spent.len().saturating_sub(1));
        spent.get(place).copied().unwrap_or(Duration::ZERO)
    };
    format!("p50 {:?}, p99 {:?}, p99.9 {:?}, most {:?}", at(0.5), at(0.99), at(0.999), at(1.0))
}

fn transfer(ledger: &Ledger<'_>, number: u32) -> Result<Transfer, String> {
    let entry = ledger.entry(number).ok_or("no such transfer")?;
    Ok(Transfer {
        id: ledger.id(number).into(),
        at: Timestamp::from_microseconds(entry.at).map_err(|error| error.to_string())?,
        from: ledger.account(entry.from),
        to: ledger.account(entry.to),
        sent: entry.sent,
        received: entry.received,
        format: ledger.format(number).into(),
    })
}

fn complaints(folder: &Path) -> Result<Vec<Complaint>, String> {
    let source = OnDisk(folder.join("complaints.csv"));
    let options = Options::default();
    let opened = open::detect(&source, &options).map_err(|error| error.to_string())?;
    let mut complaints = Vec::new();
    let mut sink = |row: Row| {
        if let Row::Complaint(_, complaint) = row {
            complaints.push(complaint);
        }
    };
    open::read(&source, &opened, &options, &mut sink).map_err(|error| error.to_string())?;
    Ok(complaints)
}
