//! The exchange: what goes to other agencies and what comes from them. One step a file: `send`
//! places a message in the record, `offer` makes a parcel of what a partner lacks, `take` takes one
//! that came, `inbox` opens what lies there, `files` seals and opens attachments.
//!
//! For each pair of agencies there are two records, each written by one of them alone and
//! countersigned by the other; nothing is ever shared that both could write.

mod book;
mod daily;
mod desk;
mod evidence;
mod examine;
mod files;
mod heads;
mod inbox;
mod offer;
mod quota;
mod record;
mod refusal;
mod restored;
mod send;
mod settle;
mod take;
mod unsealed;
mod watch;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, mpsc};

use envelope::card::{AgencyId, Card, CardError, SignedCard};
use envelope::parcel::Have;
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;

pub use book::{Book, Partner, Standing};
pub use evidence::{Evidence, Proven};
pub use inbox::{Opened, hexadecimal, number};
pub use offer::Offer;
pub use refusal::{CODES, ExchangeError};
pub use send::Outgoing;
pub use take::{Refused, Taken};
pub(crate) use unsealed::SealedFile;

use crate::port::record::{Blobs, Log, Record, Rows, RowsMut};
use crate::port::{Clock, Keys, PortError, Random};

/// What the exchange needs from outside.
#[derive(Clone)]
pub struct Outside {
    /// The clock.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// The node's keys, opened.
    pub keys: Arc<dyn Keys>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Where both records lie.
    pub record: Arc<dyn Record>,
    /// Where sealed files lie.
    pub blobs: Arc<dyn Blobs>,
    /// So many threads look at what comes in a parcel.
    pub threads: usize,
}

/// One agency's part in the exchange.
pub struct Exchange {
    me: AgencyId,
    outside: Outside,
    book: RwLock<Arc<Book>>,
    /// What each partner has last said that it has.
    told: Mutex<BTreeMap<AgencyId, Have>>,
    /// Partners whose leaves did not lead to their head, with the length of that: they are asked
    /// for all of them until their record here is as long.
    doubted: Mutex<BTreeMap<AgencyId, u64>>,
    /// The daily heads that went to partners.
    asked: Mutex<daily::Asked>,
    /// What is known of witnesses.
    watching: Mutex<watch::Watching>,
    /// How long the node's own audit is and its root: they stand under what partners countersign.
    audit: Mutex<Option<(u64, Digest)>>,
    /// Who is told when there is something new for a partner.
    listener: OnceLock<Box<dyn Fn(AgencyId) + Send + Sync>>,
    /// Who is told that something has come which the node itself deals with.
    attendant: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

/// Whether the node itself deals with messages of a kind, so that somebody has to wake it.
fn is_attended(kind: &str) -> bool {
    envelope::matching::is_kind(kind) || envelope::request::is_kind(kind)
}

impl Exchange {
    /// The exchange of an agency with its own cards and its partners.
    pub fn new(me: AgencyId, outside: Outside, book: Book) -> Exchange {
        let book = RwLock::new(Arc::new(book));
        let (told, doubted, asked) = (Mutex::default(), Mutex::default(), Mutex::default());
        let (watching, audit) = (Mutex::default(), Mutex::default());
        let (listener, attendant) = (OnceLock::new(), OnceLock::new());
        Exchange { me, outside, book, told, doubted, asked, watching, audit, listener, attendant }
    }

    /// Which agency this is.
    pub fn me(&self) -> AgencyId {
        self.me
    }

