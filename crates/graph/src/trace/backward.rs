//! Backward: from given transfers to the payments that fed them.
//!
//! First in first out and last in first out lose nothing, so they can be run backwards: an
//! account's books say which receipts a payment was made of, and at which place in each, and so
//! the payer's payer is asked in turn. The search ends at payments that are known to be victims'
//! (the seeds), and where an account paid what it is not known to have received.
//!
//! A stop is taken out of its payer's books like any payment; the forward walk takes clean money
//! first there. The two differ only where a victim's account had received stolen money itself.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use super::walk::moves;
use super::{Question, Rule};
use crate::ledger::{Entry, Ledger};

/// What fed some transfers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Back {
    /// Transfers through which the money came, the given ones among them, by number, with how much
    /// of each it was, in the payer's own currency.
    pub steps: Vec<(u32, i64)>,
    /// Steps at which the search stopped because they are victims' payments.
    pub stops: Vec<(u32, i64)>,
    /// Accounts that paid what they are not known to have received, with how much, in their own
    /// currency, by number.
    pub origins: Vec<(u32, i64)>,
    /// Whether a limit cut the search short.
    pub is_cut: bool,
}

/// A range of a transfer's smallest units, from the first to before the last.
type Span = (i64, i64);

/// What a payment was made of, in the order in which it left.
#[derive(Clone, Copy)]
struct Piece {
    amount: i64,
    /// The receipt, and at which of its units; `None`: not known to have been received.
    from: Option<(u32, i64)>,
}

/// Runs one of the two rules backwards from transfers (numbers, in any order) to the question's
/// seeds. A rule that mixes money in pools gives an empty answer: it cannot be run backwards.
pub fn back(question: &Question<'_, '_>, transfers: &[u32], rule: Rule) -> Back {
    let (ledger, stops) = (question.ledger, &question.seeds);
    let most_transfers = question.most_transfers;
    let books = FxHashMap::default();
    let mut search = Search { ledger, rule, openings: question.openings, books, looked_at: 0 };
    let mut found = Back::default();
    if !matches!(rule, Rule::Fifo | Rule::Lifo) {
        return found;
    }
    let mut origins: BTreeMap<u32, i64> = BTreeMap::new();
    let mut due: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for number in transfers {
        if let Some(entry) = ledger.entry(*number).filter(moves) {
            due.insert(*number, vec![(0, entry.out_minor)]);
        }
    }
    // A receipt comes before the payment that it feeds, so whatever is asked of a transfer is asked
    // before its turn.
    while let Some((number, spans)) = due.pop_last() {
        let spans = joined(spans);
        let asked = spans.iter().map(|(start, end)| end - start).sum();
        found.steps.push((number, asked));
        if stops.binary_search(&number).is_ok() {
            found.stops.push((number, asked));
            continue;
        }
        let Some(entry) = ledger.entry(number) else { continue };
        if search.looked_at > most_transfers {
            found.is_cut = true;
            continue;
        }
        for (receipt, span) in search.fed(number, &entry, &spans, &mut origins) {
            due.entry(receipt).or_default().push(span);
        }
    }
    found.steps.reverse();
    found.stops.reverse();
    found.origins = origins.into_iter().collect();
    found
}

/// Every transfer that may have fed some transfers: what reached their payers before, what reached
/// the payers of that before, and so on; by number, the given ones among them; `stops` rise.
pub fn upstream(
    ledger: &Ledger<'_>,
    transfers: &[u32],
    stops: &[u32],
    most_transfers: usize,
) -> (Vec<u32>, bool) {
    let mut due: std::collections::BTreeSet<u32> = transfers.iter().copied().collect();
    let mut found = Vec::new();
    // Of each account the receipts below this place of its list are not asked for yet.
    let mut asked: FxHashMap<u32, usize> = FxHashMap::default();
    while let Some(number) = due.pop_last() {
        let Some(entry) = ledger.entry(number).filter(moves) else { continue };
        if found.len() >= most_transfers {
            found.reverse();
            return (found, true);
        }
        found.push(number);
        if stops.binary_search(&number).is_ok() || asked.contains_key(&entry.from) {
            continue;
        }
        let list = ledger.incoming(entry.from);
        let before = list.partition_point(|receipt| *receipt < number);
        asked.insert(entry.from, before);
        due.extend(list.iter().take(before));
    }
    found.reverse();
    (found, false)
}

