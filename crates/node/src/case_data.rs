//! Everything that a case holds, read from its segments.

use std::collections::BTreeMap;

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
use crate::records::{Record, Records};
use crate::state::Case;

/// A case's data in memory; the transfers stay in their mapped files.
#[derive(Default)]
pub struct CaseData {
    /// Complaints in the order of their import.
    pub complaints: Vec<Complaint>,
    /// What banks say, by account.
    pub holdings: BTreeMap<Account, Holding>,
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
            let records =
                Records::parse((*bytes).as_ref()).map_err(|error| broken(file, &error))?;
            for record in records.all() {
                match record.map_err(|error| broken(file, &error))? {
                    Record::Complaint(complaint) => data.complaints.push(complaint),
                    Record::Holding(holding) => {
                        data.holdings.insert(holding.account.clone(), holding);
                    }
                    Record::Indicator(indicator) => data.indicators.push(indicator),
                }
            }
        }
        Ok(data)
    }

    /// A file's segment: the kept one, or where that is missing or broken, built anew. Transfers
    /// may be many: of theirs only the form is looked at here. They are digested when the case's
    /// graph is made of them, before new rows are told from theirs, and by `doctor`.
    pub(crate) fn segment_of(&self, case: &Case, file: &ImportedFile) -> Result<Bytes, NodeError> {
        match self.ports.vault.segment(&file.segment)? {
            Some(bytes) if is_transfers(file) && opens(file, (*bytes).as_ref()) => Ok(bytes),
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

/// Whether bytes have the form of the file's transfers.
fn opens(file: &ImportedFile, bytes: &[u8]) -> bool {
    Segment::open(bytes).is_ok_and(|segment| segment.len() as u64 == file.accepted)
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

    /// Where an account is held: as its bank says, or as its number or its bank's code does.
    pub fn country(&self, account: &Account) -> Option<Country> {
        let said = self.holdings.get(account).and_then(|holding| holding.country);
        said.or_else(|| Identifier::of_account(account, None).country())
    }

    /// For each account number of the ledger what the bank says it is.
    pub fn kinds(&self, ledger: &Ledger<'_>) -> Vec<HoldingKind> {
        let mut kinds = vec![HoldingKind::Unknown; ledger.account_count()];
        for (account, holding) in &self.holdings {
            let kind = ledger.number(account).and_then(|number| kinds.get_mut(number as usize));
            if let Some(kind) = kind {
                *kind = holding.kind;
            }
        }
        kinds
    }

    /// The holder's name as the bank has it; empty where nobody says.
    pub fn holder(&self, account: &Account) -> &str {
        self.holdings.get(account).map_or("", |holding| holding.holder_name.as_str())
    }
}
