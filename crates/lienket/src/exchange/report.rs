//! What went and came, as `sync` answers it.

use delivery::report::Report;
use node::answer::{RefusedAnswer, SyncAnswer, SyncedAnswer};

use crate::failure::{Failure, has_text};

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
