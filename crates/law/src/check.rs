//! What has to hold between the files of a pack: references, dates, ids.

use std::collections::{BTreeMap, BTreeSet};

use model::day::VagueDay;
use model::measure::Measure;

use crate::fact::Fact;
use crate::fault::{PackFault, Problem};
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Pack;
use crate::rows::{Member, Status};

/// Adds the faults that are found.
pub(crate) fn check(pack: &Pack, faults: &mut Vec<PackFault>) {
    for instrument in &pack.instruments {
        let mut one = Checker { file: format!("instruments/{}.toml", instrument.id), faults };
        one.dates(instrument);
        one.members(instrument);
        one.references(pack, instrument);
    }
    let mut one = Checker { file: "conducts.toml".to_owned(), faults };
    one.conducts(pack);
    let mut one = Checker { file: "offences.toml".to_owned(), faults };
    one.codes(pack);
    let mut one = Checker { file: "measures.toml".to_owned(), faults };
    one.measures(pack);
    duplicates(pack, faults);
}

struct Checker<'f> {
    file: String,
    faults: &'f mut Vec<PackFault>,
}

impl Checker<'_> {
    fn wrong(&mut self, problem: Problem, value: &str, other: &str) {
        let (value, other) = (value.to_owned(), other.to_owned());
        self.faults.push(PackFault { file: self.file.clone(), line: 0, problem, value, other });
    }

    /// The first may not lie after the second.
    fn ordered(&mut self, first: (&str, Option<VagueDay>), second: (&str, Option<VagueDay>)) {
        if let (Some(from), Some(to)) = (first.1, second.1)
            && from.earliest() > to.latest()
        {
            let value = format!("{} = {from}", first.0);
            self.wrong(Problem::Date, &value, &format!("{} = {to}", second.0));
        }
    }

    fn dates(&mut self, one: &Instrument) {
        self.ordered(("signed", one.signed), ("in_force", one.in_force));
        self.ordered(("signed", one.signed), ("in_force_by", one.in_force_by));
        self.ordered(("signed", one.signed), ("ended", one.ended));
        self.ordered(("in_force", one.in_force), ("ended", one.ended));
        let force = [one.in_force.is_some(), one.in_force_by.is_some(), one.not_in_force];
        if force.into_iter().filter(|said| *said).count() > 1 {
            self.wrong(Problem::Date, "in_force, in_force_by", "not_in_force");
        }
        for ended in &one.ends {
            self.ordered(("signed", one.signed), (&ended.articles, Some(ended.on)));
            self.ordered((&ended.articles, Some(ended.on)), ("ended", one.ended));
        }
        for party in &one.parties {
            self.ordered(("signed", one.signed), (&party.fact.id, party.since));
            self.ordered(("signed", one.signed), (&party.fact.id, party.true_by));
            self.ordered((&party.fact.id, party.since), ("ended", one.ended));
            if party.since.is_some() && party.true_by.is_some() {
                self.wrong(Problem::Date, &party.fact.id, "since, true_by");
            }
            let bilateral_since = one.is_bilateral() && party.status == Status::Party;
            if let (true, Some(since), Some(force)) = (bilateral_since, party.since, one.in_force)
                && since != force
            {
                self.wrong(
                    Problem::Date,
                    &format!("since = {since}"),
                    &format!("in_force = {force}"),
                );
            }
        }
    }

    fn members(&mut self, one: &Instrument) {
        let states = one.parties.iter().filter(|party| matches!(party.member, Member::State(_)));
        let two = states.count() == 2 && one.parties.len() == 2;
        if (one.is_bilateral() || one.kind == InstrumentKind::CaseMemo) && !two {
            self.wrong(Problem::Parties, &one.id, &one.parties.len().to_string());
        }
        let has_country = one.country.is_some();
        let own_law = matches!(one.kind, InstrumentKind::National | InstrumentKind::Principle);
        if has_country != own_law {
            self.wrong(Problem::Parties, &one.id, "country");
        }
    }

    fn references(&mut self, pack: &Pack, one: &Instrument) {
        if let Some(other) = one.chapter_of.as_ref().filter(|id| pack.instrument(id).is_none()) {
            self.wrong(Problem::Dangling, other, "chapter_of");
        }
        for conduct in one.scope.conducts.iter().filter(|id| pack.conduct(id).is_none()) {
            self.wrong(Problem::Dangling, conduct, "scope.conducts");
        }
        for reservation in &one.reservations {
            if one.party(reservation.state).is_none() {
                self.wrong(Problem::Dangling, reservation.state.as_str(), &reservation.fact.id);
            }
        }
    }

    /// Every article of a conduct is an offence of the pack.
    fn conducts(&mut self, pack: &Pack) {
        let known: BTreeSet<(&str, &str)> = pack
            .offences
            .iter()
            .map(|offence| (offence.jurisdiction.as_str(), offence.article.as_str()))
            .collect();
        for conduct in &pack.conducts {
            for (whose, articles) in &conduct.articles {
                for article in articles {
                    if !known.contains(&(whose, article)) {
                        self.wrong(Problem::Dangling, &format!("{whose} {article}"), &conduct.id);
                    }
                }
            }
        }
    }

    /// Every offence of a state belongs to a code, every other to an instrument.
    fn codes(&mut self, pack: &Pack) {
        for (code, id) in pack.codes.iter().filter(|(_, id)| pack.instrument(id).is_none()) {
            self.wrong(Problem::Dangling, id, code);
        }
        let articles: BTreeSet<[&str; 3]> = pack
            .offences
            .iter()
            .map(|one| [&one.jurisdiction, &one.law, &one.article].map(String::as_str))
            .collect();
        for offence in &pack.offences {
            let known = if offence.law.is_empty() {
                pack.instrument(&offence.jurisdiction).is_some()
            } else {
                pack.code(offence).is_some()
            };
            if !known {
                self.wrong(Problem::Dangling, &offence.jurisdiction, &offence.fact.id);
            }
            for other in &offence.only_where_not {
                let named = [&offence.jurisdiction, &offence.law, other].map(String::as_str);
                if !articles.contains(&named) {
                    self.wrong(Problem::Dangling, other, &offence.fact.id);
                }
            }
        }
    }

    /// Every measure has its names.
    fn measures(&mut self, pack: &Pack) {
        for measure in Measure::ALL {
            match pack.measures.iter().filter(|row| row.measure == measure).count() {
                1 => {}
                0 => self.wrong(Problem::Dangling, measure.id(), "measures.toml"),
                _ => self.wrong(Problem::Duplicate, measure.id(), "measures.toml"),
            }
        }
    }
}

