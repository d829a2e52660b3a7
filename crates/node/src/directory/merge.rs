//! What a directory's file does to the entries that are held: which are new, which give way to
//! newer ones, which stand beside others that say something else.
//!
//! A row speaks of the same post as an entry of the same country, role and name whose measures
//! meet. The later day goes before the earlier one. Of the same day, only what another source or
//! another row of the file says stays beside it: nothing that two contradict is dropped.

use model::authority::AuthorityEntry;
use model::day::Day;
use model::digest::Digest;
use model::text::fold;

use super::kept::{Held, MAX_ENTRIES};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It stands in the directory now.
    Taken,
    /// It stood there already, word for word.
    Already,
    /// The code of a refusal: the field, the value, why.
    Refused(&'static str, String, &'static str),
}

/// Entries that a file is being read into.
pub(super) struct Merge {
    file: String,
    today: Day,
    entries: Vec<Held>,
    /// Which of the entries this file brought, or had too.
    seen: Vec<String>,
    pub(super) replaced: u64,
}

impl Merge {
    pub(super) fn new(file: &str, today: Day, entries: Vec<Held>) -> Merge {
        Merge { file: file.to_owned(), today, entries, seen: Vec::new(), replaced: 0 }
    }

    /// Takes a row.
    pub(super) fn take(&mut self, row: u64, entry: AuthorityEntry) -> Outcome {
        let day = entry.as_of.earliest();
        if day > self.today {
            let value = entry.as_of.to_string();
            return Outcome::Refused("as_of", value, "as_of_in_future");
        }
        if let Some(same) = self.entries.iter().find(|held| held.entry == entry) {
            self.seen.push(same.id.clone());
            return Outcome::Already;
        }
        let is_post = |held: &&Held| is_same_post(&held.entry, &entry);
        if let Some(newer) = self
            .entries
            .iter()
            .filter(is_post)
            .find(|held| held.entry.as_of.earliest() > day && !self.seen.contains(&held.id))
        {
            let value = format!("{} < {}", entry.as_of, newer.entry.as_of);
            return Outcome::Refused("as_of", value, "newer_entry_held");
        }
        let gives_way = |held: &Held| {
            let is_older = held.entry.as_of.earliest() < day;
            let is_mended = held.entry.as_of.earliest() == day && held.entry.source == entry.source;
            is_same_post(&held.entry, &entry)
                && (is_older || is_mended)
                && !self.seen.contains(&held.id)
        };
        let places: Vec<usize> = (0..self.entries.len())
            .filter(|at| self.entries.get(*at).is_some_and(gives_way))
            .collect();
        if places.is_empty() && self.entries.len() >= MAX_ENTRIES {
            return Outcome::Refused("", entry.name_en, "too_many_entries");
        }
        // The first that gives way leaves its id, so that its history goes on.
        let first = places.first().and_then(|place| self.entries.get(*place));
        let id = first.map_or_else(|| self.free_id(&entry), |held| held.id.clone());
        for place in places.into_iter().rev() {
            self.entries.remove(place);
            self.replaced += 1;
        }
        self.seen.push(id.clone());
        self.entries.push(Held { id, file: self.file.clone(), row, entry });
        Outcome::Taken
    }

    /// Takes out what the file, which is all that is known of its countries, does not have.
    pub(super) fn withdraw_others(&mut self) -> u64 {
        let seen: Vec<&Held> =
            self.entries.iter().filter(|held| self.seen.contains(&held.id)).collect();
        let countries: Vec<_> = seen.iter().map(|held| held.entry.country).collect();
        let before = self.entries.len();
        self.entries.retain(|held| {
            self.seen.contains(&held.id) || !countries.contains(&held.entry.country)
        });
        before.abs_diff(self.entries.len()) as u64
    }

    /// All entries, in the order of their ids.
    pub(super) fn finish(mut self) -> Vec<Held> {
        self.entries.sort_by(|one, other| one.id.cmp(&other.id));
        self.entries
    }

    /// An id out of what a row says, so that the same file gives the same ids everywhere.
    fn free_id(&self, entry: &AuthorityEntry) -> String {
        let bytes = serde_json::to_vec(entry).unwrap_or_default();
        let digest = Digest::of(&bytes).to_string();
        let role = entry.role.id().replace('_', "-");
        let id = |length: usize| {
            format!("{}-{role}-{}", entry.country, digest.get(..length).unwrap_or_default())
        };
        // Entries differ, and so do their digests somewhere.
        let mut lengths = (8..=64).step_by(8).map(id);
        let free = lengths.find(|id| self.entries.iter().all(|held| held.id != *id));
        free.unwrap_or(digest)
    }
}

fn is_same_post(one: &AuthorityEntry, other: &AuthorityEntry) -> bool {
    let meet = one.measures.iter().any(|measure| other.measures.contains(measure));
    let unsaid = one.measures.is_empty() && other.measures.is_empty();
    one.country == other.country
        && one.role == other.role
        && fold(&one.name_en) == fold(&other.name_en)
        && (meet || unsaid)
}

#[cfg(test)]
mod tests {
    use model::authority::AuthorityRole;
    use model::country::Country;
    use model::day::VagueDay;
    use model::measure::Measure;

    use super::*;

