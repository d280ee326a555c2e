//! Mailboxes of a real Dovecot, read by the real program: what lies there is taken in once and
//! acknowledged once, whatever happened to it, to the program or to the numbering (INTAKE 1, 2, 5
//! to 9, 11, 12, 14, 15).

use std::time::Duration;

use channels::smtp::sink::Sink;
use ledger::mailboxes::Outcome;
use norms::Kind;

use crate::books::{Books, mailbox, mailbox_is, mails_left, sent_all};
use crate::data::{Data, on_both_engines};
use crate::dovecot::{Dovecot, arrived_ago};
use crate::post::{INFO, Mail, answer_to, answers_to, letters};
use crate::program::{Belofte, Start};

/// The address for invoices.
const INVOICES: &str = "factuur@harlingen.nl";
/// Longer than a mailbox or a letter is held, in seconds.
const AFTER_LEASE_SECONDS: i64 = 150;
/// Five days, in seconds.
const FIVE_DAYS_SECONDS: i64 = 5 * 24 * 3600;

on_both_engines!(killed_in_the_middle, the_same_mail_in_two_mailboxes);

/// INTAKE 1, 2, 5 and 7: the program ends at named points and at any moment, and is started again.
async fn killed_in_the_middle(data: Data) {
    let Some(dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let mails: Vec<Mail> = (0..30).map(|it| Mail::question(&format!("post-{it}"))).collect();
    for (number, mail) in mails.iter().enumerate() {
        dovecot.deliver("info", &format!("{number:03}.mail"), mail);
    }
    let tables = [dovecot.table("info", INFO, "imap")];
    let mut starts = 0;
    let mut next = || {
        starts += 1;
        let start = Start::with_relay(sink.url()).ahead(starts * AFTER_LEASE_SECONDS);
        dovecot.reading(start, &tables)
    };
    for fault in ["before-write:1", "in-transaction:3", "before-commit:4", "after-commit:5"] {
        match Belofte::start(&data, &next().failing_at(fault)).await {
            Ok(mut belofte) => assert!(!belofte.ended().await.success(), "{fault}"),
            Err((status, log)) => assert!(!status.success(), "{fault}\n{log}"),
        }
    }
    for wait in [40, 90, 140] {
        let belofte = Belofte::started(&data, &next()).await;
        tokio::time::sleep(Duration::from_millis(wait)).await;
        belofte.kill().await;
    }
    let belofte = Belofte::started(&data, &next()).await;
    for mail in &mails {
        answer_to(&sink, &mail.id).await;
    }
    sent_all(&data).await;
    let found = mailbox_is(&data, "info", "all mail to be counted", |it| it.on_server == 30).await;
    assert_eq!((found.taken, found.refused, found.unaccounted), (30, 0, 0));
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 30, "{}", dovecot.log());
    for mail in &mails {
        let entry = books.of(&mail.id);
        assert_eq!(entry.raws, std::slice::from_ref(&mail.raw), "byte for byte");
        let copies = answers_to(&sink, &mail.id);
        assert!(copies.iter().all(|it| it.raw == copies[0].raw), "one acknowledgement");
    }
    assert_eq!(dovecot.seen("info"), 0, "nothing is marked on the server");
    data.remove().await;
}

