//! What is asked for: the measures that one state can take for another.
//!
//! Their names in both languages, and whether they are coercive, are facts of the law pack.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::request::RequestKind;

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Measure {
    /// Expedited preservation of stored data.
    Preserve,
    /// Expedited disclosure of preserved traffic data.
    DiscloseTraffic,
    /// Subscriber information.
    Subscriber,
    /// Search, seizure and disclosure of stored data.
    StoredAccess,
    /// Real-time collection of traffic data.
    TrafficRt,
    /// Interception of content data.
    ContentRt,
    /// Emergency disclosure or emergency MLA.
    Emergency,
    /// Stop-payment (recall or hold of a transfer).
    StopPayment,
    /// Freezing or seizure of property.
    Freeze,
    /// Identifying and tracing proceeds.
    TraceAssets,
    /// Confiscation order or its execution.
    Confiscate,
    /// Return or disposal of assets.
    AssetReturn,
    /// Search and seizure of places and objects.
    SearchSeizure,
    /// Bank, business and government records.
    DocsRecords,
    /// Taking evidence or statements.
    Witness,
    /// Hearing by video link.
    Video,
    /// Temporary transfer of a detained person.
    TransferDetained,
    /// Service of documents.
    Service,
    /// Locating or identifying persons.
    Locate,
    /// Spontaneous information.
    Spontaneous,
    /// Police-to-police information.
    PoliceInfo,
    /// Joint investigation.
    Jit,
    /// Special techniques, controlled delivery.
    SpecialTechniques,
    /// Transfer of criminal proceedings.
    TransferProceedings,
    /// Provisional arrest or emergency hold for extradition.
    ProvisionalArrest,
    /// Extradition.
    Extradition,
    /// INTERPOL notice or diffusion.
    Notice,
}

/// Why a text is no measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no measure")]
pub struct UnknownMeasure(pub String);

impl Measure {
    /// All measures, in the order of the pack's table.
    pub const ALL: [Measure; 27] = [
        Measure::Preserve,
        Measure::DiscloseTraffic,
        Measure::Subscriber,
        Measure::StoredAccess,
        Measure::TrafficRt,
        Measure::ContentRt,
        Measure::Emergency,
        Measure::StopPayment,
        Measure::Freeze,
        Measure::TraceAssets,
        Measure::Confiscate,
        Measure::AssetReturn,
        Measure::SearchSeizure,
        Measure::DocsRecords,
        Measure::Witness,
        Measure::Video,
        Measure::TransferDetained,
        Measure::Service,
        Measure::Locate,
        Measure::Spontaneous,
        Measure::PoliceInfo,
        Measure::Jit,
        Measure::SpecialTechniques,
        Measure::TransferProceedings,
        Measure::ProvisionalArrest,
        Measure::Extradition,
        Measure::Notice,
    ];

    /// The word in files, commands and answers.
    pub fn id(self) -> &'static str {
        match self {
            Measure::Preserve => "preserve",
            Measure::DiscloseTraffic => "disclose_traffic",
            Measure::Subscriber => "subscriber",
            Measure::StoredAccess => "stored_access",
            Measure::TrafficRt => "traffic_rt",
            Measure::ContentRt => "content_rt",
            Measure::Emergency => "emergency",
            Measure::StopPayment => "stop_payment",
            Measure::Freeze => "freeze",
            Measure::TraceAssets => "trace_assets",
            Measure::Confiscate => "confiscate",
            Measure::AssetReturn => "asset_return",
            Measure::SearchSeizure => "search_seizure",
            Measure::DocsRecords => "docs_records",
            Measure::Witness => "witness",
            Measure::Video => "video",
            Measure::TransferDetained => "transfer_detained",
            Measure::Service => "service",
            Measure::Locate => "locate",
            Measure::Spontaneous => "spontaneous",
            Measure::PoliceInfo => "police_info",
            Measure::Jit => "jit",
            Measure::SpecialTechniques => "special_techniques",
            Measure::TransferProceedings => "transfer_proceedings",
            Measure::ProvisionalArrest => "provisional_arrest",
            Measure::Extradition => "extradition",
            Measure::Notice => "notice",
        }
    }

    /// Reads a measure as `id` writes it.
    pub fn parse(raw: &str) -> Result<Measure, UnknownMeasure> {
        let found = Measure::ALL.into_iter().find(|measure| measure.id() == raw);
        found.ok_or_else(|| UnknownMeasure(raw.chars().take(40).collect()))
    }

    /// The kind of request that carries it. Subscriber information is asked for as disclosure too,
    /// but first between police.
    pub fn kind(self) -> RequestKind {
        let carrier = RequestKind::ALL.into_iter().find(|kind| kind.carries(self));
        // Every measure has a carrier (a test counts them); information asks for the least.
        carrier.unwrap_or(RequestKind::Information)
    }

    /// Whether it hands a person over, now or soon: other treaties and other rules govern this
    /// than assistance.
    pub fn is_extradition(self) -> bool {
        matches!(self, Measure::Extradition | Measure::ProvisionalArrest)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl TryFrom<String> for Measure {
    type Error = UnknownMeasure;
    fn try_from(raw: String) -> Result<Measure, UnknownMeasure> {
        Measure::parse(&raw)
    }
}

impl From<Measure> for String {
    fn from(measure: Measure) -> String {
        measure.id().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_printed_and_read_back() {
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.id()), Ok(measure));
        }
        assert!(Measure::parse("freezing").is_err());
    }
}
