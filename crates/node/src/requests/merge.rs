//! Merging: the files of a partner's answers become facts of a case, each marked as what that
//! partner gave under its handling, so that the trace goes on across the border.

use formats::open::Source;
use i18n::Language;
use model::country::Country;

use super::deed::Deed;
use super::error::RequestError;
use super::record::Key;
use crate::answer::Imported;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, GivenBy};
use crate::exchange::SealedFile;
use crate::import::Import;
use crate::node::Node;
use crate::port::record::MessageState;

impl Node {
    /// Takes the files of a request's answers, and of the request itself where it is a partner's,
    /// into a case. What went in before is not taken again.
    pub fn merge_request(
        &mut self,
        by: &str,
        text: &str,
        case: Option<&str>,
        language: Language,
    ) -> Result<Imported, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        let case = self.case(case.or(kept.case.as_deref()))?.reference.clone();
        let mut messages = Vec::new();
        if key.of.is_some() && !kept.merged.contains(&kept.content) {
            messages.extend(kept.message.clone().map(|message| (message, kept.content)));
        }
        let steps = kept.history.iter().filter(|one| one.is_theirs);
        for step in steps {
            if let (Some(message), Some(body)) = (&step.message, step.body)
                && !kept.merged.contains(&body)
            {
                messages.push((message.clone(), body));
            }
        }
        let mut all = Imported::default();
        for (message, body) in messages {
            let taken = self.merge_message(by, &key, (&case, &message, kept.country), language)?;
            let is_whole = taken.files.iter().all(|file| file.error.is_none());
            if is_whole && !taken.files.is_empty() {
                let what = Deed::Merged { case: case.clone(), body };
                let (of, number) = (key.of, key.number.clone());
                self.record(by, &[Event::Request { of, number, what }])?;
            }
            all.files.extend(taken.files);
        }
        match all.files.is_empty() {
            true => Err(RequestError::NothingToMerge(self.shown_number(&key)).into()),
            false => Ok(all),
        }
    }

    /// The files of one message.
    fn merge_message(
        &mut self,
        by: &str,
        key: &Key,
        (case, message, kept_country): (&str, &str, Country),
        language: Language,
    ) -> Result<Imported, NodeError> {
        let exchange = self.exchange()?.clone();
        let row = exchange.find(message)?;
        if row.state == MessageState::Erased {
            return Ok(Imported::default());
        }
        let content = exchange.open(&row)?;
        let mut files = Vec::new();
        for attachment in content.attachments {
            files.push(SealedFile::new(exchange.clone(), attachment)?);
        }
        let sources: Vec<&dyn Source> = files.iter().map(|file| file as &dyn Source).collect();
        let given = GivenBy {
            partner: row.log.from.0,
            name: self.agency_name(row.log.from.0),
            country: kept_country,
            request: self.shown_number(key),
            tlp: content.handling.tlp.label().to_owned(),
            limits: crate::messages::handling_told(&content.handling)
                .limits
                .iter()
                .map(|limit| (*limit).to_owned())
                .collect(),
        };
        let import = Import { case: Some(case), given: Some(given), ..Import::default() };
        self.import(by, &import, &sources, language)
    }
}
