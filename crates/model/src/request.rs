//! What one agency can ask of another: the nine kinds of request.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::measure::Measure;

/// A kind of request. It decides who approves, which words a document uses, and what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RequestKind {
    /// What police ask police.
    Information,
    /// What is told without being asked.
    SpontaneousInformation,
    /// Keep data as they are until a formal request comes.
    Preservation,
    /// Tell what was preserved, or who a subscriber is.
    Disclosure,
    /// Hold money: quickly between banks and police, or formally.
    Freeze,
    /// Mutual legal assistance.
    Mla,
    /// Hand over a person.
    Extradition,
    /// Hold a person until the request for extradition comes.
    ProvisionalArrest,
    /// Investigate together.
    JointInvestigation,
}

/// Why a text is no kind of request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of request")]
pub struct UnknownKind(pub String);

impl RequestKind {
    /// All kinds, the informal ones first.
    pub const ALL: [RequestKind; 9] = [
        RequestKind::Information,
        RequestKind::SpontaneousInformation,
        RequestKind::Preservation,
        RequestKind::Disclosure,
        RequestKind::Freeze,
        RequestKind::Mla,
        RequestKind::Extradition,
        RequestKind::ProvisionalArrest,
        RequestKind::JointInvestigation,
    ];

    /// The word in files, commands and answers.
    pub fn id(self) -> &'static str {
        match self {
            RequestKind::Information => "information",
            RequestKind::SpontaneousInformation => "spontaneous-information",
            RequestKind::Preservation => "preservation",
            RequestKind::Disclosure => "disclosure",
            RequestKind::Freeze => "freeze",
            RequestKind::Mla => "mla",
            RequestKind::Extradition => "extradition",
            RequestKind::ProvisionalArrest => "provisional-arrest",
            RequestKind::JointInvestigation => "joint-investigation",
        }
    }

    /// Reads a kind as `id` writes it.
    pub fn parse(raw: &str) -> Result<RequestKind, UnknownKind> {
        let found = RequestKind::ALL.into_iter().find(|kind| kind.id() == raw);
        found.ok_or_else(|| UnknownKind(raw.chars().take(40).collect()))
    }

    /// How many people approve before it is sent, none of them the drafter.
    pub fn approvals(self) -> usize {
        match self {
            RequestKind::Information | RequestKind::SpontaneousInformation => 1,
            _ => 2,
        }
    }

    /// The measures that a request of this kind can carry.
    pub fn measures(self) -> &'static [Measure] {
        use Measure as M;
        match self {
            RequestKind::Information => &[M::PoliceInfo, M::Subscriber, M::Locate, M::Notice],
            RequestKind::SpontaneousInformation => &[M::Spontaneous],
            RequestKind::Preservation => &[M::Preserve],
            RequestKind::Disclosure => &[M::DiscloseTraffic, M::Subscriber, M::Emergency],
            RequestKind::Freeze => &[M::StopPayment, M::Freeze],
            RequestKind::Mla => &[
                M::StoredAccess,
                M::TrafficRt,
                M::ContentRt,
                M::TraceAssets,
                M::Confiscate,
                M::AssetReturn,
                M::SearchSeizure,
                M::DocsRecords,
                M::Witness,
                M::Video,
                M::TransferDetained,
                M::Service,
                M::SpecialTechniques,
                M::TransferProceedings,
            ],
            RequestKind::Extradition => &[M::Extradition],
            RequestKind::ProvisionalArrest => &[M::ProvisionalArrest],
            RequestKind::JointInvestigation => &[M::Jit],
        }
    }

    /// Whether a request of this kind can carry the measure.
    pub fn carries(self, measure: Measure) -> bool {
        self.measures().contains(&measure)
    }
}

impl fmt::Display for RequestKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl TryFrom<String> for RequestKind {
    type Error = UnknownKind;
    fn try_from(raw: String) -> Result<RequestKind, UnknownKind> {
        RequestKind::parse(&raw)
    }
}

impl From<RequestKind> for String {
    fn from(kind: RequestKind) -> String {
        kind.id().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_printed_and_read_back() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::parse(kind.id()), Ok(kind));
        }
        assert!(RequestKind::parse("MLA").is_err());
    }

    #[test]
    fn every_measure_is_carried_by_some_kind_and_subscriber_by_two() {
        for measure in Measure::ALL {
            let kinds = RequestKind::ALL.into_iter().filter(|kind| kind.carries(measure)).count();
            let expected = if measure == Measure::Subscriber { 2 } else { 1 };
            assert_eq!(kinds, expected, "{measure}");
            assert!(measure.kind().carries(measure), "{measure}");
        }
    }

    #[test]
    fn only_information_goes_out_with_one_approval() {
        let single = RequestKind::ALL.into_iter().filter(|kind| kind.approvals() == 1).count();
        assert_eq!(single, 2);
    }
}
