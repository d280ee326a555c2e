//! One listener: what it speaks, what it is called, and what it asks of who connects.

use super::{Certificate, Limits, Protocol};

/// A listener, before it has a port. Take [`Door::new`] and change what is different.
#[derive(Debug, Clone)]
pub struct Door {
    /// The dialogue.
    pub protocol: Protocol,
    /// The name that it gives itself.
    pub hostname: String,
    /// What it allows.
    pub limits: Limits,
    /// What `STARTTLS` shows; without it `STARTTLS` is not offered.
    pub certificate: Option<Certificate>,
    /// Whether every connection must begin with a PROXY header, version 1 or 2, which is believed:
    /// nobody but the proxy may reach the port. Without it such a header is a command that makes
    /// no sense.
    pub proxy_protocol: bool,
}

impl Door {
    /// A listener with the limits that hold when nobody sets them, without TLS and without a proxy.
    #[must_use]
    pub fn new(protocol: Protocol, hostname: &str) -> Door {
        Door {
            protocol,
            hostname: hostname.to_owned(),
            limits: Limits::default(),
            certificate: None,
            proxy_protocol: false,
        }
    }
}
