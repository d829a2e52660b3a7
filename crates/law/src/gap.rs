//! Conditions and gaps as codes with arguments; `i18n` has the words.

use model::country::Country;

use crate::instrument::Instrument;
use crate::reason::Reason;

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
