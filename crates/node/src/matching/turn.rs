//! A turn: whatever of MATCH lies in the inbox is dealt with, oldest first. Nobody has to be there.

use envelope::card::AgencyId;
use envelope::content::Content;
use envelope::matching::{ANSWER, Answer, MANIFEST, Manifest, QUERY, Query, Terms, WISH, Wish};
use model::digest::Digest;

use super::ask::plain_terms;
use super::evaluate::Came;
use super::step::Step;
use super::{Code, MatchOutside};
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{Standing, hexadecimal};
use crate::node::Node;
use crate::port::record::MessageRow;

/// Sets first, so that answers find them.
const KINDS: [&str; 4] = [MANIFEST, ANSWER, WISH, QUERY];
impl Node {
    /// Deals with what lies in the inbox; how many messages that were.
    pub fn match_turn(&mut self) -> Result<usize, NodeError> {
        let Some(outside) = self.matching.clone() else { return Ok(0) };
        self.deal_with(&KINDS, |node, row| node.deal(&outside, row))
    }

    fn deal(&mut self, outside: &MatchOutside, row: &MessageRow) -> Result<(), NodeError> {
        let (partner, number) = (row.log.from, hexadecimal(row.id));
        let exchange = self.exchange()?.clone();
        let book = exchange.book();
        let is_active =
            book.partners.get(&partner).is_some_and(|one| one.standing == Standing::Active);
        if self.state.matching.done.contains(&(partner.0, number.clone())) {
            let is_set = is_active && row.kind == MANIFEST;
            return if is_set { self.ask_again(partner, row) } else { Ok(()) };
        }
        let Content { body, attachments, .. } = exchange.open(row)?;
        let digest = Digest::of(&body);
        let mut purpose = String::new();
        let refused: Option<Code> = match row.kind.as_str() {
            _ if !is_active => Some("match_partner_closed"),
            MANIFEST => match Manifest::parse(&body) {
                Err(_) => Some("match_body_bad"),
                Ok(manifest) => {
                    purpose.clone_from(&manifest.terms.purpose);
                    let wished = self.wished(partner, &purpose);
                    let came = (&manifest, digest);
                    match wished {
                        // No officer of ours has asked for it: nothing is asked on account of it.
                        None => Some("match_answer_unasked"),
                        Some(terms) => {
                            let taken =
                                self.take_set(outside, partner, came, &attachments, row.id)?;
                            if taken.is_ok() {
                                self.ask("node", partner, &terms)?;
                            }
                            taken.err()
                        }
                    }
                }
            },
            ANSWER => self.answer(outside, partner, &body, row)?,
            WISH => match Wish::parse(&body) {
                Err(_) => Some("match_body_bad"),
                Ok(wish) => {
                    purpose.clone_from(&wish.terms.purpose);
                    let made = self.publish(outside, partner, &wish, row.id)?;
                    if let Err(code) = made {
                        self.refuse(None, partner, (&purpose, digest, row.id), code)?;
                    }
                    None
                }
            },
            _ => match Query::parse(&body) {
                Err(_) => Some("match_body_bad"),
                Ok(query) => {
                    let came = Came { partner, query: &query, digest, message: row.id };
                    if let Err(code) = self.evaluate(outside, &came)? {
                        let about = (query.terms.purpose.as_str(), digest, row.id);
                        self.refuse(Some(&query), partner, about, code)?;
                    }
                    None
                }
            },
        };
        match refused {
            Some(code) => {
                let what = Step::Refused { purpose, code: code.to_owned(), message: number };
                self.record("node", &[Event::Match { partner: partner.0, what }])
            }
            None => Ok(()),
        }
    }

    /// What was to be asked when a set had been taken, and was not where this node was stopped
    /// between the two.
    fn ask_again(&mut self, partner: AgencyId, row: &MessageRow) -> Result<(), NodeError> {
        let Content { body, .. } = self.exchange()?.open(row)?;
        let manifest = Manifest::parse(&body).ok();
        let terms = manifest.and_then(|one| self.wished(partner, &one.terms.purpose));
        terms.map_or(Ok(()), |terms| self.ask("node", partner, &terms))
    }

    /// The terms on which an officer of ours has wished for a publication.
    fn wished(&self, partner: AgencyId, purpose: &str) -> Option<Terms> {
        let (_, basis) = self.state.matching.wished.get(&(partner.0, purpose.to_owned()))?;
        Some(Terms { basis: basis.clone(), ..plain_terms(purpose) })
    }

    /// An answer: to a query, or the refusal of a wish.
    fn answer(
        &mut self,
        outside: &MatchOutside,
        partner: AgencyId,
        body: &[u8],
        row: &MessageRow,
    ) -> Result<Option<Code>, NodeError> {
        let Ok(answer) = Answer::parse(body) else { return Ok(Some("match_body_bad")) };
        if answer.session != [0; 16] {
            return Ok(self.take_answer(outside, partner, &answer, row.id)?.err());
        }
        // What was wished for last is what is refused.
        let wished = self.state.matching.wished.iter();
        let wished = wished.filter(|((agency, _), _)| *agency == partner.0);
        let purpose =
            wished.max_by_key(|(_, (at, _))| *at).map(|((_, purpose), _)| purpose.clone());
        let (Some(purpose), Some(code)) = (purpose, answer.refused) else {
            return Ok(Some("match_answer_unasked"));
        };
        let what = Step::Refused { purpose, code, message: hexadecimal(row.id) };
        self.record("node", &[Event::Match { partner: partner.0, what }])?;
        Ok(None)
    }
}
