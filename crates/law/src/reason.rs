//! Reasons as codes with arguments; `i18n` has the words.

use model::country::Country;
use model::day::{Day, VagueDay};

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

/// A reason taken apart: its code and what stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts<'p> {
    /// The text is `law-reason-<id>`.
    pub id: &'static str,
    /// A state.
    pub state: Option<Country>,
    /// A day.
    pub day: Option<VagueDay>,
    /// An article, an instrument's id or a conduct's id.
    pub cited: Option<&'p str>,
    /// A number of months.
    pub months: Option<u32>,
}

impl<'p> Reason<'p> {
    /// Code and arguments.
    pub fn parts(&self) -> Parts<'p> {
        let plain = |id| Parts { id, ..Parts::default() };
        let dated = |id, day| Parts { id, day: Some(day), ..Parts::default() };
        let of = |id, state| Parts { id, state: Some(state), ..Parts::default() };
        let cited = |id, cited| Parts { id, cited: Some(cited), ..Parts::default() };
        match *self {
            Reason::InForce(day) => dated("in-force", day),
            Reason::InForceBy(day) => dated("in-force-by", day),
            Reason::NotInForce => plain("not-in-force"),
            Reason::NotYetInForce(day) => dated("not-yet-in-force", day),
            Reason::ForceUnread => plain("force-unread"),
            Reason::DayUnclear(day) => dated("day-unclear", day),
            Reason::EndedOn(day) => dated("ended-on", day),
            Reason::PartySince(state, day) => Parts { day: Some(day), ..of("party-since", state) },
            Reason::PartyBy(state, day) => Parts { day: Some(day), ..of("party-by", state) },
            Reason::PartyFrom(state, day) => Parts { day: Some(day), ..of("party-from", state) },
            Reason::PartyDayUnread(state) => of("party-day-unread", state),
            Reason::PartyUnverified(state) => of("party-unverified", state),
            Reason::SignedOnly(state) => of("signed-only", state),
            Reason::NotParty(state) => of("not-party", state),
            Reason::NotPartyUnverified(state) => of("not-party-unverified", state),
            Reason::NotListed(state) => of("not-listed", state),
            Reason::NoTreaty => plain("no-treaty"),
            Reason::NoTreatyFound => plain("no-treaty-found"),
            Reason::Believed => plain("believed"),
            Reason::Provides(article) => cited("provides", article),
            Reason::ProvidesUnverified(article) => cited("provides-unverified", article),
            Reason::OwnKind => plain("own-kind"),
            Reason::MayCover(article) => cited("may-cover", article),
            Reason::NoProvision => plain("no-provision"),
            Reason::ArticlesEnded(articles, day) => {
                Parts { day: Some(day), ..cited("articles-ended", articles) }
            }
            Reason::ShutOut(state, article) => {
                Parts { cited: Some(article), ..of("shut-out", state) }
            }
            Reason::ShutOutUnverified(state, article) => {
                Parts { cited: Some(article), ..of("shut-out-unverified", state) }
            }
            Reason::OneStatesLaw(state) => of("one-states-law", state),
            Reason::Reciprocity(state) => of("reciprocity", state),
            Reason::Channel => plain("channel"),
            Reason::Practice => plain("practice"),
            Reason::CaseOnly => plain("case-only"),
            Reason::GivesWay(other) => cited("gives-way", other),
            Reason::GivesWayWholly(other) => cited("gives-way-wholly", other),
            _ => self.condition_parts(),
        }
    }

    fn condition_parts(&self) -> Parts<'p> {
        let plain = |id| Parts { id, ..Parts::default() };
        let cited = |id, cited| Parts { id, cited: Some(cited), ..Parts::default() };
        match *self {
            Reason::DualCriminalityMapped(conduct) => cited("dual-criminality-mapped", conduct),
            Reason::DualCriminalityUnmapped => plain("dual-criminality-unmapped"),
            Reason::DualCriminalityOptional(article) => cited("dual-criminality-optional", article),
            Reason::DualCriminalityIrrelevant(article) => {
                cited("dual-criminality-irrelevant", article)
            }
            Reason::ClauseReaches(article, months) => {
                Parts { months: Some(months), ..cited("clause-reaches", article) }
            }
            Reason::ClauseFallsShort(article, months) => {
                Parts { months: Some(months), ..cited("clause-falls-short", article) }
            }
            Reason::ClauseNeeded => plain("clause-needed"),
            Reason::OtherPenaltyUnknown(state, months) => Parts {
                id: "other-penalty-unknown",
                state: Some(state),
                months: Some(months),
                ..Parts::default()
            },
            Reason::ClauseNotYetLaw(day) => {
                Parts { id: "clause-not-yet-law", day: Some(day.into()), ..Parts::default() }
            }
            Reason::OnlyWhereNot(article) => cited("only-where-not", article),
            Reason::ClauseNotMapped => plain("clause-not-mapped"),
            Reason::SentenceLeft(months) => {
                Parts { id: "sentence-left", months: Some(months), ..Parts::default() }
            }
            Reason::CorruptionOnly => plain("corruption-only"),
            Reason::OwnOffence => plain("own-offence"),
            Reason::NoOwnOffence => plain("no-own-offence"),
            Reason::GroupToShow => plain("group-to-show"),
            Reason::GroupShown => plain("group-shown"),
            Reason::NoGroup => plain("no-group"),
            Reason::EvidenceAbroad => plain("evidence-abroad"),
            Reason::TransnationalToShow => plain("transnational-to-show"),
            Reason::TransnationalShown => plain("transnational-shown"),
            _ => plain("not-transnational"),
        }
    }
}
