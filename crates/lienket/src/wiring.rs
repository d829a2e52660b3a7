//! Wires the node to the machine: its home, its ports, its keys, its exchange.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use node::exchange::{Exchange, Outside};
use node::node::Node;
use node::people::{self, NewNode};
use node::port::{Keys as _, Ports, Progress};
use store::blobs::FileBlobs;
use store::chance::SystemRandom;
use store::clock::SystemClock;
use store::home::Home;
use store::journal::SqliteJournal;
use store::keys::KeyRing;
use store::passphrase::Passphrase;
use store::record::SqliteRecord;
use store::vault::FileVault;

use crate::failure::Failure;
use crate::progress::Bar;

/// A node open in its home; the home's lock is held as long.
pub(crate) struct OpenNode {
    pub(crate) node: Node,
    pub(crate) home: Home,
    /// The keys, once a command needs them.
    pub(crate) keys: Option<Arc<KeyRing>>,
}

impl OpenNode {
    /// The exchange; the keys are opened with the passphrase where that was not done before.
    pub(crate) fn exchange(&mut self) -> Result<Arc<Exchange>, Failure> {
        if let Ok(exchange) = self.node.exchange() {
            return Ok(exchange.clone());
        }
        let home = self.home.path();
        let keys = Arc::new(KeyRing::open(home, passphrase()?.as_ref())?);
        let outside = Outside {
            clock: Arc::new(SystemClock),
            keys: keys.clone(),
            random: Arc::new(SystemRandom),
            record: Arc::new(SqliteRecord::open(&home.join("record.db"))?),
            blobs: Arc::new(FileBlobs::open(home)?),
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        };
        self.keys = Some(keys);
        Ok(self.node.join(outside)?)
    }
}

/// The passphrase of the file that `LIENKET_PASSPHRASE_FILE` names.
pub(crate) fn passphrase() -> Result<Option<Passphrase>, Failure> {
    let path = std::env::var_os("LIENKET_PASSPHRASE_FILE").map(PathBuf::from);
    Ok(path.map(|path| Passphrase::read(&path)).transpose()?)
}

/// Opens the node of a home.
pub(crate) fn open(path: &Path, language: Language) -> Result<OpenNode, Failure> {
    open_with(path, Box::new(Bar::new(language)))
}

/// Opens the node of a home, with somebody who is told of progress.
pub(crate) fn open_with(path: &Path, progress: Box<dyn Progress>) -> Result<OpenNode, Failure> {
    let home = Home::open(path)?.ok_or(node::error::NodeError::NoNode)?;
    let mut node = Node::open(ports(path, progress)?, home.rates()?)?;
    node.mend()?;
    node.sweep_graphs()?;
    Ok(OpenNode { node, home, keys: None })
}

/// Makes a node in a home.
pub(crate) fn init(
    path: &Path,
    agency: &str,
    country: Country,
    kind: AgencyKind,
    language: Language,
) -> Result<(OpenNode, node::answer::Made), Failure> {
    let progress = || Box::new(Bar::new(language));
    if let Some(home) = Home::open(path)? {
        let node = Node::open(ports(path, progress())?, home.rates()?)?;
        if node.identity().is_ok() {
            return Err(node::error::NodeError::NodeExists.into());
        }
    }
    // What can be wrong with the words is told before anything is made: no half home is left.
    let agency = people::agency_name(agency)?;
    let passphrase = passphrase()?;
    let home = Home::create(path)?;
    // An init that was cut off after its key and before its event goes on with that key.
    let ports = ports(path, progress())?;
    let ring = KeyRing::open_or_create(path, passphrase.as_ref(), ports.clock.now())?;
    let root = ring.public().root;
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
    Ok((OpenNode { node, home, keys: None }, made))
}

fn ports(path: &Path, progress: Box<dyn Progress>) -> Result<Ports, Failure> {
    Ok(Ports {
        clock: Box::new(SystemClock),
        journal: Box::new(SqliteJournal::open(&path.join("node.db"))?),
        vault: Box::new(FileVault::open(path)?),
        progress,
    })
}
