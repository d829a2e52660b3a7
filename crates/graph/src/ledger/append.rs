//! One transfer more, later than all others: the ledger is afterwards what it would be if it had
//! been made of all of them at once.

use std::collections::BTreeMap;

use model::account::Account;
use model::money::Currency;
use model::transfer::Transfer as Added;

use super::{Ledger, LedgerError, list};
use crate::columns::Transfer;
use crate::merge::{MAX_COUNT, MergeError};
use crate::tail::Books;

/// What a transfer that was added is, and does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its number.
    pub number: u32,
    /// Whether one of its accounts keeps its books in another currency now: amounts of earlier
    /// transfers in that account's currency are others than before.
    pub own_changed: bool,
}

impl Ledger<'_> {
    /// Adds a transfer that is later than all others, or as late as the last.
    ///
    /// Refused where sums might go beyond 64 bits, by their totals alone. Its number is the length
    /// before; `Appended` says whether an earlier transfer's amounts look different now.
    pub fn append(&mut self, transfer: &Added) -> Result<Appended, LedgerError> {
        let at = transfer.at.microseconds();
        let number = self.len() as u32;
        let last = number.checked_sub(1).map_or(i64::MIN, |last| self.at(last));
        if at < last {
            return Err(LedgerError::NotLater(transfer.id.to_string()));
        }
        // One transfer more, and two accounts.
        let most = (self.len() + 1).max(self.account_count() + 2);
        if most > MAX_COUNT {
            return Err(MergeError::Size(most).into());
        }
        if self.tail.totals.is_empty() {
            self.tail.totals = self.totals().unwrap_or_default();
        }
        let totals = self.totals_with(transfer);
        if !self.fit(&totals) {
            return Err(LedgerError::Sum(transfer.to.to_string()));
        }
        self.tail.totals = totals;
        let mut own_changed = false;
        let mut end = |account: &Account, leg: Currency, is_payer: bool| {
            let known = self.number(account);
            let next = self.account_count() as u32;
            let one = known.unwrap_or_else(|| self.tail.name(account, next));
            own_changed |= self.enter(one, number, leg, is_payer);
            one
        };
        let from = end(&transfer.from, transfer.sent.currency, true);
        let to = end(&transfer.to, transfer.received.currency, false);
        self.tail.transfers.push(Transfer {
            at,
            sent: transfer.sent.amount_minor,
            received: transfer.received.amount_minor,
            from,
            to,
            origin: u32::MAX,
            currencies: [transfer.sent.currency.index(), transfer.received.currency.index()],
            zeros: [0; 2],
        });
        self.tail.texts.push([transfer.id.clone(), transfer.format.clone()]);
        self.tail.unrated += self.unrated_legs(number);
        Ok(Appended { number, own_changed })
    }

    /// What reached the accounts of each currency, with one transfer more: in the payee's own
    /// currency as it is.
    fn totals_with(&self, transfer: &Added) -> BTreeMap<Currency, i64> {
        let mut totals = self.tail.totals.clone();
        let (sent, received) = (transfer.sent, transfer.received);
        let own = self.number(&transfer.to).map_or(received.currency, |to| self.currency(to));
        let leg = [received, sent].into_iter().find(|leg| leg.currency == own);
        let came = match leg {
            Some(leg) => Some(leg.amount_minor),
            None => self.rates.convert(received.amount_minor, received.currency, own),
        };
        let total = totals.entry(own).or_default();
        *total = total.saturating_add(came.unwrap_or_default());
        totals
    }

    /// Writes a transfer into the books of one of its accounts; whether that account's own currency
    /// is another now.
    fn enter(&mut self, account: u32, number: u32, leg: Currency, is_payer: bool) -> bool {
        let columns = &self.columns;
        let base = || {
            let outgoing = list(&columns.out_starts, &columns.outgoing, account);
            let incoming = list(&columns.in_starts, &columns.incoming, account);
            let own = columns.own.get(account as usize).copied().and_then(Currency::from_index);
            Books::new(outgoing, incoming, own)
        };
        let taken = self.tail.take(account);
        let later = &self.tail.transfers;
        let leg_of = |entry: u32, side: usize| {
            let entry = entry as usize;
            let of = columns.transfers.get(entry);
            let of = of.or_else(|| later.get(entry.checked_sub(columns.transfers.len())?))?;
            Currency::from_index(*of.currencies.get(side)?)
        };
        let earlier = |books: &Books| {
            let outs = books.outgoing.iter().filter_map(|entry| leg_of(*entry, 0));
            outs.chain(books.incoming.iter().filter_map(|entry| leg_of(*entry, 1))).collect()
        };
        let mut books = taken.unwrap_or_else(base);
        let has_changed = books.count(leg, earlier);
        if is_payer {
            books.outgoing.push(number)
        } else {
            books.incoming.push(number)
        }
        self.tail.put(account, books);
        has_changed
    }
}