    /// Who the partners are at this moment.
    pub fn book(&self) -> Arc<Book> {
        self.book.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is known of the partners.
    pub fn change_book(&self, change: impl FnOnce(&mut Book)) {
        let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = Book::clone(&book);
        change(&mut changed);
        *book = Arc::new(changed);
    }

    /// The node's audit has grown: the next head that is signed says so.
    pub fn set_audit(&self, size: u64, root: Digest) {
        *self.audit.lock().unwrap_or_else(PoisonError::into_inner) = Some((size, root));
    }

    /// Names who is told when there is something new for a partner; the first one stays.
    pub fn listen(&self, listener: impl Fn(AgencyId) + Send + Sync + 'static) {
        let _ = self.listener.set(Box::new(listener));
    }

    /// Names who is told that something has come which the node itself deals with; the first one
    /// stays.
    pub fn attend(&self, attendant: impl Fn() + Send + Sync + 'static) {
        let _ = self.attendant.set(Box::new(attendant));
    }

    /// Something has come which the node itself deals with.
    fn came(&self) {
        if let Some(attendant) = self.attendant.get() {
            attendant();
        }
    }

    /// There is something new for a partner.
    fn news(&self, partner: AgencyId) {
        if let Some(listener) = self.listener.get() {
            listener(partner);
        }
    }

    /// The node's keys.
    pub fn keys(&self) -> &dyn Keys {
        &*self.outside.keys
    }

    /// The agency's next card, with its keys as they are and these endpoints, signed but not issued
    /// yet; without endpoints those of the card before it stay. `None`: it would say nothing new.
    pub fn draw_up(
        &self,
        (agency, country, kind): (String, Country, AgencyKind),
        endpoints: &[String],
    ) -> Result<Option<SignedCard>, CardError> {
        let (keys, book) = (self.keys(), self.book());
        let public = keys.public();
        let mut card = Card::first(agency, country, kind, public.root, self.now());
        if let Some(last) = book.mine.last() {
            (card.sequence, card.previous) = (last.card().sequence + 1, Some(last.digest()));
            card.endpoints.clone_from(&last.card().endpoints);
        }
        if !endpoints.is_empty() {
            card.endpoints = endpoints.to_vec();
        }
        (card.signing, card.sealing) = (public.signing, public.sealing);
        (card.tls, card.revoked) = (public.tls, public.revoked);
        if let Some(last) = book.mine.last() {
            restored::still_revoked(last.card(), &mut card);
        }
        let says_the_same = |last: &SignedCard| {
            let last = last.card();
            (&last.endpoints, &last.signing, &last.sealing, &last.tls, &last.revoked)
                == (&card.endpoints, &card.signing, &card.sealing, &card.tls, &card.revoked)
        };
        if book.mine.last().is_some_and(says_the_same) {
            return Ok(None);
        }
        let signatures = keys.sign_card(&card.message());
        SignedCard::new(&card, signatures.ed25519, &signatures.ml_dsa).map(Some)
    }

    /// A card of this agency's own, from now on its newest: it goes into the record of every
    /// partner that there is. Not while a partner may know a newer one: this would be a second card
    /// in the same place, and whoever has the first would believe no other any more.
    pub fn issue(&self, card: &SignedCard) -> Result<(), ExchangeError> {
        let (me, issued) = (self.me, card.clone());
        let partners: Vec<AgencyId> = self.book().partners.keys().copied().collect();
        let (told, keys, now) = (partners.clone(), self.outside.keys.clone(), self.now());
        self.check_whole()?;
        self.write(move |rows| {
            rows.put_card(me, issued.card().sequence, issued.bytes())?;
            for to in partners {
                let log = Log { from: me, to };
                send::card(rows, log, issued.clone())?;
                send::receipts_again(rows, &*keys, log, issued.card(), now)?;
                let theirs = Log { from: to, to: me };
                settle::countersign_again(rows, &*keys, theirs, issued.card(), now)?;
            }
            Ok(())
        })?;
        self.change_book(|book| book.mine.push(card.clone()));
        told.into_iter().for_each(|partner| self.news(partner));
        Ok(())
    }

    /// Whether no partner with whom messages go may have more of our record than we.
    pub fn check_whole(&self) -> Result<(), ExchangeError> {
        let (me, book) = (self.me, self.book());
        for (to, partner) in &book.partners {
            let log = Log { from: me, to: *to };
            let is_behind = self.read(|rows| rows.log(log))?.behind;
            if is_behind && partner.standing == Standing::Active {
                return Err(ExchangeError::Behind(partner.card.card().agency.clone()));
            }
        }
        Ok(())
    }

    /// Keeps a card that two officers accept.
    pub fn keep_card(&self, card: &SignedCard) -> Result<(), ExchangeError> {
        let card = card.clone();
        let (agency, sequence) = (card.card().id(), card.card().sequence);
        Ok(self.write(move |rows| rows.put_card(agency, sequence, card.bytes()))?)
    }

    fn now(&self) -> Timestamp {
        self.outside.clock.now()
    }

    /// Whether this agency may sign receipts now; see `Book::may_sign`.
    fn check_key(&self, now: Timestamp) -> Result<(), ExchangeError> {
        let book = self.book();
        let name = || book.mine.last().map(|card| card.card().agency.clone()).unwrap_or_default();
        if book.may_sign(now) { Ok(()) } else { Err(ExchangeError::KeyExpired(name())) }
    }

    fn told(&self) -> MutexGuard<'_, BTreeMap<AgencyId, Have>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked(&self) -> MutexGuard<'_, daily::Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watching(&self) -> MutexGuard<'_, watch::Watching> {
        self.watching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn doubted(&self) -> MutexGuard<'_, BTreeMap<AgencyId, u64>> {
        self.doubted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn random<const N: usize>(&self) -> Result<[u8; N], PortError> {
        let mut bytes = [0; N];
        self.outside.random.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes in a transaction; what comes out of it is known only once it is durable.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn RowsMut) -> Result<T, PortError> + Send + 'static,
    ) -> Result<T, PortError> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.outside.record.write(Box::new(move |rows| {
            let value = work(rows)?;
            // Nobody has gone away: the other end is held below until this has returned.
            let _ = answer.send(value);
            Ok(())
        }))?;
        answered.try_recv().map_err(|_| PortError {
            operation: "write",
            object: "the record".to_owned(),
            cause: "the work was not carried out".to_owned(),
        })
    }

    /// Reads at one moment.
    fn read<T>(&self, look: impl Fn(&dyn Rows) -> Result<T, PortError>) -> Result<T, PortError> {
        let mut found = None;
        self.outside.record.read(&mut |rows| {
            found = Some(look(rows)?);
            Ok(())
        })?;
        found.ok_or_else(|| PortError {
            operation: "read",
            object: "the record".to_owned(),
            cause: "nothing was looked at".to_owned(),
        })
    }
}
