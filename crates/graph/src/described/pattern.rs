//! A described pattern: roles of accounts and steps of transfers between them.

use model::country::Country;
use model::holding::HoldingKind;

/// A pattern has at most this many steps.
pub const MAX_STEPS: usize = 8;
/// No span of a pattern is longer than a year, in microseconds.
pub const MAX_WITHIN: i64 = 366 * 86_400_000_000;

/// A pattern whose steps are connected.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    name: String,
    within: i64,
    roles: Vec<Role>,
    steps: Vec<Step>,
}

/// A part that one account plays, or several alike.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Role {
    /// What it is called in the description.
    pub name: String,
    /// Whether several accounts play it.
    pub is_many: bool,
    /// What holds of each of its accounts.
    pub terms: Terms,
}

/// What holds of an account. An empty list, or none, asks nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// What the bank says it is: one of these.
    pub kinds: Vec<HoldingKind>,
    /// Where it is held: in one of these countries. Where that is not known, this does not hold.
    pub countries: Vec<Country>,
    /// Where it is held: known, and in none of these countries.
    pub outside: Vec<Country>,
    /// Its first transfer is at most so long before, in microseconds, and the case reaches back
    /// for as long before that.
    pub new: Option<i64>,
    /// It had transfers, then none for so long, in microseconds, and again within the pattern's
    /// span before the transfer looked at.
    pub dormant: Option<i64>,
}

/// Which side of a step several accounts are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Many {
    /// Several pay.
    From,
    /// Several are paid.
    To,
}

/// Which part of the money of the step before a step moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// At least; 1.0 is all.
    pub least: f64,
    /// At most.
    pub most: f64,
}

/// What each transfer of a step amounts to, in US cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsdRange {
    /// At least.
    pub least: i64,
    /// At most.
    pub most: i64,
}

/// Transfers from one role to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Who pays: the number of a role.
    pub from: usize,
    /// Who is paid: the number of a role.
    pub to: usize,
    /// Which side several accounts are on, if any.
    pub many: Option<Many>,
    /// With `many`, how many accounts there are at least; otherwise how many transfers.
    pub count: usize,
    /// From its first transfer to its last, in microseconds.
    pub within: i64,
    /// From the last transfer of the step before to its first, in microseconds. Where several
    /// accounts link the two steps, it is counted for each of them.
    pub gap: i64,
    /// Which part of the money of the step before it moves. Where several accounts link the two
    /// steps, it is counted for each of them.
    pub part: Option<Part>,
    /// What each transfer amounts to.
    pub usd: Option<UsdRange>,
    /// Whether each transfer crosses a border; where the countries are not known, it does neither.
    pub border: Option<bool>,
    /// Whether victims complained of each transfer.
    pub complained: bool,
}

/// What is wrong with a description. Steps are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// No step, or too many.
    #[error("a pattern has 1 to {MAX_STEPS} steps")]
    Steps,
    /// A step leads from a role to itself, or names no role.
    #[error("step {0} does not lead from one role to another")]
    Itself(usize),
    /// A step has several accounts on both sides.
    #[error("step {0} has several accounts on both sides")]
    BothMany(usize),
    /// A step shares no account with a later one.
    #[error("step {0} shares no account with a later step")]
    Unconnected(usize),
    /// A step's least number of accounts or transfers is none.
    #[error("step {0} has no count from 1 to 1000")]
    Count(usize),
    /// A span is none, or longer than a year.
    #[error("step {0} has a span that is none")]
    Span(usize),
}

impl Pattern {
    /// Takes a description whose steps are connected. A role is played by several accounts where a
    /// step says so.
    pub fn new(
        name: String,
        within: i64,
        roles: Vec<Role>,
        steps: Vec<Step>,
    ) -> Result<Pattern, Fault> {
        if steps.is_empty() || steps.len() > MAX_STEPS {
            return Err(Fault::Steps);
        }
        let mut pattern = Pattern { name, within, roles, steps };
        for step in &pattern.steps {
            let several = match step.many {
                Some(Many::From) => step.from,
                Some(Many::To) => step.to,
                None => continue,
            };
            if let Some(role) = pattern.roles.get_mut(several) {
                role.is_many = true;
            }
        }
        for (number, step) in pattern.steps.iter().enumerate() {
            pattern.check(number, step)?;
        }
        let is_span = |span: i64| (0..=MAX_WITHIN).contains(&span);
        if is_span(pattern.within) { Ok(pattern) } else { Err(Fault::Span(0)) }
    }

    fn check(&self, number: usize, step: &Step) -> Result<(), Fault> {
        let count = self.roles.len();
        if step.from == step.to || step.from >= count || step.to >= count {
            return Err(Fault::Itself(number));
        }
        if self.is_many(step.from) && self.is_many(step.to) {
            return Err(Fault::BothMany(number));
        }
        if !(1..=1_000).contains(&step.count) {
            return Err(Fault::Count(number));
        }
        let is_span = |span: i64| (0..=MAX_WITHIN).contains(&span);
        if !is_span(step.within) || !is_span(step.gap) {
            return Err(Fault::Span(number));
        }
        let mut later = self.steps.iter().skip(number + 1).peekable();
        let is_last = later.peek().is_none();
        let shares = |other: &Step| other.touches(step.from) || other.touches(step.to);
        if is_last || later.any(shares) { Ok(()) } else { Err(Fault::Unconnected(number)) }
    }

    /// What the pattern is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same within a shorter span, in microseconds.
    pub fn narrowed(mut self, within: i64) -> Pattern {
        self.within = self.within.min(within.max(0));
        self
    }

    /// From its first transfer to its last, at most, in microseconds.
    pub fn within(&self) -> i64 {
        self.within
    }

    /// Its roles; their places are their numbers.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Its steps, the earliest first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(super) fn is_many(&self, role: usize) -> bool {
        self.roles.get(role).is_some_and(|role| role.is_many)
    }

    /// The role that a step shares with the one before, where money passes through it: it is paid
    /// before and pays now.
    pub(super) fn through(&self, step: usize) -> Option<usize> {
        let (now, before) = (self.steps.get(step)?, self.steps.get(step.checked_sub(1)?)?);
        (before.to == now.from).then_some(now.from)
    }
}

impl Step {
    pub(super) fn touches(&self, role: usize) -> bool {
        self.from == role || self.to == role
    }
}
