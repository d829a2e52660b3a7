//! Three nodes and a line that loses, doubles, delays and reorders, while nodes are started anew
//! and clocks jump: whatever happens, what has to hold holds, and in the end all comes to rest.
//!
//! `LIENKET_CAMPAIGN=N` runs N times as many seeds.

use sim::chance::Chance;
use sim::invariants::broken;
use sim::world::World;

use super::{check_settled, world};

const SEEDS: u64 = 24;
const STEPS: u64 = 120;

/// A parcel that is under way.
struct UnderWay {
    from: usize,
    to: usize,
    bytes: Vec<u8>,
}

/// One run; how many faults it held.
fn run(seed: u64) -> u64 {
    let (mut world, _folder) = world(1_000 + seed, 3);
    let mut chance = Chance::new(seed);
    let mut line: Vec<UnderWay> = Vec::new();
    let (mut faults, mut sent) = (0, 0);
    for _ in 0..STEPS {
        let from = chance.below(3) as usize;
        let to = (from + 1 + chance.below(2) as usize) % 3;
        match chance.below(10) {
            0 | 1 => {
                world.at(from).send(world.at(to).id(), &format!("message {sent}")).unwrap();
                sent += 1;
            }
            2..=4 => {
                let bytes = world.at(from).exchange.offer(world.at(to).id(), None).unwrap().bytes;
                line.push(UnderWay { from, to, bytes });
            }
            5 | 6 => faults += arrive(&world, &mut line, &mut chance),
            7 => {
                faults += u64::from(!line.is_empty());
                line.pop();
            }
            8 => {
                world.members[from].restart().unwrap();
                faults += 1;
            }
            _ => {
                world.at(from).clock.advance(chance.below(7_200) as i64 - 3_600);
                faults += 1;
            }
        }
        check(&world, false, seed);
    }
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        check_settled(&world, one, other);
    }
    check(&world, true, seed);
    faults
}

/// Some parcel arrives: the first or any, once or twice, or with a bit that was changed.
fn arrive(world: &World, line: &mut Vec<UnderWay>, chance: &mut Chance) -> u64 {
    if line.is_empty() {
        return 0;
    }
    let place = chance.below(line.len() as u64) as usize;
    let keeps = chance.below(3) == 0;
    let bends = chance.below(4) == 0;
    let UnderWay { from, to, mut bytes } = match keeps {
        true => UnderWay { bytes: line[place].bytes.clone(), ..line[place] },
        false => line.remove(place),
    };
    if bends {
        let bit = chance.below(bytes.len() as u64 * 8);
        bytes[(bit / 8) as usize] ^= 1 << (bit % 8);
    }
    let (by, to) = (world.at(from).id(), world.at(to));
    let taken = to.exchange.take(Some(by), &bytes);
    assert!(bends || taken.is_ok(), "a right parcel is never refused: {taken:?}");
    u64::from(place > 0) + u64::from(keeps) + u64::from(bends)
}

fn check(world: &World, is_settled: bool, seed: u64) {
    for from in 0..3 {
        for to in (0..3).filter(|to| *to != from) {
            let broken = broken(world.at(from), world.at(to), is_settled).unwrap();
            assert!(broken.is_empty(), "seed {seed}, {from} to {to}: {broken:#?}");
        }
    }
}

#[test]
fn nothing_is_lost_doubled_or_forged_whatever_the_line_does() {
    let times = std::env::var("LIENKET_CAMPAIGN").ok().and_then(|times| times.parse().ok());
    let seeds = SEEDS * times.unwrap_or(1_u64);
    let faults: u64 = (0..seeds).map(run).sum();
    assert!(faults > seeds * STEPS / 4, "{faults} faults in {seeds} runs");
}
