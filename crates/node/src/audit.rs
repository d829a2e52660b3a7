//! The node's own audit: who did what, in a log that only grows. How long it is and its root stand
//! under every head that partners countersign, so that not even who holds the machine can change
//! what was recorded before.

use model::digest::Digest;
use tlog::frontier::Frontier;

use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, Recorded};
use crate::node::Node;

impl Node {
    /// Who did what, oldest first.
    pub fn audit(&self, by: &str) -> Result<Vec<Recorded>, NodeError> {
        self.allow(by, Duty::Oversee)?;
        Ok(self.ports.journal.events()?)
    }

    /// Holds the audit against what partners have countersigned.
    pub fn check_audit(&self) -> Result<AuditCheck, NodeError> {
        let mut wanted: Vec<(u64, Digest, String)> = self.exchange()?.told_audits()?;
        wanted.sort();
        let mut next = wanted.into_iter().peekable();
        let (mut log, mut check) = (Frontier::default(), AuditCheck::default());
        // So many events were there before the newest restore.
        let mut restored = None;
        let mut compare = |log: &Frontier, restored: Option<u64>| {
            while let Some((size, root, partner)) = next.next_if(|one| one.0 <= log.size()) {
                if root != log.root() {
                    check.other(partner, size, restored);
                }
            }
        };
        let events = self.ports.journal.events()?;
        let newest = events.iter().rposition(|one| matches!(one.event, Event::Restored { .. }));
        if let Some(place) = newest {
            restored = Some(place as u64);
        }
        for recorded in &events {
            compare(&log, restored);
            log.add(recorded.leaf());
        }
        compare(&log, restored);
        // What is told of a longer audit than this one was cut off here.
        for (size, _, partner) in next {
            check.other(partner, size, restored);
        }
        Ok(check)
    }
}

/// Partners whose countersigned head tells of another audit than this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditCheck {
    /// Of another one that this cannot have become: it was changed.
    pub changed: Vec<String>,
    /// Of a longer one than the backup held that was restored here.
    pub lost: Vec<String>,
}

impl AuditCheck {
    fn other(&mut self, partner: String, size: u64, restored: Option<u64>) {
        match restored {
            Some(before) if size > before => self.lost.push(partner),
            _ => self.changed.push(partner),
        }
    }
}
