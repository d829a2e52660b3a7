//! What `doctor` says of the law pack that answers here.

use envelope::law_pack::MAX_BYTES;
use model::digest::Digest;

use super::builtin;
use super::packs::age_days;
use crate::error::NodeError;
use crate::exchange::Standing;
use crate::node::Node;

/// Facts of the law that are older are worth a word.
const MAX_AGE_DAYS: i64 = 365;

/// Something worth a word, or nothing: the pack's name, or its signer's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackHealth {
    /// The built-in one answers.
    BuiltIn(String),
    /// An installed one answers.
    Installed(String),
    /// The file of one that answered before is missing or damaged.
    EarlierLost(String),
    /// Its facts were put together more than a year ago.
    Old(String),
    /// The built-in one was put together later.
    BuiltInNewer(String),
    /// Its signer was suspended since.
    SignerSuspended(String),
    /// Its signer was revoked since.
    SignerRevoked(String),
    /// Its signer has revoked the key since.
    KeyRevoked(String),
}

impl PackHealth {
    /// The key of its text.
    pub fn key(&self) -> &'static str {
        match self {
            PackHealth::BuiltIn(_) => "doctor-law-pack-built-in",
            PackHealth::Installed(_) => "doctor-law-pack",
            PackHealth::EarlierLost(_) => "doctor-law-pack-earlier-lost",
            PackHealth::Old(_) => "doctor-law-pack-old",
            PackHealth::BuiltInNewer(_) => "doctor-law-pack-built-in-newer",
            PackHealth::SignerSuspended(_) => "doctor-law-pack-signer-suspended",
            PackHealth::SignerRevoked(_) => "doctor-law-pack-signer-revoked",
            PackHealth::KeyRevoked(_) => "doctor-law-pack-key-revoked",
        }
    }

    /// What its text is about.
    pub fn value(&self) -> &str {
        match self {
            PackHealth::BuiltIn(name)
            | PackHealth::Installed(name)
            | PackHealth::EarlierLost(name)
            | PackHealth::Old(name)
            | PackHealth::BuiltInNewer(name)
            | PackHealth::SignerSuspended(name)
            | PackHealth::SignerRevoked(name)
            | PackHealth::KeyRevoked(name) => name,
        }
    }

    /// Whether nothing has to be mended.
    pub fn is_ok(&self) -> bool {
        !matches!(self, PackHealth::EarlierLost(_))
    }

    /// Whether somebody should look at it.
    pub fn is_warning(&self) -> bool {
        !matches!(self, PackHealth::BuiltIn(_) | PackHealth::Installed(_))
    }
}

impl Node {
    /// How the law pack that answers is; an error where it cannot be read. What partners' cards
    /// say of keys is known where the keys are open.
    pub fn check_law_pack(&self) -> Result<Vec<PackHealth>, NodeError> {
        let (pack, own) = (self.law_pack()?, builtin()?);
        let mut found = Vec::new();
        let name = || pack.name().to_owned();
        match &self.state.law.installed {
            None => found.push(PackHealth::BuiltIn(name())),
            Some(one) => {
                // What is in memory was read once: the file is asked for again.
                self.installed_file(&one.pack)?;
                found.push(PackHealth::Installed(name()));
                if own.made() > one.pack.made {
                    found.push(PackHealth::BuiltInNewer(own.name().to_owned()));
                }
                let signer = one.pack.signer.clone();
                match self.state.partners.get(&one.pack.agency) {
                    Some(Standing::Suspended) => found.push(PackHealth::SignerSuspended(signer)),
                    Some(Standing::Revoked) => found.push(PackHealth::SignerRevoked(signer)),
                    _ if self.is_revoked(one.pack.agency, one.pack.key) => {
                        found.push(PackHealth::KeyRevoked(signer));
                    }
                    _ => {}
                }
            }
        }
        // Decisions rest on them, and no backup is made without them.
        for (file, name) in &self.state.law.files {
            if self.read_kept(file, MAX_BYTES as u64).is_err() {
                found.push(PackHealth::EarlierLost(name.clone()));
            }
        }
        if age_days(pack.made(), self.ports.clock.now()) > MAX_AGE_DAYS {
            found.push(PackHealth::Old(name()));
        }
        Ok(found)
    }

    /// Whether an agency has revoked a key of its own, as far as that is known here.
    fn is_revoked(&self, agency: Digest, key: Digest) -> bool {
        let Ok(exchange) = self.exchange() else { return false };
        let (book, now) = (exchange.book(), self.ports.clock.now());
        let revoked = match book.partners.iter().find(|(id, _)| id.0 == agency) {
            Some((_, partner)) => partner.card.card().revoked.clone(),
            None if exchange.me().0 == agency => exchange.keys().public().revoked,
            None => Vec::new(),
        };
        revoked.iter().any(|one| one.key == key && one.from <= now)
    }
}
