//! Couriers: one for each partner, who goes there as soon as there is something, and comes back
//! later each time where nobody answers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use envelope::card::AgencyId;
use node::exchange::{Exchange, Standing};
use node::port::{Clock as _, Random as _};
use peer::bell::{Bell, Listener};
use peer::error::PeerError;
use peer::identity::Identity;
use peer::retry;
use store::chance::SystemRandom;
use store::clock::SystemClock;
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;

use crate::error::DeliveryError;
use crate::observer::Observer;
use crate::report::Report;
use crate::visit::Visitor;

/// An answer that may have been lost is brought after so long.
const LATER: Duration = Duration::from_secs(3);
/// Even where nothing is known to be new, partners are visited so often.
const ROUND: Duration = Duration::from_secs(15 * 60);
/// A node that nobody can reach waits at its partners so many seconds.
const WAIT: u64 = 50;

/// Everybody's courier.
pub struct Couriers {
    exchange: Arc<Exchange>,
    identities: Arc<[Identity]>,
    observer: Arc<dyn Observer>,
    /// There is something new for a partner.
    pub now: Arc<Bell>,
    /// A partner was answered, and may not have got the answer.
    pub later: Arc<Bell>,
    tasks: Mutex<BTreeMap<AgencyId, JoinHandle<()>>>,
}

/// One partner's courier.
struct Courier {
    exchange: Arc<Exchange>,
    partner: AgencyId,
    visitor: Visitor,
    observer: Arc<dyn Observer>,
    now: Listener,
    later: Listener,
}

impl Couriers {
    /// Couriers that have not set out yet; from now on they hear what the exchange has.
    pub fn new(
        exchange: Arc<Exchange>,
        identities: Arc<[Identity]>,
        observer: Arc<dyn Observer>,
    ) -> Couriers {
        let (now, later) = (Arc::new(Bell::default()), Arc::new(Bell::default()));
        let bell = now.clone();
        exchange.listen(move |partner| bell.ring(partner));
        Couriers { exchange, identities, observer, now, later, tasks: Mutex::default() }
    }

    /// A courier for each partner that has none yet; one whose partner is none any more goes home.
    pub fn start(&self, runtime: &Handle) {
        let book = self.exchange.book();
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|id, task| {
            let stays = book.partners.get(id).is_some_and(|one| one.standing == Standing::Active);
            if !stays {
                task.abort();
            }
            stays && !task.is_finished()
        });
        for (partner, one) in &book.partners {
            if one.standing != Standing::Active || tasks.contains_key(partner) {
                continue;
            }
            let is_alone = book.mine.last().is_none_or(|card| card.card().endpoints.is_empty());
            let (exchange, identities) = (self.exchange.clone(), self.identities.clone());
            let courier = Courier {
                exchange: exchange.clone(),
                partner: *partner,
                visitor: Visitor::new(exchange, identities, *partner, is_alone),
                observer: self.observer.clone(),
                now: self.now.listen(*partner),
                later: self.later.listen(*partner),
            };
            let going =
                async move { if is_alone { courier.wait().await } else { courier.go().await } };
            tasks.insert(*partner, runtime.spawn(going));
        }
    }

    /// All go home.
    pub fn stop(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *tasks).into_values().for_each(|task| task.abort());
    }
}

impl Courier {
    /// Goes when there is something.
    async fn go(mut self) {
        let mut failed = 0;
        loop {
            let mut report = Report::default();
            let done = self.visitor.visit(&mut report).await;
            self.tell(report, &done, failed);
            match done {
                Ok(()) => {
                    failed = 0;
                    self.rest().await;
                }
                Err(_) => {
                    failed += 1;
                    tokio::select! {
                        () = sleep(self.pause(failed)) => {}
                        // Who has just come to us can be reached again.
                        () = after(&mut self.later) => failed = 0,
                    }
                }
            }
        }
    }

    /// Until there is something to bring.
    async fn rest(&mut self) {
        let round = sleep(ROUND);
        tokio::pin!(round);
        loop {
            tokio::select! {
                () = self.now.rung() => return,
                () = &mut round => return,
                () = after(&mut self.later) => {
                    let (exchange, partner) = (self.exchange.clone(), self.partner);
                    let offer = spawn_blocking(move || exchange.offer(partner, None)).await;
                    // The partner may have the answer: then there is nothing new.
                    if !matches!(offer, Ok(Ok(offer)) if !offer.is_news) {
                        return;
                    }
                }
            }
        }
    }

    /// Stands at the partner's door all the time, and fetches: nobody can come to us.
    async fn wait(mut self) {
        let mut failed = 0;
        loop {
            let mut report = Report::default();
            let done = tokio::select! {
                done = self.visitor.wait(WAIT, &mut report) => done,
                () = self.now.rung() => Ok(()),
            };
            let done = match done {
                Ok(()) => self.visitor.visit(&mut report).await,
                failed => failed,
            };
            self.tell(report, &done, failed);
            match done {
                Ok(()) => failed = 0,
                Err(_) => {
                    failed += 1;
                    sleep(self.pause(failed)).await;
                }
            }
        }
    }

    /// How long to wait after so many tries: not past a deadline of what waits.
    fn pause(&self, failed: u32) -> Duration {
        let mut jitter = [0; 4];
        let _ = SystemRandom.fill(&mut jitter);
        let deadline = self.exchange.deadline(self.partner).ok().flatten();
        let left = deadline.map(|due| {
            let left = due.microseconds().saturating_sub(SystemClock.now().microseconds());
            Duration::from_micros(u64::try_from(left).unwrap_or(0))
        });
        let pause = retry::wait(failed, u32::from_be_bytes(jitter), left);
        // Too late for one thing is not too late for the others.
        pause.or_else(|| retry::wait(failed, 0, None)).unwrap_or(retry::LONGEST)
    }

    /// Tells what came, and that a partner is not reached or is reached again, once.
    fn tell(&self, report: Report, done: &Result<(), DeliveryError>, failed: u32) {
        for taken in report.taken {
            if taken.is_told() {
                self.observer.took(self.partner, taken);
            }
        }
        match done {
            // Who has no address is waited for: he comes himself.
            Err(DeliveryError::Peer(PeerError::NoEndpoint)) => {}
            Err(why) if failed == 0 => self.observer.lost(self.partner, why),
            Ok(()) if failed > 0 => self.observer.found(self.partner),
            _ => {}
        }
    }
}

/// A while after a bell rang.
async fn after(bell: &mut Listener) {
    bell.rung().await;
    sleep(LATER).await;
}
