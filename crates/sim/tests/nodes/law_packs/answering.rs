//! A pack that was installed answers: after a start, after a full disk, and it alone.

use std::sync::atomic::Ordering;

use node::exchange::Standing;
use node::law::PackHealth;
use node::law::installed::PackDeed;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};

use sim::world::day;

use super::super::talk;
use super::*;

fn new(measure: &str, kind: &str) -> NewRequest {
    NewRequest {
        kind: kind.to_owned(),
        measure: measure.to_owned(),
        conduct: "computer_fraud".to_owned(),
        to: "SPF".to_owned(),
        ..NewRequest::default()
    }
}

/// A request of an office to which nothing is missing; its number.
fn whole(office: &mut Office, new: NewRequest) -> String {
    let begun = office.node.new_request("first", new, &Change::default(), &[]).unwrap();
    let set = begun.missing.iter().map(|one| format!("{}=x", one.element)).collect();
    let change = Change { set, ..Change::default() };
    assert!(office.node.set_request("first", &begun.request, &change, &[]).unwrap().complete);
    begun.request
}

#[test]
fn two_officers_see_what_a_partners_pack_changes_and_let_it_answer() {
    let ([mut vn, sg, _], _folder) = offices();
    let bytes = made(&sg, "2026-12-01");
    let offered = Offered { name: "a", bytes: &bytes, may_be_older: false };
    let tried = vn.node.try_law_pack("first", &offered, Language::En).unwrap();
    let signature = tried.signature.unwrap();
    assert_eq!((signature.signer.as_str(), signature.agency), ("SPF", sg.id().0.to_string()));
    assert!(tried.installed.is_none() && tried.facts > 1_000);
    let changes = tried.changes.unwrap();
    let files: Vec<_> = changes.files.iter().map(|one| (one.file.as_str(), one.change)).collect();
    assert_eq!(files, [("instruments/vn-mla-sg.toml", "changed"), ("pack.toml", "changed")]);
    let mut told = changes.answers.iter();
    let told = told.find(|one| (one.to.as_str(), one.measure) == ("SG", "witness")).unwrap();
    let leads = [&told.lead_before, &told.lead_after].map(|lead| lead.as_deref());
    assert_eq!((told.from.as_str(), leads), ("VN", [Some("asean-mlat"), Some("vn-mla-sg")]));
    assert_eq!([told.before, told.after], ["yes"; 2]);
    assert!(changes.answers.iter().all(|one| one.from == "SG" || one.to == "SG"));
    assert_eq!((answers(&vn), count(&vn, is_of_packs)), (built_in(), 0), "nothing is installed");

    let answer = install(&mut vn, ["third", "first"], &bytes).unwrap();
    assert_eq!(answer.installed.unwrap().officers, ["third", "first"]);
    let (by, event) = vn.newest();
    let Event::LawPack { what: PackDeed::Installed { pack, second } } = event else {
        panic!("{event:?}")
    };
    assert_eq!((by.as_str(), second.as_str(), pack.signer.as_str()), ("third", "first", "SPF"));
    for _ in 0..2 {
        assert_eq!((answers(&vn), answers(&vn) == built_in()), (pack.pack, false));
        let shown = vn.node.shown_law_pack().unwrap();
        assert_eq!((shown.origin, shown.signature.unwrap().at), ("installed", pack.signed));
        vn.restart();
    }
    assert!(vn.node.originals().contains_key(&pack.file), "it goes into backups");

    assert_eq!(vn.node.remove_law_pack(["first", "third"]).unwrap().origin, "built_in");
    assert_eq!((answers(&vn), count(&vn, is_of_packs)), (built_in(), 2));
    vn.restart();
    assert_eq!(answers(&vn), built_in());
    assert!(vn.node.originals().contains_key(&pack.file), "decisions rest on it");
    assert!(vn.node.check_law_pack().unwrap().iter().all(PackHealth::is_ok));
    std::fs::write(place(&vn, &bytes), "damaged").unwrap();
    let lost = PackHealth::EarlierLost("Lienket law pack 2026-12-01".to_owned());
    assert!(vn.node.check_law_pack().unwrap().contains(&lost) && !lost.is_ok());
    install(&mut vn, TWO, &bytes).unwrap();
    assert!(vn.node.check_law_pack().unwrap().iter().all(PackHealth::is_ok));
}

#[test]
fn an_agency_installs_what_it_signed_itself() {
    let folder = tempfile::tempdir().unwrap();
    let [mut vn, _, _] = super::super::strangers(folder.path());
    let bytes = made(&vn, "2026-12-01");
    let answer = install(&mut vn, TWO, &bytes).unwrap();
    assert_eq!(answer.signature.unwrap().signer, "A05");
    assert_ne!(answers(&vn), built_in());
}

