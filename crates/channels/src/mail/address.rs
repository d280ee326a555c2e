//! Mailboxes: what stands in From, To and their kin, made comparable. Two ways of writing the same
//! address are the same person.

use super::headers;
use super::limits::{ADDRESS_BYTES_MAX, FIELD_BYTES_MAX, LINE_CHARS_MAX, RECIPIENTS_MAX};
use super::limits::{cut, cut_chars};
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, HeaderValue};

/// One mailbox: a name people see and an address mail goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mailbox {
    /// The name as shown, decoded; without it the address is all there is.
    pub name: Option<String>,
    /// `local@domain` with the domain in lower case and international names in their ASCII form;
    /// the local part is kept as written, for sending. Not necessarily valid: see
    /// [`Mailbox::is_valid`].
    pub address: String,
}

impl Mailbox {
    /// The form by which two mailboxes are the same person: all in lower case.
    #[must_use]
    pub fn matching(&self) -> String {
        self.address.to_lowercase()
    }

    /// The part before the last `@`, in lower case; all of it when there is no `@`.
    #[must_use]
    pub fn local(&self) -> String {
        let address = self.address.as_str();
        address.rsplit_once('@').map_or(address, |(local, _)| local).to_lowercase()
    }

    /// The part after the last `@`, in lower case; empty when there is none.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Whether mail can be sent there over the internet: a local part, and a domain with a dot.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let (local, domain) = self.address.rsplit_once('@').unwrap_or_default();
        let label = |l: &str| {
            let inner = l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            !l.is_empty() && l.len() <= 63 && inner && !l.starts_with('-') && !l.ends_with('-')
        };
        let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
        let bad = |c: char| c.is_control() || c.is_whitespace() || "<>()[],;:\\\"@".contains(c);
        self.address.len() <= ADDRESS_BYTES_MAX
            && !local.is_empty()
            && (quoted || !local.contains(bad))
            && domain.contains('.')
            && domain.split('.').all(label)
            && !domain.rsplit('.').next().is_some_and(|top| top.bytes().all(|b| b.is_ascii_digit()))
            && !UNREACHABLE.iter().any(|top| domain.ends_with(top))
    }
}

/// Names that no mail reaches (RFC 2606, RFC 6761, RFC 6762).
const UNREACHABLE: &[&str] = &[".invalid", ".localhost", ".local", ".localdomain", ".onion"];

/// The mailboxes of an unfolded address field (RFC 5322, 3.4), groups opened, at most
/// [`RECIPIENTS_MAX`].
pub(crate) fn list(field: &str) -> Vec<Mailbox> {
    if let Some(quoted) = quoted_local(field) {
        return vec![quoted];
    }
    let line = format!("{}\n", cut(field, FIELD_BYTES_MAX));
    let HeaderValue::Address(found) = MessageStream::new(line.as_bytes()).parse_address() else {
        return Vec::new();
    };
    let found: Vec<Addr<'_>> = match found {
        Address::List(list) => list,
        Address::Group(groups) => groups.into_iter().flat_map(|g| g.addresses).collect(),
    };
    found.iter().take(RECIPIENTS_MAX).filter_map(mailbox).collect()
}

/// The mailbox of a field with one quoted local part, `Jan <"jan voorbeeld"@example.nl>`, which the
/// parser takes for a name.
fn quoted_local(field: &str) -> Option<Mailbox> {
    let (before, after) = cut(field, FIELD_BYTES_MAX).split_once("\"@")?;
    let (name, local) = before.rsplit_once('"')?;
    let domain = after.split(['>', ',', ' ', '\t', ';']).next().filter(|d| d.contains('.'))?;
    let name = shown(&headers::decoded(name.trim().trim_end_matches('<')));
    let alone = !after.contains('@') && !local.is_empty();
    let name = Some(name).filter(|n| !n.is_empty());
    alone.then(|| Mailbox { name, address: normal(&format!("\"{local}\"@{domain}")) })
}

/// A mailbox from an address that stands alone, as in an SMTP envelope.
#[must_use]
pub fn bare(address: &str) -> Mailbox {
    Mailbox { name: None, address: normal(address) }
}

fn mailbox(found: &Addr<'_>) -> Option<Mailbox> {
    let name = found.name.as_deref().map(shown).filter(|name| !name.is_empty());
    let address = found.address.as_deref().map(normal).filter(|address| !address.is_empty());
    match (name, address) {
        (name, Some(address)) => Some(Mailbox { name, address }),
        // A name alone may be an address in the wrong place: "jan@example.nl" in quotes.
        (Some(name), None) => {
            let address = name.split_whitespace().find(|word| word.contains('@'));
            let address = address.map(normal).unwrap_or_default();
            Some(Mailbox { name: Some(name), address })
        }
        (None, None) => None,
    }
}

fn shown(name: &str) -> String {
    let clean: String = name.chars().filter(|c| !c.is_control()).collect();
    cut_chars(clean.trim().trim_matches(['"', '\'']).trim(), LINE_CHARS_MAX)
}

/// Trims what clients put around an address, lower-cases the domain and gives it its ASCII form.
fn normal(address: &str) -> String {
    let address = cut(address, 2 * ADDRESS_BYTES_MAX).trim();
    let address = address.trim_matches(|c: char| c.is_control() || "<>,;".contains(c));
    let address = match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &address[7..],
        _ => address,
    };
    let address = unquoted(address.trim());
    let Some((local, domain)) = address.rsplit_once('@') else {
        return address.to_owned();
    };
    let domain = domain.trim().trim_end_matches('.').to_lowercase();
    let ascii = if domain.is_ascii() { None } else { idna::domain_to_ascii(&domain).ok() };
    format!("{}@{}", local.trim(), ascii.unwrap_or(domain))
}

/// Some clients wrap the whole address in apostrophes: `'jan@example.nl'`.
fn unquoted(address: &str) -> &str {
    let inner = address.strip_prefix('\'').and_then(|a| a.strip_suffix('\''));
    inner.filter(|inner| inner.contains('@')).unwrap_or(address)
}
