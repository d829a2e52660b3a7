//! Drawing up: a request is written, filled in from what the node knows, and changed until it
//! leaves. Every change makes new bytes, which nobody has approved yet.

use envelope::card::AgencyId;
use envelope::content::MAX_ATTACHMENTS;
use envelope::request::{Element, Evidence, MAX_ELEMENTS, MAX_TEXT, Marks, Person, Request};
use formats::open::Source;
use i18n::Language;
use model::country::Country;
use model::digest::Digest;

use super::deed::Deed;
use super::error::RequestError;
use super::legal::Legal;
use super::record::{Kept, Key};
use crate::answer::RequestChecked;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::ExchangeError;
use crate::messages::HandlingWords;
use crate::node::Node;

/// A request as an officer begins it; words as he gives them.
#[derive(Debug, Clone, Default)]
pub struct NewRequest {
    /// Its kind.
    pub kind: String,
    /// A partner, or a country that may have none.
    pub to: String,
    /// The measure that is asked for.
    pub measure: String,
    /// The conduct that it is about.
    pub conduct: String,
    /// The clause that is charged.
    pub clause: Option<String>,
    /// The case that it is for.
    pub case: Option<String>,
    /// The hit that it follows.
    pub hit: Option<String>,
    /// An earlier request that it follows.
    pub follows: Option<String>,
    /// Whether it goes by the urgent way.
    pub is_urgent: bool,
    /// What may be done with it; purpose and basis are filled in where they are empty.
    pub handling: HandlingWords,
}

/// What an officer writes into a request.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// `ELEMENT=TEXT`; an empty text takes the element out.
    pub set: Vec<String>,
    /// The legal status of the person whom all this is about.
    pub person: Option<String>,
    /// Whether all this may be used as evidence.
    pub evidence: Option<String>,
}

impl Node {
    /// Begins a request.
    pub fn new_request(
        &mut self,
        by: &str,
        new: NewRequest,
        change: &Change,
        files: &[&dyn Source],
    ) -> Result<RequestChecked, NodeError> {
        self.allow(by, Duty::Work)?;
        let case = self.case(new.case.as_deref())?.reference.clone();
        let (partner, country) = self.addressee(&new.to)?;
        let now = self.ports.clock.now();
        let number = self.next_number();
        let hit = new.hit.as_deref().map(|id| self.open_hit(id)).transpose()?;
        if let Some((_, of, _)) = &hit
            && partner != Some(AgencyId(*of))
        {
            return Err(NodeError::UnknownHit(new.hit.unwrap_or_default()));
        }
        let follows = new.follows.as_deref().map(|text| self.followed(by, text)).transpose()?;
        let from = self.identity()?.country;
        let mut request = Request {
            number: number.clone(),
            kind: new.kind,
            measure: new.measure,
            conduct: new.conduct,
            clause: new.clause,
            from,
            to: country,
            made: now,
            is_urgent: new.is_urgent,
            basis: None,
            pack: Digest([0; 32]),
            elements: Vec::new(),
            files: Vec::new(),
            handle: hit.as_ref().map(|(_, _, handle)| handle.clone()),
            follows,
            handling: HandlingWords {
                purpose: purpose(&new.handling.purpose, &number),
                basis: purpose(&new.handling.basis, &number),
                ..new.handling.clone()
            }
            .read(now)?,
        };
        let legal = self.legal(&request)?;
        request.basis.clone_from(&legal.lead);
        request.pack = legal.pack;
        if let Some(basis) = &request.basis
            && new.handling.basis.is_empty()
        {
            let article = basis.article.as_deref().unwrap_or_default();
            request.handling.basis = format!("{} {article}", basis.instrument).trim().to_owned();
        }
        if new.handling.purpose.is_empty() {
            request.handling.purpose = format!("{} {number}", request.kind);
        }
        self.fill_in(&mut request, &legal, &case, hit.as_ref().map(|(value, ..)| value.as_str()))?;
        let hit = hit.and(new.hit.map(|id| id.to_uppercase()));
        let about = About { partner: partner.map(|one| one.0), case, hit };
        self.rewrite(by, request, about, change, files)
    }

