//! What commands about requests answer.

use model::country::Country;
use model::digest::Digest;
use model::money::Money;
use model::time::Timestamp;
use serde::Serialize;

use super::{AddresseeAnswer, ErrorAnswer, HandlingAnswer};

/// `request new`, `set` and `check`.
#[derive(Debug, Serialize)]
pub struct RequestChecked {
    /// Its number.
    pub request: String,
    /// Whether nothing is missing.
    pub complete: bool,
    /// What is.
    pub missing: Vec<MissingAnswer>,
    /// What an officer should know before he approves it.
    pub warnings: Vec<WarningAnswer>,
    /// Its stage.
    pub state: &'static str,
    /// What it rests on.
    pub basis: Option<LeadAnswer>,
    /// To whom it goes on paper; `null`: the partner, or nobody is known.
    pub addressee: Option<AddresseeAnswer>,
    /// Why the law gives no plain yes.
    pub gaps: Vec<GapOfRequest>,
}

/// An element that is missing.
#[derive(Debug, Clone, Serialize)]
pub struct MissingAnswer {
    /// Its id.
    pub element: String,
    /// The article that wants it.
    pub article: Option<String>,
    /// The instrument, or `product`.
    pub instrument: String,
    /// What the instrument is called, Vietnamese and English; `None`: it is ours.
    pub title: Option<[String; 2]>,
    /// What it is called, Vietnamese and English.
    pub name: [String; 2],
}

/// Something to look at, which stops nothing.
#[derive(Debug, Clone, Serialize)]
pub struct WarningAnswer {
    /// A stable code.
    pub code: &'static str,
    /// The element that it is about.
    pub element: Option<String>,
    /// The value.
    pub value: String,
}

/// What a request rests on.
#[derive(Debug, Clone, Serialize)]
pub struct LeadAnswer {
    /// The instrument's id.
    pub instrument: String,
    /// The article.
    pub article: Option<String>,
    /// `yes`, `check` or `no`.
    pub answer: String,
    /// What it is called, Vietnamese and English.
    pub title: [String; 2],
}

/// Why the law gives no plain yes.
#[derive(Debug, Clone, Serialize)]
pub struct GapOfRequest {
    /// A stable code.
    pub what: String,
    /// In words, Vietnamese and English.
    pub text: [String; 2],
}

/// `request list`.
#[derive(Debug, Serialize)]
pub struct Requests {
    /// Those that are due first.
    pub requests: Vec<RequestLine>,
}

/// One request in a list.
#[derive(Debug, Serialize)]
pub struct RequestLine {
    /// Its number.
    pub request: String,
    /// `in` or `out`.
    pub direction: &'static str,
    /// Its kind.
    pub kind: String,
    /// Its stage, or `lapsed`.
    pub state: &'static str,
    /// The other side.
    pub partner: String,
    /// Its country.
    pub country: Country,
    /// What is due first.
    pub due: Option<Timestamp>,
    /// Whether that is over.
    pub is_overdue: bool,
    /// Whether it goes by the urgent way.
    pub is_urgent: bool,
    /// Whether an urgent one still lacks its second approval.
    pub needs_second: bool,
    /// Whose work it is: an officer's, or a desk's.
    pub assigned: Option<String>,
    /// Whether it went on paper.
    pub on_paper: bool,
    /// Whether what it says was destroyed.
    pub erased: bool,
}

/// `request show`, and what every act answers.
#[derive(Debug, Serialize)]
pub struct RequestAnswer {
    /// Its number.
    pub request: String,
    /// `in` or `out`.
    pub direction: &'static str,
    /// Its kind.
    pub kind: String,
    /// The measure.
    pub measure: String,
    /// The conduct.
    pub conduct: String,
    /// The clause that is charged.
    pub clause: Option<String>,
    /// Its stage, or `lapsed`.
    pub state: &'static str,
    /// The other side.
    pub partner: String,
    /// Its country.
    pub country: Country,
    /// The case that it is for, or that its handle leads to.
    pub case: Option<String>,
    /// Whether it goes by the urgent way.
    pub is_urgent: bool,
    /// Whether an urgent one still lacks its second approval.
    pub needs_second: bool,
    /// Whose work it is: an officer's, or a desk's.
    pub assigned: Option<String>,
    /// Whether it went on paper.
    pub on_paper: bool,
    /// Whether what it says was destroyed: what is said there is not here any more.
    pub erased: bool,
    /// An earlier request that it follows.
    pub follows: Option<String>,
    /// The hit that it follows.
    pub handle: Option<String>,
    /// What it rests on.
    pub basis: Option<LeadAnswer>,
    /// To whom it goes on paper; `null`: the partner, or nobody is known.
    pub addressee: Option<AddresseeAnswer>,
    /// What may be done with it; `null`: destroyed with what it says.
    pub handling: Option<HandlingAnswer>,
    /// The clock.
    pub deadlines: Vec<ClockAnswer>,
    /// Whether nothing is missing.
    pub complete: bool,
    /// What is.
    pub missing: Vec<MissingAnswer>,
    /// What an officer should know.
    pub warnings: Vec<WarningAnswer>,
    /// Why the law gives no plain yes.
    pub gaps: Vec<GapOfRequest>,
    /// What it says, in the order in which the law lists it.
    pub elements: Vec<ElementAnswer>,
    /// What the asking state promises, Vietnamese and English.
    pub undertakings: Vec<[String; 2]>,
    /// Who has approved it, and when.
    pub approvals: Vec<(String, Timestamp)>,
    /// What happened, oldest first.
    pub history: Vec<HappenedAnswer>,
    /// Its files.
    pub attachments: Vec<FileOfRequest>,
    /// The digest that was approved.
    pub digest: Digest,
    /// When it was drawn up; when it came, where what it says was destroyed.
    pub made: Timestamp,
    /// What can be done with it on this side.
    pub possible: Vec<&'static str>,
}

