//! Makes a bundle: what is to be shown is handed in, piece by piece, and nothing is held in memory.
//!
//! What is handed in is not checked against the rest: `verify` does that, and whoever makes a
//! bundle does well to have it verified before it leaves the house.

use std::io::{Read, Seek, Write};

use envelope::attachment::Attachment;
use envelope::card::{AgencyId, SignedCard};
use envelope::content::Content;
use envelope::envelope::{Envelope, MessageId};
use envelope::receipt::SignedReceipt;
use i18n::{Language, text};
use tlog::note::Note;

use crate::archive::ArchiveError;
use crate::inclusion::Inclusion;
use crate::layout::Place;
use crate::list;
use crate::writer::Writer;

/// A bundle that is being made.
pub struct Builder<W> {
    writer: Writer<W>,
}

impl<W: Write + Seek> Builder<W> {
    /// A bundle from the first byte of `to` on, with what a judge reads first.
    pub fn new(to: W) -> Result<Builder<W>, ArchiveError> {
        let mut builder = Builder { writer: Writer::new(to) };
        for language in Language::all() {
            let readme = format!("{}\n", text(language, "verify-readme"));
            builder.put(&Place::Readme(language), readme.as_bytes())?;
        }
        Ok(builder)
    }

    /// A card. Of an agency all cards are needed, without a gap, from the first one that is known
    /// to the one that is believed.
    pub fn card(&mut self, card: &SignedCard) -> Result<(), ArchiveError> {
        self.put(&Place::Card(card.card().id(), card.card().sequence), card.bytes())
    }

    /// A message and its place in the record of who sent it.
    pub fn envelope(
        &mut self,
        envelope: &Envelope,
        inclusion: &Inclusion,
    ) -> Result<(), ArchiveError> {
        let id = envelope.header().id;
        self.put(&Place::Envelope(id), &envelope.write())?;
        self.put(&Place::EnvelopeProof(id), inclusion.write().as_bytes())
    }

    /// What a message says. Without it the message is still proven, and its content stays secret.
    pub fn content(&mut self, message: MessageId, content: &Content) -> Result<(), ArchiveError> {
        self.put(&Place::Content(message), &content.write())
    }

    /// A file that went with a message, opened. Its bytes are read once; where they are not those
    /// that were sent the bundle is not finished.
    pub fn attachment(
        &mut self,
        message: MessageId,
        attachment: &Attachment,
        from: &mut impl Read,
    ) -> Result<(), ArchiveError> {
        let place = Place::Attachment(message, attachment.name.clone());
        let name = name(&place)?;
        let digest = self.writer.file(&name, attachment.size, from)?;
        if digest == attachment.sha256 { Ok(()) } else { Err(ArchiveError::Checksum(name)) }
    }

    /// What became of a message, and its place in the record of who says so.
    pub fn receipt(
        &mut self,
        receipt: &SignedReceipt,
        inclusion: &Inclusion,
    ) -> Result<(), ArchiveError> {
        let (id, kind) = (receipt.receipt().message, receipt.receipt().kind);
        self.put(&Place::Receipt(id, kind), &receipt.write())?;
        self.put(&Place::ReceiptProof(id, kind), inclusion.write().as_bytes())
    }

    /// The head of a record, signed by its writer and countersigned by its reader, to which the
    /// proofs of this bundle lead.
    pub fn checkpoint(
        &mut self,
        (writer, reader): (AgencyId, AgencyId),
        note: &Note,
    ) -> Result<(), ArchiveError> {
        self.put(&Place::Checkpoint(writer, reader), note.write().as_bytes())
    }

    /// Writes the list of all files, and the end.
    pub fn finish(mut self) -> Result<W, ArchiveError> {
        let list = list::write(self.writer.digests());
        self.put(&Place::List, list.as_bytes())?;
        self.writer.finish()
    }

    fn put(&mut self, place: &Place, mut bytes: &[u8]) -> Result<(), ArchiveError> {
        self.writer.file(&name(place)?, bytes.len() as u64, &mut bytes).map(|_| ())
    }
}

/// The name of a place, if it is one that is found again.
fn name(place: &Place) -> Result<String, ArchiveError> {
    let name = place.to_string();
    match Place::parse(&name) {
        Some(_) => Ok(name),
        None => Err(ArchiveError::Name(name)),
    }
}
