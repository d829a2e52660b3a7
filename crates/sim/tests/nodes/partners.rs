//! How an agency becomes a partner: two officers, its own words, its newest card.

use envelope::card::{Card, SignedCard};
use model::agency::AgencyKind;
use model::country::Country;
use node::event::{Event, Recorded};
use node::port::Keys as _;
use sim::world::day;

use super::office::Office;
use super::{code, meet, offices, strangers, talk};

/// Two officers of an office try to accept a card.
fn accept(office: &mut Office, officers: [&str; 2], bytes: &[u8], words: &str) -> &'static str {
    code(office.node.accept(officers, "card", bytes, words))
}

#[test]
fn two_officers_accept_and_the_log_names_both() {
    let folder = tempfile::tempdir().unwrap();
    let [mut vn, mut sg, _] = strangers(folder.path());
    let (bytes, words) = sg.card();
    let told = vn.node.accept(["first", "third"], "card", &bytes, &words).unwrap();
    assert_eq!((told.partner.as_str(), told.state, told.sequence), ("SPF", "active", 1));
    let (by, event) = vn.newest();
    let Event::PartnerAccepted { agency, name, second, .. } = event else { panic!("{event:?}") };
    assert_eq!((by.as_str(), second.as_str(), name.as_str()), ("first", "third", "SPF"));
    assert_eq!(agency, sg.id().0);
    let before = vn.events().len();
    assert_eq!(accept(&mut vn, ["first", "second"], &bytes, &words), "done");
    assert_eq!(vn.events().len(), before, "the same card again is nothing new");
    vn.restart();
    assert_eq!(vn.node.partners("audit").unwrap().partners.len(), 1);
}

#[test]
fn no_card_is_accepted_by_one_alone_or_by_who_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let [mut vn, mut sg, _] = strangers(folder.path());
    let (bytes, words) = sg.card();
    let before = vn.events().len();
    for (officers, expected) in [
        (["first", "first"], "one_officer"),
        (["first", "nobody"], "unknown_user"),
        (["First", "first"], "unknown_user"),
        (["first ", "first"], "unknown_user"),
        (["node", "first"], "unknown_user"),
        (["", "first"], "unknown_user"),
        (["first", "audit"], "not_allowed"),
        (["admin", "first"], "not_allowed"),
    ] {
        assert_eq!(accept(&mut vn, officers, &bytes, &words), expected, "{officers:?}");
    }
    assert!(vn.node.partners("first").unwrap().partners.is_empty());
    assert_eq!(vn.events().len(), before, "nothing was recorded");
}

#[test]
fn only_the_words_of_the_card_itself_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let [mut vn, mut sg, mut th] = strangers(folder.path());
    let ((bytes, words), (_, of_another)) = (sg.card(), th.card());
    let (eleven, _) = words.rsplit_once(' ').unwrap();
    let mut turned: Vec<&str> = words.split(' ').collect();
    turned.reverse();
    let mine = vn.card().1;
    let wrong = ["", " ", eleven, &turned.join(" "), &format!("{words} {eleven}"), &of_another];
    for text in wrong.into_iter().chain([mine.as_str()]) {
        assert_eq!(accept(&mut vn, ["first", "second"], &bytes, text), "fingerprint_mismatch");
    }
    let spoken = format!("  {}\n", words.to_uppercase().replace(' ', "  "));
    assert_eq!(accept(&mut vn, ["first", "second"], &bytes, &spoken), "done");
}

#[test]
fn what_is_no_card_or_our_own_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let [mut vn, mut sg, _] = strangers(folder.path());
    let (bytes, words) = sg.card();
    let place = bytes.windows(3).position(|part| part == b"SPF").unwrap();
    let renamed = [&bytes[..place], b"SPE", &bytes[place + 3..]].concat();
    let longer = [bytes.as_slice(), &[0]].concat();
    for wrong in [b"".as_slice(), b"a card", &renamed, &longer, &bytes[..bytes.len() - 1]] {
        assert_eq!(accept(&mut vn, ["first", "second"], wrong, &words), "bad_card_file");
    }
    let (mine, words) = vn.card();
    assert_eq!(accept(&mut vn, ["first", "second"], &mine, &words), "own_card");
}

