//! Several segments as one: rows and accounts counted through all of them.

use crate::segment::Segment;

/// Several segments as one: where a row or an account lies, counted through all of them.
pub(crate) struct Files<'a> {
    pub(crate) segments: Vec<Segment<'a>>,
    /// The first row of each segment, then their sum.
    pub(crate) rows: Vec<usize>,
    /// The first account of each segment, then their sum.
    accounts: Vec<usize>,
}

impl<'a> Files<'a> {
    pub(crate) fn new(segments: Vec<Segment<'a>>) -> Files<'a> {
        let starts = |count: fn(&Segment<'a>) -> usize| {
            let mut starts = vec![0];
            let mut sum = 0;
            starts.extend(segments.iter().map(|segment| {
                sum += count(segment);
                sum
            }));
            starts
        };
        let (rows, accounts) = (starts(Segment::len), starts(Segment::account_count));
        Files { segments, rows, accounts }
    }

    /// How many rows there are in all.
    pub(crate) fn len(&self) -> usize {
        self.rows.last().copied().unwrap_or_default()
    }

    /// How many accounts all of them name together, one as often as it is named.
    pub(crate) fn account_count(&self) -> usize {
        self.accounts.last().copied().unwrap_or_default()
    }

    fn find(&self, starts: &[usize], origin: u32) -> Option<(&Segment<'a>, usize)> {
        let origin = origin as usize;
        let number = match starts {
            [_, end] if origin < *end => 0,
            _ => starts.partition_point(|start| *start <= origin).checked_sub(1)?,
        };
        Some((self.segments.get(number)?, origin - starts.get(number)?))
    }

    /// The segment and the row there of a row counted through all.
    pub(crate) fn row(&self, origin: u32) -> Option<(&Segment<'a>, usize)> {
        self.find(&self.rows, origin)
    }

    /// The text of an account counted through all.
    pub(crate) fn account(&self, origin: u32) -> &'a str {
        let found = self.find(&self.accounts, origin);
        found.map_or("", |(segment, index)| segment.account(index))
    }
}
