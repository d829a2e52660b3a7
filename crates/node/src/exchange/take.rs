//! Taking a parcel: everything in it is looked at first, then written in one transaction, with the
//! receipts that answer it. A parcel that was taken before changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use envelope::card::{AgencyId, Card, SignedCard, SigningEntry};
use envelope::envelope::MessageId;
use envelope::parcel::{Have, Parcel, Stretch};
use envelope::watch::Watched as Answer;
use model::digest::Digest;
use model::time::Timestamp;
use tlog::checkpoint::Checkpoint;
use tlog::note::{Note, Signature};

use super::desk::Desk;
use super::examine::{Examined, Eyes};
use super::heads;
use super::quota::day;
use super::record::{Grown, grow};
use super::settle::{Ours, Seen};
use super::watch::{Cosigned, Question, Witness};
use super::{Exchange, ExchangeError, daily, files, restored, send, settle, watch};
use crate::port::record::{Log, LogRow, RowsMut, Usage};
use crate::port::{Keys, PortError};

/// What a parcel brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Messages that lie in the inbox now.
    pub received: Vec<MessageId>,
    /// Messages whose files are still to come.
    pub waiting: Vec<MessageId>,
    /// Messages of ours of which something became known.
    pub told: Vec<MessageId>,
    /// Entries that were here before.
    pub already: u64,
    /// What was refused, and the codes why.
    pub refused: Vec<Refused>,
    /// Places in our own record whose entries the partner could not take, and its codes why.
    pub refused_there: Vec<(u64, String)>,
    /// Cards that are believed from now on: their sequences.
    pub cards: Vec<u64>,
    /// Cards of our own that came back after we had lost them: their sequences.
    pub own_cards: Vec<u64>,
    /// Messages whose contents were destroyed by order of their sender, and what we had passed on
    /// of them.
    pub erased: Vec<MessageId>,
    /// What we answer as a witness.
    pub watched: Vec<Answer>,
    /// Records that the partner writes for somebody, of which it has shown two histories to us as
    /// their witness: for whom, and how many leaves the second one has.
    pub forked: Vec<(AgencyId, u64)>,
}

impl Taken {
    /// Whether it changed something without any officer: the audit says so.
    pub fn is_told(&self) -> bool {
        let (cards, own_cards) = (!self.cards.is_empty(), !self.own_cards.is_empty());
        cards || own_cards || !self.erased.is_empty() || !self.forked.is_empty()
    }
}

/// Something that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The message, where it has a number.
    pub id: Option<MessageId>,
    /// The place in the record.
    pub index: u64,
    /// Why: a stable code.
    pub code: &'static str,
}

/// What was looked at and is to be written.
struct Job {
    me: AgencyId,
    partner: AgencyId,
    keys: Arc<dyn Keys>,
    now: Timestamp,
    head: Option<Head>,
    entries: Vec<Examined>,
    seen: Vec<Seen>,
    have: Have,
    returned: Option<(Checkpoint, Stretch)>,
    cards: Vec<SignedCard>,
    own_cards: Vec<SignedCard>,
    /// The length of the parcel.
    bytes: u64,
    /// Whether it came over the line, from the partner itself.
    is_live: bool,
    /// Our newest card.
    own: Option<SignedCard>,
    /// What we are asked as a witness, and codes of what is no such question.
    questions: Vec<Result<Question, &'static str>>,
    /// What the partner has cosigned as a witness of ours.
    cosigned: Vec<Cosigned>,
    /// Whether anybody would believe the receipts that answer what is in it.
    may_sign: bool,
}

/// A partner's head and the leaves that came with it.
struct Head {
    note: Note,
    checkpoint: Checkpoint,
    /// Its writer's ML-DSA-44 cosignature, and when he made it: it is a daily one.
    daily: Option<(Signature, Timestamp)>,
    stretch: Stretch,
}

/// How far a record has come, and the roots before some of its leaves.
type Rooted = (LogRow, BTreeMap<u64, Digest>);

