//! `resolve`: which records speak of the same person, what officers decided, how it came about.
//!
//! Records are numbered in the order of their import, and an entity is called after its first
//! record. So its id stays when others join, the older id stays when two entities merge, and the
//! part with the first record keeps it when one is parted. The history is made by going through the
//! imports and decisions of the log once more: nothing has to be written for it.

use std::collections::{BTreeMap, BTreeSet};

use graph::resolve::{Record, Resolver, Ruling};
use i18n::Language;
use model::digest::Digest;
use model::identifier::Identifier;
use model::time::Timestamp;

use crate::answer::{
    DisputedAnswer, EntityAnswer, EntityEvent, PersonAnswer, Resolved, SuppressedAnswer,
};
use crate::case_data::broken;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;
use crate::records::{self, Records};
use crate::state::{Case, RuledPair};
use crate::wording;

/// A reason has at most this many characters.
const MAX_REASON_CHARACTERS: usize = 500;
/// At most so many imports and decisions, the latest, are gone through for the history; what was
/// before them is taken together.
const MAX_STEPS: usize = 200;
/// At most so many events are told, the latest.
const MAX_EVENTS: usize = 1_000;
/// At most so many ids stand in one event, or persons and complaints in one dispute.
const MAX_IDS: usize = 20;

/// What is asked about entities.
#[derive(Debug, Clone, Default)]
pub struct Question<'q> {
    /// The case; the default case where it is left out.
    pub case: Option<&'q str>,
    /// Whether to tell how the entities came about.
    pub with_history: bool,
}

/// What an officer decides about two records, and why.
#[derive(Debug, Clone)]
pub struct Decision<'d> {
    /// The records' keys.
    pub keys: [&'d str; 2],
    /// Whether they are the same.
    pub is_same: bool,
    /// Why.
    pub because: &'d str,
}

/// A case's records in the order of their import.
struct Told {
    records: Vec<Record>,
    /// For each file where its records end.
    ends: Vec<usize>,
    /// The number of each key.
    numbers: BTreeMap<String, u32>,
}

impl Node {
    /// Joins what complaints and banks say of persons and contacts.
    pub fn resolve(
        &mut self,
        by: &str,
        question: &Question<'_>,
        language: Language,
    ) -> Result<Resolved, NodeError> {
        let case = self.enter(by, "resolve", question.case, "")?;
        let told = self.told(&case)?;
        let mut resolver = Resolver::default();
        told.records.iter().for_each(|record| resolver.take(record));
        resolver.settle(&told.rulings(&case.rulings));
        let mut answer = told.answer(&resolver, &case, language);
        answer.events = question.with_history.then(|| told.history(&case, language));
        Ok(answer)
    }

    /// Records an officer's decision about two records; the latest about the same two counts.
    pub fn rule(
        &mut self,
        by: &str,
        case: Option<&str>,
        decision: &Decision<'_>,
    ) -> Result<(), NodeError> {
        self.allow(by, Duty::Work)?;
        let case = self.case(case)?.clone();
        if case.is_closed {
            return Err(NodeError::CaseClosed(case.reference));
        }
        let because = decision.because.trim();
        let is_long = because.chars().count() > MAX_REASON_CHARACTERS;
        if because.is_empty() || is_long || because.chars().any(char::is_control) {
            return Err(NodeError::BadReason);
        }
        let told = self.told(&case)?;
        let [left, right] = decision.keys.map(|key| told.key(key));
        let (left, right) = (left?, right?);
        if left == right {
            return Err(NodeError::OneRecord(left));
        }
        let because = because.to_owned();
        let (case, same) = (case.reference, decision.is_same);
        self.record(by, &[Event::RecordsRuled { case, left, right, same, because }])
    }

    fn told(&self, case: &Case) -> Result<Told, NodeError> {
        let mut told = Told { records: Vec::new(), ends: Vec::new(), numbers: BTreeMap::new() };
        for file in &case.files {
            if file.kind != formats::kind::Kind::Transfers.as_str() {
                let bytes = self.segment_of(case, file)?;
                let records = Records::parse((*bytes).as_ref());
                for record in records.map_err(|error| broken(file, &error))?.all() {
                    told.take(record.map_err(|error| broken(file, &error))?);
                }
            }
            told.ends.push(told.records.len());
        }
        Ok(told)
    }
}

