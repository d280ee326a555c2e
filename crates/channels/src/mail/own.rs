//! What the municipality calls its own, so that its own mail is recognised when it comes back.

use super::Mailbox;

/// Addresses and domains of the municipality, all in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Addresses it receives and sends mail at: `info@harlingen.nl`.
    pub addresses: Vec<String>,
    /// Domains it makes Message-IDs under: `harlingen.nl`.
    pub domains: Vec<String>,
    /// Addresses invoices are sent to: `factuur@harlingen.nl`.
    pub invoice_addresses: Vec<String>,
    /// Names it writes under: `Gemeente Harlingen`.
    pub names: Vec<String>,
}

impl Own {
    /// Whether this is one of the addresses, a `+` part ignored.
    #[must_use]
    pub fn has_address(&self, mailbox: &Mailbox) -> bool {
        let plain = without_token(&mailbox.matching());
        self.addresses
            .iter()
            .chain(&self.invoice_addresses)
            .any(|own| own.eq_ignore_ascii_case(&plain))
    }

    /// Whether this is one of the addresses for invoices.
    #[must_use]
    pub fn has_invoice_address(&self, mailbox: &Mailbox) -> bool {
        let plain = without_token(&mailbox.matching());
        self.invoice_addresses.iter().any(|own| own.eq_ignore_ascii_case(&plain))
    }

    /// Whether this is one of the addresses for invoices, given as bare text.
    #[must_use]
    pub fn takes_invoices_at(&self, address: &str) -> bool {
        let plain = without_token(address);
        self.invoice_addresses.iter().any(|own| own.eq_ignore_ascii_case(&plain))
    }

    /// Whether this is one of the domains.
    #[must_use]
    pub fn has_domain(&self, domain: &str) -> bool {
        !domain.is_empty() && self.domains.iter().any(|own| own.eq_ignore_ascii_case(domain))
    }

    /// The part after `+` of one of the addresses, as written.
    #[must_use]
    pub fn token(&self, mailbox: &Mailbox) -> Option<String> {
        if !self.has_address(mailbox) {
            return None;
        }
        let (local, _) = mailbox.address.rsplit_once('@')?;
        local.split_once('+').map(|(_, token)| token.to_owned())
    }

    /// Whether a text names one of the addresses or names, as quoted history of ours does.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let all = self.addresses.iter().chain(&self.invoice_addresses).chain(&self.names);
        all.filter(|own| !own.is_empty()).any(|own| text.contains(&own.to_lowercase()))
    }
}

fn without_token(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            format!("{}@{domain}", local.split_once('+').map_or(local, |(name, _)| name))
        }
        None => address.to_owned(),
    }
}