#[test]
fn an_older_card_or_another_one_of_the_same_number_is_stale() {
    let ([mut vn, mut sg, _], _folder) = offices();
    let (first, words) = sg.card();
    sg.clock.advance(60);
    let (second, _) = sg.renew();
    assert_eq!(accept(&mut vn, ["first", "second"], &second, &words), "done");
    assert_eq!(accept(&mut vn, ["first", "second"], &first, &words), "stale_card");
    // A second card 2 by the same root: who has the root keys shows two faces.
    let public = sg.keys.public();
    let (root, police) = (public.root.clone(), AgencyKind::Police);
    let mut card =
        Card::first("SPF".to_owned(), Country::parse("SG").unwrap(), police, root, day(9, 0));
    (card.sequence, card.signing, card.sealing) = (2, public.signing, public.sealing);
    (card.tls, card.endpoints) = (public.tls, vec!["evil.example:1".to_owned()]);
    card.previous = Some(sg.exchange().book().mine[0].digest());
    let signatures = sg.keys.sign_card(&card.message());
    let other = envelope::card::SignedCard::new(&card, signatures.ed25519, &signatures.ml_dsa);
    let other = other.unwrap();
    assert_eq!(accept(&mut vn, ["first", "second"], other.bytes(), &words), "stale_card");
    let told = vn.node.partners("first").unwrap();
    let told = told.partners.iter().find(|one| one.partner == "SPF").unwrap();
    assert_eq!((told.sequence, told.endpoints.len()), (2, 0));
}

#[test]
fn two_officers_bridge_a_gap_between_cards_and_the_line_goes_on() {
    let ([mut vn, mut sg, _], _folder) = offices();
    sg.renew();
    let (third, words) = sg.renew();
    assert_eq!(accept(&mut vn, ["first", "second"], &third, &words), "done");
    talk(&vn, &sg);
    let told = vn.node.partners("first").unwrap().partners;
    assert!(told.iter().any(|one| one.sequence == 3), "{told:?}");
}

/// The record with the cards is lost, the log is not.
#[test]
fn a_revoked_partner_never_comes_back_under_its_root() {
    let (mut all, _folder) = offices();
    let (old, words) = all[1].card();
    let revoked = node::exchange::Standing::Revoked;
    all[0].node.stand("second", "SPF", revoked, "its keys are in wrong hands").unwrap();
    let (newer, _) = all[1].renew();
    for start in ["", "record.db", "lost.db"] {
        if !start.is_empty() {
            all[0].restart_on(start);
        }
        for bytes in [&old, &newer] {
            let tried = accept(&mut all[0], ["first", "second"], bytes, &words);
            assert_eq!(tried, "partner_revoked", "{start}");
        }
    }
    all[0].restart();
    for standing in ["active", "suspended"] {
        let standing = match standing {
            "active" => node::exchange::Standing::Active,
            _ => node::exchange::Standing::Suspended,
        };
        assert_eq!(code(all[0].node.stand("second", "SPF", standing, "")), "partner_revoked");
    }
    let offer = all[1].exchange().offer(all[0].id(), None).unwrap();
    let taken = all[0].exchange().take(Some(all[1].id()), &offer.bytes);
    assert_eq!(taken.unwrap_err().code(), "partner_revoked");
}

