//! `find`: who knows this value, in any spelling, across everything the node holds.

use std::collections::BTreeSet;

use formats::kind::Kind as FileKind;
use graph::segment::Segment;
use model::account::Account;
use model::identifier::Identifier;

use crate::answer::{Found, IdentifierAnswer, Place};
use crate::case_data::broken;
use crate::error::NodeError;
use crate::event::ImportedFile;
use crate::node::Node;
use crate::reading::{ANY_BANK, Wanted};
use crate::records::{Record, Records, id_key};
use crate::state::Case;

/// An answer lists at most this many places; the count is exact.
pub const MAX_PLACES: usize = 1_000;

/// What was found so far, and under which keys.
#[derive(Default)]
struct Hits {
    places: Vec<Place>,
    keys: BTreeSet<String>,
}

impl Node {
    /// Everything that holds a value.
    pub fn find(&mut self, by: &str, raw: &str) -> Result<Found, NodeError> {
        self.look(by, "find", raw)?;
        let wanted = self.wanted(raw)?;
        let mut hits = Hits::default();
        for case in self.state.cases.values() {
            self.find_in_case(case, &wanted, &mut hits)?;
        }
        self.find_hits(&wanted, &mut hits);
        for (id, case) in self.requests_with(by, &wanted.values())? {
            let (what, source) = ("request", String::new());
            hits.places.push(Place { what, id, case, source });
        }
        let readings = wanted.answer(&hits.keys);
        let told = readings.iter().find(|reading| reading.found).or(readings.first());
        let identifier =
            told.map(|told| IdentifierAnswer { kind: told.kind, value: told.value.clone() });
        let seen = hits.places.len() as u64;
        hits.places.truncate(MAX_PLACES);
        Ok(Found { identifier, readings, seen, places: hits.places })
    }

    /// What partners know too.
    fn find_hits(&self, wanted: &Wanted, hits: &mut Hits) {
        for (id, identifier, partner) in self.state.matching.open_hits() {
            let key = identifier.to_string();
            if wanted.keys().contains(&key) {
                hits.keys.insert(key);
                let (what, source) = ("hit", self.agency_name(partner));
                let (id, case) = (id.to_owned(), String::new());
                hits.places.push(Place { what, id, case, source });
            }
        }
    }

    fn find_in_case(&self, case: &Case, wanted: &Wanted, hits: &mut Hits) -> Result<(), NodeError> {
        if let Some(key) = wanted.case_key(case) {
            hits.places.push(place("case", &case.reference, case, ""));
            hits.keys.insert(key);
        }
        let before = hits.places.len();
        let mut is_ring = false;
        for file in &case.files {
            let bytes = self.segment_of(case, file)?;
            let bytes = (*bytes).as_ref();
            if file.kind == FileKind::Transfers.as_str() {
                find_transfers(case, file, bytes, wanted, hits)?;
            } else {
                is_ring |= find_records(case, file, bytes, wanted, hits)?;
            }
        }
        let touches = |p: &Place| matches!(p.what, "complaint" | "account" | "transfer");
        let is_touched = hits.places.get(before..).is_some_and(|new| new.iter().any(touches));
        if is_touched || is_ring { self.find_rings(case, wanted, hits) } else { Ok(()) }
    }

    fn find_rings(&self, case: &Case, wanted: &Wanted, hits: &mut Hits) -> Result<(), NodeError> {
        self.view(case, |view| {
            for ring in &view.rings().rings {
                let id = view.ring_id(ring);
                let own = wanted.ring_key(&id);
                let accounts = ring.members.iter().map(|m| view.ledger.account(m.account));
                let mut accounts = accounts.filter(|account| fits(account, wanted).is_some());
                let complaints =
                    ring.complaints.iter().filter_map(|c| view.data.complaints.get(*c as usize));
                let mut complaints = complaints.map(|c| Record::Complaint(c.clone()).index_keys());
                let is_held = own.is_some()
                    || accounts.next().is_some()
                    || complaints.any(|keys| !keys.is_disjoint(wanted.keys()));
                if is_held {
                    hits.places.push(place("ring", &id, case, ""));
                    hits.keys.extend(own);
                }
            }
            Ok(())
        })
    }
}

/// The key under which an account is wanted.
fn fits(account: &Account, wanted: &Wanted) -> Option<String> {
    let same = |w: &Account| {
        w.number() == account.number() && (w.bank() == ANY_BANK || w.bank() == account.bank())
    };
    if wanted.account().is_some_and(same) {
        return wanted.account_key();
    }
    let key = Identifier::of_account(account, None).to_string();
    wanted.keys().contains(&key).then_some(key)
}

/// Finds records; says whether one of them would be the first complaint of the ring that is wanted.
fn find_records(
    case: &Case,
    file: &ImportedFile,
    bytes: &[u8],
    wanted: &Wanted,
    hits: &mut Hits,
) -> Result<bool, NodeError> {
    let records = Records::parse(bytes).map_err(|error| broken(file, &error))?;
    let find = |key: &str| records.find(key).map_err(|error| broken(file, &error));
    let mut seen = BTreeSet::new();
    for key in wanted.keys() {
        for (number, record) in find(key)? {
            hits.keys.insert(key.clone());
            if !seen.insert(number) {
                continue;
            }
            let (what, id) = match &record {
                Record::Complaint(_) => ("complaint", record.key()),
                Record::Holding(holding) => ("account", holding.account.to_string()),
                Record::Indicator(indicator) => ("bulletin", indicator.bulletin.to_string()),
            };
            hits.places.push(place(what, &id, case, &file.source()));
        }
    }
    match wanted.ring() {
        Some(key) => Ok(!find(key)?.is_empty()),
        None => Ok(false),
    }
}

fn find_transfers(
    case: &Case,
    file: &ImportedFile,
    bytes: &[u8],
    wanted: &Wanted,
    hits: &mut Hits,
) -> Result<(), NodeError> {
    let segment = Segment::open(bytes).map_err(|error| broken(file, &error))?;
    let mut accounts: BTreeSet<u32> = BTreeSet::new();
    for (number, text) in (0..).zip(segment.accounts()) {
        let account = Account::parse_pair(text).ok();
        if let Some(key) = account.and_then(|account| fits(&account, wanted)) {
            accounts.insert(number);
            hits.keys.insert(key);
        }
    }
    for (number, row) in segment.rows().iter().enumerate() {
        let id = segment.id(number);
        let is_id = wanted.is_id(id);
        if is_id {
            hits.keys.insert(id_key(id));
        }
        if is_id || accounts.contains(&row.from()) || accounts.contains(&row.to()) {
            hits.places.push(place("transfer", id, case, &file.source()));
        }
    }
    Ok(())
}

fn place(what: &'static str, id: &str, case: &Case, source: &str) -> Place {
    Place { what, id: id.to_owned(), case: case.reference.clone(), source: source.to_owned() }
}
