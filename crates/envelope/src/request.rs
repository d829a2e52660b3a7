//! What agencies ask of each other, and each step that a request takes afterwards: the bodies of
//! sealed messages whose kinds are `request` and `request-step`.
//!
//! A request is drawn up once and not changed any more: what officers approve is the SHA-256 over
//! these bytes, and these bytes travel. Every datum has the legal status of the person whom it is
//! about and says whether it may be used as evidence. Bytes: deterministic CBOR, maps with the
//! numbers below as keys.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;

use crate::attachment::is_name;
use crate::cbor::{self, CborError, country, digest, some_time, time};
use crate::content::MAX_ATTACHMENTS;
use crate::handling::{Handling, HandlingError};

/// The kind of a message with a request.
pub const REQUEST: &str = "request";
/// The kind of a message with a step of one.
pub const STEP: &str = "request-step";

/// Whether a kind is one of these.
pub fn is_kind(kind: &str) -> bool {
    [REQUEST, STEP].contains(&kind)
}

/// Whether a message's body is a request or a step of which something may not be used as evidence.
pub fn is_for_police_alone(kind: &str, body: &[u8]) -> bool {
    let is_no = |marks: &Marks| marks.evidence == Evidence::No;
    match kind {
        REQUEST => Approved::parse(body).is_ok_and(|(_, request)| {
            let elements = request.elements.iter().map(|one| &one.marks);
            elements.chain(request.files.iter().map(|one| &one.marks)).any(is_no)
        }),
        STEP => Step::parse(body)
            .is_ok_and(|step| is_no(&step.marks) || step.files.iter().any(|one| is_no(&one.marks))),
        _ => false,
    }
}

/// A request has at most so many elements.
pub const MAX_ELEMENTS: usize = 200;
/// An element's text has at most so many bytes.
pub const MAX_TEXT: usize = 100_000;
/// A request as a whole has at most so many bytes.
pub const MAX_BYTES: usize = 900_000;
/// More officers than this approve nothing.
const MAX_APPROVALS: usize = 16;
/// A word, a number, a name or a clause has at most so many bytes.
const MAX_WORD: usize = 200;

/// What is asked, as officers approve it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Request {
    /// Its number at the agency that asks: `VN-2026-0001`.
    #[n(0)]
    pub number: String,
    /// Which kind of request, by its id.
    #[n(1)]
    pub kind: String,
    /// Which measure is asked for, by its id.
    #[n(2)]
    pub measure: String,
    /// Which conduct it is about, by its id.
    #[n(3)]
    pub conduct: String,
    /// The clause that is charged: `VN Penal Code 174(2)`.
    #[n(4)]
    pub clause: Option<String>,
    /// The country that asks.
    #[cbor(n(5), with = "country")]
    pub from: Country,
    /// The country that is asked.
    #[cbor(n(6), with = "country")]
    pub to: Country,
    /// When it was drawn up: the law of this day is meant.
    #[cbor(n(7), with = "time")]
    pub made: Timestamp,
    /// Whether it goes by the urgent way, where the second officer approves within a day.
    #[n(8)]
    pub is_urgent: bool,
    /// The instrument that it rests on first.
    #[n(9)]
    pub basis: Option<Basis>,
    /// The pack of legal facts that the basis was taken from.
    #[cbor(n(10), with = "digest")]
    pub pack: Digest,
    /// What it says, by element, in the order of their ids.
    #[n(11)]
    pub elements: Vec<Element>,
    /// Its files: what they are called and hold is approved with the rest.
    #[n(12)]
    pub files: Vec<File>,
    /// The hit that it follows: by this the agency that is asked finds its own case.
    #[n(13)]
    pub handle: Option<String>,
    /// The number of an earlier request that this one follows: the formal one after the fast one.
    #[n(14)]
    pub follows: Option<String>,
    /// What may be done with it.
    #[n(15)]
    pub handling: Handling,
}

