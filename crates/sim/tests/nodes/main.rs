//! Whole nodes of several agencies, each with its people, its log and its record on a disk of its
//! own: who may do what, and what a hostile partner or an insider tries.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod carriers;
mod handling;
mod law_packs;
mod matching;
mod messages;
mod numbers;
mod office;
mod onward;
mod partners;
mod requests;
mod roles;
mod scarce;
mod standing;
mod witness;

use node::error::NodeError;
use node::event::Event;
use node::exchange::Refused;
use node::messages::{Draft, HandlingWords};
use tempfile::TempDir;

use office::Office;

/// Offices of Viet Nam, Singapore and Thailand, who have accepted each other's cards, and the
/// folder in which they lie.
fn offices() -> ([Office; 3], TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut all = strangers(folder.path());
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        meet(&mut all, one, other);
    }
    (all, folder)
}

/// The same before anybody knows anybody.
fn strangers(folder: &std::path::Path) -> [Office; 3] {
    let agencies = [("A05", "VN"), ("SPF", "SG"), ("CCIB", "TH")];
    let mut number = 0;
    agencies.map(|(name, country)| {
        number += 1;
        Office::new(number, name, country, &folder.join(name))
    })
}

/// Two of the offices accept each other's cards.
fn meet(all: &mut [Office], one: usize, other: usize) {
    for (who, whom) in [(one, other), (other, one)] {
        let (bytes, words) = all[whom].card();
        all[who].node.accept(["first", "second"], "card", &bytes, &words).unwrap();
    }
}

/// Two offices talk until neither has anything new for the other; what they refused.
fn talk(one: &Office, other: &Office) -> Vec<Refused> {
    let (here, there) = (one.exchange(), other.exchange());
    let mut refused = Vec::new();
    for _ in 0..10 {
        let offer = here.offer(other.id(), None).unwrap();
        let taken = there.take(Some(one.id()), &offer.bytes).unwrap();
        let answer = there.offer(one.id(), Some(&taken)).unwrap();
        let back = here.take(Some(other.id()), &answer.bytes).unwrap();
        refused.extend(taken.refused.into_iter().chain(back.refused));
        let offers = [here.offer(other.id(), None), there.offer(one.id(), None)];
        if offers.into_iter().all(|offer| offer.is_ok_and(|offer| !offer.is_news && !offer.lacks)) {
            return refused;
        }
    }
    panic!("{} and {} do not come to rest", one.name, other.name);
}

/// A text with handling that neither lets it be passed on nor used in court without asking.
fn draft(text: &str) -> Draft {
    let handling = HandlingWords {
        purpose: "case VN-C-2026-0001".to_owned(),
        basis: "agreement of the two police forces".to_owned(),
        limits: vec!["H1".to_owned(), "H2".to_owned()],
        ..HandlingWords::default()
    };
    Draft { text: text.to_owned(), handling, ..Draft::default() }
}

/// Sends a text from one office to another, and lets them talk; the message's number.
fn sent(all: &mut [Office], from: usize, to: usize, draft: Draft) -> String {
    let name = all[to].name;
    let message = all[from].node.send("first", name, draft).unwrap().message;
    assert_eq!(talk(&all[from], &all[to]), []);
    message
}

/// The code of a refusal; `done` where there is none.
fn code<T>(answered: Result<T, NodeError>) -> &'static str {
    answered.err().map_or("done", |error| error.code())
}

/// How often the log of an office holds such an event.
fn count(office: &Office, fits: impl Fn(&Event) -> bool) -> usize {
    office.events().iter().filter(|recorded| fits(&recorded.event)).count()
}
