//! Bells: one a partner, rung when there is something new for it. Partners that can only dial out
//! wait for theirs.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use envelope::card::AgencyId;
use tokio::sync::watch;

/// The bells of a node. Only partners that somebody listens for have one.
#[derive(Debug, Default)]
pub struct Bell {
    partners: Mutex<BTreeMap<AgencyId, watch::Sender<()>>>,
}

/// Hears the bell of one partner.
#[derive(Debug)]
pub struct Listener(watch::Receiver<()>);

impl Bell {
    /// There is something new for this partner.
    pub fn ring(&self, partner: AgencyId) {
        let mut partners = self.partners.lock().unwrap_or_else(PoisonError::into_inner);
        // A bell that nobody hears any more is taken down.
        if partners.get(&partner).is_some_and(|bell| bell.send(()).is_err()) {
            partners.remove(&partner);
        }
    }

    /// From this moment on no ring for this partner is missed.
    pub fn listen(&self, partner: AgencyId) -> Listener {
        let mut partners = self.partners.lock().unwrap_or_else(PoisonError::into_inner);
        Listener(partners.entry(partner).or_insert_with(|| watch::Sender::new(())).subscribe())
    }
}

impl Listener {
    /// Ends when the bell rang since the last time.
    pub async fn rung(&mut self) {
        // A bell that was taken down rings no more: then only the time is left.
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use model::digest::Digest;
    use tokio::time::{Duration, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_ring_is_heard_once_and_by_its_partner_alone() {
        let (bell, one, other) =
            (Bell::default(), AgencyId(Digest([1; 32])), AgencyId(Digest([2; 32])));
        bell.ring(one);
        let (mut ours, mut theirs) = (bell.listen(one), bell.listen(other));
        let wait = Duration::from_secs(60);
        assert!(timeout(wait, ours.rung()).await.is_err(), "it rang before anybody listened");
        bell.ring(one);
        bell.ring(one);
        assert!(timeout(wait, ours.rung()).await.is_ok());
        assert!(timeout(wait, ours.rung()).await.is_err());
        assert!(timeout(wait, theirs.rung()).await.is_err());
        drop((ours, theirs));
        bell.ring(one);
        assert_eq!(bell.partners.lock().unwrap().len(), 1, "only what rang is taken down");
    }
}