/// The instrument that a request rests on.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Basis {
    /// Its id.
    #[n(0)]
    pub instrument: String,
    /// The article; `None`: the treaty as a whole.
    #[n(1)]
    pub article: Option<String>,
    /// `yes`, `check` or `no`: how sure it was when the request was drawn up.
    #[n(2)]
    pub answer: String,
}

/// One thing that a request says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Element {
    /// Which element, by its id.
    #[n(0)]
    pub id: String,
    /// The text.
    #[n(1)]
    pub text: String,
    /// What goes with it.
    #[n(2)]
    pub marks: Marks,
}

/// A file of a request or of a step.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct File {
    /// Its name.
    #[n(0)]
    pub name: String,
    /// Its length.
    #[n(1)]
    pub size: u64,
    /// Its digest.
    #[cbor(n(2), with = "digest")]
    pub sha256: Digest,
    /// What goes with it.
    #[n(3)]
    pub marks: Marks,
}

/// What goes with every datum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Marks {
    /// The legal status of the person whom it is about.
    #[n(0)]
    pub person: Person,
    /// Whether it may be used as evidence.
    #[n(1)]
    pub evidence: Evidence,
}

/// The legal status of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Person {
    /// Nobody has said.
    #[default]
    #[n(0)]
    Unknown,
    /// Whose money or data it was.
    #[n(1)]
    Victim,
    /// Who has seen something.
    #[n(2)]
    Witness,
    /// Who is looked into.
    #[n(3)]
    Suspect,
    /// Who is charged.
    #[n(4)]
    Accused,
    /// Who was found guilty.
    #[n(5)]
    Convicted,
    /// Whose account or device was used without his knowing.
    #[n(6)]
    ThirdParty,
}

/// Whether something may be used as evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Evidence {
    /// Only after its giver was asked and agreed.
    #[default]
    #[n(0)]
    Ask,
    /// Its giver has agreed.
    #[n(1)]
    Yes,
    /// It is for police work alone.
    #[n(2)]
    No,
}

/// A request with those who approved it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Approved {
    /// The bytes of the request.
    #[n(0)]
    pub request: ByteVec,
    /// Who approved these bytes.
    #[n(1)]
    pub approvals: Vec<Approval>,
    /// Whether another one has to approve it within a day.
    #[n(2)]
    pub is_half: bool,
}

/// An officer's approval.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Approval {
    /// Who.
    #[n(0)]
    pub by: String,
    /// As what.
    #[n(1)]
    pub role: String,
    /// When.
    #[cbor(n(2), with = "time")]
    pub at: Timestamp,
}

/// A step that a request takes after it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Step {
    /// The number of the request, at the agency that asks.
    #[n(0)]
    pub number: String,
    /// The SHA-256 over the request's bytes: of two requests under one number this one is meant.
    #[cbor(n(1), with = "digest")]
    pub request: Digest,
    /// Which step, by its word.
    #[n(2)]
    pub what: String,
    /// Why it is refused, by the ground's id.
    #[n(3)]
    pub ground: Option<String>,
    /// What is said.
    #[n(4)]
    pub text: Option<String>,
    /// What goes with the text.
    #[n(5)]
    pub marks: Marks,
    /// Its files.
    #[n(6)]
    pub files: Vec<File>,
    /// Until when what was asked for holds now.
    #[cbor(n(7), with = "some_time", has_nil)]
    pub until: Option<Timestamp>,
    /// Who approved, where the step is a second approval.
    #[n(8)]
    pub approval: Option<Approval>,
}

