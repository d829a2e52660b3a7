//! A visit to a partner over the line: parcels until neither has anything new, and the pieces of
//! files that one of the two lacks.
//!
//! Everything may be done twice: a visit that is cut off is begun again, and goes on where it was.

use std::sync::Arc;

use envelope::card::AgencyId;
use model::digest::Digest;
use node::exchange::{Exchange, ExchangeError, Offer, Taken};
use node::port::Clock as _;
use node::port::record::BlobRow;
use peer::blob::Pieces;
use peer::error::PeerError;
use peer::identity::Identity;
use peer::line::Line;
use store::clock::SystemClock;

use crate::error::DeliveryError;
use crate::report::Report;

/// Two nodes that take so many turns have not come to rest: the next visit goes on.
const MAX_TURNS: usize = 10_000;
/// So many pieces are made durable together.
pub(crate) const PIECES_AT_ONCE: usize = 32;

/// What a node says to a TLS key that no card names.
pub const KEY_UNKNOWN: &str = "key_unknown";

/// One who goes to a partner.
pub struct Visitor {
    exchange: Arc<Exchange>,
    /// This node's TLS keys, in the order in which the partner may know them, and the used one.
    identities: Arc<[Identity]>,
    used: usize,
    partner: AgencyId,
    /// The line, and the sequence of the card that it was dialled by.
    line: Option<(Line, u64)>,
    /// Whether files that the partner has are fetched; else it brings them.
    fetches: bool,
}

impl Visitor {
    /// A visitor who has not dialled yet. `identities`: the node's TLS keys, those first that the
    /// partner may know; `fetches`: whether files that the partner has are fetched.
    pub fn new(
        exchange: Arc<Exchange>,
        identities: Arc<[Identity]>,
        partner: AgencyId,
        fetches: bool,
    ) -> Visitor {
        Visitor { exchange, identities, used: 0, partner, line: None, fetches }
    }

    /// Carries everything that there is, in both directions.
    pub async fn visit(&mut self, report: &mut Report) -> Result<(), DeliveryError> {
        self.parcels(report, None).await?;
        if self.files(report).await? {
            self.parcels(report, None).await?;
        }
        Ok(())
    }

    /// Waits at the partner until it has something new, for a node that nobody can reach.
    pub async fn wait(&mut self, seconds: u64, report: &mut Report) -> Result<(), DeliveryError> {
        self.parcels(report, Some(seconds)).await?;
        if self.files(report).await? {
            self.parcels(report, None).await?;
        }
        Ok(())
    }

    async fn parcels(
        &mut self,
        report: &mut Report,
        wait: Option<u64>,
    ) -> Result<(), DeliveryError> {
        let partner = self.partner;
        let (mut answered, mut before): (Option<Taken>, Option<Digest>) = (None, None);
        for turn in 0..MAX_TURNS {
            let taken = answered.take();
            let (offer, taken) = self
                .engine(move |exchange| {
                    exchange.offer(partner, taken.as_ref()).map(|offer| (offer, taken))
                })
                .await?;
            if let Some(taken) = taken {
                report.take(&self.exchange, taken);
                if is_at_rest(&offer) {
                    return Ok(());
                }
            }
            // A partner that keeps nothing of what it is brought is not brought it again at once.
            let parcel = Digest::of(&offer.bytes);
            if before.replace(parcel) == Some(parcel) {
                return Ok(());
            }
            report.sent += offer.entries as u64;
            let wait = wait.filter(|_| turn == 0);
            let bytes = self.parcel(offer.bytes, wait).await?;
            answered =
                Some(self.engine(move |exchange| exchange.take(Some(partner), &bytes)).await?);
        }
        Ok(())
    }

    /// One parcel for another. A partner that does not know the TLS key may know another one of
    /// ours, and learns of this one from the parcel.
    async fn parcel(
        &mut self,
        bytes: Vec<u8>,
        wait: Option<u64>,
    ) -> Result<Vec<u8>, DeliveryError> {
        loop {
            let sent = self.line().await?.parcel(bytes.clone(), wait).await;
            match sent {
                Err(PeerError::Refused(refusal))
                    if refusal.code == KEY_UNKNOWN && self.used + 1 < self.identities.len() =>
                {
                    self.used += 1;
                    self.line = None;
                }
                Err(error) => {
                    self.used = 0;
                    return Err(error.into());
                }
                Ok(answer) => return Ok(answer),
            }
        }
    }

    /// Sends and fetches pieces; whether any went.
    async fn files(&mut self, report: &mut Report) -> Result<bool, DeliveryError> {
        let partner = self.partner;
        let (missing, ours) = self.engine(move |exchange| exchange.blobs_between(partner)).await?;
        let mut is_any = false;
        for name in ours {
            match self.bring(name).await {
                Ok(any) => is_any |= any,
                Err(failure) => refused(failure, name, report)?,
            }
        }
        for name in if self.fetches { missing } else { Vec::new() } {
            match self.fetch(name).await {
                Ok(any) => is_any |= any,
                Err(failure) => refused(failure, name, report)?,
            }
        }
        Ok(is_any)
    }

    async fn bring(&mut self, name: Digest) -> Result<bool, DeliveryError> {
        let row = Arc::new(self.engine(move |exchange| exchange.blob(name)).await?);
        let pieces = listed(&row)?;
        let held = self.line().await?.begin_blob(&name, &pieces).await?;
        let lacking: Vec<u64> = lacking(&held, row.pieces.len()).collect();
        for number in lacking.iter().copied() {
            let row = row.clone();
            let bytes = self.engine(move |exchange| exchange.piece(&row, number)).await?;
            self.line().await?.put_piece(&name, number, bytes).await?;
        }
        Ok(!lacking.is_empty())
    }

