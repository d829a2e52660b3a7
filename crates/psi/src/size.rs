//! Sizes that may be seen: a list is filled up to the next of few, so that its own stays hidden.

/// The least that is asked about or published.
pub const LEAST: u64 = 64;

/// The least power of two, or one and a half times one, that holds so many.
pub fn bucket(count: u64) -> u64 {
    let count = count.max(LEAST);
    let power = count.checked_next_power_of_two().unwrap_or(u64::MAX);
    let between = power / 4 * 3;
    if count <= between { between } else { power }
}
