//! Who may connect: so many places in all, so many for one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

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

    /// A place for this peer, or none when all, or all of this peer, are taken.
    pub(super) fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        let mut register = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if register.total >= self.total_max {
            return None;
        }
        let of_peer = register.by_peer.entry(peer).or_insert(0);
        if *of_peer >= self.per_peer_max {
            return None;
        }
        *of_peer += 1;
        register.total += 1;
        Some(Place { places: Arc::clone(self), peer })
    }

    fn leave(&self, peer: IpAddr) {
        let mut register = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        register.total -= 1;
        if let Some(of_peer) = register.by_peer.get_mut(&peer) {
            *of_peer -= 1;
            if *of_peer == 0 {
                register.by_peer.remove(&peer);
            }
        }
    }
}

/// One taken place; free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    peer: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.leave(self.peer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_and_per_peer() {
        let places = Places::new(3, 2);
        let peer = |last: u8| IpAddr::from([192, 0, 2, last]);
        let first = places.enter(peer(1)).expect("free");
        let _second = places.enter(peer(1)).expect("free");
        assert!(places.enter(peer(1)).is_none(), "two for one peer");
        let _third = places.enter(peer(2)).expect("free");
        assert!(places.enter(peer(3)).is_none(), "three in all");
        drop(first);
        assert!(places.enter(peer(3)).is_some());
    }
}
