//! What holds for every verb: the norms, the addresses, and the key that signs what leaves the
//! house so that it is known again when it comes back.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use norms::{Charter, Norms, Reach};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use words::Lang;

/// Bytes of a signature that are shown: 60 bits, too many to guess over a network.
const SIGNATURE_CHARS: usize = 12;
/// Characters of the secret in a follow link: 100 bits.
const SECRET_CHARS: usize = 20;

/// The municipality's own constants.
#[derive(Clone)]
pub struct House {
    /// The norms, one generation after the other.
    pub charter: Charter,
    /// The address of this site as residents open it, without a slash at the end.
    pub site: String,
    /// Who tells what happens here, as a URN; nothing says it from the name of the municipality.
    source: Option<String>,
    key: [u8; 32],
}

/// What a signed address or Message-ID of ours points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A contact: an answer to it joins.
    Contact(i64),
    /// A letter of a contact: what comes to its sender address is a bounce of it.
    Letter(i64, u32),
}

impl House {
    /// A house with these norms, at this address, signing with this key.
    #[must_use]
    pub fn new(charter: impl Into<Charter>, site: &str, key: [u8; 32]) -> House {
        let charter = charter.into();
        let site = site.trim_end_matches('/').to_owned();
        House { charter, site, source: None, key }
    }

    /// The same house, which tells other programs what happens under its number in the register of
    /// the government (OIN).
    #[must_use]
    pub fn with_oin(self, oin: &str) -> House {
        House { source: Some(format!("urn:nld:oin:{oin}:systeem:belofte")), ..self }
    }

    /// Who tells what happens here, as the NL GOV profile for CloudEvents has it.
    #[must_use]
    pub fn events_source(&self) -> String {
        self.source.clone().unwrap_or_else(|| {
            let name = self.name().to_lowercase();
            let mut named = String::with_capacity(name.len());
            for byte in name.bytes() {
                match byte {
                    b'a'..=b'z' | b'0'..=b'9' | b'-' => named.push(char::from(byte)),
                    b' ' => named.push('-'),
                    byte => named.push_str(&format!("%{byte:02X}")),
                }
            }
            format!("urn:nld:gemeente-{named}:systeem:belofte")
        })
    }

