//! Wires a node to the machine: its home, its log, its files, its keys, and its record with others.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use node::answer::Made;
use node::error::NodeError;
use node::exchange::{Exchange, Outside};
use node::matching::MatchOutside;
use node::node::Node;
use node::people::{self, NewNode};
use node::port::{Clock as _, Keys as _, Ports};
use peer::identity::Identity;
use store::blobs::FileBlobs;
use store::chance::SystemRandom;
use store::clock::SystemClock;
use store::home::Home;
use store::journal::SqliteJournal;
use store::keys::KeyRing;
use store::matching::FileMatching;
use store::protection::{self, Named, Protection};
use store::record::SqliteRecord;
use store::vault::FileVault;

use crate::failure::Failure;
use crate::progress::Bar;

/// A node open in its home; the home's lock is held as long.
pub(crate) struct OpenNode {
    pub(crate) node: Node,
    pub(crate) joined: Option<Joined>,
    pub(crate) home: Home,
}

/// What is open once the node takes part in the exchange.
pub(crate) struct Joined {
    pub(crate) exchange: Arc<Exchange>,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) record: Arc<SqliteRecord>,
}

impl OpenNode {
    /// Opens the keys and the record, where they are not open yet.
    pub(crate) fn join(&mut self) -> Result<&Joined, Failure> {
        if self.joined.is_none() {
            self.node.identity()?;
            let home = self.home.path();
            let keys = Arc::new(KeyRing::open(home, &protection()?)?);
            let record = Arc::new(SqliteRecord::open(&home.join("record.db"))?);
            let outside = Outside {
                clock: Arc::new(SystemClock),
                keys: keys.clone(),
                random: Arc::new(SystemRandom),
                record: record.clone(),
                blobs: Arc::new(FileBlobs::open(home)?),
                threads: std::thread::available_parallelism().map_or(1, usize::from),
            };
            let exchange = self.node.join(outside)?;
            let kept = Arc::new(FileMatching::open(home, keys.clone())?);
            self.node.open_matching(MatchOutside {
                secrets: kept.clone(),
                shelf: kept,
                random: Arc::new(SystemRandom),
                threads: std::thread::available_parallelism().map_or(1, usize::from),
            });
            self.joined = Some(Joined { exchange, keys, record });
        }
        Ok(self.joined.as_ref().ok_or(NodeError::KeysClosed)?)
    }

    /// The node's TLS keys, in the order in which partners may know them.
    pub(crate) fn identities(&mut self) -> Result<Arc<[Identity]>, Failure> {
        let seeds = self.join()?.keys.tls_seeds(SystemClock.now());
        let identities = seeds.iter().map(|seed| Identity::from_seed(seed));
        Ok(identities.collect::<Result<_, _>>()?)
    }

    /// The exchange, opened.
    pub(crate) fn exchange(&mut self) -> Result<Arc<Exchange>, Failure> {
        Ok(self.join()?.exchange.clone())
    }
}

/// The node's directory where none is named.
pub(crate) fn default_home() -> PathBuf {
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let data = data.or_else(|| home.map(|home| home.join(".local").join("share")));
    data.unwrap_or_else(|| PathBuf::from(".")).join("lienket")
}

/// What protects the node's keys, by the variables that `store::protection` names.
pub(crate) fn protection() -> Result<Protection, Failure> {
    // Commands of a served node come from other folders: files are where they were at the start.
    static NAMED: OnceLock<Named> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let text = |variable| Some(std::env::var_os(variable)?.to_string_lossy().into_owned());
        let file = |variable| {
            let path = std::env::var_os(variable).map(PathBuf::from);
            path.map(|path| std::path::absolute(&path).unwrap_or(path))
        };
        Named {
            passphrase_file: file(protection::PASSPHRASE_FILE),
            module: file(protection::MODULE),
            token: text(protection::TOKEN),
            pin_file: file(protection::PIN_FILE),
            key: text(protection::KEY),
        }
    });
    Ok(named.read()?)
}

/// Opens the node of a home.
pub(crate) fn open(path: &Path, language: Language) -> Result<OpenNode, Failure> {
    let home = Home::open(path)?.ok_or(NodeError::NoNode)?;
    let mut node = Node::open(ports(path, language)?, home.rates()?)?;
    node.mend()?;
    node.sweep_graphs()?;
    Ok(OpenNode { node, joined: None, home })
}

/// Makes a node in a home.
pub(crate) fn init(
    path: &Path,
    agency: &str,
    country: Country,
    kind: AgencyKind,
    language: Language,
) -> Result<(OpenNode, Made), Failure> {
    if let Some(home) = Home::open(path)? {
        let node = Node::open(ports(path, language)?, home.rates()?)?;
        if node.identity().is_ok() {
            return Err(NodeError::NodeExists.into());
        }
    }
    // What can be wrong with the words is told before anything is made: no half home is left.
    let agency = people::agency_name(agency)?;
    let protection = protection()?;
    protection.prepare()?;
    let home = Home::create(path)?;
    // An init that was cut off after its key and before its event goes on with that key.
    let ports = ports(path, language)?;
    let ring = KeyRing::open_or_create(path, &protection, ports.clock.now())?;
    let root = &ring.public().root;
    let mut node = Node::open(ports, home.rates()?)?;
    let made = node.init(NewNode {
        agency,
        country,
        kind,
        public_key: root.ed25519.iter().map(|byte| format!("{byte:02x}")).collect(),
        fingerprint: root.agency().words(),
        home: path.display().to_string(),
        case_title: i18n::text(language, "default-case-title"),
    })?;
    Ok((OpenNode { node, joined: None, home }, made))
}

fn ports(path: &Path, language: Language) -> Result<Ports, Failure> {
    Ok(Ports {
        clock: Box::new(SystemClock),
        journal: Box::new(SqliteJournal::open(&path.join("node.db"))?),
        vault: Box::new(FileVault::open(path)?),
        progress: Box::new(Bar::new(language)),
    })
}