impl Told {
    fn take(&mut self, record: records::Record) {
        let key = record.key();
        let record = match record {
            records::Record::Holding(holding) => {
                let account = Identifier::of_account(&holding.account, holding.country);
                Record {
                    name: key.as_str().into(),
                    holder: holding.holder_name,
                    identifiers: holding.identifiers.into_iter().chain([account]).collect(),
                    is_claim: false,
                }
            }
            records::Record::Complaint(complaint) => Record {
                name: key.as_str().into(),
                holder: "".into(),
                identifiers: complaint.suspects,
                is_claim: true,
            },
            records::Record::Indicator(_) => return,
        };
        let number = self.records.len() as u32;
        self.numbers.entry(key).or_insert(number);
        self.records.push(record);
    }

    /// The key as the case has it, for one written in any case.
    fn key(&self, raw: &str) -> Result<String, NodeError> {
        let raw = raw.trim();
        let exact = self.numbers.get_key_value(raw).map(|(key, _)| key);
        let found = exact.or_else(|| self.numbers.keys().find(|key| key.eq_ignore_ascii_case(raw)));
        found.cloned().ok_or_else(|| NodeError::UnknownRecord(raw.to_owned()))
    }

    fn name(&self, number: u32) -> &str {
        self.records.get(number as usize).map_or("", |record| record.name.as_str())
    }

    /// What an entity with this first record is called.
    fn id(&self, first: u32) -> String {
        let digest = Digest::of(self.name(first).as_bytes()).to_string();
        format!("E-{}", digest.get(..12).unwrap_or_default())
    }

    fn rulings(&self, ruled: &[RuledPair]) -> Vec<Ruling> {
        let number = |key: &String| self.numbers.get(key).copied();
        let ruling = |pair: &RuledPair| {
            let [left, right] = &pair.keys;
            Some(Ruling { left: number(left)?, right: number(right)?, is_same: pair.is_same })
        };
        ruled.iter().filter_map(ruling).collect()
    }

    fn answer(&self, resolver: &Resolver, case: &Case, language: Language) -> Resolved {
        let found = resolver.resolution();
        let firsts = resolver.firsts();
        let because = |reason: &graph::resolve::Reason| {
            let record = |number: u32| self.records.get(number as usize);
            let (Some(left), Some(right)) = (record(reason.left), record(reason.right)) else {
                return String::new();
            };
            let is_about = |key: &String| [&left.name, &right.name].iter().any(|name| *name == key);
            let ruled = case.rulings.iter().rev().find(|ruled| ruled.keys.iter().all(is_about));
            wording::joined(language, [left, right], &reason.cause, ruled)
        };
        let entities = found.entities.iter().map(|entity| EntityAnswer {
            id: self.id(entity.records.first().copied().unwrap_or_default()),
            records: entity.records.iter().map(|number| self.name(*number).to_owned()).collect(),
            identifiers: entity.identifiers.iter().map(wording::identifier).collect(),
            because: entity.reasons.iter().map(because).collect(),
        });
        let suppressed = found.suppressed.iter().map(|suppressed| SuppressedAnswer {
            kind: suppressed.identifier.kind().as_str(),
            value: suppressed.identifier.value().to_owned(),
            seen: suppressed.seen,
        });
        let person = |record: &u32| {
            let first = firsts.get(*record as usize).copied().unwrap_or(*record);
            PersonAnswer { id: self.id(first), record: self.name(first).to_owned() }
        };
        let disputed = found.disputed.iter().map(|disputed| {
            let names = disputed.claims.iter().map(|number| self.name(*number).to_owned());
            DisputedAnswer {
                complaints: names.take(MAX_IDS).collect(),
                persons: disputed.persons.iter().take(MAX_IDS).map(person).collect(),
            }
        });
        Resolved {
            entities: entities.collect(),
            suppressed: suppressed.collect(),
            disputed: disputed.collect(),
            events: None,
        }
    }

