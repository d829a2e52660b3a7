//! The door: what partners ask over the line, answered by the exchange.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use envelope::card::AgencyId;
use model::digest::Digest;
use node::exchange::{Exchange, ExchangeError};
use node::port::Clock as _;
use node::port::record::BlobRow;
use peer::bell::Bell;
use peer::blob::Pieces;
use peer::host::{Answer, Host};
use peer::refusal::Refusal;
use store::clock::SystemClock;

use crate::couriers::Couriers;
use crate::observer::Observer;
use crate::visit::{KEY_UNKNOWN, PIECES_AT_ONCE, lacking, listed};

/// So many files may be in the middle of coming; the one least lately begun is let go.
const MAX_COMING: usize = 256;

/// Answers partners.
pub struct Door {
    exchange: Arc<Exchange>,
    couriers: Arc<Couriers>,
    observer: Arc<dyn Observer>,
    coming: Mutex<BTreeMap<Digest, Coming>>,
}

/// A file that is coming.
struct Coming {
    row: Arc<BlobRow>,
    /// Pieces that were put and are not durable yet.
    put: Vec<u64>,
    /// How many are still lacking beside these.
    lacking: usize,
}

impl Door {
    /// The door of an exchange, whose couriers bring what an answer may not have brought.
    pub fn new(
        exchange: Arc<Exchange>,
        couriers: Arc<Couriers>,
        observer: Arc<dyn Observer>,
    ) -> Door {
        Door { exchange, couriers, observer, coming: Mutex::default() }
    }

    /// Makes everything durable that has come.
    pub fn keep_all(&self) {
        let coming = std::mem::take(&mut *self.coming());
        for (name, Coming { put, .. }) in coming {
            // What is not kept comes again.
            let _ = self.exchange.keep_pieces(name, put);
        }
    }

    fn coming(&self) -> MutexGuard<'_, BTreeMap<Digest, Coming>> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes durable what has come of a file.
    fn keep(&self, name: Digest) -> Result<(), ExchangeError> {
        let put = self.coming().remove(&name).map(|coming| coming.put).unwrap_or_default();
        if put.is_empty() { Ok(()) } else { self.exchange.keep_pieces(name, put).map(|_| ()) }
    }

    /// What a file lacks, in memory while it comes.
    fn begin(&self, name: Digest) -> Result<Arc<BlobRow>, ExchangeError> {
        if let Some(coming) = self.coming().get(&name) {
            return Ok(coming.row.clone());
        }
        let row = Arc::new(self.exchange.blob(name)?);
        let lacking = lacking(&row.held, row.pieces.len()).count();
        let mut coming = self.coming();
        let oldest = coming.keys().next().copied().filter(|_| coming.len() >= MAX_COMING);
        let old = oldest.and_then(|oldest| coming.remove_entry(&oldest));
        coming.insert(name, Coming { row: row.clone(), put: Vec::new(), lacking });
        drop(coming);
        if let Some((name, old)) = old {
            self.exchange.keep_pieces(name, old.put)?;
        }
        Ok(row)
    }
}

impl Host for Door {
    fn agency_of(&self, tls_key: &[u8; 32]) -> Result<AgencyId, Refusal> {
        let owner = self.exchange.book().owner_of(tls_key, SystemClock.now());
        owner.ok_or_else(|| Refusal::new(403, KEY_UNKNOWN, ""))
    }

    fn allow(&self, from: AgencyId, bytes: u64) -> Result<(), Refusal> {
        self.exchange.allow(from, bytes).map_err(|error| refusal(&error))
    }

    fn take(&self, from: AgencyId, bytes: Vec<u8>) -> Result<Answer, Refusal> {
        let taken = self.exchange.take(Some(from), &bytes).map_err(|error| refusal(&error))?;
        let offer = self.exchange.offer(from, Some(&taken)).map_err(|error| refusal(&error))?;
        if offer.is_news {
            // Where the answer gets lost on its way, we bring it.
            self.couriers.later.ring(from);
        }
        if taken.is_told() {
            self.observer.took(from, taken);
        }
        Ok(Answer { bytes: offer.bytes, is_news: offer.is_news })
    }

    fn again(&self, to: AgencyId) -> Result<Answer, Refusal> {
        let offer = self.exchange.offer(to, None).map_err(|error| refusal(&error))?;
        Ok(Answer { bytes: offer.bytes, is_news: offer.is_news })
    }

    fn bell(&self) -> &Bell {
        &self.couriers.now
    }

    fn begin_blob(&self, from: AgencyId, name: Digest, pieces: Pieces) -> Result<Vec<u8>, Refusal> {
        self.keep(name).map_err(|error| refusal(&error))?;
        let begun = self.exchange.begin_blob(from, name, pieces.sealed(), pieces.hashes().to_vec());
        begun.map_err(|error| refusal(&error))
    }

    fn held(&self, _from: AgencyId, name: Digest) -> Result<Vec<u8>, Refusal> {
        let held = self.keep(name).and_then(|()| self.exchange.blob(name));
        held.map(|row| row.held).map_err(|error| refusal(&error))
    }

    fn list(&self, to: AgencyId, name: Digest) -> Result<Pieces, Refusal> {
        let row = self.exchange.blob_for(to, name).map_err(|error| refusal(&error))?;
        listed(&row).map_err(|_| Refusal::new(413, "file_too_large", name))
    }

    fn put_piece(
        &self,
        _from: AgencyId,
        name: Digest,
        piece: u64,
        bytes: Vec<u8>,
    ) -> Result<(), Refusal> {
        let put = || {
            let row = self.begin(name)?;
            self.exchange.put_piece(&row, piece, &bytes)?;
            let mut coming = self.coming();
            let is_due = coming.get_mut(&name).is_some_and(|one| {
                if !one.put.contains(&piece) {
                    one.put.push(piece);
                }
                one.put.len() >= PIECES_AT_ONCE.min(one.lacking)
            });
            drop(coming);
            if is_due { self.keep(name) } else { Ok(()) }
        };
        put().map_err(|error| refusal(&error))
    }

    fn piece(&self, to: AgencyId, name: Digest, piece: u64) -> Result<Vec<u8>, Refusal> {
        let row = self.exchange.blob_for(to, name);
        let piece = row.and_then(|row| self.exchange.piece(&row, piece));
        piece.map_err(|error| refusal(&error))
    }

    fn card(&self, _to: AgencyId) -> Result<Vec<u8>, Refusal> {
        let book = self.exchange.book();
        let card = book.mine.last().map(|card| card.bytes().to_vec());
        card.ok_or_else(|| Refusal::new(404, "no_card", ""))
    }
}

/// What a partner is told. What our own system says is nobody else's business.
fn refusal(error: &ExchangeError) -> Refusal {
    let status = match error {
        ExchangeError::UnknownPartner(_)
        | ExchangeError::PartnerSuspended(_)
        | ExchangeError::PartnerRevoked(_)
        | ExchangeError::NotForUs(_)
        | ExchangeError::NotTheSender => 403,
        ExchangeError::FileMissing(_) => 404,
        ExchangeError::Frozen(..) | ExchangeError::Behind(_) => 409,
        ExchangeError::FileTooLarge(_) => 413,
        ExchangeError::QuotaUsed(_) => 429,
        ExchangeError::Port(_) => return Refusal::new(500, "node_failed", ""),
        _ => 400,
    };
    Refusal::new(status, error.code(), error.values().0)
}
