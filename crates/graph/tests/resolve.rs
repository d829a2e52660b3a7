//! Who is the same person: what joins, what does not, and that neither order nor time matters.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::resolve::{Cause, Record, Resolver, Ruling, resolve};
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind};
use proptest::prelude::*;

fn parse(kind: Kind, raw: &str) -> Identifier {
    Identifier::parse(kind, raw, Context { country: Some(Country::VN) }).unwrap()
}

/// `p1 e2 d3 c4 w5`: phone, e-mail, device, document, domain by number, `h1` a hot line; behind `|`
/// the holder's name; a leading `?` makes it a claim.
fn record(number: usize, said: &str) -> Record {
    let (said, holder) = said.split_once('|').unwrap_or((said, ""));
    let value = |word: &str| {
        let (kind, digits) = word.split_at(1);
        match kind {
            "p" => parse(Kind::Phone, &format!("09012{digits:0>5}")),
            "e" => parse(Kind::Email, &format!("user{digits}@mail.example")),
            "d" => parse(Kind::Device, &format!("00ff00ff00ff{digits:0>4}")),
            "c" => parse(Kind::Document, &format!("0790991{digits:0>5}")),
            "w" => parse(Kind::Domain, &format!("site{digits}.example")),
            "z" => parse(Kind::Messaging, &format!("https://zalo.me/09012{digits:0>5}")),
            _ => parse(Kind::ShortCode, "113"),
        }
    };
    Record {
        name: format!("R{number:03}").into(),
        holder: holder.trim().into(),
        identifiers: said.trim_start_matches('?').split_whitespace().map(value).collect(),
        is_claim: said.starts_with('?'),
    }
}

fn records(said: &[&str]) -> Vec<Record> {
    said.iter().enumerate().map(|(number, said)| record(number, said)).collect()
}

/// The entities' records by number.
fn joined(said: &[&str], rulings: &[Ruling]) -> Vec<Vec<u32>> {
    let found = resolve(&records(said), rulings);
    found.entities.into_iter().map(|entity| entity.records).collect()
}

fn check(said: &[&str], expected: &[&[u32]]) {
    assert_eq!(joined(said, &[]), expected);
}

#[test]
fn one_document_is_enough() {
    check(&["c1 p1", "c1 p2"], &[&[0, 1]]);
}

#[test]
fn one_phone_is_not_enough_and_two_values_are() {
    check(&["p1 e1", "p1 e2", "p3 e3", "p3 e3"], &[&[2, 3]]);
}

#[test]
fn two_values_that_strangers_share_too_are_not_enough() {
    let mut said = vec!["p1 e1", "p1 e1"];
    said.extend(["p1", "p1", "p1", "p1", "e1", "e1", "e1", "e1"]);
    check(&said, &[]);
}

#[test]
fn two_sites_say_which_campaign_and_not_who() {
    check(&["?w1 w2", "?w1 w2", "?w1 p1", "?w1 p1"], &[&[2, 3]]);
}

#[test]
fn a_phone_and_the_account_opened_with_it_are_one_fact() {
    check(&["?p1 z1", "?p1 z1"], &[]);
}

#[test]
fn a_name_alone_joins_nobody_and_confirms_a_phone() {
    check(&["p1|Nguyễn Văn Hùng", "p2|Nguyễn Văn Hùng", "p2|NGUYEN VAN HUNG"], &[&[1, 2]]);
}

#[test]
fn a_family_that_shares_phone_and_mail_stays_apart() {
    check(&["p1 e1|Nguyễn Văn Hùng", "p1 e1|Trần Thị Lan"], &[]);
}

#[test]
fn other_documents_keep_weak_agreements_apart() {
    check(&["p1 e1 c1", "p1 e1 c2"], &[]);
}

#[test]
fn a_clerks_device_joins_only_holders_of_one_name() {
    let said = ["d1|Le Van Tam", "d1|Tran Thi Lan", "d1|Le Van Tam", "d2|Vo An", "d2"];
    check(&said, &[&[0, 2], &[3, 4]]);
}

#[test]
fn a_claim_never_makes_two_customers_one() {
    let said = ["d1|Le Van Tam", "d2|Tran Thi Lan", "?d1 d2", "?d1"];
    let found = resolve(&records(&said), &[]);
    assert!(found.entities.iter().all(|entity| !entity.records.contains(&1)));
    assert_eq!(found.disputed.len(), 1);
    assert_eq!(found.disputed[0].persons, [0, 1]);
}

#[test]
fn a_claim_goes_to_the_one_customer_it_agrees_with() {
    check(&["d1 p1|Le Van Tam", "?d1 p9", "d2 p2|Tran Thi Lan"], &[&[0, 1]]);
}