    /// `name|address|source|as of`, competent for records in Thailand.
    fn entry(row: &str) -> AuthorityEntry {
        let parts: Vec<&str> = row.split('|').collect();
        let text = |place: usize| (*parts.get(place).unwrap()).to_owned();
        AuthorityEntry {
            country: Country::parse("TH").unwrap(),
            role: AuthorityRole::CentralAuthority,
            name_en: text(0),
            name_vi: String::new(),
            name_local: String::new(),
            address: text(1),
            phone: None,
            email: None,
            languages: Vec::new(),
            channel: None,
            measures: vec![Measure::DocsRecords],
            hours: String::new(),
            source: text(2),
            as_of: VagueDay::parse(&text(3)).unwrap(),
            verified: true,
        }
    }

    /// Rows of one file after those of an earlier one: what becomes of each, and what is held then.
    fn check(held: &[&str], file: &[&str], outcomes: &str, expected: &[&str]) {
        let today = Day::parse("2026-11-26").unwrap();
        let mut first = Merge::new("first.csv", today, Vec::new());
        for (row, text) in (1..).zip(held) {
            assert_eq!(first.take(row, entry(text)), Outcome::Taken, "{text}");
        }
        let mut merge = Merge::new("second.csv", today, first.finish());
        let became = |outcome: Outcome| match outcome {
            Outcome::Taken => "taken".to_owned(),
            Outcome::Already => "already".to_owned(),
            Outcome::Refused(field, value, code) => format!("{field} {value} {code}"),
        };
        let found: Vec<String> =
            (1..).zip(file).map(|(row, text)| became(merge.take(row, entry(text)))).collect();
        assert_eq!(found.join(", "), outcomes);
        let mut told: Vec<String> = merge
            .finish()
            .iter()
            .map(|held| {
                let AuthorityEntry { name_en, address, source, as_of, .. } = &held.entry;
                format!("{name_en}|{address}|{source}|{as_of}")
            })
            .collect();
        told.sort();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_later_day_goes_before_an_earlier_one_whoever_says_it() {
        let (old, new) = ("Office|1 Road|letter 1|2026-01", "OFFICE|2 Road|letter 2|2026-02");
        check(&[old], &[new], "taken", &[new]);
        check(&[new], &[old], "as_of 2026-01 < 2026-02 newer_entry_held", &[new]);
        check(&[new], &[new], "already", &[new]);
    }

    #[test]
    fn what_two_sources_say_of_one_day_stands_side_by_side() {
        let (one, other) = ("Office|1 Road|letter 1|2026-01", "Office|2 Road|letter 2|2026-01");
        check(&[one], &[other], "taken", &[one, other]);
        // Two rows of one file contradict each other: both stay, whatever their sources.
        let again = "Office|3 Road|letter 1|2026-01";
        check(&[], &[one, again], "taken, taken", &[one, again]);
        // A later file of the same source and day mends what the earlier one said.
        check(&[one], &[again], "taken", &[again]);
        // Of one file, a later row of an earlier day stands beside.
        let older = "Office|4 Road|letter 0|2025";
        check(&[], &[one, older], "taken, taken", &[one, older]);
    }

    #[test]
    fn a_day_that_has_not_come_is_no_day() {
        let future = "as_of 2026-11-27 as_of_in_future";
        check(&[], &["Office|1 Road|letter|2026-11-27"], future, &[]);
        let begun = "Office|1 Road|letter|2026-11";
        check(&[], &[begun], "taken", &[begun]);
    }

    #[test]
    fn the_id_stays_when_a_newer_file_says_more() {
        let today = Day::parse("2026-11-26").unwrap();
        let mut merge = Merge::new("a.csv", today, Vec::new());
        merge.take(1, entry("Office|1 Road|letter 1|2026-01"));
        let first = merge.finish();
        let mut merge = Merge::new("b.csv", today, first.clone());
        merge.take(7, entry("Office|2 Road|letter 2|2026-02"));
        assert_eq!(merge.replaced, 1);
        let second = merge.finish();
        assert_eq!(second.len(), 1);
        assert_eq!(first[0].id, second[0].id);
        assert_eq!((second[0].file.as_str(), second[0].row), ("b.csv", 7));
        assert!(first[0].id.starts_with("TH-central-authority-"));
    }

    #[test]
    fn a_file_that_is_all_there_is_withdraws_the_rest_of_its_countries() {
        let today = Day::parse("2026-11-26").unwrap();
        let mut lao = entry("Office|Street|letter|2026-01");
        lao.country = Country::parse("LA").unwrap();
        let mut merge = Merge::new("a.csv", today, Vec::new());
        merge.take(1, entry("Office|1 Road|letter|2026-01"));
        merge.take(2, entry("Bureau|2 Road|letter|2026-01"));
        merge.take(3, lao);
        let mut merge = Merge::new("b.csv", today, merge.finish());
        assert_eq!(merge.take(1, entry("Office|1 Road|letter|2026-01")), Outcome::Already);
        assert_eq!(merge.withdraw_others(), 1);
        let left: Vec<String> =
            merge.finish().iter().map(|held| held.entry.address.clone()).collect();
        assert_eq!(left, ["Street", "1 Road"]);
    }

    #[test]
    fn there_is_a_last_entry() {
        let today = Day::parse("2026-11-26").unwrap();
        let mut merge = Merge::new("a.csv", today, Vec::new());
        for number in 0..MAX_ENTRIES {
            let row = format!("Office {number}||letter|2026-01");
            assert_eq!(merge.take(1, entry(&row)), Outcome::Taken);
        }
        let more = merge.take(1, entry("Bureau||letter|2026-01"));
        assert_eq!(more, Outcome::Refused("", "Bureau".to_owned(), "too_many_entries"));
        // What takes another's place still finds room.
        assert_eq!(merge.take(1, entry("Office 1||letter|2026-01")), Outcome::Already);
    }
}