/// INTAKE 14 and 15: one contact for each Message-ID, whatever the mail servers on the way to each
/// mailbox wrote above it; what goes to the address for invoices is an invoice.
async fn the_same_mail_in_two_mailboxes(data: Data) {
    let Some(dovecot) = Dovecot::start(&["info", "factuur"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let both = Mail::question("beide");
    for (mailbox, address) in [("info", INFO), ("factuur", INVOICES)] {
        let mut copy = both.clone();
        let above = format!(
            "Return-Path: <{}>\r\nDelivered-To: {address}\r\nReceived: from mx.voorbeeld.example \
             by {mailbox}.example.nl; Mon, 2 Mar 2026 10:00:0{} +0100\r\n",
            both.sender,
            mailbox.len()
        );
        copy.raw = [above.as_bytes(), &both.raw].concat();
        dovecot.deliver(mailbox, "1.both", &copy);
    }
    let bill = Mail::question("rekening");
    dovecot.deliver("factuur", "2.bill", &bill);
    let tables =
        [dovecot.table("info", INFO, "imaps"), dovecot.table("factuur", INVOICES, "starttls")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let belofte = Belofte::started(&data, &start).await;
    mailbox_is(&data, "info", "one mail to be taken", |it| it.taken == 1).await;
    mailbox_is(&data, "factuur", "two mails to be taken", |it| it.taken == 2).await;
    answer_to(&sink, &both.id).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 2);
    assert_eq!(books.of(&bill.id).contact.kind, Kind::Invoice);
    assert_eq!(answers_to(&sink, &both.id).len(), 1, "one acknowledgement for both copies");
    data.remove().await;
}

/// INTAKE 6 to 9 and 12: days away, marks of other clients, and a numbering that begins anew.
#[tokio::test(flavor = "multi_thread")]
async fn days_away_and_numbered_anew() {
    let data = Data::folder();
    let Some(mut dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let tables = [dovecot.table("info", INFO, "imap")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let [first, read, moved, deleted, last] =
        ["eerste", "gelezen", "verplaatst", "gewist", "laatste"].map(Mail::question);
    dovecot.deliver("info", "1.first", &first);
    let belofte = Belofte::started(&data, &start).await;
    answer_to(&sink, &first.id).await;
    sent_all(&data).await;
    // While it waits to be told: at once, without a start in between.
    dovecot.deliver("info", "2.idle", &Mail::question("tussendoor"));
    answer_to(&sink, "tussendoor@voorbeeld.example").await;
    belofte.stop().await;
    dovecot.leave("info", "3.read", "S", &read);
    arrived_ago(&dovecot.leave("info", "4.moved", "S", &moved), 2 * 24 * 3600);
    dovecot.leave("info", "5.deleted", "ST", &deleted);
    dovecot.deliver("info", "6.last", &last);
    let belofte = Belofte::started(&data, &start.ahead(FIVE_DAYS_SECONDS)).await;
    for mail in [&read, &moved, &last] {
        answer_to(&sink, &mail.id).await;
    }
    let is_counted = |it: &ledger::mailboxes::Mailbox| it.on_server == 6 && it.unaccounted == 0;
    let before = mailbox_is(&data, "info", "six mails to be counted", is_counted).await;
    assert_eq!((before.taken, before.refused), (5, 1));
    belofte.stop().await;
    dovecot.down().await;
    dovecot.renumber("info");
    dovecot.up().await;
    let belofte = Belofte::started(&data, &start.ahead(FIVE_DAYS_SECONDS + 600)).await;
    let is_anew = |it: &ledger::mailboxes::Mailbox| {
        it.uidvalidity != before.uidvalidity && it.on_server == 6 && it.unaccounted == 0
    };
    let anew = mailbox_is(&data, "info", "the new numbering to be read", is_anew).await;
    assert_eq!((anew.taken, anew.refused), (5, 1));
    assert!(belofte.log().contains("numbers a mailbox anew"), "{}", belofte.log());
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 5, "nothing twice, nothing deleted");
    assert_eq!(letters(&sink).len(), 5);
    let old = books.of(&moved.id).contact.received_at;
    let fresh = books.of(&last.id).contact.received_at;
    assert!(old < fresh, "it was received when it reached the mailbox");
}

/// INTAKE 11: a mail that is too large is seen with a note, its sender is told, and what is taken
/// in may be marked as read where that is wanted.
#[tokio::test(flavor = "multi_thread")]
async fn too_large_and_marked_as_read() {
    let data = Data::folder();
    let Some(dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let small = Mail::question("klein");
    let mut large = Mail::question("groot");
    for _ in 0..40_000 {
        large.raw.extend_from_slice(b"Een regel van een groot bericht dat niet ophoudt.\r\n");
    }
    dovecot.deliver("info", "1.large", &large);
    dovecot.deliver("info", "2.small", &small);
    let more = "mark-seen = true\nlargest-mb = 1\n";
    let tables = [dovecot.table("info", INFO, "imaps") + more];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let belofte = Belofte::started(&data, &start).await;
    answer_to(&sink, &large.id).await;
    answer_to(&sink, &small.id).await;
    let counted = |it: &ledger::mailboxes::Mailbox| it.on_server == 2 && it.unaccounted == 0;
    mailbox_is(&data, "info", "both to be counted", counted).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    let entry = books.of(&large.id);
    assert!(entry.messages[0].trouble.contains("2 MB"), "{}", entry.messages[0].trouble);
    assert!(entry.raws[0].len() < 1_000, "only its header came");
    assert_eq!(books.of(&small.id).raws, [small.raw]);
    let found = mailbox(&data, "info").await.expect("it was read");
    assert_eq!((found.taken, found.refused), (1, 1));
    assert_eq!(mails_left(&data, "info", Outcome::SetAside).await, []);
    assert_eq!(dovecot.seen("info"), 2);
}

/// INTAKE 47: what lay in a mailbox long before it was connected is taken in, and nobody is
/// written to about it; what came last week is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn old_mail_at_the_first_import() {
    let data = Data::folder();
    let Some(dovecot) = Dovecot::start(&["info"]).await else { return };
    let sink = Sink::start().await.expect("a free port");
    let tables = [dovecot.table("info", INFO, "imap")];
    let start = dovecot.reading(Start::with_relay(sink.url()), &tables);
    let [old, recent] = ["oud", "onlangs"].map(Mail::question);
    arrived_ago(&dovecot.leave("info", "1.old", "", &old), 30 * 24 * 3600);
    arrived_ago(&dovecot.leave("info", "2.recent", "", &recent), 5 * 24 * 3600);
    let belofte = Belofte::started(&data, &start).await;
    answer_to(&sink, &recent.id).await;
    sent_all(&data).await;
    belofte.stop().await;
    let books = Books::read(&data).await;
    assert_eq!(books.entries.len(), 2, "both are there");
    let imported = &books.of(&old.id);
    assert!(imported.letters.is_empty(), "nobody is written to about old mail");
    assert!(imported.contact.evidence.contains("imported"), "{}", imported.contact.evidence);
    assert_eq!(letters(&sink).len(), 1);
}