/// Something that runs.
#[derive(Debug, Clone, Serialize)]
pub struct ClockAnswer {
    /// What.
    pub what: &'static str,
    /// When.
    pub due: Timestamp,
    /// `running`, `near` or `over`.
    pub state: &'static str,
    /// Who says so: an article, `request`, or `product`.
    pub source: &'static str,
}

/// What a request says.
#[derive(Debug, Clone, Serialize)]
pub struct ElementAnswer {
    /// Which element.
    pub element: String,
    /// What it is called, Vietnamese and English.
    pub name: [String; 2],
    /// The text.
    pub text: String,
    /// The instrument that wants it, or `product`; `None`: nobody does.
    pub instrument: Option<String>,
    /// What the instrument is called, Vietnamese and English; `None`: it is ours, or none.
    pub title: Option<[String; 2]>,
    /// Its article.
    pub article: Option<String>,
    /// The legal status of the person whom it is about.
    pub person: &'static str,
    /// Whether it may be used as evidence.
    pub evidence: &'static str,
}

/// One line of a request's history.
#[derive(Debug, Serialize)]
pub struct HappenedAnswer {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: String,
    /// Who: one of ours, or the partner.
    pub by: String,
    /// The steps that were skipped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<&'static str>,
    /// Why it was refused; to whom it was given.
    pub ground: Option<String>,
    /// What was said.
    pub text: Option<String>,
    /// The legal status of the person whom it is about.
    pub person: &'static str,
    /// Whether it may be used as evidence.
    pub evidence: &'static str,
    /// Until when what was asked for holds.
    pub until: Option<Timestamp>,
    /// Its files.
    pub attachments: Vec<FileOfRequest>,
    /// The message.
    pub message: Option<String>,
    /// What may be done with what a partner said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handling: Option<HandlingAnswer>,
    /// The paper that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperAnswer>,
    /// Whether what was said was destroyed.
    pub erased: bool,
    /// Why the other side's node did not take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_taken: Option<String>,
}

/// A file of a request or of a step.
#[derive(Debug, Clone, Serialize)]
pub struct FileOfRequest {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
    /// Its length.
    pub size: u64,
    /// The legal status of the person whom it is about.
    pub person: &'static str,
    /// Whether it may be used as evidence.
    pub evidence: &'static str,
}

/// `desk list`, and what every change of desks answers.
#[derive(Debug, Serialize)]
pub struct DesksAnswer {
    /// By name.
    pub desks: Vec<DeskAnswer>,
}

/// A desk.
#[derive(Debug, Serialize)]
pub struct DeskAnswer {
    /// Its name.
    pub desk: String,
    /// `central` or `provincial`.
    pub level: &'static str,
    /// Who works there.
    pub members: Vec<String>,
}

/// A paper on which something was said.
#[derive(Debug, Clone, Serialize)]
pub struct PaperAnswer {
    /// Its reference.
    pub reference: String,
    /// Its day.
    pub on: Timestamp,
    /// Who wrote down here what it says.
    pub by: String,
}

/// `freeze`.
#[derive(Debug, Serialize)]
pub struct Freezes {
    /// Accounts abroad on which traced money rests, most first.
    pub accounts: Vec<FrozenAnswer>,
    /// Complaints whose payment was not found.
    pub unmatched: Vec<String>,
}

/// An account abroad.
#[derive(Debug, Serialize)]
pub struct FrozenAnswer {
    /// Its bank.
    pub bank: String,
    /// Its number.
    pub account: String,
    /// Where it is held; `null`: nobody has said.
    pub country: Option<Country>,
    /// What is traced to it: no more is asked to be held.
    pub tainted: Money,
    /// When the oldest of it arrived.
    pub since: Timestamp,
    /// The request that was drawn up.
    pub request: Option<RequestChecked>,
    /// Why none was.
    pub error: Option<ErrorAnswer>,
    /// The draft for the victim's bank, as XML.
    pub camt056: Option<String>,
}
