//! What is known of an authority, out of the law pack or out of the agency's own directory, with
//! what officers confirmed since.

use ::law::Answer;
use ::law::authority::{Competent, Sought};
use model::authority::{AuthorityRole, Channel, age_days, is_stale};
use model::country::Country;
use model::day::{Day, VagueDay};
use model::digest::Digest;
use model::measure::Measure;
use model::text::fold;
use model::time::Timestamp;

use super::deed::{DirectoryDeed, Done};
use super::kept::Held;

/// Everything known of one authority. Pairs are Vietnamese and English.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) id: String,
    /// Whether the agency's own directory says so; else the pack does.
    pub(crate) is_own: bool,
    pub(crate) country: Country,
    pub(crate) role: AuthorityRole,
    pub(crate) name: [String; 2],
    pub(crate) local: Option<String>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) instrument: Option<(String, [String; 2])>,
    /// Whether it is a law of the authority's own state.
    pub(crate) is_own_law: bool,
    pub(crate) article: Option<String>,
    /// Whether what names it holds between the two states on the day.
    pub(crate) answer: Answer,
    pub(crate) channel: Option<Channel>,
    pub(crate) languages: Vec<String>,
    pub(crate) address: String,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) hours: String,
    pub(crate) says: [String; 2],
    pub(crate) caveat: [String; 2],
    pub(crate) source: String,
    pub(crate) as_of: Option<VagueDay>,
    pub(crate) verified: bool,
    pub(crate) confirmed: Option<Confirmed>,
    /// The file and the record that brought it.
    pub(crate) file: Option<(String, u64)>,
    /// Entries that say something else of it.
    pub(crate) contradicts: Vec<String>,
}

/// An officer's confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Confirmed {
    pub(crate) by: String,
    pub(crate) at: Timestamp,
    /// Where it was first read.
    pub(crate) first_source: String,
}

impl Known {
    /// How old it is on a day.
    pub(crate) fn age_days(&self, on: Day) -> i64 {
        self.as_of.map_or(0, |as_of| age_days(as_of, on))
    }

    /// Whether somebody has to look again; what has no day always.
    pub(crate) fn is_stale(&self, on: Day) -> bool {
        self.as_of.is_none_or(|as_of| is_stale(as_of, on))
    }

    /// Whether it may be taken as it stands, but for its age.
    pub(crate) fn is_sure(&self) -> bool {
        self.verified && self.answer == Answer::Yes
    }

