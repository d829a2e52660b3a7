//! Parts: whose money an amount is, in whole smallest units that always add up.

/// Some seed payments' parts of an amount: transfer number and how much, by rising number.
pub(super) type Parts = Vec<(u32, i64)>;

/// Divides `amount` among parts of `total` in their proportion: each boundary between two parts
/// is rounded down, so the parts of the amount add up to it.
pub(super) fn shared(parts: &[(u32, i64)], total: i64, amount: i64) -> Parts {
    let (mut sum, mut given) = (0_i128, 0_i64);
    let mut found = Parts::with_capacity(parts.len());
    for (seed, part) in parts {
        sum += i128::from(*part);
        let upto = sum * i128::from(amount) / i128::from(total.max(1));
        let upto = i64::try_from(upto).unwrap_or(amount);
        if upto > given {
            found.push((*seed, upto - given));
        }
        given = upto;
    }
    found
}

/// Adds parts to parts, one entry a seed.
pub(super) fn add(into: &mut Parts, more: &[(u32, i64)]) {
    for (seed, amount) in more {
        match into.binary_search_by_key(seed, |part| part.0) {
            Ok(place) => into[place].1 = into[place].1.saturating_add(*amount),
            Err(place) => into.insert(place, (*seed, *amount)),
        }
    }
}

/// Takes parts out of the parts that hold them.
pub(super) fn take(from: &mut Parts, less: &[(u32, i64)]) {
    for (seed, amount) in less {
        if let Ok(place) = from.binary_search_by_key(seed, |part| part.0) {
            from[place].1 -= amount;
        }
    }
    from.retain(|part| part.1 > 0);
}
