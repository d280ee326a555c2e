//! Where events may be sent to. Who types an address must not make this machine ask others that
//! only it can reach: only addresses of the internet are sent to, and those of networks that the
//! configuration names. A name is looked up once; what was looked at is connected to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use tokio::net::{TcpStream, lookup_host};

/// Networks that are not the internet and may be sent to all the same.
#[derive(Clone, Debug, Default)]
pub struct Networks(Vec<Network>);

impl FromIterator<Network> for Networks {
    fn from_iter<T: IntoIterator<Item = Network>>(networks: T) -> Networks {
        Networks(networks.into_iter().collect())
    }
}

/// A network, as `10.1.2.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let wrong = || format!("“{text}” is no network: write it as 10.1.2.0/24");
        let (first, bits) = text.trim().split_once('/').ok_or_else(wrong)?;
        let first: IpAddr = first.parse().map_err(|_| wrong())?;
        let bits: u32 = bits.parse().map_err(|_| wrong())?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        (bits <= most).then_some(Network { first, bits }).ok_or_else(wrong)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

impl Network {
    fn has(self, address: IpAddr) -> bool {
        let same =
            |a: u128, b: u128, all: u32| (a ^ b).checked_shr(all - self.bits).unwrap_or(0) == 0;
        match (self.first, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(a.to_bits().into(), b.to_bits().into(), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.to_bits(), b.to_bits(), 128),
            _ => false,
        }
    }
}

/// Why nobody was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreached {
    /// The name is not known.
    NoName,
    /// It is in a network that is not sent to.
    NotAllowed,
    /// Nobody listens there.
    NoConnection,
}

impl Networks {
    fn may(&self, address: IpAddr, secure: bool) -> bool {
        let address = address.to_canonical();
        // What is not protected does not leave this machine.
        (secure || address.is_loopback())
            && (is_internet(address) || self.0.iter().any(|network| network.has(address)))
    }

    /// Connects to a host, at an address that may be sent to.
    pub(super) async fn connect(
        &self,
        (host, port): (&str, u16),
        secure: bool,
    ) -> Result<TcpStream, Unreached> {
        let found = lookup_host((host, port)).await.map_err(|_| Unreached::NoName)?;
        let may: Vec<SocketAddr> = found.filter(|it| self.may(it.ip(), secure)).collect();
        if may.is_empty() {
            return Err(Unreached::NotAllowed);
        }
        TcpStream::connect(may.as_slice()).await.map_err(|_| Unreached::NoConnection)
    }
}

/// Whether an address is one that anybody on the internet can have (the registries of IANA for
/// special purposes, RFC 6890).
fn is_internet(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !is_special(address),
        IpAddr::V6(address) => is_internet6(address),
    }
}

fn is_special(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || matches!((a, b), (0, _) | (224.., _) | (100, 64..=127) | (198, 18..=19))
        || matches!((a, b, c), (192, 0, 0) | (192, 88, 99))
}

/// Only global unicast; not what carries an address of IPv4, which could be any.
fn is_internet6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    first & 0xe000 == 0x2000
        && first != 0x2002
        && !(first == 0x2001 && second < 0x200)
        && !(first == 0x2001 && second == 0xdb8)
        && first != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(networks: &Networks, address: &str, secure: bool) -> bool {
        networks.may(address.parse().expect("an address"), secure)
    }

    #[test]
    fn only_the_internet_is_sent_to() {
        let none = Networks::default();
        for address in ["93.184.215.14", "2a00:d78::1", "::ffff:93.184.215.14"] {
            assert!(may(&none, address, true), "{address}");
            assert!(!may(&none, address, false), "{address} without TLS");
        }
        for address in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.9.9",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2001:0:7f00:1::",
            "64:ff9b::7f00:1",
        ] {
            assert!(!may(&none, address, true), "{address}");
        }
    }

    #[test]
    fn the_configuration_names_others() {
        let named: Networks = ["10.1.2.0/24", "127.0.0.0/8", "fd00::/8"]
            .iter()
            .map(|it| it.parse().unwrap())
            .collect();
        assert!(may(&named, "10.1.2.255", true) && !may(&named, "10.1.3.0", true));
        assert!(may(&named, "fd12::1", true) && !may(&named, "fe80::1", true));
        assert!(may(&named, "127.0.0.1", false), "this machine itself, without TLS");
        assert!(!may(&named, "10.1.2.3", false), "others only with TLS");
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.has("192.168.0.1".parse().unwrap()));
        for wrong in ["10.1.2.0", "10.1.2.0/33", "x/8", "fd00::/129"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }
}
