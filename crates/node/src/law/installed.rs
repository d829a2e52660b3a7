//! The law pack that two officers let answer, as the log names it.

use std::collections::BTreeMap;

use model::day::Day;
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A pack that was installed. Its file lies among the originals, and its digest stands for all of
/// it: the signatures were checked when the officers took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledPack {
    /// The digest of the file as it came.
    pub file: Digest,
    /// The pack's own digest, which answers and requests name.
    pub pack: Digest,
    /// What it calls itself.
    pub name: String,
    /// The day on which its facts were put together.
    pub made: Day,
    /// When it was signed, by its signer's clock.
    pub signed: Timestamp,
    /// Who signed it.
    pub agency: Digest,
    /// That agency's name then.
    pub signer: String,
    /// The digest of the key that signed it.
    pub key: Digest,
}

/// What two officers decided about law packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PackDeed {
    /// A pack answers from now on.
    Installed {
        /// Which.
        pack: InstalledPack,
        /// The second officer; the first one recorded it.
        second: String,
    },
    /// The built-in pack answers again.
    Removed {
        /// The digest of the pack that answered.
        pack: Digest,
        /// The second officer; the first one recorded it.
        second: String,
    },
}

impl PackDeed {
    /// The key of its text, and what it is about, for the audit.
    pub(crate) fn told(&self) -> (&'static str, String) {
        let short = |digest: &Digest| digest.to_string().chars().take(12).collect::<String>();
        match self {
            PackDeed::Installed { pack, second } => {
                let told = format!("{} ({}) ← {}", pack.name, short(&pack.pack), pack.signer);
                ("event-law-pack-installed", format!("{told} + {second}"))
            }
            PackDeed::Removed { pack, second } => {
                ("event-law-pack-removed", format!("{} + {second}", short(pack)))
            }
        }
    }
}

/// Who let a pack answer, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which pack.
    pub pack: InstalledPack,
    /// When.
    pub at: Timestamp,
    /// The officer who recorded it, and the second one.
    pub officers: [String; 2],
}

/// What the log says of law packs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LawPacks {
    /// The pack that answers; `None`: the built-in one.
    pub installed: Option<Taken>,
    /// The files of all packs that ever answered: decisions rest on them.
    pub files: BTreeMap<Digest, String>,
}

impl LawPacks {
    /// What is known after one more deed.
    pub(crate) fn apply(&mut self, at: Timestamp, by: &str, deed: &PackDeed) {
        match deed {
            PackDeed::Installed { pack, second } => {
                self.files.insert(pack.file, pack.name.clone());
                let officers = [by.to_owned(), second.clone()];
                self.installed = Some(Taken { pack: pack.clone(), at, officers });
            }
            PackDeed::Removed { .. } => self.installed = None,
        }
    }
}
