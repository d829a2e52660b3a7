//! Who is connected: how many in all and from one address, and who gives way when there are too
//! many.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// Those that no partner has spoken on yet, the oldest first.
    strangers: BTreeMap<u64, Arc<Notify>>,
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
    /// A partner has spoken on it: it does not give way any more.
    pub(crate) fn is_a_partners(&self) {
        self.crowd.lock().strangers.remove(&self.number);
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
        match inside.by_address.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(inside.by_address.remove(&self.address)),
        }
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

    #[tokio::test(start_paused = true)]
    async fn strangers_give_way_and_partners_do_not() {
        let crowd = Arc::new(Crowd::new(2, 10));
        let [partner, stranger] = [1, 2].map(|_| crowd.enter(address("192.0.2.1")).unwrap());
        partner.is_a_partners();
        let newcomer = crowd.enter(address("192.0.2.2")).unwrap();
        let wait = Duration::from_secs(1);
        assert!(timeout(wait, stranger.given_away()).await.is_ok());
        assert!(timeout(wait, partner.given_away()).await.is_err());
        newcomer.is_a_partners();
        drop(stranger);
        assert!(crowd.enter(address("192.0.2.3")).is_none(), "partners alone are there");
        drop(newcomer);
        assert!(crowd.enter(address("192.0.2.3")).is_some());
        assert_eq!(crowd.lock().count, 1);
    }
}
