//! The files of requests and steps: kept as they were attached, sealed as they were kept, and none
//! that a partner gave for us alone.

use envelope::attachment::{Attachment, is_name};
use envelope::request::{File, Marks};
use formats::open::Source;
use model::digest::Digest;

use super::error::RequestError;
use crate::error::NodeError;
use crate::node::Node;

impl Node {
    /// Keeps a file that goes with a request: what lies outside may change, this may not.
    pub(super) fn attach(
        &self,
        source: &dyn Source,
        marks: Marks,
        to: Option<Digest>,
    ) -> Result<File, NodeError> {
        let name = source.name().rsplit('/').next().unwrap_or_default().to_owned();
        if !is_name(&name) {
            return Err(RequestError::BadElement(name).into());
        }
        let (sha256, size) = self.ports.vault.take(source)?;
        if let Some(giver) = self.bound_to(&sha256, to) {
            return Err(RequestError::NotOnward(name, giver).into());
        }
        self.ports.vault.keep_original(&sha256)?;
        Ok(File { name, size, sha256, marks })
    }

    /// The partner that gave a file of some case and did not say that others may have it; back to
    /// itself it may go.
    fn bound_to(&self, sha256: &Digest, to: Option<Digest>) -> Option<String> {
        let files = self.state.cases.values().flat_map(|case| &case.files);
        let given = files.filter(|file| file.original == *sha256).filter_map(|file| {
            let given = file.given.as_ref()?;
            (!given.may_go_onward() && Some(given.partner) != to).then(|| given.name.clone())
        });
        given.into_iter().next()
    }

    /// A file that was kept, sealed for its way.
    pub(super) fn seal_kept(&self, file: &File) -> Result<Attachment, NodeError> {
        let changed = || RequestError::AttachmentChanged(file.name.clone());
        let source = self.ports.vault.original(&file.sha256, &file.name);
        let source = source.map_err(|_| changed())?;
        let mut reader = source.reader().map_err(|_| changed())?;
        let attachment = self.exchange()?.seal_file(&file.name, &mut *reader)?;
        if (attachment.sha256, attachment.size) == (file.sha256, file.size) {
            Ok(attachment)
        } else {
            Err(changed().into())
        }
    }
}