/// Why a body is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Not of its shape.
    #[error("{0}")]
    Cbor(#[from] CborError),
    /// A word, number or name that is none.
    #[error("{0:?} is no word")]
    Word(String),
    /// A text that is empty or too long.
    #[error("the text of {0:?} has 1 to {MAX_TEXT} bytes")]
    Text(String),
    /// Too many elements, or out of order.
    #[error("elements stand in the order of their ids, each once")]
    Order,
    /// Too many files, or one with no proper name.
    #[error("files are too many or have no proper names")]
    Files,
    /// The handling is not whole.
    #[error("{0}")]
    Handling(#[from] HandlingError),
    /// Nobody has approved it, or one officer twice.
    #[error("approvals are too few or of one officer")]
    Approvals,
}

impl Request {
    /// Its bytes.
    pub fn write(&self) -> Vec<u8> {
        cbor::write(self)
    }

    /// Reads one.
    pub fn parse(bytes: &[u8]) -> Result<Request, RequestError> {
        let request: Request = cbor::read(bytes, MAX_BYTES)?;
        request.check().map(|()| request)
    }

    /// Whether everything is as it has to be.
    pub fn check(&self) -> Result<(), RequestError> {
        let Request { number, kind, measure, conduct, clause, handle, follows, .. } = self;
        let basis = self.basis.iter();
        let basis =
            basis.flat_map(|one| [Some(&one.instrument), one.article.as_ref(), Some(&one.answer)]);
        let words = [Some(number), Some(kind), Some(measure), Some(conduct), clause.as_ref()];
        let words = words.into_iter().chain([handle.as_ref(), follows.as_ref()]).chain(basis);
        words.flatten().try_for_each(|one| word(one))?;
        let are_ordered = self.elements.is_sorted_by(|one, next| one.id < next.id);
        if self.elements.len() > MAX_ELEMENTS || !are_ordered {
            return Err(RequestError::Order);
        }
        for Element { id, text, .. } in &self.elements {
            word(id)?;
            if text.trim().is_empty() || text.len() > MAX_TEXT {
                return Err(RequestError::Text(id.clone()));
            }
        }
        files(&self.files)?;
        Ok(self.handling.check()?)
    }
}

impl Approved {
    /// Reads one, and the request in it.
    pub fn parse(body: &[u8]) -> Result<(Approved, Request), RequestError> {
        let approved: Approved = cbor::read(body, MAX_BYTES + MAX_APPROVALS * 3 * MAX_WORD)?;
        let Approved { request, approvals, .. } = &approved;
        for Approval { by, role, .. } in approvals {
            word(by)?;
            word(role)?;
        }
        let mut names: Vec<&str> = approvals.iter().map(|one| one.by.as_str()).collect();
        names.sort_unstable();
        let is_one = names.windows(2).any(|pair| pair[0] == pair[1]);
        if names.is_empty() || names.len() > MAX_APPROVALS || is_one {
            return Err(RequestError::Approvals);
        }
        let request = Request::parse(request)?;
        Ok((approved, request))
    }
}

impl Step {
    /// Reads one.
    pub fn parse(body: &[u8]) -> Result<Step, RequestError> {
        let step: Step = cbor::read(body, MAX_BYTES)?;
        step.check().map(|()| step)
    }

    /// Whether everything is as it has to be.
    pub fn check(&self) -> Result<(), RequestError> {
        let approval = self.approval.iter().flat_map(|one| [&one.by, &one.role]);
        let words = [&self.number, &self.what].into_iter().chain(&self.ground).chain(approval);
        words.into_iter().try_for_each(|one| word(one))?;
        let is_text = |text: &String| !text.trim().is_empty() && text.len() <= MAX_TEXT;
        if self.text.as_ref().is_some_and(|text| !is_text(text)) {
            return Err(RequestError::Text(self.what.clone()));
        }
        files(&self.files)
    }
}

fn word(word: &str) -> Result<(), RequestError> {
    let is_plain = !word.trim().is_empty() && !word.chars().any(char::is_control);
    match is_plain && word.len() <= MAX_WORD {
        true => Ok(()),
        false => Err(RequestError::Word(word.chars().take(MAX_WORD).collect())),
    }
}

fn files(files: &[File]) -> Result<(), RequestError> {
    let are_named = files.iter().all(|file| is_name(&file.name));
    if files.len() > MAX_ATTACHMENTS || !are_named { Err(RequestError::Files) } else { Ok(()) }
}
