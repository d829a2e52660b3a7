//! Passing through: whether a payment is what its payer had just received.

use super::books::{Books, Side, WINDOW};
use super::sign::Handed;
use crate::ledger::Entry;

/// A payment keeps at least and at most this many percent of what it passes on.
const KEEPS_PERCENT: (i128, i128) = (85, 101);
/// Paid out in parts, at least and at most this many percent of one receipt.
const PARTS_PERCENT: (i128, i128) = (80, 105);
/// Receipts under this part of the payment are left out of sums, in percent.
const CRUMB_PERCENT: i128 = 2;

/// What was passed on.
pub(super) struct Passed {
    /// The receipts it came from.
    pub(super) received: Vec<u32>,
    /// How the amounts agree.
    pub(super) how: Handed,
    /// How many receipts might have agreed by chance.
    pub(super) among: usize,
}

/// The receipts that a payment passes on: one of them whole, several in one sum,
/// one in parts, or several in several parts.
pub(super) fn through(books: &Books<'_>, payment: Entry) -> Option<Passed> {
    let payer = payment.from;
    let is_new_payer = |entry: Entry| {
        books.is_new(entry.from, payer, entry.at - WINDOW, entry.at + WINDOW)
            && entry.from != payer
            && entry.from != payment.to
    };
    let before: Vec<(u32, Entry)> = books
        .between(Side::Received, payer, payment.at - WINDOW, payment.at)
        .filter(|(_, entry)| entry.in_minor > 0 && is_new_payer(*entry))
        .collect();
    let paid = i128::from(payment.out_minor) * 100;
    let fits = |came: i128| (came * KEEPS_PERCENT.0..=came * KEEPS_PERCENT.1).contains(&paid);
    // The receipts since one, itself among them, are the chances that one would fit.
    let since_it = |place: usize| before.len() - place;
    let whole = before.iter().rposition(|(_, receipt)| fits(i128::from(receipt.in_minor)));
    if let Some((place, (number, _))) = whole.and_then(|place| Some((place, before.get(place)?))) {
        let received = vec![*number];
        return Some(Passed { received, how: Handed::Whole, among: since_it(place) });
    }
    let large: Vec<&(u32, Entry)> = before
        .iter()
        .filter(|(_, entry)| i128::from(entry.in_minor) * 10_000 >= paid * CRUMB_PERCENT)
        .collect();
    if large.len() > 1 && fits(large.iter().map(|(_, entry)| i128::from(entry.in_minor)).sum()) {
        let received = large.iter().map(|(number, _)| *number).collect();
        return Some(Passed { received, how: Handed::Sum, among: 1 });
    }
    let (since, until) = (payment.at - WINDOW, payment.at + WINDOW);
    let parts: Vec<Entry> = books
        .between(Side::Paid, payer, since, until)
        .map(|(_, entry)| entry)
        .filter(|entry| books.is_new(payer, entry.to, since, until))
        .collect();
    let place = before.iter().position(|(_, receipt)| {
        let of_it = parts.iter().filter(|part| {
            (receipt.at..=receipt.at + WINDOW).contains(&part.at)
                && part.out_minor <= receipt.in_minor
        });
        let sum: i128 = of_it.clone().map(|part| i128::from(part.out_minor)).sum();
        receipt.in_minor >= payment.out_minor && of_it.count() > 1 && is_all(receipt.in_minor, sum)
    });
    if let Some((place, (number, _))) = place.and_then(|place| Some((place, before.get(place)?))) {
        let received = vec![*number];
        return Some(Passed { received, how: Handed::Parts, among: since_it(place) });
    }
    // Several receipts in several parts: all that came in a while left in it.
    let first = before.first()?.1.at;
    let came: i128 = books
        .between(Side::Received, payer, first, until)
        .filter(|(_, entry)| is_new_payer(*entry))
        .map(|(_, entry)| i128::from(entry.in_minor))
        .sum();
    let left = parts.iter().filter(|part| part.at >= first);
    let left: i128 = left.map(|part| i128::from(part.out_minor)).sum();
    let all = i64::try_from(came).is_ok_and(|came| is_all(came, left));
    // At a busy account such sums meet by chance: this must be most of what ever reached it.
    let ever = books.between(Side::Received, payer, i64::MIN, i64::MAX);
    let ever: i128 = ever.map(|(_, entry)| i128::from(entry.in_minor)).sum();
    let received = before.iter().map(|(number, _)| *number).collect();
    let passed = Passed { received, how: Handed::All, among: before.len() };
    (all && parts.len() > 1 && came * 2 >= ever).then_some(passed)
}

/// Whether parts make up an amount.
fn is_all(minor: i64, parts: i128) -> bool {
    let minor = i128::from(minor);
    (minor * PARTS_PERCENT.0..=minor * PARTS_PERCENT.1).contains(&(parts * 100))
}
