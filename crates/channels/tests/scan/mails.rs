//! Mails with attachments, and a desk that takes them in.

use std::net::Ipv4Addr;
use std::sync::Arc;

use channels::smtp::{Envelope, Intake, Protocol, Taken};
use channels::{MailIn, MailRoom, Scanner};
use desk::{Attachment, Blobs, Desk, House};
use jiff::Timestamp;
use ledger::{Ledger, Place};
use norms::Norms;
use tempfile::TempDir;

const NORMS: &str = include_str!("../../../../norms/harlingen.toml");
/// A published address of the municipality in that file.
const INFO: &str = "info@harlingen.nl";

/// A desk on a folder of its own, with a store.
pub(crate) struct Town {
    pub(crate) desk: Desk,
    _folder: TempDir,
}

impl Town {
    pub(crate) fn new() -> Town {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ledger = Ledger::open(&Place::File(folder.path().join("x.sqlite"))).expect("it opens");
        let norms = Norms::parse(NORMS, "norms").expect("norms");
        let house = House::new(norms, "http://site", [7; 32]);
        let now: Timestamp = "2026-05-13T14:00:00Z".parse().expect("a moment");
        let chance = Arc::new(|bytes: &mut [u8]| bytes.fill(1));
        let (desk, _post) = Desk::new(ledger, house, Arc::new(move || now), chance);
        let blobs = Blobs::folder(&folder.path().join("blobs")).expect("a folder");
        Town { desk: desk.with_blobs(blobs), _folder: folder }
    }

    /// The mail is taken, whatever the scanner says or does not say.
    pub(crate) async fn takes(&self, scanner: &Arc<Scanner>, mail: &Mail) {
        let room = MailRoom {
            scanner: Some(Arc::clone(scanner)),
            ..MailRoom::new(channels::own(self.desk.house()))
        };
        let intake = MailIn::new(self.desk.clone(), Protocol::Lmtp, room);
        let envelope = Envelope {
            protocol: Protocol::Lmtp,
            peer: (Ipv4Addr::LOCALHOST, 2424).into(),
            helo: "mx.example.nl".to_owned(),
            sender: "jan@example.nl".to_owned(),
            recipients: vec![INFO.to_owned()],
        };
        let taken = intake.take(envelope, mail.raw()).await;
        assert!(matches!(taken[..], [Taken::Stored]), "{taken:?}");
    }

    /// What came with all messages of a contact.
    pub(crate) async fn attachments(&self, contact: i64) -> Vec<Attachment> {
        let read = self.desk.read(move |tx, _, _| Ok(tx.attachments(contact)?));
        read.await.expect("the books can be read")
    }
}

/// A mail with files.
pub(crate) struct Mail {
    pub(crate) id: &'static str,
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
}

impl Mail {
    pub(crate) fn raw(&self) -> Vec<u8> {
        let mut raw = format!(
            "From: Jan Voorbeeld <jan@example.nl>\r\nTo: {INFO}\r\nSubject: Bijlagen\r\n\
             Message-ID: <{}@example.nl>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=grens\r\n\r\n\
             --grens\r\nContent-Type: text/plain\r\n\r\nZie de bijlagen.\r\n",
            self.id
        );
        for (name, bytes) in &self.files {
            raw.push_str(&format!(
                "--grens\r\nContent-Type: application/octet-stream\r\n\
                 Content-Disposition: attachment; filename=\"{name}\"\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n"
            ));
            let encoded = data_encoding::BASE64.encode(bytes);
            for line in encoded.as_bytes().chunks(76) {
                raw.push_str(&String::from_utf8_lossy(line));
                raw.push_str("\r\n");
            }
        }
        raw.push_str("--grens--\r\n");
        raw.into_bytes()
    }
}
