//! The amounts of one side of an account, in order, and their moments.
//!
//! A busy side keeps its amounts in sorted blocks and the sums of their first four powers as whole
//! numbers. Neither depends on what came and went before, so a row is the same wherever a run
//! began.

use super::wide::Wide;

/// Larger amounts count as this one: more cents than there is money, and exact in an `f64`.
pub const MAX_AMOUNT: i64 = (1 << 53) - 1;
/// So few amounts are looked at one by one, in a hub as elsewhere: which way is taken shows in the
/// last digits, so it must not depend on the past of an account.
pub(super) const FEW: usize = 16;
/// A block is split when it is longer than this.
const BLOCK: usize = 256;
/// A block that is shorter than this joins its neighbour where both fit into one.
const SHORT: usize = 32;

/// What the amounts of one side amount to; all zero where there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) average: f64,
    pub(super) sum: f64,
    pub(super) minimum: f64,
    pub(super) maximum: f64,
    pub(super) median: f64,
    pub(super) variance: f64,
    pub(super) skew: f64,
    pub(super) kurtosis: f64,
}

impl Moments {
    /// The moments of a few amounts, in ascending order.
    pub(super) fn of(sorted: &[i64]) -> Moments {
        let (Some(&minimum), Some(&maximum)) = (sorted.first(), sorted.last()) else {
            return Moments::default();
        };
        let count = sorted.len() as f64;
        let sum = sorted.iter().sum::<i64>() as f64;
        let average = sum / count;
        let half = sorted.len() / 2;
        let upper = sorted.get(half).copied().unwrap_or(maximum);
        let lower = sorted.get((sorted.len() - 1) / 2).copied().unwrap_or(upper);
        let mut moments = Moments {
            average,
            sum,
            minimum: minimum as f64,
            maximum: maximum as f64,
            median: middle(lower, upper),
            ..Moments::default()
        };
        if minimum < maximum {
            let (mut second, mut third, mut fourth) = (0.0, 0.0, 0.0);
            for amount in sorted {
                let away = *amount as f64 - average;
                let square = away * away;
                second += square;
                third += square * away;
                fourth += square * square;
            }
            moments.shape(second / count, third / count, fourth / count);
        }
        moments
    }

    /// Variance, skew and kurtosis from the central moments of the whole population.
    fn shape(&mut self, second: f64, third: f64, fourth: f64) {
        self.variance = second;
        self.skew = third / (second * second.sqrt());
        self.kurtosis = fourth / (second * second);
    }
}

fn middle(lower: i64, upper: i64) -> f64 {
    (lower as f64 + upper as f64) / 2.0
}

/// Many amounts that come and go.
#[derive(Debug, Clone, Default)]
pub(super) struct Amounts {
    blocks: Vec<Vec<i64>>,
    count: usize,
    /// The sums of the amounts and of their squares, cubes and fourth powers.
    powers: [Wide; 4],
}

impl Amounts {
    pub(super) fn insert(&mut self, amount: i64) {
        let last = self.blocks.len().saturating_sub(1);
        let place = self.block_of(amount).min(last);
        match self.blocks.get_mut(place) {
            None => self.blocks.push(vec![amount]),
            Some(block) => {
                let at = block.partition_point(|held| *held < amount);
                block.insert(at, amount);
                if block.len() > BLOCK {
                    let upper = block.split_off(BLOCK / 2);
                    self.blocks.insert(place + 1, upper);
                }
            }
        }
        self.count += 1;
        for (sum, power) in self.powers.iter_mut().zip(powers(amount)) {
            *sum = sum.add(power);
        }
    }

