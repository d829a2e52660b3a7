//! What a partner tries that does not keep to the protocol: refused with a code that it sees, and
//! nothing is raised.

use envelope::attachment::Attachment;
use envelope::content::Content;
use envelope::matching::{ANSWER, Answer, MANIFEST, Manifest, QUERY, Query, body};
use model::digest::Digest;
use model::identifier::Kind;
use node::exchange::Outgoing;
use node::matching::step::Step;
use node::port::record::Wanted;

use super::{OURS, Office, THEIRS, count, found, matched, settle, spent, usual};
use crate::offices;

/// The newest message of a kind in an office's boxes, opened.
fn newest(office: &Office, kind: &'static str) -> Content {
    let exchange = office.exchange();
    let wanted = Wanted { kind: Some(kind), most: 1, ..Wanted::default() };
    let row = exchange.messages(&wanted).unwrap().remove(0);
    exchange.open(&row).unwrap()
}

/// Sends a body as it is.
fn send(from: &Office, to: &Office, like: Content, kind: &str, body: Vec<u8>) {
    let exchange = from.exchange();
    let Content { handling, attachments, .. } = like;
    let kind = kind.to_owned();
    let outgoing = Outgoing { kind, handling, body, in_reply_to: None, due: None, attachments };
    exchange.send(exchange.new_id().unwrap(), to.id(), outgoing).unwrap();
}

/// The code that the asking side is told last.
fn told(asking: &Office) -> Option<String> {
    Answer::parse(&newest(asking, ANSWER).body).unwrap().refused
}

/// A query that was answered once, bent, is refused with a code and costs nothing.
fn check(bend: impl FnOnce(&mut Query), code: &str) {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let (phones, evaluated) =
        (spent(&sg, "phone"), count(&sg, |step| matches!(step, Step::Evaluated { .. })));
    let like = newest(&vn, QUERY);
    let mut query = Query::parse(&like.body).unwrap();
    bend(&mut query);
    // A clock between, so that the newest answer is the one to this.
    vn.clock.advance(60);
    sg.clock.advance(60);
    send(&vn, &sg, like, QUERY, body(&query));
    settle(&mut vn, &mut sg);
    assert_eq!(told(&vn).as_deref(), Some(code));
    assert_eq!(spent(&sg, "phone"), phones);
    assert_eq!(count(&sg, |step| matches!(step, Step::Evaluated { .. })), evaluated);
    let refused = |step: &Step| matches!(step, Step::Refused { code: told, .. } if told == code);
    assert_eq!(count(&sg, refused), 1, "it stands in the log");
}

/// A new session, so that the query belongs to none before.
fn anew(query: &mut Query) {
    query.session = [9; 16];
    (query.number, query.batches) = (0, 1);
}

#[test]
fn another_normalisation_is_refused() {
    check(
        |query| {
            anew(query);
            query.terms.agreement = Digest([1; 32]);
        },
        "match_differs",
    );
}

#[test]
fn a_manifest_that_was_not_published_is_refused() {
    check(
        |query| {
            anew(query);
            query.manifest = Digest([1; 32]);
        },
        "match_manifest_unknown",
    );
}

#[test]
fn another_purpose_than_the_published_one_is_refused() {
    check(
        |query| {
            anew(query);
            query.terms.purpose = "tax".to_owned();
        },
        "match_manifest_unknown",
    );
}

#[test]
fn the_neutral_element_is_refused() {
    check(
        |query| {
            anew(query);
            query.elements[..32].fill(0);
        },
        "match_element_bad",
    );
}

#[test]
fn an_element_written_otherwise_is_refused() {
    check(
        |query| {
            anew(query);
            query.elements[32..64].fill(0xff);
        },
        "match_element_bad",
    );
}

#[test]
fn another_batch_under_the_same_number_is_refused() {
    check(|query| query.elements.rotate_left(32), "match_replayed");
}

#[test]
fn more_batches_than_were_announced_are_refused() {
    check(
        |query| {
            query.number = query.batches;
            query.batches += 1;
        },
        "match_session_changed",
    );
}

#[test]
fn another_commitment_in_the_same_session_is_refused() {
    check(|query| query.commitment = Digest([1; 32]), "match_session_changed");
}

#[test]
fn more_than_the_budget_holds_is_refused_whole() {
    check(
        |query| {
            anew(query);
            query.kind = Kind::Phone;
            let element: [u8; 32] = query.elements[..32].try_into().unwrap();
            // 16,384 elements seven times would be more than 100,000: one batch at a time is not.
            query.elements = element.repeat(16_384);
            query.terms.purpose.push('x');
        },
        "match_manifest_unknown",
    );
}

