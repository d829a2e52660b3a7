//! Proofs against RFC 6962 as it is written, every leaf and every pair of sizes; and nothing that
//! was changed holds.

mod common;

use common::{Kept, path, root, subproof};
use model::digest::Digest;
use proptest::prelude::*;
use tlog::climb::Climb;
use tlog::frontier::Frontier;
use tlog::merkle;
use tlog::proof::{self, ProofError, check_consistency, check_inclusion};

/// Leaves enough that two kept levels come about.
const MANY: usize = 70_000;

fn leaves(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| number.to_be_bytes().to_vec()).collect()
}

/// The leaves and roots of RFC 6962's own test data, as Certificate Transparency's
/// implementations share them.
#[test]
fn known_roots_of_one_to_eight_leaves() {
    let data: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut frontier = Frontier::default();
    assert_eq!(frontier.root(), Digest::of(b""));
    for (data, root) in data.iter().zip(roots) {
        frontier.add(merkle::leaf(data));
        assert_eq!(frontier.root().to_string(), root);
    }
}

#[test]
fn every_proof_of_small_logs_is_that_of_the_standard() {
    let all = leaves(40);
    for size in 0..=all.len() {
        let (some, kept) = (&all[..size], Kept::of(&all[..size]));
        let whole = root(some);
        assert_eq!(kept.frontier.root(), whole);
        let read = proof::frontier(&kept, size as u64).unwrap();
        assert_eq!(read, Some(kept.frontier.clone()));
        for (place, data) in some.iter().enumerate() {
            let made = proof::inclusion(&kept, place as u64, size as u64).unwrap();
            assert_eq!(made, path(place, some));
            let leaf = merkle::leaf(data);
            check_inclusion(leaf, place as u64, size as u64, &made, &whole).unwrap();
            let before = proof::root_before(place as u64, size as u64, &made);
            assert_eq!(before, root(&some[..place]));
        }
        for earlier in 0..=size {
            let made = proof::consistency(&kept, earlier as u64, size as u64).unwrap();
            if earlier > 0 {
                assert_eq!(made, subproof(earlier, some, true));
            }
            let first = root(&some[..earlier]);
            let (old, new) = ((earlier as u64, &first), (size as u64, &whole));
            check_consistency(old, new, &made).unwrap();
        }
    }
}

#[test]
fn proofs_of_a_log_with_kept_levels_hold() {
    let all = leaves(MANY);
    let kept = Kept::of(&all);
    let whole = kept.frontier.root();
    assert_eq!(proof::frontier(&kept, MANY as u64).unwrap(), Some(kept.frontier.clone()));
    for place in [0, 1, 255, 256, 257, 65_535, 65_536, 69_999] {
        let made = proof::inclusion(&kept, place, MANY as u64).unwrap();
        let leaf = merkle::leaf(&all[place as usize]);
        check_inclusion(leaf, place, MANY as u64, &made, &whole).unwrap();
    }
    for earlier in [1, 255, 256, 1_000, 65_535, 65_536, 65_537, 69_999] {
        let made = proof::consistency(&kept, earlier, MANY as u64).unwrap();
        let first = proof::frontier(&kept, earlier).unwrap().unwrap().root();
        check_consistency((earlier, &first), (MANY as u64, &whole), &made).unwrap();
    }
}

#[test]
fn what_is_beyond_a_log_is_said_so() {
    let one = merkle::leaf(b"");
    assert_eq!(check_inclusion(one, 1, 1, &[], &one), Err(ProofError::Beyond(1, 1)));
    assert_eq!(check_inclusion(one, 0, 0, &[], &one), Err(ProofError::Beyond(0, 0)));
    assert_eq!(check_consistency((2, &one), (1, &one), &[]), Err(ProofError::Beyond(2, 1)));
    let other = merkle::leaf(b"other");
    assert_eq!(check_consistency((1, &one), (1, &other), &[]), Err(ProofError::Root));
    let many = vec![one; proof::MAX_HASHES];
    assert_eq!(
        check_inclusion(one, 0, u64::MAX, &many, &one),
        Err(ProofError::Length(proof::MAX_HASHES))
    );
    assert!(check_consistency((1, &one), (u64::MAX, &one), &many).is_err());
}

