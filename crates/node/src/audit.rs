//! The node's own audit: who did what, in a log that only grows. How long it is and its root stand
//! under every head that partners countersign, so that not even who holds the machine can change
//! what was recorded before.

use model::digest::Digest;
use tlog::frontier::Frontier;

use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Recorded;
use crate::node::Node;

impl Node {
    /// Who did what, oldest first.
    pub fn audit(&self, by: &str) -> Result<Vec<Recorded>, NodeError> {
        self.allow(by, Duty::Oversee)?;
        Ok(self.ports.journal.events()?)
    }

    /// Holds the audit against what partners have countersigned; how many of them were looked at,
    /// and the names of those whose countersigned head tells of another audit.
    pub fn check_audit(&self) -> Result<(usize, Vec<String>), NodeError> {
        let told = self.exchange()?.told_audits()?;
        let mut wanted: Vec<(u64, Digest, String)> = told;
        wanted.sort();
        let (mut log, mut contradicted) = (Frontier::default(), Vec::new());
        let mut next = wanted.iter().peekable();
        let mut compare = |log: &Frontier| {
            while let Some((_, root, partner)) = next.next_if(|one| one.0 == log.size()) {
                if *root != log.root() {
                    contradicted.push(partner.clone());
                }
            }
        };
        for recorded in &self.ports.journal.events()? {
            compare(&log);
            log.add(recorded.leaf());
        }
        compare(&log);
        // What is told of a longer audit than this one was cut off here.
        contradicted.extend(next.map(|(_, _, partner)| partner.clone()));
        Ok((wanted.len(), contradicted))
    }
}
