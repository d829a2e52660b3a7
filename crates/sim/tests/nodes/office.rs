//! An agency's whole node on a disk of its own, with keys that follow from a number, and a log that
//! can be made to fail.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use envelope::card::AgencyId;
use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use model::rates::Rates;
use model::time::Timestamp;
use node::event::{Event, Recorded, UserRole};
use node::exchange::{Exchange, Outside};
use node::import::Import;
use node::matching::MatchOutside;
use node::node::Node;
use node::people::NewNode;
use node::port::{Journal, PortError, Ports, Random, Silent, Text};
use sim::agency::Agency;
use sim::chance::Chance;
use sim::world::{StandingClock, day};
use store::blobs::FileBlobs;
use store::journal::SqliteJournal;
use store::matching::FileMatching;
use store::record::SqliteRecord;
use store::vault::FileVault;

use super::scarce::{Room, ScarceShelf};

/// An agency with its people and its node.
pub(crate) struct Office {
    pub(crate) name: &'static str,
    pub(crate) node: Node,
    pub(crate) keys: Arc<Agency>,
    pub(crate) clock: StandingClock,
    /// Whether its log takes nothing now.
    pub(crate) is_full: Arc<AtomicBool>,
    /// How much MATCH may keep aside.
    pub(crate) room: Room,
    folder: PathBuf,
    starts: u64,
}

struct Drawn(Mutex<Chance>);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), PortError> {
        let mut chance = self.0.lock().unwrap();
        bytes.iter_mut().for_each(|byte| *byte = chance.draw().to_le_bytes()[0]);
        Ok(())
    }
}

/// The real log, on a disk that is full when the test says so.
struct Log {
    inner: SqliteJournal,
    is_full: Arc<AtomicBool>,
}

impl Journal for Log {
    fn events(&self) -> Result<Vec<Recorded>, PortError> {
        self.inner.events()
    }

    fn append(
        &self,
        at: Timestamp,
        by: &str,
        events: &[Event],
    ) -> Result<Vec<Recorded>, PortError> {
        if self.is_full.load(Ordering::SeqCst) {
            let (object, cause) = ("the log".to_owned(), "no space left".to_owned());
            return Err(PortError { operation: "append", object, cause });
        }
        self.inner.append(at, by, events)
    }
}

impl Office {
    /// A new node with the people that `init` makes, an administrator and an auditor.
    pub(crate) fn new(
        number: u8,
        name: &'static str,
        country: &'static str,
        folder: &Path,
    ) -> Office {
        std::fs::create_dir_all(folder).unwrap();
        let keys = Arc::new(Agency::new(number, day(-1, 0), day(90, 0)));
        let (clock, is_full) = (StandingClock::default(), Arc::new(AtomicBool::new(false)));
        let mut node = open(folder, &clock, &is_full);
        node.init(NewNode {
            agency: name.to_owned(),
            country: Country::parse(country).unwrap(),
            kind: AgencyKind::Police,
            public_key: String::new(),
            fingerprint: String::new(),
            home: folder.display().to_string(),
            case_title: "case".to_owned(),
        })
        .unwrap();
        node.add_user("second", "admin", UserRole::Administrator).unwrap();
        node.add_user("second", "audit", UserRole::Auditor).unwrap();
        let folder = folder.to_owned();
        let room = Room::default();
        let mut office = Office { name, node, keys, clock, is_full, room, folder, starts: 0 };
        office.join("record.db");
        office
    }

    /// Starts the node anew: what was only in memory is gone.
    pub(crate) fn restart(&mut self) {
        self.restart_on("record.db");
    }

    /// Starts the node anew with another record, such as an empty one after the old one was lost.
    pub(crate) fn restart_on(&mut self, record: &str) {
        self.node = open(&self.folder, &self.clock, &self.is_full);
        self.join(record);
    }

    fn join(&mut self, record: &str) {
        self.starts += 1;
        let seed = self.id_of_keys().0.0[0];
        let chance = Chance::new(u64::from(seed) << 32 | self.starts);
        let record = SqliteRecord::open(&self.folder.join(record)).unwrap();
        let outside = Outside {
            clock: Arc::new(self.clock.clone()),
            keys: self.keys.clone(),
            random: Arc::new(Drawn(Mutex::new(chance))),
            record: Arc::new(record),
            blobs: Arc::new(FileBlobs::open(&self.folder).unwrap()),
            threads: 1,
        };
        let random = outside.random.clone();
        self.node.join(outside).unwrap();
        let kept = Arc::new(FileMatching::open(&self.folder, self.keys.clone()).unwrap());
        let room = self.room.clone();
        let (secrets, shelf) = (kept.clone(), Arc::new(ScarceShelf { inner: kept, room }));
        self.node.open_matching(MatchOutside { secrets, shelf, random, threads: 1 });
    }

    /// Imports a list of complaints into the default case.
    pub(crate) fn import(&mut self, complaints: &str) {
        let header = "complaint_id,reported_at,agency,paid_to_bank,paid_to_account,amount,currency,\
                      suspect_phone,suspect_email";
        let bytes = format!("{header}\n{complaints}\n").into_bytes();
        let text = Text { name: format!("{}.csv", bytes.len()), bytes };
        let request = Import::default();
        let answer = self.node.import("first", &request, &[&text], Language::En).unwrap();
        let file = &answer.files[0];
        assert!(file.error.is_none() && file.rejected.is_empty(), "{file:?}");
    }

    fn id_of_keys(&self) -> AgencyId {
        node::port::Keys::public(&*self.keys).root.agency()
    }

    /// Which agency it is.
    pub(crate) fn id(&self) -> AgencyId {
        self.exchange().me()
    }

    pub(crate) fn exchange(&self) -> Arc<Exchange> {
        self.node.exchange().unwrap().clone()
    }

    /// The newest card as it is handed over, and its twelve words.
    pub(crate) fn card(&mut self) -> (Vec<u8>, String) {
        let (told, card) = self.node.card("first", &[]).unwrap();
        (card.bytes().to_vec(), told.fingerprint)
    }

    /// A newer card than the one before: new keys from now on.
    pub(crate) fn renew(&mut self) -> (Vec<u8>, String) {
        self.keys.renew(day(0, 0), day(180, 0), false);
        self.card()
    }

    /// Where its disk is.
    pub(crate) fn home(&self) -> &Path {
        &self.folder
    }

    /// Everything in the log.
    pub(crate) fn events(&self) -> Vec<Recorded> {
        self.node.audit("audit").unwrap()
    }

    /// The newest event, and who did it.
    pub(crate) fn newest(&self) -> (String, Event) {
        let newest = self.events().pop().unwrap();
        (newest.by, newest.event)
    }
}

fn open(folder: &Path, clock: &StandingClock, is_full: &Arc<AtomicBool>) -> Node {
    let inner = SqliteJournal::open(&folder.join("node.db")).unwrap();
    let ports = Ports {
        clock: Box::new(clock.clone()),
        journal: Box::new(Log { inner, is_full: is_full.clone() }),
        vault: Box::new(FileVault::open(folder).unwrap()),
        progress: Box::new(Silent),
    };
    Node::open(ports, Rates::default()).unwrap()
}
