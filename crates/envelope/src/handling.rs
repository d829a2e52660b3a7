//! Handling: what a receiver may do with what he is told. It lies in the sealed header, under the
//! sender's signature, and the receiver's node holds to it.
//!
//! Source: FIRST TLP 2.0; PAP (as MISP's taxonomy has it); Europol's handling codes H0 to H3 and
//! the gradings of source (A, B, C, X) and information (1 to 4) of its Regulation's article 29.

use minicbor::{Decode, Encode};
use model::indicator::Tlp;
use model::time::Timestamp;

use crate::cbor::{some_time, tlp};

/// A text of handling has at most so many bytes.
pub const MAX_TEXT: usize = 2_000;

/// How something may be used and passed on.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Handling {
    /// Who may see it.
    #[cbor(n(0), with = "tlp")]
    pub tlp: Tlp,
    /// What may be done that the suspects could notice.
    #[n(1)]
    pub pap: Pap,
    /// What it is given for.
    #[n(2)]
    pub purpose: String,
    /// The article or the consent on which it is given.
    #[n(3)]
    pub basis: String,
    /// Limits of use, rising, each once.
    #[n(4)]
    pub limits: Vec<Limit>,
    /// What the limit H3 says.
    #[n(5)]
    pub limit_text: Option<String>,
    /// How far the source can be relied on.
    #[n(6)]
    pub source: Option<SourceGrade>,
    /// How far the information can be.
    #[n(7)]
    pub information: Option<InformationGrade>,
    /// When the receiver has to destroy it.
    #[cbor(n(8), with = "some_time", has_nil)]
    pub retain_until: Option<Timestamp>,
}

/// What may be done that suspects could notice (Permissible Actions Protocol).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Pap {
    /// Anything lawful.
    #[n(0)]
    Clear,
    /// Blocking and asking third parties.
    #[n(1)]
    Green,
    /// Only what cannot be noticed from outside.
    #[n(2)]
    Amber,
    /// Only work on one's own systems.
    #[n(3)]
    Red,
}

/// A limit of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Limit {
    /// H0: only to prevent and fight crime.
    #[n(0)]
    CrimeOnly,
    /// H1: in court only when the sender was told before and agreed.
    #[n(1)]
    NotifyBeforeEvidence,
    /// H2: passed on only with the sender's signed permission.
    #[n(2)]
    NoOnward,
    /// H3: as its text says.
    #[n(3)]
    Other,
}

/// How far a source can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SourceGrade {
    /// A: no doubt.
    #[n(0)]
    A,
    /// B: mostly reliable.
    #[n(1)]
    B,
    /// C: mostly not reliable.
    #[n(2)]
    C,
    /// X: cannot be told.
    #[n(3)]
    X,
}

/// How far information can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum InformationGrade {
    /// 1: known to be true.
    #[n(0)]
    One,
    /// 2: known to the source, not to the officer.
    #[n(1)]
    Two,
    /// 3: not known to the source itself, but confirmed.
    #[n(2)]
    Three,
    /// 4: not known to the source itself, and not confirmed.
    #[n(3)]
    Four,
}

/// What is wrong with a handling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HandlingError {
    /// No purpose, no basis, or one that is too long.
    #[error("purpose and basis have one to {MAX_TEXT} bytes")]
    Text,
    /// Limits are out of order or twice there.
    #[error("limits stand in their order, each once")]
    Order,
    /// H3 without a text, or a text without H3.
    #[error("the limit H3 has a text and no other has")]
    LimitText,
    /// A sender has to say who may see it.
    #[error("nothing is sent without a TLP label")]
    Unmarked,
}

impl Handling {
    /// Whether it is whole and agrees with itself.
    pub fn check(&self) -> Result<(), HandlingError> {
        let is_text = |text: &str| !text.trim().is_empty() && text.len() <= MAX_TEXT;
        if !is_text(&self.purpose) || !is_text(&self.basis) {
            return Err(HandlingError::Text);
        }
        if !self.limits.is_sorted_by(|one, next| one < next) {
            return Err(HandlingError::Order);
        }
        let is_other = self.limits.contains(&Limit::Other);
        if is_other != self.limit_text.as_deref().is_some_and(is_text)
            || is_other != self.limit_text.is_some()
        {
            return Err(HandlingError::LimitText);
        }
        if self.tlp == Tlp::Unmarked { Err(HandlingError::Unmarked) } else { Ok(()) }
    }

    /// Whether it may be passed on without asking.
    pub fn may_go_onward(&self) -> bool {
        !self.limits.contains(&Limit::NoOnward) && matches!(self.tlp, Tlp::Clear | Tlp::Green)
    }

    /// Whether it may be used in court without asking.
    pub fn may_be_evidence(&self) -> bool {
        !self.limits.contains(&Limit::NotifyBeforeEvidence)
    }
}
