//! Reasons, conditions and gaps as codes with arguments; `i18n` has the words.

use model::country::Country;
use model::day::{Day, VagueDay};

use crate::instrument::Instrument;

/// Why a base has its answer, or a condition has its. The text is `law-reason-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason<'p> {
    /// In force between both states since this day.
    InForce(VagueDay),
    /// In force on the day on which the source was read; since when was not read.
    InForceBy(VagueDay),
    /// Not in force on any copy that was read.
    NotInForce,
    /// In force only from this day.
    NotYetInForce(VagueDay),
    /// Whether it is in force was not read.
    ForceUnread,
    /// The question's day lies where the day of entry into force is not exactly known.
    DayUnclear(VagueDay),
    /// It ended on this day.
    EndedOn(VagueDay),
    /// The state is a party.
    PartySince(Country, VagueDay),
    /// The state was a party by this day; since when was not read.
    PartyBy(Country, VagueDay),
    /// The state is a party only from this day.
    PartyFrom(Country, VagueDay),
    /// The state is a party; since when was not read.
    PartyDayUnread(Country),
    /// That the state is a party was not verified.
    PartyUnverified(Country),
    /// The state signed only.
    SignedOnly(Country),
    /// The state is no party.
    NotParty(Country),
    /// That the state is no party was not verified.
    NotPartyUnverified(Country),
    /// The pack says nothing of the state.
    NotListed(Country),
    /// The treaty is for others: the state cannot be a party.
    Closed(Country),
    /// No such treaty exists.
    NoTreaty,
    /// No such treaty was found, which proves nothing.
    NoTreatyFound,
    /// Believed to exist or to be in force, not verified.
    Believed,
    /// This article provides for the measure.
    Provides(&'p str),
    /// This article provides for the measure; nobody verified it.
    ProvidesUnverified(&'p str),
    /// The measure belongs to what such a treaty is about; no article was read.
    OwnKind,
    /// This article's open words may cover the measure: an inference.
    MayCover(&'p str),
    /// No article on the measure was read.
    NoProvision,
    /// The instrument says that it is not about the measure.
    Excluded,
    /// Articles on the measure ended on this day.
    ArticlesEnded(&'p str, VagueDay),
    /// A reservation or declaration of this state on this article shuts it out.
    ShutOut(Country, &'p str),
    /// The same, and nobody verified it.
    ShutOutUnverified(Country, &'p str),
    /// A law of one state: it governs what that state does and binds no other.
    OneStatesLaw(Country),
    /// Reciprocity: that state decides case by case.
    Reciprocity(Country),
    /// A channel: no legal basis for evidence.
    Channel,
    /// Practice: not law.
    Practice,
    /// An agreement on named persons only.
    CaseOnly,
    /// Some of its paragraphs give way to this treaty between the same states.
    GivesWay(&'p str),
    /// The paragraph that provides for the measure gives way to this treaty unless both states
    /// agree otherwise.
    GivesWayWholly(&'p str),
    /// Both laws have to make the act an offence: our own mapping says in which articles.
    DualCriminalityMapped(&'p str),
    /// Both laws have to make the act an offence: no article is mapped.
    DualCriminalityUnmapped,
    /// The lack of dual criminality may be raised, and need not be.
    DualCriminalityOptional(&'p str),
    /// The lack of dual criminality is no ground for refusal.
    DualCriminalityIrrelevant(&'p str),
    /// The charged clause reaches the months that are needed.
    ClauseReaches(&'p str, u32),
    /// The charged clause does not reach them.
    ClauseFallsShort(&'p str, u32),
    /// The clauses of the article differ: name the one that is charged.
    ClauseNeeded,
    /// The other state's penalty is not in the pack.
    OtherPenaltyUnknown(Country, u32),
    /// The clause was not yet law on that day.
    ClauseNotYetLaw(Day),
    /// The article applies only where others do not.
    OnlyWhereNot(&'p str),
    /// The article is not among those mapped to the conduct.
    ClauseNotMapped,
    /// So many months of the sentence have to be left, where it is to be enforced.
    SentenceLeft(u32),
    /// It is about corruption only.
    CorruptionOnly,
    /// The conduct is one of its own offences.
    OwnOffence,
    /// The conduct has no article of its own there.
    NoOwnOffence,
    /// Reasonable grounds to suspect an organized criminal group have to be shown.
    GroupToShow,
    /// An organized criminal group is said to be involved.
    GroupShown,
    /// No organized criminal group is involved.
    NoGroup,
    /// What is asked lies in the requested state, which makes the case transnational enough.
    EvidenceAbroad,
    /// That the offence is transnational has to be shown.
    TransnationalToShow,
    /// The offence is said to be transnational.
    TransnationalShown,
    /// The offence is not transnational.
    NotTransnational,
}

/// What has to hold beside the base itself. The name is `law-condition-<id>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConditionKind {
    /// The act is an offence in both states.
    DualCriminality,
    /// The penalty is heavy enough for extradition.
    PenaltyThreshold,
    /// Enough of the sentence is left.
    SentenceLeft,
    /// The offence is one that the instrument is about.
    Scope,
    /// The offence is transnational.
    Transnational,
    /// An organized criminal group is involved.
    OrganisedGroup,
    /// The charged clause is known and fits the conduct.
    ChargedClause,
    /// Another treaty does not take the paragraph's place.
    Displacement,
}

impl ConditionKind {
    /// The word in answers.
    pub fn id(self) -> &'static str {
        match self {
            ConditionKind::DualCriminality => "dual_criminality",
            ConditionKind::PenaltyThreshold => "penalty_threshold",
            ConditionKind::SentenceLeft => "sentence_left",
            ConditionKind::Scope => "scope",
            ConditionKind::Transnational => "transnational",
            ConditionKind::OrganisedGroup => "organised_group",
            ConditionKind::ChargedClause => "charged_clause",
            ConditionKind::Displacement => "displacement",
        }
    }
}

/// Why there is no yes. The text is `law-gap-<id>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gap<'p> {
    /// No treaty in the pack binds both states and is about the measure.
    NoInstrument,
    /// This treaty would be one, and is not in force between them.
    NotInForce(&'p Instrument),
    /// The lead base rests on facts that nobody verified.
    Unverified(&'p Instrument),
    /// No article on the measure was read in the lead base.
    NoProvision(&'p Instrument),
    /// This condition does not hold, or nobody knows whether it does.
    Condition(&'p Instrument, ConditionKind, Reason<'p>),
    /// A reservation shuts the article out.
    Reservation(&'p Instrument, Country),
    /// Only what never is a legal basis is left: reciprocity, a channel, a law of one state.
    OnlyBest(&'p Instrument),
}

impl Gap<'_> {
    /// The word in answers.
    pub fn id(&self) -> &'static str {
        match self {
            Gap::NoInstrument => "no_instrument",
            Gap::NotInForce(_) => "not_in_force",
            Gap::Unverified(..) => "unverified",
            Gap::NoProvision(_) => "no_provision",
            Gap::Condition(..) => "condition",
            Gap::Reservation(..) => "reservation",
            Gap::OnlyBest(_) => "no_treaty_basis",
        }
    }
}
