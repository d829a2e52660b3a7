//! The test vectors of RFC 9497, appendix A.1, each by its own name.

use std::collections::BTreeMap;

use psi::asking::Asking;
use psi::element::Element;
use psi::key::{Answer, Key};
use psi::proof::Proof;
use psi::suite::Mode;

type Fields = BTreeMap<String, String>;

const VECTORS: &str = include_str!("../vectors/rfc9497.txt");

#[test]
fn a_1_1_1_test_vector_1_batch_size_1() {
    check("A.1.1.1");
}

#[test]
fn a_1_1_2_test_vector_2_batch_size_1() {
    check("A.1.1.2");
}

#[test]
fn a_1_2_1_test_vector_1_batch_size_1() {
    check("A.1.2.1");
}

#[test]
fn a_1_2_2_test_vector_2_batch_size_1() {
    check("A.1.2.2");
}

#[test]
fn a_1_2_3_test_vector_3_batch_size_2() {
    check("A.1.2.3");
}

fn check(name: &str) {
    crate::begin();
    let mode = if name.starts_with("A.1.1") { Mode::Oprf } else { Mode::Voprf };
    let (keys, fields) = (section(&name[..5]), section(name));
    let info = bytes(&keys["KeyInfo"]);
    let key = Key::derive(mode, &array(&keys["Seed"]), &info).unwrap();
    assert_eq!(hex(&*key.danger_bytes()), keys["skSm"]);
    assert_eq!(Key::from_bytes(mode, &array(&keys["skSm"])).unwrap().public(), key.public());

    let inputs: Vec<Vec<u8>> = fields["Input"].split(',').map(bytes).collect();
    let blinds: Vec<[u8; 32]> = fields["Blind"].split(',').map(array).collect();
    let asking = Asking::danger_blind(mode, &inputs, &blinds).unwrap();
    assert_eq!(joined(asking.elements()), fields["BlindedElement"]);

    let asked: Vec<_> = asking.elements().map(|one| Element::parse(one).unwrap()).collect();
    let outputs = if mode == Mode::Voprf {
        assert_eq!(hex(key.public().bytes()), keys["pkSm"]);
        let mut random = [0; 64];
        random[..32].copy_from_slice(&bytes(&fields["ProofRandomScalar"]));
        let answer = key.answer(&asked, &random, 1).unwrap();
        assert_eq!(joined(answer.elements.iter()), fields["EvaluationElement"]);
        assert_eq!(hex(&answer.proof.bytes()), fields["Proof"]);
        let proof = Proof::parse(&answer.proof.bytes()).unwrap();
        let answer = Answer { elements: answer.elements, proof };
        asking.finish(&inputs, key.public(), &answer, 1).unwrap()
    } else {
        let elements = key.answer(&asked, &[1; 64], 1).unwrap().elements;
        assert_eq!(joined(elements.iter()), fields["EvaluationElement"]);
        asking.danger_finish(&inputs, &elements).unwrap()
    };
    let told: Vec<String> = outputs.iter().map(|one| hex(one.danger_bytes())).collect();
    assert_eq!(told.join(","), fields["Output"]);
    // `Evaluate` gives the same without anybody asking.
    assert!(key.outputs(&inputs, 1).unwrap() == outputs);
}

fn section(name: &str) -> Fields {
    let begin = VECTORS.find(&format!("[{name} ")).unwrap();
    let lines = VECTORS[begin..].lines().skip(1).take_while(|line| !line.starts_with('['));
    let fields = lines.filter_map(|line| line.split_once(" = "));
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn bytes(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn array(text: &str) -> [u8; 32] {
    bytes(text).try_into().unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn joined<'a>(elements: impl Iterator<Item = &'a [u8; 32]>) -> String {
    elements.map(|one| hex(one)).collect::<Vec<_>>().join(",")
}