    async fn fetch(&mut self, name: Digest) -> Result<bool, DeliveryError> {
        let partner = self.partner;
        let pieces = self.line().await?.list(&name).await?;
        let (sealed, hashes) = (pieces.sealed(), pieces.hashes().to_vec());
        let begin = move |exchange: &Exchange| exchange.begin_blob(partner, name, sealed, hashes);
        let held = self.engine(begin).await?;
        let row = Arc::new(self.engine(move |exchange| exchange.blob(name)).await?);
        let lacking: Vec<u64> = lacking(&held, row.pieces.len()).collect();
        for numbers in lacking.chunks(PIECES_AT_ONCE) {
            // What came before a cut is kept.
            let mut came = Vec::new();
            let fetched = self.pieces(&row, numbers, &mut came).await;
            let kept = move |exchange: &Exchange| exchange.keep_pieces(name, came);
            self.engine(kept).await?;
            fetched?;
        }
        Ok(!lacking.is_empty())
    }

    async fn pieces(
        &mut self,
        row: &Arc<BlobRow>,
        numbers: &[u64],
        came: &mut Vec<u64>,
    ) -> Result<(), DeliveryError> {
        for number in numbers.iter().copied() {
            let bytes = self.line().await?.piece(&row.name, number).await?;
            let row = row.clone();
            self.engine(move |exchange| exchange.put_piece(&row, number, &bytes)).await?;
            came.push(number);
        }
        Ok(())
    }

    /// The line as it is, or a new one where there is none, or the partner has another card now.
    async fn line(&mut self) -> Result<&mut Line, DeliveryError> {
        let book = self.exchange.book();
        let card = book.active(self.partner)?.card.card();
        let sequence = card.sequence;
        let line = match self.line.take() {
            Some((line, known)) if known == sequence => line,
            _ => {
                let now = SystemClock.now();
                let valid = card.tls.iter();
                let valid = valid.filter(|one| card.is_valid(&one.key, (one.from, one.until), now));
                let pinned: Vec<[u8; 32]> = valid.map(|one| one.key).collect();
                let identity = self.identities.get(self.used).ok_or(DeliveryError::NoKey)?;
                Line::open(&card.endpoints, identity, &pinned).await?
            }
        };
        let (line, _) = self.line.insert((line, sequence));
        Ok(line)
    }

    /// Has the engine work on a thread that may block.
    async fn engine<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Exchange) -> Result<T, ExchangeError> + Send + 'static,
    ) -> Result<T, DeliveryError> {
        let exchange = self.exchange.clone();
        let done = tokio::task::spawn_blocking(move || work(&exchange)).await;
        match done {
            Ok(done) => Ok(done?),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

/// Whether nothing more is to be carried.
fn is_at_rest(offer: &Offer) -> bool {
    !offer.is_news && !offer.lacks && !offer.is_cut
}

/// What a partner refuses of one file, or what is wrong with it here, stops this file alone.
fn refused(failure: DeliveryError, name: Digest, report: &mut Report) -> Result<(), DeliveryError> {
    match failure {
        DeliveryError::Peer(PeerError::Refused(refusal)) if refusal.status < 500 => {
            report.refuse(name.to_string(), &refusal.code);
            Ok(())
        }
        DeliveryError::Exchange(
            error @ (ExchangeError::FileTooLarge(_)
            | ExchangeError::FileMissing(_)
            | ExchangeError::FileDamaged(_)
            | ExchangeError::QuotaUsed(_)),
        ) => {
            report.refuse(name.to_string(), error.code());
            Ok(())
        }
        other => Err(other),
    }
}

/// The pieces of a file, as they are named on the line.
pub fn listed(row: &BlobRow) -> Result<Pieces, DeliveryError> {
    let pieces = Pieces::new(row.sealed, row.pieces.clone());
    pieces.map_err(|_| ExchangeError::FileTooLarge(row.name.to_string()).into())
}

/// The pieces that are not held; the first one is the lowest bit of the first byte.
pub fn lacking(held: &[u8], count: usize) -> impl Iterator<Item = u64> {
    let is_held =
        |number: &usize| held.get(number / 8).is_some_and(|byte| byte >> (number % 8) & 1 == 1);
    (0..count).filter(move |number| !is_held(number)).map(|number| number as u64)
}

#[cfg(test)]
mod tests {
    use model::time::Timestamp;
    use node::port::PortError;

    use super::*;

    /// More pieces than a list may have: the others of the visit go all the same.
    #[test]
    fn a_file_that_cannot_be_listed_stops_itself_alone() {
        let (name, at) = (Digest::of(b"large"), Timestamp::from_seconds(0).unwrap());
        let (sealed, pieces, held) = (1 << 50, Vec::new(), Vec::new());
        let row = BlobRow { name, sealed, pieces, held, partner: None, at };
        let mut report = Report::default();
        refused(listed(&row).unwrap_err(), name, &mut report).unwrap();
        assert_eq!(report.refused, [(name.to_string(), "attachment_too_large".to_owned())]);
    }

    #[test]
    fn a_disk_that_fails_stops_the_visit() {
        let (object, cause) = ("a file".to_owned(), "no such device".to_owned());
        let failed = ExchangeError::from(PortError { operation: "read", object, cause });
        let mut report = Report::default();
        assert!(refused(failed.into(), Digest::of(b"a"), &mut report).is_err());
        assert!(report.refused.is_empty());
    }
}
