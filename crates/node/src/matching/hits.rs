//! Hits: leads that an officer looks at. The partner learns of one only by a request that quotes
//! its handle.

use std::collections::BTreeSet;

use envelope::card::AgencyId;
use model::identifier::Identifier;
use psi::input::input;
use psi::output::handle;
use psi::set::FALSE_HIT_BITS;

use super::publish::epoch_secret;
use super::step::Step;
use super::take::hexadecimal;
use crate::answer::{HitAnswer, Hits};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// A reason has at most so many characters.
const MAX_REASON: usize = 500;

impl Node {
    /// The hits, the newest first; of one partner, or of all.
    pub fn hits(&mut self, by: &str, partner: Option<&str>) -> Result<Hits, NodeError> {
        self.allow(by, Duty::Look)?;
        let named = partner.map(|name| self.partner(name)).transpose()?;
        self.look(by, "hits", partner.unwrap_or_default())?;
        let book = self.exchange()?.book();
        let all = self.state.matching.hits.iter();
        let wanted = all.filter(|(_, hit)| named.is_none_or(|one| one.0 == hit.partner));
        let mut hits: Vec<HitAnswer> = wanted
            .map(|(id, hit)| {
                let known = book.partners.iter().find(|(id, _)| id.0 == hit.partner);
                let name = known.map(|(_, one)| one.card.card().agency.clone());
                HitAnswer {
                    id: id.clone(),
                    partner: name.unwrap_or_else(|| hit.partner.to_string()),
                    kind: hit.identifier.kind().as_str(),
                    value: hit.identifier.value().to_owned(),
                    handle: hit.handle.clone(),
                    false_hit_probability: 0.5_f64.powi(FALSE_HIT_BITS as i32),
                    state: if hit.dismissed.is_some() { "dismissed" } else { "open" },
                    at: hit.at,
                    because: hit.dismissed.clone(),
                }
            })
            .collect();
        hits.sort_by(|one, other| (other.at, &one.id).cmp(&(one.at, &other.id)));
        Ok(Hits { hits })
    }

    /// What a partner means by a handle: the identifier of ours that it stands for, and the cases
    /// that know it. Whoever quotes a handle has found it in a set that we published.
    pub fn behind_handle(
        &self,
        partner: AgencyId,
        wanted: &str,
    ) -> Result<Option<(Identifier, BTreeSet<String>)>, NodeError> {
        let outside = self.match_outside()?;
        let published = self.state.matching.own.iter();
        for ((_, purpose), own) in published.filter(|((agency, _), _)| *agency == partner.0) {
            let name = epoch_secret(partner, purpose, own.epoch);
            let Some(secret) = outside.secrets.secret(&name)? else { continue };
            let wanted = wanted.to_lowercase();
            let (mut found, mut cases) = (None, BTreeSet::new());
            self.each_own(true, &mut |known| {
                let handle = handle(&secret, &input(&known.identifier));
                if !known.is_common && hexadecimal(&handle) == wanted {
                    found = Some(known.identifier);
                    cases.insert(known.case.to_owned());
                }
                Ok(())
            })?;
            if let Some(identifier) = found {
                return Ok(Some((identifier, cases)));
            }
        }
        Ok(None)
    }

    /// Puts a hit aside.
    pub fn dismiss_hit(&mut self, by: &str, id: &str, because: &str) -> Result<Hits, NodeError> {
        self.allow(by, Duty::Work)?;
        let because = because.trim();
        if because.is_empty() || because.chars().count() > MAX_REASON {
            return Err(NodeError::BadReason);
        }
        let id = id.to_uppercase();
        let unknown = || NodeError::UnknownHit(id.clone());
        let partner = self.state.matching.hits.get(&id).ok_or_else(unknown)?.partner;
        let what = Step::HitDismissed { hit: id, because: because.to_owned() };
        self.record(by, &[Event::Match { partner, what }])?;
        self.hits(by, None)
    }
}
