//! What commands answer: plain values that a machine reads as JSON and a person through `i18n`.
//! Field names are fixed; fields may be added, never renamed.

mod directory;
mod exchange;
mod found;
mod law;
mod matching;
mod requests;

use model::account::Account;
use model::country::Country;
use model::digest::Digest;
use model::money::Money;
use model::role::Role;
use model::time::Timestamp;
use serde::Serialize;

pub use self::directory::{
    AddresseeAnswer, Authorities, AuthorityAnswer, AuthorityChanged, AuthorityDone, AuthorityShown,
    ConfirmedAnswer, DirectoryImported,
};
pub use self::exchange::{
    AttachmentAnswer, CardAnswer, FirstSenderAnswer, HandlingAnswer, MessageAnswer, Messages,
    OpenedAnswer, PartnerAnswer, Partners, PermissionAnswer, ReceiptAnswer, RefusedAnswer,
    SyncAnswer, SyncedAnswer,
};
pub use self::found::{
    CarriedAnswer, FeaturesAnswer, FindingAnswer, NewsAnswer, PatternsAnswer, PlayersAnswer,
};
pub use self::law::{
    AlsoAnswer, BaseAnswer, BasisAnswer, ChangedAnswer, ComparedAnswer, ConditionAnswer,
    DeadlineAnswer, FactAnswer, FaultAnswer, FileChanged, GapAnswer, GapsAnswer, PackAnswer,
    PackChanges, PackSignature, PackTaken, ProvidedAnswer, RefusalAnswer, RequiredAnswer,
    SupposedAnswer, UndertakingAnswer,
};
pub use self::matching::{
    BudgetAnswer, Budgets, BytesAnswer, HitAnswer, Hits, ListsAnswer, RejectedLineAnswer,
    RunAnswer, Runs, SecondsAnswer,
};
pub use self::requests::{
    ClockAnswer, DeskAnswer, DesksAnswer, ElementAnswer, FileOfRequest, Freezes, FrozenAnswer,
    GapOfRequest, HappenedAnswer, LeadAnswer, MissingAnswer, PaperAnswer, RequestAnswer,
    RequestChecked, RequestLine, Requests, WarningAnswer,
};

use crate::event::UserRole;

/// `init`.
#[derive(Debug, Serialize)]
pub struct Made {
    /// The home directory.
    pub home: String,
    /// The agency's name.
    pub agency: String,
    /// Its country.
    pub country: Country,
    /// Twelve words that stand for the node's key.
    pub fingerprint: String,
    /// Who may act.
    pub users: Vec<UserAnswer>,
}

/// One user.
#[derive(Debug, Serialize)]
pub struct UserAnswer {
    /// The name given with `--as`.
    pub name: String,
    /// What he may do.
    pub role: UserRole,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct CaseAnswer {
    /// Its reference.
    pub case: String,
    /// Its title.
    pub title: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// `open` or `closed`.
    pub state: &'static str,
    /// How many files were imported into it.
    pub files: usize,
    /// How many records they brought.
    pub rows: u64,
}

/// `case list`.
#[derive(Debug, Serialize)]
pub struct Cases {
    /// By reference.
    pub cases: Vec<CaseAnswer>,
}

/// `import`.
#[derive(Debug, Default, Serialize)]
pub struct Imported {
    /// One entry a file, in the order given.
    pub files: Vec<FileAnswer>,
}

/// What became of one file.
#[derive(Debug, Default, Serialize)]
pub struct FileAnswer {
    /// As it was named on the command line or found in a folder.
    pub path: String,
    /// What is in it; `null` where that could not be told.
    pub kind: Option<&'static str>,
    /// The digest of the file.
    pub sha256: Option<Digest>,
    /// Records in the file: accepted, already held and rejected.
    pub rows: u64,
    /// Records that are new.
    pub accepted: u64,
    /// Records that were held with the same content.
    pub already: u64,
    /// The first rejected records.
    pub rejected: Vec<RowAnswer>,
    /// How many were rejected.
    pub rejected_total: u64,
    /// Where all rejected records are listed.
    pub rejects_file: Option<String>,
    /// The first warnings; the records went in.
    pub warnings: Vec<RowAnswer>,
    /// How many warnings there are.
    pub warnings_total: u64,
    /// Why the file as a whole could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorAnswer>,
}

/// A rejected record or a warning.
#[derive(Debug, Clone, Serialize)]
pub struct RowAnswer {
    /// Counts records; the first after the header is 1.
    pub row: u64,
    /// The field.
    pub field: String,
    /// Its value, shortened.
    pub value: String,
    /// Stable snake_case.
    pub code: String,
    /// Cause and remedy in the chosen language.
    pub reason: String,
}

/// An error as JSON.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorAnswer {
    /// Stable snake_case.
    pub code: String,
    /// The cause in the chosen language.
    pub message: String,
    /// The remedy in the chosen language.
    pub hint: String,
}

