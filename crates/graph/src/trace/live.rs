//! A trace that goes on: of each transfer that is added to the ledger it tells what the transfer
//! carried, and at any time it is what a trace of all transfers at once would be.

use super::poison::Poison;
use super::walk::Walk;
use super::{MOST_SEEDS_TOLD, Question, Rule, Tainted, Trace};
use crate::ledger::Ledger;

/// Seeds that are followed while transfers come.
pub struct Follower {
    /// Rising, each once.
    seeds: Vec<u32>,
    rules: Vec<Rule>,
    walk: Walk,
    poison: Option<Poison>,
    /// Whether the walk knows how many transfers it looked at; otherwise it thinks of more.
    is_exact: bool,
}

impl Follower {
    /// Follows seeds (transfer numbers, in any order) through what the ledger holds.
    pub fn new(ledger: &Ledger<'_>, seeds: &[u32], rules: &[Rule]) -> Follower {
        let question = Question::new(ledger, seeds);
        let amounts = rules.iter().copied().filter(|rule| *rule != Rule::Poison).collect();
        let mut walk = Walk::in_strands(&question, amounts);
        walk.go(&question);
        let mut poison = rules.contains(&Rule::Poison).then(Poison::new);
        if let Some(poison) = &mut poison {
            poison.go(&question, &question.seeds);
        }
        let (seeds, rules) = (question.seeds, rules.to_vec());
        Follower { seeds, rules, walk, poison, is_exact: true }
    }

    /// Goes on with the transfer that was added last. `is_seed`: a victim complained of it. What
    /// it carried, under each rule under which it carried anything.
    pub fn take(
        &mut self,
        ledger: &Ledger<'_>,
        number: u32,
        is_seed: bool,
    ) -> Vec<(Rule, Tainted)> {
        if is_seed {
            self.seeds.push(number);
            // Limits depend on how many seeds there are: what they cut has to be followed anew.
            let is_cut = self.poison.as_ref().is_some_and(Poison::is_cut);
            if is_cut || self.seeds.len() == MOST_SEEDS_TOLD + 1 {
                *self = Follower::new(ledger, &self.seeds, &self.rules);
                return self.carried(number);
            }
        }
        let question = Question::of_so_many(ledger, self.seeds.len());
        self.walk.later(&question, number, is_seed);
        if let Some(poison) = &mut self.poison {
            poison.later(&question, number, is_seed);
        }
        if self.walk.is_cut() && !self.is_exact {
            *self = Follower::new(ledger, &self.seeds, &self.rules);
        }
        self.carried(number)
    }

    /// Takes a seed that the ledger holds already. Followed anew is only what it touches, unless a
    /// limit is near.
    pub fn complain(&mut self, ledger: &Ledger<'_>, seed: u32) {
        let Err(place) = self.seeds.binary_search(&seed) else { return };
        self.seeds.insert(place, seed);
        let seeds = self.seeds.clone();
        let question = Question { seeds, ..Question::of_so_many(ledger, self.seeds.len()) };
        let is_cut = self.walk.is_cut() || self.poison.as_ref().is_some_and(Poison::is_cut);
        let is_done = !is_cut
            && self.seeds.len() != MOST_SEEDS_TOLD + 1
            && self.walk.complain(&question, seed)
            && self.poison.as_mut().is_none_or(|poison| poison.complain(&question, seed));
        if is_done {
            self.is_exact = false;
        } else {
            *self = Follower::new(ledger, &self.seeds, &self.rules);
        }
    }

    /// The traces, in the order of the rules.
    pub fn traces(self, ledger: &Ledger<'_>) -> Vec<Trace> {
        let question = Question::of_so_many(ledger, self.seeds.len());
        let poisoned = self.poison.map(|poison| poison.finish(&question));
        let (mut amounts, mut poisoned) = (self.walk.finish().into_iter(), poisoned.into_iter());
        let one = |rule: &Rule| match rule {
            Rule::Poison => poisoned.next(),
            _ => amounts.next(),
        };
        self.rules.iter().filter_map(one).collect()
    }

    /// What a transfer carried, under each rule under which it carried anything.
    pub(crate) fn carried(&self, number: u32) -> Vec<(Rule, Tainted)> {
        let poisoned = self.poison.as_ref().and_then(|poison| poison.carried(number));
        let poisoned = poisoned.map(|carried| (Rule::Poison, carried));
        self.walk.carried(number).chain(poisoned).collect()
    }
}
