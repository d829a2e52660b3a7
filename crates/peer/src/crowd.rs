//! Who is connected: how many in all and from one address, and who gives way when there are too
//! many.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use envelope::card::AgencyId;
use tokio::sync::Notify;

/// Everybody who is connected.
#[derive(Debug)]
pub(crate) struct Crowd {
    most: usize,
    most_of_one: usize,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    next: u64,
    count: usize,
    by_address: BTreeMap<IpAddr, usize>,
    /// Those that give way, the oldest first: no partner has spoken on them yet, or its own places
    /// are all taken.
    strangers: BTreeMap<u64, Arc<Notify>>,
    /// Those that do not give way: whose they are, and how many each has.
    partners: BTreeMap<u64, AgencyId>,
    by_partner: BTreeMap<AgencyId, usize>,
}

/// A place in the crowd; free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    crowd: Arc<Crowd>,
    number: u64,
    address: IpAddr,
    leave: Arc<Notify>,
}

impl Crowd {
    pub(crate) fn new(most: usize, most_of_one: usize) -> Crowd {
        Crowd { most, most_of_one, inside: Mutex::default() }
    }

    /// A place for somebody who comes from an address. Where all are taken, the oldest stranger is
    /// told to leave, so that a flood of them does not keep partners out; `None`: there is none.
    pub(crate) fn enter(self: &Arc<Crowd>, address: IpAddr) -> Option<Seat> {
        let address = counted(address);
        let mut inside = self.lock();
        let of_one = inside.by_address.get(&address).copied().unwrap_or_default();
        if of_one >= self.most_of_one {
            return None;
        }
        if inside.count >= self.most {
            let (_, oldest) = inside.strangers.pop_first()?;
            oldest.notify_one();
            // His place counts until he has left it: those who leave are bounded too.
            if inside.count >= self.most.saturating_mul(2) {
                return None;
            }
        }
        let (number, leave) = (inside.next, Arc::new(Notify::new()));
        inside.next += 1;
        inside.count += 1;
        inside.by_address.insert(address, of_one + 1);
        inside.strangers.insert(number, leave.clone());
        Some(Seat { crowd: self.clone(), number, address, leave })
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// A partner has spoken on it: it does not give way any more, unless that partner has as many
    /// such places as one may. Else one who comes from many addresses would keep all others out.
    pub(crate) fn is_a_partners(&self, partner: AgencyId) {
        let mut inside = self.crowd.lock();
        let count = inside.by_partner.get(&partner).copied().unwrap_or_default();
        if count < self.crowd.most_of_one && inside.strangers.remove(&self.number).is_some() {
            inside.partners.insert(self.number, partner);
            inside.by_partner.insert(partner, count + 1);
        }
    }

    /// Ends when somebody else needs the place.
    pub(crate) async fn given_away(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut inside = self.crowd.lock();
        inside.count -= 1;
        inside.strangers.remove(&self.number);
        one_less(&mut inside.by_address, &self.address);
        if let Some(partner) = inside.partners.remove(&self.number) {
            one_less(&mut inside.by_partner, &partner);
        }
    }
}

/// Counts one down; who has none is forgotten.
fn one_less<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    match counts.get_mut(key) {
        Some(count) if *count > 1 => *count -= 1,
        _ => drop(counts.remove(key)),
    }
}

/// What an address counts as: of IPv6 the first 64 bits, which one subscriber has.
fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, timeout};

    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_has_so_many_places() {
        let crowd = Arc::new(Crowd::new(10, 2));
        let seats = ["192.0.2.1", "::ffff:192.0.2.1"].map(|one| crowd.enter(address(one)).unwrap());
        assert!(crowd.enter(address("192.0.2.1")).is_none());
        let (one, two) = ("2001:db8::1", "2001:db8::ffff:2");
        let seats6 = [one, two].map(|one| crowd.enter(address(one)).unwrap());
        assert!(crowd.enter(address("2001:db8::3")).is_none());
        assert!(crowd.enter(address("2001:db8:0:1::3")).is_some());
        drop((seats, seats6));
        assert!(crowd.lock().by_address.is_empty());
        assert!(crowd.enter(address("192.0.2.1")).is_some());
    }

    fn partner(byte: u8) -> AgencyId {
        AgencyId(model::digest::Digest([byte; 32]))
    }

    #[tokio::test(start_paused = true)]
    async fn strangers_give_way_and_partners_do_not() {
        let crowd = Arc::new(Crowd::new(2, 10));
        let [known, stranger] = [1, 2].map(|_| crowd.enter(address("192.0.2.1")).unwrap());
        known.is_a_partners(partner(1));
        let newcomer = crowd.enter(address("192.0.2.2")).unwrap();
        let wait = Duration::from_secs(1);
        assert!(timeout(wait, stranger.given_away()).await.is_ok());
        assert!(timeout(wait, known.given_away()).await.is_err());
        newcomer.is_a_partners(partner(2));
        drop(stranger);
        assert!(crowd.enter(address("192.0.2.3")).is_none(), "partners alone are there");
        drop(newcomer);
        assert!(crowd.enter(address("192.0.2.3")).is_some());
        assert_eq!(crowd.lock().count, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn one_partner_has_so_many_places_that_do_not_give_way() {
        let crowd = Arc::new(Crowd::new(3, 2));
        let seats = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
        let [first, second, third] = seats.map(|one| crowd.enter(address(one)).unwrap());
        for seat in [&first, &second, &third, &first] {
            seat.is_a_partners(partner(1));
        }
        let other = crowd.enter(address("192.0.2.4")).unwrap();
        let wait = Duration::from_secs(1);
        assert!(timeout(wait, third.given_away()).await.is_ok());
        assert!(timeout(wait, first.given_away()).await.is_err());
        other.is_a_partners(partner(2));
        drop((first, third));
        let again = crowd.enter(address("192.0.2.1")).unwrap();
        again.is_a_partners(partner(1));
        assert!(crowd.lock().strangers.is_empty(), "the place that it gave back is its own again");
        drop((second, other, again));
        let inside = crowd.lock();
        assert!(inside.partners.is_empty() && inside.by_partner.is_empty() && inside.count == 0);
    }
}
