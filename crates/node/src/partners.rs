//! Partners: the agency's own card, and the cards of others that two officers have accepted.

use std::sync::Arc;

use envelope::card::{AgencyId, SignedCard};
use model::country::Country;

use crate::answer::{CardAnswer, PartnerAnswer, Partners};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{
    Book, Exchange, ExchangeError, Outside, Partner, Standing, Taken, hexadecimal,
};
use crate::node::Node;
use crate::state::Identity;

/// A partner is named by at least so many digits of its id.
const LEAST_DIGITS: usize = 8;
/// A reason has at most so many characters.
const MAX_REASON: usize = 500;

impl Node {
    /// Opens the exchange, with the node's keys; needed before anything goes to a partner.
    pub fn join(&mut self, outside: Outside) -> Result<Arc<Exchange>, NodeError> {
        let me = outside.keys.public().root.agency();
        let standings = self.state.partners.iter();
        let standings = standings.map(|(agency, standing)| (AgencyId(*agency), *standing));
        let mut book = Book::read(&*outside.record, me, standings)?;
        book.witnesses = self.state.witnesses.iter().map(|agency| AgencyId(*agency)).collect();
        let exchange = Arc::new(Exchange::new(me, outside, book));
        exchange.set_audit(self.audit.size(), self.audit.root());
        self.exchange = Some(exchange.clone());
        if !exchange.book().mine.is_empty() {
            // A change of keys may have been cut off before its card.
            self.issue_what_is_due()?;
        }
        Ok(exchange)
    }

    /// The card that the node's keys ask for, where it has not been issued: what is signed by a key
    /// that no card names, no partner believes.
    fn issue_what_is_due(&mut self) -> Result<(), NodeError> {
        match self.issue("node", &[]) {
            // A partner may have a newer one: the next start issues it.
            Ok(_) | Err(NodeError::Exchange(ExchangeError::Behind(_))) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The exchange, where it was opened.
    pub fn exchange(&self) -> Result<&Arc<Exchange>, NodeError> {
        self.exchange.as_ref().ok_or(NodeError::KeysClosed)
    }

    /// The agency's card with these endpoints; a new one is made where keys or endpoints changed.
    /// Without endpoints those of the card before it stay.
    pub fn card(
        &mut self,
        by: &str,
        endpoints: &[String],
    ) -> Result<(CardAnswer, SignedCard), NodeError> {
        self.allow(by, Duty::Work)?;
        self.issue(by, endpoints)
    }

    /// The node itself says where it answers, where nobody has.
    pub fn announce(&mut self, endpoints: &[String]) -> Result<(), NodeError> {
        self.issue("node", endpoints).map(|_| ())
    }

    fn issue(
        &mut self,
        by: &str,
        endpoints: &[String],
    ) -> Result<(CardAnswer, SignedCard), NodeError> {
        let exchange = self.exchange()?.clone();
        let Identity { agency, country, kind, .. } = self.identity()?.clone();
        let drawn = exchange.draw_up((agency, country, kind), endpoints);
        let signed = match drawn.map_err(|error| bad("own", &error.to_string()))? {
            Some(signed) => signed,
            None => {
                let book = exchange.book();
                let last = book.mine.last().ok_or(NodeError::KeysClosed)?;
                return Ok((told(last), last.clone()));
            }
        };
        // Nobody records a card that is not issued then.
        exchange.check_whole()?;
        let digest = signed.digest().0;
        self.record(by, &[Event::CardIssued { sequence: signed.card().sequence, card: digest }])?;
        exchange.issue(&signed)?;
        Ok((told(&signed), signed))
    }

    /// Two officers who may act, and are two.
    pub(crate) fn allow_two<'o>(&self, officers: [&'o str; 2]) -> Result<[&'o str; 2], NodeError> {
        let [by, second] = officers;
        self.allow(by, Duty::Work)?;
        self.allow(second, Duty::Work)?;
        if by == second { Err(NodeError::OneOfficer(by.to_owned())) } else { Ok(officers) }
    }

