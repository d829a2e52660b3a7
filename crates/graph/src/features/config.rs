//! What the engine is asked to look for: windows, bins, limits, and the names of its columns.

use super::cycles::MAX_HOPS;
use super::passing::PASSING;

/// One hour in microseconds.
pub const HOUR: i64 = 3_600_000_000;

/// How far back each kind looks, in microseconds; a transfer that old to the moment still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Fan, degree and the statistics of amounts.
    pub counts: i64,
    /// Scatter-gather.
    pub scatter_gather: i64,
    /// Temporal cycles.
    pub temporal_cycles: i64,
    /// Simple cycles.
    pub simple_cycles: i64,
}

impl Windows {
    /// The longest of them: what came earlier changes nothing.
    pub fn longest(&self) -> i64 {
        self.counts.max(self.scatter_gather).max(self.temporal_cycles).max(self.simple_cycles)
    }
}

/// Sizes of patterns, told apart by where each bin begins; the last one has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bins(Vec<u32>);

impl Bins {
    /// Bins that begin at 2 or more, each above the one before; `None` where they do not, or
    /// where there is none or more than 64.
    pub fn new(starts: &[u32]) -> Option<Bins> {
        let ascends = starts.windows(2).all(|pair| matches!(pair, [one, two] if one < two));
        let fits = ascends && starts.len() <= 64 && starts.first().is_some_and(|first| *first >= 2);
        fits.then(|| Bins(starts.to_vec()))
    }

    /// The sizes at which they begin.
    pub fn starts(&self) -> &[u32] {
        &self.0
    }

    /// How many bins there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bin of a size; `None` where the size is smaller than the first bin.
    pub(super) fn place(&self, size: u32) -> Option<usize> {
        self.0.iter().rposition(|start| *start <= size)
    }
}

/// How many transfers one row may look at. A row that hits a limit says so in its own column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To find the patterns of scatter-gather.
    pub scatter_gather: u32,
    /// To learn which accounts can lie on a cycle.
    pub reach: u32,
    /// To count the cycles of one kind.
    pub cycles: u32,
}

/// What the engine looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How far back each kind looks.
    pub windows: Windows,
    /// The same bins for all patterns.
    pub bins: Bins,
    /// Accounts that a temporal cycle passes at most; held between 2 and `MAX_HOPS`.
    pub temporal_hops: u8,
    /// Accounts that a simple cycle passes at most; held between 2 and `MAX_HOPS`.
    pub simple_hops: u8,
    /// How much one row may cost.
    pub limits: Limits,
}

impl Default for Config {
    /// The configuration in which the peer was published: 24 hours, scatter-gather 6 hours.
    fn default() -> Config {
        Config {
            windows: Windows {
                counts: 24 * HOUR,
                scatter_gather: 6 * HOUR,
                temporal_cycles: 24 * HOUR,
                simple_cycles: 24 * HOUR,
            },
            bins: Bins(vec![2, 3, 5, 9]),
            temporal_hops: 10,
            simple_hops: 10,
            limits: Limits { scatter_gather: 100_000, reach: 100_000, cycles: 100_000 },
        }
    }
}

/// Patterns, in the order of their columns; each has one column a bin.
pub(super) const PATTERNS: [&str; 7] = [
    "fan_in",
    "fan_out",
    "degree_in",
    "degree_out",
    "scatter_gather",
    "temporal_cycle",
    "simple_cycle",
];
/// The books of the payer and of the payee.
const BOOKS: [&str; 4] = ["source_out", "source_in", "target_out", "target_in"];
/// The columns of each book.
pub(super) const STATISTICS: [&str; 11] = [
    "fan", "degree", "ratio", "average", "sum", "minimum", "maximum", "median", "variance", "skew",
    "kurtosis",
];
/// 1 where a limit was hit, so that the counts of this row are at least what they say.
const CAPPED: [&str; 3] =
    ["scatter_gather_is_capped", "temporal_cycle_is_capped", "simple_cycle_is_capped"];

impl Config {
    /// The last columns of a row say whether a limit was hit: so many.
    pub const CAPPED_COLUMNS: usize = CAPPED.len();

    /// How many columns a row has.
    pub fn width(&self) -> usize {
        let own = PASSING.len() + CAPPED.len();
        PATTERNS.len() * self.bins.len() + BOOKS.len() * STATISTICS.len() + own
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> Vec<String> {
        let starts = &self.bins.0;
        let bin = |place: usize| match (starts.get(place), starts.get(place + 1)) {
            (Some(start), Some(next)) if start + 1 == *next => start.to_string(),
            (Some(start), Some(next)) => format!("{start}_to_{}", next - 1),
            (start, _) => format!("{}_and_more", start.copied().unwrap_or_default()),
        };
        let patterns = PATTERNS
            .iter()
            .flat_map(|name| (0..starts.len()).map(move |place| format!("{name}_{}", bin(place))));
        let books = BOOKS.iter().flat_map(|book| STATISTICS.map(|name| format!("{book}_{name}")));
        let own = PASSING.into_iter().chain(CAPPED).map(str::to_owned);
        patterns.chain(books).chain(own).collect()
    }

    /// The hops held to what can be counted: temporal, simple.
    pub(super) fn hops(&self) -> [u8; 2] {
        [self.temporal_hops, self.simple_hops].map(|hops| hops.clamp(2, MAX_HOPS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_stable_names() {
        let columns = Config::default().columns();
        assert_eq!(columns.len(), Config::default().width());
        let named = |place: usize| columns.get(place).map(String::as_str);
        assert_eq!(named(0), Some("fan_in_2"));
        assert_eq!(named(5), Some("fan_out_3_to_4"));
        assert_eq!(named(27), Some("simple_cycle_9_and_more"));
        assert_eq!(named(28), Some("source_out_fan"));
        assert_eq!(named(71), Some("target_in_kurtosis"));
        assert_eq!(named(72), Some("passed_part"));
        assert_eq!(named(79), Some("simple_cycle_is_capped"));
    }

    #[test]
    fn bins_ascend_from_two() {
        assert_eq!(Bins::new(&[]), None);
        assert_eq!(Bins::new(&[1, 2]), None);
        assert_eq!(Bins::new(&[2, 2]), None);
        let bins = Bins::new(&[2, 3, 5, 9]).unwrap();
        let places = [1, 2, 3, 4, 5, 8, 9, 1_000].map(|size| bins.place(size));
        assert_eq!(places, [None, Some(0), Some(1), Some(1), Some(2), Some(2), Some(3), Some(3)]);
    }
}
