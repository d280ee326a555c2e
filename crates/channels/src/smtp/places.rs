//! Who may connect: so many places in all, so many for one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The places of one listener.
#[derive(Debug)]
pub(super) struct Places {
    total_max: usize,
    per_peer_max: usize,
    taken: Mutex<Register>,
}

#[derive(Debug, Default)]
struct Register {
    total: usize,
    by_peer: HashMap<IpAddr, usize>,
}

impl Places {
    /// Places that are all free.
    pub(super) fn new(total_max: usize, per_peer_max: usize) -> Arc<Places> {
        Arc::new(Places { total_max, per_peer_max, taken: Mutex::default() })
    }

    /// A place for whoever it is, or none when all are taken.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Place> {
        let mut register = self.register();
        if register.total >= self.total_max {
            return None;
        }
        register.total += 1;
        Some(Place { places: Arc::clone(self), peer: None })
    }

    fn register(&self) -> MutexGuard<'_, Register> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One taken place; free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    /// Whose it is, once that is known.
    peer: Option<IpAddr>,
}

impl Place {
    /// Gives the place to this peer; false when the peer has as many as one may have.
    pub(super) fn settle(&mut self, peer: IpAddr) -> bool {
        let peer = one_network(peer);
        let mut register = self.places.register();
        let of_peer = register.by_peer.entry(peer).or_insert(0);
        let fits = *of_peer < self.places.per_peer_max;
        if fits {
            *of_peer += 1;
            self.peer = Some(peer);
        }
        fits
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut register = self.places.register();
        register.total -= 1;
        let Some(peer) = self.peer else { return };
        if let Some(of_peer) = register.by_peer.get_mut(&peer) {
            *of_peer -= 1;
            if *of_peer == 0 {
                register.by_peer.remove(&peer);
            }
        }
    }
}

/// One subscriber has all IPv6 addresses that begin with the same 64 bits.
fn one_network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_and_per_peer() {
        let places = Places::new(3, 2);
        let enter = |peer: &str| {
            let mut place = places.enter()?;
            place.settle(peer.parse().expect("an address")).then_some(place)
        };
        let first = enter("192.0.2.1").expect("free");
        let second = enter("::ffff:192.0.2.1").expect("free");
        assert!(enter("192.0.2.1").is_none(), "two for one peer, however it is written");
        let third = enter("192.0.2.2").expect("free");
        assert!(enter("192.0.2.3").is_none(), "three in all");
        drop((first, second));
        let _fourth = enter("192.0.2.1").expect("free");
        drop(third);
        let _fifth = enter("192.0.2.3").expect("free");
    }

    #[test]
    fn one_network_of_ipv6_is_one_peer() {
        let places = Places::new(9, 2);
        let enter = |peer: &str| {
            let mut place = places.enter().expect("free");
            place.settle(peer.parse().expect("an address")).then_some(place)
        };
        let _first = enter("2001:db8:0:1::1").expect("free");
        let _second = enter("2001:db8:0:1:ffff::9").expect("free");
        assert!(enter("2001:db8:0:1::3").is_none());
        assert!(enter("2001:db8:0:2::3").is_some());
    }

    /// A place that nobody settled in, for a proxy that never said for whom it came, is free again.
    #[test]
    fn an_unsettled_place_is_given_back() {
        let places = Places::new(1, 1);
        drop(places.enter().expect("free"));
        assert!(places.enter().is_some());
    }
}
