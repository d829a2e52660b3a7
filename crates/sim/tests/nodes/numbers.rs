//! Messages are named by their numbers: who takes another's number hides nothing by it.

use envelope::envelope::MessageId;
use node::exchange::Outgoing;
use sim::world::message;

use super::office::Office;
use super::{code, draft, offices, sent, talk};

fn id(text: &str) -> MessageId {
    MessageId(u128::from_str_radix(text, 16).unwrap().to_be_bytes())
}

/// An office sends a text under a number that it chose; what its receiver refused of it.
fn send_as(from: &Office, to: &Office, number: &str) -> Vec<&'static str> {
    let outgoing = Outgoing { body: b"something else".to_vec(), ..message("") };
    from.exchange().send(id(number), to.id(), outgoing).unwrap();
    talk(from, to).iter().map(|refused| refused.code).collect()
}

#[test]
fn a_message_is_named_by_its_first_digits() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("a"));
    let sg = &mut all[1].node;
    for digits in [4, 8, 31, 32] {
        assert_eq!(code(sg.read_message("first", &message[..digits])), "done", "{digits}");
    }
    assert_eq!(code(sg.read_message("first", &message.to_uppercase())), "done");
    let longer = format!("{message}0");
    for text in ["", "abc", &message[..3], &longer, "wxyz", "+123", "%%%%", "message"] {
        assert_eq!(code(sg.read_message("first", text)), "unknown_message", "{text:?}");
    }
}

/// Who got a message cannot hide it from its sender by sending one with the same number.
#[test]
fn a_receiver_cannot_take_the_number_of_what_it_got() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 0, 1, draft("the evidence"));
    assert_eq!(send_as(&all[1], &all[0], &message), ["number_used"]);
    assert_eq!(all[0].node.read_message("first", &message).unwrap().text, "the evidence");
    all[0].node.recall("first", &message).unwrap();
}

/// Nor can a third agency that learned the number hide what came from the second.
#[test]
fn a_third_agency_cannot_take_the_number_of_anothers_message() {
    let (mut all, _folder) = offices();
    let message = sent(&mut all, 1, 0, draft("from Singapore"));
    assert_eq!(send_as(&all[2], &all[0], &message), ["number_used"]);
    assert_eq!(all[0].node.read_message("first", &message).unwrap().text, "from Singapore");
    let honest = sent(&mut all, 2, 0, draft("from Thailand"));
    assert_eq!(all[0].node.read_message("first", &honest).unwrap().text, "from Thailand");
}
