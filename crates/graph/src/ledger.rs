//! The ledger: all transfers of a case in time order, with dense numbers for its accounts.
//!
//! Each account keeps its books in one currency, its own: the one most of its transfers are in.
//! A transfer in another currency counts there at its other leg's amount, or at the dated rate.

mod append;

use std::collections::BTreeMap;

use compact_str::CompactString;
use model::account::Account;
use model::digest::Digest;
use model::money::{Currency, Money};
use model::rates::Rates;

pub use self::append::Appended;
use crate::columns::{Columns, GraphError, Transfer};
use crate::files::Files;
use crate::merge::{self, MergeError};
use crate::names::{FREE, place_of};
use crate::segment::Segment;
use crate::tail::Tail;

/// No transfer is later than this, in microseconds since 1970: sums of a moment and a window stay
/// within 64 bits, whatever a damaged file says.
const LATEST: i64 = i64::MAX / 4;
/// Stands where a number is nobody's.
const NOTHING: Transfer = Transfer {
    at: 0,
    sent: 0,
    received: 0,
    from: u32::MAX,
    to: u32::MAX,
    origin: u32::MAX,
    currencies: [0; 2],
    zeros: [0; 2],
};

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
}

/// Why transfers make no ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// What reached one account, or all accounts in US cents, is beyond 64 bits.
    #[error("the sum of what reached {0} is beyond what can be counted")]
    Sum(String),
    /// The segments are damaged, or too large for one graph.
    #[error("the segments make no graph: {0}")]
    Segments(String),
    /// A transfer that is earlier than the last one.
    #[error("{0} is not later than all transfers before it")]
    NotLater(String),
    /// The bytes are no graph file of these segments.
    #[error(transparent)]
    File(#[from] GraphError),
}

/// All transfers of a case. No sum of what reached accounts goes beyond 64 bits, in an account's
/// own currency or over all in US cents, so no balance and no traced sum can.
pub struct Ledger<'a> {
    files: Files<'a>,
    columns: Columns<'a>,
    rates: Rates,
    unrated: usize,
    tail: Tail,
}

impl<'a> Ledger<'a> {
    /// Reads segments together; of equal time, earlier segments and earlier rows go first.
    pub fn new(segments: Vec<Segment<'a>>, rates: &Rates) -> Result<Ledger<'a>, LedgerError> {
        let files = Files::new(segments);
        let columns = merge::columns(&files)?;
        Ledger::of(files, columns, rates)
    }

    /// Opens the graph file that was made from segments of these digests, oldest import first.
    pub fn open(
        bytes: &'a [u8],
        segments: Vec<Segment<'a>>,
        digests: &[Digest],
        rates: &Rates,
    ) -> Result<Ledger<'a>, LedgerError> {
        let columns = Columns::parse(bytes, digests)?;
        let files = Files::new(segments);
        if files.len() != columns.transfers.len() {
            return Err(GraphError::Segments.into());
        }
        Ledger::of(files, columns, rates)
    }