impl Exchange {
    /// Takes a parcel. `by` is who sent it over the line; a carried file says so only itself.
    pub fn take(&self, by: Option<AgencyId>, bytes: &[u8]) -> Result<Taken, ExchangeError> {
        let parcel =
            Parcel::parse(bytes).map_err(|error| ExchangeError::BadParcel(error.to_string()))?;
        let from = parcel.from;
        if parcel.to != self.me {
            return Err(ExchangeError::NotForUs(parcel.to.0.to_string()));
        }
        if by.is_some_and(|by| by != from) {
            return Err(ExchangeError::NotTheSender);
        }
        let book = self.book();
        let (believed, cards) = follow(book.active(from)?.card.clone(), &parcel)?;
        let card = believed.card();
        let name = || card.agency.clone();
        if !cards.is_empty() && book.other_owner(card).is_some() {
            return Err(ExchangeError::BadCard(name()));
        }
        let (log, now) = (Log { from, to: self.me }, self.now());
        let head = parcel.log.map(|stretch| head(stretch, log, card, now)).transpose();
        let mut head = head.map_err(|code| ExchangeError::BadHead(name(), code))?;
        let (mut entries, mut already) = (Vec::new(), 0);
        if let Some(Head { stretch, .. }) = &mut head {
            let wanted = self.wanted(log, stretch)?;
            let mut placed = std::mem::take(&mut stretch.entries);
            let before = placed.len();
            placed.retain(|one| wanted.contains(&one.index));
            already = (before - placed.len()) as u64;
            let (keys, threads) = (&*self.outside.keys, self.outside.threads);
            entries = Eyes { me: self.me, keys, card, now, threads }.all(placed);
        }
        let mine = Log { from: self.me, to: from };
        let own_cards = restored::own_cards(&parcel.own_cards, self.me, &book.mine);
        let held = self.outside.keys.public().signing;
        let ours = own_cards.iter().chain(book.mine.iter().rev());
        let ours = ours.flat_map(|card| &card.card().signing).chain(&held);
        let notes = parcel.seen.iter().filter_map(|bytes| Note::parse(bytes).ok());
        let seen = notes.filter_map(|note| seen(note, mine, card, ours.clone(), now)).collect();
        let parties = (from, self.me);
        let watch = parcel.watch.iter().map(|one| watch::question(one, parties, card, now));
        let questions = watch.collect();
        let is_witness = book.witnesses.contains(&from);
        let answers = parcel.watched.iter().filter(|_| is_witness);
        let cosigned = answers
            .filter_map(|one| watch::cosigned(one, (self.me, from), card, ours.clone(), now))
            .collect();
        let returned = parcel.returned.and_then(|stretch| {
            let note = Note::parse(&stretch.head).ok()?;
            // The key may be newer than the card that we know, or revoked since.
            heads::own(&note, mine, ours.clone()).map(|checkpoint| (checkpoint, stretch))
        });
        let is_attended = entries.iter().any(Examined::is_attended);
        let job = Job {
            me: self.me,
            partner: from,
            keys: self.outside.keys.clone(),
            now,
            head,
            entries,
            seen,
            have: parcel.have.clone(),
            returned,
            cards: cards.clone(),
            own_cards: own_cards.clone(),
            bytes: bytes.len() as u64,
            is_live: by.is_some(),
            own: own_cards.last().or(book.mine.last()).cloned(),
            questions,
            cosigned,
            may_sign: book.may_sign(now),
        };
        let shown = job.head.as_ref().map(|head| head.checkpoint.size);
        let written = self.write(move |rows| job.carry_out(rows))?;
        let mut taken = written.map_err(|code| match code {
            "record_frozen" | "record_forked" => ExchangeError::Frozen(name(), code.to_owned()),
            code => ExchangeError::BadHead(name(), code),
        })?;
        taken.already += already;
        taken.refused_there = parcel.refused.into_iter().map(|one| (one.index, one.code)).collect();
        for id in &taken.erased {
            self.drop_files_of(from, *id)?;
        }
        if is_attended && !taken.received.is_empty() {
            self.came();
        }
        self.doubt(log, shown, &taken)?;
        if is_witness {
            self.watching().hear(from, &parcel.watched, &book);
        }
        self.remember(from, parcel.have, (&cards, own_cards));
        Ok(taken)
    }

    /// The places among those that came whose entries are not here yet.
    fn wanted(&self, log: Log, stretch: &Stretch) -> Result<BTreeSet<u64>, PortError> {
        let came: Vec<u64> = stretch.entries.iter().map(|one| one.index).collect();
        self.read(|rows| {
            let size = rows.log(log)?.size;
            let mut wanted = BTreeSet::new();
            for index in &came {
                if *index >= size || !rows.has_entry(log, *index)? {
                    wanted.insert(*index);
                }
            }
            Ok(wanted)
        })
    }

    /// A partner whose leaves do not lead to its head is asked for all of them. Another parcel that
    /// fits does not end this: who writes two records could show them in turn.
    fn doubt(&self, log: Log, shown: Option<u64>, taken: &Taken) -> Result<(), PortError> {
        let is_wrong = taken.refused.iter().any(|one| one.code == "leaves_wrong");
        let known = self.doubted().get(&log.from).copied();
        let doubted = if is_wrong { known.max(shown) } else { known };
        let Some(size) = doubted else { return Ok(()) };
        if self.read(|rows| rows.log(log))?.size < size {
            self.doubted().insert(log.from, size);
        } else {
            self.doubted().remove(&log.from);
        }
        Ok(())
    }

