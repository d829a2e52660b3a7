//! The ways in which a value that somebody looks for can be read.
//!
//! It may be an identifier, an account, an id as any answer prints it (`AGENCY/ID`, `R-…`, a case's
//! reference, also as `ring:`, `case:` or `account:` name it for charts), or a name. National
//! telephone numbers are read by the rules of the node's country, and then of every country that
//! held records speak of: a partner's file brings its own country's numbers.

use std::collections::BTreeSet;

use formats::kind::Kind as FileKind;
use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind};

use crate::answer::ReadingAnswer;
use crate::case_data::broken;
use crate::error::NodeError;
use crate::node::Node;
use crate::records::{Records, id_key, name_key, ring_key};
use crate::state::Case;

/// Longer values are not looked for.
const MAX_BYTES: usize = 2_048;
/// A number without its bank is looked for as an account if it has this many digits.
const LEAST_DIGITS: usize = 3;
/// Stands for the bank where only a number was given; no bank has this code.
pub(crate) const ANY_BANK: &str = "ANY-BANK";

/// A value with all its readings.
pub(crate) struct Wanted {
    readings: Vec<Reading>,
    keys: BTreeSet<String>,
    account: Option<Account>,
    /// The key of the first complaint of the ring that is meant.
    ring: Option<String>,
    text: String,
}

struct Reading {
    answer: ReadingAnswer,
    key: String,
}

impl Reading {
    fn new(kind: &'static str, value: &str, key: String) -> Reading {
        let value = value.to_owned();
        let answer = ReadingAnswer { kind, value, how: "as_written", country: None, found: false };
        Reading { answer, key }
    }

    fn identifier(identifier: &Identifier, country: Option<Country>) -> Reading {
        let key = identifier.to_string();
        let mut reading = Reading::new(identifier.kind().as_str(), identifier.value(), key);
        if country.is_some() {
            (reading.answer.how, reading.answer.country) = ("national", country);
        }
        reading
    }

    fn account(account: &Account) -> Reading {
        let kind = Kind::Account.as_str();
        if account.bank() != ANY_BANK {
            return Reading::new(kind, &account.to_string(), key_of(account));
        }
        let mut reading = Reading::new(kind, account.number(), key_of(account));
        reading.answer.how = "any_bank";
        reading
    }
}

fn key_of(account: &Account) -> String {
    match account.bank() {
        ANY_BANK => format!("number:{}", account.number()),
        _ => format!("account:{account}"),
    }
}

impl Wanted {
    /// The keys under which records may hold the value.
    pub(crate) fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    /// The value as it is written, and in its canonical forms.
    pub(crate) fn values(&self) -> Vec<String> {
        let readings = self.readings.iter().map(|reading| reading.answer.value.clone());
        readings.chain([self.text.clone()]).collect()
    }

    /// The value as an account, of [`ANY_BANK`] where only a number was given.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// The account's key.
    pub(crate) fn account_key(&self) -> Option<String> {
        self.account.as_ref().map(key_of)
    }

    /// The key of the first complaint of the ring that is meant.
    pub(crate) fn ring(&self) -> Option<&str> {
        self.ring.as_deref()
    }

    /// The key of a ring, if it is the one that is meant.
    pub(crate) fn ring_key(&self, id: &str) -> Option<String> {
        let key = ring_key(id);
        self.ring.as_ref().filter(|wanted| **wanted == key).cloned()
    }

    /// The key of a case, if it is the one that is meant.
    pub(crate) fn case_key(&self, case: &Case) -> Option<String> {
        case.reference.eq_ignore_ascii_case(&self.text).then(|| id_key(&case.reference))
    }

    /// Whether an id is the value, in any case.
    pub(crate) fn is_id(&self, id: &str) -> bool {
        id.eq_ignore_ascii_case(&self.text) || (!id.is_ascii() && self.keys.contains(&id_key(id)))
    }

    /// All readings, with those under whose keys something was found.
    pub(crate) fn answer(&self, found: &BTreeSet<String>) -> Vec<ReadingAnswer> {
        let answer = |reading: &Reading| {
            let found = found.contains(&reading.key);
            ReadingAnswer { found, ..reading.answer.clone() }
        };
        self.readings.iter().map(answer).collect()
    }
}