proptest! {
    /// What a climb says of each proof is what the check of that proof alone says, in any order,
    /// and whatever was wrong before.
    #[test]
    fn a_climb_says_of_each_proof_what_is_true_of_it(
        size in 1_usize..80,
        asked in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..1_024, 0_u8..4),
            1..60,
        ),
    ) {
        let all = leaves(size);
        let (kept, whole) = (Kept::of(&all), root(&all));
        let mut climb = Climb::new(size as u64, whole);
        for (place, which, bit, bent) in asked {
            let place = place.index(size);
            let mut made = proof::inclusion(&kept, place as u64, size as u64).unwrap();
            let mut leaf = merkle::leaf(&all[place]);
            let flip = |hash: &mut Digest| hash.0[bit % 256 / 8] ^= 1 << (bit % 8);
            match bent {
                0 if !made.is_empty() => {
                    let which = which.index(made.len());
                    flip(&mut made[which]);
                }
                1 => flip(&mut leaf),
                2 if bit < 64 => made.push(leaf),
                _ => {}
            }
            let alone = check_inclusion(leaf, place as u64, size as u64, &made, &whole);
            prop_assert_eq!(climb.check(leaf, place as u64, &made), alone);
        }
        let beyond = ProofError::Beyond(size as u64, size as u64);
        prop_assert_eq!(climb.check(whole, size as u64, &[]), Err(beyond));
    }

    /// Of another leaf, place, root or list of hashes a proof says nothing.
    #[test]
    fn a_changed_proof_holds_nothing(
        size in 2_usize..80,
        (place, earlier) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        (which, bit) in (any::<prop::sample::Index>(), 0_usize..256),
    ) {
        let all = leaves(size);
        let (kept, whole) = (Kept::of(&all), root(&all));
        let flip = |hash: &mut Digest| hash.0[bit / 8] ^= 1 << (bit % 8);
        let place = place.index(size);
        let made = proof::inclusion(&kept, place as u64, size as u64).unwrap();
        let leaf = merkle::leaf(&all[place]);
        let holds = |leaf, place: usize, size: usize, made: &[Digest], root: &Digest| {
            check_inclusion(leaf, place as u64, size as u64, made, root).is_ok()
        };
        let (mut bent, mut other, mut beside) = (made.clone(), whole, leaf);
        flip(&mut bent[which.index(made.len())]);
        flip(&mut other);
        flip(&mut beside);
        prop_assert!(!holds(leaf, place, size, &bent, &whole));
        prop_assert!(!holds(leaf, place, size, &made, &other));
        prop_assert!(!holds(beside, place, size, &made, &whole));
        prop_assert!(!holds(leaf, place, size, &made[1..], &whole));
        prop_assert!(!holds(leaf, place, size, &[made.clone(), vec![whole]].concat(), &whole));
        for wrong in (0..size).filter(|wrong| *wrong != place) {
            prop_assert!(!holds(leaf, wrong, size, &made, &whole));
        }
        let earlier = 1 + earlier.index(size - 1);
        let made = proof::consistency(&kept, earlier as u64, size as u64).unwrap();
        let first = root(&all[..earlier]);
        let grew = |first: &Digest, made: &[Digest], root: &Digest| {
            check_consistency((earlier as u64, first), (size as u64, root), made).is_ok()
        };
        let (mut bent, mut bent_first) = (made.clone(), first);
        flip(&mut bent[which.index(made.len())]);
        flip(&mut bent_first);
        prop_assert!(!grew(&first, &bent, &whole));
        prop_assert!(!grew(&bent_first, &made, &whole));
        prop_assert!(!grew(&first, &made, &other));
        prop_assert!(!grew(&first, &made[1..], &whole));
        prop_assert!(!grew(&first, &[made.clone(), vec![whole]].concat(), &whole));
    }

    /// Whatever somebody sends as a proof, it is answered and nothing panics.
    #[test]
    fn any_proof_is_answered(
        sizes in any::<[u64; 3]>(),
        hashes in prop::collection::vec(any::<[u8; 32]>(), 0..140),
    ) {
        let proof: Vec<Digest> = hashes.into_iter().map(Digest).collect();
        let one = merkle::leaf(b"");
        let _ = check_inclusion(one, sizes[0], sizes[1], &proof, &one);
        let _ = check_consistency((sizes[0], &one), (sizes[2], &one), &proof);
    }
}