    /// Keeps in mind what a partner said, and the cards that are believed from now on.
    fn remember(&self, from: AgencyId, have: Have, (cards, own): (&[SignedCard], Vec<SignedCard>)) {
        if !own.is_empty() {
            self.change_book(|book| {
                for card in own {
                    // Another partner may have given it back meanwhile.
                    let last = book.mine.last().map_or(0, |last| last.card().sequence);
                    if card.card().sequence > last {
                        book.mine.push(card);
                    }
                }
            });
        }
        if let Some(newest) = cards.last() {
            self.change_book(|book| {
                if let Some(partner) = book.partners.get_mut(&from) {
                    partner.card = newest.clone();
                }
            });
        }
        self.asked().heard(from);
        self.watching().asked.heard(from);
        self.told().insert(from, have);
    }
}

/// A head of ours that its reader has countersigned, with which kinds of keys. What we have not
/// signed proves nothing of ours, whoever has countersigned it.
fn seen<'k>(
    note: Note,
    mine: Log,
    card: &Card,
    ours: impl Iterator<Item = &'k SigningEntry> + Clone,
    now: Timestamp,
) -> Option<Seen> {
    let checkpoint = heads::countersigned(&note, mine.to, card, now)?;
    heads::own(&note, mine, ours.clone())?;
    let daily = daily::own(&note, mine.from, ours);
    let daily = daily.filter(|_| daily::is_countersigned(&note, mine.to, card, now));
    Some(Seen { note, checkpoint, daily })
}

/// The head of a stretch as its writer has signed it; else a code.
fn head(stretch: Stretch, log: Log, card: &Card, now: Timestamp) -> Result<Head, &'static str> {
    let whole = Note::parse(&stretch.head).map_err(|_| "head_wrong")?;
    let (note, checkpoint) = heads::written(&whole, log, card, now)?;
    let daily = daily::written(&whole, log.from, card, now)?;
    Ok(Head { note, checkpoint, daily, stretch })
}

/// The partner's newest card, through all that came in the parcel.
fn follow(
    known: SignedCard,
    parcel: &Parcel,
) -> Result<(SignedCard, Vec<SignedCard>), ExchangeError> {
    let (mut believed, mut cards) = (known, Vec::new());
    for bytes in &parcel.cards {
        let bad = || ExchangeError::BadCard(believed.card().agency.clone());
        let next = SignedCard::parse(bytes).map_err(|_| bad())?;
        if next.card().id() != parcel.from {
            return Err(bad());
        }
        // Those up to the one that is believed were checked when they came.
        if next.card().sequence <= believed.card().sequence {
            continue;
        }
        believed.is_followed_by(&next).map_err(|_| bad())?;
        cards.push(next.clone());
        believed = next;
    }
    Ok((believed, cards))
}

/// All entries wait.
fn later(entries: &[Examined], code: &'static str) -> Vec<Refused> {
    entries.iter().map(|entry| Refused { id: None, index: entry.index, code }).collect()
}