/// Two cards with one TLS key: one of the two has copied it. Once that one is revoked, the other is
/// accepted.
#[test]
fn two_officers_do_not_accept_a_tls_key_that_another_card_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = super::strangers(folder.path());
    super::meet(&mut all, 0, 1);
    let (bytes, words) = all[2].card();
    let key = SignedCard::parse(&bytes).unwrap().card().tls[0].clone();
    all[1].keys.copy_tls(&key);
    let (copied, spoken) = all[1].card();
    accept(&mut all[0], ["first", "second"], &copied, &spoken);
    let tried = accept(&mut all[0], ["first", "second"], &bytes, &words);
    assert_eq!(tried, "tls_key_taken");
    let owner = all[0].exchange().book().owner_of(&key.key, day(1, 0));
    assert_eq!(owner, Some(all[1].id()), "who was there first");
    let revoked = node::exchange::Standing::Revoked;
    all[0].node.stand("second", "SPF", revoked, "it copied a key").unwrap();
    accept(&mut all[0], ["first", "second"], &bytes, &words);
    let owner = all[0].exchange().book().owner_of(&key.key, day(1, 0));
    assert_eq!(owner, Some(all[2].id()));
    // Its own key is nobody else's either.
    let (own, _) = all[0].card();
    let own = SignedCard::parse(&own).unwrap().card().tls[0].clone();
    all[2].keys.copy_tls(&own);
    let (copied, spoken) = all[2].card();
    assert_eq!(accept(&mut all[0], ["first", "second"], &copied, &spoken), "tls_key_taken");
}

/// A node on a record from before its newest card, with the keys that it had then.
#[test]
fn an_own_card_that_came_back_is_recorded_and_followed() {
    let (mut all, folder) = offices();
    let (from, to) = (folder.path().join("A05/record.db"), folder.path().join("A05/old.db"));
    let from = rusqlite::Connection::open(from).unwrap();
    from.execute("-- copy\nVACUUM INTO ?1", [to.display().to_string()]).unwrap();
    all[0].renew();
    super::talk(&all[0], &all[1]);
    all[0].keys.forget();
    store::record::SqliteRecord::mark_restored(&to).unwrap();
    all[0].restart_on("old.db");
    let (vn, sg) = (all[0].exchange(), all[1].exchange());
    sg.take(Some(all[0].id()), &vn.offer(all[1].id(), None).unwrap().bytes).unwrap();
    let taken = vn.take(Some(all[1].id()), &sg.offer(all[0].id(), None).unwrap().bytes).unwrap();
    assert!(taken.is_told());
    assert_eq!(taken.own_cards, [2]);
    super::talk(&all[0], &all[2]);
    let (partner, back) = (all[1].id(), vn.book().mine.last().unwrap().digest().0);
    all[0].node.took(partner, &taken).unwrap();
    let issued = |one: &Recorded| matches!(one.event, Event::CardIssued { .. });
    let events: Vec<_> = all[0].events().into_iter().filter(issued).collect();
    let [.., came, next] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(came.event, Event::CardIssued { sequence: 2, card: back });
    assert!(matches!(next.event, Event::CardIssued { sequence: 3, .. }), "with the keys it has");
    assert_eq!([came.by.as_str(), next.by.as_str()], ["node"; 2]);
    super::talk(&all[0], &all[1]);
    all[1].node.send("first", "A05", super::draft("sealed to a key that is there")).unwrap();
    assert!(super::talk(&all[0], &all[1]).is_empty());
}

#[test]
fn cards_that_partners_send_themselves_are_recorded() {
    let (mut all, _folder) = offices();
    all[1].renew();
    all[1].node.send("first", "A05", super::draft("with my new keys")).unwrap();
    let (vn, sg) = (all[0].exchange(), all[1].exchange());
    let taken = vn.take(Some(all[1].id()), &sg.offer(all[0].id(), None).unwrap().bytes).unwrap();
    assert_eq!((taken.cards.as_slice(), taken.received.len()), ([2].as_slice(), 1));
    let sender = all[1].id();
    all[0].node.took(sender, &taken).unwrap();
    let (by, event) = all[0].newest();
    assert_eq!(by, "node");
    assert_eq!(event, Event::PartnerFollowed { agency: sender.0, sequence: 2 });
    all[0].restart();
    let told = all[0].node.partners("first").unwrap().partners;
    assert!(told.iter().any(|one| one.sequence == 2));
    meet(&mut all, 0, 1);
}
