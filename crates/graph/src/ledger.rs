//! The ledger: all transfers of a case in time order, with dense numbers for its accounts.
//!
//! Each account keeps its books in one currency, its own: the one most of its transfers are in.
//! A transfer in another currency counts there at its other leg's amount, or at the dated rate.

use model::account::Account;
use model::money::{Currency, Money};
use model::rates::Rates;
use rustc_hash::FxHashMap;

use crate::segment::Segment;

/// One transfer of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Microseconds since 1970.
    pub at: i64,
    /// The payer's number.
    pub from: u32,
    /// The payee's number.
    pub to: u32,
    /// What left the payer.
    pub sent: Money,
    /// What reached the payee.
    pub received: Money,
    /// What left the payer, in the payer's own currency, in smallest units.
    pub out_minor: i64,
    /// What reached the payee, in the payee's own currency, in smallest units.
    pub in_minor: i64,
    segment: u32,
    row: u32,
}

/// Why transfers make no ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// What reached one account, or all accounts in US cents, is beyond 64 bits.
    #[error("the sum of what reached {0} is beyond what can be counted")]
    Sum(String),
}

/// All transfers of a case. No sum of what reached accounts goes beyond 64 bits, in an account's
/// own currency or over all in US cents, so no balance and no traced sum can.
pub struct Ledger<'a> {
    segments: Vec<Segment<'a>>,
    accounts: Vec<Account>,
    numbers: FxHashMap<Account, u32>,
    currencies: Vec<Currency>,
    entries: Vec<Entry>,
    outgoing: Lists,
    incoming: Lists,
    unrated: usize,
}

impl<'a> Ledger<'a> {
    /// Reads segments together; of equal time, earlier segments and earlier rows go first.
    pub fn new(segments: Vec<Segment<'a>>, rates: &Rates) -> Result<Ledger<'a>, LedgerError> {
        let (mut accounts, mut numbers) = (Vec::new(), FxHashMap::default());
        let mut entries = Vec::with_capacity(segments.iter().map(Segment::len).sum());
        for (segment_number, segment) in segments.iter().enumerate() {
            let global: Vec<u32> = segment
                .accounts()
                .map(|text| match Account::parse_pair(text) {
                    Ok(account) => *numbers.entry(account.clone()).or_insert_with(|| {
                        accounts.push(account);
                        accounts.len() as u32 - 1
                    }),
                    // Our own segments hold only what `Account` printed; a broken one is rebuilt.
                    Err(_) => u32::MAX,
                })
                .collect();
            let number = |local: u32| global.get(local as usize).copied().unwrap_or(u32::MAX);
            entries.extend(segment.rows().iter().enumerate().map(|(index, row)| Entry {
                at: row.at(),
                from: number(row.from()),
                to: number(row.to()),
                sent: row.sent(),
                received: row.received(),
                out_minor: 0,
                in_minor: 0,
                segment: segment_number as u32,
                row: index as u32,
            }));
        }
        entries.retain(|entry| entry.from != u32::MAX && entry.to != u32::MAX);
        if segments.len() > 1 {
            entries.sort_by_key(|entry| entry.at);
        }
        let currencies = own_currencies(&entries, accounts.len());
        let unrated = settle(&mut entries, &currencies, rates);
        if let Some(account) = beyond_counting(&entries, &currencies, rates) {
            let account = accounts.get(account as usize).map(Account::to_string);
            return Err(LedgerError::Sum(account.unwrap_or_default()));
        }
        let outgoing = Lists::new(accounts.len(), entries.iter().map(|entry| entry.from));
        let incoming = Lists::new(accounts.len(), entries.iter().map(|entry| entry.to));
        Ok(Ledger { segments, accounts, numbers, currencies, entries, outgoing, incoming, unrated })
    }

    /// The transfers in time order; their positions are their numbers.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> + ExactSizeIterator {
        self.entries.iter().copied()
    }

    /// One transfer by its number.
    pub fn entry(&self, number: u32) -> Option<Entry> {
        self.entries.get(number as usize).copied()
    }

    /// How many transfers there are; their numbers are 0 to this.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many accounts there are; their numbers are 0 to this.
    pub fn account_count(&self) -> usize {
        self.accounts.len()
    }

    /// The account of a number that this ledger gave.
    pub fn account(&self, number: u32) -> &Account {
        let account = self.accounts.get(number as usize);
        assert!(account.is_some(), "account numbers come from this ledger");
        account.unwrap_or(&self.accounts[0])
    }

    /// The number of an account that has transfers here.
    pub fn number(&self, account: &Account) -> Option<u32> {
        self.numbers.get(account).copied()
    }

    /// The currency in which an account's books are kept.
    pub fn currency(&self, number: u32) -> Currency {
        self.currencies.get(number as usize).copied().unwrap_or(Currency::USD)
    }

    /// The transfers that left an account, in time order, by number.
    pub fn outgoing(&self, account: u32) -> &[u32] {
        self.outgoing.of(account)
    }

