//! SHA-512 against the crate `sha2`.

use proptest::prelude::*;

use super::*;

fn check(wide: Wide, messages: &[Vec<u8>]) {
    let all: Vec<&[u8]> = messages.iter().map(Vec::as_slice).collect();
    for (is_after_zeros, zeros) in [(false, 0), (true, 128)] {
        let ours = wide.digests(&all, is_after_zeros);
        assert_eq!(ours.len(), all.len());
        for (ours, message) in ours.iter().zip(&all) {
            let theirs: [u8; 64] =
                Sha512::new_with_prefix(vec![0; zeros]).chain_update(message).finalize().into();
            assert_eq!(*ours, theirs, "{} bytes", message.len());
        }
    }
}

#[test]
fn messages_of_every_length_beside_others_have_their_digests() {
    with_kernel(|wide| {
        let message = |length: usize| (0..length).map(|at| (at * 7 + length) as u8).collect();
        let lengths: Vec<usize> = (0..400).collect();
        let far: Vec<usize> = lengths.iter().map(|length| length * 149 % 400).collect();
        for lengths in [lengths, far] {
            check(wide, &lengths.into_iter().map(message).collect::<Vec<_>>());
        }
    });
}

proptest! {
    #[test]
    fn any_messages_have_their_digests(
        messages in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..700), 0..20),
    ) {
        with_kernel(|wide| check(wide, &messages));
    }
}