impl Node {
    /// Reads a value in every way.
    pub(crate) fn wanted(&self, raw: &str) -> Result<Wanted, NodeError> {
        let unreadable = || NodeError::UnreadableValue(raw.to_owned());
        let written = model::text::clean(raw).into_owned();
        let (subject, text) = match written.split_once(':') {
            Some((subject @ ("ring" | "case" | "account"), rest)) => (subject, rest.trim()),
            _ => ("", written.as_str()),
        };
        if text.is_empty() || text.len() > MAX_BYTES {
            return Err(unreadable());
        }
        let is_number = text.chars().filter(char::is_ascii_digit).count() >= LEAST_DIGITS;
        let number = || Account::parse(ANY_BANK, text).ok().filter(|_| is_number);
        let account = Account::parse_pair(text).ok().or_else(number);
        let account = account.filter(|_| matches!(subject, "" | "account"));
        let mut readings = Vec::new();
        let ring = text.to_ascii_uppercase();
        let ring = is_ring(&ring).then_some(ring).filter(|_| matches!(subject, "" | "ring"));
        readings.extend(ring.iter().map(|id| Reading::new("ring", id, ring_key(id))));
        if subject != "ring" && subject != "case" {
            let identifiers = self.identifiers(text)?;
            let is_account = |reading: &Reading| reading.answer.kind == Kind::Account.as_str();
            let is_pair = account.as_ref().is_some_and(|account| account.bank() != ANY_BANK);
            let is_first = is_pair && identifiers.first().is_none_or(is_account);
            let account = || account.iter().map(Reading::account);
            readings.extend(account().filter(|_| is_first));
            readings.extend(identifiers);
            readings.extend(account().filter(|_| !is_first));
        }
        // A ring is no record: its key leads to the complaint after which it is called.
        let of_records = readings.iter().filter(|reading| reading.answer.kind != "ring");
        let mut keys: BTreeSet<String> = of_records.map(|reading| reading.key.clone()).collect();
        let ring = ring.as_deref().map(ring_key);
        if subject.is_empty() {
            readings.push(Reading::new("id", text, id_key(text)));
            readings.push(Reading::new("name", text, name_key(text)));
            keys.extend([id_key(text), name_key(text)]);
        } else if subject == "case" {
            readings.push(Reading::new("id", text, id_key(text)));
        }
        Ok(Wanted { readings, keys, account, ring, text: text.to_owned() })
    }

    /// The identifiers that a text can mean: by the rules of the node's country, then, for
    /// telephone numbers, of the countries that are held.
    fn identifiers(&self, text: &str) -> Result<Vec<Reading>, NodeError> {
        let home = self.identity()?.country;
        let anywhere = Identifier::readings(text, Context::default());
        let by_home = |found: &Identifier| match found.kind() {
            Kind::Phone | Kind::ShortCode | Kind::Messaging => {
                Some(home).filter(|_| !anywhere.contains(found))
            }
            _ => None,
        };
        let at_home = Identifier::readings(text, Context { country: Some(home) });
        let mut found: Vec<Reading> =
            at_home.iter().map(|known| Reading::identifier(known, by_home(known))).collect();
        let is_national = at_home.iter().any(|known| by_home(known).is_some());
        let is_number = !text.starts_with('+') && text.bytes().any(|b| b.is_ascii_digit());
        if !is_national && (!is_number || anywhere.iter().any(|known| known.kind() == Kind::Phone))
        {
            return Ok(found);
        }
        for country in self.countries()?.into_iter().filter(|country| *country != home) {
            let context = Context { country: Some(country) };
            let phone = Identifier::parse(Kind::Phone, text, context).ok();
            let phone = phone.filter(|phone| phone.kind() == Kind::Phone);
            let reading = phone.map(|phone| Reading::identifier(&phone, Some(country)));
            found.extend(reading.filter(|new| found.iter().all(|known| known.key != new.key)));
        }
        Ok(found)
    }

    /// The countries that held records speak of.
    fn countries(&self) -> Result<BTreeSet<Country>, NodeError> {
        let mut countries = BTreeSet::new();
        for case in self.state.cases.values() {
            for file in case.files.iter().filter(|f| f.kind != FileKind::Transfers.as_str()) {
                let bytes = self.segment_of(case, file)?;
                let records = Records::parse((*bytes).as_ref());
                countries.extend(records.map_err(|error| broken(file, &error))?.countries());
            }
        }
        Ok(countries)
    }
}

/// `R-` and eight hexadecimal digits, in capitals.
fn is_ring(text: &str) -> bool {
    let digits = text.strip_prefix("R-").unwrap_or_default();
    digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}
