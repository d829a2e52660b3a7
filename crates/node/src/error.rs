//! Why the node refuses a command. Each refusal has a stable code; the texts are in `i18n`
//! as `error-<code>` (cause) and `error-<code>-hint` (remedy), with underscores as dashes.

use formats::error::FileError;
use graph::ledger::LedgerError;
use model::account::AccountError;
use model::refusal::RowError;

use crate::directory::error::DirectoryError;
use crate::exchange::ExchangeError;
use crate::law::{LawError, PackRefusal};
use crate::pattern_file::PatternFileError;
use crate::port::PortError;
use crate::requests::error::RequestError;

/// A refused or failed command.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// There is no node in the home directory.
    #[error("the home directory holds no node")]
    NoNode,
    /// There is a node already.
    #[error("the home directory holds a node already")]
    NodeExists,
    /// Nobody of this name may act here.
    #[error("no user is called {0:?}")]
    UnknownUser(String),
    /// The name is taken.
    #[error("a user is called {0:?} already")]
    UserExists(String),
    /// A name that no user may have.
    #[error("{0:?} is no user name: letters, digits, dot, dash and underscore, at most 40")]
    BadUserName(String),
    /// This user may not do that.
    #[error("{user:?} may not do that as {role}")]
    NotAllowed {
        /// Who.
        user: String,
        /// What he is.
        role: &'static str,
    },
    /// No such case.
    #[error("there is no case {0:?}")]
    UnknownCase(String),
    /// The case takes nothing more.
    #[error("case {0} is closed")]
    CaseClosed(String),
    /// The case is not closed.
    #[error("case {0} is open")]
    CaseOpen(String),
    /// A title that is none.
    #[error("the title is empty or longer than 200 characters")]
    BadTitle,
    /// No ring of this id.
    #[error("there is no ring {0:?}")]
    UnknownRing(String),
    /// No such account in any case.
    #[error("no transfer or holding names account {0:?}")]
    UnknownAccount(String),
    /// A text that names no account.
    #[error("{0}")]
    BadAccount(#[from] AccountError),
    /// A subject that is neither ring:, case: nor account:.
    #[error("{0:?} is no subject: ring:ID, case:REF or account:BANK/NUMBER")]
    BadSubject(String),
    /// No such rule.
    #[error("there is no tracing rule {0:?}")]
    UnknownRule(String),
    /// No such pattern.
    #[error("no pattern {0:?}")]
    UnknownPattern(String),
    /// A pattern's file that describes none.
    #[error("{0}")]
    Pattern(#[from] PatternFileError),
    /// Not an opening balance of an account of the case.
    #[error("{0:?} is no opening balance")]
    BadOpening(String),
    /// Not a span of time.
    #[error("{0:?} is no span of time")]
    BadWindow(String),
    /// No such transfer.
    #[error("no transfer has the id {0:?}")]
    UnknownTransfer(String),
    /// No such complaint.
    #[error("no complaint has the id {0:?}")]
    UnknownComplaint(String),
    /// No such record in the case.
    #[error("no complaint or account of the case is called {0:?}")]
    UnknownRecord(String),
    /// Both names are one record's.
    #[error("{0:?} is one record, not two")]
    OneRecord(String),
    /// Handling that cannot be read: which part of it, and the word.
    #[error("{1:?} is no {0}")]
    BadWord(&'static str, String),
    /// A reason that is none.
    #[error("the reason is empty or longer than 500 characters")]
    BadReason,
    /// A value of no kind.
    #[error("{0:?} can be read as no kind of identifier")]
    UnreadableValue(String),
    /// A file could not be read.
    #[error("{0}")]
    File(#[from] FileError),
    /// One of several files could not be read: its name, and why.
    #[error("{0}: {1}")]
    ListUnreadable(String, FileError),
    /// The column map could not be read.
    #[error("the column map has {} unreadable lines", .0.len())]
    Map(Vec<RowError>),
    /// A kept file is broken and could not be rebuilt.
    #[error("what was imported from {file:?} is broken: {cause}")]
    Broken {
        /// The imported file's name.
        file: String,
        /// What is wrong.
        cause: String,
    },
    /// The case's sums are beyond counting.
    #[error("{0}")]
    Ledger(#[from] LedgerError),
    /// Keys were not opened for this command.
    #[error("the node's keys are not open")]
    KeysClosed,
    /// A file that is no card.
    #[error("{0} is no partner card: {1}")]
    BadCardFile(String, String),
    /// The words that were spoken are not those of the card of an agency that calls itself so.
    #[error("the words are not those of the card of {0:?}")]
    FingerprintMismatch(String),
    /// One officer is not two.
    #[error("{0:?} cannot accept a card alone")]
    OneOfficer(String),
    /// Our own card.
    #[error("this is the node's own card")]
    OwnCard,
    /// A card older than the one that is believed, or not following it.
    #[error("the card of {0:?} does not follow the one that is known")]
    StaleCard(String),
    /// Another believed card names a TLS key of this one.
    #[error("a TLS key of {0:?} is named by {1:?} as well")]
    TlsKeyTaken(String, String),
    /// Several partners fit.
    #[error("{0:?} may be {1}")]
    AmbiguousPartner(String, String),
    /// An answer that no receipt can carry.
    #[error("the answer is longer than 1,000 bytes")]
    LongAnswer,
    /// A budget that cannot be: its purpose, and how much.
    #[error("a budget of {1} for {0:?}")]
    BadBudget(String, u64),
    /// No session of this number that can still be opened.
    #[error("no session {0:?} can be opened")]
    UnknownSession(String),
    /// No such hit.
    #[error("there is no hit {0:?}")]
    UnknownHit(String),
    /// A purpose or a legal basis that cannot be.
    #[error("{0:?} is no purpose or basis")]
    BadPurpose(String),
    /// The sender's permission is needed.
    #[error("message {0} needs its sender's permission")]
    NeedsPermission(String),
    /// Nothing goes to or from a partner.
    #[error("{0}")]
    Exchange(#[from] ExchangeError),
    /// A question that the law cannot be asked.
    #[error("{0}")]
    Law(#[from] LawError),
    /// Something cannot be done with the directory.
    #[error("{0}")]
    Directory(#[from] DirectoryError),
    /// A law pack is not taken.
    #[error("{0}")]
    LawPack(#[from] PackRefusal),
    /// Something cannot be done with a request.
    #[error("{0}")]
    Request(#[from] RequestError),
    /// What MATCH has aside while it makes or takes a set cannot be written or read: the set waits.
    #[error("{0}")]
    MatchNoRoom(PortError),
    /// Something outside failed.
    #[error("{0}")]
    Port(#[from] PortError),
}

impl NodeError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            NodeError::NoNode => "no_node",
            NodeError::NodeExists => "node_exists",
            NodeError::UnknownUser(_) => "unknown_user",
            NodeError::UserExists(_) => "user_exists",
            NodeError::BadUserName(_) => "bad_user_name",
            NodeError::NotAllowed { .. } => "not_allowed",
            NodeError::UnknownCase(_) => "unknown_case",
            NodeError::CaseClosed(_) => "case_closed",
            NodeError::CaseOpen(_) => "case_open",
            NodeError::BadTitle => "bad_title",
            NodeError::UnknownRing(_) => "unknown_ring",
            NodeError::UnknownAccount(_) => "unknown_account",
            NodeError::BadAccount(_) => "bad_account",
            NodeError::BadSubject(_) => "bad_subject",
            NodeError::UnknownRule(_) => "unknown_rule",
            NodeError::UnknownPattern(_) => "unknown_pattern",
            NodeError::Pattern(error) => error.problem.code(),
            NodeError::BadWindow(_) => "bad_window",
            NodeError::BadOpening(_) => "bad_opening",
            NodeError::UnknownTransfer(_) => "unknown_transfer",
            NodeError::UnknownComplaint(_) => "unknown_complaint",
            NodeError::UnknownRecord(_) => "unknown_record",
            NodeError::OneRecord(_) => "one_record",
            NodeError::BadWord(..) => "bad_handling_word",
            NodeError::BadReason => "bad_reason",
            NodeError::UnreadableValue(_) => "unreadable_value",
            NodeError::Map(_) => "bad_map",
            NodeError::File(error) | NodeError::ListUnreadable(_, error) => error.code(),
            NodeError::Broken { .. } => "broken_segment",
            NodeError::Ledger(_) => "sums_too_large",
            NodeError::KeysClosed => "keys_closed",
            NodeError::BadCardFile(..) => "bad_card_file",
            NodeError::FingerprintMismatch(_) => "fingerprint_mismatch",
            NodeError::OneOfficer(_) => "one_officer",
            NodeError::OwnCard => "own_card",
            NodeError::StaleCard(_) => "stale_card",
            NodeError::TlsKeyTaken(..) => "tls_key_taken",
            NodeError::AmbiguousPartner(..) => "ambiguous_partner",
            NodeError::LongAnswer => "long_answer",
            NodeError::BadBudget(..) => "bad_budget",
            NodeError::UnknownSession(_) => "unknown_session",
            NodeError::UnknownHit(_) => "unknown_hit",
            NodeError::BadPurpose(_) => "bad_purpose",
            NodeError::NeedsPermission(_) => "needs_permission",
            NodeError::Exchange(error) => error.code(),
            NodeError::Law(error) => error.code(),
            NodeError::Directory(error) => error.code(),
            NodeError::LawPack(error) => error.code(),
            NodeError::Request(error) => error.code(),
            NodeError::MatchNoRoom(_) => "match_no_room",
            NodeError::Port(_) => "system",
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "no_node",
        "node_exists",
        "unknown_user",
        "user_exists",
        "bad_user_name",
        "not_allowed",
        "unknown_case",
        "case_closed",
        "case_open",
        "bad_title",
        "unknown_ring",
        "unknown_account",
        "bad_account",
        "bad_subject",
        "unknown_rule",
        "unknown_pattern",
        "bad_window",
        "bad_opening",
        "unknown_transfer",
        "unknown_complaint",
        "unknown_record",
        "one_record",
        "bad_handling_word",
        "bad_reason",
        "unreadable_value",
        "bad_map",
        "broken_segment",
        "sums_too_large",
        "keys_closed",
        "bad_card_file",
        "fingerprint_mismatch",
        "one_officer",
        "own_card",
        "stale_card",
        "tls_key_taken",
        "ambiguous_partner",
        "long_answer",
        "bad_budget",
        "unknown_session",
        "match_no_room",
        "unknown_hit",
        "bad_purpose",
        "needs_permission",
        "system",
    ];

    /// What the texts are about: the offending value, and a second one where there is one.
    pub fn values(&self) -> (String, String) {
        let one = |text: &str| (model::refusal::shown(text).to_string(), String::new());
        match self {
            NodeError::UnknownUser(text)
            | NodeError::UserExists(text)
            | NodeError::BadUserName(text)
            | NodeError::UnknownCase(text)
            | NodeError::CaseClosed(text)
            | NodeError::CaseOpen(text)
            | NodeError::UnknownRing(text)
            | NodeError::UnknownAccount(text)
            | NodeError::BadSubject(text)
            | NodeError::UnknownRule(text)
            | NodeError::UnknownPattern(text)
            | NodeError::BadWindow(text)
            | NodeError::BadOpening(text)
            | NodeError::UnknownTransfer(text)
            | NodeError::UnknownComplaint(text)
            | NodeError::UnknownRecord(text)
            | NodeError::OneRecord(text)
            | NodeError::FingerprintMismatch(text)
            | NodeError::OneOfficer(text)
            | NodeError::StaleCard(text)
            | NodeError::NeedsPermission(text)
            | NodeError::UnknownSession(text)
            | NodeError::UnknownHit(text)
            | NodeError::BadPurpose(text)
            | NodeError::UnreadableValue(text) => one(text),
            NodeError::BadBudget(purpose, limit) => (one(purpose).0, limit.to_string()),
            NodeError::BadWord(part, word) => (one(word).0, (*part).to_owned()),
            NodeError::BadCardFile(text, other)
            | NodeError::TlsKeyTaken(text, other)
            | NodeError::AmbiguousPartner(text, other) => (one(text).0, one(other).0),
            NodeError::Exchange(error) => error.values(),
            NodeError::Law(error) => error.values(),
            NodeError::Directory(error) => error.values(),
            NodeError::LawPack(error) => error.values(),
            NodeError::Request(error) => error.values(),
            NodeError::NotAllowed { user, role } => (one(user).0, (*role).to_owned()),
            NodeError::Broken { file, cause } => (one(file).0, one(cause).0),
            NodeError::Map(lines) => match lines.first() {
                Some(line) => (line.value.to_string(), line.row.to_string()),
                None => one(""),
            },
            NodeError::Ledger(LedgerError::Sum(account)) => one(account),
            NodeError::Pattern(error) => (one(&error.value).0, error.line.to_string()),
            NodeError::File(error) | NodeError::ListUnreadable(_, error) => one(&error.value()),
            other => one(&other.to_string()),
        }
    }
}
