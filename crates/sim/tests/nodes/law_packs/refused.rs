//! Packs that are not taken: by whom, from whom, of which day, in which shape.

use node::exchange::Standing;
use sim::world::day;

use super::*;

/// Bytes that an office refuses: with which code, and nothing is recorded or changed.
fn refuses(office: &mut Office, bytes: &[u8], expected: &str) {
    assert_eq!(code(install(office, TWO, bytes)), expected);
    let offered = Offered { name: "a", bytes, may_be_older: true };
    let tried = office.node.try_law_pack("first", &offered, Language::Vi);
    assert_eq!(code(tried), if expected == "law_pack_older" { "done" } else { expected });
    assert_eq!((answers(office), count(office, is_of_packs)), (built_in(), 0));
    assert!(!place(office, bytes).exists(), "what is refused is not kept");
}

#[test]
fn one_alone_and_who_may_not_install_and_remove_nothing() {
    let ([mut vn, sg, _], _folder) = offices();
    let bytes = made(&sg, "2026-12-01");
    for (officers, expected) in [
        (["first", "first"], "one_officer"),
        (["second", "second"], "one_officer"),
        (["first", "nobody"], "unknown_user"),
        (["node", "first"], "unknown_user"),
        (["first", "audit"], "not_allowed"),
        (["admin", "first"], "not_allowed"),
    ] {
        assert_eq!(code(install(&mut vn, officers, &bytes)), expected, "{officers:?}");
        assert_eq!(code(vn.node.remove_law_pack(officers)), expected, "{officers:?}");
    }
    assert_eq!(code(vn.node.make_law_pack("audit", FILES)), "not_allowed");
    assert_eq!((answers(&vn), count(&vn, is_of_packs)), (built_in(), 0));
    assert_eq!(code(vn.node.remove_law_pack(TWO)), "law_pack_none_installed");
}

/// A bit in each part of the file: the head, a line of the listing, either signature, the key, the
/// first file and the last.
#[test]
fn a_pack_that_was_changed_anywhere_is_refused() {
    let ([mut vn, sg, _], _folder) = offices();
    let bytes = made(&sg, "2026-12-01");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let at = |part: &str, behind: usize| text.find(part).unwrap() + part.len() + behind;
    let last = bytes.len() - 2;
    for (part, place, expected) in [
        ("the first line", 3, "law_pack_bad_file"),
        ("the name", at("\nname ", 1), "law_pack_signature_wrong"),
        ("the day", at("\nsigned 202", 0), "law_pack_signature_wrong"),
        ("the agency", at("\nagency ", 5), "law_pack_signer_unknown"),
        ("the digest", at("\npack ", 5), "law_pack_bad_file"),
        ("the listing", at("\npack ", 70), "law_pack_bad_file"),
        ("the key", at("\ned25519 ", 5), "law_pack_key_unknown"),
        ("the first signature", at("\ned25519 ", 70), "law_pack_signature_wrong"),
        ("the second signature", at("\nml-dsa-44 ", 9), "law_pack_signature_wrong"),
        ("the first file", at("\n\n", 9_000), "law_pack_bad_file"),
        ("the last file", last, "law_pack_bad_file"),
    ] {
        let mut bent = bytes.clone();
        // Another digit or letter of the same sort.
        bent[place] = match bent[place] {
            b'0' => b'1',
            b'a' => b'b',
            other => other ^ 1,
        };
        let found = code(install(&mut vn, TWO, &bent));
        assert_eq!(found, expected, "{part}");
    }
    for bent in [&bytes[..last], b"", b"lienket law pack 1\n", b"PK\x03\x04"] {
        refuses(&mut vn, bent, "law_pack_bad_file");
    }
    let large = vec![b'x'; envelope::law_pack::MAX_BYTES + 1];
    refuses(&mut vn, &large, "law_pack_bad_file");
    assert_eq!((answers(&vn), count(&vn, is_of_packs)), (built_in(), 0));
}

