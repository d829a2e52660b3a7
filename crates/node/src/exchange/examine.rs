//! Looking at an entry that came, before anything is written: whose it is, whether it opens,
//! whether
//! it is whole. Nothing here depends on what else lies in the record, so several threads do it.

use std::num::NonZero;

use envelope::attachment::Attachment;
use envelope::card::{AgencyId, Card};
use envelope::content::ContentError;
use envelope::entry::{Entry, EntryError, EntryKind};
use envelope::envelope::{Envelope, EnvelopeError, MessageId};
use envelope::matching;
use envelope::parcel::Placed;
use envelope::receipt::SignedReceipt;
use envelope::request;
use envelope::stream;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::merkle;

use super::book::{Unbelieved, signed_by};
use crate::messages::Onward;
use crate::port::Keys;

/// A few entries are looked at faster by one thread than they are handed to others.
const FEW: usize = 8;
/// Kinds of message that this version understands.
pub(super) const KINDS: [&str; 10] = [
    "message",
    "permission",
    "erase",
    "forward",
    matching::WISH,
    matching::MANIFEST,
    matching::QUERY,
    matching::ANSWER,
    request::REQUEST,
    request::STEP,
];

/// An entry that was looked at.
pub(super) struct Examined {
    /// Where it says to belong.
    pub(super) index: u64,
    /// What it is.
    pub(super) kind: EntryKind,
    /// Its bytes as they came.
    pub(super) bytes: Vec<u8>,
    /// What was found.
    pub(super) found: Result<Found, Unreadable>,
}

impl Examined {
    /// Whether it is a message that the node itself deals with.
    pub(super) fn is_attended(&self) -> bool {
        let Ok(Found { says: Says::Message(seen), .. }) = &self.found else { return false };
        seen.opened.as_ref().is_ok_and(|inside| super::is_attended(&inside.kind))
    }
}

/// What is no entry.
pub(super) struct Unreadable {
    /// What is wrong with it.
    pub(super) code: &'static str,
    /// The hash of the leaf under which it never can be one; `None`: it may have been changed on
    /// the way.
    pub(super) leaf: Option<Digest>,
}

/// What an entry is.
pub(super) struct Found {
    /// The hash of the leaf that stands for it.
    pub(super) leaf: Digest,
    /// What it says.
    pub(super) says: Says,
}

/// What an entry says.
pub(super) enum Says {
    /// A message.
    Message(Box<Seen>),
    /// What became of a message of ours; else a code.
    Receipt(Box<SignedReceipt>, Result<(), &'static str>),
    /// The writer's card, which it has sent beside as well.
    Card,
}

/// A message that was looked at.
pub(super) struct Seen {
    pub(super) envelope: Envelope,
    /// What is in it; else the code of the refusal.
    pub(super) opened: Result<Inside, &'static str>,
}

/// What is needed to take a message; the content itself is opened again when somebody reads it.
pub(super) struct Inside {
    /// Its key was revoked: it is believed only where we have accepted it before.
    pub(super) is_revoked: bool,
    pub(super) key: stream::Key,
    pub(super) kind: String,
    pub(super) due: Option<Timestamp>,
    pub(super) retain_until: Option<Timestamp>,
    pub(super) in_reply_to: Option<MessageId>,
    pub(super) attachments: Vec<Attachment>,
    /// The message that an order to erase names.
    pub(super) erases: Option<MessageId>,
}

/// Who looks, and at whose.
#[derive(Clone, Copy)]
pub(super) struct Eyes<'e> {
    pub(super) me: AgencyId,
    pub(super) keys: &'e dyn Keys,
    /// The writer's card.
    pub(super) card: &'e Card,
    pub(super) now: Timestamp,
    /// So many threads at most.
    pub(super) threads: usize,
}

