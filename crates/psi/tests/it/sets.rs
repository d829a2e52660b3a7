//! Published sets: what is in them is found, what is not is not, and bad bytes are refused.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use model::digest::Digest;
use proptest::prelude::*;
use psi::key::Key;
use psi::output::{Stem, handle as handle_of};
use psi::set::{BuildError, Builder, DRAWERS, Drawers, Entry, Plan, Set, SetError, Shard};
use psi::size::bucket;
use psi::suite::Mode;

fn outputs(inputs: &[String]) -> Vec<Stem> {
    let key = Key::derive(Mode::Voprf, &[1; 32], b"test").unwrap();
    let outputs = key.outputs(inputs, 2).unwrap();
    outputs.iter().map(|output| output.stem()).collect()
}

fn named(first: u32, count: u32) -> Vec<Stem> {
    outputs(&(first..first + count).map(|number| format!("email {number}")).collect::<Vec<_>>())
}

fn handle(number: usize) -> [u8; 8] {
    (number as u64).to_be_bytes()
}

fn entries(outputs: &[Stem]) -> Vec<Entry> {
    let each = outputs.iter().enumerate();
    each.map(|(number, output)| Entry::new(output, handle(number))).collect()
}

fn build(entries: Vec<Entry>) -> Result<Vec<u8>, SetError> {
    let mut builder = Builder::new();
    for entry in entries {
        let Ok(()) = builder.put(entry);
    }
    builder.bytes()
}

/// Drawers that lie elsewhere, and take only so many bytes.
#[derive(Clone)]
struct Elsewhere {
    drawers: Rc<RefCell<Vec<Vec<u8>>>>,
    room: usize,
}

impl Elsewhere {
    fn new(room: usize) -> Elsewhere {
        Elsewhere { drawers: Rc::new(RefCell::new(vec![Vec::new(); DRAWERS])), room }
    }
}

impl Drawers for Elsewhere {
    type Error = &'static str;

    fn put(&mut self, drawer: u8, bytes: &[u8]) -> Result<(), &'static str> {
        self.room = self.room.checked_sub(bytes.len()).ok_or("full")?;
        self.drawers.borrow_mut()[usize::from(drawer)].extend_from_slice(bytes);
        Ok(())
    }

    fn read(&mut self, drawer: u8) -> Result<Vec<u8>, &'static str> {
        Ok(self.drawers.borrow()[usize::from(drawer)].clone())
    }
}

/// The set that comes out of such drawers, and its entries as they were told.
fn build_elsewhere(entries: &[Entry]) -> Result<(Vec<u8>, Vec<Entry>), BuildError<&'static str>> {
    let mut builder = Builder::over(Elsewhere::new(usize::MAX));
    entries.iter().for_each(|entry| builder.put(*entry).unwrap());
    let (mut told, mut slots) = (Vec::new(), Vec::new());
    let head = builder.build(&mut |entry| told.push(*entry), &mut |bytes| {
        slots.extend_from_slice(bytes);
        Ok(())
    })?;
    Ok(([head, slots].concat(), told))
}

/// Entries that no identifier has, as many as one likes.
fn fillers(count: u64) -> Vec<Entry> {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 32) as u8
    };
    (0..count).map(|_| Entry::filler(&std::array::from_fn(|_| random()))).collect()
}

#[test]
fn what_is_in_a_set_is_found_with_its_handle_and_nothing_else() {
    for count in [0, 1, 2, 3, 10, 100, 3_000] {
        let known = named(0, count);
        let bytes = build(entries(&known)).unwrap();
        let set = Set::parse(&bytes).unwrap();
        assert_eq!(set.entries(), u64::from(count));
        for (number, output) in known.iter().enumerate() {
            assert_eq!(set.find(output), Some(handle(number)));
        }
        assert!(named(10_000, 500).iter().all(|output| set.find(output).is_none()));
    }
}