#[test]
fn who_is_no_partner_or_not_in_good_standing_is_not_heard() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = super::super::strangers(folder.path());
    let bytes = made(&all[1], "2026-12-01");
    refuses(&mut all[0], &bytes, "law_pack_signer_unknown");
    super::super::meet(&mut all, 0, 1);
    let [mut vn, _, _] = all;
    for (standing, expected) in [
        (Standing::Suspended, "law_pack_signer_suspended"),
        (Standing::Revoked, "law_pack_signer_revoked"),
    ] {
        vn.node.stand("second", "SPF", standing, "").unwrap();
        refuses(&mut vn, &bytes, expected);
    }
}

#[test]
fn keys_that_are_not_believed_sign_no_pack() {
    let (mut all, _folder) = offices();
    let now = all[1].clock.now();
    let name = "Lienket law pack 2026-12-01";
    let before = forged(&all[1], 0, day(-2, 0), name);
    refuses(&mut all[0], &before, "law_pack_key_expired");
    let ahead = forged(&all[1], 0, day(2, 0), name);
    refuses(&mut all[0], &ahead, "law_pack_from_future");
    // A key of which Viet Nam has not heard yet.
    let stolen = forged(&all[1], 0, now, name);
    all[1].keys.renew(day(0, 0), day(180, 0), true);
    let newer = made(&all[1], "2026-12-01");
    refuses(&mut all[0], &newer, "law_pack_key_unknown");
    let (card, words) = all[1].card();
    all[0].node.accept(TWO, "card", &card, &words).unwrap();
    // Whoever has a revoked key can write any date.
    refuses(&mut all[0], &stolen, "law_pack_key_revoked");
    let old = forged(&all[1], 0, day(-1, 60), name);
    refuses(&mut all[0], &old, "law_pack_key_revoked");
    install(&mut all[0], TWO, &newer).unwrap();
    // Nor does a node sign for itself with a key whose time is over.
    all[0].clock.advance(91 * 86_400);
    let late = all[0].node.make_law_pack("first", &borrowed(&changed("2026-12-01")));
    assert_eq!(code(late), "law_pack_key_expired");
}

#[test]
fn a_pack_with_faults_or_another_name_is_refused() {
    let ([mut vn, sg, _], _folder) = offices();
    let mut faulty = changed("2026-12-01");
    faulty[0].1.push_str("\n[[nothing]]\n");
    assert_eq!(code(vn.node.make_law_pack("first", &borrowed(&faulty))), "pack_faulty");
    let head = Head::new("Lienket law pack 2026-12-01", day(0, 0), sg.id(), &borrowed(&faulty));
    let message = head.as_ref().unwrap().message();
    let (_, ml_dsa) = sg.keys.sign_ml_dsa(&message);
    let signatures = sg.keys.sign(&message);
    let bytes = SignedPack::write(&head.unwrap(), signatures, &ml_dsa, &borrowed(&faulty));
    refuses(&mut vn, &bytes, "pack_faulty");
    refuses(&mut vn, &forged(&sg, 0, day(0, 0), "the official pack"), "law_pack_bad_file");
}

#[test]
fn an_older_pack_is_taken_only_where_somebody_says_so() {
    let ([mut vn, sg, _], _folder) = offices();
    // Older than what is built in.
    refuses(&mut vn, &made(&sg, "2026-11-25"), "law_pack_older");
    sg.clock.advance(60);
    let first = made(&sg, "2026-12-01");
    sg.clock.advance(60);
    let second = made(&sg, "2026-12-01");
    install(&mut vn, TWO, &second).unwrap();
    let known = vn.events().len();
    // Signed before it, with facts of the same day; and with facts of an earlier day.
    sg.clock.advance(60);
    for older in [first.clone(), made(&sg, "2026-11-30")] {
        assert_eq!(code(install(&mut vn, TWO, &older)), "law_pack_older");
        let offered = Offered { name: "a", bytes: &older, may_be_older: false };
        let tried = vn.node.try_law_pack("first", &offered, Language::En).unwrap();
        assert!(tried.changes.unwrap().is_older);
    }
    assert_eq!(vn.events().len(), known);
    let offered = Offered { name: "a", bytes: &first, may_be_older: true };
    vn.node.install_law_pack(TWO, &offered, Language::En).unwrap();
    assert_eq!(vn.events().len(), known + 1);
    // The same again is nothing new.
    install(&mut vn, ["third", "first"], &first).unwrap();
    assert_eq!(vn.events().len(), known + 1);
}
