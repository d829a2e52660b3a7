//! Receipts: what the receiver's node or officers said of a message, and where that lies in the
//! receiver's own record.

use std::io::{Read, Seek};

use envelope::entry::EntryKind;
use envelope::envelope::Envelope;
use envelope::receipt::{self, Receipt, ReceiptKind, SignedReceipt};
use i18n::text_with;

use crate::agencies::Agencies;
use crate::layout::{Place, hex, word};
use crate::messages::parties;
use crate::reading::{Reading, plain};
use crate::records::{Leaf, Records, signed};

const KINDS: [ReceiptKind; 4] =
    [ReceiptKind::Accepted, ReceiptKind::Rejected, ReceiptKind::Opened, ReceiptKind::Handled];

/// Checks the receipts of a message.
pub(crate) fn check<R: Read + Seek>(
    reading: &mut Reading<R>,
    agencies: &Agencies,
    records: &mut Records,
    message: &Envelope,
) {
    for kind in KINDS {
        check_one(reading, agencies, records, message, kind);
    }
}

fn check_one<R: Read + Seek>(
    reading: &mut Reading<R>,
    agencies: &Agencies,
    records: &mut Records,
    message: &Envelope,
    kind: ReceiptKind,
) {
    let language = reading.language;
    let header = message.header();
    let place = Place::Receipt(header.id, kind);
    let Some(bytes) = reading.take(&place, receipt::MAX_BYTES) else { return };
    let Ok(signed_receipt) = SignedReceipt::parse(&bytes) else {
        return reading.file_problem("verify-receipt-shape", &place);
    };
    let Receipt { message: id, envelope, from, to, at, .. } = signed_receipt.receipt();
    if signed_receipt.receipt().kind != kind || *id != header.id {
        return reading.file_problem("verify-file-name", &place);
    }
    if *envelope != message.digest() || (*from, *to) != (header.to, header.from) {
        return reading.file_problem("verify-receipt-other", &place);
    }
    let Some((giver, _)) = parties(reading, agencies, &place, (*from, *to)) else { return };
    let number = hex(id);
    let values = [("kind", word(kind).into()), ("id", (&number).into())];
    let what = text_with(language, "verify-what-receipt", &values);
    let standing = giver.signer(*at, |key| signed_receipt.check(key).is_ok());
    if !signed(reading, standing, &what, giver) {
        return;
    }
    tell(reading, signed_receipt.receipt(), &giver.label, &number);
    let leaf = Leaf {
        writer: *from,
        reader: *to,
        data: EntryKind::Receipt.leaf(&signed_receipt.digest()),
        proof: Place::ReceiptProof(*id, kind),
        place: None,
        what: &what,
    };
    records.prove(reading, agencies, &leaf);
}

fn tell<R: Read + Seek>(reading: &mut Reading<R>, receipt: &Receipt, agency: &str, id: &str) {
    let language = reading.language;
    let at = i18n::moment(language, receipt.at);
    let code = plain(receipt.code.as_deref().unwrap_or_default());
    let told = plain(receipt.text.as_deref().unwrap_or("–"));
    let [by, when, which] = [("agency", agency.into()), ("at", (&at).into()), ("id", id.into())];
    let (told, code) = (("text", (&told).into()), ("code", (&code).into()));
    let (key, values) = match receipt.kind {
        ReceiptKind::Accepted => ("verify-claim-accepted", vec![by, when, which]),
        ReceiptKind::Rejected => ("verify-claim-rejected", vec![by, when, which, code, told]),
        ReceiptKind::Opened => ("verify-claim-opened", vec![by, when, which, told]),
        ReceiptKind::Handled => ("verify-claim-handled", vec![by, when, which, told]),
    };
    let sentence = text_with(language, key, &values);
    reading.claim(sentence);
}