#[test]
fn a_phone_of_five_hundred_victims_joins_nobody_and_is_counted() {
    let said: Vec<String> = (0..500).map(|n| format!("?p1 e{n}")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let found = resolve(&records(&said), &[]);
    assert!(found.entities.is_empty());
    assert_eq!(found.suppressed[0].seen, 500);
}

#[test]
fn a_hot_line_joins_nobody() {
    check(&["?h1 w1", "?h1 w1", "?h1 w1"], &[]);
}

#[test]
fn sixty_accounts_of_one_person_are_joined() {
    let made = (0..60).map(|n| {
        let mut record = record(n, "d1 p1");
        let account = Account::parse("VNB01", &n.to_string()).unwrap();
        record.identifiers.push(Identifier::of_account(&account, None));
        record
    });
    let found = resolve(&made.collect::<Vec<Record>>(), &[]);
    assert_eq!(found.entities.len(), 1);
    assert_eq!(found.entities[0].records.len(), 60);
    assert_eq!(found.entities[0].reasons.len(), 59);
}

fn ruling(left: u32, right: u32, is_same: bool) -> Ruling {
    Ruling { left, right, is_same }
}

#[test]
fn an_officer_joins_and_keeps_apart_and_the_last_word_counts() {
    let said = ["c1", "c1", "p1", "p2"];
    assert_eq!(joined(&said, &[ruling(0, 1, false)]), Vec::<Vec<u32>>::new());
    let same = [ruling(3, 2, true)];
    assert_eq!(joined(&said, &same), [[0, 1], [2, 3]]);
    let found = resolve(&records(&said), &same);
    assert_eq!(found.entities[1].reasons[0].cause, Cause::Ruled);
    let undone = [ruling(0, 1, false), ruling(2, 3, true), ruling(1, 0, true), ruling(3, 2, false)];
    assert_eq!(joined(&said, &undone), [[0, 1]]);
}

#[test]
fn a_split_cuts_the_weaker_agreement() {
    // 0 and 1 hold one document, 1 and 2 share phone and mail; 0 is not 2.
    let said = ["c1 p7", "c1 p1 e1", "p1 e1"];
    assert_eq!(joined(&said, &[]), [[0, 1, 2]]);
    assert_eq!(joined(&said, &[ruling(0, 2, false)]), [[0, 1]]);
}

/// Few values, so that records meet; names, claims, documents and decisions among them.
fn worlds() -> impl Strategy<Value = Vec<Record>> {
    let one = (0_u8..9, 0_u8..9, 0_u8..14, 0_u8..14, 0_u8..5, 0_u8..5);
    let made = |rows: Vec<(u8, u8, u8, u8, u8, u8)>| {
        let text = |(phone, email, device, document, name, claim): (u8, u8, u8, u8, u8, u8)| {
            let mut said = if claim == 0 { "?".to_owned() } else { String::new() };
            said += &format!("p{phone} e{email} w{}", phone % 3);
            said += &if device < 5 { format!(" d{device}") } else { String::new() };
            said += &if document < 5 { format!(" c{document}") } else { String::new() };
            let names = ["", "|Le Van Tam", "|Tran Thi Lan", "|Le Van Tan", "|Vo An"];
            said + names[name as usize % names.len()]
        };
        rows.into_iter().enumerate().map(|(number, row)| record(number, &text(row))).collect()
    };
    proptest::collection::vec(one, 1..70).prop_map(made)
}

fn ruled(words: &[(u8, u8, bool)], count: usize) -> Vec<Ruling> {
    let place = |word: u8| u32::from(word) % count as u32;
    words
        .iter()
        .map(|(left, right, is_same)| ruling(place(*left), place(*right), *is_same))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn entities_do_not_depend_on_the_order_of_records(
        records in worlds(),
        shift in 0_usize..70,
        words in proptest::collection::vec((0_u8..70, 0_u8..70, any::<bool>()), 0..4),
    ) {
        let rulings = ruled(&words, records.len());
        let count = records.len() as u32;
        let mut turned = records.clone();
        turned.rotate_left(shift % records.len());
        turned.reverse();
        let moved = |number: u32| count - 1 - (number + count - shift as u32 % count) % count;
        let other: Vec<Ruling> =
            rulings.iter().map(|r| ruling(moved(r.left), moved(r.right), r.is_same)).collect();
        let members = |records: &[Record], rulings: &[Ruling]| {
            let name = |number: &u32| records[*number as usize].name.clone();
            let sorted = |numbers: &[u32]| {
                let mut names: Vec<_> = numbers.iter().map(name).collect();
                names.sort();
                names
            };
            let found = resolve(records, rulings);
            let mut entities: Vec<_> = found.entities.iter().map(|e| sorted(&e.records)).collect();
            entities.sort();
            let mut disputed: Vec<_> = found.disputed.iter().map(|d| sorted(&d.claims)).collect();
            disputed.sort();
            (entities, disputed, found.suppressed)
        };
        prop_assert_eq!(members(&records, &rulings), members(&turned, &other));
    }

    #[test]
    fn one_record_more_equals_all_taken_at_once(
        records in worlds(),
        cut in 0_usize..70,
        words in proptest::collection::vec((0_u8..70, 0_u8..70, any::<bool>()), 0..3),
    ) {
        let cut = 1 + cut % records.len();
        let rulings = ruled(&words, cut);
        let mut resolver = Resolver::default();
        records[..cut].iter().for_each(|record| resolver.take(record));
        resolver.settle(&rulings);
        records[cut..].iter().for_each(|record| resolver.add(record));
        prop_assert_eq!(resolver.resolution(), resolve(&records, &rulings));
    }

    #[test]
    fn kept_apart_is_kept_apart(
        records in worlds(),
        words in proptest::collection::vec((0_u8..70, 0_u8..70), 1..4),
    ) {
        let words: Vec<(u8, u8, bool)> = words.iter().map(|(a, b)| (*a, *b, false)).collect();
        let rulings = ruled(&words, records.len());
        for entity in resolve(&records, &rulings).entities {
            prop_assert_eq!(entity.reasons.len() + 1, entity.records.len());
            for ruling in rulings.iter().filter(|ruling| ruling.left != ruling.right) {
                let has = |number| entity.records.contains(&number);
                prop_assert!(!(has(ruling.left) && has(ruling.right)));
            }
        }
    }
}
