//! An indicator: one value that somebody warned of, with where the warning came from.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::identifier::Identifier;
use crate::time::Timestamp;

/// One identifier out of a MISP event, a STIX bundle or a list of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The source's id of this value: an attribute's uuid, a STIX object id, a line's number.
    pub id: CompactString,
    /// The value.
    pub identifier: Identifier,
    /// The id of the event, report or list that holds it.
    pub bulletin: CompactString,
    /// That event's title in the source's words; may be empty.
    pub title: CompactString,
    /// When the source says so, where it does.
    pub at: Option<Timestamp>,
    /// How it may be passed on.
    pub tlp: Tlp,
}

/// How a warning may be passed on. Source: FIRST, Traffic Light Protocol 2.0 (2022).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tlp {
    /// To everybody.
    Clear,
    /// To one's community.
    Green,
    /// To one's organisation and its clients who need to know.
    Amber,
    /// To one's organisation alone.
    AmberStrict,
    /// To the people addressed alone.
    Red,
    /// The source does not say: treated as RED until an officer decides.
    Unmarked,
}

impl Tlp {
    /// Reads `TLP:AMBER+STRICT`, `tlp:white` (the word of TLP 1.0 for CLEAR) and the like.
    pub fn parse(raw: &str) -> Option<Tlp> {
        let label = raw.trim().to_ascii_uppercase().replace([' ', '"', '_'], "");
        let name =
            label.strip_prefix("TLP:").or_else(|| label.strip_prefix("TLP=")).unwrap_or(&label);
        match name {
            "CLEAR" | "WHITE" => Some(Tlp::Clear),
            "GREEN" => Some(Tlp::Green),
            "AMBER" => Some(Tlp::Amber),
            "AMBER+STRICT" | "AMBERSTRICT" => Some(Tlp::AmberStrict),
            "RED" => Some(Tlp::Red),
            _ => None,
        }
    }

    /// The label as it stands on a page.
    pub fn label(self) -> &'static str {
        match self {
            Tlp::Clear => "TLP:CLEAR",
            Tlp::Green => "TLP:GREEN",
            Tlp::Amber => "TLP:AMBER",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Red => "TLP:RED",
            Tlp::Unmarked => "TLP:RED (unmarked)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_both_editions_are_read() {
        for (raw, expected) in [
            ("tlp:white", Some(Tlp::Clear)),
            ("TLP:AMBER+STRICT", Some(Tlp::AmberStrict)),
            ("green", Some(Tlp::Green)),
            ("purple", None),
        ] {
            assert_eq!(Tlp::parse(raw), expected, "{raw}");
        }
    }
}
