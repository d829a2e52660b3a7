//! Handling in words, as officers write and read it.

use envelope::handling::{Handling, InformationGrade, Limit, Pap, SourceGrade};
use envelope::receipt::ReceiptKind;
use model::indicator::Tlp;
use model::time::Timestamp;

use crate::answer::HandlingAnswer;
use crate::error::NodeError;

/// Handling as somebody writes it; what is left out is the most careful that serves.
#[derive(Debug, Clone, Default)]
pub struct HandlingWords {
    /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED; AMBER+STRICT where it is left out.
    pub tlp: Option<String>,
    /// CLEAR, GREEN, AMBER or RED; AMBER where it is left out.
    pub pap: Option<String>,
    /// What it is given for.
    pub purpose: String,
    /// On what it is given.
    pub basis: String,
    /// H0 to H3.
    pub limits: Vec<String>,
    /// What H3 says.
    pub limit_text: Option<String>,
    /// A, B, C or X.
    pub source: Option<String>,
    /// 1 to 4.
    pub information: Option<String>,
    /// When the receiver has to destroy it.
    pub retain_until: Option<String>,
}

const PAPS: [(Pap, &str); 4] =
    [(Pap::Clear, "CLEAR"), (Pap::Green, "GREEN"), (Pap::Amber, "AMBER"), (Pap::Red, "RED")];
const LIMITS: [(Limit, &str); 4] = [
    (Limit::CrimeOnly, "H0"),
    (Limit::NotifyBeforeEvidence, "H1"),
    (Limit::NoOnward, "H2"),
    (Limit::Other, "H3"),
];
const SOURCES: [(SourceGrade, &str); 4] =
    [(SourceGrade::A, "A"), (SourceGrade::B, "B"), (SourceGrade::C, "C"), (SourceGrade::X, "X")];
const INFORMATION: [(InformationGrade, &str); 4] = [
    (InformationGrade::One, "1"),
    (InformationGrade::Two, "2"),
    (InformationGrade::Three, "3"),
    (InformationGrade::Four, "4"),
];

impl HandlingWords {
    /// Reads every word, at this moment.
    pub fn read(self, now: Timestamp) -> Result<Handling, NodeError> {
        let tlp = self.tlp.as_deref().unwrap_or("AMBER+STRICT");
        let bad = |part, word: &str| NodeError::BadWord(part, word.to_owned());
        let mut limits = Vec::new();
        for word in &self.limits {
            limits.push(one("limit", &LIMITS, word)?);
        }
        limits.sort_unstable();
        limits.dedup();
        Ok(Handling {
            tlp: Tlp::parse(tlp).ok_or_else(|| bad("tlp", tlp))?,
            pap: one("pap", &PAPS, self.pap.as_deref().unwrap_or("AMBER"))?,
            purpose: self.purpose,
            basis: self.basis,
            limits,
            limit_text: self.limit_text,
            source: self.source.map(|word| one("source", &SOURCES, &word)).transpose()?,
            information: self
                .information
                .map(|word| one("information", &INFORMATION, &word))
                .transpose()?,
            retain_until: moment("retain-until", self.retain_until.as_deref(), now)?,
        })
    }
}

/// A moment, or the end of a day (2027-01-31). One that is over is a slip of the pen: a receiver
/// would destroy at once what he got.
pub(super) fn moment(
    part: &'static str,
    word: Option<&str>,
    now: Timestamp,
) -> Result<Option<Timestamp>, NodeError> {
    let Some(word) = word else { return Ok(None) };
    let is_day = word.len() == 10 && word.matches('-').count() == 2;
    let whole = if is_day { format!("{word}T23:59:59Z") } else { word.to_owned() };
    let read = Timestamp::parse(&whole).ok().filter(|moment| *moment > now);
    read.map(Some).ok_or_else(|| NodeError::BadWord(part, word.to_owned()))
}

fn one<T: Copy>(part: &'static str, all: &[(T, &str)], word: &str) -> Result<T, NodeError> {
    let found = all.iter().find(|(_, name)| name.eq_ignore_ascii_case(word.trim()));
    found.map(|(value, _)| *value).ok_or_else(|| NodeError::BadWord(part, word.to_owned()))
}

fn name<T: Copy + PartialEq>(all: &[(T, &'static str)], value: T) -> &'static str {
    all.iter().find(|(one, _)| *one == value).map_or("", |(_, name)| name)
}

/// Handling as it is told.
pub(crate) fn told(handling: &Handling) -> HandlingAnswer {
    HandlingAnswer {
        tlp: handling.tlp.label(),
        pap: name(&PAPS, handling.pap),
        purpose: handling.purpose.clone(),
        basis: handling.basis.clone(),
        limits: handling.limits.iter().map(|limit| name(&LIMITS, *limit)).collect(),
        limit_text: handling.limit_text.clone(),
        source: handling.source.map(|grade| name(&SOURCES, grade)),
        information: handling.information.map(|grade| name(&INFORMATION, grade)),
        retain_until: handling.retain_until,
    }
}

/// What a receipt says, in a word.
pub(super) fn receipt(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Accepted => "accepted",
        ReceiptKind::Rejected => "rejected",
        ReceiptKind::Opened => "opened",
        ReceiptKind::Handled => "handled",
    }
}
