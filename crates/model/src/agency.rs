//! Agencies: what sort of body runs a node.

use serde::{Deserialize, Serialize};

/// What sort of agency runs a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyKind {
    /// A police force.
    Police,
    /// A central authority for legal assistance or extradition.
    CentralAuthority,
    /// A financial intelligence unit.
    Fiu,
    /// A 24/7 contact point.
    ContactPoint,
    /// An organisation.
    Organisation,
}

impl AgencyKind {
    /// The kind of a name.
    pub fn parse(name: &str) -> Option<AgencyKind> {
        match name {
            "police" => Some(AgencyKind::Police),
            "central-authority" => Some(AgencyKind::CentralAuthority),
            "fiu" => Some(AgencyKind::Fiu),
            "contact-point" => Some(AgencyKind::ContactPoint),
            "organisation" => Some(AgencyKind::Organisation),
            _ => None,
        }
    }

    /// The kind's name.
    pub fn as_str(self) -> &'static str {
        match self {
            AgencyKind::Police => "police",
            AgencyKind::CentralAuthority => "central-authority",
            AgencyKind::Fiu => "fiu",
            AgencyKind::ContactPoint => "contact-point",
            AgencyKind::Organisation => "organisation",
        }
    }
}
