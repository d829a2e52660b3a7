//! What holds whatever is asked: nothing unverified or expired says yes, days flip what they
//! should, a treaty more takes nothing away, and nothing incomplete passes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use law::advice::{Advice, Support};
use law::gap::ConditionKind;
use law::instrument::Instrument;
use law::rows::{Level, Member};
use law::{Answer, Asked, Pack, Question, survey};
use model::country::Country;
use model::day::Day;
use model::measure::Measure;
use model::request::RequestKind;

const TODAY: &str = "2026-11-26";

fn day(raw: &str) -> Day {
    Day::parse(raw).unwrap()
}

fn question<'p>(pack: &'p Pack, from: &str, to: &str, measure: Measure, on: &str) -> Question<'p> {
    let asked = Asked {
        from,
        to,
        conduct: "computer_fraud",
        measure: measure.id(),
        clause: Some("VN Penal Code 174(2)"),
        organised: Some(true),
        on,
        ..Asked::default()
    };
    Question::parse(pack, &asked).unwrap()
}

/// Questions that between them touch every treaty of Viet Nam and the conventions.
fn sample() -> Vec<(String, String, Measure)> {
    let mut asked = Vec::new();
    for other in ["KR", "CN", "IN", "AU", "KH", "RU", "MN", "TH", "US", "CZ", "AE", "LA", "GB"] {
        for measure in [Measure::DocsRecords, Measure::Extradition, Measure::Video] {
            asked.push(("VN".to_owned(), other.to_owned(), measure));
            asked.push((other.to_owned(), "VN".to_owned(), measure));
        }
    }
    for (from, to) in [("JP", "US"), ("AU", "NZ"), ("DE", "IE"), ("MY", "SG"), ("VN", "JP")] {
        for measure in [Measure::Preserve, Measure::Subscriber, Measure::Freeze] {
            asked.push((from.to_owned(), to.to_owned(), measure));
        }
    }
    asked
}

fn answers(advice: &Advice<'_>) -> BTreeMap<String, Answer> {
    advice.bases.iter().map(|base| (base.instrument.id.clone(), base.answer)).collect()
}

#[test]
fn a_fact_in_doubt_never_makes_a_yes_and_ends_those_that_rest_on_it() {
    let pack = Pack::builtin().unwrap();
    let sample = sample();
    let before: Vec<Advice<'_>> = sample
        .iter()
        .map(|(from, to, measure)| law::basis(pack, &question(pack, from, to, *measure, TODAY)))
        .collect();
    let (mut ended, mut doubts) = (0, 0);
    for fact in pack.facts().filter(|fact| fact.verified) {
        let doubted = pack.doubting(&fact.id);
        doubts += 1;
        for ((from, to, measure), before) in sample.iter().zip(&before) {
            let cited = before
                .bases
                .iter()
                .any(|base| base.facts.iter().any(|cited| cited.fact().id == fact.id));
            if !cited {
                // What no base cites cannot change one; the golden questions watch the rest.
                continue;
            }
            let after = law::basis(&doubted, &question(&doubted, from, to, *measure, TODAY));
            let said = format!("{from} {to} {measure}: in doubt {}", fact.id);
            // Another base may come to lead, which was a yes before on facts of its own.
            if let Some(lead) = after.lead().filter(|_| after.answer == Answer::Yes) {
                let id = &lead.instrument.id;
                let same = before.bases.iter().find(|base| base.instrument.id == *id).unwrap();
                assert_eq!(same.lowered(), Answer::Yes, "{said}: {id}");
            }
            let earlier = answers(before);
            for base in after.bases.iter().filter(|base| base.answer == Answer::Yes) {
                let id = &base.instrument.id;
                assert_eq!(earlier.get(id), Some(&Answer::Yes), "{said}: {id}");
                let own = base.instrument.fact.id == fact.id;
                let party = base.instrument.parties.iter().any(|party| {
                    party.fact.id == fact.id
                        && [from, to].iter().any(|state| {
                            party.member == Member::State(Country::parse(state).unwrap())
                        })
                });
                assert!(!own && !party, "{said}: {id} is still a yes");
                let alone = base
                    .instrument
                    .provisions
                    .iter()
                    .filter(|row| row.measure == Some(*measure) && row.fact.verified);
                let carried = base.support == Support::OwnKind || alone.count() > 0;
                assert!(carried, "{said}: {id} says yes out of nothing");
            }
            ended += usize::from(before.answer == Answer::Yes && after.answer != Answer::Yes);
        }
    }
    assert!(doubts > 1_000 && ended > 60, "{doubts} facts in doubt ended {ended} answers");
}

