//! Why the program stops: the node's refusal, the machine's failure, or a wrong word.

use std::path::Path;

use delivery::error::DeliveryError;
use documents::DocumentError;
use i18n::Language;
use node::answer::ErrorAnswer;
use node::error::NodeError;
use node::exchange::ExchangeError;
use node::law::LawError;
use node::port::PortError;
use node::requests::error::RequestError;
use peer::error::PeerError;
use store::error::StoreError;

use crate::terminal::{ExitStatus, FAILED, USAGE};

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The node refuses or failed.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// Disk or database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the command line could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        cause: String,
    },
    /// The process that serves the node ended while it carried out the command.
    #[error("the process that served the node of {0} ended")]
    ServerGone(String),
    /// Something was not carried to a partner.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// A question to the law pack has no answer.
    #[error(transparent)]
    Law(LawError),
    /// A law pack's folder could not be read.
    #[error("{path}: {cause}")]
    Pack {
        /// Which.
        path: String,
        /// What the system said.
        cause: String,
    },
    /// A request was not printed.
    #[error(transparent)]
    Document(DocumentError),
    /// A folder that the demo will not empty: the thing there that is not its own.
    #[error("{0} is not the demo's own")]
    DemoFolderUsed(String),
    /// A word of the command line means nothing here.
    #[error("{what}: {value:?}")]
    Word {
        /// Its code: `unknown_kind`, `unknown_role`, `bad_output`, `bad_country` …
        what: &'static str,
        /// The word.
        value: String,
    },
}

impl Failure {
    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path) -> impl Fn(std::io::Error) -> Failure {
        let path = path.display().to_string();
        move |error| Failure::File { path: path.clone(), cause: error.to_string() }
    }

    /// What the exchange refuses.
    pub(crate) fn exchange(error: ExchangeError) -> Failure {
        Failure::Node(NodeError::Exchange(error))
    }

    /// Something that the system does not let us do.
    pub(crate) fn system(operation: &'static str) -> impl Fn(std::io::Error) -> Failure {
        move |error| {
            let (object, cause) = ("the system".to_owned(), error.to_string());
            Failure::from(PortError { operation, object, cause })
        }
    }

    /// A word that means nothing here.
    pub(crate) fn word(what: &'static str, value: &str) -> Failure {
        Failure::Word { what, value: value.to_owned() }
    }

    /// A file name whose ending we do not write.
    pub(crate) fn output(path: &Path) -> Failure {
        Failure::word("bad_output", &path.display().to_string())
    }

    /// The exit status: a wrong word is wrong usage.
    pub(crate) fn status(&self) -> ExitStatus {
        let is_word = match self {
            Failure::Word { .. } => true,
            Failure::Law(error) | Failure::Node(NodeError::Law(error)) => error.is_word(),
            Failure::Node(error) => matches!(
                error,
                NodeError::BadSubject(_)
                    | NodeError::UnknownRule(_)
                    | NodeError::UnknownPattern(_)
                    | NodeError::Pattern(_)
                    | NodeError::BadWindow(_)
                    | NodeError::BadOpening(_)
                    | NodeError::BadAccount(_)
            ),
            _ => false,
        };
        if is_word { USAGE } else { FAILED }
    }

    /// Code, cause and remedy in a language.
    pub(crate) fn answer(&self, language: Language) -> ErrorAnswer {
        let (code, value, other) = match self {
            Failure::Node(error) => {
                let (value, mut other) = error.values();
                match error {
                    NodeError::NotAllowed { .. } => {
                        other = i18n::text(language, &format!("user-{other}"));
                    }
                    NodeError::Request(RequestError::Stage(_, act, stage)) => {
                        let stage = i18n::text(language, &format!("request-state-{stage}"));
                        other = format!("{act}: {stage}");
                    }
                    _ => {}
                }
                (error.code(), value, other)
            }
            Failure::Store(error) => (error.code(), error.value(), String::new()),
            Failure::Delivery(error) => return delivery(error, language),
            Failure::ServerGone(home) => ("server_gone", home.clone(), String::new()),
            Failure::File { path, cause } => ("file_failed", path.clone(), cause.clone()),
            Failure::Law(error) => {
                let (value, other) = error.values();
                (error.code(), value, other)
            }
            Failure::Document(error) => {
                let [message, hint] = error.text(language);
                return ErrorAnswer { code: error.code().to_owned(), message, hint };
            }
            Failure::Pack { path, cause } => ("pack_unreadable", path.clone(), cause.clone()),
            Failure::DemoFolderUsed(thing) => ("demo_folder_used", thing.clone(), String::new()),
            Failure::Word { what, value } => (*what, value.clone(), String::new()),
        };
        let [mut message, hint] = i18n::refusal(language, code, &value, &other);
        if let Failure::Node(NodeError::ListUnreadable(name, _)) = self {
            message = format!("{name}: {message}");
        }
        ErrorAnswer { code: code.to_owned(), message, hint }
    }
}

