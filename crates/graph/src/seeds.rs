//! Ties complaints to the payments that they speak of.

use model::complaint::Complaint;
use model::money::Money;
use model::rates::Rates;

use crate::ledger::{Entry, Ledger};

/// For each complaint the number of its payment: the latest transfer between its two accounts at or
/// before the report whose amount is within 2 %; `None` where there is none.
pub fn payments(ledger: &Ledger<'_>, complaints: &[Complaint], rates: &Rates) -> Vec<Option<u32>> {
    complaints.iter().map(|complaint| payment(ledger, complaint, rates)).collect()
}

fn payment(ledger: &Ledger<'_>, complaint: &Complaint, rates: &Rates) -> Option<u32> {
    let victim = ledger.number(complaint.victim.as_ref()?)?;
    let payee = ledger.number(&complaint.paid_to)?;
    let (outgoing, incoming) = (ledger.outgoing(victim), ledger.incoming(payee));
    // The shorter list is searched: a hub's would be long.
    let candidates = if outgoing.len() <= incoming.len() { outgoing } else { incoming };
    let reported_at = complaint.reported_at.microseconds();
    let at = |number: &u32| ledger.at(*number);
    let end = candidates.partition_point(|number| at(number) <= reported_at);
    let fits = |number: &&u32| {
        ledger.entry(**number).is_some_and(|entry| {
            entry.from == victim && entry.to == payee && is_close(&entry, complaint.amount, rates)
        })
    };
    candidates.get(..end)?.iter().rev().find(fits).copied()
}

/// Within 2 % of what the victim says, in whichever of the two currencies the victim speaks.
fn is_close(entry: &Entry, said: Money, rates: &Rates) -> bool {
    let (paid, said) = if entry.sent.currency == said.currency {
        (Some(entry.sent.amount_minor), Some(said.amount_minor))
    } else if entry.received.currency == said.currency {
        (Some(entry.received.amount_minor), Some(said.amount_minor))
    } else {
        let cents = |money: Money| rates.usd_cents(money.amount_minor, money.currency);
        (cents(entry.sent), cents(said))
    };
    match (paid, said) {
        (Some(paid), Some(said)) => i128::from(paid - said).abs() * 100 <= i128::from(said) * 2,
        _ => false,
    }
}
