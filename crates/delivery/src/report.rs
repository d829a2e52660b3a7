//! What went and came between two nodes, however it was carried.

use node::exchange::{Exchange, Taken, hexadecimal};
use node::port::record::MessageState;

/// What went and came with one partner.
#[derive(Debug, Default)]
pub struct Report {
    /// Messages and receipts that went.
    pub sent: u64,
    /// Messages that came.
    pub received: u64,
    /// What was here before.
    pub already: u64,
    /// What was refused, here or there: which, and the code why.
    pub refused: Vec<(String, String)>,
    /// Each parcel that was taken, for the audit.
    pub taken: Vec<Taken>,
}

impl Report {
    /// A parcel was taken.
    pub fn take(&mut self, exchange: &Exchange, taken: Taken) {
        self.received += (taken.received.len() + taken.waiting.len()) as u64;
        self.already += taken.already;
        for one in &taken.refused {
            let id = one.id.map_or_else(|| format!("#{}", one.index), hexadecimal);
            self.refuse(id, one.code);
        }
        for (index, code) in &taken.refused_there {
            self.refuse(format!("#{index}"), code);
        }
        // Messages of ours that the partner's node has refused, with its signature.
        for row in exchange.sent(&taken.told).unwrap_or_default() {
            if row.state == MessageState::Rejected {
                self.refuse(hexadecimal(row.id), row.code.as_deref().unwrap_or("bad_content"));
            }
        }
        self.taken.push(taken);
    }

    /// What went and came afterwards.
    pub fn join(&mut self, other: Report) {
        self.sent += other.sent;
        self.received += other.received;
        self.already += other.already;
        other.refused.into_iter().for_each(|(id, code)| self.refuse(id, &code));
        self.taken.extend(other.taken);
    }

    /// Something was refused; each refusal is told once.
    pub fn refuse(&mut self, id: String, code: &str) {
        let one = (id, code.to_owned());
        if !self.refused.contains(&one) {
            self.refused.push(one);
        }
    }
}
