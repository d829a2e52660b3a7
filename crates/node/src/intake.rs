//! Tells new records from those that a case holds already and from those that contradict them.

use formats::kind::Kind;
use graph::intake::Taken;
use graph::segment::Segment;
use model::complaint::Complaint;
use model::digest::Digest;
use model::holding::Holding;
use model::indicator::Indicator;
use model::refusal::RowError;
use model::transfer::Transfer;
use rustc_hash::FxHashMap;

use crate::case_data::broken;
use crate::error::NodeError;
use crate::node::Node;
use crate::port::Bytes;
use crate::records::{self, MAX_RECORDS, Record, Records, RecordsError};
use crate::state::Case;

/// What became of a row.
pub(crate) enum Verdict {
    New,
    Already,
    Rejected(RowError),
}

/// What a case holds of one kind.
pub(crate) struct Held {
    transfers: Vec<Bytes>,
    records: FxHashMap<String, Digest>,
}

/// Collects what is new in one file.
pub(crate) enum Intake<'h> {
    Transfers(Box<graph::intake::Intake<'h>>),
    Records {
        held: &'h FxHashMap<String, Digest>,
        known: FxHashMap<String, Digest>,
        new: Vec<Record>,
    },
}

impl Node {
    /// What a case holds of the kind that a file brings.
    pub(crate) fn held(&self, case: &Case, kind: Kind) -> Result<Held, NodeError> {
        let mut held = Held { transfers: Vec::new(), records: FxHashMap::default() };
        for file in &case.files {
            let is_transfers = file.kind == Kind::Transfers.as_str();
            if is_transfers != (kind == Kind::Transfers) {
                continue;
            }
            let bytes = self.sound_segment_of(case, file)?;
            if is_transfers {
                held.transfers.push(bytes);
                continue;
            }
            let records =
                Records::parse((*bytes).as_ref()).map_err(|error| broken(file, &error))?;
            for record in records.all() {
                let record = record.map_err(|error| broken(file, &error))?;
                held.records.insert(key(&record), content(&record));
            }
        }
        Ok(held)
    }
}

impl<'h> Intake<'h> {
    pub(crate) fn new(kind: Kind, held: &'h Held) -> Intake<'h> {
        if kind != Kind::Transfers {
            return Intake::Records {
                held: &held.records,
                known: FxHashMap::default(),
                new: Vec::new(),
            };
        }
        // `segment_of` has parsed each of them before.
        let parse = |bytes: &'h Bytes| Segment::parse((**bytes).as_ref()).ok();
        let segments = held.transfers.iter().filter_map(parse).collect();
        Intake::Transfers(Box::new(graph::intake::Intake::new(segments)))
    }

    pub(crate) fn transfer(&mut self, row: u64, transfer: Transfer) -> Verdict {
        let Intake::Transfers(intake) = self else {
            return rejected(row, "", &transfer.id, "wrong_kind");
        };
        match intake.take(&transfer) {
            Taken::New => Verdict::New,
            Taken::Already => Verdict::Already,
            Taken::Contradicts => rejected(row, "tx_id", &transfer.id, "same_id_other_content"),
            Taken::Full => rejected(row, "", &transfer.id, "too_many_rows"),
        }
    }

    pub(crate) fn complaint(&mut self, row: u64, complaint: Complaint) -> Verdict {
        let id = complaint.id.clone();
        self.record(row, "complaint_id", &id, Record::Complaint(complaint))
    }

    pub(crate) fn holding(&mut self, row: u64, holding: Holding) -> Verdict {
        let account = holding.account.to_string();
        self.record(row, "account", &account, Record::Holding(holding))
    }

    pub(crate) fn indicator(&mut self, row: u64, indicator: Indicator) -> Verdict {
        let id = indicator.id.clone();
        self.record(row, "id", &id, Record::Indicator(indicator))
    }

    fn record(&mut self, row: u64, field: &str, id: &str, record: Record) -> Verdict {
        let Intake::Records { held, known, new } = self else {
            return rejected(row, field, id, "wrong_kind");
        };
        let (key, content) = (key(&record), content(&record));
        match held.get(&key).or_else(|| known.get(&key)) {
            Some(same) if *same == content => Verdict::Already,
            Some(_) => rejected(row, field, id, "same_id_other_content"),
            None if new.len() >= MAX_RECORDS => rejected(row, "", id, "too_many_rows"),
            None => {
                known.insert(key, content);
                new.push(record);
                Verdict::New
            }
        }
    }

    /// The new segment's bytes; a segment without records where nothing new came.
    pub(crate) fn finish(self) -> Result<Vec<u8>, RecordsError> {
        match self {
            Intake::Transfers(intake) => Ok(intake.finish()),
            Intake::Records { new, .. } => records::to_bytes(&new),
        }
    }
}

/// Records of different kinds share one map, so the kind is part of the key.
fn key(record: &Record) -> String {
    let kind = match record {
        Record::Complaint(_) => "complaint",
        Record::Holding(_) => "holding",
        Record::Indicator(_) => "indicator",
    };
    format!("{kind}/{}", record.key())
}

/// Two records of one key with this digest are the same.
fn content(record: &Record) -> Digest {
    // A record of ours can always be written; an empty text would only make it look changed.
    Digest::of(&postcard::to_stdvec(record).unwrap_or_default())
}

fn rejected(row: u64, field: &str, value: &str, code: &str) -> Verdict {
    Verdict::Rejected(RowError::new(row, field, value, code))
}
