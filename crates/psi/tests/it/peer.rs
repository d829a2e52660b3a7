//! What we do and what the crate `voprf` does is the same, byte for byte, whatever the inputs.

use proptest::prelude::*;
use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::key::Key;
use psi::suite::Mode;
use rand_core_06::OsRng;
use voprf::{Group as _, Ristretto255, VoprfClient, VoprfServer};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn keys_outputs_and_batches_are_those_of_voprf(
        seed: [u8; 32],
        info in proptest::collection::vec(any::<u8>(), 0..40),
        inputs in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 1..9),
        session: [u8; 32],
    ) {
        crate::begin();
        let server = VoprfServer::<Ristretto255>::new_from_seed(&seed, &info).unwrap();
        let key = Key::derive(Mode::Voprf, &seed, &info).unwrap();
        let theirs = Ristretto255::serialize_elem(server.get_public_key());
        prop_assert_eq!(theirs.as_slice(), key.public().bytes());

        // The crate asks, we answer: it believes our proof, and the outputs are ours.
        let mut clients = Vec::new();
        let mut messages = Vec::new();
        for input in &inputs {
            let result = VoprfClient::<Ristretto255>::blind(input, &mut OsRng).unwrap();
            clients.push(result.state);
            messages.push(result.message);
        }
        let asked: Vec<_> = messages.iter()
            .map(|one| Element::parse(one.serialize().as_slice().try_into().unwrap()).unwrap())
            .collect();
        let answer = key.answer(&asked, &[7; 64], 2).unwrap();
        let answered: Vec<_> = answer.elements.iter()
            .map(|one| voprf::EvaluationElement::deserialize(one).unwrap()).collect();
        let proof = voprf::Proof::deserialize(&answer.proof.bytes()).unwrap();
        let outputs: Vec<_> = VoprfClient::batch_finalize(
            &inputs, &clients, &answered, &proof, server.get_public_key(),
        ).unwrap().collect();
        let ours = key.outputs(&inputs, 1).unwrap();
        for (theirs, ours) in outputs.iter().zip(&ours) {
            prop_assert_eq!(theirs.as_ref().unwrap().as_slice(), ours.danger_bytes());
        }

        // We ask, the crate answers.
        let session = Seed(session);
        let asking = Asking::blind(Mode::Voprf, &inputs, 0, (&session, 3), 2).unwrap();
        let theirs: Vec<_> = asking.elements()
            .map(|one| voprf::BlindedElement::<Ristretto255>::deserialize(one).unwrap()).collect();
        let result = server.batch_blind_evaluate(&mut OsRng, &theirs).unwrap();
        let elements = result.messages.iter()
            .map(|one| one.serialize().as_slice().try_into().unwrap()).collect();
        let proof: [u8; 64] = result.proof.serialize().as_slice().try_into().unwrap();
        let proof = psi::proof::Proof::parse(&proof).unwrap();
        let answer = psi::key::Answer { elements, proof };
        let outputs = asking.finish(&inputs, key.public(), &answer, 2).unwrap();
        prop_assert!(outputs == ours);
    }
}