#[test]
fn a_set_of_several_shards_finds_across_all_of_them() {
    let known = named(0, 500);
    let mut all = entries(&known);
    all.extend(fillers(1 << 20));
    let bytes = build(all).unwrap();
    let set = Set::parse(&bytes).unwrap();
    assert_eq!(Plan::new(set.entries()).unwrap().shards(), 4);
    for (number, output) in known.iter().enumerate() {
        assert_eq!(set.find(output), Some(handle(number)));
    }
    let each = bytes.len() as f64 / set.entries() as f64;
    assert!(each < 20.0, "{each} bytes an identifier");
}

#[test]
fn an_identifier_that_stands_twice_is_refused_in_a_shard() {
    let mut double = entries(&named(0, 2));
    double.push(Entry { value: [7; 16], ..double[0] });
    assert_eq!(Shard::build(&double).err(), Some(SetError::Double));
    assert_eq!(build(double).err(), Some(SetError::Double));
}

#[test]
fn the_same_entry_twice_counts_once() {
    let mut double = entries(&named(0, 2));
    double.push(double[0]);
    assert_eq!(Set::parse(&build(double).unwrap()).unwrap().entries(), 2);
}

#[test]
fn the_order_of_the_entries_changes_nothing() {
    let mut turned = entries(&named(0, 200));
    let straight = build(turned.clone()).unwrap();
    turned.reverse();
    assert_eq!(build(turned).unwrap(), straight);
}

/// What the builder of 0.1 made of so many entries, which held them all: its length and digest.
#[test]
fn a_set_is_to_the_byte_what_it_always_was_wherever_its_entries_lie() {
    let before = [
        (0, 1_576, "b16eb66d1bfe15ca601a88a91f58707c8eaa0626d7a23d35343faf821c5cfb40"),
        (3, 1_576, "5abcfe1642c5b451873a6e5f4f3db9b67c348ec294dcbd274f74dd72e1979643"),
        (3_000, 65_576, "ee33a269b7109db5e2fdf2f216789527f52c9860fdff6e70fdb1e918467f6b51"),
        (600_000, 11_075_648, "12e1c132247f27f227ac6fd6958eb958b7b5088fa6aa2b9b12efe8a5a379a7e5"),
    ];
    for (count, length, digest) in before {
        let mut all = entries(&named(0, 40));
        all.extend(fillers(count));
        let bytes = build(all.clone()).unwrap();
        assert_eq!((bytes.len(), Digest::of(&bytes).to_string().as_str()), (length, digest));
        // Some twice, and in another order.
        let twice: Vec<Entry> = all.iter().rev().chain(all.iter().take(9)).copied().collect();
        let (elsewhere, told) = build_elsewhere(&twice).unwrap();
        all.sort_unstable();
        assert!(elsewhere == bytes && told == all);
    }
}

#[test]
fn a_drawer_has_whole_shards_where_there_are_more_of_them() {
    // A plan of 512 shards is one of a hundred million.
    let all = fillers(5_000);
    let plan = Plan::new(100_663_296).unwrap();
    assert_eq!(plan.shards(), 512);
    let mut counts = vec![0; 512];
    all.iter().for_each(|entry| counts[plan.shard(&entry.tag) as usize] += 1);
    assert!(counts.iter().all(|count| *count > 0));
    assert!(all.iter().all(|entry| plan.shard(&entry.tag) / 2 == u32::from(entry.tag[0])));
}

#[test]
fn what_only_fills_up_is_counted_without_being_looked_at() {
    let mut builder = Builder::new();
    for entry in entries(&named(0, 10)).into_iter().chain(entries(&named(0, 2))) {
        let Ok(()) = builder.put(entry);
    }
    assert_eq!(builder.count(), Ok(10));
    for entry in fillers(54) {
        let Ok(()) = builder.fill(&entry.bytes());
    }
    assert_eq!(builder.count(), Ok(64));
    assert_eq!(Set::parse(&builder.bytes().unwrap()).unwrap().entries(), 64);
}