#[test]
fn the_same_query_again_gets_the_same_answer_and_costs_nothing() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let (phones, emails) = (spent(&sg, "phone"), spent(&sg, "email"));
    let (like, before) = (newest(&vn, QUERY), newest(&vn, ANSWER).body);
    let bytes = like.body.clone();
    vn.clock.advance(60);
    sg.clock.advance(60);
    send(&vn, &sg, like, QUERY, bytes);
    settle(&mut vn, &mut sg);
    let (before, again) =
        (Answer::parse(&before).unwrap(), Answer::parse(&newest(&vn, ANSWER).body).unwrap());
    assert_eq!((spent(&sg, "phone"), spent(&sg, "email")), (phones, emails));
    assert_eq!(again.refused, None);
    assert!(before.number != again.number || before.elements == again.elements);
}

/// A server's answer, bent, gives nothing; the code with which it is refused.
fn check_answer(bend: impl FnOnce(&mut Answer), code: &str) {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    // Up to the queries, which lie at Singapore's and are not answered yet.
    for _ in 0..2 {
        super::talk(&vn, &sg);
        super::carry_files(&sg, &vn);
        vn.node.match_turn().unwrap();
        if count(&vn, |step| matches!(step, Step::Asked { .. })) == 0 {
            sg.node.match_turn().unwrap();
        }
    }
    super::talk(&vn, &sg);
    let like = newest(&sg, QUERY);
    let query = Query::parse(&like.body).unwrap();
    let mut answer = Answer {
        session: query.session,
        number: query.number,
        query: Digest::of(&like.body),
        refused: None,
        elements: query.elements.clone(),
        proof: vec![1; 64],
        left: 5,
    };
    bend(&mut answer);
    send(&sg, &vn, like, ANSWER, body(&answer));
    super::talk(&vn, &sg);
    vn.node.match_turn().unwrap();
    let refused = |step: &Step| matches!(step, Step::Refused { code: told, .. } if told == code);
    assert_eq!(count(&vn, refused), 1, "{code}");
    assert_eq!(found(&mut vn), Vec::<String>::new());
}

#[test]
fn an_answer_without_a_proof_that_holds_is_refused() {
    check_answer(|_| {}, "match_proof_false");
}

#[test]
fn an_answer_with_a_proof_of_another_length_is_refused() {
    check_answer(|answer| answer.proof.truncate(63), "match_proof_false");
}

#[test]
fn an_answer_with_fewer_elements_is_refused() {
    check_answer(|answer| answer.elements.truncate(32), "match_proof_false");
}

#[test]
fn an_answer_to_nothing_is_refused() {
    check_answer(|answer| answer.session = [3; 16], "match_answer_unasked");
}

#[test]
fn an_answer_to_a_batch_beyond_the_session_is_refused() {
    check_answer(|answer| answer.number = 77, "match_answer_unasked");
}

#[test]
fn a_body_that_is_none_is_refused() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    for kind in [QUERY, MANIFEST, ANSWER, envelope::matching::WISH] {
        send(
            &vn,
            &sg,
            Content { attachments: Vec::new(), ..newest(&vn, QUERY) },
            kind,
            vec![7; 40],
        );
    }
    settle(&mut vn, &mut sg);
    let bad = |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_body_bad");
    assert_eq!(count(&sg, bad), 4);
}

/// A published set, bent, is refused with a code.
fn check_set(bend: impl FnOnce(&mut Manifest), code: &str) {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let like = newest(&sg, MANIFEST);
    let mut manifest = Manifest::parse(&like.body).unwrap();
    manifest.number += 1;
    bend(&mut manifest);
    send(&sg, &vn, like, MANIFEST, body(&manifest));
    settle(&mut vn, &mut sg);
    let refused = |step: &Step| matches!(step, Step::Refused { code: told, .. } if told == code);
    assert_eq!(count(&vn, refused), 1, "{code}");
    assert_eq!(count(&vn, |step| matches!(step, Step::SetCame { .. })), 1);
}

#[test]
fn a_set_that_is_not_the_one_named_is_refused() {
    check_set(|manifest| manifest.set = Digest([1; 32]), "match_set_damaged");
}

#[test]
fn a_set_whose_file_is_not_the_one_named_stops_nothing() {
    for bend in [
        (|file: &mut envelope::attachment::Attachment| file.sha256 = Digest([1; 32])) as fn(&mut _),
        |file| file.size = 200 << 30,
    ] {
        let ([mut vn, mut sg, _], _folder) = offices();
        vn.import(OURS);
        sg.import(THEIRS);
        matched(&mut vn, &mut sg);
        let mut like = newest(&sg, MANIFEST);
        let mut manifest = Manifest::parse(&like.body).unwrap();
        manifest.number += 1;
        bend(&mut like.attachments[0]);
        send(&sg, &vn, like, MANIFEST, body(&manifest));
        settle(&mut vn, &mut sg);
        let damaged =
            |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_set_damaged");
        assert_eq!(count(&vn, damaged), 1);
    }
}

