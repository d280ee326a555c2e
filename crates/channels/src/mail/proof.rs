//! Whether a mail comes from where it says: what SPF, DKIM and DMARC found, by our own look-up or
//! by the mail server in front of us, and whether an automatic answer may go back.

use super::Headers;
use super::limits::cut;

/// What one check found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Check {
    /// It comes from there.
    Pass,
    /// The domain says that such mail is forged.
    Fail,
    /// The domain has doubts, or says nothing about this.
    Neutral,
    /// The domain publishes nothing, or nobody looked, or no name server answered in time.
    #[default]
    Unknown,
}

impl Check {
    fn from_word(word: &str) -> Check {
        match word {
            "pass" => Check::Pass,
            "fail" | "hardfail" => Check::Fail,
            "softfail" | "neutral" | "policy" | "permerror" => Check::Neutral,
            _ => Check::Unknown,
        }
    }
}

/// What the three checks found about one mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proof {
    /// Whether the sending server may send for the domain of the envelope (RFC 7208).
    pub spf: Check,
    /// Whether a signature of a domain holds (RFC 6376).
    pub dkim: Check,
    /// Whether one of the two is about the domain of From, where it asks for that (RFC 7489). A
    /// domain that only watches (`p=none`) is [`Check::Neutral`] when it fails.
    pub dmarc: Check,
}

impl Proof {
    /// Why no automatic mail may go back, as the name of a rule: who is named as the writer may
    /// have nothing to do with it (INTAKE 57).
    #[must_use]
    pub fn forged(&self) -> Option<&'static str> {
        match (self.dmarc, self.spf) {
            (Check::Fail, _) => Some("dmarc-fail"),
            // A signature survives forwarding, which SPF does not.
            (Check::Unknown, Check::Fail) if self.dkim != Check::Pass => Some("spf-fail"),
            _ => None,
        }
    }

    /// What is worth telling an employee, as names of rules.
    #[must_use]
    pub fn evidence(&self) -> Vec<&'static str> {
        let passed = [("dmarc-pass", self.dmarc), ("dkim-pass", self.dkim), ("spf-pass", self.spf)];
        let passed = passed.into_iter().filter(|(_, check)| *check == Check::Pass);
        self.forged().into_iter().chain(passed.map(|(name, _)| name)).collect()
    }

    /// What the mail server in front of us found: the first `Authentication-Results` with its name
    /// (RFC 8601). None when it wrote none; other servers may say what they like.
    #[must_use]
    pub fn from_headers(headers: &Headers, authserv_id: &str) -> Option<Proof> {
        const FIELDS_MAX: usize = 20;
        let mut fields = headers.all("Authentication-Results").take(FIELDS_MAX);
        fields.find_map(|field| from_field(field, authserv_id))
    }
}

fn from_field(field: &str, authserv_id: &str) -> Option<Proof> {
    const FIELD_BYTES_MAX: usize = 8 * 1024;
    let field = cut(field, FIELD_BYTES_MAX).to_lowercase();
    let watches = field.contains("p=none") || field.contains("policy.dmarc=none");
    let bare = without_comments(&field);
    let mut parts = bare.split(';').map(str::trim);
    // A version may stand behind the name: `mx.example 1`.
    let name = parts.next()?.split_whitespace().next()?;
    if name != authserv_id.trim().to_lowercase() {
        return None;
    }
    let mut proof = Proof::default();
    for part in parts {
        let Some((method, rest)) = part.split_once('=') else { continue };
        let word = rest.split_whitespace().next().unwrap_or_default();
        let found = Check::from_word(word);
        match method.split('/').next().unwrap_or_default().trim() {
            "spf" => proof.spf = found,
            // Of several signatures one that holds is enough.
            "dkim" if proof.dkim != Check::Pass => proof.dkim = found,
            "dmarc" => proof.dmarc = found,
            _ => {}
        }
    }
    if watches && proof.dmarc == Check::Fail {
        proof.dmarc = Check::Neutral;
    }
    Some(proof)
}

/// A field without what stands in parentheses, which may nest.
fn without_comments(field: &str) -> String {
    let mut depth = 0_u32;
    let mut bare = String::with_capacity(field.len());
    for c in field.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}
