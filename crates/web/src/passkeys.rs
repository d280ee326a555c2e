//! Where passkeys are for this site: the origin and the place that authenticators know it by, from
//! the published address.

use std::net::IpAddr;

use axum::http::Uri;
use desk::{Ceremony, Witness};

/// What handlers need to ask for a passkey and to believe one.
#[derive(Clone, Debug)]
pub(crate) struct Passkeys {
    /// `https://contact.example.nl`.
    origin: String,
    /// `contact.example.nl`.
    pub(crate) place: String,
    /// Who judges what a browser says.
    pub(crate) witness: Witness,
}

impl Passkeys {
    /// Those of the site at this address; nothing where browsers have none: an address of numbers,
    /// or one without https that is not on this machine.
    pub(crate) fn of(site: &str, witness: Witness) -> Option<Passkeys> {
        let site: Uri = site.parse().ok()?;
        let (scheme, host) = (site.scheme_str()?, site.host()?.to_lowercase());
        let here = host == "localhost" || host.ends_with(".localhost");
        let is_number = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
        if is_number || !(scheme == "https" || here) {
            return None;
        }
        // A browser leaves the usual port out.
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = site.port_u16().filter(|port| *port != usual);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Some(Passkeys { origin: format!("{scheme}://{host}{port}"), place: host, witness })
    }

    /// What has to be so while this challenge is answered.
    pub(crate) fn ceremony<'a>(&'a self, challenge: &'a str) -> Ceremony<'a> {
        Ceremony { origin: &self.origin, place: &self.place, challenge }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_for_the_published_address() {
        let witness = Witness { made: |_, _| Err("no"), shown: |_, _, _| Err("no") };
        for (site, expected) in [
            (
                "https://contact.example.nl",
                Some(("https://contact.example.nl", "contact.example.nl")),
            ),
            (
                "https://Contact.Example.nl:443/a",
                Some(("https://contact.example.nl", "contact.example.nl")),
            ),
            ("https://example.nl:8443", Some(("https://example.nl:8443", "example.nl"))),
            ("http://localhost:4000", Some(("http://localhost:4000", "localhost"))),
            ("http://contact.example.nl", None),
            ("http://127.0.0.1:4000", None),
            ("https://192.0.2.1", None),
            ("https://[::1]:4000", None),
            ("contact.example.nl", None),
        ] {
            let found = Passkeys::of(site, witness);
            let found = found.as_ref().map(|it| (it.origin.as_str(), it.place.as_str()));
            assert_eq!(found, expected, "{site}");
        }
    }
}
