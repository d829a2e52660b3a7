//! To whom a request goes: what an officer says, or else whom the directory knows to be competent.
//!
//! Nobody is made up. Where several could be meant, or nobody is known, the officer is told so;
//! what is stale or was not verified is marked before he approves.

use ::law::authority::{Sought, competent};
use envelope::request::Request;
use model::day::Day;
use model::measure::Measure;
use model::time::Timestamp;

use super::legal::Legal;
use super::record::{Kept, Key};
use super::stage::Stage;
use crate::answer::{AddresseeAnswer, WarningAnswer};
use crate::directory::error::DirectoryError;
use crate::directory::known::{Known, known};
use crate::error::NodeError;
use crate::node::Node;

/// The element in which an officer names whom he asks.
const ELEMENT: &str = "requested_authority";
/// A line of it that is longer is no name: a letter has no place for it.
const MAX_NAME: usize = 300;
/// Further lines of it are an address, up to so many bytes.
const MAX_ADDRESS: usize = 300;
/// A warning names at most so many authorities.
const MAX_NAMED: usize = 5;

/// To whom it goes, and what is to be said of that.
#[derive(Default)]
pub(super) struct Addressed {
    pub(super) addressee: Option<AddresseeAnswer>,
    pub(super) warnings: Vec<WarningAnswer>,
}

impl Node {
    /// To whom a request of ours goes. Once it is approved, by what the directory said then: what
    /// was approved is not addressed to somebody else by a later file.
    pub(super) fn addressed(
        &self,
        key: &Key,
        request: &Request,
        legal: &Legal,
    ) -> Result<Addressed, NodeError> {
        let kept = self.state.requests.kept.get(key);
        if key.of.is_some() {
            return Ok(Addressed::default());
        }
        let today = Day::of(self.ports.clock.now());
        let history = self.state.directory.until(kept.and_then(approved_at));
        let Ok(measure) = Measure::parse(&request.measure) else {
            return Ok(Addressed::default());
        };
        let sought = Sought {
            from: Some(request.from),
            to: Some(request.to),
            measures: vec![measure],
            on: Day::of(request.made),
        };
        let own = self.kept_entries(history)?;
        let all = known(&competent(self.law_pack()?, &sought), own, history, &sought);
        let said = request.elements.iter().find(|element| element.id == ELEMENT);
        if let Some(addressed) = said.and_then(|said| named(&said.text, &all, today)) {
            return Ok(addressed);
        }
        // It goes to a partner that an officer chose: who else is competent is no warning.
        if kept.is_some_and(|kept| kept.partner.is_some()) {
            return Ok(Addressed::default());
        }
        Ok(chosen(&all, legal.lead_instrument(), request, today))
    }

    /// Whom an officer names when he prints, an entry's id or a name as it stands, and what is to
    /// be said of that.
    pub fn addressed_to(
        &self,
        text: &str,
    ) -> Result<(AddresseeAnswer, Vec<WarningAnswer>), NodeError> {
        let today = Day::of(self.ports.clock.now());
        if let Some(one) = self.found(text.trim(), today)? {
            let mut addressed = Addressed::default();
            addressed.mark(&one, today);
            return Ok((answer(&one, &[&one], today), addressed.warnings));
        }
        let said = named(text, &[], today).and_then(|addressed| addressed.addressee);
        let said = said.ok_or_else(|| DirectoryError::Unknown(text.to_owned()))?;
        Ok((said, Vec::new()))
    }
}

/// When it was approved last, where it may leave.
fn approved_at(kept: &Kept) -> Option<Timestamp> {
    let is_draft = matches!(kept.stage, Stage::Draft | Stage::Checked);
    kept.approvals.iter().map(|(_, at)| *at).max().filter(|_| !is_draft)
}

