//! The order of things inside the layers, so that few lines cross.
//!
//! Source: Sugiyama, Tagawa and Toda (1981), barycentres; neighbours are then swapped where that
//! saves crossings. Always the same order for the same chart: ties keep the order they had.

/// At most so many sweeps over all layers.
const MAX_SWEEPS: usize = 24;
/// At most so many rounds of swapping neighbours.
const MAX_SWAP_ROUNDS: usize = 8;
/// Swapping is left out where the lines are more than this: nobody sees the difference then.
const MAX_LINES_TO_SWAP: usize = 4_000;

/// Lines between neighbouring layers: an item of the left layer, one of the right layer.
pub(crate) type Lines<'a> = &'a [(usize, usize)];

/// Orders the items of each layer; `layers` holds them in the order to start from.
pub(crate) fn order(layers: Vec<Vec<usize>>, lines: Lines<'_>, items: usize) -> Vec<Vec<usize>> {
    let mut left: Vec<Vec<usize>> = vec![Vec::new(); items];
    let mut right: Vec<Vec<usize>> = vec![Vec::new(); items];
    for &(from, to) in lines {
        right[from].push(to);
        left[to].push(from);
    }
    let mut layers = layers;
    let mut best = (crossings(&layers, &right, items), layers.clone());
    for sweep in 0..MAX_SWEEPS {
        let to_right = sweep % 2 == 0;
        let neighbours = if to_right { &left } else { &right };
        let mut places = places(&layers, items);
        let indices: Vec<usize> = match to_right {
            true => (0..layers.len()).collect(),
            false => (0..layers.len()).rev().collect(),
        };
        for index in indices {
            sort_by_barycentre(&mut layers[index], neighbours, &places);
            note_places(&layers[index], &mut places);
        }
        if lines.len() <= MAX_LINES_TO_SWAP {
            swap_neighbours(&mut layers, &left, &right, items);
        }
        let found = crossings(&layers, &right, items);
        if found < best.0 {
            best = (found, layers.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    best.1
}

fn sort_by_barycentre(layer: &mut [usize], neighbours: &[Vec<usize>], places: &[usize]) {
    let mut keyed: Vec<(f64, usize)> = layer
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let list = &neighbours[*item];
            let sum: usize = list.iter().map(|other| places[*other]).sum();
            let centre =
                if list.is_empty() { place as f64 } else { sum as f64 / list.len() as f64 };
            (centre, *item)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0)); // stable: ties keep their order
    for (slot, (_, item)) in layer.iter_mut().zip(keyed) {
        *slot = item;
    }
}

fn swap_neighbours(
    layers: &mut [Vec<usize>],
    left: &[Vec<usize>],
    right: &[Vec<usize>],
    items: usize,
) {
    for _ in 0..MAX_SWAP_ROUNDS {
        let mut improved = false;
        let mut places = places(layers, items);
        for layer in layers.iter_mut() {
            for at in 1..layer.len() {
                let (upper, lower) = (layer[at - 1], layer[at]);
                let saved = |side: &[Vec<usize>]| {
                    let now = pair_crossings(&side[upper], &side[lower], &places);
                    now - pair_crossings(&side[lower], &side[upper], &places)
                };
                if saved(left) + saved(right) > 0 {
                    layer.swap(at - 1, at);
                    places[upper] = at;
                    places[lower] = at - 1;
                    improved = true;
                }
            }
        }
        if !improved {
            return;
        }
    }
}

/// Crossings between the lines of an upper and a lower item.
fn pair_crossings(upper: &[usize], lower: &[usize], places: &[usize]) -> i64 {
    let crosses = |a: &usize| lower.iter().filter(|b| places[**b] < places[*a]).count() as i64;
    upper.iter().map(crosses).sum()
}

fn crossings(layers: &[Vec<usize>], right: &[Vec<usize>], items: usize) -> usize {
    let places = places(layers, items);
    let mut sum = 0;
    for (index, layer) in layers.iter().enumerate() {
        let size = layers.get(index + 1).map_or(0, Vec::len);
        let mut tree = vec![0_usize; size + 1];
        let mut seen = 0;
        for item in layer {
            let mut targets: Vec<usize> = right[*item].iter().map(|to| places[*to]).collect();
            targets.sort_unstable();
            for target in &targets {
                sum += seen - up_to(&tree, *target + 1);
            }
            for target in &targets {
                add(&mut tree, *target + 1);
                seen += 1;
            }
        }
    }
    sum
}

/// Fenwick tree: how many of the first `index` places are taken.
fn up_to(tree: &[usize], mut index: usize) -> usize {
    let mut sum = 0;
    while index > 0 {
        sum += tree[index];
        index &= index - 1;
    }
    sum
}

fn add(tree: &mut [usize], mut index: usize) {
    while index < tree.len() {
        tree[index] += 1;
        index += index & index.wrapping_neg();
    }
}

fn places(layers: &[Vec<usize>], items: usize) -> Vec<usize> {
    let mut places = vec![0; items];
    for layer in layers {
        note_places(layer, &mut places);
    }
    places
}

fn note_places(layer: &[usize], places: &mut [usize]) {
    for (place, item) in layer.iter().enumerate() {
        places[*item] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing_lines_are_untangled() {
        let layers = vec![vec![0, 1, 2], vec![3, 4, 5]];
        let lines = [(0, 5), (1, 4), (2, 3)];
        let ordered = order(layers.clone(), &lines, 6);
        let mut right = vec![Vec::new(); 6];
        for (from, to) in lines {
            right[from].push(to);
        }
        assert_eq!(crossings(&layers, &right, 6), 3);
        assert_eq!(crossings(&ordered, &right, 6), 0);
    }
}
