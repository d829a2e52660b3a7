//! Why a law pack is not taken from somebody.

use model::time::Timestamp;

/// Why a law pack is not installed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackRefusal {
    /// No law pack, or a damaged one: the file, and why.
    #[error("{0} is no law pack: {1}")]
    File(String, String),
    /// Signed by nobody whom we know.
    #[error("it is signed by agency {0}, which is no partner")]
    UnknownSigner(String),
    /// Signed by a partner that is suspended.
    #[error("its signer {0} is suspended")]
    Suspended(String),
    /// Signed by a partner that was revoked.
    #[error("its signer {0} is revoked")]
    Revoked(String),
    /// Signed by a key that the signer's card does not name.
    #[error("the card of {0} does not name the key that signed it")]
    UnknownKey(String),
    /// Signed by a key that its owner has revoked.
    #[error("{0} has revoked the key that signed it")]
    KeyRevoked(String),
    /// Signed when the key was not used.
    #[error("the key of {0} was not used when it was signed")]
    KeyExpired(String),
    /// A signature that does not hold: whose, and of which kind.
    #[error("the {1} signature of {0} does not hold")]
    Signature(String, &'static str),
    /// Signed tomorrow.
    #[error("it was signed at {0}, which is yet to come")]
    Future(Timestamp),
    /// Older than the one that answers: both.
    #[error("{0} is older than {1}")]
    Older(String, String),
    /// The built-in one answers already.
    #[error("no law pack is installed")]
    NoneInstalled,
}

impl PackRefusal {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PackRefusal::File(..) => "law_pack_bad_file",
            PackRefusal::UnknownSigner(_) => "law_pack_signer_unknown",
            PackRefusal::Suspended(_) => "law_pack_signer_suspended",
            PackRefusal::Revoked(_) => "law_pack_signer_revoked",
            PackRefusal::UnknownKey(_) => "law_pack_key_unknown",
            PackRefusal::KeyRevoked(_) => "law_pack_key_revoked",
            PackRefusal::KeyExpired(_) => "law_pack_key_expired",
            PackRefusal::Signature(..) => "law_pack_signature_wrong",
            PackRefusal::Future(_) => "law_pack_from_future",
            PackRefusal::Older(..) => "law_pack_older",
            PackRefusal::NoneInstalled => "law_pack_none_installed",
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "law_pack_bad_file",
        "law_pack_signer_unknown",
        "law_pack_signer_suspended",
        "law_pack_signer_revoked",
        "law_pack_key_unknown",
        "law_pack_key_revoked",
        "law_pack_key_expired",
        "law_pack_signature_wrong",
        "law_pack_from_future",
        "law_pack_older",
        "law_pack_none_installed",
    ];

    /// What the texts are about.
    pub fn values(&self) -> (String, String) {
        let one = |text: &str| model::refusal::shown(text).to_string();
        match self {
            PackRefusal::File(file, cause) => (one(file), one(cause)),
            PackRefusal::UnknownSigner(name)
            | PackRefusal::Suspended(name)
            | PackRefusal::Revoked(name)
            | PackRefusal::UnknownKey(name)
            | PackRefusal::KeyRevoked(name)
            | PackRefusal::KeyExpired(name) => (one(name), String::new()),
            PackRefusal::Signature(name, kind) => (one(name), (*kind).to_owned()),
            PackRefusal::Future(at) => (at.to_string(), String::new()),
            PackRefusal::Older(new, known) => (one(new), one(known)),
            PackRefusal::NoneInstalled => (String::new(), String::new()),
        }
    }
}