    /// Changes a request that has not left.
    pub fn set_request(
        &mut self,
        by: &str,
        text: &str,
        change: &Change,
        files: &[&dyn Source],
    ) -> Result<RequestChecked, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        if key.of.is_some() || !kept.stage.is_draft() {
            return Err(RequestError::Sent(text.to_owned()).into());
        }
        let mut request = self.whole_request(&key, &kept)?;
        // A country may have got a partner meanwhile, and the law may have changed.
        let partner = match kept.partner {
            Some(partner) => Some(partner),
            // Where it has got several, nobody is picked.
            None => match self.addressee(kept.country.as_str()) {
                Ok((partner, _)) => partner.map(|one| one.0),
                Err(NodeError::AmbiguousPartner(..)) => None,
                Err(error) => return Err(error),
            },
        };
        let legal = self.legal(&request)?;
        request.basis.clone_from(&legal.lead);
        request.pack = legal.pack;
        let case = kept.case.unwrap_or_default();
        let about = About { partner, case, hit: kept.hit };
        self.rewrite(by, request, about, change, files)
    }

    /// Takes up what an officer says, keeps the bytes, records them.
    fn rewrite(
        &mut self,
        by: &str,
        mut request: Request,
        about: About,
        change: &Change,
        files: &[&dyn Source],
    ) -> Result<RequestChecked, NodeError> {
        let marks = marks(change)?;
        for one in &change.set {
            self.take_up(&mut request, one, marks)?;
        }
        if marks != Marks::default() && change.set.is_empty() && files.is_empty() {
            request.elements.iter_mut().for_each(|element| element.marks = marks);
            request.files.iter_mut().for_each(|file| file.marks = marks);
        }
        for source in files {
            let file = self.attach(*source, marks, about.partner)?;
            request.files.retain(|one| one.name != file.name);
            request.files.push(file);
        }
        if request.files.len() > MAX_ATTACHMENTS {
            return Err(RequestError::BadElement("attach".to_owned()).into());
        }
        let large = || RequestError::Large(request.number.clone());
        request.check().map_err(|_| large())?;
        let bytes = request.write();
        if bytes.len() > envelope::request::MAX_BYTES {
            return Err(large().into());
        }
        let content = self.keep_bytes(bytes)?;
        let what = Deed::Drafted {
            content,
            kind: request.kind.clone(),
            measure: request.measure.clone(),
            partner: about.partner,
            country: request.to,
            case: about.case,
            is_urgent: request.is_urgent,
            follows: request.follows.clone(),
            hit: about.hit,
        };
        let key = Key::own(&request.number);
        self.record(by, &[Event::Request { of: None, number: key.number.clone(), what }])?;
        self.examined(&key, &request)
    }

    /// One `ELEMENT=TEXT`.
    fn take_up(&self, request: &mut Request, one: &str, marks: Marks) -> Result<(), NodeError> {
        let bad = || RequestError::BadElement(model::refusal::shown(one).to_string());
        let (id, text) = one.split_once('=').ok_or_else(bad)?;
        let id = id.trim();
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if id.is_empty() || id.len() > 60 || !id.chars().all(is_id) {
            return Err(bad().into());
        }
        if !self.knows_element(id) {
            return Err(RequestError::UnknownElement(id.to_owned()).into());
        }
        if text.len() > MAX_TEXT {
            return Err(RequestError::Large(request.number.clone()).into());
        }
        put(request, id, text, marks);
        if request.elements.len() > MAX_ELEMENTS { Err(bad().into()) } else { Ok(()) }
    }

    /// What the node knows itself.
    fn fill_in(
        &self,
        request: &mut Request,
        legal: &Legal,
        case: &str,
        hit: Option<&str>,
    ) -> Result<(), NodeError> {
        let identity = self.identity()?;
        let authority = format!("{}, {}", identity.agency, identity.country);
        let needs = |id: &str| legal.required.iter().any(|one| one.element == id);
        if needs("requesting_authority") {
            put(request, "requesting_authority", &authority, Marks::default());
        }
        if needs("case_reference") {
            put(request, "case_reference", case, Marks::default());
        }
        if let Some(value) = hit {
            let marks = Marks { person: Person::Suspect, evidence: Evidence::Ask };
            let handle = request.handle.clone().unwrap_or_default();
            let values = [("value", value.into()), ("handle", handle.as_str().into())];
            let say = |language| i18n::text_with(language, "request-hit", &values);
            let link = format!("{}\n{}", say(Language::Vi), say(Language::En));
            let texts = [("link", link.as_str()), ("account", value), ("data", value)];
            for (id, text) in texts.into_iter().filter(|(id, _)| needs(id)) {
                put(request, id, text, marks);
            }
        }
        Ok(())
    }

    /// The next number of this year.
    fn next_number(&self) -> String {
        let (year, country) = (self.year(), self.state.identity.as_ref().map(|one| one.country));
        let count = self.state.requests.counts.get(&year).copied().unwrap_or(0) + 1;
        let country = country.map_or_else(String::new, |country| country.to_string());
        format!("{country}-{year}-{count:04}")
    }

    /// The partner, and the country that is asked.
    pub(super) fn addressee(&self, to: &str) -> Result<(Option<AgencyId>, Country), NodeError> {
        match self.partner(to) {
            Ok(id) => {
                let book = self.exchange()?.book();
                let unknown = || ExchangeError::UnknownPartner(to.to_owned());
                let country = book.partners.get(&id).ok_or_else(unknown)?.card.card().country;
                Ok((Some(id), country))
            }
            // It may be drawn up and printed for a country where nobody has such a node.
            Err(NodeError::Exchange(ExchangeError::UnknownPartner(_))) if to.trim().len() == 2 => {
                let country = Country::parse(to.trim());
                let unknown = |_| ExchangeError::UnknownPartner(to.to_owned());
                Ok((None, country.map_err(unknown)?))
            }
            Err(error) => Err(error),
        }
    }

    /// The number of an earlier request of ours: a partner's number means nothing to another one.
    fn followed(&self, by: &str, text: &str) -> Result<String, NodeError> {
        let (key, _) = self.request(by, text)?;
        match key.of {
            None => Ok(key.number),
            Some(_) => Err(RequestError::NotOwn(text.to_owned()).into()),
        }
    }

    /// A hit that nobody has put aside: what it is, whose, and its handle.
    fn open_hit(&self, id: &str) -> Result<(String, Digest, String), NodeError> {
        let hit = self.state.matching.hit(&id.to_uppercase());
        let (identifier, partner, handle) =
            hit.ok_or_else(|| NodeError::UnknownHit(id.to_owned()))?;
        let value = format!("{}:{}", identifier.kind().as_str(), identifier.value());
        Ok((value, partner, handle))
    }
}

