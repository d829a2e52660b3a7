//! Graph files: a case's transfers merged and indexed once, and mapped from then on.
//!
//! A graph file is named after the digests of the segments that it was made from. Those are
//! checked against their events when it is made, and by `doctor`; not at every command, so that
//! a case of a hundred million transfers opens at once. One new file makes a new graph.

use std::io;

use graph::columns;
use graph::merge::{self, MergeError};
use graph::segment::Segment;
use model::digest::Digest;

use crate::case_data::{CaseData, broken_case, is_sound, is_transfers};
use crate::error::NodeError;
use crate::node::Node;
use crate::port::Bytes;
use crate::state::Case;

/// What is digested before the segments' digests, so that another form gets another name.
const NAME: &[u8] = b"LKGRAPH3";

impl Node {
    /// The case's graph file: the kept one, or where that is missing or unfit, made anew from
    /// segments that are checked first. `None` where the case has no transfers.
    pub(crate) fn graph(
        &self,
        case: &Case,
        data: &mut CaseData,
    ) -> Result<Option<Bytes>, NodeError> {
        let digests = transfers(case);
        let Some(name) = name(&digests) else { return Ok(None) };
        let is_fit = |bytes: &Bytes| columns::check((**bytes).as_ref(), &digests).is_ok();
        if let Some(bytes) = self.ports.vault.graph(&name)?.filter(is_fit) {
            return Ok(Some(bytes));
        }
        let files = case.files.iter().filter(|file| is_transfers(file));
        for (file, bytes) in files.zip(&mut data.transfers) {
            if !is_sound(file, (**bytes).as_ref()) {
                *bytes = self.rebuild(case, file)?;
            }
        }
        self.make_graph(case, &name, &digests, data)?;
        let bytes = self.ports.vault.graph(&name)?.filter(is_fit);
        bytes.map(Some).ok_or_else(|| broken_case(case, &"its graph cannot be read back"))
    }

    fn make_graph(
        &self,
        case: &Case,
        name: &Digest,
        digests: &[Digest],
        data: &CaseData,
    ) -> Result<(), NodeError> {
        let mut failed = None;
        let kept = self.ports.vault.keep_graph(name, &mut |out| {
            let segments: Vec<Segment<'_>> = data.segments();
            merge::write(segments, digests, out).map_err(|error| match error {
                MergeError::Write(error) => error,
                other => {
                    failed = Some(other);
                    io::Error::other("the segments make no graph")
                }
            })
        });
        match failed {
            Some(MergeError::Sum(account)) => {
                Err(NodeError::Ledger(graph::ledger::LedgerError::Sum(account)))
            }
            Some(error) => Err(broken_case(case, &error)),
            None => Ok(kept?),
        }
    }

    /// Removes graph files that no case of this node asks for any more.
    pub fn sweep_graphs(&self) -> Result<(), NodeError> {
        let cases = self.state.cases.values();
        let names: Vec<Digest> = cases.filter_map(|case| name(&transfers(case))).collect();
        Ok(self.ports.vault.keep_only_graphs(&names)?)
    }

    /// Cases whose graph file is not what was written; it is made anew when it is asked for next.
    pub fn check_graphs(&self) -> Result<Vec<String>, NodeError> {
        let mut damaged = Vec::new();
        for case in self.state.cases.values() {
            let digests = transfers(case);
            let Some(name) = name(&digests) else { continue };
            let Some(bytes) = self.ports.vault.graph(&name)? else { continue };
            let bytes = (*bytes).as_ref();
            if columns::check(bytes, &digests).is_err() || !columns::checksum_is_right(bytes) {
                self.ports.vault.drop_graph(&name)?;
                damaged.push(case.reference.clone());
            }
        }
        Ok(damaged)
    }
}

/// The segments of a case's transfers, oldest import first.
fn transfers(case: &Case) -> Vec<Digest> {
    case.files.iter().filter(|file| is_transfers(file)).map(|file| file.segment).collect()
}

/// The name of a graph file; `None` for a case without transfers.
fn name(digests: &[Digest]) -> Option<Digest> {
    let bytes = digests.iter().flat_map(|digest| digest.0);
    let bytes: Vec<u8> = NAME.iter().copied().chain(bytes).collect();
    (!digests.is_empty()).then(|| Digest::of(&bytes))
}