/// The file is kept, and then nothing more goes into the log: the built-in pack answers on, and the
/// same file is taken once the disk has room.
#[test]
fn a_full_disk_between_the_file_and_the_event_changes_nothing() {
    let ([mut vn, sg, _], _folder) = offices();
    let bytes = made(&sg, "2026-12-01");
    vn.is_full.store(true, Ordering::SeqCst);
    assert_eq!(code(install(&mut vn, TWO, &bytes)), "system");
    assert!(place(&vn, &bytes).exists());
    assert_eq!(answers(&vn), built_in());
    vn.restart();
    assert_eq!(answers(&vn), built_in());
    vn.is_full.store(false, Ordering::SeqCst);
    install(&mut vn, TWO, &bytes).unwrap();
    let installed = answers(&vn);
    assert_ne!(installed, built_in());
    // Nor does it when the way back is cut off.
    vn.is_full.store(true, Ordering::SeqCst);
    assert_eq!(code(vn.node.remove_law_pack(TWO)), "system");
    assert_eq!(answers(&vn), installed);
}

/// A lost or damaged pack: whoever asks is told so. A partner's request waits, and is not turned
/// away for a fault of ours; messages of other kinds go on.
#[test]
fn a_pack_that_is_lost_answers_nothing_and_the_built_in_one_never_in_its_place() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let bytes = made(&vn, "2026-12-01");
    install(&mut vn, TWO, &bytes).unwrap();
    let file = place(&vn, &bytes);
    let number =
        whole(&mut sg, NewRequest { to: "A05".to_owned(), ..new("police_info", "information") });
    sg.node.approve_request("second", &number).unwrap();
    sg.node.send_request("first", &number).unwrap();
    sg.node.act_on_request("first", &number, Act::Withdraw, Said::default(), &[]).unwrap();
    assert_eq!(talk(&sg, &vn), []);
    for damage in [Some(&bytes[..bytes.len() - 1]), Some(&[]), None] {
        match damage {
            Some(bytes) => std::fs::write(&file, bytes).unwrap(),
            None => std::fs::remove_file(&file).unwrap(),
        }
        vn.restart();
        assert_eq!(vn.node.law_pack().unwrap_err().code(), "law_pack_lost");
        assert_eq!(vn.node.shown_law_pack().unwrap_err().code(), "law_pack_lost");
        assert_eq!(code(vn.node.check_law_pack()), "law_pack_lost");
        let begun = vn.node.new_request(
            "first",
            new("police_info", "information"),
            &Change::default(),
            &[],
        );
        assert_eq!(code(begun), "law_pack_lost");
        assert_eq!(code(vn.node.inbox_turn()), "law_pack_lost");
        assert!(vn.node.requests("first", Some(true)).unwrap().requests.is_empty());
    }
    // The good file mends it; two officers may as well go back.
    install(&mut vn, TWO, &bytes).unwrap();
    assert_eq!(count(&vn, is_of_packs), 1, "the same pack is no news");
    vn.restart();
    assert_ne!(answers(&vn), built_in());
    std::fs::write(&file, "damaged").unwrap();
    assert_eq!(code(vn.node.check_law_pack()), "law_pack_lost", "also of what is in memory");
    vn.node.remove_law_pack(TWO).unwrap();
    assert_eq!(answers(&vn), built_in());
    // What its sender said of it since has waited for it.
    assert_eq!(vn.node.inbox_turn().unwrap(), 2);
    let came = vn.node.requests("first", Some(true)).unwrap().requests;
    assert_eq!(came[0].state, "withdrawn");
}

#[test]
fn a_signer_that_falls_afterwards_is_told_and_the_pack_stays() {
    let (mut all, _folder) = offices();
    let bytes = made(&all[1], "2026-12-01");
    install(&mut all[0], TWO, &bytes).unwrap();
    let installed = answers(&all[0]);
    let health = |office: &Office| office.node.check_law_pack().unwrap();
    let good = PackHealth::Installed("Lienket law pack 2026-12-01".to_owned());
    let name = || "SPF".to_owned();
    assert_eq!(health(&all[0]), std::slice::from_ref(&good));
    all[1].keys.renew(day(0, 0), day(900, 0), true);
    let (card, words) = all[1].card();
    all[0].node.accept(TWO, "card", &card, &words).unwrap();
    assert_eq!(health(&all[0]), [good.clone(), PackHealth::KeyRevoked(name())]);
    all[0].node.stand("second", "SPF", Standing::Suspended, "").unwrap();
    assert_eq!(health(&all[0]), [good.clone(), PackHealth::SignerSuspended(name())]);
    all[0].node.stand("second", "SPF", Standing::Revoked, "").unwrap();
    all[0].restart();
    assert_eq!(health(&all[0]), [good.clone(), PackHealth::SignerRevoked(name())]);
    assert_eq!(answers(&all[0]), installed);
    all[0].clock.advance(366 * 86_400);
    let old = PackHealth::Old("Lienket law pack 2026-12-01".to_owned());
    assert_eq!(health(&all[0]), [good, PackHealth::SignerRevoked(name()), old.clone()]);
    all[0].node.remove_law_pack(TWO).unwrap();
    let [PackHealth::BuiltIn(_), PackHealth::Old(_)] = health(&all[0])[..] else {
        panic!("{:?}", health(&all[0]))
    };
}

