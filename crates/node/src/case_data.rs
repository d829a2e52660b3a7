//! Everything that a case holds, read from its segments.

use graph::ledger::{Ledger, LedgerError};
use graph::segment::Segment;
use model::account::Account;
use model::complaint::Complaint;
use model::country::Country;
use model::digest::Digest;
use model::holding::{Holding, HoldingKind};
use model::identifier::Identifier;
use model::indicator::Indicator;
use model::rates::Rates;

use crate::error::NodeError;
use crate::event::ImportedFile;
use crate::node::Node;
use crate::port::Bytes;
use crate::records::{Record, Records, account_key};
use crate::state::Case;

/// A case's data in memory; the transfers stay in their mapped files.
#[derive(Default)]
pub struct CaseData {
    /// Complaints in the order of their import.
    pub complaints: Vec<Complaint>,
    /// Files in which banks say who holds what; they may be large, and stay mapped.
    holders: Vec<Bytes>,
    /// Values that others warned of.
    pub indicators: Vec<Indicator>,
    pub(crate) transfers: Vec<Bytes>,
}

impl Node {
    /// Reads what a case holds.
    pub fn case_data(&self, case: &Case) -> Result<CaseData, NodeError> {
        let mut data = CaseData::default();
        for file in &case.files {
            let bytes = self.segment_of(case, file)?;
            if is_transfers(file) {
                data.transfers.push(bytes);
                continue;
            }
            if is_holdings(file) {
                data.holders.push(bytes);
                continue;
            }
            let records =
                Records::parse((*bytes).as_ref()).map_err(|error| broken(file, &error))?;
            for record in records.all() {
                match record.map_err(|error| broken(file, &error))? {
                    Record::Complaint(complaint) => data.complaints.push(complaint),
                    Record::Indicator(indicator) => data.indicators.push(indicator),
                    // Only `is_holdings` files bring them.
                    Record::Holding(_) => {}
                }
            }
        }
        Ok(data)
    }

    /// A file's segment: the kept one, or where that is missing or broken, built anew. Transfers
    /// and accounts may be many: of theirs only the form is looked at here. They are digested when
    /// the case's graph is made of them, before new rows are told from theirs, and by `doctor`.
    pub(crate) fn segment_of(&self, case: &Case, file: &ImportedFile) -> Result<Bytes, NodeError> {
        match self.ports.vault.segment(&file.segment)? {
            Some(bytes) if opens(file, (*bytes).as_ref()) => Ok(bytes),
            Some(bytes) if is_sound(file, (*bytes).as_ref()) => Ok(bytes),
            _ => self.rebuild(case, file),
        }
    }

    /// The same, digested whole.
    pub(crate) fn sound_segment_of(
        &self,
        case: &Case,
        file: &ImportedFile,
    ) -> Result<Bytes, NodeError> {
        match self.ports.vault.segment(&file.segment)? {
            Some(bytes) if is_sound(file, (*bytes).as_ref()) => Ok(bytes),
            _ => self.rebuild(case, file),
        }
    }
}

/// Whether a file brought transfers.
pub(crate) fn is_transfers(file: &ImportedFile) -> bool {
    file.kind == formats::kind::Kind::Transfers.as_str()
}

/// Whether a file brought what banks say of accounts.
pub(crate) fn is_holdings(file: &ImportedFile) -> bool {
    file.kind == formats::kind::Kind::Accounts.as_str()
}

/// Whether bytes have the form of the file's transfers or accounts.
fn opens(file: &ImportedFile, bytes: &[u8]) -> bool {
    let rows = match () {
        () if is_transfers(file) => Segment::open(bytes).map(|segment| segment.len()).ok(),
        () if is_holdings(file) => Records::parse(bytes).map(|records| records.len()).ok(),
        () => None,
    };
    rows.is_some_and(|rows| rows as u64 == file.accepted)
}

/// Whether the bytes are what the file held: the very bytes that the event names, in a form that
/// this version reads.
pub(crate) fn is_sound(file: &ImportedFile, bytes: &[u8]) -> bool {
    Digest::of(bytes) == file.segment && holds(&file.kind, bytes, file.accepted)
}

/// Whether bytes are a segment of so many rows.
pub(crate) fn holds(kind: &str, bytes: &[u8], rows: u64) -> bool {
    if kind == formats::kind::Kind::Transfers.as_str() {
        Segment::parse(bytes).is_ok_and(|segment| segment.len() as u64 == rows)
    } else {
        Records::parse(bytes).is_ok_and(|records| records.len() as u64 == rows)
    }
}

pub(crate) fn broken(file: &ImportedFile, error: &dyn std::fmt::Display) -> NodeError {
    NodeError::Broken { file: file.name.clone(), cause: error.to_string() }
}

pub(crate) fn broken_case(case: &Case, error: &dyn std::fmt::Display) -> NodeError {
    NodeError::Broken { file: case.reference.clone(), cause: error.to_string() }
}

impl CaseData {
    /// The case's transfers, read together from the graph file that `Node::graph` gave.
    pub(crate) fn ledger<'d>(
        &'d self,
        case: &Case,
        graph: Option<&'d Bytes>,
        rates: &Rates,
    ) -> Result<Ledger<'d>, NodeError> {
        let ledger = match graph {
            Some(graph) => {
                let files = case.files.iter().filter(|file| is_transfers(file));
                let digests: Vec<Digest> = files.map(|file| file.segment).collect();
                Ledger::open((**graph).as_ref(), self.segments(), &digests, rates)
            }
            None => Ledger::new(self.segments(), rates),
        };
        ledger.map_err(|error| match error {
            LedgerError::Sum(_) => NodeError::Ledger(error),
            other => broken_case(case, &other),
        })
    }

    /// The segments of the case's transfers, oldest import first.
    pub fn segments(&self) -> Vec<Segment<'_>> {
        // `segment_of` has opened each of them before.
        self.transfers.iter().filter_map(|b| Segment::open((**b).as_ref()).ok()).collect()
    }

    /// What a bank says of an account; the latest import's word counts.
    pub fn holding(&self, account: &Account) -> Option<Holding> {
        let key = account_key(account);
        self.holders.iter().rev().find_map(|bytes| {
            let records = Records::parse((**bytes).as_ref()).ok()?;
            // A damaged record is as if the bank had said nothing; `doctor` names the file.
            let said = records.candidates(&key).flatten().filter_map(|(_, record)| match record {
                Record::Holding(holding) if holding.account == *account => Some(holding),
                _ => None,
            });
            said.last()
        })
    }

    /// Where an account is held: as its bank says, or as its number or its bank's code does.
    pub fn country(&self, account: &Account) -> Option<Country> {
        let said = self.holding(account).and_then(|holding| holding.country);
        said.or_else(|| Identifier::of_account(account, None).country())
    }

    /// What the bank says an account is.
    pub fn kind(&self, account: &Account) -> HoldingKind {
        self.holding(account).map_or(HoldingKind::Unknown, |holding| holding.kind)
    }

    /// The holder's name as the bank has it; empty where nobody says.
    pub fn holder(&self, account: &Account) -> String {
        self.holding(account).map(|holding| holding.holder_name.to_string()).unwrap_or_default()
    }
}