/// Bends the set's bytes, or what is said of its file, where all digests are those of what is sent.
fn check_file(bend: impl FnOnce(&mut Vec<u8>), bend_file: impl FnOnce(&mut Attachment)) {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    matched(&mut vn, &mut sg);
    let (mut like, exchange) = (newest(&sg, MANIFEST), sg.exchange());
    let mut manifest = Manifest::parse(&like.body).unwrap();
    let mut bytes = Vec::new();
    exchange.open_file(&like.attachments[0], &mut bytes).unwrap();
    bend(&mut bytes);
    let mut file = exchange.seal_file("set.lkm", &mut bytes.as_slice()).unwrap();
    bend_file(&mut file);
    manifest.number += 1;
    manifest.set = file.sha256;
    like.attachments = vec![file];
    let before = std::fs::read_dir(vn.home().join("sets")).unwrap().count();
    send(&sg, &vn, like, MANIFEST, body(&manifest));
    super::talk(&vn, &sg);
    super::carry_files(&sg, &vn);
    vn.node.match_turn().unwrap();
    let refused =
        |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_set_damaged");
    assert_eq!(count(&vn, refused), 1);
    let sets = std::fs::read_dir(vn.home().join("sets")).unwrap().count();
    assert_eq!(sets, before, "nothing of it is kept");
    assert_eq!(std::fs::read_dir(vn.home().join("work")).unwrap().count(), 0);
}

#[test]
fn a_set_that_was_cut_off_is_refused() {
    check_file(|bytes| bytes.truncate(bytes.len() - 16), |_| {});
    check_file(|bytes| bytes.truncate(10), |_| {});
    check_file(Vec::clear, |_| {});
}

#[test]
fn a_set_that_is_longer_than_it_says_is_refused() {
    check_file(|bytes| bytes.extend([0; 16]), |_| {});
}

#[test]
fn a_file_that_is_longer_or_shorter_than_was_said_is_refused() {
    check_file(|_| {}, |file| file.size -= 1);
    check_file(|_| {}, |file| file.size += 1);
}

#[test]
fn a_set_of_another_size_than_named_is_refused() {
    check_set(|manifest| manifest.size += 1, "match_set_damaged");
}

#[test]
fn a_set_with_a_key_that_is_no_element_is_refused() {
    check_set(|manifest| manifest.keys[0].key = [0; 32], "match_set_damaged");
}

#[test]
fn an_older_set_does_not_take_the_place_of_a_newer_one() {
    check_set(|manifest| manifest.number -= 1, "match_epoch_old");
}

#[test]
fn a_set_whose_time_is_over_is_refused() {
    check_set(|manifest| manifest.until = sim::world::day(-1, 0), "match_epoch_over");
}

#[test]
fn a_set_made_by_another_normalisation_is_refused() {
    check_set(|manifest| manifest.terms.agreement = Digest([1; 32]), "match_differs");
}

#[test]
fn a_set_that_nobody_wished_for_makes_nobody_ask() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    // Singapore asks, and then sends Viet Nam's own manifest back as if it were its own.
    matched(&mut sg, &mut vn);
    let like = newest(&sg, MANIFEST);
    let bytes = like.body.clone();
    send(&sg, &vn, like, MANIFEST, bytes);
    settle(&mut vn, &mut sg);
    let unasked =
        |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_answer_unasked");
    assert_eq!(count(&vn, unasked), 1);
    assert_eq!(count(&vn, |step| matches!(step, Step::Asked { .. })), 0);
}

#[test]
fn a_partner_to_whom_nothing_can_be_sealed_waits_and_stops_nobody() {
    let ([mut vn, mut sg, mut th], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    th.import(OURS);
    for office in [&mut sg, &mut th] {
        office.keys.renew(sim::world::day(0, 0), sim::world::day(400, 0), false);
        office.card();
    }
    super::talk(&vn, &sg);
    super::talk(&th, &sg);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    super::talk(&vn, &sg);
    // Viet Nam's keys are over; its wish lies at Singapore's, before Thailand's.
    for office in [&sg, &th] {
        office.clock.advance(100 * 86_400);
    }
    assert_eq!(sg.node.match_turn().unwrap(), 0);
    assert_eq!(matched(&mut th, &mut sg).hits, 2);
}

#[test]
fn a_suspended_partner_is_told_nothing() {
    let ([mut vn, mut sg, _], _folder) = offices();
    vn.import(OURS);
    sg.import(THEIRS);
    vn.node.begin_match("first", sg.id(), &usual()).unwrap();
    super::talk(&vn, &sg);
    // The wish lies here; before it is dealt with, officers decide.
    sg.node.stand("first", "A05", node::exchange::Standing::Suspended, "a test").unwrap();
    sg.node.match_turn().unwrap();
    let closed =
        |step: &Step| matches!(step, Step::Refused { code, .. } if code == "match_partner_closed");
    assert_eq!(count(&sg, closed), 1);
    assert_eq!(count(&sg, |step| matches!(step, Step::Published { .. })), 0);
}