/// What officers approve are the request's bytes, in which the pack's digest stands: another pack
/// changes neither, is told, and holds back what it finds incomplete.
#[test]
fn a_request_that_was_approved_under_another_pack_says_so() {
    let ([mut vn, sg, _], _folder) = offices();
    let number = whole(&mut vn, new("docs_records", "mla"));
    vn.node.approve_request("second", &number).unwrap();
    let warned = |office: &mut Office| {
        let told = office.node.check_request("first", &number).unwrap();
        let found = told.warnings.iter().find(|one| one.code == "pack_changed");
        found.map(|one| one.value.clone())
    };
    assert_eq!(warned(&mut vn), None);
    install(&mut vn, TWO, &made(&sg, "2026-12-01")).unwrap();
    let before: String = built_in().to_string().chars().take(12).collect();
    assert_eq!(warned(&mut vn), Some(before.clone()));
    let told = vn.node.approve_request("third", &number).unwrap();
    assert_eq!((told.state, told.warnings[0].code), ("approved", "pack_changed"));
    // A change of nothing takes the new pack up: what was approved before is not this.
    let taken_up = vn.node.set_request("first", &number, &Change::default(), &[]).unwrap();
    assert_eq!((taken_up.state, warned(&mut vn)), ("draft", None));
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    vn.node.send_request("first", &number).unwrap();
    vn.node.remove_law_pack(TWO).unwrap();
    assert_eq!(warned(&mut vn), None, "what has left was checked when it left");
}

#[test]
fn what_another_pack_wants_too_keeps_an_approved_request_here() {
    let ([mut vn, sg, _], _folder) = offices();
    let number = whole(&mut vn, new("preserve", "preservation"));
    vn.node.approve_request("second", &number).unwrap();
    vn.node.approve_request("third", &number).unwrap();
    let mut files = changed("2026-12-01");
    for (name, text) in &mut files {
        if name == "minimum.toml" {
            text.push_str(
                "\n[[element]]\nkind = \"preservation\"\nid = \"stamp\"\nen = \"stamp\"\nvi = \"dấu\"\n",
            );
        }
    }
    let (_, bytes) = sg.node.make_law_pack("first", &borrowed(&files)).unwrap();
    install(&mut vn, TWO, &bytes).unwrap();
    let error = vn.node.send_request("first", &number).unwrap_err();
    assert_eq!((error.code(), error.values().1.as_str()), ("incomplete", "stamp"));
    vn.node.remove_law_pack(TWO).unwrap();
    assert_eq!(vn.node.send_request("first", &number).unwrap().state, "sent");
}

/// What a partner asks is seen and answered all the same; what the law would have to say of it, and
/// all that leaves by it, waits.
#[test]
fn a_request_is_seen_and_answered_whatever_became_of_the_pack() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let bytes = made(&vn, "2026-12-01");
    install(&mut vn, TWO, &bytes).unwrap();
    let number =
        whole(&mut sg, NewRequest { to: "A05".to_owned(), ..new("police_info", "information") });
    sg.node.approve_request("second", &number).unwrap();
    sg.node.send_request("first", &number).unwrap();
    assert_eq!(talk(&sg, &vn), []);
    vn.node.inbox_turn().unwrap();
    let own = whole(&mut vn, new("police_info", "information"));
    std::fs::remove_file(place(&vn, &bytes)).unwrap();
    vn.restart();
    let theirs = format!("SPF/{number}");
    let shown = vn.node.show_request("first", &theirs).unwrap();
    let warned: Vec<&str> = shown.warnings.iter().map(|one| one.code).collect();
    assert_eq!((warned, shown.complete), (vec!["law_silent"], false));
    assert!(!shown.elements.is_empty() && shown.handling.is_some());
    let said = || Said { text: Some("we know him".to_owned()), ..Said::default() };
    let answered = vn.node.act_on_request("first", &theirs, Act::Answer, said(), &[]);
    assert_eq!(answered.unwrap().state, "answered");
    assert_eq!(code(vn.node.check_request("first", &own)), "law_pack_lost");
    assert_eq!(code(vn.node.approve_request("second", &own)), "law_pack_lost");
    assert_eq!(code(vn.node.send_request("first", &own)), "law_pack_lost");
    assert_eq!(vn.node.show_request("first", &own).unwrap().state, "draft");
}
