//! A table of names that lies in a file: account numbers by the hash of the account's text.

/// A free slot.
pub(crate) const FREE: u32 = u32::MAX;

/// A table of names is at most half full.
pub(crate) fn slot_count(accounts: usize) -> usize {
    (accounts.max(1) * 2).next_power_of_two()
}

/// The slot that holds a name's account, or the free one where it would go.
pub(crate) fn place_of<'t>(
    slots: &[u32],
    name: &str,
    name_of: impl Fn(u32) -> &'t str,
) -> Option<usize> {
    let start = hash(name) as usize;
    let mask = slots.len().checked_sub(1)?;
    // A damaged table may have no free slot: nobody looks further than once around.
    (0..slots.len()).map(|step| (start + step) & mask).find(|place| {
        slots.get(*place).is_none_or(|number| *number == FREE || name_of(*number) == name)
    })
}

/// FNV-1a, folded: it stands in files, so no library may change it.
fn hash(name: &str) -> u32 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ hash >> 32) as u32
}
