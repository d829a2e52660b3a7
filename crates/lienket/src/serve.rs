//! `serve`: the node answers partners, visits them when there is something, and carries out the
//! commands that are given meanwhile, one after the other.

pub(crate) mod couriers;
pub(crate) mod door;
pub(crate) mod frame;
pub(crate) mod socket;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use envelope::card::AgencyId;
use i18n::Language;
use node::duty::Duty;
use node::error::NodeError;
use node::exchange::Taken;
use peer::error::PeerError;
use peer::identity::Identity;
use peer::limits::Limits;
use peer::server::Server;
use serde::Serialize;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::cli::ServeArgs;
use crate::failure::Failure;
use crate::run::Task;
use crate::terminal::{DONE, ExitStatus};
use crate::wiring::{self, OpenNode};
use couriers::Couriers;
use door::Door;
use socket::Asked;

/// Contents whose time is over are looked for so often.
const RETENTION: Duration = Duration::from_secs(15 * 60);

/// What the thread that holds the node is told.
pub(crate) enum Job {
    /// Carry out a command.
    Command(Box<Asked>),
    /// A parcel was taken: it goes into the audit.
    Took(AgencyId, Box<Taken>),
    /// Something that whoever watches the node should know.
    Note(String),
    /// It is time to go.
    Stop,
}

/// `serve`: where it listens, and which agency it is.
#[derive(Serialize)]
struct Serving {
    listening: String,
    endpoints: Vec<String>,
    fingerprint: String,
}

/// Serves until it is told to stop.
pub(crate) fn serve(task: &Task, args: &ServeArgs) -> Result<ExitStatus, Failure> {
    let by = task.by()?;
    // Commands come from other folders: nothing of ours may hang on this one.
    let home = std::path::absolute(task.home_path()).map_err(Failure::file(&task.home_path()))?;
    let mut open = wiring::open(&home, task.language)?;
    open.node.allow(by, Duty::Keep)?;
    let (exchange, identities) = (open.exchange()?, open.identities()?);
    let identity = identities.first().cloned().ok_or(NodeError::KeysClosed)?;
    let (jobs, work) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::system("start the line"))?;
    let couriers = Couriers::new(exchange.clone(), identities, jobs.clone(), task.language);
    let couriers = Arc::new(couriers);
    let door = Arc::new(Door::new(exchange.clone(), couriers.clone(), jobs.clone()));
    let open_door = OpenDoor::open(&runtime, args.listen, &identity, door.clone())?;
    let address = open_door.address;
    // A node whose card names no address would be found by nobody.
    let last = exchange.book().mine.last().map(|card| card.card().endpoints.clone());
    if last.is_none_or(|endpoints| endpoints.is_empty()) && !address.ip().is_unspecified() {
        open.node.announce(&[address.to_string()])?;
    }
    runtime.spawn(signals(jobs.clone()));
    let listener = socket::Listener::open(&home, jobs)?;
    couriers.start(runtime.handle());
    let card = exchange.book().mine.last().cloned();
    let endpoints = card.map(|card| card.card().endpoints.clone()).unwrap_or_default();
    let fingerprint = open.node.identity()?.fingerprint.clone();
    let serving_at = Serving { listening: address.to_string(), endpoints, fingerprint };
    task.print(&serving_at, show_serving)?;
    let done = attend(task, &mut open, &work, || couriers.start(runtime.handle()));
    drop(listener);
    couriers.stop();
    let closed = open_door.close(&runtime);
    door.keep_all();
    runtime.shutdown_timeout(Duration::from_secs(10));
    // What was taken while all came to its end is told too.
    while let Ok(Job::Took(from, taken)) = work.try_recv() {
        open.node.took(from, &taken)?;
    }
    done?;
    closed?;
    Ok(DONE)
}

/// A door at which partners are answered.
pub(crate) struct OpenDoor {
    /// Where it is.
    pub(crate) address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<Result<(), PeerError>>,
}

impl OpenDoor {
    /// Opens it; port 0 is any free one.
    pub(crate) fn open(
        runtime: &Runtime,
        listen: SocketAddr,
        identity: &Identity,
        door: Arc<Door>,
    ) -> Result<OpenDoor, Failure> {
        let server = {
            let _inside = runtime.enter();
            Server::bind(listen, identity, door, Limits::default())?
        };
        let (address, (stop, stopped)) = (server.local_addr(), watch::channel(false));
        Ok(OpenDoor { address, stop, serving: runtime.spawn(server.serve(stopped)) })
    }

    /// Closes it, once everybody inside has been answered.
    pub(crate) fn close(self, runtime: &Runtime) -> Result<(), Failure> {
        let _ = self.stop.send(true);
        match runtime.block_on(self.serving) {
            Ok(served) => Ok(served?),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}

/// Does one thing after the other, until it is time to go.
fn attend(
    task: &Task,
    open: &mut OpenNode,
    work: &Receiver<Job>,
    refresh: impl Fn(),
) -> Result<(), Failure> {
    loop {
        match work.recv_timeout(RETENTION) {
            Ok(Job::Command(asked)) => {
                asked.carry_out(open);
                // It may have made somebody a partner.
                refresh();
            }
            Ok(Job::Took(from, taken)) => open.node.took(from, &taken)?,
            Ok(Job::Note(text)) => task.terminal.note(&text),
            Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                open.node.retention("node")?;
            }
        }
    }
}

/// Says `Stop` when the system asks the process to end.
async fn signals(jobs: Sender<Job>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    let _ = jobs.send(Job::Stop);
}

fn show_serving(serving: &Serving, language: Language) -> String {
    let endpoints = serving.endpoints.join(", ");
    let values = [
        ("address", serving.listening.as_str().into()),
        ("endpoints", endpoints.as_str().into()),
        ("fingerprint", serving.fingerprint.as_str().into()),
    ];
    format!("{}\n", i18n::text_with(language, "serving", &values))
}
