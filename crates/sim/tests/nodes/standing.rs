//! How a partner stands: suspended, revoked, active again; and which partner a name means.

use node::event::Event;
use node::exchange::Standing;

use super::office::Office;
use super::{code, count, draft, meet, offices, strangers, talk};

const ACTIVE: Standing = Standing::Active;
const SUSPENDED: Standing = Standing::Suspended;
const REVOKED: Standing = Standing::Revoked;

#[test]
fn who_is_suspended_gets_nothing_until_an_officer_lets_him() {
    let (mut all, _folder) = offices();
    all[0].node.stand("first", "SPF", SUSPENDED, "").unwrap();
    all[0].restart();
    let sends = count(&all[0], |event| matches!(event, Event::MessageSent { .. }));
    assert_eq!(code(all[0].node.send("first", "SPF", draft("a"))), "partner_suspended");
    let recorded = count(&all[0], |event| matches!(event, Event::MessageSent { .. }));
    assert_eq!(recorded, sends, "what is not sent is not recorded as sent");
    all[0].node.stand("first", "SPF", ACTIVE, "").unwrap();
    all[0].node.send("first", "SPF", draft("a")).unwrap();
    assert_eq!(talk(&all[0], &all[1]), []);
}

/// Two officers accept a newer card: that says nothing of why somebody suspended the partner.
#[test]
fn a_newer_card_does_not_lift_a_suspension() {
    let (mut all, _folder) = offices();
    all[0].node.stand("second", "SPF", SUSPENDED, "asked the embassy").unwrap();
    let (newer, words) = all[1].renew();
    let told = all[0].node.accept(["first", "third"], "card", &newer, &words).unwrap();
    assert_eq!((told.state, told.sequence), ("suspended", 2));
    for _ in 0..2 {
        assert_eq!(code(all[0].node.send("first", "SPF", draft("a"))), "partner_suspended");
        all[0].restart();
    }
}

#[test]
fn a_reason_may_be_left_out_and_has_its_limits() {
    let (mut all, _folder) = offices();
    let before = all[0].events().len();
    for reason in ["x".repeat(501), "a\u{1b}[2Jb".to_owned(), "two\nlines".to_owned()] {
        let answered = all[0].node.stand("first", "SPF", SUSPENDED, &reason);
        assert_eq!(code(answered), "bad_reason");
    }
    assert_eq!(all[0].events().len(), before);
    for (reason, kept) in [("", ""), ("  ", ""), (" the fax of 3 May ", "the fax of 3 May")] {
        all[0].node.stand("first", "SPF", SUSPENDED, reason).unwrap();
        let (_, event) = all[0].newest();
        assert!(matches!(event, Event::PartnerStands { because, .. } if because == kept));
    }
    let longest = "ă".repeat(500);
    all[0].node.stand("first", "SPF", SUSPENDED, &longest).unwrap();
}

/// Names as an office reads them.
fn reads(office: &Office, text: &str) -> Result<envelope::card::AgencyId, &'static str> {
    office.node.partner(text).map_err(|error| error.code())
}

#[test]
fn a_partner_is_named_by_name_country_or_first_digits() {
    let (all, _folder) = offices();
    let (sg, digits) = (all[1].id(), all[1].id().0.to_string());
    for text in ["SPF", "spf", " SPF ", "SG", "sg", &digits, &digits[..8], &digits.to_uppercase()] {
        assert_eq!(reads(&all[0], text), Ok(sg), "{text}");
    }
    for text in ["", " ", "SP", "A05", "VN", "MY", "00000000", &digits[..7]] {
        assert_eq!(reads(&all[0], text), Err("unknown_partner"), "{text}");
    }
}

#[test]
fn several_that_a_name_may_mean_are_named_and_none_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let [vn, sg, _] = strangers(folder.path());
    let office = |number, name, country| {
        Office::new(number, name, country, &folder.path().join(format!("n{number}")))
    };
    // One with the same name elsewhere, and a second one in the same country.
    let mut all = [vn, sg, office(7, "SPF", "MY"), office(8, "CAD", "SG")];
    for other in 1..4 {
        meet(&mut all, 0, other);
    }
    for (text, names) in [("SPF", "SPF, SPF"), ("spf", "SPF, SPF")] {
        let error = all[0].node.partner(text).unwrap_err();
        assert_eq!((error.code(), error.values().1.as_str()), ("ambiguous_partner", names));
    }
    let error = all[0].node.partner("SG").unwrap_err();
    assert_eq!(error.code(), "ambiguous_partner");
    assert!(error.values().1.contains("CAD") && error.values().1.contains("SPF"));
    assert_eq!(code(all[0].node.send("first", "SPF", draft("a"))), "ambiguous_partner");
    assert_eq!(reads(&all[0], "MY"), Ok(all[2].id()));
}

/// An agency whose keys were stolen makes a new node: its name means the new one from then on.
#[test]
fn an_agency_that_is_back_with_new_root_keys_is_meant_by_its_name() {
    let (all, folder) = offices();
    let [vn, sg, _] = all;
    let again = Office::new(9, "SPF", "SG", &folder.path().join("again"));
    let mut all = [vn, sg, again];
    all[0].node.stand("second", "SPF", REVOKED, "stolen").unwrap();
    assert_eq!(reads(&all[0], "SPF"), Ok(all[1].id()), "for who looks at what it once sent");
    assert_eq!(reads(&all[0], "SG"), Err("unknown_partner"));
    meet(&mut all, 0, 2);
    for text in ["SPF", "SG"] {
        assert_eq!(reads(&all[0], text), Ok(all[2].id()), "{text}");
    }
    let old = all[1].id().0.to_string();
    assert_eq!(reads(&all[0], &old), Ok(all[1].id()));
    assert_eq!(code(all[0].node.send("first", &old, draft("a"))), "partner_revoked");
}