/// What a request is about besides its bytes.
struct About {
    partner: Option<Digest>,
    case: String,
    hit: Option<String>,
}

/// Puts a text in, at its place; an empty one takes it out.
fn put(request: &mut Request, id: &str, text: &str, marks: Marks) {
    request.elements.retain(|element| element.id != id);
    if !text.trim().is_empty() {
        let element = Element { id: id.to_owned(), text: text.to_owned(), marks };
        let place = request.elements.partition_point(|one| one.id.as_str() < id);
        request.elements.insert(place, element);
    }
}

/// The marks that words give.
pub(super) fn marks(change: &Change) -> Result<Marks, NodeError> {
    let bad = |part, word: &String| NodeError::BadWord(part, word.clone());
    let person = match &change.person {
        Some(word) => super::show::person_of(word).ok_or_else(|| bad("person", word))?,
        None => Person::default(),
    };
    let evidence = match &change.evidence {
        Some(word) => super::show::evidence_of(word).ok_or_else(|| bad("evidence", word))?,
        None => Evidence::default(),
    };
    Ok(Marks { person, evidence })
}

/// Handling has a purpose and a basis before either is known.
fn purpose(given: &str, number: &str) -> String {
    if given.is_empty() { number.to_owned() } else { given.to_owned() }
}

impl Kept {
    /// Whether its bytes are those that everybody has approved.
    pub(super) fn is_approved(&self) -> bool {
        self.approvals.len() >= super::approvals(&self.kind, self.is_urgent)
    }
}
