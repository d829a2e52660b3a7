//! Heights: where in its column each thing stands, near what it is tied to and never on another.
//!
//! Each column in turn is solved exactly: least squares under the order of the column, by pooling
//! neighbours that would overlap (Ayer et al. 1955, isotonic regression).

/// At most so many sweeps over the columns.
const MAX_SWEEPS: usize = 16;

/// What a thing takes up in its column, and how far its neighbours must stay away.
pub(crate) struct Extent {
    /// From its top to its bottom.
    pub(crate) height: f64,
    /// Free room wanted above and below it.
    pub(crate) margin: f64,
}

/// A line that wants to be level: two items and where on each it ends, from the top.
pub(crate) struct Pull {
    /// The item in the left column and the height of the line's end on it.
    pub(crate) left: (usize, f64),
    /// The item in the right column.
    pub(crate) right: (usize, f64),
    /// How strongly.
    pub(crate) weight: f64,
}

/// The top of every item; the smallest is 0.
pub(crate) fn place(columns: &[Vec<usize>], extents: &[Extent], pulls: &[Pull]) -> Vec<f64> {
    let mut tops = stacked(columns, extents);
    let mut column_of = vec![0; extents.len()];
    for (index, column) in columns.iter().enumerate() {
        column.iter().for_each(|item| column_of[*item] = index);
    }
    let mut pulls_of: Vec<Vec<&Pull>> = vec![Vec::new(); extents.len()];
    for pull in pulls {
        pulls_of[pull.left.0].push(pull);
        pulls_of[pull.right.0].push(pull);
    }
    // Long ways must not drift off like stairs: nothing is drawn far above or below the fullest
    // column.
    let reach = 0.5 * columns.iter().map(|column| packed(column, extents)).fold(0.0, f64::max);
    for sweep in 0..MAX_SWEEPS {
        let both_sides = sweep + 4 >= MAX_SWEEPS;
        let to_right = sweep % 2 == 0;
        for step in 0..columns.len() {
            let index = if to_right { step } else { columns.len() - 1 - step };
            let wanted = |item: usize| {
                let (mut sum, mut weights) = (0.0, 0.0);
                for pull in &pulls_of[item] {
                    let (mine, other) = match pull.left.0 == item {
                        true => (pull.left, pull.right),
                        false => (pull.right, pull.left),
                    };
                    let is_behind = (column_of[other.0] < index) == to_right;
                    if is_behind || both_sides {
                        sum += pull.weight * (tops[other.0] + other.1 - mine.1);
                        weights += pull.weight;
                    }
                }
                match weights > 0.0 {
                    true => ((sum / weights).clamp(-reach, reach), weights),
                    false => (tops[item], 0.01),
                }
            };
            let wishes: Vec<(f64, f64)> = columns[index].iter().map(|item| wanted(*item)).collect();
            let solved = settle(&columns[index], extents, &wishes);
            let shift = shift_into(&columns[index], extents, &solved, reach * 1.1);
            for (item, top) in columns[index].iter().zip(solved) {
                tops[*item] = top + shift;
            }
        }
    }
    let least = tops.iter().copied().fold(f64::INFINITY, f64::min);
    tops.iter().map(|top| if least.is_finite() { top - least } else { *top }).collect()
}

/// By how much a column must move so that it lies within reach above and below the middle.
fn shift_into(column: &[usize], extents: &[Extent], tops: &[f64], reach: f64) -> f64 {
    let top = tops.first().copied().unwrap_or(0.0);
    let bottom = match (column.last(), tops.last()) {
        (Some(item), Some(top)) => top + extents[*item].height,
        _ => 0.0,
    };
    match (top < -reach, bottom > reach) {
        (true, false) => (-reach - top).min(reach - bottom),
        (false, true) => (reach - bottom).max(-reach - top),
        _ => 0.0,
    }
}

/// Every column packed and centred on the same line.
fn stacked(columns: &[Vec<usize>], extents: &[Extent]) -> Vec<f64> {
    let mut tops = vec![0.0; extents.len()];
    for column in columns {
        let mut at = 0.0;
        for (place, item) in column.iter().enumerate() {
            at += if place == 0 { 0.0 } else { distance(column, place, extents) };
            tops[*item] = at;
        }
        let middle = packed(column, extents) / 2.0;
        column.iter().for_each(|item| tops[*item] -= middle);
    }
    tops
}

/// The height of a column without any more room than its items want.
fn packed(column: &[usize], extents: &[Extent]) -> f64 {
    let distances = (1..column.len()).map(|place| distance(column, place, extents)).sum::<f64>();
    distances + column.last().map_or(0.0, |item| extents[*item].height)
}

/// From the top of the item before to the top of this one, at least.
fn distance(column: &[usize], place: usize, extents: &[Extent]) -> f64 {
    let (before, this) = (&extents[column[place - 1]], &extents[column[place]]);
    before.height + before.margin.max(this.margin)
}

/// The tops nearest to the wishes (value and weight) that keep the distances.
fn settle(column: &[usize], extents: &[Extent], wishes: &[(f64, f64)]) -> Vec<f64> {
    // Shifting each wish by the room the items before it need leaves "never decreasing" alone.
    let mut offsets = Vec::with_capacity(column.len());
    let mut offset = 0.0;
    for place in 0..column.len() {
        offset += if place == 0 { 0.0 } else { distance(column, place, extents) };
        offsets.push(offset);
    }
    let mut pools: Vec<(f64, f64, usize)> = Vec::new(); // sum of weight × wish, weight, items
    for ((wish, weight), offset) in wishes.iter().zip(&offsets) {
        pools.push(((wish - offset) * weight, *weight, 1));
        while let [.., before, last] = pools.as_slice()
            && before.0 / before.1 > last.0 / last.1
        {
            let merged = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    let means = pools.iter().flat_map(|(sum, weight, items)| vec![sum / weight; *items]);
    means.zip(&offsets).map(|(mean, offset)| mean + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_distance_and_come_near_their_wishes() {
        let extents: Vec<Extent> = (0..3).map(|_| Extent { height: 10.0, margin: 2.0 }).collect();
        let found = settle(&[0, 1, 2], &extents, &[(0.0, 1.0), (0.0, 1.0), (50.0, 1.0)]);
        assert_eq!(found, [-6.0, 6.0, 50.0]);
    }

    #[test]
    fn one_payee_stands_in_the_middle_of_its_payers() {
        let extents: Vec<Extent> = (0..3).map(|_| Extent { height: 10.0, margin: 2.0 }).collect();
        let pull = |item| Pull { left: (item, 5.0), right: (2, 5.0), weight: 1.0 };
        let tops = place(&[vec![0, 1], vec![2]], &extents, &[pull(0), pull(1)]);
        assert!((tops[2] - 6.0).abs() < 0.01, "{tops:?}");
    }
}
