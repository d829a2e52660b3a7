//! STIX objects as JSON gives them, and what the objects of a bundle say about each other.
//!
//! Source: STIX 2.1, sections 3.2, 4.16 (report), 4.4 (grouping), 7.2 (markings); OASIS extension
//! definition TLP 2.0.

use std::collections::BTreeMap;

use model::indicator::Tlp;
use serde::Deserialize;

use crate::loose::{List, Loose, Maybe, Texts};
use crate::tlp;

/// One object, with every property that some type of ours has.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Object<'a> {
    #[serde(borrow)]
    pub(crate) objects: List<Object<'a>>,
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Loose<'a>,
    #[serde(borrow)]
    pub(crate) id: Loose<'a>,
    #[serde(borrow)]
    pub(crate) name: Loose<'a>,
    #[serde(borrow)]
    pub(crate) created: Loose<'a>,
    #[serde(borrow)]
    pub(crate) modified: Loose<'a>,
    #[serde(borrow)]
    pub(crate) revoked: Loose<'a>,
    #[serde(borrow)]
    pub(crate) value: Loose<'a>,
    #[serde(borrow)]
    pub(crate) pattern: Loose<'a>,
    #[serde(borrow)]
    pub(crate) pattern_type: Loose<'a>,
    #[serde(borrow)]
    pub(crate) iban: Loose<'a>,
    #[serde(borrow)]
    pub(crate) bic: Loose<'a>,
    #[serde(borrow)]
    pub(crate) account_number: Loose<'a>,
    #[serde(borrow)]
    pub(crate) country_ref: Loose<'a>,
    #[serde(borrow)]
    pub(crate) country: Loose<'a>,
    #[serde(borrow)]
    pub(crate) account_type: Loose<'a>,
    #[serde(borrow)]
    pub(crate) account_login: Loose<'a>,
    #[serde(borrow)]
    pub(crate) user_id: Loose<'a>,
    #[serde(borrow)]
    pub(crate) object_refs: Texts<'a>,
    #[serde(borrow)]
    pub(crate) object_marking_refs: Texts<'a>,
    #[serde(borrow)]
    pub(crate) granular_markings: List<Granular<'a>>,
    #[serde(borrow)]
    pub(crate) definition: Maybe<Definition<'a>>,
    #[serde(borrow)]
    pub(crate) extensions: Maybe<Extensions<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Granular<'a> {
    #[serde(borrow, default)]
    pub(crate) marking_ref: Loose<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Definition<'a> {
    #[serde(borrow, default)]
    pub(crate) tlp: Loose<'a>,
}

#[derive(Deserialize)]
pub(crate) struct Extensions<'a> {
    #[serde(
        borrow,
        default,
        rename = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
    )]
    pub(crate) tlp_2_0: Maybe<Tlp20<'a>>,
}

#[derive(Deserialize)]
pub(crate) struct Tlp20<'a> {
    #[serde(borrow, default)]
    pub(crate) tlp_2_0: Loose<'a>,
}

/// What the objects of one bundle say about each other, by id.
pub(crate) struct Around<'a> {
    pub(crate) bundle: &'a str,
    pub(crate) latest: BTreeMap<&'a str, &'a Object<'a>>,
    pub(crate) reports: BTreeMap<&'a str, &'a Object<'a>>,
    pub(crate) marks: BTreeMap<&'a str, Tlp>,
}

impl<'a> Around<'a> {
    pub(crate) fn new(bundle: &'a str, objects: &[&'a Object<'a>]) -> Around<'a> {
        let mut latest: BTreeMap<&str, &Object<'_>> = BTreeMap::new();
        for object in objects {
            let known = latest.entry(object.id.text()).or_insert(object);
            if object.modified.text() > known.modified.text() {
                *known = object;
            }
        }
        let (mut reports, mut marks) = (BTreeMap::new(), BTreeMap::new());
        for object in latest.values().filter(|object| !object.revoked.is_true()) {
            match object.kind.text() {
                "report" | "grouping" => {
                    for id in &object.object_refs.0 {
                        reports.entry(&**id).or_insert(*object);
                    }
                }
                "marking-definition" => {
                    marks.extend(mark(object).map(|tlp| (object.id.text(), tlp)));
                }
                _ => {}
            }
        }
        Around { bundle, latest, reports, marks }
    }

    /// How an object may be passed on: the strictest of its marks.
    pub(crate) fn tlp(&self, object: &Object<'_>) -> Tlp {
        let granular = object.granular_markings.items.iter().map(|mark| mark.marking_ref.text());
        let all = object.object_marking_refs.0.iter().map(|id| &**id).chain(granular);
        let known = all.filter_map(|id| tlp::of_mark(id).or_else(|| self.marks.get(id).copied()));
        known.max().unwrap_or(Tlp::Unmarked)
    }
}

/// What a marking-definition in the bundle says, in TLP 1.0's or 2.0's way.
fn mark(object: &Object<'_>) -> Option<Tlp> {
    let old = object.definition.0.as_ref().and_then(|definition| Tlp::parse(definition.tlp.text()));
    let new = object.extensions.0.as_ref().and_then(|extensions| extensions.tlp_2_0.0.as_ref());
    let named = || tlp::of_tags(std::iter::once(object.name.text()));
    old.or_else(|| new.and_then(|new| Tlp::parse(new.tlp_2_0.text()))).or_else(named)
}
