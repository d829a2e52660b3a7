//! `find`: who knows this value, in any spelling, across everything the node holds.

use std::collections::BTreeSet;

use formats::kind::Kind as FileKind;
use graph::segment::Segment;
use model::account::Account;
use model::identifier::{Context, Identifier, Kind};

use crate::answer::{Found, IdentifierAnswer, Place};
use crate::case_data::broken;
use crate::error::NodeError;
use crate::event::ImportedFile;
use crate::node::Node;
use crate::records::{Record, Records, name_key};
use crate::state::Case;
use crate::wording;

/// An answer lists at most this many places; the count is exact.
pub const MAX_PLACES: usize = 1_000;

/// The keys under which a value may be held.
struct Wanted {
    readings: Vec<Identifier>,
    keys: BTreeSet<String>,
    account: Option<Account>,
    text: String,
}

/// A number without its bank is looked for as an account if it has this many digits.
const LEAST_DIGITS: usize = 3;

impl Wanted {
    /// What the value is, judged by where it was found; where it was not, its first reading.
    fn told(&self, places: &[Place]) -> IdentifierAnswer {
        let is_found = |what: &str| places.iter().any(|place| place.what == what);
        let is_paid = is_found("account") || is_found("transfer");
        let account = self.account.as_ref().map(|account| IdentifierAnswer {
            kind: Kind::Account.as_str(),
            value: match account.bank() {
                ANY_BANK => account.number().to_owned(),
                _ => account.to_string(),
            },
        });
        let reading = self.readings.first().map(wording::identifier);
        let text = |kind| IdentifierAnswer { kind, value: self.text.clone() };
        let plain = || if is_found("account") { text("name") } else { text("id") };
        let found = if is_paid { account.or(reading) } else { reading.or(account) };
        found.unwrap_or_else(plain)
    }
}

impl Node {
    /// Everything that holds a value.
    pub fn find(&mut self, by: &str, raw: &str) -> Result<Found, NodeError> {
        self.look(by, "find", raw)?;
        let wanted = self.wanted(raw)?;
        let mut places = Vec::new();
        for case in self.state.cases.values() {
            self.find_in_case(case, &wanted, &mut places)?;
        }
        let identifier = wanted.told(&places);
        let seen = places.len() as u64;
        places.truncate(MAX_PLACES);
        let readings = wanted.readings.iter().map(wording::identifier).collect();
        Ok(Found { identifier: Some(identifier), readings, seen, places })
    }

    fn wanted(&self, raw: &str) -> Result<Wanted, NodeError> {
        let unreadable = || NodeError::UnreadableValue(raw.to_owned());
        let text = model::text::clean(raw).into_owned();
        if text.is_empty() || text.len() > 2_048 {
            return Err(unreadable());
        }
        let context = Context { country: Some(self.identity()?.country) };
        let readings = Identifier::readings(&text, context);
        let is_number = text.chars().filter(char::is_ascii_digit).count() >= LEAST_DIGITS;
        let number = || Account::parse(ANY_BANK, &text).ok().filter(|_| is_number);
        let account = Account::parse_pair(&text).ok().or_else(number);
        let mut keys: BTreeSet<String> = readings.iter().map(Identifier::to_string).collect();
        if let Some(account) = &account {
            let key = match account.bank() {
                ANY_BANK => format!("number:{}", account.number()),
                _ => format!("account:{account}"),
            };
            keys.insert(key);
        }
        keys.insert(format!("id:{text}"));
        keys.insert(name_key(&text));
        Ok(Wanted { readings, keys, account, text })
    }

    fn find_in_case(
        &self,
        case: &Case,
        wanted: &Wanted,
        places: &mut Vec<Place>,
    ) -> Result<(), NodeError> {
        if case.reference.eq_ignore_ascii_case(&wanted.text) {
            places.push(place("case", &case.reference, case, ""));
        }
        let before = places.len();
        for file in &case.files {
            let bytes = self.segment_of(case, file)?;
            let bytes = (*bytes).as_ref();
            if file.kind == FileKind::Transfers.as_str() {
                find_transfers(case, file, bytes, wanted, places)?;
            } else {
                find_records(case, file, bytes, wanted, places)?;
            }
        }
        let touches = |p: &Place| matches!(p.what, "complaint" | "account" | "transfer");
        if places.get(before..).is_some_and(|new| new.iter().any(touches)) {
            self.find_rings(case, wanted, places)?;
        }
        Ok(())
    }

    fn find_rings(
        &self,
        case: &Case,
        wanted: &Wanted,
        places: &mut Vec<Place>,
    ) -> Result<(), NodeError> {
        self.view(case, |view| {
            for ring in &view.rings().rings {
                let accounts = ring.members.iter().map(|m| view.ledger.account(m.account));
                let mut accounts = accounts.filter(|account| fits(account, wanted));
                let complaints =
                    ring.complaints.iter().filter_map(|c| view.data.complaints.get(*c as usize));
                let mut complaints = complaints.map(|c| Record::Complaint(c.clone()).index_keys());
                let in_complaint = complaints.any(|keys| !keys.is_disjoint(&wanted.keys));
                if accounts.next().is_some() || in_complaint {
                    places.push(place("ring", &view.ring_id(ring), case, ""));
                }
            }
            Ok(())
        })
    }
}

/// Stands for the bank where only a number was given; no bank has this code.
const ANY_BANK: &str = "ANY-BANK";

fn fits(account: &Account, wanted: &Wanted) -> bool {
    let same = wanted.account.as_ref().is_some_and(|w| {
        w.number() == account.number() && (w.bank() == ANY_BANK || w.bank() == account.bank())
    });
    same || wanted.keys.contains(&Identifier::of_account(account, None).to_string())
}

fn find_records(
    case: &Case,
    file: &ImportedFile,
    bytes: &[u8],
    wanted: &Wanted,
    places: &mut Vec<Place>,
) -> Result<(), NodeError> {
    let records = Records::parse(bytes).map_err(|error| broken(file, &error))?;
    let mut seen = BTreeSet::new();
    for key in &wanted.keys {
        for (number, record) in records.find(key).map_err(|error| broken(file, &error))? {
            if !seen.insert(number) {
                continue;
            }
            places.push(match record {
                Record::Complaint(complaint) => place(
                    "complaint",
                    &format!("{}/{}", complaint.agency, complaint.id),
                    case,
                    &file.name,
                ),
                Record::Holding(holding) => {
                    place("account", &holding.account.to_string(), case, &file.name)
                }
                Record::Indicator(indicator) => {
                    place("bulletin", &indicator.bulletin, case, &file.name)
                }
            });
        }
    }
    Ok(())
}

fn find_transfers(
    case: &Case,
    file: &ImportedFile,
    bytes: &[u8],
    wanted: &Wanted,
    places: &mut Vec<Place>,
) -> Result<(), NodeError> {
    let segment = Segment::parse(bytes).map_err(|error| broken(file, &error))?;
    let accounts: BTreeSet<u32> = segment
        .accounts()
        .enumerate()
        .filter(|(_, text)| Account::parse_pair(text).is_ok_and(|account| fits(&account, wanted)))
        .map(|(number, _)| number as u32)
        .collect();
    for (number, row) in segment.rows().iter().enumerate() {
        let touches = accounts.contains(&row.from()) || accounts.contains(&row.to());
        if touches || segment.id(number) == wanted.text {
            places.push(place("transfer", segment.id(number), case, &file.name));
        }
    }
    Ok(())
}

fn place(what: &'static str, id: &str, case: &Case, source: &str) -> Place {
    Place { what, id: id.to_owned(), case: case.reference.clone(), source: source.to_owned() }
}
