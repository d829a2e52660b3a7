//! Scatter-gather: one account pays several, and these pay one other account.
//!
//! A transfer takes part as the gathering leg of some and as the scattering leg of others; both are
//! counted the same way, seen from the other side. For each account that pays the payer, the size
//! of the pattern is the number of accounts between it and the payee.

use super::window::{Direction, Window};

/// Sizes of the scatter-gathers that a transfer takes part in.
#[derive(Default)]
pub(super) struct Scatter {
    pass: u32,
    tallies: Vec<Tally>,
    /// One for each pattern of at least two accounts between.
    pub(super) sizes: Vec<u32>,
    pub(super) is_capped: bool,
    steps: u32,
}

/// How many accounts between were found for a vertex in one pass.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    pass: u32,
    between: u32,
}

impl Scatter {
    /// Finds the patterns of the newest transfer, among transfers from a number on.
    pub(super) fn find(&mut self, window: &Window, ends: (u32, u32), first: u32, steps: u32) {
        self.sizes.clear();
        self.is_capped = false;
        self.steps = steps;
        if self.tallies.len() < window.vertices() {
            self.tallies.resize(window.vertices(), Tally::default());
        }
        // The newest transfer gathers, then it scatters.
        let is_done = self.side(window, ends, first, Direction::In).is_some()
            && self.side(window, (ends.1, ends.0), first, Direction::Out).is_some();
        self.is_capped = !is_done;
    }

    /// For each account behind `near`, the accounts between it and `far`. `None` at the limit.
    fn side(
        &mut self,
        window: &Window,
        (near, far): (u32, u32),
        first: u32,
        direction: Direction,
    ) -> Option<()> {
        let behind = window.side(near, direction).kept;
        let beside = window.side(far, direction).kept;
        if behind == 0 || beside < 2 {
            return Some(());
        }
        self.pass = self.pass.wrapping_add(1);
        if self.pass == 0 {
            self.tallies.fill(Tally::default());
            self.pass = 1;
        }
        if behind <= beside {
            self.by_behind(window, (near, far), first, direction)
        } else {
            self.by_beside(window, (near, far), first, direction)
        }
    }

    /// Few accounts are behind: what each shares with `far`.
    fn by_behind(
        &mut self,
        window: &Window,
        (near, far): (u32, u32),
        first: u32,
        direction: Direction,
    ) -> Option<()> {
        let opposite = direction.other();
        for (origin, _) in window.edges(near, direction, first) {
            self.step()?;
            if origin == far || self.seen(origin) {
                continue;
            }
            let from_origin = window.side(origin, opposite).kept;
            if from_origin < 2 {
                continue;
            }
            let mut between = 0;
            // The shorter list is walked, the other one is asked.
            let walks_origin = from_origin <= window.side(far, direction).kept;
            let (walked, toward) = if walks_origin { (origin, opposite) } else { (far, direction) };
            for (middle, number) in window.edges(walked, toward, first) {
                self.step()?;
                if window.edge(number).next_of_pair != 0 {
                    continue;
                }
                let asked = match (walks_origin, direction) {
                    (true, Direction::In) => window.newest_between(middle, far),
                    (true, Direction::Out) => window.newest_between(far, middle),
                    (false, Direction::In) => window.newest_between(origin, middle),
                    (false, Direction::Out) => window.newest_between(middle, origin),
                };
                between += u32::from(asked >= first);
            }
            if between >= 2 {
                self.sizes.push(between);
            }
        }
        Some(())
    }

    /// Few accounts pay `far`: what is behind each of them is tallied.
    fn by_beside(
        &mut self,
        window: &Window,
        (near, far): (u32, u32),
        first: u32,
        direction: Direction,
    ) -> Option<()> {
        let mut others = 0;
        for (middle, number) in window.edges(far, direction, first) {
            self.step()?;
            if middle == near || window.edge(number).next_of_pair != 0 {
                continue;
            }
            others += 1;
            for (origin, number) in window.edges(middle, direction, first) {
                self.step()?;
                if window.edge(number).next_of_pair == 0 {
                    let tally = self.tally(origin);
                    tally.between += 1;
                }
            }
        }
        if others == 0 {
            return Some(());
        }
        for (origin, number) in window.edges(near, direction, first) {
            self.step()?;
            let between = self.tallied(origin);
            if between > 0 && origin != far && window.edge(number).next_of_pair == 0 {
                self.sizes.push(between + 1);
            }
        }
        Some(())
    }

    fn step(&mut self) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        Some(())
    }

    /// Whether a vertex was asked for in this pass before.
    fn seen(&mut self, vertex: u32) -> bool {
        let tally = self.tally(vertex);
        tally.between += 1;
        tally.between > 1
    }

    fn tallied(&self, vertex: u32) -> u32 {
        let tally = self.tallies[vertex as usize];
        if tally.pass == self.pass { tally.between } else { 0 }
    }

    fn tally(&mut self, vertex: u32) -> &mut Tally {
        let pass = self.pass;
        let tally = &mut self.tallies[vertex as usize];
        if tally.pass != pass {
            *tally = Tally { pass, between: 0 };
        }
        tally
    }
}