impl Eyes<'_> {
    /// Looks at entries; they come back in the order of their places.
    pub(super) fn all(self, placed: Vec<Placed>) -> Vec<Examined> {
        let threads = self.threads.min(placed.len() / FEW).max(1);
        let size = NonZero::new(placed.len().div_ceil(threads)).map_or(1, NonZero::get);
        let mut rest = placed.into_iter();
        let parts: Vec<Vec<Placed>> =
            (0..threads).map(|_| rest.by_ref().take(size).collect()).collect();
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or_default();
        let look = move |part: Vec<Placed>| -> Vec<Examined> {
            part.into_iter().map(|placed| self.one(placed)).collect()
        };
        let mut all = std::thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(move || look(part))).collect();
            let mut all = look(first);
            for other in others {
                let found = other.join();
                assert!(found.is_ok(), "looking at foreign bytes never panics");
                all.extend(found.unwrap_or_default());
            }
            all
        });
        all.sort_by_key(|one| one.index);
        all
    }

    fn one(self, placed: Placed) -> Examined {
        let Placed { index, kind, bytes } = placed;
        let found = match Entry::parse(kind, &bytes) {
            Err(error) => {
                let leaf = kind.leaf_of_unreadable(&bytes).map(|leaf| merkle::leaf(&leaf));
                Err(Unreadable { code: code(&error), leaf })
            }
            Ok(entry) => {
                let leaf = merkle::leaf(&entry.leaf());
                let says = match entry {
                    Entry::Envelope(envelope) => Says::Message(Box::new(self.message(*envelope))),
                    Entry::Receipt(receipt) => {
                        let checked = self.receipt(&receipt);
                        Says::Receipt(receipt, checked)
                    }
                    Entry::Card(_) => Says::Card,
                };
                Ok(Found { leaf, says })
            }
        };
        Examined { index, kind, bytes, found }
    }

    fn message(self, envelope: Envelope) -> Seen {
        let opened = self.open(&envelope);
        Seen { envelope, opened }
    }

    fn open(self, envelope: &Envelope) -> Result<Inside, &'static str> {
        let header = envelope.header();
        if header.to != self.me || header.from != self.card.id() {
            return Err("not_for_us");
        }
        let holds = |key: &[u8; 32]| envelope.check(key).is_ok();
        let is_revoked = match signed_by(self.card, header.made, self.now, holds) {
            Ok(_) => false,
            Err(Unbelieved::Revoked) => true,
            Err(why) => return Err(why.code()),
        };
        let key = self.keys.unseal(envelope).map_err(|_| "not_sealed_to_us")?;
        let content = envelope.open(&key).map_err(|error| match error {
            EnvelopeError::Commitment => "commitment_wrong",
            EnvelopeError::Content(ContentError::Handling(_)) => "bad_handling",
            EnvelopeError::Content(_) => "bad_content",
            _ => "content_damaged",
        })?;
        if !KINDS.contains(&content.kind.as_str()) {
            return Err("message_kind_unknown");
        }
        if content.kind == "forward" && !Onward::is_in(&content) {
            return Err("bad_content");
        }
        let erases = match content.kind.as_str() {
            "erase" => {
                Some(MessageId(content.body.as_slice().try_into().map_err(|_| "bad_content")?))
            }
            _ => None,
        };
        Ok(Inside {
            is_revoked,
            key,
            kind: content.kind,
            due: content.due,
            retain_until: content.handling.retain_until,
            in_reply_to: content.in_reply_to,
            attachments: content.attachments,
            erases,
        })
    }

    fn receipt(self, signed: &SignedReceipt) -> Result<(), &'static str> {
        let receipt = signed.receipt();
        if receipt.from != self.card.id() || receipt.to != self.me {
            return Err("receipt_wrong");
        }
        let holds = |key: &[u8; 32]| signed.check(key).is_ok();
        let checked = signed_by(self.card, receipt.at, self.now, holds);
        checked.map(|_| ()).map_err(|why| why.code())
    }
}

fn code(error: &EntryError) -> &'static str {
    match error {
        EntryError::Envelope(EnvelopeError::Suite(_)) => "envelope_suite",
        EntryError::Envelope(_) => "bad_envelope",
        EntryError::Receipt(_) => "receipt_wrong",
        _ => "bad_card",
    }
}