#[test]
fn fillers_that_are_the_same_make_no_set() {
    let mut builder = Builder::over(Elsewhere::new(usize::MAX));
    builder.fill(&[7; 32]).unwrap();
    builder.fill(&[7; 32]).unwrap();
    let built = builder.build(&mut |_| {}, &mut |_| Ok(()));
    assert_eq!(built, Err(BuildError::Set(SetError::Plan)));
}

#[test]
fn drawers_that_are_full_or_a_set_that_cannot_be_written_are_told() {
    let known = entries(&named(0, 3));
    let mut builder = Builder::over(Elsewhere::new(64));
    let put: Vec<_> = known.iter().map(|entry| builder.put(*entry)).collect();
    assert_eq!(put, [Ok(()), Ok(()), Err("full")]);
    let built = builder.build(&mut |_| {}, &mut |_| Err("no space left"));
    assert_eq!(built, Err(BuildError::Outside("no space left")));
}

#[test]
fn an_entry_of_a_delta_gives_its_handle_to_its_own_output_alone() {
    let known = named(0, 2);
    let entry = Entry::new(&known[0], handle(5));
    assert_eq!((entry.handle(&known[0]), entry.handle(&known[1])), (Some(handle(5)), None));
}

#[test]
fn a_set_that_was_cut_anywhere_is_refused() {
    let bytes = build(entries(&named(0, 3))).unwrap();
    for length in 0..bytes.len() {
        assert!(Set::parse(&bytes[..length]).is_err(), "{length} of {}", bytes.len());
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    let (expected, found) = (bytes.len() as u64, longer.len() as u64);
    assert_eq!(Set::parse(&longer).err(), Some(SetError::Cut { expected, found }));
}

#[test]
fn more_than_a_set_holds_is_refused() {
    assert_eq!(Plan::new((1 << 30) + 1).err(), Some(SetError::Large((1 << 30) + 1)));
    assert_eq!(Plan::new(1 << 30).unwrap().shards(), 4_096);
}

#[test]
fn a_handle_is_the_same_for_one_secret_and_input_and_no_other() {
    let of = |secret, input: &str| handle_of(&[secret; 32], input.as_bytes());
    assert_eq!(of(1, "a"), of(1, "a"));
    assert!(of(1, "a") != of(2, "a") && of(1, "a") != of(1, "b"));
}

#[test]
fn sizes_that_are_seen_are_few() {
    let sizes = [(0, 64), (64, 64), (65, 96), (97, 128), (1_000, 1_024), (1_025, 1_536)];
    sizes.iter().for_each(|(count, seen)| assert_eq!(bucket(*count), *seen));
}

proptest! {
    #[test]
    fn no_bytes_make_a_set_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let output = &named(0, 1)[0];
        if let Ok(set) = Set::parse(&bytes) {
            set.find(output);
        }
        let head = [b"lkm1".as_slice(), &1_u32.to_le_bytes(), &1_u64.to_le_bytes()].concat();
        bytes.splice(0..0, head);
        if let Ok(set) = Set::parse(&bytes) {
            set.find(output);
        }
    }

    #[test]
    fn a_set_is_the_map_that_it_was_made_of(
        numbers in proptest::collection::btree_set(0_u32..5_000, 0..300),
    ) {
        let inputs: Vec<String> = numbers.iter().map(|number| format!("email {number}")).collect();
        let known: BTreeMap<u32, Stem> = numbers.iter().copied().zip(outputs(&inputs)).collect();
        let entries = known.iter().map(|(n, output)| Entry::new(output, handle(*n as usize)));
        let bytes = build(entries.collect()).unwrap();
        let set = Set::parse(&bytes).unwrap();
        for (number, output) in &known {
            prop_assert_eq!(set.find(output), Some(handle(*number as usize)));
        }
    }
}
