//! What a partner gives: under its own handling, in files of any size, and to nobody else.

use node::messages::HandlingWords;
use node::requests::stage::Act;
use node::requests::{Change, Said};

use super::super::{code, offices};
use super::{act, file, new, said, sent, settle, shown};

#[test]
fn who_answers_says_what_may_be_done_with_it() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let handled = |tlp: &str, limit: &str| Said {
        handling: HandlingWords {
            tlp: Some(tlp.to_owned()),
            limits: vec![limit.to_owned()],
            ..HandlingWords::default()
        },
        ..said("the account is Tan's")
    };
    assert_eq!(act(&mut sg, &theirs, Act::Answer, handled("PINK", "H2")), "bad_handling_word");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, handled("RED", "H2")), "done");
    assert_eq!(act(&mut sg, &theirs, Act::Answer, said("and Lim's")), "done");
    settle(&mut vn, &mut sg);
    let told = shown(&mut vn, &number);
    let handling = told.handling.unwrap();
    let of = |place: usize| {
        let given = told.history[told.history.len() - place].handling.as_ref().unwrap();
        (given.tlp, given.limits.clone(), given.purpose.clone())
    };
    assert_eq!(of(2), ("TLP:RED", vec!["H2"], handling.purpose.clone()));
    assert_eq!(of(1), (handling.tlp, handling.limits.clone(), handling.purpose.clone()));
}

#[test]
fn a_long_file_of_an_answer_goes_into_the_case_piece_by_piece_and_a_damaged_one_does_not() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    let head = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";
    let row = |n: usize| {
        format!(
            "T{n},2026-01-02T11:00:00Z,970436,0123456789,DBSSSGSG,{},1.00,USD\n",
            500_000_000 + n
        )
    };
    let text = format!("{head}{}", (0..16_000).map(row).collect::<String>());
    assert!(text.len() > envelope::attachment::PIECE, "it has several pieces");
    for name in ["statement.csv", "other.csv"] {
        let text = text.replace("\nT", &format!("\n{name}"));
        let rows = file(name, &text);
        let told = sg.node.act_on_request("first", &theirs, Act::Answer, said("found"), &[&rows]);
        assert_eq!(code(told), "done");
    }
    settle(&mut vn, &mut sg);
    // The last piece of the second answer's file is damaged on the disk.
    let message = shown(&mut vn, &number).history.pop().unwrap().message.unwrap();
    let blob = vn.node.message_files("first", &message).unwrap()[0].blob.to_string();
    let kept = super::walk(&vn.home().join("blobs")).into_iter().find(|path| {
        path.display().to_string().replace('/', "").ends_with(&blob)
            || path.display().to_string().contains(&blob)
    });
    let kept = kept.unwrap();
    let mut bytes = std::fs::read(&kept).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&kept, bytes).unwrap();
    let merged = vn.node.merge_request("first", &number, None, i18n::Language::En).unwrap();
    let taken: Vec<_> =
        merged.files.iter().map(|one| (one.accepted, one.error.is_some())).collect();
    assert_eq!(taken, [(16_000, false), (0, true)]);
    // The whole one went in once, and the other one waits.
    let merged = vn.node.merge_request("first", &number, None, i18n::Language::En).unwrap();
    assert_eq!((merged.files.len(), merged.files[0].error.is_some()), (1, true));
}

#[test]
fn a_file_that_a_partner_gave_goes_to_nobody_else() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let rows = |id: &str| {
        let head = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency";
        let row = "2026-01-02T11:00:00Z,970436,0123456789,DBSSSGSG,555000111,100.00,USD";
        file(&format!("{id}.csv"), &format!("{head}\n{id},{row}\n"))
    };
    let number = sent(&mut vn, new("mla", "docs_records", "SPF"));
    settle(&mut vn, &mut sg);
    let theirs = format!("A05/{number}");
    for (id, tlp) in [("T1", "AMBER"), ("T2", "GREEN")] {
        let handling = HandlingWords { tlp: Some(tlp.to_owned()), ..HandlingWords::default() };
        let given = Said { handling, ..said("found") };
        let told = sg.node.act_on_request("first", &theirs, Act::Answer, given, &[&rows(id)]);
        assert_eq!(code(told), "done");
    }
    settle(&mut vn, &mut sg);
    vn.node.merge_request("first", &number, None, i18n::Language::En).unwrap();
    let mut attach = |to: &str, id: &str| {
        let begun = new("mla", "docs_records", to);
        code(vn.node.new_request("first", begun, &Change::default(), &[&rows(id)]))
    };
    assert_eq!((attach("CCIB", "T1"), attach("JP", "T1")), ("not_onward", "not_onward"));
    assert_eq!((attach("SPF", "T1"), attach("CCIB", "T2")), ("done", "done"));
}
