//! The transfers as the finders see them: amounts, places in an account's books, and habits.
//!
//! The one door to the ledger. What is said of a transfer follows from earlier ones only.

use rustc_hash::FxHashSet;

use super::Material;
use crate::ledger::Ledger;

/// Amounts are told apart by this many steps for each doubling.
const STEPS_A_DOUBLING: f64 = 4.0;
/// Amounts of more doublings of a cent than this count as this.
const MOST_DOUBLINGS: f64 = 50.0;
/// Microseconds over which the first transfers of a case are thought to be spread.
const LEAST_HISTORY: f64 = 5.0 * 86_400e6;

/// What is known of each transfer from it and those before it.
#[derive(Default)]
pub(super) struct Habits {
    /// How rare so large an amount was until then: decimal logarithm of 1 over the share.
    rarity: Vec<f32>,
    /// Whether the two accounts had met before in this direction.
    known: Vec<bool>,
    /// How many transfers an account had in a microsecond, over all accounts, until then.
    usual_rate: Vec<f32>,
    /// How many transfers had left the payer before.
    left_before: Vec<u32>,
    steps: Steps,
    met: FxHashSet<u64>,
    /// For each account how many transfers have left it; `None`: it had none at all.
    left: Vec<Option<u32>>,
    accounts_seen: usize,
}

impl Habits {
    /// Reads the next transfer.
    pub(super) fn take(&mut self, material: &Material<'_>, number: u32) {
        let Material { ledger, rates, .. } = *material;
        let Some(entry) = ledger.entry(number) else { return };
        self.left.resize(ledger.account_count(), None);
        let cents =
            rates.usd_cents(entry.out_minor, ledger.currency(entry.from)).unwrap_or_default();
        self.rarity.push(self.steps.rarity(cents));
        self.steps.add(cents);
        for account in [entry.from, entry.to] {
            if let Some(left @ None) = self.left.get_mut(account as usize) {
                *left = Some(0);
                self.accounts_seen += 1;
            }
        }
        let legs = 2.0 * self.rarity.len() as f64 / self.accounts_seen.max(1) as f64;
        let history = (entry.at - ledger.at(0)) as f64;
        self.usual_rate.push((legs / history.max(LEAST_HISTORY)) as f32);
        self.known.push(!self.met.insert(u64::from(entry.from) << 32 | u64::from(entry.to)));
        let left = self.left.get_mut(entry.from as usize).and_then(Option::as_mut);
        self.left_before.push(left.as_deref().copied().unwrap_or_default());
        if let Some(left) = left {
            *left += 1;
        }
    }
}

/// Transfers with their habits, as far as they were read.
#[derive(Clone, Copy)]
pub(super) struct Flows<'a> {
    ledger: &'a Ledger<'a>,
    borders: &'a [Option<u32>],
    habits: &'a Habits,
}

impl<'a> Flows<'a> {
    pub(super) fn new(material: &Material<'a>, habits: &'a Habits) -> Flows<'a> {
        let Material { ledger, borders, .. } = *material;
        Flows { ledger, borders, habits }
    }

    pub(super) fn at(&self, entry: u32) -> i64 {
        self.ledger.at(entry)
    }

    pub(super) fn from(&self, entry: u32) -> u32 {
        self.ledger.from(entry)
    }

    pub(super) fn to(&self, entry: u32) -> u32 {
        self.ledger.to(entry)
    }

    /// What left the payer, in the payer's own currency.
    pub(super) fn left(&self, entry: u32) -> i64 {
        self.ledger.entry(entry).map_or(0, |entry| entry.out_minor)
    }

    /// What reached the payee, in the payee's own currency.
    pub(super) fn came(&self, entry: u32) -> i64 {
        self.ledger.entry(entry).map_or(0, |entry| entry.in_minor)
    }

    pub(super) fn rarity(&self, entry: u32) -> f64 {
        self.habits.rarity.get(entry as usize).copied().map_or(0.0, f64::from)
    }

    /// How many transfers an account usually has in a microsecond.
    pub(super) fn usual_rate(&self, entry: u32) -> f64 {
        self.habits.usual_rate.get(entry as usize).copied().map_or(0.0, f64::from)
    }

    pub(super) fn is_known(&self, entry: u32) -> bool {
        self.habits.known.get(entry as usize).copied().unwrap_or_default()
    }

    /// Whether the two accounts are held in two countries; unknown ones count as no crossing.
    pub(super) fn crosses(&self, entry: u32) -> bool {
        let side = |account: u32| self.borders.get(account as usize).copied().flatten();
        matches!((side(self.from(entry)), side(self.to(entry))), (Some(a), Some(b)) if a != b)
    }

    /// What had reached an account before a transfer.
    pub(super) fn incoming_before(&self, account: u32, entry: u32) -> &'a [u32] {
        let all = self.ledger.incoming(account);
        let end = all.partition_point(|number| *number < entry);
        all.get(..end).unwrap_or_default()
    }

    /// What had left a transfer's payer before it.
    pub(super) fn outgoing_before(&self, entry: u32) -> &'a [u32] {
        let end = self.habits.left_before.get(entry as usize).copied().unwrap_or_default() as usize;
        self.ledger.outgoing(self.from(entry)).get(..end).unwrap_or_default()
    }

    /// What had left an account before a transfer of another account.
    pub(super) fn outgoing_until(&self, account: u32, entry: u32) -> &'a [u32] {
        let all = self.ledger.outgoing(account);
        let end = all.partition_point(|number| *number < entry);
        all.get(..end).unwrap_or_default()
    }

    /// When the case's first transfer was made.
    pub(super) fn start(&self) -> i64 {
        self.at(0)
    }
}

/// How often which amounts came, by steps of a doubling; sums of a binary indexed tree.
struct Steps {
    tree: Vec<u32>,
    total: u32,
}

impl Default for Steps {
    fn default() -> Steps {
        let steps = (MOST_DOUBLINGS * STEPS_A_DOUBLING) as usize + 2;
        Steps { tree: vec![0; steps], total: 0 }
    }
}

impl Steps {
    fn step(cents: i64) -> usize {
        let doublings = (cents.max(1) as f64).log2().min(MOST_DOUBLINGS);
        (doublings * STEPS_A_DOUBLING) as usize + 1
    }

    fn add(&mut self, cents: i64) {
        let mut place = Steps::step(cents);
        while let Some(sum) = self.tree.get_mut(place) {
            *sum += 1;
            place += place & place.wrapping_neg();
        }
        self.total += 1;
    }

    /// With few transfers nothing is rare: ten common ones are thought to come before.
    fn rarity(&self, cents: i64) -> f32 {
        let (mut below, mut place) = (0, Steps::step(cents) - 1);
        while place > 0 {
            below += self.tree.get(place).copied().unwrap_or_default();
            place -= place & place.wrapping_neg();
        }
        let above = f64::from(self.total - below);
        -(((above + 1.0) / (f64::from(self.total) + 10.0)).min(1.0)).log10() as f32
    }
}