    fn of(
        files: Files<'a>,
        columns: Columns<'a>,
        rates: &Rates,
    ) -> Result<Ledger<'a>, LedgerError> {
        let mut ledger =
            Ledger { files, columns, rates: rates.clone(), unrated: 0, tail: Tail::default() };
        ledger.unrated = ledger.columns.foreign.iter().map(|n| ledger.unrated_legs(*n)).sum();
        if !ledger.surely_fits()
            && let Some(account) = ledger.beyond_counting()
        {
            return Err(LedgerError::Sum(ledger.account(account).to_string()));
        }
        Ok(ledger)
    }

    /// The transfers in time order; their positions are their numbers.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> + ExactSizeIterator {
        (0..self.len()).map(|number| {
            let transfer = self.transfer(number as u32).unwrap_or(&NOTHING);
            self.told(transfer)
        })
    }

    /// One transfer by its number.
    pub fn entry(&self, number: u32) -> Option<Entry> {
        self.transfer(number).map(|transfer| self.told(transfer))
    }

    /// When a transfer was made, in microseconds since 1970; 0 where there is none.
    pub fn at(&self, number: u32) -> i64 {
        self.transfer(number).map_or(0, |transfer| transfer.at.clamp(0, LATEST))
    }

    /// The payer's number; an account's that nobody has where there is no such transfer.
    pub fn from(&self, number: u32) -> u32 {
        self.transfer(number).map_or(u32::MAX, |transfer| transfer.from)
    }

    /// The payee's number; an account's that nobody has where there is no such transfer.
    pub fn to(&self, number: u32) -> u32 {
        self.transfer(number).map_or(u32::MAX, |transfer| transfer.to)
    }

    fn transfer(&self, number: u32) -> Option<&Transfer> {
        let number = number as usize;
        match self.columns.transfers.get(number) {
            None => self.tail.transfers.get(number - self.columns.transfers.len()),
            found => found,
        }
    }

    fn told(&self, transfer: &Transfer) -> Entry {
        // What a damaged file says stays within what sums are known to bear.
        let currency = |index| Currency::from_index(index).unwrap_or(Currency::USD);
        let [sent, received] = transfer.currencies;
        let sent = Money::new(transfer.sent.max(0), currency(sent));
        let received = Money::new(transfer.received.max(0), currency(received));
        let (at, from, to) = (transfer.at.clamp(0, LATEST), transfer.from, transfer.to);
        let out_minor = self.own_minor(sent, received, from).unwrap_or(0);
        let in_minor = self.own_minor(received, sent, to).unwrap_or(0);
        Entry { at, from, to, sent, received, out_minor, in_minor }
    }

    /// A leg in its account's own currency; `None` where no rate is known.
    fn own_minor(&self, leg: Money, other: Money, account: u32) -> Option<i64> {
        let own = self.currency(account);
        if leg.currency == own {
            Some(leg.amount_minor)
        } else if other.currency == own {
            Some(other.amount_minor)
        } else {
            self.rates.convert(leg.amount_minor, leg.currency, own)
        }
    }

    fn unrated_legs(&self, number: u32) -> usize {
        let Some(entry) = self.entry(number) else { return 0 };
        let legs = [
            self.own_minor(entry.sent, entry.received, entry.from),
            self.own_minor(entry.received, entry.sent, entry.to),
        ];
        legs.iter().filter(|leg| leg.is_none()).count()
    }

    /// How many transfers there are; their numbers are 0 to this.
    pub fn len(&self) -> usize {
        self.columns.transfers.len() + self.tail.transfers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many accounts there are; their numbers are 0 to this.
    pub fn account_count(&self) -> usize {
        self.columns.accounts.len() + self.tail.accounts.len()
    }

    /// The account of a number that this ledger gave. Where a damaged file names none, the answer
    /// is an account that says so.
    pub fn account(&self, number: u32) -> Account {
        Account::parse_pair(self.name(number)).unwrap_or_else(|_| Account::unreadable())
    }

    fn name(&self, number: u32) -> &str {
        let number = number as usize;
        match self.columns.accounts.get(number) {
            Some(origin) => self.files.account(*origin),
            None => {
                let later = self.tail.accounts.get(number - self.columns.accounts.len());
                later.map_or("", |name| name.as_str())
            }
        }
    }

    /// The number of an account that has transfers here.
    pub fn number(&self, account: &Account) -> Option<u32> {
        let slots = &self.columns.slots;
        let place = place_of(slots, &account.to_string(), |number| self.name(number))?;
        let found = slots.get(place).copied().filter(|number| *number != FREE);
        found.or_else(|| self.tail.number(account))
    }

    /// The currency in which an account's books are kept.
    pub fn currency(&self, number: u32) -> Currency {
        if let Some(books) = self.tail.books(number) {
            return books.own.unwrap_or(Currency::USD);
        }
        let own = self.columns.own.get(number as usize).copied();
        own.and_then(Currency::from_index).unwrap_or(Currency::USD)
    }

    /// What an account holds after its last transfer, as far as is known and if it held nothing
    /// before its first: a payment beyond that leaves nothing owed. `None` where it takes a rate to
    /// tell.
    pub(crate) fn balance(&self, account: u32) -> Option<i64> {
        if self.tail.books(account).is_some() {
            return None;
        }
        let balance = self.columns.balances.get(account as usize).copied();
        balance.filter(|minor| *minor >= 0)
    }

    /// An amount in an account's own currency in US cents, to the nearest; `None` without a rate.
    pub(crate) fn own_cents(&self, account: u32, minor: i64) -> Option<i64> {
        self.rates.usd_cents(minor, self.currency(account))
    }

    /// The transfers that left an account, in time order, by number.
    pub fn outgoing(&self, account: u32) -> &[u32] {
        match self.tail.books(account) {
            Some(books) => &books.outgoing,
            None => list(&self.columns.out_starts, &self.columns.outgoing, account),
        }
    }

    /// The transfers that reached an account, in time order, by number.
    pub fn incoming(&self, account: u32) -> &[u32] {
        match self.tail.books(account) {
            Some(books) => &books.incoming,
            None => list(&self.columns.in_starts, &self.columns.incoming, account),
        }
    }

    /// The source's id of a transfer.
    pub fn id(&self, entry: u32) -> &str {
        match self.texts(entry) {
            Some([id, _]) => id,
            None => self.row(entry).map_or("", |(segment, row)| segment.id(row)),
        }
    }

    /// How a transfer was made, in the source's words.
    pub fn format(&self, entry: u32) -> &str {
        match self.texts(entry) {
            Some([_, format]) => format,
            None => self.row(entry).map_or("", |(segment, row)| segment.format(row)),
        }
    }

    fn texts(&self, entry: u32) -> Option<&[CompactString; 2]> {
        self.tail.texts.get((entry as usize).checked_sub(self.columns.transfers.len())?)
    }

    fn row(&self, entry: u32) -> Option<(&Segment<'a>, usize)> {
        self.files.row(self.transfer(entry)?.origin)
    }

    /// Transfers whose amount could not be told in an account's own currency: no rate is known.
    /// They count as nothing there.
    pub fn unrated(&self) -> usize {
        self.unrated + self.tail.unrated
    }

    /// What reached the accounts of each currency, in all; `None` where the file names one that
    /// nobody knows.
    fn totals(&self) -> Option<BTreeMap<Currency, i64>> {
        let mut totals: BTreeMap<Currency, i64> = BTreeMap::new();
        for [currency, total] in self.columns.totals.iter() {
            totals.insert(Currency::from_index(u8::try_from(*currency).ok()?)?, *total);
        }
        for entry in self.columns.foreign.iter().filter_map(|number| self.entry(*number)) {
            let total = totals.entry(self.currency(entry.to)).or_default();
            *total = total.saturating_add(entry.in_minor);
        }
        Some(totals)
    }

    /// Whether the sums of the file and the few legs that need a rate show that everything can be
    /// counted. Where they do not show it, all transfers have to be looked at.
    fn surely_fits(&self) -> bool {
        self.totals().is_some_and(|totals| self.fit(&totals))
    }

    fn fit(&self, totals: &BTreeMap<Currency, i64>) -> bool {
        // Each account's sum is rounded to cents by itself.
        let mut all = self.account_count() as i64;
        totals.iter().all(|(currency, total)| {
            let cents = match self.rates.usd_cents(0, *currency) {
                Some(_) => self.rates.usd_cents(*total, *currency),
                None => Some(0),
            };
            let more = cents.and_then(|cents| all.checked_add(cents));
            all = more.unwrap_or(all);
            *total < i64::MAX && more.is_some()
        })
    }

    /// The account at which the sum of what reached it, or of what reached all so far, went beyond
    /// 64 bits.
    fn beyond_counting(&self) -> Option<u32> {
        let mut sums = vec![0_i64; self.account_count()];
        for entry in self.entries() {
            let sum = sums.get_mut(entry.to as usize)?;
            match sum.checked_add(entry.in_minor) {
                Some(more) => *sum = more,
                None => return Some(entry.to),
            }
        }
        let mut all = 0_i64;
        for (account, sum) in (0..).zip(sums) {
            let own = self.currency(account);
            // Without a rate nothing is counted in US cents; with one, every sum must fit.
            if self.rates.usd_cents(0, own).is_some() {
                match self.rates.usd_cents(sum, own).and_then(|cents| all.checked_add(cents)) {
                    Some(more) => all = more,
                    None => return Some(account),
                }
            }
        }
        None
    }
}

impl From<MergeError> for LedgerError {
    fn from(error: MergeError) -> LedgerError {
        match error {
            MergeError::Sum(account) => LedgerError::Sum(account),
            other => LedgerError::Segments(other.to_string()),
        }
    }
}

fn list<'l>(starts: &[u32], items: &'l [u32], account: u32) -> &'l [u32] {
    let bound = |index: usize| starts.get(index).copied().unwrap_or(0) as usize;
    let (start, end) = (bound(account as usize), bound(account as usize + 1));
    items.get(start..end).unwrap_or_default()
}
