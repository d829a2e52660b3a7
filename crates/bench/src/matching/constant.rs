//! Whether the time that secrets take tells something of them: the way of dudect.
//!
//! Source: Reparaz, Balasch, Verbauwhede: Dude, is my code constant time?, 2017. The same work is
//! timed with one fixed secret and with secrets drawn anew, in random order; Welch's t over the two
//! lots of times, without the slowest tenth (interrupts), should stay below 4.5.

use std::hint::black_box;
use std::time::Instant;

use psi::asking::{Asking, Seed};
use psi::key::Key;
use psi::suite::Mode;

use crate::say;

/// Beyond this a difference is taken for real.
const LIMIT: f64 = 4.5;

/// Times what is done with a key, and with blinds.
pub(super) fn constant(samples: usize) -> Result<(), String> {
    say(&format!("the curve is computed the {} way", psi::machine::curve()));
    // Eight, so that a kernel of eight lanes has a group to itself and no lane is filled up.
    let inputs: Vec<String> = (0..8).map(|number| format!("phone:+849{number:08}")).collect();
    // Raising alone: the sums of a proof are over what both sides see and take what time they like,
    // and under a fixed key they would be the same sums each time. One key like any other, and one
    // with as few bits as a key can have, each against others.
    let one = Key::derive(Mode::Voprf, &[9; 32], b"constant").map_err(|error| error.to_string())?;
    let mut few = [0; 32];
    few[0] = 2;
    for (what, fixed) in [("key", *one.danger_bytes()), ("key with one bit", few)] {
        let keys: Vec<Key> = (0..samples as u64)
            .map(|number| match is_fixed(number) {
                true => Key::from_bytes(Mode::Voprf, &fixed),
                false => Key::derive(Mode::Voprf, &seed(number), b"constant"),
            })
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        tell(what, samples, |number| black_box(keys[number as usize].outputs(&inputs, 1)).is_ok())?;
    }
    let seeds: Vec<Seed> = (0..samples as u64)
        .map(|number| Seed(if is_fixed(number) { [0; 32] } else { seed(number) }))
        .collect();
    tell("blinds", samples, |number| {
        let seed = &seeds[number as usize];
        black_box(Asking::blind(Mode::Voprf, &inputs, 8, (seed, 0), 1)).is_ok()
    })
}

fn tell(what: &str, samples: usize, work: impl Fn(u64) -> bool) -> Result<(), String> {
    let (mut fixed, mut drawn) = (Vec::new(), Vec::new());
    for number in 0..samples as u64 {
        let start = now();
        let done = work(number);
        let took = start.elapsed().as_nanos() as f64;
        if !done {
            return Err(format!("{what}: refused"));
        }
        if is_fixed(number) { fixed.push(took) } else { drawn.push(took) }
    }
    let (fixed, drawn) = (cropped(fixed), cropped(drawn));
    let ((a, va), (b, vb)) = (moments(&fixed), moments(&drawn));
    let t = (a - b) / (va / fixed.len() as f64 + vb / drawn.len() as f64).sqrt();
    let verdict = if t.abs() < LIMIT { "no difference seen" } else { "A DIFFERENCE" };
    say(&format!("{what}: {samples} times, {a:.0} and {b:.0} ns, t = {t:.2}: {verdict}"));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a figure")]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// By chance, and the same at each run.
fn is_fixed(number: u64) -> bool {
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63) == 0
}

fn seed(number: u64) -> [u8; 32] {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    seed
}

/// Without the slowest tenth.
fn cropped(mut times: Vec<f64>) -> Vec<f64> {
    times.sort_by(f64::total_cmp);
    times.truncate(times.len() * 9 / 10);
    times
}

fn moments(times: &[f64]) -> (f64, f64) {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, variance)
}
