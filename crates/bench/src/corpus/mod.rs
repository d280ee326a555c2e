//! The mail that is handed over: one mail over and over, or a mix such as a municipality gets.
//!
//! Nothing is drawn: the n-th mail is always the same bytes, so that a run can be repeated.

mod mixed;
mod parts;
mod plain;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) use mixed::Mixed;
pub(crate) use plain::Plain;

/// Mails that go over in one run.
pub(crate) type Batch = Arc<[Mail]>;

/// A mail on its way in.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// The envelope sender, to whom an acknowledgement goes; empty for none.
    pub(crate) sender: String,
    /// Its Message-ID, without brackets.
    pub(crate) id: String,
    /// Whether an acknowledgement is owed for it.
    pub(crate) is_acknowledged: bool,
    /// Its text with the line that closes it. No line of it begins with a dot.
    pub(crate) wire: Vec<u8>,
}

/// The addresses that an acknowledgement is owed to.
pub(crate) fn acknowledged(mails: &[Mail]) -> BTreeSet<&str> {
    let owed = mails.iter().filter(|mail| mail.is_acknowledged);
    owed.map(|mail| mail.sender.as_str()).collect()
}

/// A text as it goes over the wire.
fn wire(text: &str) -> Vec<u8> {
    format!("{text}.\n").replace('\n', "\r\n").into_bytes()
}

/// What the mail servers on the way and the writer's own provider put above a mail.
fn way(number: u64) -> String {
    format!(
        "Received: from out.example.nl (out.example.nl [192.0.2.25])\n\
         \tby mx.example.nl with ESMTPS id q{number}; Mon, 5 Oct 2026 10:15:00 +0200\n\
         Received: from [198.51.100.7] by out.example.nl with ESMTPSA id o{number};\n\
         \tMon, 5 Oct 2026 10:14:58 +0200\n\
         DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.nl; s=mail;\n\
         \th=from:to:subject:date:message-id; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n\
         \tb=bm90IGEgcmVhbCBzaWduYXR1cmUsIG9ubHkgYXMgbG9uZyBhcyBvbmUgd291bGQgYmU=\n"
    )
}
