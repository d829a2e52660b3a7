//! An instrument: a treaty, a law, a channel, with everything the pack knows of it.

use model::country::Country;
use model::day::VagueDay;
use model::measure::Measure;

use crate::fact::{Fact, Text};
use crate::rows::{
    Element, Ended, Ground, Member, Paragraphs, Party, Provision, Reservation, Scope, Threshold,
};

/// What sort of instrument it is. The order is the one in which bases are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstrumentKind {
    /// A treaty of two states on mutual legal assistance.
    BilateralMla,
    /// A treaty of two states on extradition.
    BilateralExtradition,
    /// A treaty of several states.
    Multilateral,
    /// A law of one state.
    National,
    /// Something for something, where there is no treaty.
    Principle,
    /// A way on which messages go.
    Channel,
    /// An agreement about one case.
    CaseMemo,
    /// Guides and forms.
    Practice,
}

/// An instrument. Invariants are the checker's: see `docs/law.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its id, such as `untoc`.
    pub id: String,
    /// What sort.
    pub kind: InstrumentKind,
    /// Its name.
    pub title: Text,
    /// Whose law, for a national law or principle.
    pub country: Option<Country>,
    /// When it was signed or adopted.
    pub signed: Option<VagueDay>,
    /// When it entered into force.
    pub in_force: Option<VagueDay>,
    /// Where `in_force` is not known: the day on which a source said that it was.
    pub in_force_by: Option<VagueDay>,
    /// Whether its source says that it is not in force.
    pub not_in_force: bool,
    /// The day from which it no longer applies.
    pub ended: Option<VagueDay>,
    /// Whether a state that the pack does not list is no party for certain.
    pub closed: bool,
    /// Measures that it is about by its very kind, though no article may have been read.
    pub own_kind: Vec<Measure>,
    /// Measures that it says it is not about.
    pub excludes: Vec<Measure>,
    /// Measures for which a law that ended still serves as a working model.
    pub model_for: Vec<Measure>,
    /// The paragraphs that give way to another treaty on assistance between the same states.
    pub yields: Option<Paragraphs>,
    /// Whether, beside the treaties of two states on assistance, other treaties give way to it.
    pub displaces: bool,
    /// The instrument of which it is but a chapter.
    pub chapter_of: Option<String>,
    /// Which offences.
    pub scope: Scope,
    /// Its penalty threshold for extradition.
    pub threshold: Option<Threshold>,
    /// Its status in words and where that was read.
    pub fact: Fact,
    /// Who joined.
    pub parties: Vec<Party>,
    /// What it says.
    pub provisions: Vec<Provision>,
    /// What a request under it contains.
    pub elements: Vec<Element>,
    /// What may be refused under it.
    pub grounds: Vec<Ground>,
    /// What states said when they joined.
    pub reservations: Vec<Reservation>,
    /// Articles that ended before the rest.
    pub ends: Vec<Ended>,
    /// What other sources say against it.
    pub conflicts: Vec<Fact>,
}

impl Instrument {
    /// What the pack says of a state, if anything.
    pub fn party(&self, state: Country) -> Option<&Party> {
        self.parties.iter().find(|party| party.member == Member::State(state))
    }

    /// Whether it is a treaty, which alone can be a yes.
    pub fn is_treaty(&self) -> bool {
        self.is_bilateral() || self.kind == InstrumentKind::Multilateral
    }

    /// Whether it is a treaty of two states.
    pub fn is_bilateral(&self) -> bool {
        matches!(self.kind, InstrumentKind::BilateralMla | InstrumentKind::BilateralExtradition)
    }

    /// Whether it is a treaty on assistance before which others give way.
    pub fn is_before_others(&self) -> bool {
        self.kind == InstrumentKind::BilateralMla || self.displaces
    }
}