    /// Accepts a card in the name of two officers who have compared its words with its owner's.
    pub fn accept(
        &mut self,
        officers: [&str; 2],
        name: &str,
        bytes: &[u8],
        words: &str,
    ) -> Result<PartnerAnswer, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let signed = parsed(bytes, name)?;
        let (card, agency) = (signed.card(), signed.card().id());
        let spoken: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        if spoken.join(" ") != agency.words() {
            return Err(NodeError::FingerprintMismatch(card.agency.clone()));
        }
        let exchange = self.exchange()?.clone();
        if agency == exchange.me() {
            return Err(NodeError::OwnCard);
        }
        if let Some(other) = exchange.book().other_owner(card) {
            return Err(NodeError::TlsKeyTaken(card.agency.clone(), other));
        }
        // The log knows, also where the record with the cards was lost.
        let standing = self.state.partners.get(&agency.0).copied().unwrap_or(Standing::Active);
        if standing == Standing::Revoked {
            return Err(ExchangeError::PartnerRevoked(card.agency.clone()).into());
        }
        if let Some(known) = exchange.book().partners.get(&agency) {
            match known {
                _ if known.card == signed => return Ok(answer(known)),
                // An agency that we know sends us its cards itself; a gap between is bridged by the
                // two officers, who have compared the words again.
                _ if known.card.card().sequence >= card.sequence => {
                    return Err(NodeError::StaleCard(card.agency.clone()));
                }
                _ => {}
            }
        }
        exchange.keep_card(&signed)?;
        self.record(
            by,
            &[Event::PartnerAccepted {
                agency: agency.0,
                name: card.agency.clone(),
                country: card.country,
                sequence: card.sequence,
                second: second.to_owned(),
            }],
        )?;
        // Who is suspended stays so: a new card says nothing of why.
        let partner = Partner { card: signed.clone(), standing };
        let answer = answer(&partner);
        exchange.change_book(|book| {
            book.partners.insert(agency, partner);
        });
        Ok(answer)
    }

    /// All partners.
    pub fn partners(&self, by: &str) -> Result<Partners, NodeError> {
        self.allow(by, Duty::Oversee)?;
        let book = self.exchange()?.book();
        let told = book.partners.iter().map(|(id, one)| {
            let witness = book.witnesses.contains(id);
            PartnerAnswer { witness, ..answer(one) }
        });
        Ok(Partners { partners: told.collect() })
    }

    /// Says how a partner stands from now on. Who is revoked never comes back under the same root.
    pub fn stand(
        &mut self,
        by: &str,
        partner: &str,
        standing: Standing,
        because: &str,
    ) -> Result<PartnerAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let agency = self.partner(partner)?;
        let because = because.trim();
        if because.chars().count() > MAX_REASON || because.contains(char::is_control) {
            return Err(NodeError::BadReason);
        }
        let exchange = self.exchange()?.clone();
        let book = exchange.book();
        let known = book.partners.get(&agency);
        let known = known.ok_or_else(|| ExchangeError::UnknownPartner(partner.to_owned()))?;
        if known.standing == Standing::Revoked {
            return Err(ExchangeError::PartnerRevoked(known.card.card().agency.clone()).into());
        }
        let because = because.to_owned();
        self.record(by, &[Event::PartnerStands { agency: agency.0, standing, because }])?;
        exchange.change_book(|book| {
            if let Some(partner) = book.partners.get_mut(&agency) {
                partner.standing = standing;
            }
        });
        let witness = book.witnesses.contains(&agency);
        Ok(PartnerAnswer { witness, ..answer(&Partner { standing, ..known.clone() }) })
    }

    /// Asks a partner to witness this agency's records, in the name of two officers, or stops that:
    /// it learns with whom this agency exchanges, and how much.
    pub fn witness(
        &mut self,
        officers: [&str; 2],
        partner: &str,
        is_asked: bool,
    ) -> Result<PartnerAnswer, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let agency = self.partner(partner)?;
        let exchange = self.exchange()?.clone();
        let known = exchange.book().active(agency)?.clone();
        if exchange.book().witnesses.contains(&agency) != is_asked {
            let second = second.to_owned();
            self.record(by, &[Event::WitnessNamed { agency: agency.0, is_asked, second }])?;
            exchange.change_book(|book| {
                if is_asked {
                    book.witnesses.insert(agency);
                } else {
                    book.witnesses.remove(&agency);
                }
            });
        }
        Ok(PartnerAnswer { witness: is_asked, ..answer(&known) })
    }

    /// The partner that somebody means: by its name, its country where one partner is there, or the
    /// first digits of its id. An agency that was revoked may be back with new root keys: the old
    /// one is meant only where nobody else is.
    pub fn partner(&self, text: &str) -> Result<AgencyId, NodeError> {
        let book = self.exchange()?.book();
        let wanted = text.trim().to_lowercase();
        let country = Country::parse(text.trim()).ok();
        let is_digits = wanted.len() >= LEAST_DIGITS;
        let is_there = |partner: &Partner| partner.standing != Standing::Revoked;
        let fits = |id: &AgencyId, partner: &Partner| {
            let card = partner.card.card();
            card.agency.trim().to_lowercase() == wanted
                || (is_there(partner) && Some(card.country) == country)
                || (is_digits && id.0.to_string().starts_with(&wanted))
        };
        let mut found: Vec<_> = book.partners.iter().filter(|(id, one)| fits(id, one)).collect();
        if found.iter().any(|(_, one)| is_there(one)) {
            found.retain(|(_, one)| is_there(one));
        }
        match found.as_slice() {
            [] => Err(ExchangeError::UnknownPartner(text.to_owned()).into()),
            [(id, _)] => Ok(**id),
            several => {
                let names = several.iter().map(|(_, one)| one.card.card().agency.as_str());
                let names: Vec<&str> = names.collect();
                Err(NodeError::AmbiguousPartner(text.to_owned(), names.join(", ")))
            }
        }
    }

    /// Records what a partner's parcel changed without any officer: cards that it sent itself, or
    /// gave back to us after we had lost them, and contents that it had destroyed.
    pub fn took(&mut self, agency: AgencyId, taken: &Taken) -> Result<(), NodeError> {
        let agency = agency.0;
        let followed = taken.cards.iter();
        let followed =
            followed.map(|sequence| Event::PartnerFollowed { agency, sequence: *sequence });
        let erased = taken.erased.iter();
        let erased = erased.map(|id| Event::MessageErased { message: hexadecimal(*id) });
        let book = self.exchange()?.book();
        let back = book.mine.iter().filter(|one| taken.own_cards.contains(&one.card().sequence));
        let back = back.map(|one| {
            let (sequence, card) = (one.card().sequence, one.digest().0);
            Event::CardIssued { sequence, card }
        });
        let forked = taken.forked.iter().map(|(reader, size)| {
            let (reader, size) = (reader.0, *size);
            Event::WitnessedFork { agency, reader, size }
        });
        let events: Vec<Event> = followed.chain(back).chain(erased).chain(forked).collect();
        if !events.is_empty() {
            self.record("node", &events)?;
        }
        if !taken.own_cards.is_empty() {
            // The card that came back may name keys that are not in the backup.
            self.issue_what_is_due()?;
        }
        Ok(())
    }
}

fn parsed(bytes: &[u8], name: &str) -> Result<SignedCard, NodeError> {
    SignedCard::parse(bytes).map_err(|error| bad(name, &error.to_string()))
}

fn bad(name: &str, cause: &str) -> NodeError {
    NodeError::BadCardFile(name.to_owned(), cause.to_owned())
}

fn told(card: &SignedCard) -> CardAnswer {
    let (id, card) = (card.card().id(), card.card());
    CardAnswer {
        card: String::new(),
        agency: id.0.to_string(),
        sequence: card.sequence,
        endpoints: card.endpoints.clone(),
        fingerprint: id.words(),
    }
}

fn answer(partner: &Partner) -> PartnerAnswer {
    let card = partner.card.card();
    PartnerAnswer {
        partner: card.agency.clone(),
        agency: card.id().0.to_string(),
        country: card.country,
        kind: card.kind.as_str(),
        state: partner.standing.as_str(),
        witness: false,
        sequence: card.sequence,
        endpoints: card.endpoints.clone(),
        fingerprint: card.id().words(),
    }
}