    /// How the entities came about, step by step through the imports and decisions.
    fn history(&self, case: &Case, language: Language) -> Vec<EntityEvent> {
        let mut steps: Vec<(usize, usize, Timestamp, String)> = Vec::new();
        let mut ruled = 0;
        for (number, (file, at)) in case.files.iter().zip(&case.imported_at).enumerate() {
            let values = [("file", file.name.as_str().into())];
            steps.push((
                number + 1,
                ruled,
                *at,
                i18n::text_with(language, "entity-import", &values),
            ));
            for pair in case.rulings.iter().skip(ruled).filter(|pair| pair.files == number + 1) {
                ruled += 1;
                let key = if pair.is_same { "entity-same" } else { "entity-apart" };
                let [left, right] = &pair.keys;
                let values = [
                    ("by", pair.by.as_str().into()),
                    ("left", left.as_str().into()),
                    ("right", right.as_str().into()),
                    ("because", pair.because.as_str().into()),
                ];
                let because = i18n::text_with(language, key, &values);
                steps.push((number + 1, ruled, pair.at, because));
            }
        }
        let (mut resolver, mut taken, mut before) = (Resolver::default(), 0, Vec::new());
        let mut events = Vec::new();
        for (files, ruled, at, because) in steps.iter().skip(steps.len().saturating_sub(MAX_STEPS))
        {
            let end = files.checked_sub(1).and_then(|file| self.ends.get(file)).copied();
            let end = end.unwrap_or(taken);
            self.records.iter().take(end).skip(taken).for_each(|record| resolver.take(record));
            taken = end.max(taken);
            resolver.settle(&self.rulings(case.rulings.get(..*ruled).unwrap_or(&[])));
            let now = resolver.firsts();
            let tell = |(kind, firsts): (&'static str, Vec<u32>)| EntityEvent {
                at: *at,
                kind,
                ids: firsts.into_iter().take(MAX_IDS).map(|first| self.id(first)).collect(),
                because: because.clone(),
            };
            events.extend(changes(&before, &now).into_iter().map(tell));
            before = now;
        }
        let skip = events.len().saturating_sub(MAX_EVENTS);
        events.split_off(skip)
    }
}

/// Which entities began, merged or were parted between two partitions, each given by the first
/// record of every record's entity. The second may have records more.
fn changes(before: &[u32], now: &[u32]) -> Vec<(&'static str, Vec<u32>)> {
    let sizes = |firsts: &[u32]| {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        firsts.iter().for_each(|first| *sizes.entry(*first).or_default() += 1);
        sizes
    };
    let (old, new) = (sizes(before), sizes(now));
    let was_entity = |first: &u32| old.get(first).is_some_and(|size| *size > 1);
    let (mut sources, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for (was, is) in before.iter().zip(now).filter(|(was, _)| was_entity(was)) {
        sources.entry(*is).or_insert_with(BTreeSet::new).insert(*was);
        parts.entry(*was).or_insert_with(BTreeSet::new).insert(*is);
    }
    let mut changes = Vec::new();
    for (was, parts) in parts.iter().filter(|(_, parts)| parts.len() > 1) {
        let others = parts.iter().copied().filter(|part| part != was);
        changes.push(("split", [*was].into_iter().chain(others).collect()));
    }
    for (is, _) in new.iter().filter(|(_, size)| **size > 1) {
        match sources.get(is) {
            None => changes.push(("new", vec![*is])),
            Some(sources) => {
                // What was parted from another is told there.
                let whole = sources.iter().copied().filter(|was| {
                    was != is && parts.get(was).is_some_and(|parts| parts.len() == 1)
                });
                let whole: Vec<u32> = whole.collect();
                if !whole.is_empty() {
                    changes.push(("merged", [*is].into_iter().chain(whole).collect()));
                }
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[u32], now: &[u32], expected: &[(&str, &[u32])]) {
        let found = changes(before, now);
        let found: Vec<(&str, &[u32])> =
            found.iter().map(|(k, ids)| (*k, ids.as_slice())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_entity_begins_with_its_second_record() {
        check(&[0, 1], &[0, 1, 1], &[("new", &[1])]);
    }

    #[test]
    fn a_third_record_changes_no_id() {
        check(&[0, 0], &[0, 0, 0], &[]);
    }

    #[test]
    fn the_older_id_stays_when_two_merge() {
        check(&[0, 0, 2, 2], &[0, 0, 0, 0, 0], &[("merged", &[0, 2])]);
    }

    #[test]
    fn an_older_record_gives_its_id() {
        check(&[0, 1, 1], &[0, 0, 0, 0], &[("merged", &[0, 1])]);
    }

    #[test]
    fn the_part_with_the_first_record_keeps_the_id() {
        check(&[0, 0, 0, 0], &[0, 0, 2, 2], &[("split", &[0, 2])]);
    }
}
