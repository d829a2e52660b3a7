//! Who is competent in a state for what is asked of it, by which article, and whether that holds
//! between two states on a day.
//!
//! Left out on purpose: addresses, telephone numbers and e-mail. No source that the pack names
//! gives them; an agency reads in its own (`docs/directory.md`).

use model::authority::{AuthorityRole, Channel};
use model::country::Country;
use model::day::{Day, VagueDay};
use model::measure::Measure;

use crate::answer::Answer;
use crate::engine::bind::{applies_on, bind};
use crate::fact::{Fact, Text};
use crate::instrument::{Instrument, InstrumentKind};
use crate::pack::Pack;
use crate::question::Question;

/// An authority of a state. Invariant: its fact has a source and a day on which that was true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Its id, such as `vn-spp-mla-2025`.
    pub id: String,
    /// Whose.
    pub country: Country,
    /// In which role.
    pub role: AuthorityRole,
    /// What it is called.
    pub name: Text,
    /// What it calls itself, where the source says so: the language and the name.
    pub local: Option<(String, String)>,
    /// For which measures.
    pub measures: Vec<Measure>,
    /// Under which instrument, by its place in the pack.
    pub instrument: Option<usize>,
    /// Its id; empty where no instrument says so.
    pub instrument_id: String,
    /// The article that names it; nothing where none was read.
    pub article: Option<String>,
    /// From which day on; nothing where the instrument itself says so.
    pub since: Option<VagueDay>,
    /// On which way requests get there.
    pub channel: Option<Channel>,
    /// The languages that it accepts.
    pub languages: Vec<String>,
    /// What was read, where, and when that was true.
    pub fact: Fact,
}

impl Authority {
    /// When its source was true. The reader takes no row without.
    pub fn as_of(&self) -> Option<VagueDay> {
        self.fact.as_of
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// Who asks; nothing: whoever.
    pub from: Option<Country>,
    /// Who is asked; nothing: any state.
    pub to: Option<Country>,
    /// One of these; empty: whatever.
    pub measures: Vec<Measure>,
    /// On which day.
    pub on: Day,
}

impl Sought {
    /// Whom a question is to be put to.
    pub fn of(question: &Question<'_>) -> Sought {
        let Question { from, to, on, measure, .. } = *question;
        Sought { from: Some(from), to: Some(to), measures: vec![measure], on }
    }

    fn fits(&self, one: &Authority) -> bool {
        let is_of = self.to.is_none_or(|to| to == one.country) && self.from != Some(one.country);
        let is_for = self.measures.iter().any(|measure| one.measures.contains(measure));
        is_of && (self.measures.is_empty() || is_for)
    }
}

/// An authority that is competent.
#[derive(Debug, Clone, Copy)]
pub struct Competent<'p> {
    /// Which.
    pub authority: &'p Authority,
    /// By which instrument.
    pub instrument: Option<&'p Instrument>,
    /// `yes`, or `check` where nobody has verified that the instrument holds between the two states
    /// on the day. What an authority is called is another fact, which says of itself whether it was
    /// verified.
    pub answer: Answer,
}

/// Who is competent, those by treaties of two states first.
pub fn competent<'p>(pack: &'p Pack, sought: &Sought) -> Vec<Competent<'p>> {
    let fitting = pack.authorities().iter().filter(|one| sought.fits(one));
    let mut found: Vec<Competent<'p>> =
        fitting.filter_map(|one| holds(pack, one, sought)).collect();
    let order = |one: &Competent<'_>| one.instrument.map(|instrument| instrument.kind);
    // A row without an instrument stands last; the sort keeps the pack's order otherwise.
    found.sort_by_key(|one| (order(one).is_none(), order(one)));
    found
}

/// Every authority of the pack; `no` where what names it does not hold on a day for anybody.
pub fn every(pack: &Pack, on: Day) -> Vec<Competent<'_>> {
    let sought = Sought { from: None, to: None, measures: Vec::new(), on };
    let of = |one| {
        let none =
            Competent { authority: one, instrument: instrument(pack, one), answer: Answer::No };
        holds(pack, one, &sought).unwrap_or(none)
    };
    pack.authorities().iter().map(of).collect()
}

fn instrument<'p>(pack: &'p Pack, one: &Authority) -> Option<&'p Instrument> {
    one.instrument.and_then(|place| pack.instruments().get(place))
}

/// Whether what names an authority holds for those who ask, on their day.
fn holds<'p>(pack: &'p Pack, one: &'p Authority, sought: &Sought) -> Option<Competent<'p>> {
    let named = match one.since {
        Some(day) if sought.on < day.earliest() => return None,
        Some(day) if sought.on < day.latest() => Answer::Check,
        _ => Answer::Yes,
    };
    let instrument = instrument(pack, one);
    let answer = match (instrument, sought.from) {
        (None, _) => Answer::Yes,
        // A law of the state's own names its authority for whoever asks.
        (Some(law), _) if law.kind == InstrumentKind::National => {
            if !applies_on(law, sought.on) {
                return None;
            }
            Answer::Yes.said_by(law.fact.verified)
        }
        (Some(treaty), Some(from)) => bind(treaty, from, one.country, sought.on)?.answer,
        (Some(treaty), None) if treaty.not_in_force || !applies_on(treaty, sought.on) => {
            return None;
        }
        (Some(treaty), None) => Answer::Yes.said_by(treaty.fact.verified),
    };
    let answer = named.and(answer);
    (answer != Answer::No).then_some(Competent { authority: one, instrument, answer })
}