    /// The transfers that reached an account, in time order, by number.
    pub fn incoming(&self, account: u32) -> &[u32] {
        self.incoming.of(account)
    }

    /// The source's id of a transfer.
    pub fn id(&self, entry: u32) -> &str {
        let Some(entry) = self.entries.get(entry as usize) else { return "" };
        self.segments.get(entry.segment as usize).map_or("", |s| s.id(entry.row as usize))
    }

    /// How a transfer was made, in the source's words.
    pub fn format(&self, entry: u32) -> &str {
        let Some(entry) = self.entries.get(entry as usize) else { return "" };
        self.segments.get(entry.segment as usize).map_or("", |s| s.format(entry.row as usize))
    }

    /// Transfers whose amount could not be told in an account's own currency: no rate is known.
    /// They count as nothing there.
    pub fn unrated(&self) -> usize {
        self.unrated
    }
}

/// For each account the currency of most of its legs; of equal counts, the first in the list.
fn own_currencies(entries: &[Entry], accounts: usize) -> Vec<Currency> {
    // Nearly every account has one currency: remember the first, and count only where two meet.
    let mut first: Vec<Option<Currency>> = vec![None; accounts];
    let mut mixed: FxHashMap<u32, FxHashMap<Currency, u64>> = FxHashMap::default();
    let legs = || {
        entries.iter().flat_map(|entry| {
            [(entry.from, entry.sent.currency), (entry.to, entry.received.currency)]
        })
    };
    for (account, currency) in legs() {
        match first.get_mut(account as usize) {
            Some(known @ None) => *known = Some(currency),
            Some(Some(known)) if *known != currency => drop(mixed.entry(account).or_default()),
            _ => {}
        }
    }
    if !mixed.is_empty() {
        for (account, currency) in legs() {
            if let Some(counts) = mixed.get_mut(&account) {
                *counts.entry(currency).or_default() += 1;
            }
        }
    }
    let most = |counts: &FxHashMap<Currency, u64>| {
        counts.iter().map(|(c, n)| (*n, std::cmp::Reverse(*c))).max().map(|(_, c)| c.0)
    };
    first
        .into_iter()
        .enumerate()
        .map(|(account, first)| mixed.get(&(account as u32)).and_then(most).or(first))
        .map(|currency| currency.unwrap_or(Currency::USD))
        .collect()
}

/// Writes each leg in the account's own currency; returns how many legs have no rate.
fn settle(entries: &mut [Entry], currencies: &[Currency], rates: &Rates) -> usize {
    let mut unrated = 0;
    let own = |account: u32| currencies.get(account as usize).copied().unwrap_or(Currency::USD);
    let mut amount = |leg: Money, other: Money, own: Currency| {
        if leg.currency == own {
            leg.amount_minor
        } else if other.currency == own {
            other.amount_minor
        } else {
            rates.convert(leg.amount_minor, leg.currency, own).unwrap_or_else(|| {
                unrated += 1;
                0
            })
        }
    };
    for entry in entries {
        entry.out_minor = amount(entry.sent, entry.received, own(entry.from));
        entry.in_minor = amount(entry.received, entry.sent, own(entry.to));
    }
    unrated
}

/// The account at which the sum of what reached it, or of what reached all so far, went beyond 64
/// bits.
fn beyond_counting(entries: &[Entry], own: &[Currency], rates: &Rates) -> Option<u32> {
    let mut sums = vec![0_i64; own.len()];
    for entry in entries {
        let sum = sums.get_mut(entry.to as usize)?;
        match sum.checked_add(entry.in_minor) {
            Some(more) => *sum = more,
            None => return Some(entry.to),
        }
    }
    let mut all = 0_i64;
    for (account, (sum, own)) in sums.iter().zip(own).enumerate() {
        // Without a rate nothing is counted in US cents; with one, every sum must fit.
        if rates.usd_cents(0, *own).is_some() {
            match rates.usd_cents(*sum, *own).and_then(|cents| all.checked_add(cents)) {
                Some(more) => all = more,
                None => return Some(account as u32),
            }
        }
    }
    None
}

/// For each account a list of transfer numbers, all in one vector.
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    fn new(accounts: usize, owners: impl Iterator<Item = u32> + Clone) -> Lists {
        let mut starts = vec![0_u32; accounts + 1];
        for owner in owners.clone() {
            if let Some(count) = starts.get_mut(owner as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![0_u32; sum as usize];
        for (item, owner) in owners.enumerate() {
            if let Some(place) = next.get_mut(owner as usize) {
                if let Some(slot) = items.get_mut(*place as usize) {
                    *slot = item as u32;
                }
                *place += 1;
            }
        }
        Lists { starts, items }
    }

    fn of(&self, owner: u32) -> &[u32] {
        let bound = |index: usize| self.starts.get(index).copied().unwrap_or(0) as usize;
        self.items.get(bound(owner as usize)..bound(owner as usize + 1)).unwrap_or_default()
    }
}