    /// Whether a name is one of its names, however it is written.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let names = self.name.iter().chain(&self.local).filter(|known| !known.is_empty());
        names.map(|known| fold(known)).any(|known| known == fold(name))
    }

    /// Whether another of its state is the same authority, as far as names tell: "Ministry of
    /// Justice" and "Ministry of Justice of China" are.
    pub(crate) fn is_same(&self, other: &Known) -> bool {
        let [_, one] = &self.name;
        let [_, other] = &other.name;
        let (one, other) = (fold(one), fold(other));
        one.contains(&other) || other.contains(&one)
    }

    /// The digest of what it says, without source and day: what a confirmation is of.
    pub(crate) fn says_digest(&self) -> Digest {
        let [vi, en] = &self.name;
        let names = (&self.id, self.country, self.role, vi, en, &self.local);
        let instrument = self.instrument.as_ref().map(|(id, _)| id);
        let duty = (&self.measures, instrument, &self.article, self.channel);
        let reached = (&self.languages, &self.address, &self.phone, &self.email, &self.hours);
        Digest::of(&serde_json::to_vec(&(names, duty, reached)).unwrap_or_default())
    }

    fn of_pack(one: &Competent<'_>) -> Known {
        let pair = |text: &::law::fact::Text| [text.vi.clone(), text.en.clone()];
        let authority = one.authority;
        let titled = one.instrument.map(|known| (known.id.clone(), pair(&known.title)));
        Known {
            id: authority.id.clone(),
            is_own: false,
            country: authority.country,
            role: authority.role,
            name: pair(&authority.name),
            local: authority.local.as_ref().map(|(_, name)| name.clone()),
            measures: authority.measures.clone(),
            instrument: titled,
            is_own_law: one.instrument.is_some_and(|known| !known.is_treaty()),
            article: authority.article.clone(),
            answer: one.answer,
            channel: authority.channel,
            languages: authority.languages.clone(),
            address: String::new(),
            phone: None,
            email: None,
            hours: String::new(),
            says: pair(&authority.fact.text),
            caveat: pair(&authority.fact.caveat),
            source: authority.fact.source.clone(),
            as_of: authority.fact.as_of,
            verified: authority.fact.verified,
            confirmed: None,
            file: None,
            contradicts: Vec::new(),
        }
    }

    pub(super) fn of_own(held: Held) -> Known {
        let Held { id, file, row, entry } = held;
        let vi = if entry.name_vi.is_empty() { entry.name_en.clone() } else { entry.name_vi };
        Known {
            id,
            is_own: true,
            country: entry.country,
            role: entry.role,
            name: [vi, entry.name_en],
            local: Some(entry.name_local).filter(|name| !name.is_empty()),
            measures: entry.measures,
            instrument: None,
            is_own_law: false,
            article: None,
            answer: Answer::Yes,
            channel: entry.channel,
            languages: entry.languages,
            address: entry.address,
            phone: entry.phone.map(|phone| phone.value().to_owned()),
            email: entry.email.map(|email| email.value().to_owned()),
            hours: entry.hours,
            says: Default::default(),
            caveat: Default::default(),
            source: entry.source,
            as_of: Some(entry.as_of),
            verified: entry.verified,
            confirmed: None,
            file: Some((file, row)),
            contradicts: Vec::new(),
        }
    }

    /// With what officers confirmed of these very words, the latest last.
    fn confirm(&mut self, history: &[Done]) {
        let says = self.says_digest();
        for done in history {
            let DirectoryDeed::Confirmed { id, says: said, source, as_of } = &done.deed else {
                continue;
            };
            let is_later = self.as_of.is_none_or(|known| *as_of >= known.earliest());
            if *id != self.id || *said != says || !is_later {
                continue;
            }
            let first = self.confirmed.take().map(|one| one.first_source);
            let first_source = first.unwrap_or_else(|| self.source.clone());
            let (by, at) = (done.by.clone(), done.at);
            self.confirmed = Some(Confirmed { by, at, first_source });
            self.source.clone_from(source);
            self.as_of = Some(VagueDay::from(*as_of));
            self.verified = true;
        }
    }
}

/// The agency's own entries that fit, then these of the pack as the law orders them.
pub(crate) fn known(
    found: &[Competent<'_>],
    own: Vec<Held>,
    history: &[Done],
    sought: &Sought,
) -> Vec<Known> {
    let mut own: Vec<Known> = own.into_iter().map(Known::of_own).collect();
    contradictions(&mut own);
    own.retain(|one| {
        let is_of = sought.to.is_none_or(|to| to == one.country);
        let is_for = sought.measures.iter().any(|measure| one.measures.contains(measure));
        is_of && (sought.measures.is_empty() || is_for)
    });
    let mut all: Vec<Known> = own.into_iter().chain(found.iter().map(Known::of_pack)).collect();
    all.iter_mut().for_each(|one| one.confirm(history));
    all
}

/// Marks entries of one name, country and role that say different things of it. What one says and
/// the other leaves out is no contradiction.
fn contradictions(own: &mut [Known]) {
    let differ = |one: &Known, other: &Known| {
        let meets = one.measures.iter().any(|measure| other.measures.contains(measure))
            || (one.measures.is_empty() && other.measures.is_empty());
        let is_one = one.country == other.country && one.role == other.role && one.is_same(other);
        let said = |one: &Known| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let channel = one.channel.map(|channel| channel.id().to_owned());
            let languages = text(&one.languages.join(" "));
            let reached = [text(&one.address), one.phone.clone(), one.email.clone()];
            reached.into_iter().chain([languages, channel, text(&one.hours)]).collect::<Vec<_>>()
        };
        let both = said(one).into_iter().zip(said(other));
        let is_other = both.into_iter().any(|pair| matches!(pair, (Some(a), Some(b)) if a != b));
        is_one && meets && one.id != other.id && is_other
    };
    let found: Vec<Vec<String>> = own
        .iter()
        .map(|one| {
            let others = own.iter().filter(|other| differ(one, other));
            others.map(|other| other.id.clone()).collect()
        })
        .collect();
    for (one, others) in own.iter_mut().zip(found) {
        one.contradicts = others;
    }
}
