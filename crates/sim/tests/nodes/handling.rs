//! Handling and moments as officers write them: what is left out is careful, what is wrong is
//! named, and nothing is recorded as sent that was not.

use node::event::Event;
use node::messages::{Draft, HandlingWords};

use super::{code, count, draft, offices, sent};

/// Sends with a changed draft: the code, and what the texts are about.
fn check(change: impl Fn(&mut Draft), expected: (&str, &str, &str)) {
    let (mut all, _folder) = offices();
    let mut draft = draft("a");
    change(&mut draft);
    let error = all[0].node.send("first", "SPF", draft).unwrap_err();
    let (value, other) = error.values();
    let values = if expected.1 == "*" { ("*", "") } else { (value.as_str(), other.as_str()) };
    assert_eq!((error.code(), values.0, values.1), expected);
    assert_eq!(count(&all[0], |event| matches!(event, Event::MessageSent { .. })), 0);
    assert!(all[0].node.messages("first", None, None).unwrap().messages.is_empty());
}

#[test]
fn a_word_that_means_nothing_is_named_with_its_place() {
    let word = |text: &str| Some(text.to_owned());
    let code = "bad_handling_word";
    check(|draft| draft.handling.tlp = word("SECRET"), (code, "SECRET", "tlp"));
    check(|draft| draft.handling.tlp = word("UNMARKED"), (code, "UNMARKED", "tlp"));
    check(|draft| draft.handling.tlp = word(""), (code, "", "tlp"));
    check(|draft| draft.handling.pap = word("WHITE"), (code, "WHITE", "pap"));
    check(|draft| draft.handling.limits.push("H4".to_owned()), (code, "H4", "limit"));
    check(|draft| draft.handling.source = word("D"), (code, "D", "source"));
    check(|draft| draft.handling.information = word("5"), (code, "5", "information"));
    check(
        |draft| draft.handling.information = word("\u{1b}[31m"),
        (code, "\u{fffd}[31m", "information"),
    );
}

#[test]
fn a_moment_that_is_none_is_named_with_its_place() {
    let code = "bad_handling_word";
    for text in [
        "",
        "tomorrow",
        "2027-13-01",
        "2027-02-30",
        "01-02-2027",
        "2027-02-01 12:00",
        "1801000000x",
    ] {
        let word = || Some(text.to_owned());
        check(|draft| draft.due = word(), (code, text, "due"));
        check(|draft| draft.handling.retain_until = word(), (code, text, "retain-until"));
    }
}

#[test]
fn handling_that_is_not_whole_is_refused() {
    let whole = ("bad_handling", "*", "");
    check(|draft| draft.handling.purpose = " ".to_owned(), whole);
    check(|draft| draft.handling.purpose = "x".repeat(2_001), whole);
    check(|draft| draft.handling.basis = String::new(), whole);
    check(|draft| draft.handling.limits.push("H3".to_owned()), whole);
    check(|draft| draft.handling.limit_text = Some("only unit 7".to_owned()), whole);
}

#[test]
fn what_cannot_be_sent_is_not_recorded_as_sent() {
    check(|draft| draft.text = "x".repeat(1 << 20), ("bad_content", "*", ""));
    check(|draft| draft.in_reply_to = Some("12".to_owned()), ("unknown_message", "12", ""));
    let (mut all, _folder) = offices();
    let before = all[0].events().len();
    assert_eq!(code(all[0].node.send("first", "NOBODY", draft("a"))), "unknown_partner");
    assert_eq!(code(all[0].node.send("first", "A05", draft("a"))), "unknown_partner");
    all[0].clock.advance(91 * 86_400);
    assert_eq!(code(all[0].node.send("first", "SPF", draft("a"))), "no_sealing_key");
    assert_eq!(all[0].events().len(), before);
}

#[test]
fn words_are_read_as_people_write_them() {
    let (mut all, _folder) = offices();
    let text = |text: &str| Some(text.to_owned());
    let handling = HandlingWords {
        tlp: text("tlp:amber"),
        pap: text(" red "),
        purpose: "case 7".to_owned(),
        basis: "Article 3".to_owned(),
        limits: ["h3", "H0", "H3"].map(str::to_owned).to_vec(),
        limit_text: text("only unit 7"),
        source: text("b"),
        information: text("2"),
        retain_until: text("2027-03-01T10:00:00+07:00"),
    };
    let message = sent(&mut all, 0, 1, Draft { handling, ..draft("a") });
    let told = all[1].node.read_message("first", &message).unwrap().handling;
    assert_eq!((told.tlp, told.pap), ("TLP:AMBER", "RED"));
    assert_eq!((told.purpose.as_str(), told.basis.as_str()), ("case 7", "Article 3"));
    assert_eq!(told.limits, ["H0", "H3"], "in their order, each once");
    assert_eq!(told.limit_text.as_deref(), Some("only unit 7"));
    assert_eq!((told.source, told.information), (Some("B"), Some("2")));
    assert_eq!(told.retain_until.unwrap().to_string(), "2027-03-01T03:00:00Z");
}