    /// The name of the machine under which the site stands.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.site.split_once("://").map_or(self.site.as_str(), |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        authority.rsplit_once(':').map_or(authority, |(host, _)| host)
    }

    /// The norms that hold for what is received at a moment.
    #[must_use]
    pub fn norms(&self, at: Timestamp) -> &Norms {
        self.charter.at(at)
    }

    /// The zone of civil time, the same in every generation.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.latest().municipality.zone
    }

    /// The name of the municipality, the same in every generation.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.latest().municipality.name
    }

    /// The date on which an instant falls.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        self.latest().day(at)
    }

    /// The first instant after a day.
    #[must_use]
    pub fn end_of(&self, day: Date) -> Timestamp {
        self.latest().end_of(day)
    }

    /// The first instant of a day.
    #[must_use]
    pub fn begin_of(&self, day: Date) -> Timestamp {
        day.yesterday().map_or(Timestamp::MIN, |before| self.end_of(before))
    }

    /// How the municipality is and was reached: who has an old address still writes to it.
    pub fn reaches(&self) -> impl Iterator<Item = &Reach> {
        self.charter.generations().iter().map(|norms| &norms.reach)
    }

    /// A mark that changes with every change of the norm files.
    #[must_use]
    pub fn charter_mark(&self) -> String {
        let mut hash = Sha256::new();
        for norms in self.charter.generations() {
            hash.update((norms.source.len() as u64).to_be_bytes());
            hash.update(&norms.source);
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }

    fn latest(&self) -> &Norms {
        let generations = self.charter.generations();
        &generations[generations.len() - 1]
    }

    /// The number a resident sees: the year of receipt and the key, "2026-000123".
    #[must_use]
    pub fn number(&self, contact: i64, received_at: Timestamp) -> String {
        format!("{}-{contact:06}", self.day(received_at).year())
    }

    /// The key in a number; whether the year is right is for whoever has the contact.
    #[must_use]
    pub fn contact_of_number(number: &str) -> Option<i64> {
        let (year, key) = number.trim().split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let right = year.len() == 4 && (6..=18).contains(&key.len()) && digits(year) && digits(key);
        right.then(|| key.parse().ok()).flatten()
    }

    /// The secret in the follow link of a contact that was renewed so often. Renewed, the turn
    /// stands behind it, so that an old one is known as such without a list.
    #[must_use]
    pub fn secret(&self, contact: i64, turn: u32) -> String {
        let secret = self.sign("follow", contact, turn, SECRET_CHARS);
        if turn == 0 { secret } else { format!("{secret}-{turn}") }
    }

    /// The turn of which this is the secret of the contact, when this house made it; takes equally
    /// long for every wrong one.
    #[must_use]
    pub fn turn_of_secret(&self, contact: i64, secret: &str) -> Option<u32> {
        let secret = secret.trim().to_lowercase();
        let turn = match secret.split_once('-') {
            None => 0,
            Some((_, turn)) => turn.parse().ok()?,
        };
        let right = self.secret(contact, turn);
        bool::from(right.as_bytes().ct_eq(secret.as_bytes())).then_some(turn)
    }

    /// The secret by which somebody comes back to a time that is kept free for them.
    #[must_use]
    pub fn hold_secret(&self, visit: i64) -> String {
        self.sign("hold", visit, 0, SECRET_CHARS)
    }

    /// Whether this is that secret.
    #[must_use]
    pub fn is_hold_secret(&self, visit: i64, secret: &str) -> bool {
        self.hold_secret(visit).as_bytes().ct_eq(secret.as_bytes()).into()
    }

    /// The secret by which an appointment is confirmed. It stands in a mail and nowhere else.
    #[must_use]
    pub fn confirm_secret(&self, visit: i64) -> String {
        self.sign("confirm", visit, 0, SECRET_CHARS)
    }

    /// Whether this is that secret.
    #[must_use]
    pub fn is_confirm_secret(&self, visit: i64, secret: &str) -> bool {
        self.confirm_secret(visit).as_bytes().ct_eq(secret.as_bytes()).into()
    }

    /// Where a resident confirms an appointment, in their language.
    pub(crate) fn confirm_link(&self, visit: i64, lang: Lang) -> String {
        let link =
            format!("{}/afspraak/bevestigen/{visit}/{}", self.site, self.confirm_secret(visit));
        match lang {
            Lang::Nl => link,
            lang => format!("{link}?lang={lang}"),
        }
    }

    /// Where a resident follows a contact that was renewed so often, in their language.
    #[must_use]
    pub fn follow_link(&self, number: &str, (contact, turn): (i64, u32), lang: Lang) -> String {
        let secret = self.secret(contact, turn);
        match lang {
            Lang::Nl => format!("{}/volg/{number}/{secret}", self.site),
            lang => format!("{}/volg/{number}/{secret}?lang={lang}", self.site),
        }
    }

    /// The contact of the first follow link of ours in a text, when its secret is right, and the
    /// turn of that: who quotes it got a letter of that contact, whatever became of the ids on the
    /// way (INTAKE 32). An old link proves nothing.
    #[must_use]
    pub fn contact_of_link(&self, text: &str) -> Option<(i64, u32)> {
        const LINKS_MAX: usize = 20;
        let start = format!("{}/volg/", self.site);
        text.split(&start).skip(1).take(LINKS_MAX).find_map(|rest| {
            let end = |c: char| !c.is_ascii_alphanumeric() && !"-/".contains(c);
            let (number, secret) = rest.split(end).next()?.split_once('/')?;
            let contact = House::contact_of_number(number)?;
            let secret = secret.split('/').next().unwrap_or_default();
            self.turn_of_secret(contact, secret).map(|turn| (contact, turn))
        })
    }

    /// The Message-ID of a letter, without brackets: the same at every try.
    #[must_use]
    pub fn message_id(&self, contact: i64, letter: u32) -> String {
        let signature = self.sign("letter", contact, letter, SIGNATURE_CHARS);
        format!("{contact}.{letter}.{signature}@{}", self.mail_domain())
    }

    /// The address answers to a contact go to: `info+123.signature@…`.
    #[must_use]
    pub fn reply_address(&self, contact: i64) -> String {
        let signature = self.sign("reply", contact, 0, SIGNATURE_CHARS);
        self.plus(&format!("{contact}.{signature}"))
    }

    /// The envelope sender of a letter: a bounce that comes to it names its letter.
    #[must_use]
    pub fn bounce_address(&self, contact: i64, letter: u32) -> String {
        let signature = self.sign("bounce", contact, letter, SIGNATURE_CHARS);
        self.plus(&format!("{contact}.{letter}.{signature}"))
    }

    /// What a recipient address of ours, or a Message-ID without brackets, points at. Nothing
    /// when it was not signed by this house.
    #[must_use]
    pub fn token(&self, text: &str) -> Option<Token> {
        let (local, _) = text.rsplit_once('@')?;
        if let Some((_, tag)) = local.split_once('+') {
            let parts: Vec<&str> = tag.split('.').collect();
            return match parts[..] {
                [contact, signature] => {
                    let contact = contact.parse().ok()?;
                    let right = self.is_signed("reply", contact, 0, signature);
                    right.then_some(Token::Contact(contact))
                }
                [contact, letter, signature] => {
                    let (contact, letter) = (contact.parse().ok()?, letter.parse().ok()?);
                    let right = self.is_signed("bounce", contact, letter, signature);
                    right.then_some(Token::Letter(contact, letter))
                }
                _ => None,
            };
        }
        self.letter_of(text).map(|(contact, _)| Token::Contact(contact))
    }

    /// The letter that has this Message-ID (without brackets): its contact, and which of its
    /// letters. Nothing when it was not signed by this house.
    #[must_use]
    pub fn letter_of(&self, message_id: &str) -> Option<(i64, u32)> {
        let (local, _) = message_id.rsplit_once('@')?;
        let parts: Vec<&str> = local.split('.').collect();
        let [contact, letter, signature] = parts[..] else { return None };
        let (contact, letter) = (contact.parse().ok()?, letter.parse().ok()?);
        self.is_signed("letter", contact, letter, signature).then_some((contact, letter))
    }

    /// Whether mail to this address is ours to take: one of the published addresses, whatever
    /// stands behind a `+`.
    #[must_use]
    pub fn serves(&self, recipient: &str) -> bool {
        let recipient = without_tag(recipient);
        let role = |name: &str| {
            recipient.rsplit_once('@').is_some_and(|(local, domain)| {
                local == name && self.reaches().any(|it| it.domains.iter().any(|own| own == domain))
            })
        };
        self.reaches().any(|it| recipient == it.email || Some(&recipient) == it.invoice.as_ref())
            || role("postmaster")
    }

    /// Signs a form with the moment it was shown, so that a robot that is too fast is noticed.
    #[must_use]
    pub fn stamp(&self, at: Timestamp) -> String {
        let moment = at.as_microsecond();
        format!("{moment}.{}", self.sign("form", moment, 0, SIGNATURE_CHARS))
    }

    /// The moment in a stamp, when this house made it.
    #[must_use]
    pub fn stamped(&self, stamp: &str) -> Option<Timestamp> {
        let (moment, signature) = stamp.split_once('.')?;
        let moment: i64 = moment.parse().ok()?;
        let right = self.is_signed("form", moment, 0, signature);
        right.then(|| Timestamp::from_microsecond(moment).ok()).flatten()
    }

    /// The mark in an address that says that an employee asked for the pictures from outside of a
    /// message. Who writes a mail can not make it, so a link in a mail can not ask for them.
    #[must_use]
    pub fn pictures_mark(&self, message: i64) -> String {
        self.sign("pictures", message, 0, SIGNATURE_CHARS)
    }

    /// Whether this is that mark of a message.
    #[must_use]
    pub fn is_pictures_mark(&self, message: i64, mark: &str) -> bool {
        self.is_signed("pictures", message, 0, mark)
    }

    /// What an address is remembered by when everything of its person is erased: without the key
    /// of the house nobody can tell which it was.
    #[must_use]
    pub fn hidden_address(&self, email_key: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any key length will do");
        mac.update(b"address:");
        mac.update(email_key.as_bytes());
        let hidden = BASE32_NOPAD.encode(&mac.finalize().into_bytes()).to_lowercase();
        format!("erased:{hidden}")
    }

    fn mail_domain(&self) -> &str {
        self.latest().reach.email.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }

    fn plus(&self, tag: &str) -> String {
        let local = self.latest().reach.email.split('@').next().unwrap_or_default();
        format!("{local}+{tag}@{}", self.mail_domain())
    }

    /// What only this house can make of these bytes.
    pub(crate) fn seal(&self, bytes: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any key length will do");
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    fn sign(&self, purpose: &str, a: i64, b: u32, chars: usize) -> String {
        let sealed = self.seal(format!("{purpose}:{a}:{b}").as_bytes());
        let mut signature = BASE32_NOPAD.encode(&sealed).to_lowercase();
        signature.truncate(chars);
        signature
    }

    fn is_signed(&self, purpose: &str, a: i64, b: u32, signature: &str) -> bool {
        let right = self.sign(purpose, a, b, SIGNATURE_CHARS);
        right.as_bytes().ct_eq(signature.to_lowercase().as_bytes()).into()
    }
}

/// An address in small letters, without what stands behind a `+`.
fn without_tag(address: &str) -> String {
    let address = address.trim().to_lowercase();
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split('+').next().unwrap_or_default();
            format!("{local}@{domain}")
        }
        None => address,
    }
}
