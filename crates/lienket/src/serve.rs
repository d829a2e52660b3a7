//! `serve`: the node answers partners, visits them when there is something, and carries out the
//! commands that are given meanwhile, one after the other.

pub(crate) mod frame;
pub(crate) mod socket;

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use delivery::couriers::Couriers;
use delivery::door::Door;
use delivery::error::DeliveryError;
use delivery::observer::Observer;
use delivery::opening::OpenDoor;
use envelope::card::AgencyId;
use i18n::Language;
use node::duty::Duty;
use node::error::NodeError;
use node::exchange::{Exchange, Taken};
use serde::Serialize;

use crate::cli::ServeArgs;
use crate::failure::Failure;
use crate::run::Task;
use crate::terminal::{DONE, ExitStatus};
use crate::wiring::{self, OpenNode};
use socket::Asked;

/// Contents whose time is over are looked for so often.
const RETENTION: Duration = Duration::from_secs(15 * 60);

/// What the thread that holds the node is told.
pub(crate) enum Job {
    /// Carry out a command.
    Command(Box<Asked>),
    /// A parcel was taken: it goes into the audit.
    Took(AgencyId, Box<Taken>),
    /// Something of MATCH lies in the inbox.
    Came,
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
    let reporter = Reporter {
        jobs: Mutex::new(jobs.clone()),
        exchange: exchange.clone(),
        language: task.language,
    };
    let observer: Arc<dyn Observer> = Arc::new(reporter);
    let couriers = Arc::new(Couriers::new(exchange.clone(), identities, observer.clone()));
    let door = Arc::new(Door::new(exchange.clone(), couriers.clone(), observer));
    let open_door = OpenDoor::open(&runtime, args.listen, &identity, door.clone())?;
    let address = open_door.address;
    // A node whose card names no address would be found by nobody.
    let last = exchange.book().mine.last().map(|card| card.card().endpoints.clone());
    if last.is_none_or(|endpoints| endpoints.is_empty()) && !address.ip().is_unspecified() {
        open.node.announce(&[address.to_string()])?;
    }
    // One that waits is enough for all that came until it is done.
    let waiting = Mutex::new(jobs.clone());
    exchange.attend(move || {
        let _ = waiting.lock().unwrap_or_else(PoisonError::into_inner).send(Job::Came);
    });
    jobs.send(Job::Came).ok();
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

/// Tells the thread that holds the node.
struct Reporter {
    jobs: Mutex<Sender<Job>>,
    exchange: Arc<Exchange>,
    language: Language,
}

impl Reporter {
    fn send(&self, job: Job) {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        // It has gone when all comes to its end.
        let _ = jobs.send(job);
    }

    fn name(&self, partner: AgencyId) -> String {
        let book = self.exchange.book();
        let known = book.partners.get(&partner);
        known.map_or_else(|| partner.0.to_string(), |one| one.card.card().agency.clone())
    }
}

impl Observer for Reporter {
    fn took(&self, from: AgencyId, taken: Taken) {
        self.send(Job::Took(from, Box::new(taken)));
    }

    fn lost(&self, partner: AgencyId, why: &DeliveryError) {
        let answer = crate::failure::delivery(why, self.language);
        let name = self.name(partner);
        self.send(Job::Note(format!("{name}: {} {}", answer.message, answer.hint)));
    }

    fn found(&self, partner: AgencyId) {
        let name = self.name(partner);
        let values = [("partner", name.as_str().into())];
        self.send(Job::Note(i18n::text_with(self.language, "serve-reached", &values)));
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
            Ok(Job::Came) => turn(task, open)?,
            Ok(Job::Note(text)) => task.terminal.note(&text),
            Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                open.node.keep_times()?;
                turn(task, open)?;
            }
        }
    }
}

/// Deals with what came of MATCH and of requests. What a case's files do not allow is told, and
/// keeps nobody else waiting; a log or record that fails ends all.
fn turn(task: &Task, open: &mut OpenNode) -> Result<(), Failure> {
    match open.node.inbox_turn() {
        Ok(_) => Ok(()),
        Err(error @ (NodeError::Port(_) | NodeError::Exchange(_))) => Err(error.into()),
        Err(error) => {
            let told = Failure::from(error).answer(task.language);
            task.terminal.note(&format!("{} {}", told.message, told.hint));
            Ok(())
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
