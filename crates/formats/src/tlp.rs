//! How a value may be passed on, out of the labels and marks that stand on it.
//!
//! Source: FIRST, TLP 2.0; STIX 2.1 section 7.2.1.4 (the four fixed marks of TLP 1.0); OASIS
//! cti-stix-common-objects, extension-definition TLP 2.0 (its five fixed marks).

use model::indicator::Tlp;

/// The strictest of some labels such as `tlp:amber`; `None` where none is a label of TLP.
pub(crate) fn of_tags<'a>(tags: impl Iterator<Item = &'a str>) -> Option<Tlp> {
    let is_tlp =
        |tag: &&str| tag.trim().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tlp:"));
    tags.filter(is_tlp).filter_map(Tlp::parse).max()
}

/// What a fixed mark says.
pub(crate) fn of_mark(id: &str) -> Option<Tlp> {
    match id.strip_prefix("marking-definition--")? {
        "613f2e26-407d-48c7-9eca-b8e91df99dc9" | "94868c89-83c2-464b-929b-a1a8aa3c8487" => {
            Some(Tlp::Clear)
        }
        "34098fce-860f-48ae-8e50-ebd3cc5e41da" | "bab4a63c-aed9-4cf5-a766-dfca5abac2bb" => {
            Some(Tlp::Green)
        }
        "f88d31f6-486f-44da-b317-01333bde0b82" | "55d920b0-5e8b-4f79-9ee9-91f868d9b421" => {
            Some(Tlp::Amber)
        }
        "939a9414-2ddd-4d32-a0cd-375ea402b003" => Some(Tlp::AmberStrict),
        "5e57c739-391a-4eb3-b6be-7d15ca92d5ed" | "e828b379-4e03-4974-9ac4-e53a884c97c1" => {
            Some(Tlp::Red)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_label_counts() {
        for (tags, expected) in [
            (vec!["tlp:white", "TLP:Amber", "osint:x"], Some(Tlp::Amber)),
            (vec!["tlp:amber+strict", "tlp:green"], Some(Tlp::AmberStrict)),
            (vec!["red", "tlp:", "pap:red"], None),
        ] {
            assert_eq!(of_tags(tags.iter().copied()), expected, "{tags:?}");
        }
    }
}