/// `find`.
#[derive(Debug, Serialize)]
pub struct Found {
    /// How the value was read.
    pub identifier: Option<IdentifierAnswer>,
    /// All ways in which it was read and searched, likeliest first.
    pub readings: Vec<ReadingAnswer>,
    /// How many places hold it; exact.
    pub seen: u64,
    /// The first of them.
    #[serde(rename = "where")]
    pub places: Vec<Place>,
}

/// One way in which a value was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingAnswer {
    /// Its kind.
    pub kind: &'static str,
    /// Its canonical value.
    pub value: String,
    /// `as_written`, `national` (by the rules of `country`), or `any_bank`.
    pub how: &'static str,
    /// The country by whose rules it was read, where that mattered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Whether anything is held under this reading.
    pub found: bool,
}

/// One place that holds a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// `case`, `complaint`, `account`, `transfer`, `ring`, `bulletin`.
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// The case that holds it.
    pub case: String,
    /// The file it came from.
    pub source: String,
}

/// An identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct IdentifierAnswer {
    /// Its kind.
    pub kind: &'static str,
    /// Its canonical value.
    pub value: String,
}

/// `resolve`.
#[derive(Debug, Serialize)]
pub struct Resolved {
    /// Entities of two records or more.
    pub entities: Vec<EntityAnswer>,
    /// Values too common to join on.
    pub suppressed: Vec<SuppressedAnswer>,
    /// Complaints that name several persons whom banks tell apart: they were joined to none.
    pub disputed: Vec<DisputedAnswer>,
    /// How the entities came about, oldest first, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<EntityEvent>>,
}

/// Complaints between several persons.
#[derive(Debug, Serialize)]
pub struct DisputedAnswer {
    /// The complaints' keys.
    pub complaints: Vec<String>,
    /// The persons' ids, each with its first record's key.
    pub persons: Vec<PersonAnswer>,
}

/// A person, by the first record that speaks of him.
#[derive(Debug, Serialize)]
pub struct PersonAnswer {
    /// The id.
    pub id: String,
    /// The record's key.
    pub record: String,
}

/// An entity began, took in others or was parted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityEvent {
    /// When.
    pub at: Timestamp,
    /// `new`, `merged` or `split`.
    pub kind: &'static str,
    /// First the id that goes on, then those that went into it or came out of it.
    pub ids: Vec<String>,
    /// What brought it about.
    pub because: String,
}

/// One entity.
#[derive(Debug, Serialize)]
pub struct EntityAnswer {
    /// Its id.
    pub id: String,
    /// The keys of its records, in the order of their import.
    pub records: Vec<String>,
    /// What is known of it.
    pub identifiers: Vec<IdentifierAnswer>,
    /// Why its records were joined.
    pub because: Vec<String>,
}

/// A value too common to join on.
#[derive(Debug, Serialize)]
pub struct SuppressedAnswer {
    /// Its kind.
    pub kind: &'static str,
    /// Its canonical value.
    pub value: String,
    /// How many records hold it.
    pub seen: usize,
}

/// `rings`.
#[derive(Debug, Serialize)]
pub struct RingsAnswer {
    /// Most complaints first.
    pub rings: Vec<RingAnswer>,
    /// Rings that share an account.
    pub hookups: Vec<HookUpAnswer>,
    /// Complaints whose payment no transfer shows.
    pub unmatched: Vec<String>,
}

/// One ring.
#[derive(Debug, Serialize)]
pub struct RingAnswer {
    /// Its id: stays while its first complaint stays.
    pub id: String,
    /// The complaints' ids.
    pub complaints: Vec<String>,
    /// Its accounts without victims, best evidence first.
    pub accounts: Vec<MemberAnswer>,
    /// Where its accounts are held.
    pub countries: Vec<Country>,
    /// What the victims lost, a sum a currency.
    pub lost: Vec<Money>,
    /// Who kept what part of the profit.
    pub shares: Vec<ShareAnswer>,
}

/// An account of a ring.
#[derive(Debug, Serialize)]
pub struct MemberAnswer {
    /// Its bank.
    pub bank: String,
    /// Its number.
    pub account: String,
    /// Where it is held, if known.
    pub country: Option<Country>,
    /// What it does.
    pub role: Role,
    /// From 0 to 1.
    pub score: f64,
    /// What speaks for it, each with its points.
    pub evidence: Vec<String>,
}