/// No id stands twice.
fn duplicates(pack: &Pack, faults: &mut Vec<PackFault>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in pack.facts() {
        *seen.entry(&fact.id).or_default() += 1;
    }
    for (id, _) in seen.into_iter().filter(|(_, count)| *count > 1) {
        let file = match id.split_once(':').map_or(id, |(head, _)| head) {
            "conduct" => "conducts.toml".to_owned(),
            "offence" => "offences.toml".to_owned(),
            "timing" => "timings.toml".to_owned(),
            "minimum" => "minimum.toml".to_owned(),
            "authority" => "authorities.toml".to_owned(),
            instrument => format!("instruments/{instrument}.toml"),
        };
        let (value, other) = (id.to_owned(), file.clone());
        faults.push(PackFault { file, line: 0, problem: Problem::Duplicate, value, other });
    }
}

impl Pack {
    /// Every fact, instrument by instrument, then those of the tables.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        let rows = self.instruments.iter().flat_map(|one| {
            std::iter::once(&one.fact)
                .chain(one.parties.iter().map(|row| &row.fact))
                .chain(one.provisions.iter().map(|row| &row.fact))
                .chain(one.elements.iter().map(|row| &row.fact))
                .chain(one.grounds.iter().map(|row| &row.fact))
                .chain(one.reservations.iter().map(|row| &row.fact))
                .chain(one.ends.iter().map(|row| &row.fact))
                .chain(&one.conflicts)
        });
        rows.chain(self.conducts.iter().map(|row| &row.fact))
            .chain(self.offences.iter().map(|row| &row.fact))
            .chain(self.timings.iter().map(|row| &row.fact))
            .chain(self.minimum.iter().map(|row| &row.element.fact))
            .chain(self.authorities.iter().map(|row| &row.fact))
    }
}