/// Whom an officer names: an entry, where it is one's name, or else his words as they stand.
fn named(text: &str, all: &[Known], today: Day) -> Option<Addressed> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let name = lines.next().filter(|name| name.len() <= MAX_NAME)?;
    let mut addressed = Addressed::default();
    let called: Vec<&Known> = all.iter().filter(|one| one.is_called(name)).collect();
    if let Some(best) = best(&called, today) {
        addressed.mark(best, today);
        addressed.addressee = Some(answer(best, &called, today));
        return Some(addressed);
    }
    let address = lines.collect::<Vec<_>>().join("\n");
    addressed.addressee = Some(AddresseeAnswer {
        name: [name.to_owned(), name.to_owned()],
        address: if address.len() <= MAX_ADDRESS { address } else { String::new() },
        verified: true,
        ..AddresseeAnswer::default()
    });
    Some(addressed)
}

/// Whom the directory knows: by the agency's own entries, or else by the treaty on which the
/// request rests, another treaty, the asked state's own law.
fn chosen(all: &[Known], lead: Option<&str>, request: &Request, today: Day) -> Addressed {
    let tier = |one: &Known| match &one.instrument {
        _ if one.is_own => 0,
        Some((id, _)) if Some(id.as_str()) == lead => 1,
        Some(_) if !one.is_own_law => 2,
        _ => 3,
    };
    let mut addressed = Addressed::default();
    let Some(first) = all.iter().map(tier).min() else {
        addressed.warn("authority_unknown", request.to.to_string());
        return addressed;
    };
    let among: Vec<&Known> = all.iter().filter(|one| tier(one) == first).collect();
    let Some(one) = best(&among, today) else { return addressed };
    if among.iter().any(|other| !other.is_same(one)) {
        addressed.warn("authority_several", names(&among));
        return addressed;
    }
    // Who is named by several sources is as sure as the best of them says.
    let same: Vec<&Known> = all.iter().filter(|other| other.is_same(one)).collect();
    let surest = best(&same, today).unwrap_or(one);
    addressed.mark(surest, today);
    let others: Vec<&Known> = all.iter().filter(|other| !other.is_own).collect();
    if one.is_own && !others.is_empty() && !others.iter().any(|other| other.is_same(one)) {
        addressed.warn("authority_differs", names(&others));
    }
    if among.iter().any(|one| !one.contradicts.is_empty()) {
        addressed.warn("authority_contradicted", names(&among));
    }
    addressed.addressee = Some(AddresseeAnswer {
        id: Some(one.id.clone()),
        name: one.name.clone(),
        ..answer(surest, &same, today)
    });
    addressed
}

/// The freshest and surest of some; of equal ones the first.
fn best<'k>(some: &[&'k Known], today: Day) -> Option<&'k Known> {
    let doubt = |one: &&&Known| (one.is_stale(today), !one.is_sure(), one.address.is_empty());
    some.iter().min_by_key(doubt).copied()
}

fn names(some: &[&Known]) -> String {
    let mut ids: Vec<String> = some.iter().take(MAX_NAMED).map(|one| one.id.clone()).collect();
    if some.len() > MAX_NAMED {
        ids.push("…".to_owned());
    }
    ids.join(", ")
}

/// An entry as the one to whom it goes; the address may be another entry's of the same authority.
fn answer(one: &Known, same: &[&Known], today: Day) -> AddresseeAnswer {
    let with_address = same.iter().find(|other| !other.address.is_empty());
    AddresseeAnswer {
        id: Some(one.id.clone()),
        name: one.name.clone(),
        address: with_address.map(|other| other.address.clone()).unwrap_or_default(),
        source: one.source.clone(),
        as_of: one.as_of.map(|day| day.to_string()),
        verified: one.is_sure(),
        stale: one.is_stale(today),
    }
}

impl Addressed {
    fn warn(&mut self, code: &'static str, value: String) {
        let element = Some(ELEMENT.to_owned());
        self.warnings.push(WarningAnswer { code, element, value });
    }

    /// Says of an entry what an officer has to see before he relies on it.
    fn mark(&mut self, one: &Known, today: Day) {
        let as_of = one.as_of.map(|day| day.to_string()).unwrap_or_default();
        if one.is_stale(today) {
            self.warn("authority_stale", format!("{} ({as_of})", one.id));
        }
        if !one.is_sure() {
            self.warn("authority_unverified", format!("{} ({})", one.id, one.source));
        }
    }
}
