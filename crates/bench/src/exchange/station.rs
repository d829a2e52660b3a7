//! A node with its line, in this process: keys, record and files in a folder of its own.

use std::path::Path;
use std::sync::{Arc, Mutex};

use delivery::couriers::Couriers;
use delivery::door::Door;
use delivery::observer::{Nobody, Observer};
use delivery::opening::OpenDoor;
use envelope::card::AgencyId;
use envelope::handling::{Handling, Pap};
use model::agency::AgencyKind;
use model::country::Country;
use model::indicator::Tlp;
use node::exchange::{Book, Exchange, Outgoing, Outside, Partner, Standing};
use node::port::record::{Blobs, MessageState, Wanted};
use node::port::{Clock as _, Keys as _};
use peer::identity::Identity;
use store::blobs::FileBlobs;
use store::chance::SystemRandom;
use store::clock::SystemClock;
use store::keys::KeyRing;
use store::protection::Protection;
use store::record::SqliteRecord;
use tokio::runtime::Runtime;

use super::told;

/// A node.
pub(crate) struct Station {
    pub(crate) exchange: Arc<Exchange>,
    pub(super) identities: Arc<[Identity]>,
    pub(super) couriers: Arc<Couriers>,
    door: Arc<Door>,
    open: Mutex<Option<OpenDoor>>,
}

impl Station {
    /// A node in a folder, made where there is none, with these partners' standings.
    pub(crate) fn open(
        home: &Path,
        partners: Vec<(AgencyId, Standing)>,
    ) -> Result<Station, String> {
        std::fs::create_dir_all(home).map_err(told)?;
        let blobs = FileBlobs::open(home).map_err(told)?;
        Station::open_with(home, partners, Arc::new(blobs))
    }

    /// The same, whose sealed files lie elsewhere.
    pub(super) fn open_with(
        home: &Path,
        partners: Vec<(AgencyId, Standing)>,
        blobs: Arc<dyn Blobs>,
    ) -> Result<Station, String> {
        std::fs::create_dir_all(home.join("keys")).map_err(told)?;
        let ring = KeyRing::open_or_create(home, &Protection::Plain, SystemClock.now());
        let ring = ring.map_err(told)?;
        let seeds = ring.tls_seeds(SystemClock.now());
        let identities = seeds.iter().map(|seed| Identity::from_seed(seed));
        let identities: Arc<[Identity]> = identities.collect::<Result<_, _>>().map_err(told)?;
        let me = ring.public().root.agency();
        let outside = Outside {
            clock: Arc::new(SystemClock),
            keys: Arc::new(ring),
            random: Arc::new(SystemRandom),
            record: Arc::new(SqliteRecord::open(&home.join("record.db")).map_err(told)?),
            blobs,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        };
        let book = Book::read(&*outside.record, me, partners).map_err(told)?;
        let exchange = Arc::new(Exchange::new(me, outside, book));
        let observer: Arc<dyn Observer> = Arc::new(Nobody);
        let couriers =
            Arc::new(Couriers::new(exchange.clone(), identities.clone(), observer.clone()));
        let door = Arc::new(Door::new(exchange.clone(), couriers.clone(), observer));
        Ok(Station { exchange, identities, couriers, door, open: Mutex::default() })
    }

    /// Opens the door, and says on the node's card where it is.
    pub(super) fn listen(&self, runtime: &Runtime) -> Result<(), String> {
        let identity = self.identities.first().ok_or("there is no TLS key")?;
        let address = ([127, 0, 0, 1], 0).into();
        let open = OpenDoor::open(runtime, address, identity, self.door.clone()).map_err(told)?;
        self.issue(&[open.address.to_string()])?;
        *self.open.lock().map_err(told)? = Some(open);
        Ok(())
    }

    /// A card with these endpoints.
    pub(super) fn issue(&self, endpoints: &[String]) -> Result<(), String> {
        let holder = ("Made up".to_owned(), Country::VN, AgencyKind::Police);
        let card = self.exchange.draw_up(holder, endpoints).map_err(told)?;
        card.map_or(Ok(()), |card| self.exchange.issue(&card).map_err(told))
    }

    /// Accepts another node's newest card.
    pub(super) fn accept(&self, other: &Station) -> Result<(), String> {
        let card = other.exchange.book().mine.last().cloned().ok_or("there is no card")?;
        self.exchange.keep_card(&card).map_err(told)?;
        self.exchange.change_book(|book| {
            let partner = Partner { card, standing: Standing::Active };
            book.partners.insert(other.exchange.me(), partner);
        });
        Ok(())
    }

    /// How many messages have not been accepted yet; counts to so many.
    pub(super) fn queued(&self, most: usize) -> Result<usize, String> {
        let states = vec![MessageState::Queued];
        let wanted = Wanted { from: Some(self.exchange.me()), states, most, ..Wanted::default() };
        Ok(self.exchange.messages(&wanted).map_err(told)?.len())
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        self.couriers.stop();
    }
}

/// A message of so many bytes.
pub(super) fn message(bytes: usize) -> Outgoing {
    Outgoing {
        kind: "message".to_owned(),
        handling: Handling {
            tlp: Tlp::Amber,
            pap: Pap::Amber,
            purpose: "measurement".to_owned(),
            basis: "none: made up".to_owned(),
            limits: Vec::new(),
            limit_text: None,
            source: None,
            information: None,
            retain_until: None,
        },
        body: vec![b'x'; bytes],
        in_reply_to: None,
        due: None,
        attachments: Vec::new(),
    }
}