struct Search<'s, 'l> {
    ledger: &'s Ledger<'l>,
    rule: Rule,
    openings: &'s BTreeMap<u32, i64>,
    /// For each account that was asked, its payments with what they were made of.
    books: FxHashMap<u32, FxHashMap<u32, Vec<Piece>>>,
    looked_at: usize,
}

impl Search<'_, '_> {
    /// The receipts, and the spans of each, that some spans of a payment were made of.
    fn fed(
        &mut self,
        number: u32,
        entry: &Entry,
        spans: &[Span],
        origins: &mut BTreeMap<u32, i64>,
    ) -> Vec<(u32, Span)> {
        if !self.books.contains_key(&entry.from) {
            let book = self.replay(entry.from, number);
            self.books.insert(entry.from, book);
        }
        let pieces = self.books.get(&entry.from).and_then(|book| book.get(&number));
        let mut found = Vec::new();
        let mut at = 0;
        for piece in pieces.into_iter().flatten() {
            let (start, end) = (at, at + piece.amount);
            at = end;
            for span in spans {
                let (low, high) = (span.0.max(start), span.1.min(end));
                if low >= high {
                    continue;
                }
                match piece.from {
                    None => *origins.entry(entry.from).or_default() += high - low,
                    Some((receipt, offset)) => {
                        // Last in first out, the last unit leaves first.
                        let received = match self.rule {
                            Rule::Lifo => (offset + end - high, offset + end - low),
                            _ => (offset + low - start, offset + high - start),
                        };
                        found.push((receipt, self.sent(receipt, received)));
                    }
                }
            }
        }
        found
    }

    /// The span of what left a receipt's payer that became a span of what arrived.
    fn sent(&self, receipt: u32, (start, end): Span) -> Span {
        let Some(entry) = self.ledger.entry(receipt) else { return (0, 0) };
        let (sent, arrived) = (i128::from(entry.out_minor), i128::from(entry.in_minor.max(1)));
        // Forward, boundaries are rounded down; the least boundary that gives this one.
        let back = |boundary: i64| {
            let boundary = (i128::from(boundary) * sent + arrived - 1) / arrived;
            i64::try_from(boundary.min(sent)).unwrap_or(entry.out_minor)
        };
        (back(start), back(end))
    }

    /// What an account's payments up to one of them were made of.
    fn replay(&mut self, account: u32, last: u32) -> FxHashMap<u32, Vec<Piece>> {
        let (outgoing, incoming) = (self.ledger.outgoing(account), self.ledger.incoming(account));
        let mut numbers: Vec<u32> = outgoing.iter().chain(incoming).copied().collect();
        numbers.retain(|number| *number <= last);
        numbers.sort_unstable();
        self.looked_at += numbers.len();
        let mut purse: VecDeque<Piece> = VecDeque::new();
        if let Some(amount) = self.openings.get(&account).copied().filter(|minor| *minor > 0) {
            purse.push_back(Piece { amount, from: None });
        }
        let mut book = FxHashMap::default();
        for number in numbers {
            let Some(entry) = self.ledger.entry(number).filter(moves) else { continue };
            if entry.from == account {
                book.insert(number, take(&mut purse, entry.out_minor, self.rule));
            } else if entry.in_minor > 0 {
                purse.push_back(Piece { amount: entry.in_minor, from: Some((number, 0)) });
            }
        }
        book
    }
}

/// Takes an amount out by the rule.
fn take(purse: &mut VecDeque<Piece>, amount: i64, rule: Rule) -> Vec<Piece> {
    let (mut need, mut taken) = (amount, Vec::new());
    while need > 0 {
        let next = if rule == Rule::Fifo { purse.front_mut() } else { purse.back_mut() };
        let Some(piece) = next else {
            taken.push(Piece { amount: need, from: None });
            return taken;
        };
        let used = piece.amount.min(need);
        need -= used;
        piece.amount -= used;
        // First in first out takes the first units of a receipt, the other rule its last.
        let (left, kept) = if rule == Rule::Fifo { (0, used) } else { (piece.amount, 0) };
        let from = piece.from.map(|(receipt, offset)| (receipt, offset + left));
        taken.push(Piece { amount: used, from });
        piece.from = piece.from.map(|(receipt, offset)| (receipt, offset + kept));
        if piece.amount == 0 {
            if rule == Rule::Fifo {
                purse.pop_front()
            } else {
                purse.pop_back()
            };
        }
    }
    taken
}

/// Spans in order, those that touch joined.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => joined.push(span),
        }
    }
    joined
}