/// The days on which something of an instrument changes for one of two states.
fn events(one: &Instrument, states: [Country; 2]) -> BTreeSet<Day> {
    let own = [one.signed, one.in_force, one.in_force_by, one.ended, one.fact.as_of];
    let mut days: BTreeSet<Day> = BTreeSet::new();
    let mut add = |vague: model::day::VagueDay| {
        days.extend([vague.earliest(), vague.latest()]);
    };
    own.into_iter().flatten().for_each(&mut add);
    one.ends.iter().map(|row| row.on).for_each(&mut add);
    for party in one
        .parties
        .iter()
        .filter(|party| states.iter().any(|state| party.member == Member::State(*state)))
    {
        [party.since, party.true_by].into_iter().flatten().for_each(&mut add);
    }
    days
}

#[test]
fn a_day_flips_what_happens_on_it_and_nothing_else() {
    let pack = Pack::builtin().unwrap();
    let (mut flips, mut compared) = (0, 0);
    let pairs = ["KR", "KH", "MN", "TH", "JP", "US", "CZ", "NZ", "LA", "EC"];
    for other in pairs {
        for from in ["VN", "AU"] {
            let states = [Country::parse(from).unwrap(), Country::parse(other).unwrap()];
            let all: BTreeSet<Day> =
                pack.instruments().iter().flat_map(|one| events(one, states)).collect();
            for on in all.into_iter().filter(|on| *on > day("1982-02-01")) {
                for measure in [Measure::DocsRecords, Measure::Extradition, Measure::Preserve] {
                    let ask = |on: Day| {
                        let on = on.to_string();
                        law::basis(pack, &question(pack, from, other, measure, &on))
                    };
                    let (eve, then) = (answers(&ask(on.before())), answers(&ask(on)));
                    compared += 1;
                    let ids: BTreeSet<&String> = eve.keys().chain(then.keys()).collect();
                    for id in ids.into_iter().filter(|id| eve.get(*id) != then.get(*id)) {
                        let one = pack.instrument(id).unwrap();
                        assert!(events(one, states).contains(&on), "{from} {other} {on}: {id}");
                        flips += 1;
                    }
                }
            }
        }
    }
    assert!(flips > 150 && compared > 1_000, "{flips} flips in {compared} comparisons");
}

#[test]
fn a_treaty_more_takes_no_basis_away_but_by_displacement() {
    let pack = Pack::builtin().unwrap();
    let mut added = 0;
    for treaty in pack.instruments().iter().filter(|one| one.is_treaty()) {
        let less = pack.without(&treaty.id);
        for (from, to, measure) in sample() {
            let before = law::basis(&less, &question(&less, &from, &to, measure, TODAY));
            let after = law::basis(pack, &question(pack, &from, &to, measure, TODAY));
            added += usize::from(after.bases.len() > before.bases.len());
            for base in &before.bases {
                let id = &base.instrument.id;
                let said = format!("{} added: {from} {to} {measure}: {id}", treaty.id);
                let now = after.bases.iter().find(|one| one.instrument.id == *id);
                let now = now.unwrap_or_else(|| panic!("{said} is gone"));
                assert_eq!(now.answer, base.answer, "{said}");
                let kept = |kind: ConditionKind| now.conditions.iter().any(|one| one.kind == kind);
                let lost = base.conditions.iter().filter(|one| !kept(one.kind));
                let lost: Vec<ConditionKind> = lost.map(|one| one.kind).collect();
                let by_law = lost.iter().all(|kind| *kind == ConditionKind::DualCriminality);
                assert!(by_law, "{said} lost {lost:?}");
            }
        }
    }
    assert!(added > 100, "{added}");
}

#[test]
fn there_is_a_gap_wherever_there_is_no_yes_and_never_more_than_one_lead() {
    let pack = Pack::builtin().unwrap();
    for from in [Country::VN, Country::TH, Country::parse("US").unwrap()] {
        for to in pack.states().into_iter().filter(|to| *to != from) {
            for measure in Measure::ALL {
                let (from, to) = (from.as_str(), to.as_str());
                let advice = law::basis(pack, &question(pack, from, to, measure, TODAY));
                let said = format!("{from} {to} {measure}");
                assert_eq!(advice.gaps.is_empty(), advice.answer == Answer::Yes, "{said}");
                assert!(advice.bases.iter().filter(|base| base.lead).count() <= 1, "{said}");
                let lead = advice.lead().map_or(Answer::No, law::advice::Base::lowered);
                assert_eq!(lead, advice.answer, "{said}");
                for base in advice.bases.iter().filter(|base| !base.instrument.is_treaty()) {
                    assert_ne!(base.answer, Answer::Yes, "{said}: {}", base.instrument.id);
                }
            }
        }
    }
}