/// An account's part of the profit.
#[derive(Debug, Serialize)]
pub struct ShareAnswer {
    /// The account's number.
    pub account: String,
    /// The account's bank.
    pub bank: String,
    /// The least over the rules, as a fraction of 1.
    pub low: f64,
    /// The most.
    pub high: f64,
}

/// Two rings use one account.
#[derive(Debug, Serialize)]
pub struct HookUpAnswer {
    /// The rings' ids.
    pub rings: [String; 2],
    /// The account.
    pub via: AccountAnswer,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct AccountAnswer {
    /// Its bank.
    pub bank: String,
    /// Its number.
    pub account: String,
}

impl From<&Account> for AccountAnswer {
    fn from(account: &Account) -> AccountAnswer {
        let (bank, account) = (account.bank().to_owned(), account.number().to_owned());
        AccountAnswer { bank, account }
    }
}

/// `trace`.
#[derive(Debug, Serialize)]
pub struct TraceAnswer {
    /// By the rule's name.
    pub rules: std::collections::BTreeMap<&'static str, RuleAnswer>,
    /// In US dollars, over the rules that carry amounts.
    pub range: Vec<RangeAnswer>,
    /// Where money can still be stopped, the most urgent first; empty backward.
    pub stop_payment: Vec<StopAnswer>,
    /// How many opening balances were declared; every other one is unknown, and what an account
    /// is not known to hold is taken for clean.
    pub opening_balances: usize,
    /// Complaints whose payment no transfer shows.
    pub unmatched: Vec<String>,
    /// Transfers whose currency has no rate: they count as nothing.
    pub unrated: usize,
    /// The day of the rates with which dollars were counted.
    pub rates_as_of: String,
}

/// What one rule gives.
#[derive(Debug, Serialize)]
pub struct RuleAnswer {
    /// Where tainted money rests, most first; empty backward.
    pub resting: Vec<RestingAnswer>,
    /// Transfers that carried it, in time order.
    pub transfers: Vec<TaintedAnswer>,
    /// Backward: the given transfers with the victims' payments that fed them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fed: Vec<FedAnswer>,
    /// Backward: accounts that paid what they are not known to have received.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<OriginAnswer>,
    /// Whether the trace was cut short.
    pub truncated: bool,
    /// From when on a trace that was cut short knows nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_at: Option<Timestamp>,
}

/// Tainted money at rest.
#[derive(Debug, Serialize)]
pub struct RestingAnswer {
    /// The account's bank.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// Where it is held, if known.
    pub country: Option<Country>,
    /// In the account's own currency.
    pub tainted: Money,
    /// In US dollars, if there is a rate.
    pub tainted_usd: Option<Money>,
    /// When the oldest tainted unit arrived.
    pub since: Timestamp,
    /// Whose it is, most first; at most a hundred payments.
    pub from: Vec<FromAnswer>,
    /// How many payments it is from.
    pub from_total: usize,
}

/// A victim's payment, or another that was followed, and what of an amount is from it.
#[derive(Debug, Serialize)]
pub struct FromAnswer {
    /// The payment.
    pub tx_id: String,
    /// Complaints of it.
    pub complaints: Vec<String>,
    /// What of the amount is from it, in the amount's currency.
    pub amount: Money,
}

/// A transfer that was asked for backward.
#[derive(Debug, Serialize)]
pub struct FedAnswer {
    /// The transfer.
    pub tx_id: String,
    /// What left its payer.
    pub amount: Money,
    /// The victims' payments in it, most first.
    pub from: Vec<FromAnswer>,
    /// What of it is no known victim's.
    pub other: Money,
}

/// An account that paid what it is not known to have received.
#[derive(Debug, Serialize)]
pub struct OriginAnswer {
    /// The account's bank.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// How much of the given transfers began there, in the account's own currency.
    pub amount: Money,
}

/// An account where money can still be stopped.
#[derive(Debug, Serialize)]
pub struct StopAnswer {
    /// The account's bank.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// Where it is held, if known.
    pub country: Option<Country>,
    /// The least that rests there over the rules without poison, in US dollars.
    pub low: Money,
    /// The most.
    pub high: Money,
    /// When the newest of it arrived under any rule.
    pub since: Timestamp,
    /// The most in US dollars divided by one plus the days since it arrived: the list's order.
    pub urgency: f64,
}

/// A transfer that carried tainted money.
#[derive(Debug, Serialize)]
pub struct TaintedAnswer {
    /// The transfer.
    pub tx_id: String,
    /// How much of what was sent.
    pub tainted: Money,
}

/// The least and the most over the rules.
#[derive(Debug, Serialize)]
pub struct RangeAnswer {
    /// The account's bank.
    pub bank: String,
    /// The account's number.
    pub account: String,
    /// The least.
    pub low: Money,
    /// The most.
    pub high: Money,
}
