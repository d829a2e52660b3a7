//! Messages: who sealed and signed them for whom, where they lie in the record, and whether what
//! is shown as their content is what was signed.

use std::io::{Read, Seek};

use envelope::card::AgencyId;
use envelope::cbor;
use envelope::content::{self, Content, commitment};
use envelope::entry::EntryKind;
use envelope::envelope::{Envelope, Header, MAX_BYTES, MessageId};
use envelope::handling::{Handling, Limit, Pap};
use i18n::{Language, text, text_with};

use crate::agencies::{Agencies, Agency};
use crate::layout::{Place, hex};
use crate::reading::{Reading, plain};
use crate::receipts;
use crate::records::{Leaf, Records, signed};

/// Checks a message and all that belongs to it.
pub(crate) fn check<R: Read + Seek>(
    reading: &mut Reading<R>,
    agencies: &Agencies,
    records: &mut Records,
    id: MessageId,
) {
    let place = Place::Envelope(id);
    let Some(bytes) = reading.take(&place, MAX_BYTES) else { return };
    let Ok(message) = Envelope::parse(&bytes) else {
        return reading.file_problem("verify-envelope-shape", &place);
    };
    if message.header().id != id {
        return reading.file_problem("verify-file-name", &place);
    }
    let Header { from, to, index, before, made, .. } = message.header();
    let (from, to) = (*from, *to);
    let Some((sender, receiver)) = parties(reading, agencies, &place, (from, to)) else { return };
    let language = reading.language;
    let number = hex(&id);
    let what = text_with(language, "verify-what-message", &[("id", (&number).into())]);
    let standing = sender.signer(*made, |key| message.check(key).is_ok());
    if !signed(reading, standing, &what, sender) {
        return;
    }
    let sentence = text_with(
        language,
        "verify-claim-message",
        &[
            ("id", (&number).into()),
            ("at", (&i18n::moment(language, *made)).into()),
            ("from", (&sender.label).into()),
            ("to", (&receiver.label).into()),
        ],
    );
    reading.claim(sentence);
    let leaf = Leaf {
        writer: from,
        reader: to,
        data: EntryKind::Envelope.leaf(&message.digest()),
        proof: Place::EnvelopeProof(id),
        place: Some((*index, before)),
        what: &what,
    };
    records.prove(reading, agencies, &leaf);
    open(reading, &message, &what);
    receipts::check(reading, agencies, records, &message);
}

/// Sender and receiver, of whom there have to be cards.
pub(crate) fn parties<'a, R: Read + Seek>(
    reading: &mut Reading<R>,
    agencies: &'a Agencies,
    place: &Place,
    (from, to): (AgencyId, AgencyId),
) -> Option<(&'a Agency, &'a Agency)> {
    let found = (agencies.get(&from), agencies.get(&to));
    if let (Some(sender), Some(receiver)) = found {
        return Some((sender, receiver));
    }
    reading.file_problem("verify-agency-unknown", place);
    None
}

/// Holds what is shown as the content against what was signed.
fn open<R: Read + Seek>(reading: &mut Reading<R>, message: &Envelope, what: &str) {
    let language = reading.language;
    let id = message.header().id;
    let place = Place::Content(id);
    if !reading.has(&place) {
        let sentence = text_with(language, "verify-claim-closed", &[("what", what.into())]);
        return reading.claim(sentence);
    }
    let Some(bytes) = reading.take(&place, content::MAX_BYTES) else { return };
    if commitment(&bytes) != *message.commitment() {
        return reading.file_problem("verify-content-other", &place);
    }
    let parsed = cbor::read::<Content>(&bytes, content::MAX_BYTES).ok();
    let Some(content) = parsed.filter(|content| content.check().is_ok()) else {
        return reading.file_problem("verify-content-shape", &place);
    };
    tell_handling(reading, &content, what);
    tell_body(reading, &content);
    for attachment in &content.attachments {
        let place = Place::Attachment(id, attachment.name.clone());
        let size = i64::try_from(attachment.size).unwrap_or(i64::MAX);
        let size = i18n::number(language, size);
        let file = plain(&attachment.name);
        let values = [("file", (&file).into()), ("size", (&size).into())];
        let sentence = match reading.weigh(&place) {
            None => text_with(language, "verify-claim-attachment-absent", &values),
            Some(found) if found == (attachment.size, attachment.sha256) => {
                text_with(language, "verify-claim-attachment", &values)
            }
            Some(_) => {
                reading.file_problem("verify-attachment-other", &place);
                continue;
            }
        };
        reading.claim(sentence);
    }
}

fn tell_handling<R: Read + Seek>(reading: &mut Reading<R>, content: &Content, what: &str) {
    let language = reading.language;
    let Handling { tlp, pap, purpose, basis, limits, limit_text, retain_until, .. } =
        &content.handling;
    let limits: Vec<&str> = limits.iter().map(|limit| code(*limit)).collect();
    let limits =
        if limits.is_empty() { text(language, "verify-no-limits") } else { limits.join(", ") };
    let (purpose, basis) = (plain(purpose), plain(basis));
    let sentence = text_with(
        language,
        "verify-claim-content",
        &[
            ("what", what.into()),
            ("kind", (&content.kind).into()),
            ("tlp", tlp.label().into()),
            ("pap", colour(*pap).into()),
            ("limits", (&limits).into()),
            ("purpose", (&purpose).into()),
            ("basis", (&basis).into()),
        ],
    );
    reading.claim(sentence);
    if let Some(limit) = limit_text {
        let limit = plain(limit);
        reading.claim(text_with(language, "verify-claim-limit", &[("text", (&limit).into())]));
    }
    if let Some(at) = retain_until {
        let at = i18n::moment(language, *at);
        reading.claim(text_with(language, "verify-claim-retain", &[("at", (&at).into())]));
    }
}

fn tell_body<R: Read + Seek>(reading: &mut Reading<R>, content: &Content) {
    let sentence = body(reading.language, &content.body);
    reading.claim(sentence);
}

/// A text as it is; what is none by its length and digest.
fn body(language: Language, body: &[u8]) -> String {
    let is_text = |text: &&str| !text.contains(|c: char| c.is_control() && !"\n\r\t".contains(c));
    match std::str::from_utf8(body).ok().filter(is_text) {
        Some(told) => {
            let told = plain(told);
            text_with(language, "verify-claim-text", &[("text", (&told).into())])
        }
        None => {
            let digest = model::digest::Digest::of(body).to_string();
            let values = [("size", body.len().into()), ("digest", (&digest).into())];
            text_with(language, "verify-claim-bytes", &values)
        }
    }
}

fn code(limit: Limit) -> &'static str {
    match limit {
        Limit::CrimeOnly => "H0",
        Limit::NotifyBeforeEvidence => "H1",
        Limit::NoOnward => "H2",
        Limit::Other => "H3",
    }
}

fn colour(pap: Pap) -> &'static str {
    match pap {
        Pap::Clear => "PAP:CLEAR",
        Pap::Green => "PAP:GREEN",
        Pap::Amber => "PAP:AMBER",
        Pap::Red => "PAP:RED",
    }
}
