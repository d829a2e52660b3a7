//! What went and came between two nodes, however it was carried.

use envelope::card::AgencyId;
use node::answer::{RefusedAnswer, SyncAnswer, SyncedAnswer};
use node::exchange::{Exchange, Taken, hexadecimal};
use node::port::record::{MessageState, Wanted};

use crate::failure::{Failure, has_text};

/// What went and came with one partner.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Messages and receipts that went.
    pub(crate) sent: u64,
    /// Messages that came.
    pub(crate) received: u64,
    /// What was here before.
    pub(crate) already: u64,
    /// What was refused, here or there: which, and the code why.
    pub(crate) refused: Vec<(String, String)>,
    /// Each parcel that was taken, for the audit.
    pub(crate) taken: Vec<Taken>,
}

impl Report {
    /// A parcel was taken.
    pub(crate) fn take(&mut self, exchange: &Exchange, partner: AgencyId, taken: Taken) {
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
        for id in &taken.told {
            let (from, ids, most) = (Some(exchange.me()), Some((*id, *id)), 1);
            let wanted = Wanted { from, to: Some(partner), ids, most, ..Wanted::default() };
            let row = exchange.messages(&wanted).ok().and_then(|mut rows| rows.pop());
            if let Some(row) = row.filter(|row| row.state == MessageState::Rejected) {
                self.refuse(hexadecimal(*id), row.code.as_deref().unwrap_or("bad_content"));
            }
        }
        self.taken.push(taken);
    }

    pub(crate) fn refuse(&mut self, id: String, code: &str) {
        let one = (id, code.to_owned());
        if !self.refused.contains(&one) {
            self.refused.push(one);
        }
    }
}

/// Adds a partner's report to an answer; `failure`: why it did not go to its end.
pub(crate) fn add(
    answer: &mut SyncAnswer,
    partner: &str,
    report: &Report,
    failure: Option<&Failure>,
    language: i18n::Language,
) {
    answer.sent += report.sent;
    answer.received += report.received;
    answer.already += report.already;
    for (id, code) in &report.refused {
        let [text, _] = match has_text(code) {
            true => i18n::refusal(language, code, id, ""),
            false => i18n::refusal(language, "peer_refused", code, ""),
        };
        answer.refused.push(RefusedAnswer { id: id.clone(), code: code.clone(), text });
    }
    let failure = failure.map(|failure| failure.answer(language));
    if let Some(told) = &failure {
        let (id, code, text) = (partner.to_owned(), told.code.clone(), told.message.clone());
        answer.refused.push(RefusedAnswer { id, code, text });
    }
    let state = failure.as_ref().map_or_else(|| "done".to_owned(), |told| told.code.clone());
    let text = failure.map(|told| format!("{} {}", told.message, told.hint));
    answer.partners.push(SyncedAnswer { partner: partner.to_owned(), state, text });
}