impl Job {
    /// Writes everything; a code where the record itself is refused.
    fn carry_out(
        mut self,
        rows: &mut dyn RowsMut,
    ) -> Result<Result<Taken, &'static str>, PortError> {
        let (theirs, mine) =
            (Log { from: self.partner, to: self.me }, Log { from: self.me, to: self.partner });
        let mut taken = Taken::default();
        for card in &self.cards {
            rows.put_card(self.partner, card.card().sequence, card.bytes())?;
            taken.cards.push(card.card().sequence);
        }
        for card in &self.own_cards {
            rows.put_card(self.me, card.card().sequence, card.bytes())?;
            taken.own_cards.push(card.card().sequence);
        }
        if let Some(newest) = self.cards.last() {
            settle::check_seen(rows, mine, newest)?;
        }
        let mut row = rows.log(theirs)?;
        if row.frozen.is_some() {
            return Ok(Err("record_frozen"));
        }
        if let Some((checkpoint, stretch)) = self.returned.take() {
            restored::recover(rows, mine, &checkpoint, stretch, self.now)?;
        }
        if !self.may_sign {
            taken.refused = later(&self.entries, "key_expired");
            return Ok(Ok(taken));
        }
        self.watch(rows, &mut taken)?;
        match settle::have(rows, mine, &self.have, self.is_live)? {
            // Every entry that is taken is answered in our own record: it waits.
            Ours::Behind => {
                taken.refused.extend(later(&self.entries, "record_behind"));
                restored::let_go(rows, theirs, &self.have.lost, &mut taken)?;
                return Ok(Ok(taken));
            }
            Ours::WholeAgain => files::accept_waiting(rows, &*self.keys, theirs, self.now)?,
            Ours::Whole => {}
        }
        // What it lacks may be receipts that it had once, by a key that it believes no more.
        if let Some(own) = self.own.as_ref().filter(|_| !self.have.lacking.is_empty()) {
            send::receipts_again(rows, &*self.keys, mine, own.card(), self.now)?;
        }
        let daily = rows.daily(theirs)?.map_or(0, |daily| daily.size);
        let lacks_head = self.have.seen < row.size || self.have.daily < daily;
        if let Some(own) = self.own.as_ref().filter(|_| lacks_head) {
            settle::countersign_again(rows, &*self.keys, theirs, own.card(), self.now)?;
            row = rows.log(theirs)?;
        }
        let (row, before) = match self.grow(rows, theirs, row, &mut taken)? {
            Ok(grown) => grown,
            Err(code) => return Ok(Err(code)),
        };
        let size = row.size;
        let mut entries = Desk {
            rows,
            theirs,
            size,
            before,
            keys: &*self.keys,
            now: self.now,
            taken: &mut taken,
        };
        let has_entries = !self.entries.is_empty();
        for entry in self.entries {
            entries.one(entry)?;
        }
        settle::told(rows, mine, &self.have, &taken.told)?;
        let messages = (taken.received.len() + taken.waiting.len()) as u64;
        if has_entries {
            let more = Usage { messages, bytes: self.bytes };
            rows.add_usage(self.partner, day(self.now), more)?;
        }
        restored::let_go(rows, theirs, &self.have.lost, &mut taken)?;
        for seen in &self.seen {
            settle::seen(rows, mine, seen)?;
        }
        Ok(Ok(taken))
    }

    /// Lets the partner's record grow to its head, and countersigns that: how far it has come now,
    /// and the roots before places at which entries came; a code where it is refused.
    fn grow(
        &self,
        rows: &mut dyn RowsMut,
        theirs: Log,
        row: LogRow,
        taken: &mut Taken,
    ) -> Result<Result<Rooted, &'static str>, PortError> {
        let none = BTreeMap::new();
        let Some(Head { note, checkpoint, stretch, .. }) = &self.head else {
            return Ok(Ok((row, none)));
        };
        let places: Vec<u64> = self.entries.iter().map(|one| one.index).collect();
        match grow(rows, theirs, row, (note, checkpoint), stretch, &places)? {
            Grown::Forked(forked) => {
                rows.put_log(theirs, &forked)?;
                Ok(Err("record_forked"))
            }
            Grown::Missing(unchanged) => Ok(Ok((unchanged, none))),
            Grown::Same(unchanged) => {
                self.keep_daily(rows, theirs)?;
                Ok(Ok((unchanged, none)))
            }
            Grown::Wrong(unchanged) => {
                let (id, index, code) = (None, unchanged.size, "leaves_wrong");
                taken.refused.push(Refused { id, index, code });
                Ok(Ok((unchanged, none)))
            }
            Grown::Longer(mut longer, roots) => {
                let mut note = note.clone();
                heads::countersign(&*self.keys, self.me, &mut note, self.now);
                longer.head = Some(note.write());
                rows.put_log(theirs, &longer)?;
                self.keep_daily(rows, theirs)?;
                Ok(Ok((longer, roots)))
            }
        }
    }

    /// Answers what we are asked as a witness, and keeps what a witness of ours has answered.
    fn watch(&self, rows: &mut dyn RowsMut, taken: &mut Taken) -> Result<(), PortError> {
        let Job { me, now, is_live, .. } = *self;
        let witness = Witness { me, keys: &*self.keys, now, is_live };
        for question in &self.questions {
            match question {
                Ok(question) => witness.answer(rows, question, taken)?,
                Err(code) => taken.refused.push(Refused { id: None, index: 0, code }),
            }
        }
        for cosigned in &self.cosigned {
            watch::keep(rows, self.partner, cosigned)?;
        }
        Ok(())
    }

    /// Countersigns the head that came with either kind of key, where its writer has done so.
    fn keep_daily(&self, rows: &mut dyn RowsMut, theirs: Log) -> Result<(), PortError> {
        let Some(Head { note, checkpoint, daily: Some(daily), .. }) = &self.head else {
            return Ok(());
        };
        daily::keep(rows, &*self.keys, theirs, (note, checkpoint), daily, self.now)
    }
}