#[test]
fn the_matrix_says_what_single_questions_say() {
    let pack = Pack::builtin().unwrap();
    let mut tally = survey::Tally::default();
    for to in pack.states().into_iter().filter(|to| *to != Country::VN) {
        for measure in Measure::ALL {
            for conduct in pack.conducts() {
                let (to, on) = (to.as_str(), TODAY);
                let (conduct, measure) = (conduct.id.as_str(), measure.id());
                let asked = Asked { from: "VN", to, conduct, measure, on, ..Asked::default() };
                let advice = law::basis(pack, &Question::parse(pack, &asked).unwrap());
                match advice.answer {
                    Answer::Yes => tally.yes += 1,
                    Answer::Check => tally.check += 1,
                    Answer::No => tally.no += 1,
                }
            }
        }
    }
    assert_eq!(survey::matrix(pack, &[Country::VN], day(TODAY)), tally);
}

/// Every kind with every measure and every instrument of Viet Nam and the conventions: what is
/// required, less any one element, is incomplete, and by that element alone.
#[test]
fn any_one_required_element_left_out_is_missing() {
    let pack = Pack::builtin().unwrap();
    let mut seen: BTreeSet<(RequestKind, Measure, String)> = BTreeSet::new();
    let mut caught = 0;
    for kind in RequestKind::ALL {
        for measure in kind.measures() {
            for other in pack.states().into_iter().filter(|state| *state != Country::VN) {
                for (from, to) in [("VN", other.as_str()), (other.as_str(), "VN")] {
                    for on in ["2026-06-30", TODAY] {
                        let asked = Asked {
                            from,
                            to,
                            conduct: "computer_fraud",
                            measure: measure.id(),
                            kind: Some(kind),
                            on,
                            ..Asked::default()
                        };
                        let advice = law::basis(pack, &Question::parse(pack, &asked).unwrap());
                        let ids = advice.required_elements();
                        assert!(!ids.is_empty(), "{kind} {measure} wants nothing");
                        assert!(advice.missing(|_| true).is_empty());
                        assert_eq!(advice.missing(|_| false).len(), ids.len());
                        for one in &advice.required {
                            seen.insert((kind, *measure, one.instrument_id().to_owned()));
                        }
                        for left_out in &ids {
                            let missing = advice.missing(|id| id != *left_out);
                            assert_eq!(missing.len(), 1, "{kind} {measure} {left_out}");
                            assert_eq!(missing.first().unwrap().element.id, *left_out);
                            caught += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(caught > 100_000 && seen.len() > 60, "{caught} caught over {} pairs", seen.len());
}

#[test]
fn every_fact_is_shown_by_some_answer_or_listed_as_unused() {
    let pack = Pack::builtin().unwrap();
    let mut questions = Vec::new();
    let clauses: Vec<String> = pack
        .offences()
        .iter()
        .filter(|offence| !offence.law.is_empty() && !offence.repealed)
        .map(|offence| format!("{} {} {}", offence.jurisdiction, offence.law, offence.article))
        .collect();
    for other in pack.states() {
        for measure in Measure::ALL {
            for on in ["2020-01-01", TODAY] {
                for (from, to) in [("VN", other), ("US", other), ("BR", other), ("TH", other)] {
                    let to = to.as_str();
                    if from != to {
                        questions.push(question(pack, from, to, measure, on));
                        questions.push(question(pack, to, from, measure, on));
                    }
                }
            }
        }
    }
    for conduct in pack.conducts() {
        for clause in &clauses {
            for kind in RequestKind::ALL {
                for measure in kind.measures() {
                    let asked = Asked {
                        from: "VN",
                        to: "US",
                        conduct: &conduct.id,
                        measure: measure.id(),
                        kind: Some(kind),
                        clause: Some(clause),
                        on: TODAY,
                        ..Asked::default()
                    };
                    questions.push(Question::parse(pack, &asked).unwrap());
                }
            }
        }
    }
    let unused = survey::unused(pack, &questions);
    let unused: BTreeSet<String> = unused.iter().map(|fact| fact.id.clone()).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unused.txt");
    let listed = std::fs::read_to_string(path).unwrap();
    let listed: BTreeSet<String> = listed
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(str::to_owned)
        .collect();
    let more: Vec<&String> = unused.difference(&listed).collect();
    let fewer: Vec<&String> = listed.difference(&unused).collect();
    assert!(more.is_empty() && fewer.is_empty(), "not listed: {more:#?}\nused: {fewer:#?}");
}

#[test]
fn levels_are_said_in_order() {
    let pack = Pack::builtin().unwrap();
    let question = question(pack, "VN", "CN", Measure::TransferDetained, TODAY);
    let advice = law::basis(pack, &question);
    let levels: Vec<Level> = advice.required.iter().map(|one| one.level).collect();
    assert!(levels.is_sorted() && levels.contains(&Level::Recommended));
}