/// Why something was not carried: code, cause and remedy in a language.
pub(crate) fn delivery(error: &DeliveryError, language: Language) -> ErrorAnswer {
    let (code, value, other) = match error {
        DeliveryError::Exchange(error) => {
            let (value, other) = error.values();
            (error.code(), value, other)
        }
        DeliveryError::Peer(PeerError::Refused(refusal)) if has_text(&refusal.code) => {
            (refusal.code.as_str(), refusal.value.clone(), String::new())
        }
        DeliveryError::Peer(error) => (error.code(), error.value(), String::new()),
        DeliveryError::Carried(error) => (error.code(), error.value(), String::new()),
        DeliveryError::File { path, cause } => (error.code(), path.clone(), cause.clone()),
        other => (other.code(), String::new(), String::new()),
    };
    let [message, hint] = i18n::refusal(language, code, &value, &other);
    ErrorAnswer { code: code.to_owned(), message, hint }
}

/// Whether a code has texts here; another node may know codes that we do not.
pub(crate) fn has_text(code: &str) -> bool {
    i18n::has(Language::En, &format!("error-{}", code.replace('_', "-")))
}

impl From<PeerError> for Failure {
    fn from(error: PeerError) -> Failure {
        Failure::Delivery(error.into())
    }
}

impl From<PortError> for Failure {
    fn from(error: PortError) -> Failure {
        Failure::Store(StoreError::Port(error))
    }
}

#[cfg(test)]
mod tests {
    use envelope::carried::CarriedError;
    use store::gather::Fault;

    use node::pattern_file::Problem;

    use super::*;

    /// The codes of this module's own failures.
    const CODES: &[&str] = &[
        "file_failed",
        "server_gone",
        "demo_folder_used",
        "unknown_kind",
        "unknown_level",
        "unknown_role",
        "bad_output",
        "bad_table_output",
        "country_unknown",
        "bad_seed_file",
        "seed_file_not_text",
        "map_too_large",
        "map_not_text",
        "pattern_too_large",
        "pattern_not_text",
        "one_acts",
        "two_act",
        "message_text_too_large",
        "message_text_not_text",
        "bundle_not_valid",
        "key_unknown",
        "bad_document_languages",
        "bad_document_output",
        "font_too_large",
        "opening_too_large",
        "opening_unreadable",
    ];

    #[test]
    fn every_code_has_cause_and_remedy_in_both_languages() {
        let codes = [
            CODES,
            NodeError::CODES,
            &Problem::CODES,
            StoreError::CODES,
            Fault::CODES,
            formats::error::CODES,
            node::exchange::CODES,
            node::matching::CODES,
            node::requests::CODES,
            node::requests::error::RequestError::CODES,
            node::law::CODES,
            node::directory::error::DirectoryError::CODES,
            node::law::PackRefusal::CODES,
            documents::error::CODES,
            &law::fault::Problem::ALL.map(law::fault::Problem::code),
            PeerError::CODES,
            peer::refusal::CODES,
            CarriedError::CODES,
        ];
        let mut missing = Vec::new();
        for code in codes.into_iter().flatten() {
            let key = format!("error-{}", code.replace('_', "-"));
            for language in Language::all() {
                for key in [key.clone(), format!("{key}-hint")] {
                    if !i18n::has(language, &key) {
                        missing.push((language, key));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