    /// Takes out an amount that was put in.
    pub(super) fn remove(&mut self, amount: i64) {
        let place = self.block_of(amount);
        let Some(block) = self.blocks.get_mut(place) else { return };
        let at = block.partition_point(|held| *held < amount);
        assert!(block.get(at) == Some(&amount), "only what was put in is taken out");
        block.remove(at);
        let (short, empty) = (block.len() < SHORT, block.is_empty());
        if empty {
            self.blocks.remove(place);
        } else if short {
            self.join(place);
        }
        self.count -= 1;
        for (sum, power) in self.powers.iter_mut().zip(powers(amount)) {
            *sum = sum.subtract(power);
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Amounts::default();
    }

    pub(super) fn moments(&self) -> Moments {
        let (Some(first), Some(last)) = (self.blocks.first(), self.blocks.last()) else {
            return Moments::default();
        };
        let (Some(&minimum), Some(&maximum)) = (first.first(), last.last()) else {
            return Moments::default();
        };
        if self.count <= FEW {
            let mut few = [0; FEW];
            few.iter_mut().zip(self.blocks.iter().flatten()).for_each(|(to, from)| *to = *from);
            return Moments::of(few.get(..self.count).unwrap_or_default());
        }
        let [sum, squares, cubes, fourths] = self.powers;
        let count = self.count as f64;
        let (lower, upper) = self.middle_pair();
        let mut moments = Moments {
            average: sum.to_f64() / count,
            sum: sum.to_f64(),
            minimum: minimum as f64,
            maximum: maximum as f64,
            median: middle(lower, upper),
            ..Moments::default()
        };
        if minimum < maximum {
            // About a whole number near the average everything stays exact; the rest of the way,
            // less than one, is small enough for floating numbers.
            let centre = (moments.average as u64).min(MAX_AMOUNT as u64);
            let (number, by) = (Wide::new(self.count as u128), |wide: Wide| wide.times(centre));
            let first = sum.subtract(by(number));
            let second = by(by(number).subtract(sum.times(2))).add(squares);
            let third = cubes.subtract(by(squares.times(3).subtract(by(sum.times(3)))));
            let third = third.subtract(by(by(by(number))));
            let fourth = by(by(by(number).subtract(sum.times(4))).add(squares.times(6)));
            let fourth = by(fourth.subtract(cubes.times(4))).add(fourths);
            let rest = first.to_f64() / count;
            let (second, third, fourth) =
                (second.to_f64() / count, third.to_f64() / count, fourth.to_f64() / count);
            moments.shape(
                second - rest * rest,
                third - 3.0 * rest * second + 2.0 * rest.powi(3),
                fourth - 4.0 * rest * third + 6.0 * rest * rest * second - 3.0 * rest.powi(4),
            );
        }
        moments
    }

    /// The first block that may hold an amount.
    fn block_of(&self, amount: i64) -> usize {
        self.blocks.partition_point(|block| block.last().is_some_and(|last| *last < amount))
    }

    fn join(&mut self, place: usize) {
        let [Some(own), Some(next)] = [place, place + 1].map(|at| self.blocks.get(at)) else {
            return;
        };
        if own.len() + next.len() <= BLOCK / 2 {
            let next = self.blocks.remove(place + 1);
            if let Some(own) = self.blocks.get_mut(place) {
                own.extend(next);
            }
        }
    }

    fn middle_pair(&self) -> (i64, i64) {
        let (mut lower, mut upper) = ((self.count - 1) / 2, self.count / 2);
        let mut pair = (0, 0);
        let mut found = false;
        for block in &self.blocks {
            if let Some(amount) = block.get(lower).filter(|_| !found) {
                (pair.0, found) = (*amount, true);
            }
            if let Some(amount) = block.get(upper) {
                pair.1 = *amount;
                break;
            }
            lower = lower.wrapping_sub(block.len());
            upper -= block.len();
        }
        pair
    }
}

fn powers(amount: i64) -> [Wide; 4] {
    let amount = amount.unsigned_abs();
    let square = Wide::new(u128::from(amount) * u128::from(amount));
    let cube = square.times(amount);
    [Wide::new(u128::from(amount)), square, cube, cube.times(amount)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: f64, two: f64) -> bool {
        (one - two).abs() <= 1e-9 * one.abs().max(two.abs()).max(1e-9)
    }

    #[test]
    fn many_amounts_have_the_moments_of_the_same_amounts_at_once() {
        let amount = |n: i64| (n * n * 7_919) % 100_003 + (n % 5).pow(2) * 1_000_000_007;
        let mut amounts = Amounts::default();
        for n in 0..3_000 {
            amounts.insert(amount(n));
            if n >= 1_000 {
                amounts.remove(amount(n - 1_000));
            }
        }
        let mut held: Vec<i64> = (2_000..3_000).map(amount).collect();
        held.sort_unstable();
        let (slow, fast) = (Moments::of(&held), amounts.moments());
        assert_eq!((slow.median, slow.sum), (fast.median, fast.sum));
        assert_eq!((slow.minimum, slow.maximum), (fast.minimum, fast.maximum));
        assert!(close(slow.variance, fast.variance), "{slow:?} {fast:?}");
        assert!(close(slow.skew, fast.skew), "{slow:?} {fast:?}");
        assert!(close(slow.kurtosis, fast.kurtosis), "{slow:?} {fast:?}");
        held.iter().for_each(|amount| amounts.remove(*amount));
        assert_eq!(amounts.moments(), Moments::default());
    }

    #[test]
    fn equal_amounts_have_no_shape() {
        let mut amounts = Amounts::default();
        (0..100).for_each(|_| amounts.insert(MAX_AMOUNT));
        let moments = amounts.moments();
        assert_eq!((moments.variance, moments.skew, moments.kurtosis), (0.0, 0.0, 0.0));
    }
}
